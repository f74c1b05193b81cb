"""What the answers suggest is a start; what they do not speak to is left open."""

from typing import Any

import pytest

from ownway.foundation.council.models import Staff
from ownway.journey.assessment import queries
from ownway.journey.assessment.actions import Found, check_parts
from ownway.journey.assessment.models import Assessment
from ownway.policy import domains, eligibility
from tests.journey.assessment.conftest import VALIDATED


def _checked(one: Assessment, dev: Staff, **levels: int) -> Assessment:
    keys = [domain.key for domain in queries.domains_of(one)]
    found = {key: Found(level=levels.get(key, 0)) for key in keys}
    check_parts(one, found, by=dev.sign_in, at=VALIDATED)
    return one


@pytest.mark.parametrize(
    ("levels", "risks"),
    [
        ({}, []),
        ({"washing": 1}, ["some_personal_care"]),
        ({"washing": 2, "eating": 2}, ["several_personal_care"]),
        ({"washing": 2, "eating": 2, "toilet": 4}, ["most_personal_care"]),
        ({"people": 2}, ["several_social"]),
        ({"people": 4}, ["most_social"]),
        ({"work": 3}, ["many_work"]),
        ({"caring": 1}, ["some_family"]),
    ],
)
def test_levels_suggest_risks_of_a_size_that_fits(
    his: Assessment, dev: Staff, rules_now: Any, levels: dict[str, int], risks: list[str]
) -> None:
    assert queries.suggested(_checked(his, dev, **levels), rules_now) == {"risks": risks}


def test_more_need_never_suggests_a_lower_band(his: Assessment, dev: Staff, rules_now: Any) -> None:
    bands = []
    for level in range(5):
        _checked(his, dev, **dict.fromkeys(domains.KEYS, level))
        start = queries.suggested(his, rules_now)
        decided = eligibility.decide({"who": "adult", **start}, rules_now)
        bands.append(["none", "low", "moderate", "substantial", "critical"].index(
            decided.result["band"]
        ))  # fmt: skip

    assert bands == sorted(bands)
    assert max(bands) == 3


def test_under_the_care_act_a_prompt_is_a_way_of_being_unable_and_the_effect_is_left_open(
    his: Assessment, dev: Staff, care_act: Any
) -> None:
    start = queries.suggested(_checked(his, dev, washing=1), care_act)

    assert start["outcomes"]["hygiene"] == ["L1"]
    assert start["outcomes"]["clothing"] == ["L1"]
    assert start["outcomes"]["toilet"] == []
    assert "significant_impact" not in start
    assert set(start["outcomes"]) == {item["key"] for item in care_act.lists["outcomes"]}


def test_a_carer_under_the_care_act_has_every_outcome_prefilled(
    hers: Assessment, dev: Staff, care_act: Any
) -> None:
    start = queries.suggested(_checked(hers, dev, rest=2, health=3), care_act)

    assert start["outcomes"]["recreation"] == ["L1"]
    assert start["health_at_risk"] is True
    assert set(start["outcomes"]) == {item["key"] for item in care_act.lists["carer_outcomes"]}


def test_mrs_joness_hours_suggest_regular_care_and_a_substantial_risk(
    finished: tuple[Assessment, Assessment], rules_now: Any
) -> None:
    start = queries.suggested(finished[1], rules_now)

    assert start["regular_and_substantial"] is True
    assert start["areas"]["involvement"] == "substantial"
    assert start["areas"]["daily_routines"] == "none"


def test_points_need_every_part(his: Assessment, dev: Staff, rules_now: Any) -> None:
    assert queries.points_facts(his.person) is None
    assert queries.points(his, rules_now) is None


def test_the_facts_say_who_lives_there_and_what_the_nights_are(
    finished: tuple[Assessment, Assessment],
) -> None:
    facts = queries.points_facts(finished[0].person)

    assert facts is not None
    assert (facts["living"], facts["night"]) == ("with_others", "none")
    assert facts["answers"]["caring"]["help"] == "none"


def test_state_words_follow_the_way(
    his: Assessment, finished: tuple[Assessment, Assessment]
) -> None:
    assert queries.state_words(his.person) == "Assessment: answers in"
    assert queries.state_words(finished[1].person) == "Carer’s assessment: answers in"
