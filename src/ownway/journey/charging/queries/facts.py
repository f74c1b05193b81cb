"""What the charging rules are told of somebody: what the record holds, and what was given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.charging.queries.charges import simple
from ownway.policy import charging
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, FactsRefused

PARTNERS = ("wife", "husband", "partner")
OURS = ("born", "moved_in_on", "left_care_home_on")
"""What is kept in place of a fact that changes by itself: the age, and weeks in a care home."""


def facts_for(person: Person, given: Mapping[str, Any], *, pack: Pack, on: date) -> dict[str, Any]:
    """What the charging rules are told on a day: what was given, and what the record holds."""
    has_partner = simple(pack) or "household" in given or lives_with_partner(person)
    return facts_of(person, given, pack=pack, on=on, has_partner=has_partner)


def facts_of(
    person: Person, given: Mapping[str, Any], *, pack: Pack, on: date, has_partner: bool
) -> dict[str, Any]:
    """The same, where it is known already whether a partner is on record; no database query."""
    said = {name: value for name, value in given.items() if name not in OURS}
    known: dict[str, Any] = {"who": "person", "called": person.first_name}
    if simple(pack):
        return known | said
    known |= {"setting": "home"}
    if has_partner:
        known["household"] = "couple"
    known |= said
    return known | _by_the_day(person, given, on=on)


def _by_the_day(person: Person, given: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """What is so on a day and changes by itself."""
    known: dict[str, Any] = {}
    born = person.date_of_birth or _day(given, "born")
    if born is not None:
        known["born_on"] = born.isoformat()
    if moved := _day(given, "moved_in_on"):
        known["week"] = max(1, (on - moved).days // 7 + 1)
        if left := _day(given, "left_care_home_on"):
            known["weeks_since_disregard"] = max(0, (moved - left).days // 7)
    return known


def _day(given: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(given[name]) if given.get(name) else None


def lives_with_partner(person: Person) -> bool:
    """Whether the record says that somebody lives with a husband, wife or partner."""
    return any(
        tie.kind in PARTNERS
        and tie.person.household_id is not None
        and tie.person.household_id == tie.other.household_id
        for tie in people.relationships_of(person)
    )


def still_asked(person: Person, given: Mapping[str, Any], *, pack: Pack, on: date) -> set[str]:
    """The facts these rules would still ask for, by name."""
    return set(wanted(facts_for(person, given, pack=pack, on=on), pack))


def wanted(facts: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    """The facts the rules in force still ask for, each with what they say of it."""
    try:
        charging.decide({"budget_pence": 1, **facts}, pack)
    except FactsMissing as missing:
        return {problem.place: problem.reason for problem in missing.problems}
    except FactsRefused:
        return {}
    return {}


def judged_facts(pack: Pack) -> frozenset[str]:
    """The names of the facts that these rules leave to an officer's judgement."""
    if simple(pack):
        return frozenset({"light_touch"})
    return frozenset(charging.fields(pack).fields)
