"""The directory's pages, open to everybody."""

import re

import pytest
from django.test import Client

from ownway.community.directory.models import Entry


def text(response: object) -> str:
    body = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.split("<main", 1)[1]))


def test_nothing_asked_yet_offers_the_nine_parts_of_daily_life(town: None, client: Client) -> None:
    response = client.get("/directory/")

    assert response.status_code == 200
    assert "Eating and drinking" in text(response)
    assert "Green Gate" not in text(response)


def test_a_search_shows_what_times_price_distance_mark_stars_and_check(
    town: None, client: Client, council: None, the_time
) -> None:
    from tests.community.directory.conftest import NOON

    the_time(NOON)
    Entry.objects.filter(name="Green Gate").update(rated_by=5)

    shown = text(client.get("/directory/", {"what": "garden help", "where": "al3 4qt"}))

    assert "3 places for “garden help”, near AL3 4QT" in shown
    assert shown.index("Green Gate") < shown.index("Hedge and Co")
    for words in (
        "Gold mark",
        "4.6 out of 5 stars from 5 ratings",
        "Tue to Sat 08:30 to 17:00",
        "£21.00 an hour",
        "from 2.0 miles away",
        "Last checked 3 November 2025",
        "Last checked 4 January 2025, over a year ago. Ask them before you go.",
    ):
        assert words in shown


def test_a_wrong_postcode_is_told_beside_the_field_and_nothing_typed_is_lost(
    town: None, client: Client
) -> None:
    response = client.get("/directory/", {"what": "garden", "where": "AL3"})

    body = response.content.decode()
    assert "<title>Error: " in body
    assert 'href="#id_where"' in body
    assert "Enter a full postcode, like AL3 4QT" in text(response)
    assert 'value="AL3"' in body
    assert "Green Gate" in text(response)


def test_a_postcode_typed_among_the_words_counts(town: None, client: Client) -> None:
    shown = text(client.get("/directory/", {"what": "garden AL3 4QT"}))

    assert "for “garden”, near AL3 4QT" in shown


def test_no_result_offers_the_likely_word_a_wider_search_and_a_person(
    town: None, client: Client, council: None
) -> None:
    response = client.get("/directory/", {"what": "gardning", "day": "SU", "free": "on"})

    shown = text(response)
    assert "We found nothing for “gardning”" in shown
    assert "Did you mean gardening ?" in shown
    assert "look on any day" in shown
    assert "look at paid help too" in shown
    assert "01632 960100" in shown.replace("\xa0", " ")


def test_the_large_print_list_holds_the_same_entries(town: None, client: Client) -> None:
    shown = text(client.get("/directory/list/", {"what": "garden", "where": "AL3 4QT"}))

    assert shown.index("Green Gate") < shown.index("Hedge and Co")
    assert "Price £21.00 an hour" in shown


def test_an_entry_has_its_own_page_and_a_way_back_to_the_search(town: None, client: Client) -> None:
    response = client.get("/directory/teapot-cafe/", {"what": "cafe", "where": "AL3 4QT"})

    shown = text(response)
    assert "Dementia café, for two" in shown
    assert "Level way in" in shown
    assert "1 mile from AL3 4QT" in shown
    assert 'href="/directory/?what=cafe&amp;where=AL3+4QT"' in response.content.decode()


def test_an_entry_that_is_not_there_or_not_running_is_not_found(town: None, client: Client) -> None:
    Entry.objects.filter(slug="far-fields").update(status="inactive")

    assert client.get("/directory/nothing-here/").status_code == 404
    assert client.get("/directory/far-fields/").status_code == 404


def test_pages_are_parted_and_a_page_that_is_not_there_says_so(fill, client: Client) -> None:
    fill("name,words\n" + "".join(f"Choir {n},singing\n" for n in range(45)))

    first = client.get("/directory/", {"what": "choir"})
    last = client.get("/directory/", {"what": "choir", "page": "3"})
    beyond = client.get("/directory/", {"what": "choir", "page": "9"})

    assert "45 places" in text(first)
    assert 'href="/directory/?what=choir&amp;page=2"' in first.content.decode()
    assert text(last).count("Last checked") + text(last).count("not checked") == 5
    assert "There is no page 9" in text(beyond)


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "x" * 5000, "where": "🙂"},
        {"what": "nul\x00", "where": "\x00"},
        {"what": "<script>alert(1)</script>"},
        {"what": "'; DROP TABLE directory_entry; --"},
        {"what": "& | ! ( ) :* <->"},
        {"what": '"unclosed -', "page": "-1"},
        {"page": "9" * 40, "helps": "nothing", "day": "XX", "within": "lots"},
        {"what": ["a", "b"], "where": ["AL3 4QT", ""]},
    ],
)
def test_whatever_is_asked_is_answered_without_fault(
    town: None, client: Client, asked: dict[str, object]
) -> None:
    for address in ("/directory/", "/directory/list/", "/directory/teapot-cafe/"):
        response = client.get(address, asked)

        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_only_looking_is_allowed(town: None, client: Client) -> None:
    assert client.post("/directory/").status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_list(
    fill, client: Client, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fill("name,words,postcode\nChoir,singing,AL1 1AA\n")
    with CaptureQueriesContext(connection) as one:
        client.get("/directory/", {"what": "singing"})
    fill("name,words,postcode\n" + "".join(f"Choir {n},singing,AL1 1A{n}\n" for n in range(9)))

    with django_assert_num_queries(len(one)):
        client.get("/directory/", {"what": "singing"})


def test_changing_the_search_leads_to_its_box(town: None, client: Client) -> None:
    body = client.get("/directory/", {"what": "garden"}).content.decode()

    assert 'href="#id_what">Change your search' in body
    assert 'id="id_what"' in body


def test_a_search_without_words_says_that_it_has_none(town: None, client: Client) -> None:
    text = client.get("/directory/", {"what": "🦊"}).text

    assert "There are no words in what you typed" in text
    assert "places for" not in text
