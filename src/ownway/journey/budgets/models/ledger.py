"""The ledger: accounts, transactions, and entries that are added and never changed.

Two books stand side by side. The budget book says, for each person, what is theirs and what it is
for: granted = left + promised + spent. The money book says where the money is: with the council,
in somebody's account, with a provider. A transaction balances in each of them, for each person;
the database refuses it at commit when it does not (migration 0002).
"""

from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ownway.foundation.council.models import tracked
from ownway.foundation.record.models import append_only


class Kind(models.TextChoices):
    """What an account holds. More pence is more of what its name says."""

    # The budget book: one of each for a person.
    GRANTED = "granted", "Granted"
    LEFT = "left", "Left"
    PROMISED = "promised", "Promised"
    SPENT = "spent", "Spent"
    # The money book.
    COUNCIL = "council", "The council’s care budget"
    CONTRIBUTION = "contribution", "What a person pays"
    PAYEE = "payee", "Money held for support"
    PROVIDER = "provider", "A provider, or a service of the council’s own"


BUDGET_KINDS: Final = (Kind.GRANTED, Kind.LEFT, Kind.PROMISED, Kind.SPENT)
NEVER_BELOW_NOTHING: Final = frozenset({Kind.LEFT, Kind.PROMISED, Kind.SPENT, Kind.PAYEE})


@tracked
class Account(models.Model):
    """Somewhere pence can be. What it is and whose it is never changes."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="accounts"
    )
    organisation = models.ForeignKey(
        "council.Organisation", on_delete=models.PROTECT, null=True, related_name="accounts"
    )
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person", "organisation"],
                nulls_distinct=False,
                name="one_account_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[*BUDGET_KINDS, Kind.CONTRIBUTION])
                | Q(person__isnull=False, organisation__isnull=True),
                name="budget_accounts_are_of_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PROVIDER)
                | Q(person__isnull=True, organisation__isnull=False),
                name="provider_accounts_are_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COUNCIL) | Q(person__isnull=True, organisation__isnull=True),
                name="one_care_budget",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PAYEE)
                | Q(person__isnull=False)
                | Q(organisation__isnull=False),
                name="a_payee_is_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="accounts_stay_whose_they_are", fields=["kind", "person", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class Transaction(models.Model):
    """Something that moved money, once: its key is unique for ever. Put right only by reversing.

    `counts_on` is the day it counts for, which says to which four weeks it belongs. The rows are
    their own history, so no other is kept.
    """

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    counts_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=200)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["counts_on", "id"])]
        triggers = [append_only("transactions_stay")]

    def __str__(self) -> str:
        return f"{self.words} ({self.key})"


class Entry(models.Model):
    """Whole pence in (more than nothing) or out (less) of one account."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    pence = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="an_entry_moves_something"),
        ]
        indexes = [
            models.Index(fields=["account", "id"], include=["pence"], name="entries_of_account"),
        ]
        triggers = [append_only("entries_stay")]

    def __str__(self) -> str:
        return f"{self.pence} pence, {self.account}"
