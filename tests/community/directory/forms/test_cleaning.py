"""Text out of markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.community.directory.forms.cleaning import clean, headline


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Plain words", "Plain words"),
        ("<p>One &amp; two</p><p>Three<br>four</p>", "One & two\n\nThree\nfour"),
        ("Hi<script>alert(1)</script> there", "Hi there"),
        ("<style>p{}</style>Seen", "Seen"),
        ("a < b and b > c", "a < b and b > c"),
        ("turned \u202eround\u200b", "turned round"),
        ("nul\x00 lone\ud800", "nul lone"),
        ("  wide   space \r\n\r\n\r\n\r\nend ", "wide space\n\nend"),
    ],
)
def test_only_the_words_are_kept(written: str, read: str) -> None:
    assert clean(written) == read


@given(st.text())
def test_cleaning_never_fails_and_leaves_nothing_the_database_refuses(text: str) -> None:
    cleaned = clean(text)

    assert not set(cleaned) & {"\x00", "\u202e"}
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "short", "rest"),
    [
        ("Short line\n\nThe rest.", "Short line", "The rest."),
        ("One sentence. And another.", "One sentence.", "One sentence. And another."),
        ("Only this", "Only this", ""),
        ("", "", ""),
    ],
)
def test_a_description_begins_with_what_it_is(text: str, short: str, rest: str) -> None:
    assert headline(text) == (short, rest)


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    short, rest = headline("word " * 60)

    assert short.endswith("word…")
    assert len(short) <= 110
    assert rest.startswith("word word")
