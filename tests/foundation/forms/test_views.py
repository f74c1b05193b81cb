import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ownway.design.questionnaire.answers import Spot
from ownway.foundation.forms import actions, queries
from ownway.foundation.forms.models import Answers, Form
from ownway.foundation.record.models import AccessLog
from tests.conftest import NOON

from .conftest import COUNCIL_FORMS, SMALL, council_form


@pytest.fixture(autouse=True)
def at_noon(council, the_time):
    the_time(NOON)


@pytest.fixture
def begun(small, harold, dev):
    facts = queries.facts_about(harold)
    return actions.start_for_staff(small, about=harold, by=dev.sign_in, at=NOON, facts=facts)


@pytest.fixture
def dev_in(as_, dev, harold):
    from ownway.foundation.people import actions as people

    people.name_worker(harold, staff=dev, at=NOON)
    return as_(dev)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_list_shows_every_form_and_its_state(as_, lena, small):
    answer = as_(lena).get(reverse("forms"))

    assert "At home" in words(answer)
    assert "Live" in words(answer)


def test_the_list_of_forms_asks_the_database_the_same_few_times(
    as_, lena, small, django_assert_max_num_queries
):
    for number in range(5):
        actions.bring_in(json.dumps({**SMALL, "id": f"form-{number}"}), at=NOON)
    client = as_(lena)

    with django_assert_max_num_queries(12):
        client.get(reverse("forms"))


def test_a_form_is_brought_in_from_a_file(as_, lena):
    file = SimpleUploadedFile("at-home.json", json.dumps(SMALL).encode())

    answer = as_(lena).post(reverse("forms-bring-in"), {"file": file})

    form = Form.objects.get()
    assert answer.url == reverse("form", args=[form.pk])
    assert (form.source, form.imported_by) == ("at-home.json", lena.sign_in)


def test_a_file_that_is_refused_lists_line_item_and_reason(as_, lena):
    text = json.dumps({**SMALL, "item": [{"linkId": "x.1", "type": "url", "text": "?"}]}, indent=1)

    answer = as_(lena).post(
        reverse("forms-bring-in"), {"file": SimpleUploadedFile("bad.json", text.encode())}
    )

    assert "x.1 Items of type “url” are outside the subset" in words(answer)
    assert not Form.objects.exists()


def test_only_those_who_keep_forms_bring_them_in(as_, gwen):
    assert as_(gwen).get(reverse("forms-bring-in")).status_code == 403


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_a_council_form_shows_prints_and_is_taken_away(as_, lena, name):
    form, client = council_form(name), as_(lena)

    for page in ("form", "form-try", "form-print", "form-file"):
        answer = client.get(reverse(page, args=[form.pk]))
        assert answer.status_code == 200, page

    assert json.loads(answer.content)["id"] == name


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_a_council_form_is_walked_to_its_end_as_the_public_see_it(as_, lena, name):
    """Press the second choice, tick the first box, write in every line, until it is sent."""
    form, client = council_form(name), as_(lena)
    here = client.get(reverse("form-try-page", args=[form.pk, "start"])).url
    seen = []
    while here != reverse("form-try-check", args=[form.pk]):
        assert here not in seen, "the walk goes round in a circle"
        seen.append(here)
        page = client.get(here).content.decode()
        assert page.count("<h1") == 1
        answer = client.post(here, filled(page))
        assert answer.status_code == 302, words(answer)
        here = answer.url.split("#")[0]

    check = client.get(here)
    done = client.post(here)

    assert "Not answered" not in words(check)
    assert len(seen) > 30
    assert done.url == reverse("form", args=[form.pk])


def filled(page):
    """What somebody might send from a page: something in every field."""
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", page):
        name = re.search(r'name="(q-[^"]+)"', tag)
        if not name:
            continue
        kind = re.search(r'type="(\w+)"', tag)
        value = re.search(r'value="(\d+)"', tag)
        if kind and kind[1] in ("radio", "checkbox"):
            sent.setdefault(name[1], value[1] if value else "")
        elif tag.startswith("<select") or name[1].endswith(("-day", "-month")):
            sent[name[1]] = "1"
        else:
            sent[name[1]] = "2026" if name[1].endswith("-year") else "Some words"
    return sent


def test_answers_to_check_stand_in_the_order_of_the_form(as_, lena, small):
    page = words(as_(lena).get(reverse("form-try-check", args=[small.pk])))

    asked = ["Do you live alone?", "People we can call", "When did you move in?"]
    assert sorted(asked, key=page.index) == asked


def test_a_page_with_a_wrong_date_keeps_what_was_typed_and_says_what_is_wrong(as_, lena, small):
    client, here = as_(lena), reverse("form-try-page", args=[small.pk, "3"])

    answer = client.post(
        here, {"asked": "q-3", "q-3-day": "31", "q-3-month": "2", "q-3-year": "2020"}
    )

    page = answer.content.decode()
    assert "There is no such day in that month" in words(answer)
    assert 'href="#q-3-day"' in page
    assert re.search(r'id="q-3-day"[^>]*value="31"', page)
    assert "<title>Error: " in page


def test_markup_in_a_form_and_in_an_answer_is_only_text(as_, lena):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = {"linkId": "1", "text": attack, "type": "string", "prefix": attack}
    options = [{"valueCoding": {"code": "<b>", "display": attack}}]
    pick = {"linkId": "2", "text": attack, "type": "open-choice", "answerOption": options}
    form = actions.bring_in(
        json.dumps({**SMALL, "title": attack, "item": [item, pick]}), at=NOON
    ).form
    client = as_(lena)
    client.post(
        reverse("form-try", args=[form.pk]),
        {"asked": "q-1 q-2", "q-1": attack, "q-2": "other", "q-2-other": attack},
    )

    for page in ("form", "form-try", "form-print", "form-try-check"):
        shown = client.get(reverse(page, args=[form.pk])).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_add_another_and_remove_work_without_a_script(as_, lena, small):
    client, here = as_(lena), reverse("form-try-page", args=[small.pk, "2"])

    added = client.post(here, {"asked": "q-2.1~0 q-2.2~0", "q-2.1~0": "Ann", "add": "q-2"})
    page = client.get(added.url).content.decode()
    both = {"asked": "q-2.1~0 q-2.2~0 q-2.1~1 q-2.2~1", "q-2.1~0": "Ann", "q-2.1~1": "Ben"}
    client.post(here, {**both, "remove": "q-2~0"})
    left = client.get(here).content.decode()

    assert 'name="q-2.1~1"' in page
    assert 'value="Ann"' not in left
    assert 'value="Ben"' in left


def test_an_answer_opens_the_next_question_and_a_skip_leaves_it(as_, lena, small):
    client = as_(lena)
    page = reverse("form-try-page", args=[small.pk, "1.2"])

    opened = client.post(page, {"asked": "q-1.2", "q-1.2": "1"}).url
    skipped = client.post(opened, {"asked": "q-1.3", "skip": "yes"}).url

    assert opened == reverse("form-try-page", args=[small.pk, "1.3"])
    assert skipped == reverse("form-try-page", args=[small.pk, "2"])


def test_a_page_that_is_not_asked_is_not_there(as_, lena, small):
    assert as_(lena).get(reverse("form-try-page", args=[small.pk, "1.3"])).status_code == 404


def test_staff_begin_a_form_and_what_is_known_is_there_already(dev_in, harold, small):
    answer = dev_in.post(reverse("forms-for", args=[harold.pk]), {"form": small.pk})

    page = words(dev_in.get(answer.url))
    assert "What is your name? Harold Jones" in page
    assert Answers.objects.get().about == harold


def test_a_change_is_saved_and_shows_what_it_opens(dev_in, begun):
    here = reverse("form-answers", args=[begun.pk])

    answer = dev_in.post(
        here,
        {"version": "0", "asked": "q-1.2", "q-1.2": "1"},
        headers={"Accept": "application/json"},
    ).json()

    assert answer["saved"] == "12:00"
    assert answer["version"] == 1
    assert "q-1.3" in answer["shown"]
    assert answer["needed"]["q-1"] == 0


def test_one_wrong_answer_does_not_keep_the_others_from_being_saved(dev_in, begun):
    here = reverse("form-answers", args=[begun.pk])
    sent = {"version": "0", "asked": "q-1.2 q-3", "q-1.2": "0", "q-3-day": "40"}

    answer = dev_in.post(here, {**sent, "save": "yes"})

    begun.refresh_from_db()
    assert "When did you move in? The date must have" in words(answer)
    assert re.search(r'id="q-3-day"[^>]*value="40"', answer.content.decode())
    assert Spot("1.2") in Answers.objects.get().values


def test_finishing_too_soon_names_what_is_needed_and_links_to_it(dev_in, begun):
    here = reverse("form-answers", args=[begun.pk])

    answer = dev_in.post(here, {"version": "0", "asked": "q-3", "finish": "yes"})

    assert 'href="#q-1.2"' in answer.content.decode()
    assert Answers.objects.get().status == Answers.Status.IN_PROGRESS


def test_a_finished_form_is_read_printed_and_taken_away(dev_in, begun):
    here = reverse("form-answers", args=[begun.pk])
    done = dev_in.post(here, {"version": "0", "asked": "q-1.2", "q-1.2": "0", "finish": "yes"})

    read, printed = dev_in.get(here), dev_in.get(reverse("answers-print", args=[begun.pk]))
    taken = json.loads(dev_in.get(reverse("answers-file", args=[begun.pk])).content)

    assert done.status_code == 302
    assert 'name="q-' not in read.content.decode()
    assert "Do you live alone? Yes" in words(printed)
    assert taken["status"] == "completed"


def test_two_answers_at_once_are_shown_side_by_side(dev_in, begun, gwen):
    here = reverse("form-answers", args=[begun.pk])
    actions.save_page(begun, {Spot("1.3"): ("Edith",)}, seen=0, by=gwen.sign_in, at=NOON)

    answer = dev_in.post(
        here,
        {"version": "0", "asked": "q-1.2 q-1.3", "q-1.2": "1", "q-1.3": "His wife", "save": "yes"},
    )

    page = words(dev_in.get(answer.url))
    assert "Dev Marlowe answered this at the same time: His wife" in page
    assert "Edith" in page


def test_reading_answers_about_somebody_is_logged_and_a_stranger_is_not_told(
    dev_in, begun, as_, priya, harold
):

    here = reverse("form-answers", args=[begun.pk])
    dev_in.get(here)
    dev_in.post(here, {"version": "0", "asked": "q-1.2", "q-1.2": "0", "save": "yes"})

    assert AccessLog.objects.filter(person=harold, what="your answers to “At home”").count() == 1


def test_a_press_that_shows_the_answers_again_is_a_look_too(dev_in, begun, harold):
    here = reverse("form-answers", args=[begun.pk])
    dev_in.post(here, {"version": "0", "asked": "q-3", "finish": "yes"})
    dev_in.post(here, {"version": "0", "asked": "q-1.2", "q-1.2": "0", "finish": "yes"})

    dev_in.post(here, {"version": "0"})

    assert AccessLog.objects.filter(person=harold).count() == 2


def test_somebody_without_a_reason_gets_404(as_, lena, begun):
    client = as_(lena)

    for page, key in (
        ("form-answers", begun.pk),
        ("answers-print", begun.pk),
        ("answers-file", begun.pk),
        ("forms-for", begun.about_id),
    ):
        assert client.get(reverse(page, args=[key])).status_code == 404


def test_what_a_resident_has_not_sent_is_not_shown_to_staff(dev_in, small, harold, edith_in):
    role = Answers.Role.CARER
    draft = actions.start(small, about=harold, by=edith_in, role=role, at=NOON)
    pages = [reverse(f"{name}", args=[draft.pk]) for name in ("form-answers", "answers-print")]
    pages.append(reverse("answers-file", args=[draft.pk]))

    assert {dev_in.get(page).status_code for page in pages} == {404}
    assert pages[0] not in dev_in.get(reverse("forms-for", args=[harold.pk])).content.decode()

    Answers.objects.filter(pk=draft.pk).update(status="finished", finished_at=NOON)
    assert {dev_in.get(page).status_code for page in pages} == {200}


def test_a_form_that_is_none_is_not_begun(dev_in, harold):
    page = reverse("forms-for", args=[harold.pk])

    assert {dev_in.post(page, {"form": typed}).status_code for typed in ("abc", "", "²")} == {404}
