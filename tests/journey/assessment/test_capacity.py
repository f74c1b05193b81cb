"""Capacity is recorded one decision at a time, in full, and a suitable person hangs on it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person, Representative
from ownway.journey.assessment import actions, queries
from ownway.journey.assessment.actions import Test as Findings
from ownway.journey.assessment.models import Capacity
from tests.journey.assessment.conftest import SCREENED, THURSDAY


@pytest.fixture
def lacks(edith: Person) -> Findings:
    """Mr Jones cannot look after a budget; Mrs Jones is suitable."""
    return Findings(
        matter="budget",
        decision="How to use the budget for his care",
        impairment="Alzheimer’s disease",
        understands=False,
        retains=False,
        weighs=False,
        communicates=True,
        evidence="A minute later he could not say what the money is for",
        link="His memory does not hold the choices long enough",
        support_tried="In the morning, with pictures, Edith beside him",
        has_capacity=False,
        wishes="To stay at home",
        consulted="Edith",
        best_interests="Edith looks after it, for she knows what calms him",
        suitable_person=edith,
        suitable_because="She has run the home for years, and agrees",
    )


@pytest.fixture
def his_worker(harold: Person, edith: Person, dev: Staff) -> Staff:
    people.name_worker(harold, staff=dev, at=SCREENED)
    return dev


def test_without_a_record_nobody_is_the_suitable_person(harold: Person, edith: Person) -> None:
    assert queries.suitable_person(harold) is None
    assert queries.may_be_suitable(harold) == [edith]


def test_a_best_interests_record_names_the_suitable_person_and_lets_her_act(
    harold: Person, edith: Person, edith_in: SignIn, his_worker: Staff, lacks: Findings
) -> None:
    actions.record_capacity(harold, lacks, by=his_worker.sign_in, at=THURSDAY)

    assert queries.suitable_person(harold) == edith
    acting = Representative.objects.get(person=harold, ends_at=None)
    assert (acting.kind, acting.sign_in) == ("suitable_person", edith_in)
    assert "Best-interests decision" in acting.authority


def test_a_later_record_that_he_can_decide_ends_the_footing(
    harold: Person, edith_in: SignIn, his_worker: Staff, lacks: Findings
) -> None:
    actions.record_capacity(harold, lacks, by=his_worker.sign_in, at=THURSDAY)
    can = replace(
        lacks,
        understands=True,
        retains=True,
        weighs=True,
        has_capacity=True,
        suitable_person=None,
    )

    actions.record_capacity(harold, can, by=his_worker.sign_in, at=THURSDAY + timedelta(days=30))

    assert queries.suitable_person(harold) is None
    acting = Representative.objects.filter(person=harold, kind="suitable_person", ends_at=None)
    assert not acting.exists()


def test_a_record_about_where_to_live_names_nobody_for_the_budget(
    harold: Person, edith_in: SignIn, his_worker: Staff, lacks: Findings
) -> None:
    about_home = replace(lacks, matter="home", decision="Where to live")

    actions.record_capacity(harold, about_home, by=his_worker.sign_in, at=THURSDAY)

    assert queries.suitable_person(harold) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"impairment": ""}, "impairment"),
        ({"link": " "}, "link"),
        ({"best_interests": ""}, "best_interests"),
        ({"wishes": ""}, "wishes"),
        ({"support_tried": ""}, "support_tried"),
        ({"evidence": ""}, "evidence"),
        ({"decision": ""}, "decision"),
        ({"weighs": None}, "weighs"),
        ({"has_capacity": None}, "has_capacity"),
        ({"suitable_because": ""}, "suitable_because"),
        ({"understands": True, "retains": True, "weighs": True}, "has_capacity"),
        ({"has_capacity": True}, "has_capacity"),
    ],
)
def test_what_the_act_asks_for_is_refused_by_name_when_missing(
    harold: Person,
    his_worker: Staff,
    lacks: Findings,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(actions.CannotRecord) as refusal:
        actions.record_capacity(
            harold,
            replace(lacks, **change),  # type: ignore[arg-type]
            by=his_worker.sign_in,
            at=THURSDAY,
        )

    assert field in refusal.value.faults
    assert not Capacity.objects.exists()
    assert not Representative.objects.filter(kind="suitable_person").exists()


def test_nobody_is_their_own_suitable_person(
    harold: Person, his_worker: Staff, lacks: Findings
) -> None:
    with pytest.raises(actions.CannotRecord, match="somebody else"):
        actions.record_capacity(
            harold, replace(lacks, suitable_person=harold), by=his_worker.sign_in, at=THURSDAY
        )


def test_somebody_who_decides_needs_no_suitable_person(
    harold: Person, his_worker: Staff, lacks: Findings
) -> None:
    can = replace(lacks, understands=True, retains=True, weighs=True, has_capacity=True)

    with pytest.raises(actions.CannotRecord, match="decide for themselves"):
        actions.record_capacity(harold, can, by=his_worker.sign_in, at=THURSDAY)


def test_an_access_officer_records_no_capacity(
    harold: Person, gwen: Staff, lacks: Findings
) -> None:
    with pytest.raises(PermissionDenied):
        actions.record_capacity(harold, lacks, by=gwen.sign_in, at=THURSDAY)


def test_while_a_record_says_he_cannot_decide_it_an_assessment_is_not_declined(
    harold: Person, his_worker: Staff, lacks: Findings
) -> None:
    opened = actions.open_assessment(harold, kind="adult", by=his_worker.sign_in, at=THURSDAY)
    about = replace(lacks, matter="assessment", decision="Having an assessment")
    actions.record_capacity(harold, about, by=his_worker.sign_in, at=THURSDAY)

    with pytest.raises(actions.CannotOpen, match="cannot decide this"):
        actions.decline(opened, because="He said no", by=his_worker.sign_in, at=THURSDAY)
