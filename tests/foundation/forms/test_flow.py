"""A stage's own pages around a form: here, Mrs Jones answering for her husband."""

import json
import re

import pytest
from django.http import Http404, HttpResponse

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Subject
from ownway.foundation.forms import actions, queries
from ownway.foundation.forms.http import FormFlow, StoredAnswers
from ownway.foundation.forms.models import Answers
from tests.conftest import NOON

from .conftest import SMALL, yes_no

TOGETHER = [{"url": extensions.TOGETHER, "valueBoolean": True}]


def about(who):
    return {"url": extensions.SUBJECT, "valueCode": who}


LEVELS = {
    "linkId": "w",
    "text": "Washing and dressing",
    "type": "group",
    "extension": [*TOGETHER, about("person")],
    "item": [
        yes_no("w.1", "Is help needed?", required=True, extension=[
            {"url": extensions.WORDING, "valueString": "Does {person} need help to wash?"},
            {"url": extensions.HINT, "valueString": "Think of a normal week."},
        ]),
        {
            "linkId": "w.2", "text": "Who helps?", "type": "string",
            "enableWhen": [{"question": "w.1", "operator": "=", "answerCoding": {"code": "Yes"}}],
        },
    ],
}  # fmt: skip
OWN = {
    "linkId": "c", "text": "How are you?", "type": "text", "extension": [about("carer")],
}  # fmt: skip


@pytest.fixture
def hers(council, harold, edith_in):
    form = actions.bring_in(json.dumps({**SMALL, "id": "both", "item": [LEVELS, OWN]}), at=NOON)
    return actions.start(form.form, about=harold, by=edith_in, role=Answers.Role.CARER, at=NOON)


@pytest.fixture
def flow(rf, hers, edith_in):
    def made(sent=None, query="", **more):
        address = f"/my/form/{query}"
        request = rf.get(address) if sent is None else rf.post(address, sent)
        request.user, request.session = edith_in, {}
        answers = queries.answers(edith_in, at=NOON).get(pk=hers.pk)
        return FormFlow(
            request,
            StoredAnswers(answers, by=edith_in, at=NOON, facts={}),
            page_url=lambda key: f"/my/form/{key}/",
            check_url="/my/form/check/",
            done_url="/my/",
            later_url="/my/later/",
            layout="layout/public.html",
            **{"names": {Subject.PERSON: "Harold", Subject.CARER: "you"}, **more},
        )

    return made


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_page_says_whom_it_is_about_and_uses_their_name(flow):
    page = words(flow().page("w"))

    assert "About Harold. This is question 1 of 1. Then 1 about you." in page
    assert "Does Harold need help to wash?" in page
    assert "Think of a normal week." in page


def test_a_page_has_one_heading_and_its_title_says_the_same(flow):
    page = flow().page("c").content.decode()

    assert page.count("<h1") == 1
    assert "<title>How are you?" in page
    assert re.search(r"<h1[^>]*>\s*<label[^>]*>\s*How are you\? \(optional\)", page)


def test_an_answer_that_opens_a_question_on_the_page_keeps_one_there(flow):
    answer = flow({"asked": "q-w.1", "version": "0", "q-w.1": "0"}).page("w")

    assert answer.url == "/my/form/w/"
    assert "Who helps?" in words(flow().page("w"))

    on = flow({"asked": "q-w.1 q-w.2", "version": "1", "q-w.1": "0", "q-w.2": "I do"}).page("w")
    assert on.url == "/my/form/c/"


def test_later_keeps_what_is_there_and_demands_nothing(flow, hers):
    answer = flow({"asked": "q-c", "version": "0", "q-c": "Tired", "later": "yes"}).page("c")

    assert answer.url == "/my/later/"
    assert Answers.objects.get(pk=hers.pk).values == {Spot("c"): ("Tired",)}
    assert flow().where_left_off() == "/my/form/check/"


def test_a_wrong_page_saves_nothing_of_itself(flow, hers):
    answer = flow({"asked": "q-c", "version": "0", "q-c": "x" * 30_000}).page("c")

    assert "Use 20,000 letters or fewer" in words(answer)
    assert "x" * 30_000 in answer.content.decode()
    assert Answers.objects.get(pk=hers.pk).values == {}


def test_changing_an_answer_from_the_check_page_leads_back_to_it(flow):
    flow({"asked": "q-c", "version": "0", "q-c": "Tired"}).page("c")

    answer = flow({"asked": "q-c", "version": "1", "q-c": "Less tired"}, query="?from=check").page(
        "c"
    )

    assert answer.url == "/my/form/check/"


def test_sending_too_soon_links_each_gap_to_its_page(flow, hers):
    page = flow({}).check().content.decode()

    assert 'href="/my/form/w/?from=check"' in page
    assert "There is a problem" in page
    assert Answers.objects.get(pk=hers.pk).status == Answers.Status.IN_PROGRESS


def test_a_stage_answers_the_finish_in_the_same_step(flow, hers):
    flow({"asked": "q-w.1", "version": "0", "q-w.1": "1"}).page("w")
    seen = []

    def note():
        seen.append(Answers.objects.get(pk=hers.pk).is_finished)
        return HttpResponse("thank you")

    assert flow({}, on_finish=note).check().content == b"thank you"
    assert seen == [True]


def test_when_the_stage_fails_the_form_is_not_finished_either(flow, hers):
    flow({"asked": "q-w.1", "version": "0", "q-w.1": "1"}).page("w")

    def fail():
        raise RuntimeError("the stage could not go on")

    with pytest.raises(RuntimeError):
        flow({}, on_finish=fail).check()

    assert not Answers.objects.get(pk=hers.pk).is_finished


def test_a_second_window_shows_both_answers_instead_of_losing_one(flow):
    flow({"asked": "q-c", "version": "0", "q-c": "Tired"}).page("c")
    answer = flow({"asked": "q-c", "version": "0", "q-c": "Fine"}).page("c")

    page = words(flow().page("c"))

    assert answer.url == "/my/form/c/"
    assert "answered this at the same time: Fine" in page

    flow({"use": "q-c", "asked": "q-c", "q-c": "Tired", "version": "2"}).page("c")
    assert "Fine" in flow().page("c").content.decode()
    assert "at the same time" not in words(flow().page("c"))


def test_there_is_no_page_for_what_is_not_asked(flow):
    with pytest.raises(Http404):
        flow().page("nothing")
