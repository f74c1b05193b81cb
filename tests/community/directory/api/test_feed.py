"""The directory as Open Referral UK 3.0."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.http import http_date
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ownway.community.directory.models import Entry, EntryTerm, Status, Term
from ownway.community.directory.queries import publishing
from tests.community.directory.conftest import NOON, Fill

BASE = "/api/oruk/v3/"
LISTS = ("services", "service_at_locations", "taxonomies", "taxonomy_terms", "organizations")


@pytest.fixture(autouse=True)
def noon(the_time: Any) -> None:
    the_time(NOON)


def read(client: Client, what: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"{BASE}{what}?{urlencode(asked)}")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def names(client: Client, what: str = "services", **asked: Any) -> list[str]:
    contents = read(client, what, **asked)["contents"]
    return sorted(one.get("service", one)["name"] for one in contents)


def test_the_root_says_which_standard_it_keeps_and_where_it_is_described(
    town: None, client: Client
) -> None:
    told = read(client, "")

    assert told["version"] == "HSDS-UK-3.0"
    assert client.get(told["openapi_url"]).status_code == 200


def test_a_list_tells_what_there_is_one_of_and_a_service_tells_all(
    town: None, client: Client
) -> None:
    listed = next(
        one for one in read(client, "services")["contents"] if one["name"] == "Teapot Café"
    )

    whole = read(client, f"services/{listed['id']}")

    assert whole.items() >= listed.items()
    assert listed["organization"]["name"] == "Teapot Café"
    assert not {"schedules", "contacts", "service_at_locations"} & listed.keys()
    assert [times["byday"] for times in whole["schedules"]] == ["TH"]
    assert whole["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "AL1 1AA"


@pytest.mark.parametrize("what", LISTS)
def test_each_of_a_list_can_be_read_by_its_identifier(
    town: None, client: Client, what: str
) -> None:
    for one in read(client, what)["contents"]:
        assert read(client, f"{what}/{one['id']}")["id"] == one["id"]


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_the_pages_of_a_list_are_the_list_each_once_in_order(
    town: None, client: Client, what: str, size: int
) -> None:
    whole = [one["id"] for one in read(client, what)["contents"]]

    pages = [read(client, what, page=1, per_page=size)]
    while not pages[-1]["last_page"]:
        pages.append(read(client, what, page=len(pages) + 1, per_page=size))

    assert [one["id"] for page in pages for one in page["contents"]] == whole
    for number, page in enumerate(pages, 1):
        assert (page["page_number"], page["first_page"]) == (number, number == 1)
        assert (page["total_items"], page["total_pages"]) == (len(whole), len(pages))
        assert (page["size"], page["empty"]) == (len(page["contents"]), False)


def test_deep_pages_start_where_they_should(fill: Any, client: Client) -> None:
    fill("name\n" + "\n".join(f"Entry {number}" for number in range(230)))
    whole = [str(key) for key in Entry.objects.order_by("key").values_list("key", flat=True)]

    for number, size in [(1, 100), (2, 70), (3, 100), (5, 50), (33, 7)]:
        page = read(client, "services", page=number, per_page=size)
        first = (number - 1) * size
        assert [one["id"] for one in page["contents"]] == whole[first : first + size]


def test_a_page_after_the_last_is_empty(town: None, client: Client) -> None:
    page = read(client, "services", page=9_999_999)

    assert (page["empty"], page["last_page"], page["contents"]) == (True, True, [])


def test_an_empty_directory_is_one_empty_page(client: Client) -> None:
    page = read(client, "services")

    assert (page["total_items"], page["total_pages"], page["empty"]) == (0, 1, True)
    assert (page["first_page"], page["last_page"]) == (True, True)


def test_pages_lead_to_those_beside_them(town: None, client: Client) -> None:
    links = client.get(f"{BASE}services?per_page=2&page=2&search=help")["Link"]

    assert 'page=1&search=help>; rel="prev"' in links.replace("per_page=2&", "")
    assert 'rel="next"' not in links


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "garden"}, ["Green Gate", "Hedge and Co", "Teapot Café"]),
        ({"search": "gardens cafe"}, ["Teapot Café"]),
        ({"search": "zzz"}, []),
        ({"day": "TH"}, ["Green Gate", "Hedge and Co", "Night Line", "Sit-Awhile", "Teapot Café"]),
        ({"day": "sunday"}, ["Night Line"]),
        ({"day": "SA", "start_time": "10:00"}, ["Far Fields", "Night Line"]),
        ({"end_time": "12:30"}, ["Teapot Café"]),
        ({"start_time": "10:00", "end_time": "13:00"}, ["Far Fields", "Teapot Café"]),
        ({"postcode": "al11aa", "proximity": 10}, ["Hedge and Co", "Sit-Awhile", "Teapot Café"]),
        ({"postcode": "AL2 2BB"}, ["Green Gate", "Hedge and Co", "Sit-Awhile", "Teapot Café"]),
        ({"modified_after": "2026-01-06T12:00:01Z"}, []),
        ({"minimum_age": 18}, []),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked(
    town: None, client: Client, asked: dict[str, Any], found: list[str]
) -> None:
    assert names(client, **asked) == found


@pytest.mark.parametrize("sign", ["’", "'"])
@pytest.mark.parametrize("typed", ["alzheimers", "Alzheimer's", "Alzheimer’s group", "alzheimer"])
def test_apostrophes_may_be_straight_curly_or_left_out(
    fill: Fill, client: Client, sign: str, typed: str
) -> None:
    fill(f"name,what\nBlue Door,Alzheimer{sign}s group\nBlack Door,Chess\n")

    assert names(client, search=typed) == ["Blue Door"]


def test_ages_narrow_as_the_standard_says(town: None, client: Client) -> None:
    Entry.objects.filter(name="Far Fields").update(minimum_age=18, maximum_age=65)
    Entry.objects.filter(name="Green Gate").update(minimum_age=60)

    assert names(client, minimum_age=18) == ["Far Fields", "Green Gate"]
    assert names(client, minimum_age=18.5) == ["Green Gate"]
    assert names(client, maximum_age=65) == ["Far Fields"]
    assert names(client, maximum_age=64) == []


def test_terms_and_their_lists_narrow_ours_and_those_that_feeds_brought(
    town: None, client: Client
) -> None:
    term = Term.objects.create(key=uuid4(), name="Riding", taxonomy="Sports")
    entry = Entry.objects.get(name="Far Fields")
    EntryTerm.objects.create(key=uuid4(), entry=entry, term=term)
    ours = {one["name"]: one for one in publishing.own_terms()}

    assert names(client, taxonomy_term_id=term.key) == ["Far Fields"]
    assert names(client, taxonomy_term_id=ours["Gold"]["id"]) == ["Green Gate"]
    assert names(client, taxonomy_id=ours["Gold"]["taxonomy_id"]) == ["Far Fields", "Green Gate"]
    assert names(client, taxonomy_term_id=publishing.domain_key("caring")) == [
        "Sit-Awhile",
        "Teapot Café",
    ]
    assert names(client, taxonomy_term_id=uuid4()) == []


def test_places_are_narrowed_with_their_services(town: None, client: Client) -> None:
    found = names(client, "service_at_locations", postcode="AL1 1AA", proximity=10, day="TH")

    assert found == ["Hedge and Co", "Sit-Awhile", "Teapot Café"]


def test_all_of_it_is_read_line_by_line(
    town: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(25):
        answer = client.get(f"{BASE}services?format=ndjson")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    told = [json.loads(line) for line in lines]
    assert [one["id"] for one in told] == [
        one["id"] for one in read(client, "services")["contents"]
    ]
    assert told == [read(client, f"services/{one['id']}") for one in told]


@pytest.mark.parametrize("what", [*LISTS, "services?full=true", "service_at_locations?full=true"])
def test_a_page_takes_as_many_queries_however_many_it_holds(
    fill: Any, client: Client, what: str
) -> None:
    def asked(number: int) -> str:
        rows = "\n".join(
            f"Entry {n},AL1 1AA,Mon 10:00 to 11:00,2.00 each,home" for n in range(number)
        )
        fill(f"name,postcode,times,price,domains\n{rows}")
        return client.get(BASE + what)["Server-Timing"].rpartition("desc=")[2]

    few, many = asked(3), asked(60)

    assert few == many


def test_what_is_hidden_or_ended_is_not_published(town: None, client: Client) -> None:
    gone = Entry.objects.get(name="Night Line")
    place = read(client, "service_at_locations")["contents"][0]
    Entry.objects.filter(key__in=[gone.key, place["service"]["id"]]).update(status=Status.DEFUNCT)

    assert "Night Line" not in names(client)
    assert client.get(f"{BASE}services/{gone.key}").status_code == 404
    assert client.get(f"{BASE}service_at_locations/{place['id']}").status_code == 404
    assert client.get(f"{BASE}organizations/{gone.owner.key}").status_code == 404  # type: ignore[union-attr]


def test_what_has_not_changed_is_not_sent_again(town: None, client: Client) -> None:
    first = client.get(f"{BASE}services")
    asked = {"If-None-Match": first["ETag"]}

    again = client.get(f"{BASE}services", headers=asked)

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    Entry.objects.filter(name="Night Line").update(name="Day Line")
    assert client.get(f"{BASE}services", headers=asked).status_code == 200


def test_what_has_not_changed_since_a_moment_is_not_sent_again(town: None, client: Client) -> None:
    first = client.get(f"{BASE}services")
    long_ago = http_date((NOON - timedelta(days=900)).timestamp())

    same = client.get(f"{BASE}services", headers={"If-Modified-Since": first["Last-Modified"]})

    assert same.status_code == 304
    older = client.get(f"{BASE}services", headers={"If-Modified-Since": long_ago})
    assert older.status_code == 200


def test_a_new_entry_is_on_the_next_page_asked_for(town: None, client: Client, fill: Any) -> None:
    before = read(client, "services")["total_items"]

    fill("name\nBrand New\n", source="other")

    assert read(client, "services")["total_items"] == before + 1


@pytest.mark.parametrize(
    ("asked", "parameter", "detail"),
    [
        ("page=0", "page", "must be 1 or more"),
        ("page=-1", "page", "must be 1 or more"),
        ("page=two", "page", "must be a whole number"),
        ("page=", "page", "must be a whole number"),
        ("page=1.5", "page", "must be a whole number"),
        ("page=" + "9" * 30, "page", "must be"),
        ("per_page=101", "per_page", "must be 100 or less"),
        ("per_page=0", "per_page", "must be 1 or more"),
        ("taxonomy_term_id=7", "taxonomy_term_id", "must be an identifier"),
        ("taxonomy_id=x", "taxonomy_id", "must be an identifier"),
        ("minimum_age=old", "minimum_age", "must be a number"),
        ("minimum_age=-1", "minimum_age", "must be 0 or more"),
        ("maximum_age=nan", "maximum_age", "must be a number"),
        ("start_time=25:00", "start_time", "must be a time like 09:30"),
        ("end_time=noon", "end_time", "must be a time like 09:30"),
        ("day=someday", "day", "must be a day of the week"),
        ("modified_after=yesterday", "modified_after", "must be a moment like"),
        ("proximity=100", "proximity", "needs a postcode"),
        ("postcode=AL1+1AA&proximity=near", "proximity", "must be a whole number"),
        ("postcode=here", "postcode", "Enter a full postcode"),
        ("postcode=ZZ9+9ZZ", "postcode", "We do not have this postcode"),
        ("full=perhaps", "full", "must be true or false"),
        ("format=xml", "format", "must be 'json' or 'ndjson'"),
        ("search=" + "a" * 201, "search", "must be 200 characters or fewer"),
        ("pages=2", "pages", "is not a parameter here; there are page, per_page"),
        ("page=1&page=2", "page", "is given twice"),
        ("{0}=2", "{0}", "is not a parameter here"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_to_mend(
    town: None, client: Client, asked: str, parameter: str, detail: str
) -> None:
    answer = client.get(f"{BASE}services?{asked}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    (told,) = answer.json()["errors"]
    assert (told["parameter"], told["in"]) == (parameter, "query")
    assert detail in told["detail"]
    assert parameter in answer.json()["detail"]


@pytest.mark.parametrize("what", LISTS)
def test_an_identifier_that_is_none_or_nobodys_is_told_apart(client: Client, what: str) -> None:
    bad, unknown = client.get(f"{BASE}{what}/seven"), client.get(f"{BASE}{what}/{uuid4()}")

    assert bad.status_code == 400
    assert bad.json()["errors"][0]["parameter"] == "id"
    assert unknown.status_code == 404
    assert "There is no" in unknown.json()["detail"]
    assert client.get(f"{BASE}{what}/{uuid4()}?page=1").status_code == 400


ASKED = st.dictionaries(
    st.sampled_from(
        [
            *("search", "page", "per_page", "taxonomy_term_id", "taxonomy_id", "organization_id"),
            *("minimum_age", "maximum_age", "start_time", "end_time", "day", "postcode"),
            *("proximity", "modified_after", "full"),
        ]
    ),
    st.one_of(
        st.text(max_size=20),
        st.integers().map(str),
        st.floats().map(str),
        st.uuids().map(str),
        st.times().map(str),
        st.datetimes().map(str),
        st.sampled_from(["MO", "true", "AL1 1AA", "1", "'\"", "a & b | !", "\x00", "<->", "-x"]),
    ),
    max_size=4,
)


@given(asked=ASKED, what=st.sampled_from(LISTS))
@trying(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_asked_is_answered_or_refused_in_json(
    town: None, client: Client, asked: dict[str, str], what: str
) -> None:
    answer = client.get(f"{BASE}{what}?{urlencode(asked)}")

    assert answer.status_code in (200, 400)
    body = answer.json()
    assert ("contents" in body) is (answer.status_code == 200)
    assert answer.status_code == 200 or body["detail"]
