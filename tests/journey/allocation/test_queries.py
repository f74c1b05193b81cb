"""How a sum reads, and what other answers would do."""

import pytest

from ownway.design.ladder import Rung
from ownway.foundation.people.models import Person
from ownway.journey.allocation import actions, queries
from ownway.policy.refusals import FactsMissing
from tests.journey.allocation.joneses import HALF_PAST_NINE, HELPS, LEVELS

ANSWERS = {key: {"level": level, "help": HELPS[key]} for key, level in LEVELS.items()}


def _ladder(budget, viewer) -> tuple[Rung, ...]:
    reader = queries.reader_of(viewer, queries.couple_of(budget.person))
    return queries.rungs(budget, reader=reader, council="Alderbrook", owner="Lena Marchbank")


def test_the_ladder_has_six_steps_with_the_signs_said_in_words(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    steps = _ladder(budget, edith_in)

    assert [(step.said, step.figure, step.unit) for step in steps] == [
        ("", "40", "points"),
        ("Take away:", "25", "points"),
        ("Leaves:", "15", "points"),
        ("Times:", "£12.00", "a week"),
        ("Times:", "0.95", "for everyone"),
        ("Comes to:", "£171.00", "a week"),
    ]


def test_she_reads_of_her_own_help_as_yours_and_of_his_need_by_name(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    need, helped, *_ = _ladder(budget, edith_in)

    assert need.title == "The help Harold needs"
    assert helped.title == "The help you want to go on giving"
    assert helped.note == "You said you are able and happy to do this."


def test_under_the_first_step_are_the_nine_answers_and_what_each_is_worth(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    table = _ladder(budget, edith_in)[0].table

    assert table is not None
    assert table.caption == (
        "A reminder gives 2 points, some help 4, help most times 6, and help every time 8."
    )
    assert table.rows[1] == ("Washing and dressing", "Help most times", "6")
    assert table.total == ("All nine", "40")


def test_the_price_says_who_set_it_since_when_and_who_looks_after_it(
    ready: Person, edith_in, dev
) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    price = _ladder(budget, edith_in)[3]

    assert price.words == (
        "The council set this price. It has been in use since 5 January 2026 (rules version 1). "
        "Lena Marchbank looks after the rules.",
        "15 points at £12.00 come to £180.00.",
    )


def test_the_share_shows_what_it_made_of_the_sum(ready: Person, edith_in, dev) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person

    share = _ladder(budget, edith_in)[4]

    assert share.note == "95p in each £1, so there is enough to go round."
    assert share.words[0] == (
        "Each first budget is made 5p in the £1 smaller. £180.00 becomes £171.00."
    )


def test_two_more_points_of_need_give_22_pounds_80_more(ready: Person, dev) -> None:
    budget = actions.work_out(ready, by=dev, at=HALF_PAST_NINE).of_person
    other = ANSWERS | {"work": {"level": 2, "help": "none"}}

    tried = queries.trial(
        {"who": "person", "answers": other},
        called="Harold",
        pack=queries.pack_of(budget.decision),
        before=budget.decision.worked,
    )

    assert tried.weekly_pence == 19380
    assert tried.difference_pence == 2280
    assert [line.label for line in tried.lines if line.differs] == [
        "The help Harold needs",
        "The help still to find",
        "Harold’s budget",
    ]


def test_more_need_never_gives_less_money() -> None:
    pack = _pack()
    before = 0
    for level in range(5):
        answers = ANSWERS | {"work": {"level": level, "help": "none"}}
        tried = queries.trial({"who": "person", "answers": answers}, called="Harold", pack=pack)
        assert tried.weekly_pence >= before
        before = tried.weekly_pence


def test_a_trial_without_an_answer_asks_for_it_by_name() -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != "eating"}

    with pytest.raises(FactsMissing, match=r"answers\.eating\.level"):
        queries.trial({"who": "person", "answers": answers}, called="Harold", pack=_pack())


def _pack():
    from ownway.policy import packs

    return packs.load("alderbrook", on=HALF_PAST_NINE.date())
