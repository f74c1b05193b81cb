"""What people said of their money, and what they pay because of it; each kept, none changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from ownway.foundation.record.models import append_only

PERSONAL_FIELDS = {
    "Finances": {"facts"},
    "Charge": {"charge_pence", "council_pays_pence", "budget_pence"},
}


class Finances(models.Model):
    """Somebody's money as they gave it on a day, in the words of the charging rules.

    facts: as `policy.charging` reads them (`income_pence`, `capital_pence`, …), without the
    budget. The newest row counts.
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
    """What somebody pays a week, what the council pays, and the decision that says why."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="charges")
    finances = models.ForeignKey(
        Finances, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    budget = models.ForeignKey(
        "allocation.IndicativeBudget", on_delete=models.PROTECT, related_name="charges"
    )
    decision = models.ForeignKey("record.Decision", on_delete=models.PROTECT, related_name="+")
    charge_pence = models.PositiveIntegerField()
    council_pays_pence = models.PositiveIntegerField()
    budget_pence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(budget_pence=F("charge_pence") + F("council_pays_pence")),
                name="charge_and_council_make_the_budget",
            ),
        ]
        triggers = [append_only("charges_stay")]

    def __str__(self) -> str:
        return f"What {self.person} pays"
