"""Postcodes and distances."""

import pytest

from ownway.community.directory.queries import UnknownPostcode, places


@pytest.mark.parametrize("typed", ["AL3 4QT", "al34qt", " aL3  4qt ", "AL3-4QT", "ＡＬ３ 4QT"])
def test_a_postcode_is_found_however_it_is_typed(town: None, typed: str) -> None:
    found = places.spot(typed)

    assert (found.easting, found.northing, found.postcode) == (450_000, 290_000, "AL3 4QT")


@pytest.mark.parametrize("typed", ["AL3", "4QT", "hello", "AL3 4QTT", "🙂", "9" * 500])
def test_what_is_no_postcode_is_refused_with_an_example(db: None, typed: str) -> None:
    with pytest.raises(UnknownPostcode, match="like AL3 4QT"):
        places.spot(typed)


def test_a_postcode_we_do_not_have_is_refused_with_what_to_do(town: None) -> None:
    with pytest.raises(UnknownPostcode, match="leave it empty"):
        places.spot("ZZ9 9ZZ")


def test_a_postcode_among_other_words_is_seen() -> None:
    assert places.postcode_in("garden help al3 4qt please") == "AL3 4QT"
    assert places.postcode_in("garden help") == ""


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, ""),
        (0.0, "close by"),
        (1609.344, "1 mile"),
        (1931.2, "1.2 miles"),
        (3862.4, "2.4 miles"),
        (20_000.0, "12 miles"),
    ],
)
def test_a_distance_reads_in_miles(metres: float | None, words: str) -> None:
    assert places.miles(metres) == words
