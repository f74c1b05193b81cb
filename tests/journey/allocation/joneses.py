"""The Joneses on Friday 30 January: assessed, reablement excepted, three of five points done."""

from datetime import datetime
from typing import Any

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people import actions as people_actions
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.assessment.models import Assessment, PartOfLife
from ownway.journey.carers import actions as carers
from ownway.journey.prevention import actions as prevention
from ownway.journey.reablement import actions as reablement
from ownway.policy import domains, eligibility
from tests.conftest import LONDON, NOON

VALIDATED = datetime(2026, 1, 30, 9, 0, tzinfo=LONDON)
HALF_PAST_NINE = datetime(2026, 1, 30, 9, 30, tzinfo=LONDON)
TEN = datetime(2026, 1, 30, 10, 0, tzinfo=LONDON)

LEVELS = dict(zip(domains.KEYS, [2, 3, 2, 1, 4, 4, 3, 1, 0], strict=True))
HELPS = dict(
    zip(
        domains.KEYS,
        ["all", "all", "all", "all", "little", "half", "half", "none", "none"],
        strict=True,
    )
)
CARER_LEVELS = dict(zip(domains.CARER_KEYS, [1, 0, 0, 0, 0, 2, 0, 0, 2], strict=True))
ADULT = {"who": "adult", "risks": ["most_personal_care"]}
CARER = {
    "who": "carer",
    "regular_and_substantial": True,
    "areas": {
        "autonomy": "moderate",
        "health_and_safety": "substantial",
        "daily_routines": "low",
        "involvement": "substantial",
    },
}
FIRST_THREE = ("community", "home", "telecare")
LAST_TWO = ("benefits", "carer")


def assess(person: Person, kind: str, *, dev: Staff, facts: dict[str, Any] | None = None) -> None:
    """A validated assessment of one of them, with the levels of the story."""
    pack = council.rules(VALIDATED.date())
    worked = eligibility.decide(facts or (ADULT if kind == "adult" else CARER), pack)
    decision = record.keep_decision(worked, person=person, by=dev.sign_in, at=VALIDATED)
    made = Assessment.objects.create(person=person, kind=kind, counts_from=NOON, opened_at=NOON)
    levels = LEVELS if kind == "adult" else CARER_LEVELS
    ties = people.carers_of(person) if kind == "adult" else []
    for key, level in levels.items():
        said_help = HELPS[key] if ties else ""
        PartOfLife.objects.create(assessment=made, key=key, said_level=level, said_help=said_help)
    made.status, made.validated_at, made.validated_by = "validated", VALIDATED, dev
    made.decision = decision
    made.save()
    for tie in ties:
        carers.give_statement(tie.person, cares_for=person, helps=HELPS, by=None, at=VALIDATED)


def settle_points(person: Person, points: tuple[str, ...], *, dev: Staff) -> None:
    """Settle some of the five points."""
    said = [prevention.Stand(point, "done", "Seen at the visit") for point in points]
    prevention.mark_points(person, said, by=dev, at=VALIDATED)


def except_from_reablement(person: Person, *, dev: Staff) -> None:
    """Record why reablement is not for him."""
    reablement.except_person(
        person, kind=_a_kind(), because="He cannot follow a plan from one day to the next",
        by=dev, at=datetime(2026, 1, 14, 10, 0, tzinfo=LONDON),
    )  # fmt: skip


def _a_kind() -> str:
    from ownway.journey.reablement.models import Kind

    return str(Kind.values[0])


def name_dev(*both: Person, dev: Staff) -> None:
    """Dev is the worker of both."""
    for person in both:
        people_actions.name_worker(person, staff=dev, at=NOON)
