"""A question to whoever we pointed somebody to: can they help?"""

from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked
from ownway.journey.contact.models.contacts import Signpost


class Answer(models.TextChoices):
    """What a provider can say."""

    YES = "yes", "Yes, we can help"
    WAIT = "wait", "Yes, but they must wait"
    FULL = "full", "No, we are full"
    NOT_FOR_US = "not_for_us", "No, this is not what we do"


@tracked
class Enquiry(models.Model):
    """Sent once for an entry; answered once, by whoever holds the link, until it expires."""

    signpost = models.OneToOneField(Signpost, on_delete=models.CASCADE, related_name="enquiry")
    email = models.CharField(max_length=254)
    shares_name = models.BooleanField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Question about {self.signpost}"
