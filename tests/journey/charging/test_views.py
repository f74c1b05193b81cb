"""Saying what money there is, question by question, and the officer's page."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog
from ownway.journey.charging import actions, queries
from ownway.journey.charging.models import Charge, Evidence, Statement
from tests.conftest import LONDON
from tests.journey.allocation.joneses import HALF_PAST_NINE, TEN

PDF = b"%PDF-1.7 a letter"


@pytest.fixture(autouse=True)
def _friday(the_time) -> None:
    the_time(datetime(2026, 1, 30, 10, 0, tzinfo=LONDON))


def _question(person: Person) -> str:
    return reverse("my-finances-question", args=[person.pk, "money-coming-in"])


def _answered(page, person: Person, pence: str = "245", often: str = "week"):
    return page.post(_question(person), {"pence": pence, "often": often})


def test_she_starts_answers_checks_and_sends_and_sees_what_he_pays(
    as_, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in)
    begun = page.post(reverse("my-finances", args=[budgeted.pk]))
    answered = _answered(page, budgeted, "£245")
    check = page.get(answered["Location"]).content.decode()
    sent = page.post(answered["Location"], {"true": "on"}, follow=True).content.decode()

    assert begun["Location"] == _question(budgeted)
    assert answered["Location"] == reverse("my-finances-check", args=[budgeted.pk])
    assert "£245.00, every week" in check
    assert "Harold would pay £30.00 a week" in check
    assert "How we got to £30.00" in sent
    assert "£141.00" in sent


@pytest.mark.parametrize(
    ("pence", "often", "weekly"),
    [("1,200", "month", 27_692), ("£12.50", "week", 1_250), ("12.5", "week", 1_250),
     ("980", "four_weeks", 24_500), ("0", "", 0)],
)  # fmt: skip
def test_money_is_read_as_people_type_it(
    as_, edith_in, budgeted: Person, pence: str, often: str, weekly: int
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted, pence, often)
    page.post(reverse("my-finances-check", args=[budgeted.pk]), {"true": "on"})

    given = queries.finances_of(budgeted, on=TEN.date())
    assert given is not None
    assert given.facts == {"income_pence": weekly}


@pytest.mark.parametrize("typed", ["", "a lot", "12.345", "-5", "😀", "9" * 40, "100,000.01"])
def test_what_is_no_amount_is_refused_beside_its_field_and_kept_as_typed(
    as_, edith_in, budgeted: Person, typed: str
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))

    answer = _answered(page, budgeted, typed)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "pence-error" in text
    assert f'value="{typed}"' in text
    assert Statement.objects.get().answers == {}


def test_saving_and_stopping_keeps_the_answer_for_another_day(
    as_, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    stopped = page.post(_question(budgeted), {"pence": "245", "often": "week", "then": "stop"})

    again = page.get(_question(budgeted)).content.decode()

    assert stopped["Location"] == reverse("my-finances", args=[budgeted.pk])
    assert 'value="245"' in again


def test_it_is_not_sent_without_a_tick_that_it_is_true(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted)

    answer = page.post(reverse("my-finances-check", args=[budgeted.pk]), {})

    assert answer.status_code == 422
    assert "Tick the box to say that it is true" in answer.content.decode()
    assert not Charge.objects.exists()


def test_refusing_says_first_what_it_costs(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in)
    address = reverse("my-finances-refuse", args=[budgeted.pk])
    told = page.get(address).content.decode()
    unsure = page.post(address, {})
    sent = page.post(address, {"sure": "on"}, follow=True).content.decode()

    assert "£171.00 a week" in told
    assert unsure.status_code == 422
    assert "you do not want to tell us" in sent
    assert Statement.objects.get().refuses


# -- Papers --------------------------------------------------------------------------------------


def _send_paper(page, person: Person, content: bytes, kind: str = "income"):
    return page.post(
        reverse("my-finances-papers", args=[person.pk]),
        {"kind": kind, "file": SimpleUploadedFile("letter.pdf", content)},
    )


def test_a_paper_is_kept_shown_and_taken_out(as_, edith_in, budgeted: Person) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted)
    _send_paper(page, budgeted, PDF)
    kept = Evidence.objects.get()
    shown = page.get(reverse("my-finances-paper", args=[budgeted.pk, kept.pk]))

    page.post(reverse("my-finances-paper-remove", args=[budgeted.pk, kept.pk]))

    assert (shown.content, shown["Content-Type"]) == (PDF, "application/pdf")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"", "income", "This file is empty"),
        (b"MZ", "income", "photo (JPG, PNG or HEIC) or a PDF"),
        (PDF, "", "Choose what the paper shows"),
        (PDF, "other-kind", "Choose what the paper shows"),
    ],
)
def test_a_bad_paper_is_refused_and_those_kept_stay(
    as_, edith_in, budgeted: Person, content: bytes, kind: str, said: str
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted)
    _send_paper(page, budgeted, PDF)

    answer = _send_paper(page, budgeted, content, kind)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_an_officers_look_at_a_paper_is_logged_and_others_get_none(
    as_, edith_in, budgeted: Person, priya, lena
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted)
    _send_paper(page, budgeted, PDF)
    page.post(reverse("my-finances-check", args=[budgeted.pk]), {"true": "on"})
    address = reverse("charge-paper", args=[budgeted.pk, Evidence.objects.get().pk])

    shown = as_(priya).get(address)

    assert shown.content == PDF
    assert AccessLog.objects.filter(what="a paper about your money").count() == 1
    assert as_(lena).get(address).status_code == 404


# -- Looking again, and services -----------------------------------------------------------------


def test_she_asks_us_to_look_again_and_is_told_by_when(as_, edith_in, budgeted: Person) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24500}, by=edith_in, at=TEN)
    address = reverse("charge-look-again", args=[budgeted.pk])
    page = as_(edith_in)

    empty = page.post(address, {"words": "  "})
    asked = page.post(address, {"words": "He gets less"}, follow=True).content.decode()

    assert empty.status_code == 422
    assert "You hear what we found" in asked
    assert "He gets less" in asked


def test_swapping_services_in_a_trial_shows_the_same_30_pounds(
    as_, edith_in, budgeted: Person
) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24500}, by=edith_in, at=TEN)

    page = as_(edith_in).post(
        reverse("try-services", args=[budgeted.pk]),
        {"words_1": "Two days at Millrace", "cost_1_pence": "104"},
    )

    assert "Harold pays £30.00 a week, the same as now" in page.content.decode()
    assert Charge.objects.filter(person=budgeted).count() == 1


@pytest.mark.parametrize(
    "name", ["my-finances", "my-finances-check", "my-finances-papers", "try-services"]
)
def test_a_stranger_finds_nothing(as_, budgeted: Person, gwen, name: str) -> None:
    other = people.add_person(
        first_name="Fergus", last_name="Pym", by=gwen.sign_in, at=HALF_PAST_NINE
    )
    stranger = people.give_way_in(other, email="pym@alderbrook.example")

    assert as_(stranger).get(reverse(name, args=[budgeted.pk])).status_code == 404


# -- The officer's page --------------------------------------------------------------------------


def _decision(**more: str) -> dict[str, str]:
    return {
        "money-coming-in-pence": "245",
        "money-coming-in-often": "week",
        "starts_on_day": "30",
        "starts_on_month": "1",
        "starts_on_year": "2026",
        **more,
    }


def test_an_officer_decides_and_sees_the_working_and_that_hers_is_not_charged(
    as_, priya, budgeted: Person
) -> None:
    page = as_(priya).post(reverse("charge", args=[budgeted.pk]), _decision(), follow=True)

    text = page.content.decode()
    assert "Decided. Harold pays £30.00 a week" in text
    assert "Edith Jones’s own £38.00 is not charged." in text
    assert "settings version 1, facs-2010" in text


def test_a_decision_anew_needs_a_word_for_the_letter(as_, priya, budgeted: Person) -> None:
    address = reverse("charge", args=[budgeted.pk])
    page = as_(priya)
    page.post(address, _decision())
    anew = {"money-coming-in-pence": "240", "seen": str(queries.newest_id(budgeted))}

    refused = page.post(address, _decision(**anew))
    page.post(address, _decision(**anew, note="A new letter"))

    assert refused.status_code == 422
    assert "Say why this is decided anew" in refused.content.decode()
    assert 'value="240"' in refused.content.decode()
    assert queries.contribution(budgeted, on=TEN.date()).charge_pence == 2500


def test_a_second_press_is_refused_in_words_and_the_page_then_knows_the_new_charge(
    as_, priya, budgeted: Person
) -> None:
    address, page = reverse("charge", args=[budgeted.pk]), as_(priya)
    page.post(address, _decision(note="By telephone"))

    again = page.post(address, _decision(note="By telephone"))

    text = again.content.decode()
    assert again.status_code == 422
    assert "decided meanwhile" in text
    assert f'name="seen" value="{queries.newest_id(budgeted)}"' in text
    assert Charge.objects.filter(person=budgeted).count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"money-coming-in-pence": "lots"}, "like 12.50"),
        ({"money-coming-in-pence": ""}, "Money coming in: enter an amount"),
        ({"starts_on_year": "2036"}, "in the last three years or the next year"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "Enter a real date"),
    ],
)
def test_an_officers_bad_input_is_refused_and_kept(
    as_, priya, budgeted: Person, more: dict[str, str], said: str
) -> None:
    page = as_(priya).post(
        reverse("charge", args=[budgeted.pk]), _decision(note="By telephone", **more)
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert said in text
    assert "By telephone" in text
    assert not Charge.objects.exists()


def test_without_a_budget_the_desk_says_where_to_begin(as_, priya, harold: Person) -> None:
    page = as_(priya).post(reverse("charge", args=[harold.pk]), _decision())

    text = page.content.decode()
    assert page.status_code == 422
    assert "Work out the budget first" in text
    assert reverse("budget", args=[harold.pk]) in text


def test_the_figures_of_a_quick_answer_are_confirmed_with_one_press(
    as_, priya, edith_in, budgeted: Person
) -> None:
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    _answered(page, budgeted)
    page.post(reverse("my-finances-check", args=[budgeted.pk]), {"true": "on"})

    text = as_(priya).get(reverse("charge", args=[budgeted.pk])).content.decode()
    done = page.post(reverse("charge-checked", args=[budgeted.pk]), follow=True)

    assert "The rules answered at once" in text
    assert "The rules answered at once" not in done.content.decode()


def test_an_officer_answers_who_asked_to_look_again(as_, priya, edith_in, budgeted: Person) -> None:
    charge = actions.give_finances(budgeted, facts={"income_pence": 24500}, by=edith_in, at=TEN)
    asked = actions.ask_again(charge, words="He gets less", by=edith_in, at=TEN)
    address = reverse("charge-answer", args=[budgeted.pk, asked.pk])
    page = as_(priya)

    empty = page.post(address, {"answer": ""})
    page.post(address, {"answer": "We found the same"})

    asked.refresh_from_db()
    assert empty.status_code == 422
    assert asked.answer == "We found the same"


def test_a_policy_owner_may_not_open_his_money(as_, lena, budgeted: Person) -> None:
    assert as_(lena).get(reverse("charge", args=[budgeted.pk])).status_code == 403


def test_figures_kept_without_questions_are_shown_and_need_no_typing_again(
    as_, priya, edith_in, budgeted: Person
) -> None:
    actions.give_finances(budgeted, facts={"income_pence": 24500}, by=edith_in, at=TEN)

    desk = as_(priya).get(reverse("charge", args=[budgeted.pk])).content.decode()
    page = as_(edith_in)
    page.post(reverse("my-finances", args=[budgeted.pk]))
    hers = page.get(_question(budgeted)).content.decode()

    assert 'value="245"' in desk
    assert 'value="245"' in hers
    assert "Question 1" in hers


def test_an_officer_is_asked_only_what_rules_about_income_use(as_, priya, budgeted: Person) -> None:
    text = as_(priya).get(reverse("charge", args=[budgeted.pk])).content.decode()

    assert "Money coming in" in text
    assert "They do not want to tell" in text
    for ignored in ("given away", "Leave the home out", "for a nurse", "savings"):
        assert ignored not in text
