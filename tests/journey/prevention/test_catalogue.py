"""What the equipment answers lead to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.journey.prevention import queries
from ownway.journey.prevention.queries.catalogue import Suggestion, shipped

CATALOGUE = shipped()
ANY = st.fixed_dictionaries(
    {
        question.key: st.lists(
            st.sampled_from([one.value for one in question.choices]),
            unique=True,
            max_size=4 if question.many else 1,
        )
        for question in CATALOGUE.questions
    }
)


def suggest(answers: dict[str, list[str]]) -> Suggestion:
    return queries.suggest(answers, shelf=CATALOGUE)


def keys(answers: dict[str, list[str]]) -> list[str]:
    return [item.key for item in suggest(answers).items]


def test_losing_track_and_losing_the_way_lead_to_a_clock_and_a_door_sensor() -> None:
    assert keys({"memory": ["day", "out"]}) == ["door_sensor", "memory_clock"]


def test_a_fall_leads_to_a_fall_detector_and_hard_walking_to_a_frame() -> None:
    assert keys({"falls": ["once"], "moving": ["walking"]}) == ["fall_detector", "walking_frame"]


def test_nothing_wrong_leads_to_nothing() -> None:
    found = suggest({"falls": ["none"], "skin": ["no"], "alone": ["yes"]})

    assert (found.items, found.left_out, found.flags) == ((), (), ())


def test_a_button_that_may_not_be_pressed_is_left_out_with_the_reason() -> None:
    found = suggest({"alone": ["no"], "memory": ["out"]})

    assert [(item.key, "may not think of it" in why) for item, why in found.left_out] == [
        ("alarm_button", True)
    ]
    assert "alarm_button" not in [item.key for item in found.items]


@pytest.mark.parametrize(
    ("answers", "flag"),
    [
        ({"falls": ["more"]}, "Falls"),
        ({"moving": ["two_people"]}, "Two people to move"),
        ({"home": ["fire"]}, "Fire"),
        ({"skin": ["yes"]}, "Sore skin"),
    ],
)
def test_each_red_flag_asks_for_a_person_first(answers: dict[str, list[str]], flag: str) -> None:
    assert [one.name for one in suggest(answers).flags] == [flag]


@settings(max_examples=150, deadline=None)
@given(answers=ANY)
def test_a_thing_is_either_suggested_or_left_out_and_never_both(
    answers: dict[str, list[str]],
) -> None:
    found = suggest(answers)

    assert not {item.key for item in found.items} & {item.key for item, _ in found.left_out}


def test_every_condition_names_a_question_and_choices_that_are_asked() -> None:
    choices = {q.key: {one.value for one in q.choices} for q in CATALOGUE.questions}
    conditions = [c for item in CATALOGUE.items for c in (*item.when, *item.unless)]
    conditions += [flag.condition for flag in CATALOGUE.flags]

    for one in conditions:
        assert set(one.any) <= set(choices[one.question])
    assert all(item.when for item in CATALOGUE.items)


def test_keys_are_unique_and_everything_is_within_what_is_free() -> None:
    names = [item.key for item in CATALOGUE.items]

    assert len(names) == len(set(names))
    assert all(0 < item.price_pence <= 100_000 for item in CATALOGUE.items)
