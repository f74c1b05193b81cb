"""The Joneses, each with an assessment that a contact asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Coding
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.forms import actions as forms
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.assessment import actions, queries
from ownway.journey.assessment.models import Assessment
from ownway.policy import domains
from tests.conftest import LONDON

CALLED = datetime(2026, 1, 6, 10, 0, tzinfo=LONDON)
SCREENED = datetime(2026, 1, 6, 10, 40, tzinfo=LONDON)
FRIDAY = datetime(2026, 1, 16, 15, 0, tzinfo=LONDON)
THURSDAY = datetime(2026, 1, 22, 16, 0, tzinfo=LONDON)
VALIDATED = datetime(2026, 1, 30, 9, 0, tzinfo=LONDON)

LEVELS = dict(zip(domains.KEYS, [2, 3, 2, 1, 4, 4, 3, 1, 0], strict=True))
HELPS = dict(
    zip(
        domains.KEYS,
        ["all", "all", "all", "all", "little", "half", "half", "none", ""],
        strict=True,
    )
)
CARER_LEVELS = dict(zip(domains.CARER_KEYS, [1, 0, 0, 0, 0, 1, 1, 0, 2], strict=True))


def ask(person: Person, who: str, by: Staff, *, band: str = "") -> Any:
    """What a contact writes when it asks for an assessment."""
    return record.write(
        "assessment.asked_for",
        about=person,
        by=by.sign_in,
        at=SCREENED,
        words="We asked for an assessment of what you need",
        contact=2,
        who=who,
        band=band,
        started_at=CALLED.isoformat(),
    )


@pytest.fixture
def his(harold: Person, edith: Person, gwen: Staff, dev: Staff) -> Assessment:
    people.name_worker(harold, staff=dev, at=SCREENED)
    event = ask(harold, "person", gwen, band="substantial")
    return actions.open_from_screening(event, at=SCREENED)


@pytest.fixture
def hers(edith: Person, gwen: Staff, dev: Staff) -> Assessment:
    people.name_worker(edith, staff=dev, at=SCREENED)
    return actions.open_from_screening(ask(edith, "carer", gwen), at=SCREENED)


def values_of(one: Assessment) -> dict[Spot, tuple[Any, ...]]:
    """Sample answers to every question, as she gave them."""
    levels, system = (CARER_LEVELS, "carer-level") if one.is_about_a_carer else (LEVELS, "level")
    coded = {f"{key}.level": (str(level), system) for key, level in levels.items()}
    if one.is_about_a_carer:
        coded |= {"care.hours": ("50", "hours"), "break.wish": ("overnight", "break")}
    else:
        coded |= {f"{k}.help": (v, "help") for k, v in HELPS.items() if v}
        coded |= {"night.level": ("none", "night"), "consent.agrees": ("cannot", "agrees")}
    found: dict[Spot, tuple[Any, ...]] = {
        Spot(link): (Coding(code, f"https://ownway.example/fhir/CodeSystem/{named}"),)
        for link, (code, named) in coded.items()
    }
    found[Spot("consent.share")] = (True,)
    if one.is_about_a_carer:
        found[Spot("emergency.name")] = ("Joy Thistlewood",)
        found[Spot("emergency.relation")] = ("A neighbour",)
    else:
        found[Spot("washing.words")] = ("He can’t do buttons now",)
    return found


@pytest.fixture
def answer(edith_in: SignIn) -> Callable[..., Assessment]:
    """Answer every question of an assessment, without finishing."""

    def answered(one: Assessment, *, but: tuple[str, ...] = ()) -> Assessment:
        begun = actions.begin(one, by=edith_in, at=FRIDAY)
        values = {k: v for k, v in values_of(one).items() if k.link_id not in but}
        forms.save_page(begun, values, seen=begun.version, by=edith_in, at=FRIDAY)
        return again(one)

    return answered


@pytest.fixture
def finished(
    his: Assessment, hers: Assessment, answer: Callable[..., Assessment], edith_in: SignIn
) -> tuple[Assessment, Assessment]:
    """Both finished by Mrs Jones."""
    first, second = actions.finish([answer(his), answer(hers)], by=edith_in, at=THURSDAY)
    return first, second


def again(one: Assessment) -> Assessment:
    """The same assessment as it is kept."""
    found = queries.going_on(one.person, one.kind)
    assert found is not None
    return found


@pytest.fixture
def at_desk(client: Client, dev: Staff) -> Client:
    """Signed in as the social worker."""
    client.force_login(dev.sign_in)
    return client


@pytest.fixture
def at_home(client: Client, edith_in: SignIn) -> Client:
    """Signed in as Mrs Jones."""
    client.force_login(edith_in)
    return client


@pytest.fixture
def rules_now(council: None) -> Any:
    """The rules in force in the story."""
    from ownway.foundation.council import queries as council_queries

    return council_queries.rules(VALIDATED.date())


@pytest.fixture
def care_act(council: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A council that decides under the Care Act."""
    from ownway.foundation.council import queries as council_queries
    from ownway.policy import packs

    pack = packs.load("careact-2014", on=VALIDATED.date())
    monkeypatch.setattr(council_queries, "rules", lambda on: pack)
    return pack
