"""The pages of a budget: they work, they refuse, a stranger sees nothing."""

from datetime import datetime

import pytest
from django.urls import reverse

from ownway.foundation.council.models import SignIn
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog
from ownway.journey.allocation import actions
from ownway.journey.allocation.models import IndicativeBudget, LookAgain
from tests.conftest import LONDON
from tests.journey.allocation.joneses import HALF_PAST_NINE, HELPS, LEVELS

ANSWERS = {key: str(level) for key, level in LEVELS.items()}
ANSWERS |= {f"{key}_help": helped for key, helped in HELPS.items()}


@pytest.fixture(autouse=True)
def _friday(the_time) -> None:
    the_time(datetime(2026, 1, 30, 9, 40, tzinfo=LONDON))


@pytest.fixture
def budgeted(ready: Person, dev) -> Person:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    return ready


def test_the_button_is_never_grey_and_says_what_is_missing_and_where_to_mend_it(
    as_, dev, three_of_five: Person
) -> None:
    page = as_(dev).post(reverse("budget", args=[three_of_five.pk]), {"because": ""})

    text = page.content.decode()
    assert page.status_code == 422
    assert "disabled" not in text
    assert "Mr Jones: 3 of 5 points done; missing: disability benefits and carer support." in text
    assert f'href="{reverse("checklist", args=[three_of_five.pk])}"' in text
    assert not IndicativeBudget.objects.exists()


def test_the_desk_works_both_out_with_one_press(as_, dev, ready: Person) -> None:
    page = as_(dev).post(reverse("budget", args=[ready.pk]), follow=True)

    text = page.content.decode()
    assert "£171.00 + £38.00 = £209.00 a week. Indicative" in text
    assert "settings version 1" in text


def test_she_reads_the_whole_sum_on_her_page(as_, edith_in, budgeted: Person) -> None:
    text = as_(edith_in).get(reverse("my-sum", args=[budgeted.pk])).content.decode()

    for words in (
        "How we worked out Harold’s budget",
        "In one line: (40 − 25) × £12.00 × 0.95 = £171.00",
        "This is a guide, not a limit.",
        "Your own budget, Edith",
        "£209.00 a week",
        "You start to write your plan",
        "Dev Marlowe",
    ):
        assert words in text


def test_her_page_says_no_word_of_the_trade(as_, edith_in, budgeted: Person) -> None:
    text = as_(edith_in).get(reverse("my-sum", args=[budgeted.pk])).content.decode().lower()

    for word in ("indicative", "contribution", "deflator", "domain"):
        assert word not in text


@pytest.mark.parametrize("name", ["my-sum", "try-answers", "look-again", "budget", "budget-letter"])
def test_a_stranger_finds_nothing(as_, budgeted: Person, gwen, name: str) -> None:
    other = people.add_person(
        first_name="Fergus", last_name="Pym", by=gwen.sign_in, at=HALF_PAST_NINE
    )
    stranger = people.give_way_in(other, email="pym@alderbrook.example")

    page = as_(stranger).get(reverse(name, args=[budgeted.pk]))

    assert page.status_code in (403, 404)
    assert b"171.00" not in page.content


def test_trying_other_answers_shows_both_sums_and_keeps_nothing(
    as_, edith_in, budgeted: Person
) -> None:
    before = IndicativeBudget.objects.count()

    page = as_(edith_in).post(reverse("try-answers", args=[budgeted.pk]), ANSWERS | {"work": "2"})

    text = page.content.decode()
    assert "£22.80 a week more" in text
    assert "£171.00" in text
    assert "£193.80" in text
    assert IndicativeBudget.objects.count() == before


def test_an_answer_that_is_none_of_the_choices_is_refused_beside_its_field(
    as_, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in).post(reverse("try-answers", args=[budgeted.pk]), ANSWERS | {"work": "😀"})

    assert page.status_code == 422
    assert "choose one of the answers" in page.content.decode()


def test_asking_again_says_who_looks_and_by_which_day(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in).post(
        reverse("look-again", args=[budgeted.pk]),
        {"words": "Nights are worse than we said", "who": "same"},
        follow=True,
    )

    text = page.content.decode()
    assert "We are looking again" in text
    assert "Dev Marlowe" in text
    assert '<time class="ow-leaf" datetime="2026-02-06">' in text


def test_asking_again_with_no_words_keeps_the_choice_and_asks_for_them(
    as_, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in).post(
        reverse("look-again", args=[budgeted.pk]), {"words": "", "who": "new"}
    )

    assert "Tell us what you think is wrong" in page.content.decode()
    assert not LookAgain.objects.exists()


def test_she_may_have_the_sum_as_a_letter_without_waiting(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in).post(reverse("write-budget-letter", args=[budgeted.pk]), follow=True)

    assert page.status_code == 200
    assert "How we worked out Harold’s budget" in page.content.decode()


@pytest.mark.parametrize("name", ["my-sum", "my-money"])
def test_her_pages_ask_the_database_little(
    as_, edith_in, budgeted: Person, django_assert_max_num_queries, name: str
) -> None:
    client = as_(edith_in)
    address = reverse(name, args=[budgeted.pk] if name == "my-sum" else [])

    with django_assert_max_num_queries(32):
        client.get(address)


def test_the_desk_page_asks_the_same_however_many_sums_came_before(
    as_, dev, budgeted: Person, django_assert_max_num_queries
) -> None:
    client = as_(dev)
    client.get(reverse("budget", args=[budgeted.pk]))
    few = _count(client, budgeted)

    for minute in range(5):
        actions.work_out(budgeted, by=dev, at=HALF_PAST_NINE.replace(minute=31 + minute))

    assert _count(client, budgeted) == few


def _count(client, person: Person) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("budget", args=[person.pk]))
    return len(asked)


def test_opening_the_sums_of_two_is_a_look_at_both(as_, dev, edith, budgeted: Person) -> None:
    as_(dev).get(reverse("budget", args=[budgeted.pk]))

    looked = AccessLog.objects.filter(sign_in=dev.sign_in).values_list("person", flat=True)
    assert set(looked) == {budgeted.pk, edith.pk}


def test_the_desk_leaves_out_the_sum_of_a_carer_one_may_not_see(
    as_, dev, priya, edith, budgeted: Person
) -> None:
    people.name_worker(edith, staff=priya, at=HALF_PAST_NINE)
    client = as_(dev)

    pages = [client.get(reverse(name, args=[budgeted.pk])) for name in ("budget", "budget-letter")]

    for page in pages:
        text = page.content.decode()
        assert "171.00" in text
        assert "38.00" not in text
        assert "209.00" not in text
    assert not AccessLog.objects.filter(sign_in=dev.sign_in, person=edith).exists()


def test_acting_for_one_of_two_does_not_open_the_sum_of_the_other(
    as_, edith, budgeted: Person
) -> None:
    niece = SignIn.objects.create_user(email="niece@alderbrook.example", name="Una")
    people.let_act_for(niece, person=edith, kind="family", authority="Asked", at=HALF_PAST_NINE)
    client = as_(niece)

    page = client.get(reverse("my-sum", args=[edith.pk]))
    letter = client.post(reverse("write-budget-letter", args=[edith.pk]), follow=True)

    for answer in (page, letter):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "38.00" in text
        assert "171.00" not in text
        assert "209.00" not in text
