import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.model import Kind, Subject
from ownway.design.questionnaire.reading import parse, parse_with_notes
from ownway.design.questionnaire.refusals import Refused

from .conftest import COUNCIL, COUNCIL_FORMS, SDC, as_file, choice, question, standard, when


def reasons(text: str | bytes) -> str:
    with pytest.raises(Refused) as refusal:
        parse(text)
    return str(refusal.value)


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_a_form_of_a_real_council_is_taken_without_a_note(name):
    form, notes = parse_with_notes(standard(COUNCIL / f"{name}.json"))

    assert len(form.by_link_id) >= 100
    assert notes == ()


def test_every_problem_is_listed_with_its_line_its_item_and_a_reason():
    text = as_file(
        question("1", "attachment"),
        question("2", "choice"),
        {"linkId": "3", "type": "string", "text": "?", "option": []},
        question("4", enableWhen=[when("9", answerString="x")]),
    )

    with pytest.raises(Refused) as refusal:
        parse(text)

    found = {(p.link_id, p.reason) for p in refusal.value.problems}
    assert ("1", "Items of type “attachment” are outside the subset") in found
    assert ("3", "“option” is not part of a FHIR R4 Questionnaire") in found
    lines = text.splitlines()
    first = next(p for p in refusal.value.problems if p.link_id == "1")
    assert '"attachment"' in lines[first.line - 1]


def test_an_item_whose_link_id_is_null_is_told_once():
    for link_id in (None, 7, ""):
        text = as_file({"linkId": link_id, "type": "string", "text": "?"}, question("2"))

        with pytest.raises(Refused) as refusal:
            parse(text)

        told = [p.reason for p in refusal.value.problems]
        assert told == ["An item needs a linkId of 1 to 255 characters"]


def test_a_condition_on_an_answer_that_is_not_offered_is_refused_by_name():
    asked = choice("1", "yes", "no")
    waits = {"enableWhen": [when("1", answerCoding={"code": "perhaps"})]}

    said = reasons(as_file(asked, question("2", **waits)))

    assert "waits for “perhaps”, which is none of the answers of 1" in said
    for code in ("yes", "no"):
        fits = {"enableWhen": [when("1", answerCoding={"code": code})]}
        assert parse(as_file(asked, question("2", **fits)))


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([question("1"), question("1")], "2 items have this linkId"),
        ([question("1", "choice")], "no answers to choose from"),
        ([question("1", enableWhen=[when("9", answerString="x")])], "asks about 9"),
        (
            [
                question("1", enableWhen=[when("2", "exists", answerBoolean=True)]),
                question("2", enableWhen=[when("1", "exists", answerBoolean=True)]),
            ],
            "go round in a circle: 1 → 2 → 1",
        ),
        (
            [question("1"), question("2", enableWhen=[when("1", ">", answerString="x")])],
            "cannot be more or less",
        ),
        (
            [question("1"), question("2", enableWhen=[when("1", answerInteger=1)])],
            "compares 1 (string) with answerInteger",
        ),
        (
            [
                question("1"),
                question(
                    "2", enableWhen=[when("1", answerString="x"), when("1", answerString="y")]
                ),
            ],
            "all conditions must hold, or any",
        ),
        (
            [question("1", "choice", answerValueSet="http://elsewhere.example/list")],
            "is outside the file",
        ),
        ([question("1", "group")], "A group has no items"),
        ([question("1", maxLength="9")], "“maxLength” must be a whole number"),
        ([question("1", required="yes")], "“required” must be true or false"),
        (
            [question("1", extension=[{"url": extensions.SDC + "enableWhenExpression"}])],
            "enableWhenExpression” is outside the subset",
        ),
        ([question("1", modifierExtension=[])], "“modifierExtension” changes what the form means"),
        (
            [question("1", extension=[{"url": extensions.SUBJECT, "valueCode": "dog"}])],
            "must be person or carer",
        ),
        ([{"linkId": "1", "type": "string"}], "A question has no text"),
        (["nonsense"], "An item must be an object"),
        (
            [
                question(
                    "1",
                    "choice",
                    repeats=True,
                    answerOption=[{"valueString": "a"}],
                    item=[question("2")],
                )
            ],
            "many answers are outside",
        ),
        ([question("1", "date", initial=[{"valueDate": "2026-02-30"}])], "is not a Date we take"),
    ],
)
def test_what_is_outside_the_subset_is_refused_by_name(items, reason):
    assert reason in reasons(as_file(*items))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{\n "a": ,\n}', 2, "This is not JSON"),
        ('{"a": 1,\n "a": 2}', 2, "written twice"),
        ('{"a": {"b": 1},\n "c": [{"b": 1},\n {"d": 1,\n "d": 2}]}', 4, "written twice"),
        ('{"a": NaN}', 1, "NaN is not a number"),
        ('{"a":\n "x\\u0000y"}', 2, "control character"),
        ('{"a":\n "x\\ud800y"}', 2, "control character"),
        (b"\xff\xfe", 1, "not UTF-8"),
        ("", 1, "This is not JSON"),
        ("[" * 100_000, 1, "nested too deeply"),
        ("[]", 1, "not a FHIR Questionnaire"),
        ('{"a": ' + "9" * 5000 + "}", 1, "has 5000 digits"),
    ],
)
def test_a_malformed_file_is_refused_whole_with_its_line(text, line, reason):
    with pytest.raises(Refused) as refusal:
        parse(text)

    problem = refusal.value.problems[0]
    assert problem.line == line
    assert reason in problem.reason


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "resourceType",
                        "item",
                        "type",
                        "linkId",
                        "text",
                        "enableWhen",
                        "question",
                        "answerOption",
                        "extension",
                        "url",
                        "valueCoding",
                        "initial",
                        "status",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_in_a_file_it_is_taken_or_refused_and_never_breaks(value):
    root = value if isinstance(value, dict) else {"item": value}
    root["resourceType"] = "Questionnaire"

    assert taken_or_refused(json.dumps(root))


def taken_or_refused(text):
    try:
        return parse(text)
    except Refused as refusal:
        return refusal.problems


def test_an_extension_of_another_publisher_is_kept_and_noted():
    vendor = {"url": "https://vendor.example/colour", "valueString": "red"}

    form, notes = parse_with_notes(as_file(question("1", extension=[vendor])))

    assert form.by_link_id["1"].extensions == (vendor,)
    assert "vendor.example/colour is kept but not acted on" in notes[0].reason


def test_our_own_extensions_say_what_is_known_and_who_is_meant():
    item = question(
        "1",
        extension=[
            {"url": extensions.KNOWN, "valueCode": "person.name"},
            {"url": extensions.SUBJECT, "valueCode": "carer"},
            {"url": extensions.WORDING, "valueString": "What is {person} called?"},
        ],
    )

    found = parse(as_file(item)).by_link_id["1"]

    assert (found.known, found.subject) == ("person.name", Subject.CARER)
    assert found.wording == "What is {person} called?"


def test_weights_are_read_under_either_name():
    options = [
        {
            "valueString": "a",
            "extension": [{"url": extensions.HL7 + "ordinalValue", "valueDecimal": 2.5}],
        },
        {
            "valueString": "b",
            "extension": [{"url": extensions.HL7 + "itemWeight", "valueDecimal": 4}],
        },
    ]

    found = parse(as_file(question("1", "choice", answerOption=options))).by_link_id["1"]

    assert [option.weight for option in found.options] == [Decimal("2.5"), Decimal(4)]


def test_a_contained_list_of_answers_is_read():
    raw = standard(SDC / "valid/q-with-contained-valueset-without-expansion.json")

    form = parse(raw)

    picked = [item for item, _ in form.walk() if item.kind is Kind.CHOICE]
    assert all(len(item.options) > 1 for item in picked)


@pytest.mark.parametrize(
    "name",
    [
        "Argonaut-questionnaire-questionnaire-example-asq3",
        "brokenValueSet",
        "quantity-units",
        "variable-scope-test",
    ],
)
def test_an_invalid_file_of_the_standards_is_refused_with_a_reason(name):
    assert "line " in reasons(standard(SDC / f"invalid/{name}.json"))


def test_a_list_offered_by_another_question_is_a_choice_of_its_answers():
    form = parse(as_file(choice("1", "Yes", "No")))

    assert [option.words for option in form.by_link_id["1"].options] == ["Yes", "No"]
