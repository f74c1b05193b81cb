from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Kind, Quantity
from ownway.design.questionnaire.naming import name_of
from ownway.design.questionnaire.reading import parse
from ownway.design.questionnaire.reading_typed import HERE
from ownway.design.questionnaire.typed import missing, validate

from .conftest import as_file, choice, question, when


def typed(form, _answers=None, _demand=True, **fields):
    raw = {
        key.replace("__", "-"): [value] if isinstance(value, str) else value
        for key, value in fields.items()
    }
    names = " ".join(name_of(Spot(link_id)) for link_id in form.by_link_id)
    return validate(form, {"asked": [names], **raw}, answers=_answers or {}, demand=_demand)


def message(found, link_id="1"):
    return found.errors[f"q-{link_id}"].message


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("string", "  Edith   Jones ", "Edith Jones"),
        ("string", "Zoë 👵🏽 Ó", "Zoë 👵🏽 Ó"),
        ("text", "one\r\n\r\ntwo\n", "one\n\ntwo"),
        ("text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("integer", "1,200", 1200),
        ("integer", "-3", -3),
        ("integer", "−3", -3),
        ("decimal", "12.50", Decimal("12.50")),
        ("decimal", ".5", Decimal("0.5")),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("time", "9:30am", time(9, 30)),
        ("time", "14:05", time(14, 5)),
        ("time", "12am", time(0)),
        ("quantity", "3.5", Quantity(Decimal("3.5"))),
    ],
)
def test_what_is_typed_well_becomes_a_clean_answer(make, kind, said, value):
    found = typed(make(question("1", kind)), **{"q-1": said})

    assert found.answers == {Spot("1"): (value,)}
    assert found.is_valid


@pytest.mark.parametrize(
    ("kind", "said", "says"),
    [
        ("string", "a\x00b", "a sign we cannot save"),
        ("string", "a\ud800b", "a sign we cannot save"),
        ("string", "x" * 1001, "1 letter too many"),
        ("text", "x" * 20_001, "Use 20,000 letters or fewer"),
        ("integer", "9" * 5000, "too long"),
        ("integer", "twelve", "whole number"),
        ("integer", "2147483648", "too long"),
        ("integer", "1.5", "whole number"),
        ("integer", "٣", "whole number"),
        ("decimal", "1" * 16, "too long"),
        ("decimal", "1e5", "Enter a number"),
        ("decimal", "NaN", "Enter a number"),
        ("boolean", "maybe", "yes or no"),
        ("time", "25:00", "Enter a time"),
        ("time", "9", "Enter a time"),
        ("time", "13pm", "Enter a time"),
    ],
)
def test_what_cannot_be_taken_gets_a_plain_message_beside_its_field(make, kind, said, says):
    found = typed(make(question("1", kind)), **{"q-1": said})

    assert says in message(found)
    assert Spot("1") not in found.answers


@pytest.mark.parametrize(
    ("day", "month", "year", "outcome"),
    [
        ("6", "1", "2026", date(2026, 1, 6)),
        ("06", "Jan", "2026", date(2026, 1, 6)),
        ("29", "february", "2024", date(2024, 2, 29)),
        ("", "1", "2026", "The date must have a day"),
        ("6", "", "", "must have a month and a year"),
        ("31", "2", "2026", "no such day"),
        ("32", "1", "2026", "day must be from 1 to 31"),
        ("1", "13", "2026", "month must be from 1 to 12"),
        ("1", "1", "26", "must have 4 numbers"),
        ("1", "1", "0001", "Check the year"),
        ("x", "1", "2026", "day must be"),
        ("9" * 900, "1", "2026", "day must be"),
    ],
)
def test_a_date_is_taken_in_three_parts(make, day, month, year, outcome):
    found = typed(
        make(question("1", "date")), **{"q-1-day": day, "q-1-month": month, "q-1-year": year}
    )

    if isinstance(outcome, date):
        assert found.answers[Spot("1")] == (outcome,)
    else:
        assert outcome in message(found)


def test_a_moment_is_a_date_and_a_time_on_the_clock_here(make):
    fields = {"q-1-day": "6", "q-1-month": "7", "q-1-year": "2026", "q-1-time": "2:30pm"}

    found = typed(make(question("1", "dateTime")), **fields)

    assert found.answers[Spot("1")] == (datetime(2026, 7, 6, 14, 30, tzinfo=HERE),)


def test_a_required_question_left_empty_says_what_to_do(make):
    form = make(choice("1", "Yes", "No", required=True), question("2", "date", required=True))

    found = typed(form)

    assert message(found) == "Choose an answer"
    assert message(found, "2") == "Enter a date"


def test_nothing_is_demanded_when_saving_for_later(make):
    assert typed(make(question("1", required=True)), _demand=False).is_valid


def test_a_required_question_that_is_not_asked_is_not_demanded(make):
    form = make(
        choice("1", "Yes", "No"),
        question("2", required=True, enableWhen=[when("1", answerCoding={"code": "Yes"})]),
    )

    assert typed(form, **{"q-1": "1"}).is_valid
    assert message(typed(form, **{"q-1": "0"}), "2") == "Write an answer"


def test_only_answers_on_the_list_are_taken(make):
    form = make(choice("1", "Yes", "No"))

    assert message(typed(form, **{"q-1": "2"})) == "Choose one of the answers listed"
    assert message(typed(form, **{"q-1": ["0", "1"]})) == "Choose one answer only"


def test_own_words_are_taken_where_the_form_lets_them_be(make):
    form = make(question("1", "open-choice", answerOption=[{"valueString": "Tea"}]))

    assert typed(form, **{"q-1": "other", "q-1-other": "Cocoa"}).answers[Spot("1")] == ("Cocoa",)
    assert message(typed(form, **{"q-1": "other"})) == "Say what it is"


def test_an_answer_that_stands_alone_is_not_ticked_with_others(make):
    none = {
        "valueString": "None",
        "extension": [{"url": extensions.EXCLUSIVE, "valueBoolean": True}],
    }
    form = make(question("1", "choice", repeats=True, answerOption=[{"valueString": "Tea"}, none]))

    assert "Tick “None” or other answers" in message(typed(form, **{"q-1": ["0", "1"]}))


def test_limits_of_the_form_are_kept(make):
    least = {"url": extensions.LEAST, "valueInteger": 1}
    most = {"url": extensions.MOST, "valueInteger": 7}
    form = make(question("1", "integer", extension=[least, most]), question("2", maxLength=3))

    assert message(typed(form, **{"q-1": "0"})) == "Enter 1 or more"
    assert message(typed(form, **{"q-1": "8"})) == "Enter 7 or less"
    assert "Use 3 letters or fewer" in message(typed(form, **{"q-2": "long"}), "2")


def test_a_field_that_was_not_on_the_page_is_left_alone(make):
    form = make(question("1"), question("2"))

    found = validate(form, {"asked": ["q-1"], "q-1": ["x"], "q-2": ["sneaked in"]}, answers={})

    assert found.answers == {Spot("1"): ("x",)}


def test_an_empty_row_of_a_repeating_group_is_no_fault_but_a_half_filled_one_is(make):
    rows = question("g", "group", repeats=True, item=[question("a", required=True), question("b")])
    form = make(rows)
    names = "q-a~0 q-b~0 q-a~1 q-b~1"

    found = validate(form, {"asked": [names], "q-b~1": ["x"]}, answers={})

    assert set(found.errors) == {"q-a~1"}


def test_a_required_group_needs_one_row(make):
    form = make(question("g", "group", repeats=True, required=True, item=[question("a")]))

    found = validate(form, {"asked": ["q-a~0"]}, answers={})

    assert found.errors["q-g"].message == "Fill in at least one"
    assert set(missing(form, {}, frozenset())) == {"q-g"}
    assert missing(form, {Spot("a", (0,)): ("x",)}, frozenset()) == {}


def test_a_question_that_repeats_takes_each_of_its_boxes(make):
    form = make(question("1", repeats=True))

    found = validate(
        form, {"asked": ["q-1"], "q-1!0": ["x"], "q-1!1": [""], "q-1!2": ["y"]}, answers={}
    )

    assert found.answers == {Spot("1"): ("x", "y")}


EVERY_KIND = parse(
    as_file(
        *(
            question(
                kind,
                kind,
                required=True,
                **({"answerOption": [{"valueString": "a"}]} if "choice" in kind else {}),
            )
            for kind in Kind
            if kind not in (Kind.GROUP, Kind.DISPLAY)
        ),
        question("rows", "group", repeats=True, item=[question("in"), question("on", "date")]),
    )
)
ENDS = ["", "-day", "-month", "-year", "-time", "-unit", "-other", "~0", "~99", "!0"]


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from([name_of(Spot(i)) for i in EVERY_KIND.by_link_id]),
            st.sampled_from(ENDS),
        ).map("".join),
        st.lists(st.text(st.characters(), max_size=12) | st.just("9" * 6000), max_size=3),
    ),
    st.lists(
        st.text(max_size=20)
        | st.sampled_from(["q-in~0", "q-on~7", "q-in~99", "q-in~-1", "q-date"]),
        max_size=8,
    ),
)
@settings(max_examples=200, deadline=None)
def test_nothing_that_can_be_sent_breaks_it(fields, asked):
    names = [name_of(Spot(i)) for i in EVERY_KIND.by_link_id]

    found = validate(EVERY_KIND, {**fields, "asked": [*asked, " ".join(names)]}, answers={})

    assert all(fault.message for fault in found.errors.values())


@pytest.mark.parametrize(("said", "taken"), [("01632 960001", True), ("12", False)])
def test_a_telephone_asked_by_a_form_is_one_that_can_be_rung(make, said, taken):
    asked = {"url": extensions.TELEPHONE, "valueBoolean": True}

    found = typed(make(question("1", extension=[asked])), **{"q-1": said})

    assert found.is_valid is taken
    assert taken or "Enter a phone number with its area code" in message(found)
