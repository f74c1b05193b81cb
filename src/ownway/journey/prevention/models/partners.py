"""Partners who help before or instead of a budget: housing, fire safety, falls, urgent care."""

from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked


class PartnerKind(models.TextChoices):
    """What sort of help a partner gives."""

    EXTRA_CARE = "extra_care", "Extra care flat"
    SUPPORTED = "supported", "Supported housing"
    URGENT = "urgent", "Rapid response at home"
    CRISIS = "crisis", "Mental health crisis"
    FALLS = "falls", "Falls prevention"
    FIRE = "fire", "Fire safety at home"
    HANDY_PERSON = "handy_person", "Handy-person"
    WARM_HOME = "warm_home", "Warm and dry home"


HOUSING = (PartnerKind.EXTRA_CARE, PartnerKind.SUPPORTED)


@tracked
class Offer(models.Model):
    """What one partner offers; homes say how many are free, as counted on a day."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    name = models.CharField(max_length=160)
    does = models.CharField(max_length=300)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    entry_key = models.CharField(max_length=64, blank=True)
    homes = models.PositiveIntegerField(null=True, blank=True)
    vacant = models.PositiveIntegerField(null=True, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vacant=None) | Q(counted_on__isnull=False),
                name="vacancies_are_counted_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(vacant=None) | Q(homes=None) | Q(vacant__lte=models.F("homes")),
                name="no_more_free_than_there_are",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_housing(self) -> bool:
        """Whether it is somewhere to live."""
        return self.kind in HOUSING


class Answer(models.TextChoices):
    """What a partner said."""

    YES = "yes", "Yes, they help"
    WAITS = "waits", "On a waiting list"
    NO = "no", "No"


@tracked
class PartnerReferral(models.Model):
    """A person sent to a partner, as they agreed; the answer, and what came of it."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="partner_referrals"
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="referrals")
    because = models.CharField(max_length=500)
    consent_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "offer"],
                condition=Q(ended_at=None),
                name="one_open_referral_to_an_offer",
            ),
            models.CheckConstraint(condition=~Q(consent_by=""), name="sent_with_consent"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} to {self.offer}"
