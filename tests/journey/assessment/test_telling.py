"""A decision told: every criterion, met or not, in words the person can read."""

from datetime import date
from typing import Any

import pytest

from ownway.foundation.record.models import Decision
from ownway.journey.assessment.queries.telling import criteria
from ownway.policy import eligibility, packs
from tests.policy.readability import grade

FACS = packs.load("alderbrook", on=date(2026, 1, 6))
CARE_ACT = packs.load("careact-2014", on=date(2025, 10, 1))
OUTCOMES: dict[str, list[str]] = {item["key"]: [] for item in CARE_ACT.lists["outcomes"]}
CARER_OUTCOMES: dict[str, list[str]] = {
    item["key"]: [] for item in CARE_ACT.lists["carer_outcomes"]
}
ADULT = {
    "who": "adult",
    "needs_from_impairment": True,
    "outcomes": OUTCOMES | {"hygiene": ["L1", "L4"], "toilet": ["L2"]},
    "significant_impact": False,
}
CARER = {
    "who": "carer",
    "necessary_care": True,
    "health_at_risk": False,
    "outcomes": CARER_OUTCOMES | {"recreation": ["L2"]},
    "significant_impact": True,
}
FACS_CARER = {
    "who": "carer",
    "regular_and_substantial": True,
    "areas": {
        "autonomy": "moderate",
        "health_and_safety": "critical",
        "daily_routines": "none",
        "involvement": "low",
    },
}


def _told(facts: dict[str, Any], pack: packs.Pack) -> dict[str, str]:
    worked = eligibility.decide(facts, pack)
    return dict(criteria(Decision(kind="eligibility", result=worked.result)))


def test_every_risk_of_fair_access_is_told_with_its_band_or_that_it_was_not_found() -> None:
    told = _told({"who": "adult", "risks": ["most_personal_care", "several_social"]}, FACS)

    assert len(told) == len(FACS.lists["risks"])
    assert told["Cannot do most personal care or home tasks"] == "Yes: substantial"
    assert told["Life is or will be in danger"] == "No"


def test_a_risk_below_the_line_of_the_council_says_so() -> None:
    told = _told({"who": "adult", "risks": ["several_social"]}, FACS)

    assert told["Several ties with other people are at risk"] == (
        "Yes: moderate, lower than where our money starts"
    )


def test_every_part_of_the_care_act_test_is_told_with_how_somebody_is_unable() -> None:
    told = _told(ADULT, CARE_ACT)

    assert len(told) == 2 + len(OUTCOMES)
    assert told["Keeping clean"] == "Yes: needs help, or a reminder; Takes much longer"
    assert told["Eating and drinking well"] == "No: can do this"
    assert told["This has a big effect on their wellbeing"] == "No"


def test_a_carer_is_told_each_area_and_each_outcome_too() -> None:
    facs, act = _told(FACS_CARER, FACS), _told(CARER, CARE_ACT)

    assert facs["Your health and safety"] == "Yes: critical"
    assert facs["Managing each day"] == "No"
    assert act["Time for things they enjoy"] == "Yes: only with pain, distress or worry"
    assert act["Their health is at risk or getting worse"] == "No"


@pytest.mark.parametrize(
    ("facts", "pack"), [(ADULT, CARE_ACT), (CARER, CARE_ACT), (FACS_CARER, FACS)]
)
def test_what_is_told_reads_at_grade_seven(facts: dict[str, Any], pack: packs.Pack) -> None:
    told = _told(facts, pack)

    assert grade(" ".join(f"{what}. {found}." for what, found in told.items())) <= 7
