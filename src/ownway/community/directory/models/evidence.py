"""What the directory learns from use, without who used it: its words, and what it had not."""

from django.db import models
from django.db.models import Q


class Word(models.Model):
    """A word some entry is found by, so that a misspelt one can be answered. Only ever added."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class NotFound(models.Model):
    """What was sought in a month and not found: plain words, a district, a need, and how often.

    Nothing says who sought it: no moment, no full postcode, no word with a digit in it.
    """

    month = models.DateField()
    words = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=4, blank=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-month", "-times", "words", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "words", "need", "district"], name="not_found_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="only_the_month_is_kept"),
            models.CheckConstraint(
                condition=Q(words__regex=r"^[a-z ]*$"), name="only_plain_words_are_kept"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.times}"


class Mistake(models.Model):
    """Somebody says that an entry is wrong. Nothing says who."""

    class About(models.TextChoices):
        """What is wrong."""

        TIMES = "times", "The times"
        PRICE = "price", "The price"
        PLACE = "place", "The place or how to get in"
        TOUCH = "touch", "The phone number, e-mail or website"
        CLOSED = "closed", "They have closed or moved"
        OTHER = "other", "Something else"

    entry = models.ForeignKey("directory.Entry", on_delete=models.CASCADE, related_name="mistakes")
    about = models.CharField(max_length=10, choices=About.choices)
    words = models.TextField(blank=True)
    told_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["told_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.entry}"
