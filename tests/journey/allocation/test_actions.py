"""Working the Joneses' budgets out, writing to them, and looking again."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Task
from ownway.journey.allocation import actions, queries
from ownway.journey.allocation.models import IndicativeBudget, LookAgain, State
from tests.journey.allocation.joneses import HALF_PAST_NINE, TEN


def test_the_joneses_get_171_and_38_pounds_which_is_209_together_and_indicative(
    ready: Person, dev
) -> None:
    found = actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    assert [budget.weekly_pence for budget in found.budgets] == [17100, 3800]
    assert found.weekly_pence == 20900
    assert {budget.state for budget in found.budgets} == {State.INDICATIVE}
    assert {b.decision.settings_version.number for b in found.budgets} == {1}


def test_each_sum_reads_in_one_line(ready: Person, dev) -> None:
    found = actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    lines = [budget.decision.worked["formula"] for budget in found.budgets]
    assert lines == [
        "(40 − 25) × £12.00 × 0.95 = £171.00",
        "5 × £8.00 × 0.95 = £38.00",
    ]


def test_a_kept_sum_works_out_to_the_same_penny_again(ready: Person, dev) -> None:
    found = actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    for budget in found.budgets:
        again = record.worked_again(budget.decision)
        assert again.result["weekly_pence"] == budget.weekly_pence
        assert again.pack_hash == budget.decision.pack_hash


def test_working_out_from_her_page_is_the_same_sum(ready: Person, edith: Person, dev) -> None:
    found = actions.work_out(edith, by=dev, at=HALF_PAST_NINE)

    assert found.couple.person == ready
    assert found.weekly_pence == 20900


def test_working_out_again_keeps_the_sum_before(ready: Person, dev) -> None:
    first = actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    second = actions.work_out(ready, by=dev, at=TEN)

    assert second.of_person is not None
    assert queries.together(ready).before(second.of_person) == [first.of_person]


def test_both_read_it_in_their_timeline(ready: Person, edith: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    his, hers = (record.last_event(p, "budget.worked_out") for p in (ready, edith))
    assert his is not None
    assert hers is not None
    assert his.words == "Your budget was worked out: £171.00 a week"
    assert hers.words == "Your budget was worked out: £38.00 a week"


def test_somebody_owns_the_call_that_was_promised_two_working_days_on(ready: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    (call,) = queries.calls_to_make(ready)
    assert call.owner == dev
    assert f"{call.due_at:%Y-%m-%d}" == "2026-02-03"


def test_writing_the_call_down_settles_it(ready: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    settled = actions.note_call(ready, words="She has begun", by=dev, at=TEN)

    assert settled == 1
    assert queries.calls_to_make(ready) == []


def test_an_agreed_budget_may_be_more_than_the_sum_when_it_says_why(ready: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    agreed = actions.settle(
        ready, weekly_pence=90_000, state=State.AGREED, by=dev, at=TEN, because="Nights"
    )

    assert queries.budget_of(ready) == agreed
    assert agreed.weekly_pence == 90_000


def test_an_agreed_budget_that_differs_without_a_reason_is_refused_and_changes_nothing(
    ready: Person, dev
) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    with pytest.raises(actions.CannotSettle, match=r"Say why £180\.00 is needed"):
        actions.settle(ready, weekly_pence=18_000, state=State.AGREED, by=dev, at=TEN)

    assert IndicativeBudget.objects.filter(person=ready).count() == 1


def test_the_letter_says_points_help_price_share_sum_and_how_to_say_it_is_wrong(
    ready: Person, edith: Person, dev
) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    letter = actions.send_letter(ready, to=edith, by=dev.sign_in, at=TEN)

    text = _text(letter)
    for words in (
        "The help Harold needs: 40 points",
        "Take away: The help you want to go on giving: 25 points",
        "Times: The price of one point: £12.00 a week",
        "Times: The share we can start with: 0.95 for everyone",
        "Comes to: Harold’s budget: £171.00 a week",
        "Your own budget is £38.00 a week",
        "£171.00 and £38.00 make £209.00 a week",
        "IF YOU THINK THIS IS WRONG",
        "Ask for someone new to look at it",
    ):
        assert words in text


def test_the_letter_says_no_word_of_the_trade(ready: Person, edith: Person, dev) -> None:
    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)

    text = _text(actions.send_letter(ready, to=edith, by=dev.sign_in, at=TEN)).lower()

    for word in ("indicative", "contribution", "deflator", "domain"):
        assert word not in text


@pytest.mark.parametrize("size", ["standard", "large_print"])
def test_the_letter_compiles_to_a_tagged_pdf(ready: Person, edith: Person, dev, size: str) -> None:
    from ownway.design.letters import as_pdf
    from ownway.foundation.letters.views import _heading

    actions.work_out(ready, by=dev, at=HALF_PAST_NINE)
    letter = actions.send_letter(ready, to=edith, by=dev.sign_in, at=TEN)

    made = as_pdf(_heading(letter), letter.body, size=size)

    assert made.startswith(b"%PDF")


def test_there_is_no_letter_before_there_is_a_budget(ready: Person, edith: Person, dev) -> None:
    with pytest.raises(actions.NothingToSend):
        actions.send_letter(ready, to=edith, by=dev.sign_in, at=TEN)

    assert not Letter.objects.exists()


def test_asking_again_gives_her_worker_a_task_within_five_working_days(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    asked = actions.ask_again(budget, words="Nights are worse", who="same", by=edith_in, at=TEN)

    task = Task.objects.get(kind=actions.LOOK_AGAIN)
    assert (asked.owner, task.owner) == (dev, dev)
    assert asked.due_on.isoformat() == "2026-02-06"


def test_someone_new_is_somebody_else(ready: Person, edith_in, dev, ruth) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    asked = actions.ask_again(budget, words="Nights are worse", who="new", by=edith_in, at=TEN)

    assert asked.owner == ruth


def test_asking_twice_says_who_is_looking_and_until_when(ready: Person, edith_in, dev) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person
    actions.ask_again(budget, words="Nights are worse", who="same", by=edith_in, at=TEN)

    with pytest.raises(actions.AlreadyAsked, match=r"Dev Marlowe .* by Friday 6 February"):
        actions.ask_again(budget, words="Still", who="same", by=edith_in, at=TEN)

    assert LookAgain.objects.count() == 1


def test_staff_may_not_ask_in_her_name(ready: Person, dev) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    with pytest.raises(PermissionDenied):
        actions.ask_again(budget, words="Too much", who="same", by=dev.sign_in, at=TEN)


def test_an_answer_goes_to_her_in_a_letter_and_finishes_the_task(
    ready: Person, edith: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person
    asked = actions.ask_again(budget, words="Nights", who="same", by=edith_in, at=TEN)

    actions.answer_again(asked, answer="You are right: we add nights.", by=dev, at=TEN)

    assert Letter.objects.get(kind="budget.looked_again").to == edith
    assert not Task.objects.filter(kind=actions.LOOK_AGAIN, done_at=None).exists()
    assert queries.open_request(budget) is None


def test_an_empty_answer_is_refused_and_the_question_stays_open(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person
    asked = actions.ask_again(budget, words="Nights", who="same", by=edith_in, at=TEN)

    with pytest.raises(actions.CannotAnswer):
        actions.answer_again(asked, answer="  ", by=dev, at=TEN)

    assert queries.open_request(budget) == asked


def _text(letter: Letter) -> str:
    from ownway.design.letters import as_text

    return as_text(letter.title, letter.body)
