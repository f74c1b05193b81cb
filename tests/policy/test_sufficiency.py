"""A final budget beside its starting point."""

from dataclasses import replace

from ownway.policy.sufficiency import Award, Draft, concerns, too_soon

FIRST = Award(points=16, indicative_pence=8_291, final_pence=17_045, because="Panel: night needs")


def messages(*args, **kwargs):
    return [concern.message for concern in concerns(*args, **kwargs)]


def test_example_5_a_final_budget_may_be_more_than_its_start_for_a_reason():
    assert messages(FIRST) == []


def test_example_5_without_a_reason_it_is_refused():
    (concern,) = concerns(Award(16, 8_291, 17_045, because=" "))

    assert concern.firm
    assert (
        concern.message == "The starting budget was £82.91 and the final one is £170.45. Say why."
    )


def test_example_5_needs_that_rose_while_the_award_stayed_are_flagged():
    later = Award(22, 11_221, 17_045, because="As before")

    assert messages(later, before=FIRST) == [
        "Needs rose from 16 to 22 points, but the budget did not rise from £170.45."
    ]


def test_a_budget_that_rises_with_needs_has_nothing_to_answer():
    assert messages(Award(22, 18_000, 18_000), before=FIRST) == []


DRAFT = Draft(budget_pence=27_360, is_written=True, planned_pence=30_160)


def test_a_draft_that_costs_more_than_the_budget_may_be_asked_for():
    assert list(too_soon(DRAFT)) == []


def test_before_a_draft_and_before_a_budget_both_are_said():
    assert len(list(too_soon(Draft(None, is_written=False, planned_pence=0)))) == 2


def test_a_draft_that_the_budget_pays_for_shows_nothing():
    (words,) = too_soon(replace(DRAFT, planned_pence=27_360))

    assert "the budget of £273.60 pays for that" in words


def test_what_is_agreed_or_asked_already_is_said():
    assert "ask for a review" in next(too_soon(replace(DRAFT, is_agreed=True)))
    assert "asked already" in next(too_soon(replace(DRAFT, is_asked=True)))
