"""Reading feeds: good ones, other formats, and whatever else is in the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from ownway.community.directory.actions.facts import EntryFacts
from ownway.community.directory.forms import CannotRead, Feed, read_feed
from ownway.community.directory.forms.schemas import faults_by_schema

ID = "ac148810-d857-441c-9679-408f346de14b"


def service(**known: Any) -> dict[str, Any]:
    return {"id": ID, "name": "Home from home", "status": "active"} | known


def read(tmp_path: Path, *services: Any) -> tuple[list[EntryFacts], Feed]:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps({"contents": list(services)}, indent=1))
    feed = read_feed(file, source="test")
    return list(feed.read()), feed


def test_the_pass_mock_is_one_service_with_all_its_parts(oruk: Path) -> None:
    feed = read_feed(oruk / "validator-mocks/UK-Default", source="mock")

    (entry,) = feed.read()

    assert feed.faults == []
    assert (str(entry.key), entry.name, entry.owner and entry.owner.name) == (
        ID,
        "Community Counselling",
        "Example Organization Inc.",
    )
    assert [cost.pence for cost in entry.costs] == [3500]
    assert [times.days for times in entry.times] == ["TH,FR"]
    assert [place.name for place in entry.places] == ["MyCity Civic Center"]
    assert entry.places[0].access[0].words.startswith("The building is equipped")
    assert (entry.minimum_age, entry.maximum_age, str(entry.checked_on)) == (12, 100, "2005-01-01")
    assert [str(note) for note in feed.notes] == [
        "organization_list.json line 1, total_pages: this is one page of 10; the others are not "
        "in this file",
        "service_full.json line 52, service_at_locations[0].location.latitude: 100, 101 is not "
        "in Britain; kept without a point (id ac148810-d857-441c-9679-408f346de14b)",
    ]


@pytest.mark.parametrize("name", ["service_full.json", "service_list.json"])
def test_one_file_of_the_mock_is_a_feed_too(oruk: Path, name: str) -> None:
    feed = read_feed(oruk / "validator-mocks/UK-Default" / name, source="mock")

    (entry,) = feed.read()

    assert entry.name == "Community Counselling"
    assert entry.has_details is (name == "service_full.json")


def test_twenty_real_services_of_an_outpost_feed_are_read(oruk: Path) -> None:
    file = oruk / "other-feeds/outpost-buckinghamshire-services.json"
    feed = read_feed(file, source="bucks")

    entries = {entry.name: entry for entry in feed.read()}

    assert (len(entries), feed.faults) == (20, [])
    brownies = entries["12th Aylesbury Brownies"]
    assert (brownies.minimum_age, brownies.maximum_age, brownies.owner) == (5, 11, None)
    assert [(times.days, str(times.opens_at)) for times in brownies.times] == [("MO", "10:00:00")]
    assert brownies.places[0].postcode == "HP21 7JF"
    assert brownies.places[0].easting == pytest.approx(483_469, abs=10)
    assert entries["ABC Fantastic Home Learning"].places[0].easting is None
    assert [access.words for access in entries["Abbotsbrook Pre-School"].places[0].access] == [
        "Accessible toilet facilities",
        "Wheelchair accessible entrance",
    ]


@pytest.mark.parametrize(
    ("mock", "faults"), [("UK-Default", set()), ("UK-Warn", {"taxonomy_term.json"})]
)
def test_the_published_mocks_get_the_published_verdicts(
    oruk: Path, mock: str, faults: set[str]
) -> None:
    found = faults_by_schema(oruk / "validator-mocks" / mock, oruk / "schema")

    assert {fault.file for fault in found} == faults


def test_a_list_and_the_full_page_of_a_service_are_one_entry_in_any_order(tmp_path: Path) -> None:
    full = service(cost_options=[{"id": "c", "amount": 5}])
    for number, told in enumerate([service(), full, {"contents": [service()]}]):
        (tmp_path / f"{number}.json").write_text(json.dumps(told))

    (entry,) = read_feed(tmp_path, source="test").read()

    assert (entry.has_details, [cost.pence for cost in entry.costs]) == (True, [500])


def test_places_told_apart_from_their_service_are_put_to_it(tmp_path: Path) -> None:
    at = {"id": "l", "location": {"id": "p", "location_type": "physical", "name": "Hall"}}
    (tmp_path / "service.json").write_text(json.dumps(service()))
    (tmp_path / "at.json").write_text(json.dumps({"contents": [at | {"service": service()}]}))

    (entry,) = read_feed(tmp_path, source="test").read()

    assert [place.name for place in entry.places] == ["Hall"]


@pytest.mark.parametrize(
    ("bad", "line", "path", "reason"),
    [
        ({"id": "2", "name": "No status"}, 8, "contents[1].status", "is missing"),
        ({"id": "3", "status": "active"}, 8, "contents[1].name", "is missing"),
        ({"name": "No id", "status": "active"}, 8, "contents[1].id", "is missing"),
        ({"id": "4", "name": "Odd", "status": "open"}, 11, "contents[1].status", "“open” is not"),
        (7, 8, "contents[1]", "this is not an object"),
        ({"hello": 1}, 8, "contents[1].id", "is missing"),
    ],
)
def test_a_bad_item_is_refused_with_line_path_and_reason_and_the_good_go_on(
    tmp_path: Path, bad: Any, line: int, path: str, reason: str
) -> None:
    entries, feed = read(tmp_path, service(), bad)

    (fault,) = feed.faults
    assert [entry.name for entry in entries] == ["Home from home"]
    assert (fault.line, fault.path, fault.refused) == (line, path, True)
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({"url": "javascript:alert(1)"}, "is not a web address"),
        ({"url": "https://user:pw@example.org/"}, "is not a web address"),
        ({"email": "nope"}, "is not an e-mail address"),
        ({"minimum_age": -4}, "is not a whole number"),
        ({"maximum_age": 1e300}, "is not a whole number"),
        ({"assured_date": "yesterday"}, "is not a date"),
        ({"schedules": [{"opens_at": "25:00"}]}, "is not a time"),
        ({"schedules": [{"byday": "XX,MO"}]}, "is not a day"),
        ({"schedules": "always"}, "is not a list"),
        ({"schedules": ["x"]}, "is not an object"),
        ({"cost_options": [{"amount": -3}]}, "is not an amount"),
        ({"cost_options": [{"amount": "abc"}]}, "is not a number"),
        ({"organization": [1]}, "is not an object"),
        ({"organization": {"id": "o"}}, "has no name"),
        ({"description": {"a": 1}}, "is not text"),
        ({"name": "x" * 300}, "longer than 255"),
        ({"service_at_locations": [{"id": "x"}]}, "the place is left out"),
        (
            {"attributes": [{"taxonomy_term": {"id": "t", "name": "T", "parent_id": "t"}}]},
            "above itself",
        ),
    ],
)
def test_a_bad_part_is_left_out_with_a_note_and_the_entry_stays(
    tmp_path: Path, part: dict[str, Any], reason: str
) -> None:
    entries, feed = read(tmp_path, service(**part))

    assert len(entries) == 1
    assert feed.faults == []
    assert reason in feed.notes[0].reason
    assert feed.notes[0].line > 1


def test_markup_is_cleaned_out_of_everything_that_is_kept(tmp_path: Path) -> None:
    bad = "<b>x</b><script>alert(1)</script>"

    (entry,), _ = read(
        tmp_path,
        service(
            name=f"Name {bad}",
            description=f"<p>{bad}</p>",
            funding=[{"source": bad, bad: bad}],
            organization={"id": "o", "name": bad, "uri": bad},
        ),
    )

    assert "<" not in repr(entry)
    assert "alert(1)" not in repr(entry)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cut short"),
        ('{"contents": [{"id": "1",\n "name": "a"', "line 2: The file is cut short"),
        ('{"contents": [{}]', "cut short"),
        ('{"contents": [{"a": "unfinished', "cut short"),
        ("<html>", "not a JSON object or list"),
        ("42", "not a JSON object or list"),
        ('{"contents": []} more', "more after the end"),
        ('{"contents": [1 2]}', "“,” was expected"),
        ('{"contents": []}', "Nothing in it is a service"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' * 100_000, "nested too deeply"),
        ('[{"id": "1", "a": ' + "9" * 5000 + "}]", "too long to read"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_whole_with_its_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    file = tmp_path / "feed.json"
    file.write_text(text)

    with pytest.raises(CannotRead, match=reason):
        read_feed(file, source="test")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_bytes('{"a": 1}'.encode("utf-16"))

    with pytest.raises(CannotRead, match="line 1: The file is not UTF-8 text"):
        read_feed(tmp_path, source="test")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ('{"id": "1", "name": "a", "name": "b", "status": "active"}', "written twice"),
        ('{"id": "1", "name": "a", "status": "active", "minimum_age": NaN}', "NaN is not a number"),
        (
            '{"id": "1", "name": "a", "status": "active", "minimum_age": ' + "1" * 40 + "}",
            "40 digits",
        ),
    ],
)
def test_json_that_two_readers_could_read_in_two_ways_is_refused(
    tmp_path: Path, item: str, reason: str
) -> None:
    (tmp_path / "feed.json").write_text(f"[{item}]")
    feed = read_feed(tmp_path, source="test")

    assert list(feed.read()) == []
    assert reason in feed.faults[0].reason


def test_a_gigantic_file_is_refused_before_it_is_read(tmp_path: Path, settings: Any) -> None:
    settings.FEED_MOST_BYTES = 10
    (tmp_path / "feed.json").write_text('{"contents": []}')

    with pytest.raises(CannotRead, match="bigger than"):
        read_feed(tmp_path, source="test")


def test_a_folder_that_is_inside_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "service.json").write_text(json.dumps(service()))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "again.json").symlink_to(tmp_path / "service.json")

    assert read_feed(tmp_path, source="test").count == 1


KEYS = [
    *("id", "name", "status", "description", "schedules", "byday", "opens_at", "cost_options"),
    *("amount", "organization", "service_at_locations", "location", "latitude", "longitude"),
    *("addresses", "attributes", "taxonomy_term", "contacts", "phones", "number", "service"),
    *("services", "locations", "geometry", "coordinates"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(JSON)
@trying(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_a_feed_holds_is_read_or_refused_and_nothing_breaks(
    tmp_path: Path, value: Any
) -> None:
    entries, feed = read(tmp_path, service(), value)

    assert entries
    assert len(entries) <= 2 + feed.count
