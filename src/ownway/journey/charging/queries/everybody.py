"""Everybody who is charged on a day, and what the rules are told of each; in a few queries."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Max, Q

from ownway.foundation.people.models import Person, Relationship
from ownway.journey.allocation.models import Side
from ownway.journey.charging.models import Charge, Withdrawn
from ownway.journey.charging.queries.charges import standing
from ownway.journey.charging.queries.facts import PARTNERS, facts_of
from ownway.policy.packs import Pack


def charged_on(on: date) -> list[Charge]:
    """What each living person pays on a day by their own figures, by person, in one query."""
    newest = (
        standing()
        .filter(budget__side=Side.PERSON, starts_on__lte=on, person__died_on=None)
        .select_related("finances", "budget", "person")
        .order_by("person_id", "-starts_on", "-at", "-pk")
        .distinct("person_id")
    )
    return [charge for charge in newest if charge.finances is not None]


def mark_of_charges() -> tuple[int, ...]:
    """Another whenever a charge was added or withdrawn, or anything about a person changed."""
    added = Charge.objects.aggregate(newest=Max("pk"), rows=Count("pk"))
    gone = Withdrawn.objects.aggregate(newest=Max("pk"), rows=Count("pk"))
    changed = apps.get_model("people", "PersonEvent").objects.aggregate(
        newest=Max("pk"), rows=Count("pk")
    )
    return tuple(int(one or 0) for found in (added, gone, changed) for one in found.values())


def facts_of_all(charged: Sequence[Charge], *, pack: Pack, on: date) -> Iterator[dict[str, Any]]:
    """What the charging rules are told of each on a day, the budget with it; one query."""
    partnered = with_partners(charge.person for charge in charged)
    for charge in charged:
        assert charge.finances is not None
        has_partner = charge.person_id in partnered
        facts = facts_of(
            charge.person, charge.finances.facts, pack=pack, on=on, has_partner=has_partner
        )
        yield facts | {"budget_pence": charge.budget_pence}


def with_partners(people: Iterable[Person]) -> set[int]:
    """Who of some people lives with a partner by the record, in one query."""
    ids = [person.pk for person in people]
    ties = Relationship.objects.filter(
        Q(person__in=ids) | Q(other__in=ids),
        kind__in=PARTNERS,
        ended_on=None,
        person__household__isnull=False,
        person__household=F("other__household"),
    )
    return {pk for tie in ties.values_list("person", "other") for pk in tie}
