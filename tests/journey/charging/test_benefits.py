"""Benefit checks: what stands of each, claims followed up, money gained, and telling first."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Task
from ownway.journey.charging import actions, queries
from ownway.journey.charging.actions import Said
from ownway.journey.charging.models import Claim
from ownway.journey.prevention import actions as prevention
from ownway.journey.prevention.queries import checklist_state
from ownway.policy import packs
from tests.journey.allocation.joneses import TEN

AWARD = Said("awarded", weekly_pence=7_000, on=date(2026, 1, 5))


@pytest.fixture
def charged(budgeted: Person, edith_in) -> Person:
    """He pays £30.00."""
    actions.give_finances(budgeted, facts={"income_pence": 24_500}, by=edith_in, at=TEN)
    return budgeted


def _claim(person: Person) -> Claim:
    return Claim.objects.get(person=person, benefit="attendance_allowance")


def _look(person: Person, said: Said, by) -> None:
    actions.look(person, said={"attendance_allowance": said}, by=by, at=TEN)


def test_which_benefits_are_looked_at_goes_by_age_and_rates_by_the_rules(harold: Person) -> None:
    pack = packs.load("careact-2014", on=date(2025, 6, 1))

    looks = {look.benefit.key: look for look in queries.to_look_at(harold, pack=pack)}

    assert "attendance_allowance" in looks
    assert "universal_credit" not in looks
    rates = [rate.weekly_pence for rate in looks["attendance_allowance"].rates]
    assert rates == [7390, 11_040]


def test_what_could_be_claimed_is_somebodys_task(budgeted: Person, dev) -> None:
    _look(budgeted, Said("suggested"), dev.sign_in)

    task = Task.objects.get(kind="benefits.follow_up", done_at=None)
    assert task.owner == dev
    assert "Attendance Allowance" in task.words


def test_a_claim_goes_from_suggested_to_made_to_awarded(budgeted: Person, dev) -> None:
    _look(budgeted, Said("suggested"), dev.sign_in)
    actions.move(_claim(budgeted), said=Said("made"), by=dev.sign_in, at=TEN)

    claim = actions.move(_claim(budgeted), said=AWARD, by=dev.sign_in, at=TEN)

    assert (claim.state, claim.weekly_pence) == ("awarded", 7_000)
    assert not Task.objects.filter(kind="benefits.follow_up", done_at=None).exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("awarded", on=date(2026, 1, 5)), "how much more"),
        (Said("awarded", weekly_pence=7_000), "the day it is paid from"),
    ],
)
def test_an_award_needs_an_amount_and_a_day(budgeted: Person, dev, said: Said, words: str) -> None:
    with pytest.raises(actions.CannotClaim, match=words):
        _look(budgeted, said, dev.sign_in)

    assert not Claim.objects.exists()


def test_an_award_does_not_go_back_to_being_claimed(budgeted: Person, dev) -> None:
    _look(budgeted, AWARD, dev.sign_in)

    with pytest.raises(actions.CannotClaim, match="cannot become this"):
        _look(budgeted, Said("made"), dev.sign_in)


def test_a_stranger_may_not_keep_a_check(budgeted: Person, lena) -> None:
    with pytest.raises(PermissionDenied):
        _look(budgeted, Said("suggested"), lena.sign_in)


def test_money_gained_is_counted_by_person_and_period(budgeted: Person, dev, gwen) -> None:
    _look(budgeted, AWARD, dev.sign_in)
    first, last = date(2026, 1, 1), date(2026, 1, 18)

    gained = queries.gained(first=first, last=last)

    assert (gained.people, gained.weekly_pence, gained.yearly_pence) == (1, 7_000, 364_000)
    assert gained.pence == 14_000
    assert queries.gained(first=first, last=last, person=budgeted) == gained
    assert queries.gained(first=first, last=date(2026, 1, 4)).pence == 0


def test_an_older_check_with_a_gain_counts_and_a_new_one_is_not_counted_twice(
    budgeted: Person, gwen, dev
) -> None:
    prevention.keep_benefit_check(
        budgeted, gain_pence_a_week=1_400, found="Warm home", by=gwen, at=TEN
    )
    _look(budgeted, AWARD, dev.sign_in)

    gained = queries.gained(first=date(2026, 1, 30), last=date(2026, 1, 30))

    assert gained.weekly_pence == 8_400
    assert gained.pence == 1_000 + 200


def test_what_was_paid_for_the_past_counts_when_the_award_begins(budgeted: Person, dev) -> None:
    said = Said("awarded", weekly_pence=700, backdated_pence=5_000, on=date(2026, 1, 5))
    _look(budgeted, said, dev.sign_in)

    assert queries.gained(first=date(2026, 1, 5), last=date(2026, 1, 5)).pence == 5_100
    assert queries.gained(first=date(2026, 1, 6), last=date(2026, 1, 6)).pence == 100


def test_by_month_the_parts_make_the_whole(budgeted: Person, dev) -> None:
    _look(budgeted, AWARD, dev.sign_in)
    first, last = date(2026, 1, 5), date(2026, 3, 29)

    months = queries.gained_by_month(first=first, last=last)

    assert [begin.month for begin, _ in months] == [1, 2, 3]
    assert sum(month.pence for _, month in months) == queries.gained(first=first, last=last).pence


def test_a_check_by_staff_settles_the_point_of_the_checklist(budgeted: Person, dev) -> None:
    _look(budgeted, Said("not_due"), dev.sign_in)

    assert "benefits" not in str(checklist_state(budgeted).missing)


# -- Telling before charging ---------------------------------------------------------------------


def test_an_award_tells_the_person_and_changes_nothing_yet(charged: Person, dev) -> None:
    _look(charged, AWARD, dev.sign_in)

    claim = _claim(charged)
    letter = Letter.objects.get(kind="charge.award")
    assert claim.told_at == TEN
    assert claim.charged_from_on == date(2026, 3, 2)
    assert "does not change yet" in str(letter.body)
    assert "£100.00 a week" in str(letter.body)
    assert queries.contribution(charged, on=date(2026, 3, 2)).charge_pence == 3000
    assert Task.objects.get(kind="charge.rework", done_at=None).owner.role == "finance_officer"


def test_worked_out_anew_it_starts_on_the_day_that_was_told_and_once(
    charged: Person, dev, priya
) -> None:
    _look(charged, AWARD, dev.sign_in)

    charge = actions.rework(_claim(charged), by=priya, at=TEN + timedelta(days=2))

    assert (charge.charge_pence, charge.starts_on) == (10_000, date(2026, 3, 2))
    assert queries.contribution(charged, on=date(2026, 3, 1)).charge_pence == 3000
    with pytest.raises(actions.CannotCharge, match="already"):
        actions.rework(_claim(charged), by=priya, at=TEN)
    assert queries.awards_to_rework(charged) == []


def test_an_award_typed_into_the_figures_is_not_added_twice(charged: Person, dev, priya) -> None:
    _look(charged, AWARD, dev.sign_in)
    later = TEN + timedelta(days=1)
    typed = {"income_pence": 24_500 + 7_000}
    actions.give_finances(charged, facts=typed, by=priya.sign_in, at=later)

    assert queries.in_doubt(queries.awards_to_rework(charged)) == {_claim(charged).pk}
    with pytest.raises(actions.CannotCharge, match="Say whether"):
        actions.rework(_claim(charged), by=priya, at=later)
    charge = actions.rework(_claim(charged), by=priya, at=later, is_in_figures=True)

    assert charge.finances.facts["income_pence"] == 31_500
    assert queries.awards_to_rework(charged) == []
    assert _claim(charged).counted_pence == _claim(charged).weekly_pence


def test_an_award_that_newer_figures_do_not_hold_is_added(charged: Person, dev, priya) -> None:
    _look(charged, AWARD, dev.sign_in)
    later = TEN + timedelta(days=1)
    actions.give_finances(charged, facts={"income_pence": 25_000}, by=priya.sign_in, at=later)

    charge = actions.rework(_claim(charged), by=priya, at=later, is_in_figures=False)

    assert charge.finances.facts["income_pence"] == 25_000 + _claim(charged).weekly_pence


def test_who_was_not_told_is_not_charged(charged: Person, dev, priya) -> None:
    _look(charged, AWARD, dev.sign_in)
    Claim.objects.update(told_at=None, charged_from_on=None)

    with pytest.raises(actions.CannotCharge, match="Tell the person first"):
        actions.rework(_claim(charged), by=priya, at=TEN)


def test_a_benefit_that_is_never_counted_leads_to_no_new_charge(charged: Person, dev) -> None:
    actions.look(
        charged,
        said={"council_tax_reduction": Said("awarded", weekly_pence=900, on=date(2026, 1, 5))},
        by=dev.sign_in,
        at=TEN,
    )

    assert not Task.objects.filter(kind="charge.rework").exists()
    assert not Letter.objects.filter(kind="charge.award").exists()


# -- Pages ---------------------------------------------------------------------------------------


def test_a_person_says_what_they_get_and_asks_for_help(
    as_, edith_in, budgeted: Person, the_time
) -> None:
    the_time(TEN)
    page = as_(edith_in).post(
        reverse("my-benefits", args=[budgeted.pk]),
        {"attendance_allowance": "suggested", "pension_credit": "has"},
        follow=True,
    )

    states = dict(Claim.objects.values_list("benefit", "state"))
    assert "Kept" in page.content.decode()
    assert states == {"attendance_allowance": "suggested", "pension_credit": "has"}


def test_nothing_chosen_is_refused_with_a_word(as_, edith_in, budgeted: Person, the_time) -> None:
    the_time(TEN)

    page = as_(edith_in).post(reverse("my-benefits", args=[budgeted.pk]), {})

    assert page.status_code == 422
    assert "Choose an answer for at least one" in page.content.decode()


@pytest.mark.parametrize(
    ("weekly", "said"),
    [("", "Enter how much more"), ("lots", "like 12.50"), ("-5", "like 12.50")],
)
def test_an_officers_bad_amount_is_refused_beside_its_box_and_kept(
    as_, priya, budgeted: Person, the_time, weekly: str, said: str
) -> None:
    the_time(TEN)
    page = as_(priya).post(
        reverse("benefit-look", args=[budgeted.pk]),
        {
            "attendance_allowance-state": "awarded",
            "attendance_allowance-weekly": weekly,
            "attendance_allowance-on_day": "5",
            "attendance_allowance-on_month": "1",
            "attendance_allowance-on_year": "2026",
            "attendance_allowance-note": "By letter",
        },
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert said in text
    assert 'value="By letter"' in text
    assert not Claim.objects.exists()


def test_an_officer_puts_an_award_into_the_charge(
    as_, priya, charged: Person, dev, the_time
) -> None:
    the_time(TEN)
    _look(charged, AWARD, dev.sign_in)

    page = as_(priya).post(
        reverse("benefit-rework", args=[charged.pk, _claim(charged).pk]), follow=True
    )

    assert "Harold pays £100.00 a week from 2 March 2026" in page.content.decode()


# -- Putting an award right ----------------------------------------------------------------------

CORRECTED = Said("awarded", weekly_pence=8_000, backdated_pence=50_000, on=date(2026, 1, 12))


def _rework_tasks() -> int:
    return Task.objects.filter(kind="charge.rework", done_at=None).count()


def test_an_award_put_right_before_it_is_charged_takes_the_place_of_the_first(
    charged: Person, dev, priya
) -> None:
    _look(charged, AWARD, dev.sign_in)

    _look(charged, CORRECTED, dev.sign_in)

    claim = _claim(charged)
    assert (claim.weekly_pence, claim.backdated_pence) == (8_000, 50_000)
    assert claim.starts_on == date(2026, 1, 12)
    letters = Letter.objects.filter(kind="charge.award").order_by("-pk")
    assert "takes the place of the last one" in str(letters[0].body)
    assert "paid from 12 January 2026" in str(letters[0].body)
    assert (letters.count(), _rework_tasks()) == (2, 1)
    charge = actions.rework(claim, by=priya, at=TEN)
    assert charge.charge_pence == 11_000
    assert _rework_tasks() == 0


@pytest.mark.parametrize(("weekly", "pays"), [(8_000, 11_000), (5_000, 8_000)])
def test_an_award_put_right_after_it_is_charged_moves_the_charge_by_the_difference(
    charged: Person, dev, priya, weekly: int, pays: int
) -> None:
    _look(charged, AWARD, dev.sign_in)
    actions.rework(_claim(charged), by=priya, at=TEN)

    _look(charged, Said("awarded", weekly_pence=weekly, on=date(2026, 1, 5)), dev.sign_in)

    assert _rework_tasks() == 1
    assert f"£{pays // 100}.00 a week" in str(Letter.objects.filter(kind="charge.award")[0].body)
    charge = actions.rework(_claim(charged), by=priya, at=TEN + timedelta(days=1))
    assert (charge.charge_pence, charge.starts_on) == (pays, date(2026, 3, 2))
    with pytest.raises(actions.CannotCharge, match="already"):
        actions.rework(_claim(charged), by=priya, at=TEN)


def test_money_for_the_past_put_right_is_kept_and_sends_no_letter(charged: Person, dev) -> None:
    _look(charged, AWARD, dev.sign_in)
    more = Said("awarded", weekly_pence=7_000, backdated_pence=50_000, on=date(2026, 1, 5))

    _look(charged, more, dev.sign_in)

    assert _claim(charged).backdated_pence == 50_000
    assert Letter.objects.filter(kind="charge.award").count() == 1


def test_an_award_that_begins_later_than_it_was_charged_is_for_an_officer(
    as_, charged: Person, dev, priya, the_time
) -> None:
    the_time(TEN)
    _look(charged, AWARD, dev.sign_in)
    actions.rework(_claim(charged), by=priya, at=TEN)

    _look(charged, Said("awarded", weekly_pence=7_000, on=date(2026, 4, 6)), dev.sign_in)

    task = Task.objects.get(kind="charge.check", done_at=None)
    page = as_(priya).get(reverse("charge", args=[charged.pk])).content.decode()
    assert "begins only on 6 April 2026" in task.words
    assert task.words in page
    assert "The figures are right" not in page
    assert _rework_tasks() == 0


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2030, 1, 1), "Enter a day up to 24 April 2026"),
        (date(1900, 1, 1), "Enter a day after Harold was born"),
    ],
)
def test_a_day_far_off_or_before_birth_is_refused(
    charged: Person, dev, day: date, words: str
) -> None:
    with pytest.raises(actions.CannotClaim, match=words) as refusal:
        _look(charged, Said("awarded", weekly_pence=7_000, on=day), dev.sign_in)

    assert refusal.value.field == "attendance_allowance-on"
    assert not Letter.objects.filter(kind="charge.award").exists()


def _typed(weekly: str, *, day: str = "5", year: str = "2026", state: str = "awarded") -> dict:
    return {
        "attendance_allowance-state": state,
        "attendance_allowance-weekly": weekly,
        "attendance_allowance-on_day": day,
        "attendance_allowance-on_month": "1",
        "attendance_allowance-on_year": year,
    }


def test_the_boxes_show_what_is_held_and_kept_is_said_only_of_something_new(
    as_, priya, charged: Person, the_time
) -> None:
    the_time(TEN)
    page, address = as_(priya), reverse("benefit-look", args=[charged.pk])
    page.post(address, _typed("70"))

    shown = page.get(address).content.decode()
    same = page.post(address, _typed("70"), follow=True).content.decode()
    other = page.post(address, _typed("80"), follow=True).content.decode()

    assert 'value="70"' in shown
    assert "£70.00 a week from 5 January 2026" in shown
    assert "Nothing was changed" in same
    assert "Kept" in other
    assert _claim(charged).weekly_pence == 8_000


def test_an_award_far_off_is_refused_beside_its_box(as_, priya, charged: Person, the_time) -> None:
    the_time(TEN)

    page = as_(priya).post(reverse("benefit-look", args=[charged.pk]), _typed("70", year="2030"))

    assert page.status_code == 422
    assert 'href="#id_attendance_allowance-on' in page.content.decode()
    assert not Claim.objects.exists()


def test_an_award_ended_without_a_new_day_ends_today(as_, priya, charged: Person, the_time) -> None:
    the_time(TEN)
    page, address = as_(priya), reverse("benefit-look", args=[charged.pk])
    page.post(address, _typed("70"))

    page.post(address, _typed("70", state="ended"))

    assert _claim(charged).ends_on == TEN.date()


def test_an_award_that_ended_is_never_charged(charged: Person, dev, priya) -> None:
    _look(charged, AWARD, dev.sign_in)
    _look(charged, Said("ended"), dev.sign_in)

    with pytest.raises(actions.CannotCharge, match="has ended"):
        actions.rework(_claim(charged), by=priya, at=TEN)

    assert _rework_tasks() == 0


def test_a_note_alone_is_put_right_and_can_be_taken_out(budgeted: Person, dev) -> None:
    _look(budgeted, Said("has", note="By letter"), dev.sign_in)

    _look(budgeted, Said("has"), dev.sign_in)

    assert _claim(budgeted).note == ""


def test_a_look_that_finds_nothing_new_is_kept_with_its_note(
    as_, priya, budgeted: Person, the_time
) -> None:
    the_time(TEN)

    page = as_(priya).post(
        reverse("benefit-look", args=[budgeted.pk]), {"note": "By telephone"}, follow=True
    )

    assert "Kept" in page.content.decode()
    assert queries.looks_of(budgeted)[0].note == "By telephone"
