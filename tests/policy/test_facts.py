"""Any facts at all: decided, asked for by name, or refused by name. Never a guess or a crash."""

import json
from datetime import date
from random import Random

import jsonschema
import pytest

from ownway.policy import allocation, charging, eligibility, facts, packs, schemas
from ownway.policy.refusals import FactsMissing, FactsRefused, PolicyRefused
from tests.policy import strategies
from tests.policy.conftest import EXAMPLES

ALDERBROOK = packs.load("alderbrook", on=date(2026, 1, 30))
FACS = packs.load("facs-2010", on=date(2010, 10, 1))
CARE_ACT = packs.load("careact-2014", on=date(2026, 6, 1))
RULES = {
    "eligibility": eligibility.decide, "allocate": allocation.decide, "charge": charging.decide,
    "defer": charging.deferred_payment,
}  # fmt: skip
FILES = [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]


def fuzzed(seed):
    chance = Random(seed)
    return strategies.changed(chance.choice(FILES), chance)


@pytest.mark.parametrize(
    "pack", [ALDERBROOK, FACS, CARE_ACT], ids=["alderbrook", "facs", "care act"]
)
@pytest.mark.parametrize("kind", ["eligibility", "allocate", "charge"])
def test_spoiled_files_are_decided_or_refused_by_name(kind, pack):
    """Ten thousand at full size: `ownway bench fuzz`."""
    decided = 0
    for seed in range(300):
        try:
            decision = RULES[kind](fuzzed(seed), pack)
        except PolicyRefused as refused:
            check_it_names_each_fact(refused)
        else:
            json.dumps(decision.as_json(), allow_nan=False)
            decided += 1
    assert decided


def check_it_names_each_fact(refused):
    assert refused.problems
    assert all(problem.place and problem.reason for problem in refused.problems)


@pytest.mark.parametrize(
    "pack", [ALDERBROOK, FACS, CARE_ACT], ids=["alderbrook", "facs", "care act"]
)
@pytest.mark.parametrize("kind", schemas.KINDS)
def test_the_schema_and_the_reader_say_the_same_of_every_file(kind, pack):
    schema = schemas.document(kind, [pack])
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    groups = schemas.groups(kind, pack)

    for seed in range(150):
        file = fuzzed(seed)
        assert judge.is_valid(file) == any(reads(group, file) for group in groups), seed


def reads(group, file):
    try:
        facts.read(group, file)
    except FactsRefused:
        return False
    return True


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_answer_fits_its_schema(kind, example):
    judge = jsonschema.Draft202012Validator(schemas.answer())
    answers = 0
    for file in FILES:
        for pack in (ALDERBROOK, FACS, CARE_ACT):
            try:
                answer = RULES[kind](file, pack).as_json()
            except PolicyRefused:
                continue
            judge.validate(answer)
            answers += 1
    assert answers


# -- Unknown is a value of its own -------------------------------------------------------------


def test_every_missing_fact_is_named_at_once():
    with pytest.raises(FactsMissing) as missing:
        charging.decide({"who": "person", "setting": "home", "capital_pence": 0, "budget_pence": 1},
                        CARE_ACT)  # fmt: skip

    assert missing.value.names == (
        "income_pence", "household", "age", "disability_expenses_pence", "housing_costs_pence",
    )  # fmt: skip


def test_where_savings_are_not_known_everything_else_is_asked_for_too():
    with pytest.raises(FactsMissing) as missing:
        charging.decide({"who": "person", "setting": "care_home"}, CARE_ACT)

    assert missing.value.names == (
        "budget_pence", "capital_pence", "home_value_pence", "income_pence",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["income_pence", "budget_pence", "who"])
def test_null_is_unknown_and_is_asked_for(name):
    known = {"who": "person", "income_pence": 1, "budget_pence": 2, name: None}

    with pytest.raises(FactsMissing) as missing:
        charging.decide(known, ALDERBROOK)

    assert missing.value.names == (name,)


def test_a_line_of_income_that_is_null_is_asked_for_and_one_left_out_is_nothing():
    known = {"who": "person", "budget_pence": 2, "income": {"pension_pence": 5}}
    assert charging.decide(known, ALDERBROOK).result["available_pence"] == 0

    with pytest.raises(FactsMissing) as missing:
        charging.decide(known | {"income": {"pension_pence": None}}, ALDERBROOK)

    assert missing.value.names == ("income.pension_pence",)


def test_an_outcome_nobody_has_judged_is_asked_for(example):
    known = example("02-care-act-adult")
    del known["outcomes"]["toilet"]

    with pytest.raises(FactsMissing) as missing:
        eligibility.decide(known, CARE_ACT)

    assert missing.value.names == ("outcomes.toilet",)


def test_risks_not_judged_yet_are_asked_for():
    known = {"who": "adult", "risks": ["abuse"], "risks_not_known": ["serious_abuse"]}

    with pytest.raises(FactsMissing) as missing:
        eligibility.decide(known, FACS)

    assert missing.value.names == ("risks.serious_abuse",)


def test_help_is_not_asked_about_where_no_help_is_needed(example):
    known = example("joneses-harold-budget")
    del known["answers"]["caring"]["help"]
    del known["answers"]["work"]["help"]

    with pytest.raises(FactsMissing) as missing:
        allocation.decide(known, ALDERBROOK)

    assert missing.value.names == ("answers.work.help",)


# -- Refused by name ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({"income_pence": -1}, "income_pence", "must be from 0 to"),
        ({"income_pence": 10.5}, "income_pence", "must be a whole number"),
        ({"income_pence": "245"}, "income_pence", "must be a whole number"),
        ({"income_pence": True}, "income_pence", "must be a whole number"),
        ({"income_pence": float("nan")}, "income_pence", "must be a whole number"),
        ({"incom_pence": 1}, "incom_pence", "is not a fact known here"),
        ({"called": "a\nb"}, "called", "must be text"),
        ({"called": "x" * 101}, "called", "must be text"),
        ({"settings": []}, "settings", "must be an object"),
        ({"income": {"pension_pence": 1}}, "income_pence", "is given beside income"),
        ({"setting": "moon"}, "setting", "must be one of home"),
        ({"premiums": ["carer", "carer"]}, "premiums[1]", "says carer twice"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_its_place(changes, place, reason):
    known = {"who": "person", "income_pence": 24_500, "budget_pence": 17_100, **changes}

    with pytest.raises(FactsRefused) as refused:
        charging.decide(known, ALDERBROOK)

    (problem,) = refused.value.problems
    assert problem.place == place
    assert reason in problem.reason


@pytest.mark.parametrize("file", [None, [], "who", 3, {}, {"who": []}, {"who": "council"}])
def test_what_is_not_facts_at_all_is_refused(file):
    for decide in RULES.values():
        with pytest.raises(PolicyRefused):
            decide(file, ALDERBROOK)


def test_a_number_written_with_a_point_and_nothing_after_it_is_whole():
    known = {"who": "person", "income_pence": 24_500.0, "budget_pence": 17_100}

    assert charging.decide(known, ALDERBROOK).result["charge_pence"] == 3_000


@pytest.mark.parametrize("huge", [10**30, 1e300, float("inf")])
def test_a_number_far_too_large_is_told_the_most(huge):
    problems = []

    assert facts.Whole("pence").read(huge, "cost", problems) is None
    assert str(problems[0]) == "cost: must be from 0 to 100,000,000,000: pence."
