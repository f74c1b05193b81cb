"""Pages: Mrs Jones answers at home; Dev compares, decides and records capacity at the desk."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.forms.models import Answers
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog, Task
from ownway.journey.assessment import actions, queries
from ownway.journey.assessment.models import Assessment, Capacity, PartOfLife
from tests.conftest import NOON
from tests.journey.assessment.conftest import FRIDAY, THURSDAY, VALIDATED, again

MINE = "/my/assessment/"


@pytest.fixture
def friday(the_time: Callable[..., None]) -> None:
    the_time(FRIDAY)


def _page(one: Assessment, key: str) -> str:
    return reverse("my-assessment-page", args=[one.pk, key])


def _typed(one: Assessment, key: str, **answers: str) -> dict[str, str]:
    fields = {f"q-{key}.{name.replace('_', '-')}": value for name, value in answers.items()}
    asked = " ".join(f"q-{key}.{name}" for name in ("level", "words", "who", "help"))
    version = again(one).answers
    return {"asked": asked, "version": str(version.version if version else 0), **fields}


# -- At home --------------------------------------------------------------------------------------


def test_starting_opens_one_draft_about_each_and_asks_about_him_first(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    answer = at_home.post(f"{MINE}start/", follow=True)

    assert answer.redirect_chain[-1][0] == _page(his, "eating")
    assert set(Answers.objects.values_list("about__first_name", flat=True)) == {"Harold", "Edith"}
    page = answer.content.decode()
    assert "About Harold. This is question 1 of 9. Then 9 about you." in page
    assert "How much help does Harold need to eat and drink?" in page
    assert "You will hear by Tuesday 3 February" in page


def test_names_and_address_are_told_and_never_asked(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    people.change_person(his.person, phone="01632 960400")
    people.change_person(hers.person, phone="01632 960400")
    at_home.post(f"{MINE}start/")

    assert at_home.get(_page(his, "known")).status_code == 404
    page = at_home.get(f"{MINE}check/").content.decode()
    assert "14 Copper Lane" in page
    assert "From your record" in page


def test_a_pause_keeps_what_was_typed_and_both_are_saved_as_draft(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")
    typed = _typed(his, "washing", level="3", words="He can’t do buttons 🙂", help="0")

    answer = at_home.post(_page(his, "washing"), {**typed, "later": "yes"}, follow=True)

    page = answer.content.decode()
    assert page.count("Saved as draft") == 2
    assert "You started on Friday 16 January" in page
    assert "buttons 🙂" in at_home.get(_page(his, "washing")).content.decode()


def test_going_on_starts_where_she_left_off(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")
    at_home.post(_page(his, "eating"), _typed(his, "eating", level="2", help="0"))

    answer = at_home.get(f"{MINE}next/")

    assert answer.headers["Location"] == _page(his, "washing")


def test_an_empty_page_says_what_to_do_beside_the_field_and_loses_nothing(
    at_home: Client, his: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")

    answer = at_home.post(_page(his, "eating"), _typed(his, "eating", words="Soup is best"))

    page = answer.content.decode()
    assert "There is a problem" in page
    assert 'href="#q-eating.level"' in page
    assert "Soup is best" in page


def test_text_that_is_too_long_is_refused_and_kept(
    at_home: Client, his: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")
    words = "long " * 10_000

    answer = at_home.post(
        _page(his, "eating"), _typed(his, "eating", level="0", words=words, help="0")
    )

    assert "too many" in answer.content.decode()
    assert words[:1000] in answer.content.decode()


def test_a_nul_is_taken_out_and_the_rest_is_kept(
    at_home: Client, his: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")

    at_home.post(_page(his, "eating"), _typed(his, "eating", level="1", words="So\x00up", help="0"))

    assert "Soup" in at_home.get(_page(his, "eating")).content.decode()


def test_when_no_help_is_needed_nobody_asks_who_gives_it(
    at_home: Client, his: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")

    answer = at_home.post(_page(his, "eating"), _typed(his, "eating", level="0"))

    assert answer.status_code == 302
    assert "want to go on doing" not in at_home.get(_page(his, "eating")).content.decode()


def test_finishing_too_soon_names_every_answer_still_needed(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")

    answer = at_home.post(f"{MINE}check/", {"finish": "yes"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Washing and dressing, about Harold" in page
    assert "Rest and things you enjoy, about you" in page
    assert not Task.objects.filter(kind=queries.READ_TASK).exists()


def test_finishing_thanks_her_and_promises_a_day(
    at_home: Client,
    his: Assessment,
    hers: Assessment,
    answer: Callable[..., Assessment],
    the_time: Callable[..., None],
) -> None:
    answer(his)
    answer(hers)
    the_time(THURSDAY)

    shown = at_home.post(f"{MINE}check/", {"finish": "yes"}, follow=True)

    page = shown.content.decode()
    assert "Thank you. Your answers are in" in page
    assert "You will hear by Tuesday 3 February" in page
    assert "points" not in page.replace("contact-points", "")
    assert PartOfLife.objects.count() == 18


def test_a_second_press_of_finish_changes_nothing(
    at_home: Client,
    his: Assessment,
    hers: Assessment,
    answer: Callable[..., Assessment],
    the_time: Callable[..., None],
) -> None:
    answer(his)
    answer(hers)
    the_time(THURSDAY)
    at_home.post(f"{MINE}check/", {"finish": "yes"})

    again_pressed = at_home.post(f"{MINE}check/", {"finish": "yes"})

    assert again_pressed.headers["Location"] == MINE
    assert Task.objects.filter(kind=queries.READ_TASK).count() == 2


def test_with_an_expired_sign_in_she_signs_in_and_comes_back(
    client: Client, his: Assessment, edith_in: SignIn
) -> None:
    answer = client.get(_page(his, "eating"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in/?next={_page(his, 'eating')}"


def test_a_stranger_gets_404_and_finds_nothing_to_answer(
    client: Client, his: Assessment, hers: Assessment, gwen: Staff
) -> None:
    other = people.add_person(first_name="Joy", last_name="Thistlewood", by=gwen.sign_in, at=NOON)
    client.force_login(people.give_way_in(other, email="joy@alderbrook.example"))

    assert client.get(_page(his, "eating")).status_code == 404
    assert "There is nothing to answer now" in client.get(MINE).content.decode()


def test_his_wife_acting_for_him_is_in_his_log(
    at_home: Client, his: Assessment, friday: None
) -> None:
    at_home.get(MINE)

    assert AccessLog.objects.filter(person=his.person, seen_as="Acting for you").exists()


def test_a_question_page_asks_few_queries(
    at_home: Client, his: Assessment, hers: Assessment, friday: None
) -> None:
    at_home.post(f"{MINE}start/")

    with CaptureQueriesContext(
        connection,
    ) as found:
        at_home.get(_page(his, "washing"))

    assert len(found) <= 45


# -- At the desk ----------------------------------------------------------------------------------


def _desk(person: Person) -> str:
    return reverse("assessment", args=[person.pk])


def test_the_desk_shows_40_points_25_met_by_mrs_jones(
    at_desk: Client,
    finished: tuple[Assessment, Assessment],
    the_time: Callable[..., None],
) -> None:
    the_time(VALIDATED)
    page = at_desk.get(_desk(finished[0].person)).content.decode()

    assert "Mr Jones: 40 points" in page
    assert "25 met by Mrs Jones" in page
    assert "He can’t do buttons now" in page
    assert "Assessment day 24 of 28" in page
    hers = at_desk.get(_desk(finished[1].person)).content.decode()
    assert "Mrs Jones: 5 points" in hers


def test_nothing_of_a_draft_is_shown_to_staff(
    at_desk: Client, his: Assessment, answer: Callable[..., Assessment], friday: None
) -> None:
    answer(his)

    page = at_desk.get(_desk(his.person)).content.decode()

    assert "A draft since" in page
    assert "buttons" not in page


def _found(one: Assessment, **changes: str) -> dict[str, str]:
    typed = {}
    for part in queries.parts_of(one):
        assert part.row is not None
        typed[f"{part.domain.key}-level"] = str(part.row.said_level)
        typed[f"{part.domain.key}-help"] = part.row.said_help
    return typed | changes


def test_a_finding_without_a_reason_is_refused_beside_its_part(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    typed = _found(finished[0], **{"washing-level": "1"})

    answer = at_desk.post(_desk(finished[0].person), typed)

    assert answer.status_code == 422
    assert 'href="#id_washing-because"' in answer.content.decode()
    assert PartOfLife.objects.get(assessment=finished[0], key="washing").level is None


def test_help_a_carer_took_back_meanwhile_is_not_given_again_by_an_old_page(
    at_desk: Client,
    finished: tuple[Assessment, Assessment],
    the_time: Callable[..., None],
    edith_in: SignIn,
) -> None:
    the_time(VALIDATED)
    address = _desk(finished[0].person)
    seen = dict(
        re.findall(r'name="([a-z]+-seen)" value="([^"]*)"', at_desk.get(address).content.decode())
    )
    actions.change_help(
        finished[0], {"washing": "none"}, because="She is worn out", by=edith_in, at=VALIDATED
    )

    at_desk.post(address, _found(finished[0]) | seen)
    washing = PartOfLife.objects.get(assessment=finished[0], key="washing")
    refused = at_desk.post(address, _found(finished[0], **{"washing-help": "half"}) | seen)

    assert (washing.counts_help, washing.level) == ("none", None)
    assert refused.status_code == 422
    assert "Somebody changed “Washing and dressing” meanwhile" in refused.content.decode()


def test_the_person_reads_why_staff_saw_it_otherwise(
    client: Client,
    dev: Staff,
    edith_in: SignIn,
    finished: tuple[Assessment, Assessment],
    the_time: Callable[..., None],
) -> None:
    the_time(VALIDATED)
    client.force_login(dev.sign_in)
    why = "Dev saw that it takes two hours each day"
    changes = {"washing-level": "4", "washing-because": why}
    client.post(_desk(finished[0].person), _found(finished[0], **changes))
    client.post(_decide(finished[0]), {"risks-3": ["most_personal_care"], "because": why})
    client.force_login(edith_in)

    page = client.get(MINE).content.decode()

    assert "Where we saw it differently" in page
    assert why in page


def _decide(one: Assessment) -> str:
    return reverse("assessment-decide", args=[one.person_id, one.pk])


def test_the_judgement_is_begun_from_the_answers(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    page = at_desk.get(_decide(finished[0])).content.decode()

    assert 'value="most_personal_care" checked' in page
    assert 'value="life_in_danger" checked' not in page


def test_confirming_says_the_band_and_the_day(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    typed = {"risks-3": ["most_personal_care"], "because": "He needs help with most of each day"}

    page = at_desk.post(_decide(finished[0]), typed, follow=True).content.decode()

    assert "Band confirmed: substantial, eligible" in page
    assert "Assessment day 24 of 28" in page
    assert "ow-clock--good" in page
    assert "Cannot do most personal care or home tasks" in page


def test_confirming_twice_goes_back_to_what_was_decided(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    typed = {"risks-3": ["most_personal_care"], "because": "He needs help with most of each day"}
    at_desk.post(_decide(finished[0]), typed)

    answer = at_desk.post(_decide(finished[0]), typed)

    assert answer.status_code == 302


def test_deciding_without_a_reason_keeps_what_was_ticked(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    answer = at_desk.post(_decide(finished[0]), {"risks-4": ["life_in_danger"], "because": ""})

    assert answer.status_code == 422
    assert 'value="life_in_danger" checked' in answer.content.decode()


def test_a_carers_judgement_asks_for_regular_care_and_four_areas(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    answer = at_desk.post(_decide(finished[1]), {"because": "She has no rest at all now"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Gives regular and substantial care: choose yes or no" in page
    assert "Health and safety: choose a band" in page


@pytest.mark.usefixtures("care_act")
def test_under_the_care_act_the_page_asks_for_outcomes_and_ways(
    at_desk: Client, finished: tuple[Assessment, Assessment], the_time: Callable[..., None]
) -> None:
    the_time(VALIDATED)
    typed = {
        "needs_from_impairment": "yes",
        "significant_impact": "yes",
        "outcome-hygiene": ["L2"],
        "outcome-clothing": ["L4"],
        "because": "He needs help with most of each day",
    }

    page = at_desk.post(_decide(finished[0]), typed, follow=True).content.decode()

    assert "Decided: eligible" in page


def test_an_access_officer_reads_but_does_not_decide(
    client: Client, gwen: Staff, finished: tuple[Assessment, Assessment]
) -> None:
    client.force_login(gwen.sign_in)

    assert client.get(_desk(finished[0].person)).status_code == 200
    assert client.get(_decide(finished[0])).status_code == 403


def test_staff_without_a_reason_get_404(
    client: Client, dev: Staff, harold: Person, edith: Person
) -> None:
    client.force_login(dev.sign_in)

    assert client.get(_desk(harold)).status_code == 404
    assert client.get(reverse("capacity", args=[harold.pk])).status_code == 404


def test_a_resident_does_not_see_the_desk(at_home: Client, his: Assessment) -> None:
    assert at_home.get(_desk(his.person)).status_code == 403


def test_without_an_assessment_the_desk_offers_to_open_one(
    at_desk: Client, harold: Person, dev: Staff
) -> None:
    people.name_worker(harold, staff=dev, at=NOON)
    assert "No assessment yet" in at_desk.get(_desk(harold)).content.decode()

    at_desk.post(reverse("assessment-open", args=[harold.pk]), {"kind": "adult"})

    assert Assessment.objects.get().led_by == "staff"


def test_putting_one_aside_from_the_desk_needs_the_words(at_desk: Client, his: Assessment) -> None:
    address = reverse("assessment-decline", args=[his.person_id, his.pk])

    refused = at_desk.post(address, {"because": "n" * 1001})
    assert refused.status_code == 422
    assert "n" * 1001 in refused.content.decode()
    assert "Say what the person said" in at_desk.post(address, {"because": ""}).content.decode()

    at_desk.post(address, {"because": "He said no, twice"})
    his.refresh_from_db()
    assert his.status == "declined"


CAPACITY = {
    "matter": "budget",
    "decision": "How to use the budget",
    "support_tried": "In the morning, with pictures",
    "understands": "no",
    "retains": "no",
    "weighs": "no",
    "communicates": "yes",
    "evidence": "He could not say what it is for",
    "impairment": "Alzheimer’s disease",
    "link": "He forgets the choices at once",
    "has_capacity": "no",
    "wishes": "To stay at home",
    "best_interests": "Edith looks after it",
    "suitable_because": "She agrees and knows him",
}


def test_capacity_is_recorded_at_the_desk(at_desk: Client, his: Assessment, edith: Person) -> None:
    address = reverse("capacity", args=[his.person_id])

    page = at_desk.post(
        address, {**CAPACITY, "suitable_person": str(edith.pk)}, follow=True
    ).content.decode()

    assert "may look after the budget" in page
    assert queries.suitable_person(his.person) == edith


def test_a_conclusion_that_does_not_follow_is_refused_and_nothing_typed_is_lost(
    at_desk: Client, his: Assessment
) -> None:
    answer = at_desk.post(
        reverse("capacity", args=[his.person_id]), {**CAPACITY, "has_capacity": "yes"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "so they cannot make this decision" in page
    assert "He forgets the choices at once" in page
    assert not Capacity.objects.exists()


def test_a_stranger_cannot_be_named_as_suitable(at_desk: Client, his: Assessment) -> None:
    typed = {**CAPACITY, "suitable_person": "999999"}

    assert at_desk.post(reverse("capacity", args=[his.person_id]), typed).status_code == 422


def test_the_desk_page_has_the_same_number_of_queries_with_more_assessments(
    at_desk: Client, finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    person = finished[0].person
    with CaptureQueriesContext(connection) as one:
        at_desk.get(_desk(person))
    from ownway.journey.assessment import actions

    for _ in range(3):
        judged = {"risks": ["most_personal_care"]}
        newest = queries.latest(person)
        assert newest is not None
        if newest.is_open:
            from ownway.journey.assessment.actions import Found

            found = {d.key: Found(level=1, help="none") for d in queries.domains_of(newest)}
            actions.check_parts(newest, found, by=dev.sign_in, at=VALIDATED)
        why = "He needs help with most things"
        actions.decide(newest, judged, because=why, by=dev.sign_in, at=VALIDATED)
        actions.open_assessment(person, kind="adult", by=dev.sign_in, at=VALIDATED)
    with CaptureQueriesContext(connection) as many:
        at_desk.get(_desk(person))

    assert len(many) <= len(one) + 3
