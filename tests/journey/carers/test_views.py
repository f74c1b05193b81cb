"""Mrs Jones sees her number and her word; Dev sees them and records support."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.journey.assessment.models import Assessment
from ownway.journey.carers import queries
from ownway.journey.carers.models import EmergencyPlan, Statement, Support
from tests.journey.assessment.conftest import THURSDAY

Both = tuple[Assessment, Assessment]
PLAN = "/my/emergency-plan/"
WORD = "/my/what-i-can-do/"


@pytest.fixture
def thursday(the_time: Callable[..., None]) -> None:
    the_time(THURSDAY)


def test_her_number_is_on_her_page_right_after_she_finished(
    at_home: Client,
    his: Assessment,
    hers: Assessment,
    answer: Callable[..., Assessment],
    thursday: None,
    edith: Person,
) -> None:
    answer(his)
    answer(hers)
    at_home.post("/my/assessment/check/", {"finish": "yes"})

    page = at_home.get(PLAN).content.decode()

    assert f"EP{1000 + edith.pk}" in page
    assert "Joy Thistlewood" in page
    assert "We still need their number" in page


def test_without_a_plan_she_is_asked_who_should_step_in(
    at_home: Client, edith: Person, thursday: None
) -> None:
    assert "Who should step in" in at_home.get(PLAN).content.decode()

    refused = at_home.post(PLAN, {"call_name": "", "to_know": "He likes tea 🙂"})
    assert refused.status_code == 422
    assert "He likes tea 🙂" in refused.content.decode()

    at_home.post(PLAN, {"call_name": "Joy\x00", "call_phone": "01632 960471"})
    assert EmergencyPlan.objects.get().call_name == "Joy"


def test_text_that_is_too_long_is_refused_and_kept(
    at_home: Client, edith: Person, thursday: None
) -> None:
    answer = at_home.post(PLAN, {"call_name": "J" * 121})

    assert answer.status_code == 422
    assert "J" * 121 in answer.content.decode()


def test_an_old_page_writes_only_what_was_changed_on_it(
    at_home: Client, edith: Person, thursday: None
) -> None:
    at_home.post(PLAN, {"call_name": "Joy", "call_phone": "01632 960471"})
    old = {"seen-call_name": "Joy", "call_name": "Joy", "seen-call_phone": "", "call_phone": ""}

    at_home.post(PLAN, old | {"seen-to_know": "", "to_know": "He likes tea"})

    kept = EmergencyPlan.objects.get()
    assert (kept.call_phone, kept.to_know) == ("01632 960471", "He likes tea")


def test_a_number_changed_meanwhile_is_shown_before_it_is_written_over(
    at_home: Client, edith: Person, thursday: None
) -> None:
    at_home.post(PLAN, {"call_name": "Joy", "call_phone": "01632 960471"})

    answer = at_home.post(
        PLAN, {"call_name": "Joy", "seen-call_phone": "", "call_phone": "01632 960999"}
    )

    assert answer.status_code == 422
    assert "It now says: “01632 960471”" in answer.content.decode()
    assert "01632 960999" in answer.content.decode()
    assert EmergencyPlan.objects.get().call_phone == "01632 960471"


def test_pressing_save_twice_is_one_plan(at_home: Client, edith: Person, thursday: None) -> None:
    at_home.post(PLAN, {"call_name": "Joy"})
    at_home.post(PLAN, {"call_name": "Joy"})

    assert EmergencyPlan.objects.count() == 1


def test_she_reads_her_word_changes_it_and_takes_it_back(
    at_home: Client, told: Both, thursday: None
) -> None:
    assert "This is what you said on Thursday 22 January" in at_home.get(WORD).content.decode()

    at_home.post(WORD, {"washing": "half", "words": "My back hurts"})
    assert [one.helps for one in Statement.objects.filter(ended_at=None)] == [{"washing": "half"}]

    page = at_home.post(WORD, {"take_back": "yes"}, follow=True).content.decode()
    assert "Taken back" in page
    assert not Statement.objects.filter(ended_at=None).exists()


def test_she_says_it_for_each_person_she_cares_for(
    at_home: Client, told: Both, edith: Person, gwen: Staff, thursday: None
) -> None:
    from ownway.foundation.people import actions as people

    ivy = people.add_person(first_name="Ivy", last_name="Pryce", by=gwen.sign_in, at=THURSDAY)
    people.tie(edith, to=ivy, kind="daughter", cares_for=True)
    hers = reverse("my-willing-for", args=[ivy.pk])

    page = at_home.get(WORD).content.decode()
    at_home.post(hers, {"washing": "little"})

    assert f'href="{hers}">What you will do for Ivy' in page
    standing = queries.statement_of(edith, ivy)
    assert standing is not None
    assert standing.helps == {"washing": "little"}


def test_nothing_is_said_about_somebody_she_does_not_care_for(
    at_home: Client, told: Both, gwen: Staff, thursday: None
) -> None:
    from ownway.foundation.people import actions as people

    ivy = people.add_person(first_name="Ivy", last_name="Pryce", by=gwen.sign_in, at=THURSDAY)

    page = at_home.post(reverse("my-willing-for", args=[ivy.pk]), {"washing": "all"})

    assert page.status_code == 404
    assert not Statement.objects.filter(cares_for=ivy).exists()


def test_a_wrong_amount_is_refused(at_home: Client, told: Both, thursday: None) -> None:
    assert at_home.post(WORD, {"washing": "lots"}).status_code == 422


def test_somebody_who_cares_for_nobody_gets_404(
    client: Client, gwen: Staff, harold: Person
) -> None:
    from ownway.foundation.people import actions as people

    client.force_login(people.give_way_in(harold, email="harold@alderbrook.example"))

    assert client.get(PLAN).status_code == 404
    assert client.get(WORD).status_code == 404


def test_without_a_sign_in_these_pages_ask_for_one(client: Client, council: None) -> None:
    for address in (PLAN, WORD):
        assert client.get(address).headers["Location"].startswith("/sign-in/")


def _desk(person: Person) -> str:
    return reverse("carer", args=[person.pk])


def test_staff_see_the_number_the_word_and_the_wish(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    page = at_desk.get(_desk(edith)).content.decode()

    assert f"EP{1000 + edith.pk}" in page
    assert "A night off, now and then" in page
    assert "All that I do now" in page


def test_whoever_takes_the_call_finds_the_carer_by_the_number(
    client: Client, told: Both, edith: Person, gwen: Staff, thursday: None
) -> None:
    client.force_login(gwen.sign_in)

    page = client.get("/desk/people/", {"q": f"ep {1000 + edith.pk}"}).content.decode()

    assert "1 person found" in page
    assert "Edith Jones" in page


def test_recording_support_says_so_and_an_empty_one_is_refused(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    refused = at_desk.post(_desk(edith), {"do": "support", "support-words": ""})
    assert refused.status_code == 422
    assert "Say what support there is" in refused.content.decode()

    page = at_desk.post(
        _desk(edith), {"do": "support", "support-words": "Carers’ café, Tuesdays"}, follow=True
    ).content.decode()
    assert "Carer support is written down" in page
    assert Support.objects.get().what == "Carers’ café, Tuesdays"


def test_using_the_plan_and_ending_it_at_the_desk(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    used = {"do": "activate", "activate-words": "Edith is in hospital"}
    page = at_desk.post(_desk(edith), used, follow=True).content.decode()
    assert "Emergency plan in use since" in page

    at_desk.post(_desk(edith), {"do": "end", "end-words": "Edith is home again"})
    plan = queries.emergency_plan_of(edith)
    assert plan is not None
    assert queries.open_activation(plan) is None


def test_the_carer_takes_it_back_by_telephone(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    at_desk.post(_desk(edith), {"do": "withdraw", "withdraw-words": "She is worn out"})

    assert Statement.objects.get().ended_because == "She is worn out"


def test_an_unknown_deed_changes_nothing(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    at_desk.post(_desk(edith), {"do": "delete", "delete-words": "everything"})

    assert Statement.objects.filter(ended_at=None).exists()


def test_staff_without_a_reason_get_404_and_residents_403(
    client: Client, dev: Staff, edith: Person, edith_in: SignIn
) -> None:
    client.force_login(dev.sign_in)
    assert client.get(_desk(edith)).status_code == 404
    client.force_login(edith_in)
    assert client.get(_desk(edith)).status_code == 403


def test_the_desk_page_has_as_many_queries_with_more_support(
    at_desk: Client, told: Both, edith: Person, thursday: None
) -> None:
    sent = {"do": "support", "support-words": "Carers’ café"}
    at_desk.post(_desk(edith), sent)
    with CaptureQueriesContext(connection) as one:
        at_desk.get(_desk(edith))
    for _ in range(4):
        at_desk.post(_desk(edith), sent)
    with CaptureQueriesContext(connection) as many:
        at_desk.get(_desk(edith))

    assert len(many) == len(one)


def test_dev_writes_down_what_she_says_and_it_needs_her_words(
    as_: Callable[..., Client], dev: Staff, his: Assessment, edith: Person, harold: Person
) -> None:
    for one in (harold, edith):
        people.name_worker(one, staff=dev, at=THURSDAY)
    page = reverse("carer-says", args=[harold.pk, edith.pk])
    desk = as_(dev)

    refused = desk.post(page, {"eating": "half"})
    desk.post(page, {"eating": "half", "words": "I can cook, she said on the phone"})

    assert refused.status_code == 422
    assert "Write down what the carer said" in refused.content.decode()
    statement = queries.statement_of(edith, harold)
    assert statement is not None
    assert (statement.helps, statement.given_by) == ({"eating": "half"}, dev.sign_in)


def test_nobody_else_can_be_written_down_as_a_carer(
    as_: Callable[..., Client], dev: Staff, his: Assessment, edith: Person, harold: Person
) -> None:
    assert as_(dev).get(reverse("carer-says", args=[edith.pk, harold.pk])).status_code == 404
