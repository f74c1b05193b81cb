from datetime import date, time
from decimal import Decimal

import pytest

from ownway.design.questionnaire.answers import Spot, begun
from ownway.design.questionnaire.model import Coding, Quantity
from ownway.design.questionnaire.reading import parse
from ownway.design.questionnaire.refusals import Refused
from ownway.design.questionnaire.responses import from_response, to_response

from .conftest import COUNCIL, COUNCIL_FORMS, SDC, choice, question, standard, when


def filled(form):
    """Some answer to every question, two rows to every group."""
    samples = {
        "boolean": True,
        "decimal": Decimal("1.5"),
        "integer": 3,
        "date": date(2026, 1, 6),
        "dateTime": date(2026, 1, 6),
        "time": time(9, 30),
        "quantity": Quantity(Decimal(2), "kg"),
    }
    answers = {}
    for item, _ in form.walk():
        if not item.is_question:
            continue
        value = item.options[-1].value if item.options else samples.get(item.kind, "Some words")
        for row in range(2) if form.rows_above(item.link_id) else (None,):
            answers[Spot(item.link_id, () if row is None else (row,))] = (value,)
    return answers


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_answers_to_a_council_form_come_back_as_they_went(name):
    form = parse(standard(COUNCIL / f"{name}.json"))
    answers = filled(form)

    assert from_response(form, to_response(form, answers)) == answers


def test_the_second_check_takes_what_we_write(make):
    fhir = pytest.importorskip("fhir.resources.R4B.questionnaireresponse")
    form = parse(standard(COUNCIL / "telecare-requisition.json"))
    about = {"subject": {"reference": "Patient/1"}, "authored": "2026-01-06T10:00:00+00:00"}

    response = to_response(form, filled(form), finished=True, about=about)

    assert fhir.QuestionnaireResponse.model_validate(response).status == "completed"


def test_a_finished_response_holds_only_what_was_asked(make):
    form = make(
        choice("1", "Yes", "No"),
        question("2", enableWhen=[when("1", answerCoding={"code": "Yes"})]),
    )
    answers = {Spot("1"): (Coding("No"),), Spot("2"): ("kept until then",)}

    assert len(to_response(form, answers)["item"]) == 2
    assert len(to_response(form, answers, finished=True)["item"]) == 1


def test_questions_under_a_question_stand_under_its_answer(make):
    form = make(question("1", item=[question("2")]))
    answers = {Spot("1"): ("x",), Spot("2"): ("y",)}

    response = to_response(form, answers)

    assert response["item"][0]["answer"][0]["item"][0]["linkId"] == "2"
    assert from_response(form, response) == answers


@pytest.mark.parametrize(
    "item",
    [
        {"linkId": "9", "answer": [{"valueString": "x"}]},
        {"linkId": "1", "answer": [{"valueBoolean": True}]},
        {"linkId": "1", "answer": [{"valueString": "x"}, {"valueString": "y"}]},
        {"linkId": "1", "answer": "x"},
        {"linkId": "1", "answer": [7]},
        "nonsense",
    ],
)
def test_a_response_that_does_not_fit_the_form_is_refused(make, item):
    response = {"resourceType": "QuestionnaireResponse", "item": [item]}

    with pytest.raises(Refused):
        from_response(make(question("1")), response)


def test_a_form_begins_with_the_answers_it_brings():
    form = parse(standard(SDC / "valid/questionnaire-initialx.json"))

    answers = begun(form)

    assert len(answers) == 11
    assert from_response(form, to_response(form, answers)) == answers
