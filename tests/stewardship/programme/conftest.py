"""A Monday, drafts, and people with starting budgets."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import allocation, domains
from ownway.stewardship.programme import actions
from tests.conftest import LONDON

MONDAY = datetime(2026, 4, 20, 10, 0, tzinfo=LONDON)
JULY = date(2026, 7, 1)
SAID = {
    "change": "The price of a point goes up",
    "data": "All current budgets",
    "groups": "Age, sex, ethnic group, client group",
    "finding": "Carers get less",
    "mitigation": "Carers are written to, and looked at again in autumn",
    "decision": "Go on",
    "review_on": date(2027, 7, 1),
}
_numbers: Iterator[int] = count(1)


@pytest.fixture
def monday(the_time: Callable[[datetime], None], council: None) -> None:
    """Alderbrook, on a Monday in April."""
    the_time(MONDAY)


@pytest.fixture
def sol(council: None) -> Staff:
    """A programme manager, who may publish."""
    return staff_named("Sol Whitcombe")


@pytest.fixture
def draft(lena: Staff) -> SettingsVersion:
    """A point at £12.40 from July."""
    return actions.draft_change(
        {"point_price_pence": 1240}, starts_on=JULY, because="Wages", by=lena, at=MONDAY
    )


def assess(draft: SettingsVersion, *, by: Staff, **said: Any) -> None:
    """Write the whole equality assessment of a draft."""
    of = council.figures_key(draft)
    actions.assess(draft, said=SAID | said, measured=[], of=of, by=by, at=MONDAY)
    draft.refresh_from_db()


def published(draft: SettingsVersion, *, lena: Staff, sol: Staff, **said: Any) -> SettingsVersion:
    """A draft that went all the way."""
    assess(draft, by=lena, **said)
    return actions.publish(draft, by=sol, at=MONDAY)


def levels(level: int, *, help_: str = "none") -> dict[str, Any]:
    """Nine equal answers."""
    answers = {key: {"level": level, "help": help_} for key in domains.KEYS}
    return {"who": "person", "answers": answers}


def caring(level: int) -> dict[str, Any]:
    """Nine equal answers of a carer."""
    return {"who": "carer", "answers": {key: {"level": level} for key in domains.CARER_KEYS}}


def with_budget(facts: Mapping[str, Any], **about: Any) -> Person:
    """Somebody whose budget was worked out from these facts."""
    number = next(_numbers)
    about = {"date_of_birth": date(1950, 1, 1), "sex": "female"} | about
    dev = staff_named("Dev Marlowe")
    person = people.add_person(
        first_name=f"Ada{number}",
        last_name=f"Moss{number}",
        by=dev.sign_in,
        at=MONDAY,
        not_a_duplicate_because="Another",
        **about,
    )
    give(person, facts)
    return person


def give(person: Person, facts: Mapping[str, Any], *, later: int = 0) -> IndicativeBudget:
    """A budget for somebody, worked out so many minutes later."""
    dev, at = staff_named("Dev Marlowe"), MONDAY + timedelta(minutes=later)
    worked = allocation.decide(facts, council.rules(MONDAY.date()))
    decision = record.keep_decision(worked, person=person, by=dev.sign_in, at=at)
    return IndicativeBudget.objects.create(
        person=person,
        side=facts["who"],
        decision=decision,
        weekly_pence=worked.result["weekly_pence"],
        at=at,
        by=dev.sign_in,
    )
