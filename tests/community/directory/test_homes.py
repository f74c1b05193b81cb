"""The home of one person who offers support: the public sees the town and the district only."""

import pytest
from django.test import Client

from ownway.community.directory import actions, queries
from ownway.community.directory.actions import publishing
from ownway.community.directory.models import Entry, Version
from ownway.community.directory.queries import content, mapping
from tests.community.directory.conftest import NOON, POSTCODES, TODAY, Fill, written

HOME = [
    {
        "name": "Oriel",
        "what": "Personal assistant",
        "kind": "person",
        "at_home": "yes",
        "address": "7 Fuller Field",
        "town": "Alderbrook",
        "postcode": "AL1 1AA",
        "words": "swimming",
        "phone": "01632 960315",
    }
]


@pytest.fixture
def oriel(fill: Fill) -> Entry:
    actions.load_postcodes(POSTCODES)
    fill(written(HOME))
    return Entry.objects.get(name="Oriel")


@pytest.mark.parametrize(
    "address",
    [
        "/directory/oriel/?postcode=AL3+4QT",
        "/directory/?words=oriel&postcode=AL3+4QT",
        "/directory/list/?words=oriel&postcode=AL3+4QT",
        "/directory/map/?words=oriel&postcode=AL3+4QT",
        "/api/oruk/v3/services?search=oriel&full=true",
    ],
)
def test_no_public_page_tells_house_street_or_full_postcode(
    client: Client, oriel: Entry, address: str
) -> None:
    response = client.get(address)

    body = response.content.decode()
    assert response.status_code == 200
    assert "Oriel" in body
    assert "Fuller" not in body
    assert "AL1 1AA" not in body


def test_the_entry_and_the_feed_give_town_and_district(client: Client, oriel: Entry) -> None:
    page = client.get("/directory/oriel/").content.decode()
    (service,) = queries.services()
    location = service["service_at_locations"][0]["location"]

    assert "Alderbrook, AL1<" in page
    assert "Their address is" not in page
    assert (location["addresses"][0]["address_1"], location["addresses"][0]["postal_code"]) == (
        "",
        "AL1",
    )


def test_distance_and_pin_are_from_the_nearest_kilometre(oriel: Entry) -> None:
    near = queries.spot("AL3 4QT")

    (one,) = queries.search("oriel", on=TODAY, near=near).listings

    assert one.metres == 2_000
    assert one.place == "Alderbrook, AL1"
    assert (oriel.easting, oriel.northing) == (452_000, 290_000)
    assert set(Entry.objects.values_list("at__place__easting", flat=True)) == {452_000}
    assert mapping.drawn([one], near=near) is not None


def test_nobody_finds_a_person_by_their_street_or_postcode(oriel: Entry) -> None:
    assert queries.search("swimming", on=TODAY).total == 1
    assert queries.search("1AA", on=TODAY).total == 0


def test_those_who_keep_the_entry_see_all_of_its_address(oriel: Entry) -> None:
    kept = content.content_of(oriel)

    assert (kept["address"], kept["postcode"]) == ("7 Fuller Field", "AL1 1AA")


def test_a_place_that_turns_out_to_be_a_home_moves_to_the_kilometre_and_back(town: None) -> None:
    entry = Entry.objects.get(name="Hedge and Co")

    said = content.content_of(entry)
    publishing.publish(entry, said | {"kind": "person"}, how=Version.How.STAFF, by=None, at=NOON)
    as_a_home = Entry.objects.get(pk=entry.pk).easting
    publishing.publish(entry, said, how=Version.How.STAFF, by=None, at=NOON)

    assert (as_a_home, Entry.objects.get(pk=entry.pk).easting) == (452_000, 451_609)
