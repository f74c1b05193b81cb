import pytest

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.model import Coding
from ownway.design.questionnaire.reading import parse

from .conftest import SDC, choice, question, standard, when


@pytest.mark.parametrize(
    ("operator", "answer", "given", "asked"),
    [
        ("=", 5, (5,), True),
        ("=", 5, (6,), False),
        ("=", 5, (), False),
        ("!=", 5, (5,), False),
        ("!=", 5, (6,), True),
        ("!=", 5, (), True),
        (">", 5, (6,), True),
        (">", 5, (5,), False),
        (">", 5, (), False),
        (">=", 5, (5,), True),
        ("<", 5, (4,), True),
        ("<=", 5, (5,), True),
        ("<=", 5, (6,), False),
    ],
)
def test_each_operator_compares_as_fhir_says(make, operator, answer, given, asked):
    form = make(
        question("1", "integer"),
        question("2", enableWhen=[when("1", operator, answerInteger=answer)]),
    )

    assert Asked(form, {Spot("1"): given}).is_asked(Spot("2")) is asked


@pytest.mark.parametrize("wanted", [True, False])
def test_exists_asks_whether_there_is_any_answer(make, wanted):
    form = make(
        question("1"), question("2", enableWhen=[when("1", "exists", answerBoolean=wanted)])
    )

    assert Asked(form, {Spot("1"): ("x",)}).is_asked(Spot("2")) is wanted
    assert Asked(form, {}).is_asked(Spot("2")) is not wanted


@pytest.mark.parametrize(("behaviour", "asked"), [("any", True), ("all", False)])
def test_conditions_hold_together_or_one_by_one(make, behaviour, asked):
    conditions = [when("1", answerString="x"), when("1", answerString="y")]
    form = make(question("1"), question("2", enableWhen=conditions, enableBehavior=behaviour))

    assert Asked(form, {Spot("1"): ("x",)}).is_asked(Spot("2")) is asked


def test_a_code_is_the_same_whatever_its_words_and_system_unless_one_is_named(make):
    yes = {"code": "Yes"}
    form = make(choice("1", "Yes", "No"), question("2", enableWhen=[when("1", answerCoding=yes)]))

    given = {Spot("1"): (Coding("Yes", system="urn:x", display="Oh yes"),)}

    assert Asked(form, given).is_asked(Spot("2"))


def test_an_answer_that_is_no_longer_asked_does_not_count(make):
    form = make(
        question("1"),
        question("2", enableWhen=[when("1", answerString="x")]),
        question("3", enableWhen=[when("2", answerString="y")]),
    )

    assert Asked(form, {Spot("1"): ("x",), Spot("2"): ("y",)}).is_asked(Spot("3"))
    assert not Asked(form, {Spot("1"): ("z",), Spot("2"): ("y",)}).is_asked(Spot("3"))


def test_in_a_repeating_group_a_condition_looks_at_its_own_row(make):
    rows = question(
        "g",
        "group",
        repeats=True,
        item=[question("a"), question("b", enableWhen=[when("a", answerString="x")])],
    )
    asked = Asked(make(rows), {Spot("a", (0,)): ("x",), Spot("a", (1,)): ("z",)})

    assert asked.is_asked(Spot("b", (0,)))
    assert not asked.is_asked(Spot("b", (1,)))


def test_from_outside_a_repeating_group_any_row_will_do(make):
    form = make(
        question("g", "group", repeats=True, item=[question("a")]),
        question("b", enableWhen=[when("a", answerString="x")]),
    )

    assert Asked(form, {Spot("a", (0,)): ("z",), Spot("a", (1,)): ("x",)}).is_asked(Spot("b"))
    assert not Asked(form, {Spot("a", (0,)): ("z",)}).is_asked(Spot("b"))


def test_a_question_under_a_question_is_asked_once_that_is_answered(make):
    form = make(question("1", item=[question("2")]))

    assert not Asked(form, {}).is_asked(Spot("2"))
    assert Asked(form, {Spot("1"): ("x",)}).is_asked(Spot("2"))


def test_conditions_on_groups_within_groups_hold_all_the_way_down():
    form = parse(standard(SDC / "valid/q-with-nested-enableWhen.json"))
    conditional = [item for item, _ in form.walk() if item.conditions]

    assert conditional
    assert not any(Asked(form, {}).is_asked(Spot(item.link_id)) for item in conditional)
