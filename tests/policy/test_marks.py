"""Who may be given a Quality Mark."""

from dataclasses import replace

import pytest

from ownway.policy.marks import (
    GOLD,
    SILVER,
    MarkFacts,
    objections,
    outcome_rate,
    standards_score,
)

GOOD = MarkFacts(
    level=GOLD, unmet=(), unjudged=(), standards=("met",) * 5, outcomes_met=9, outcomes_of=10,
    is_under_audit=False, is_hidden=False,
)  # fmt: skip


def told(facts: MarkFacts, pack) -> list[tuple[str, bool]]:
    return [(one.text, one.firm) for one in objections(facts, pack=pack)]


def test_who_meets_everything_is_given_gold(dudley):
    assert told(GOOD, dudley) == []


@pytest.mark.parametrize(
    ("found", "score"),
    [((), None), (("not",), 0), (("met", "partly"), 7_500), (("met", "met", "not"), 6_666)],
)
def test_a_standard_that_is_partly_met_counts_half(found, score):
    assert standards_score(found) == score


@pytest.mark.parametrize(
    ("met", "of", "rate"), [(None, None, None), (0, 0, None), (3, 4, 7_500), (0, 4, 0)]
)
def test_no_outcomes_are_not_known_rather_than_none_achieved(met, of, rate):
    assert outcome_rate(met, of) == rate


def test_gold_asks_for_more_than_silver(dudley):
    facts = replace(GOOD, standards=("met", "partly", "partly"), outcomes_met=2, outcomes_of=3)

    assert told(replace(facts, level=SILVER), dudley) == []
    assert told(facts, dudley) == [
        ("Standards met at a visit: 66%; gold asks for 80%", False),
        ("Outcomes achieved: 66%; gold asks for 75%", False),
    ]


def test_what_is_not_known_is_said_and_gives_way_only_to_a_reason(dudley):
    facts = replace(GOOD, level=SILVER, standards=None, outcomes_met=None, outcomes_of=None)

    assert told(facts, dudley) == [
        ("Standards met at a visit: not known; silver asks for 60%", False),
        ("Outcomes achieved: not known; silver asks for 60%", False),
    ]


def test_an_open_audit_a_hidden_entry_and_a_criterion_not_judged_give_way_to_nothing(dudley):
    facts = replace(GOOD, is_under_audit=True, is_hidden=True, unjudged=("Safe hiring",))

    assert told(facts, dudley) == [
        ("The entry is off the directory", True),
        ("An audit of it is not settled", True),
        ("Judge the criterion: Safe hiring", True),
    ]


def test_a_criterion_that_is_not_met_is_named(dudley):
    facts = replace(GOOD, unmet=("Safe hiring",))

    assert told(facts, dudley) == [("A criterion is not met: Safe hiring", False)]
