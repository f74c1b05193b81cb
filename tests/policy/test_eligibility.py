"""Who is eligible: every limb, threshold and reason."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import eligibility, packs, units
from ownway.policy.refusals import FactsMissing, FactsRefused

FACS = packs.load("facs-2010", on=date(2010, 10, 1))
CARE_ACT = packs.load("careact-2014", on=date(2026, 6, 1))
RISKS = [item["key"] for item in FACS.lists["risks"]]
AREAS = [item["key"] for item in FACS.lists["carer_areas"]]
OUTCOMES = [item["key"] for item in CARE_ACT.lists["outcomes"]]


def adult(limbs, *, cause=True, significant=True):
    outcomes = {key: limbs.get(key, []) for key in OUTCOMES}
    return {"who": "adult", "needs_from_impairment": cause, "significant_impact": significant,
            "outcomes": outcomes}  # fmt: skip


def eligible(facts, pack):
    return eligibility.decide(facts, pack).result["eligible"]


@pytest.mark.parametrize("item", FACS.lists["risks"], ids=RISKS)
def test_one_risk_alone_sets_its_own_band(item):
    result = eligibility.decide({"who": "adult", "risks": [item["key"]]}, FACS).result

    assert result["band"] == units.BANDS[item["band"]]


def test_no_risk_at_all_is_no_band():
    result = eligibility.decide({"who": "adult", "risks": []}, FACS).result

    assert (result["band"], result["eligible"]) == ("none", False)


@pytest.mark.parametrize(
    ("threshold", "counted"),
    [
        ("critical", ["critical"]),
        ("substantial", ["critical", "substantial"]),
        ("low", ["critical", "substantial", "moderate", "low"]),
    ],
)
def test_bands_from_the_threshold_up_are_eligible(threshold, counted):
    for item in FACS.lists["risks"]:
        facts = {"who": "adult", "risks": [item["key"]], "settings": {"facs_threshold": threshold}}
        result = eligibility.decide(facts, FACS).result
        assert result["eligible"] == (result["band"] in counted)
        assert result["eligible_bands"] == counted


def test_a_council_that_states_no_threshold_is_asked_for_it():
    pack = packs.load("slough-2010", on=date(2010, 10, 1))

    with pytest.raises(FactsMissing, match=r"settings\.facs_threshold"):
        eligibility.decide({"who": "adult", "risks": []}, pack)


@given(risks=st.sets(st.sampled_from(RISKS)), more=st.sampled_from(RISKS))
@settings(max_examples=100, deadline=None)
def test_one_risk_more_never_lowers_the_band(risks, more):
    def band(keys):
        result = eligibility.decide({"who": "adult", "risks": sorted(keys)}, FACS).result
        return units.BANDS.index(result["band"])

    assert band({*risks, more}) >= band(risks)


def carer(**areas):
    return {"who": "carer", "regular_and_substantial": True,
            "areas": {key: areas.get(key, "none") for key in AREAS}}  # fmt: skip


@pytest.mark.parametrize("area", AREAS)
def test_any_one_area_makes_a_carer_eligible(area):
    assert eligible(carer(**{area: "substantial"}), FACS)
    assert not eligible(carer(**{area: "moderate"}), FACS)


def test_care_that_is_not_regular_and_substantial_is_not_enough():
    assert not eligible(carer(autonomy="critical") | {"regular_and_substantial": False}, FACS)


@pytest.mark.parametrize("limb", ["L1", "L2", "L3", "L4"])
@pytest.mark.parametrize("pair", list(combinations(OUTCOMES, 2))[::4])
def test_any_limb_of_any_two_outcomes_is_enough(limb, pair):
    assert eligible(adult({key: [limb] for key in pair}), CARE_ACT)


def test_many_limbs_of_one_outcome_are_still_one_outcome():
    assert not eligible(adult({"toilet": ["L1", "L2", "L3", "L4"]}), CARE_ACT)


@given(unable=st.sets(st.sampled_from(OUTCOMES)), cause=st.booleans(), significant=st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_rule_is_cause_and_two_or_more_and_significant(unable, cause, significant):
    facts = adult({key: ["L1"] for key in unable}, cause=cause, significant=significant)

    assert eligible(facts, CARE_ACT) == (cause and len(unable) >= 2 and significant)


CARER_OUTCOMES = [item["key"] for item in CARE_ACT.lists["carer_outcomes"]]


@given(
    unable=st.sets(st.sampled_from(CARER_OUTCOMES)),
    slow=st.sets(st.sampled_from(CARER_OUTCOMES)),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
@settings(max_examples=200, deadline=None)
def test_the_carers_rule_is_necessary_and_health_or_one_outcome_and_significant(
    unable, slow, flags
):
    necessary, health, significant = flags
    limbs = {key: ["L3"] * (key in unable) + ["L4"] * (key in slow) for key in CARER_OUTCOMES}
    facts = {"who": "carer", "necessary_care": necessary, "health_at_risk": health,
             "significant_impact": significant, "outcomes": limbs}  # fmt: skip

    assert eligible(facts, CARE_ACT) == (necessary and (health or bool(unable)) and significant)


def test_every_criterion_has_its_reason_met_or_not():
    reasons = eligibility.decide(adult({"toilet": ["L1"]}), CARE_ACT).result["reasons"]

    met = {one["criterion"]: one["met"] for one in reasons}
    assert met == {"cause": True, "significant": True, **dict.fromkeys(OUTCOMES, False)} | {
        "toilet": True
    }


def test_help_from_somebody_willing_changes_what_is_left_and_not_who_is_eligible():
    facts = {"who": "adult", "risks": ["most_personal_care", "several_social"]}

    without = eligibility.decide(facts, FACS).result
    with_help = eligibility.decide({**facts, "risks_met": ["most_personal_care"]}, FACS).result

    assert without["needs_left"] == ["most_personal_care"]
    assert (with_help["eligible"], with_help["needs_left"]) == (True, [])


def test_each_risk_says_whether_it_was_found_and_whether_its_band_counts_here():
    facts = {"who": "adult", "risks": ["most_personal_care", "several_social"]}

    reasons = {
        one["criterion"]: (one["met"], one["counts"])
        for one in eligibility.decide(facts, FACS).result["reasons"]
    }

    assert reasons["most_personal_care"] == (True, True)
    assert reasons["several_social"] == (True, False)
    assert reasons["abuse"] == (False, False)


def test_help_with_a_risk_that_was_not_found_is_refused():
    facts = {"who": "adult", "risks": ["abuse"], "risks_met": ["serious_abuse"]}

    with pytest.raises(FactsRefused, match=r"risks_met\.serious_abuse: is not among the risks"):
        eligibility.decide(facts, FACS)


def test_evidence_is_kept_and_decides_nothing():
    facts = adult({"hygiene": ["L1"], "clothing": ["L2"]})

    kept = eligibility.decide({**facts, "evidence": {"hygiene": "Fell in the shower"}}, CARE_ACT)

    assert kept.facts["evidence"] == {"hygiene": "Fell in the shower"}
    assert kept.result == eligibility.decide(facts, CARE_ACT).result
