import pytest

from ownway.design.questionnaire.jsontext import dump, load
from ownway.design.questionnaire.model import Coding, Condition, Item, Kind, Option, Questionnaire
from ownway.design.questionnaire.reading import parse
from ownway.design.questionnaire.refusals import Refused
from ownway.design.questionnaire.writing import to_text

from .conftest import COUNCIL, COUNCIL_FORMS, SDC, standard

TAKEN = [
    "apgar-with-itemWeight-variable",
    "date-in-repeating-group",
    "group-under-question.R4",
    "matrixLayout-initialvalue-choice-non-repeats.R4",
    "phq9-with-the-weight-function",
    "q-4-level-deep",
    "q-with-contained-valueset-without-expansion",
    "q-with-minOccurs-maxOccurs",
    "q-with-nested-enableWhen",
    "q-with-openLabel",
    "q-with-scores-with-rendering-xhtml",
    "question-under-question.R4",
    "questionnaire-answerOption.initialSelected",
    "questionnaire-hidden-extension",
    "questionnaire-initialx",
    "tab-layout-with-enableWhen",
    "test-enablewhen",
]
REFUSED = {
    "bit-of-everything": "Items of type “url”",
    "checkbox-with-child-items": "Questions under a question with many answers",
    "enableWhenExpressionTest": "enableWhenExpression",
    "q-enableWhen-with-reference-loop": "go round in a circle",
}


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_a_council_form_goes_out_with_every_key_as_it_came_in(name):
    raw = standard(COUNCIL / f"{name}.json")

    assert load(to_text(parse(raw))).value == load(raw).value


@pytest.mark.parametrize("name", TAKEN)
def test_a_form_of_the_standards_goes_out_with_every_key_as_it_came_in(name):
    raw = standard(SDC / f"valid/{name}.json")

    assert load(to_text(parse(raw))).value == load(raw).value


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_of_the_standards_outside_the_subset_is_refused_by_name(name):
    with pytest.raises(Refused, match=REFUSED[name]):
        parse(standard(SDC / f"valid/{name}.json"))


def test_a_form_made_by_hand_reads_back_as_the_same_form():
    yes = Coding("y", display="Yes")
    form = Questionnaire(
        title="Made",
        status="draft",
        items=(
            Item("1", Kind.CHOICE, "Well?", required=True, options=(Option(yes), Option("no"))),
            Item("2", Kind.TEXT, "Say more", conditions=(Condition("1", "=", yes),)),
        ),
    )

    assert parse(to_text(form)) == form


def test_decimals_keep_every_digit():
    text = '{"weight": 1.10, "tiny": 0.0000001, "long": 12345678901234567.89}'

    written = dump(load(text).value)

    assert "1.10" in written
    assert "0.0000001" in written
    assert "12345678901234567.89" in written
