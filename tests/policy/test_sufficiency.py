"""A final budget beside its starting point."""

from ownway.policy.sufficiency import Award, concerns

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
