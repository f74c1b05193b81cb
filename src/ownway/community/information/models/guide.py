"""The glossary, and the questions that lead to a page."""

from django.db import models
from django.db.models import Q


class Word(models.Model):
    """A word of the glossary, and what it means in plain words."""

    term = models.CharField(max_length=60, unique=True)
    meaning = models.CharField(max_length=400)

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term


class Question(models.Model):
    """One question of the guide."""

    key = models.SlugField(max_length=30, unique=True)
    title = models.CharField(max_length=120)
    hint = models.CharField(max_length=250, blank=True)
    is_first = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_first", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_first"], condition=Q(is_first=True), name="one_first_question"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Choice(models.Model):
    """One answer to a question, and where it leads: to another question, or to a page."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.SlugField(max_length=30)
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    hint = models.CharField(max_length=200, blank=True)
    next_question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="led_to_by"
    )
    next_page = models.ForeignKey(
        "Page", on_delete=models.PROTECT, null=True, blank=True, related_name="led_to_by"
    )

    class Meta:
        ordering = ["question", "place"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="a_choice_has_its_key"),
            models.CheckConstraint(
                condition=Q(next_question__isnull=True, next_page__isnull=False)
                | Q(next_question__isnull=False, next_page__isnull=True),
                name="a_choice_leads_to_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.words
