"""What words for everybody should not hold, and what in them hints at harm."""

import pytest

from ownway.policy.narratives import hints_at_harm, personal_in


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Our carer Janet was kind", ("Janet",)),
        ("Ring me on 01632 960147", ("01632 960147",)),
        ("Ring me on 01632960147.", ("01632960147",)),
        ("+44 7700 900123 is her number", ("+44 7700 900123",)),
        ("Write to j.smith@example.com", ("j.smith@example.com",)),
        ("I live at AL3 4QT", ("AL3 4QT",)),
        ("Mrs Jones was late", ("Mrs Jones",)),
        ("Ann Smith never came, and Joe did", ("Ann Smith", "Joe")),
        ("See www.example.com/me", ("www.example.com/me",)),
    ],
)
def test_what_points_to_a_person_is_found(words: str, found: tuple[str, ...]) -> None:
    assert personal_in(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "Green Gate came on Tuesday and cut the hedge. Thank you Green Gate",
        "They were late. Nobody rang. I waited from 9 until 11:30",
        "It cost £21.00 an hour, and 2 of us went in 2025",
        "",
        "🎉🎉🎉",
    ],
)
def test_ordinary_words_and_the_name_of_the_place_are_not_taken_for_a_person(words: str) -> None:
    assert personal_in(words, not_people=["Green Gate"]) == ()


@pytest.mark.parametrize(
    "words",
    [
        "£40 is missing after a visit",
        "Money went missing. They stole it",
        "She slapped him",
        "He had bruises on his arm",
        "She was left without food all day",
        "They gave the wrong tablets",
        "I am scared of the night carer",
    ],
)
def test_words_that_tell_of_harm_are_noticed(words: str) -> None:
    assert hints_at_harm(words)


@pytest.mark.parametrize("words", ["They were late and rude", "The garden is lovely", ""])
def test_a_plain_grumble_is_not_taken_for_harm(words: str) -> None:
    assert not hints_at_harm(words)
