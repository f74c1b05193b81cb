"""Somebody's money as the rules read it, what they pay because of it, and asking to look again."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked
from ownway.foundation.record.models import append_only


class Finances(models.Model):
    """Somebody's money as it was found on a day, in the words of the charging rules.

    facts: as `policy.charging` reads them (`income_pence`, `capital_pence`, …), without the
    budget. Two stand for what changes by itself: `born` for the age, and `moved_in_on` for the
    week in a care home. Those of the charge in force on a day count on that day.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="finances")
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["person", "-given_at", "-id"])]
        triggers = [append_only("finances_stay")]

    def __str__(self) -> str:
        return f"Finances of {self.person}"


class Charge(models.Model):
    """What somebody pays a week from a day, what others pay, and the decision that says why.

    Of the charges that stand, the one with the latest first day that has come is in force.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="charges")
    finances = models.ForeignKey(
        Finances, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    budget = models.ForeignKey(
        "allocation.IndicativeBudget", on_delete=models.PROTECT, related_name="charges"
    )
    decision = models.ForeignKey("record.Decision", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    charge_pence = models.PositiveIntegerField()
    council_pays_pence = models.PositiveIntegerField()
    nhs_pays_pence = models.PositiveIntegerField(default=0)
    budget_pence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on", "-at", "-pk"]
        indexes = [models.Index(fields=["person", "-starts_on", "-at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    budget_pence=F("charge_pence") + F("council_pays_pence") + F("nhs_pays_pence")
                ),
                name="all_who_pay_make_the_budget",
            ),
        ]
        triggers = [append_only("charges_stay")]

    def __str__(self) -> str:
        return f"What {self.person} pays"


class Withdrawn(models.Model):
    """A charge that no longer stands, by whom, and why; the charge itself is kept."""

    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="withdrawn")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    because = models.CharField(max_length=120)

    class Meta:
        triggers = [append_only("withdrawals_stay")]

    def __str__(self) -> str:
        return f"Withdrawn: {self.charge}"


@tracked
class AskedAgain(models.Model):
    """Somebody thinks what they pay is wrong: what they said, who answers by when, the answer."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="asked_again")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(answered_at=None), name="one_look_again_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="looked_again_in_words_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Look again at {self.charge}, by {self.due_on:%Y-%m-%d}"
