"""Entries as Open Referral UK 3.0."""

import json
from pathlib import Path

from ownway.community.directory import queries
from ownway.community.directory.forms import read_feed
from ownway.community.directory.forms.schemas import faults_by_schema
from ownway.community.directory.models import Entry
from ownway.community.directory.queries import feed


def _feed() -> dict[str, object]:
    services = list(queries.services())
    return feed.envelope(services, total=len(services), page=feed.Page())


def test_our_own_feed_has_no_error_against_the_official_schemas(
    town: None, oruk: Path, tmp_path: Path
) -> None:
    (tmp_path / "services.json").write_text(json.dumps(_feed()))

    assert faults_by_schema(tmp_path, oruk / "schema") == []


def test_what_is_published_is_read_back_the_same(town: None, tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    file.write_text(json.dumps(_feed()))
    feed = read_feed(file, source="elsewhere")

    read = {facts.name: facts for facts in feed.read()}

    assert (feed.faults, feed.notes) == ([], [])
    entry = Entry.objects.get(name="Teapot Café")
    again = read["Teapot Café"]
    assert (again.key, again.what, again.description) == (
        entry.key,
        entry.what,
        entry.description,
    )
    assert again.domains == tuple(d for d in ("people", "caring") if d in entry.domains)
    assert [(cost.pence, cost.each) for cost in again.costs] == [(200, "each")]
    assert [times.days for times in again.times] == ["TH"]
    assert [place.postcode for place in again.places] == ["AL1 1AA"]
    assert abs((again.places[0].easting or 0) - 451_609) <= 1


def test_what_is_empty_is_left_out(town: None) -> None:
    service = next(one for one in queries.services() if one["name"] == "Night Line")

    assert "email" not in service
    assert "service_at_locations" not in service
    assert None not in service.values()


def test_another_source_is_published_by_itself(town: None, fill) -> None:
    fill("name\nElsewhere\n", source="other")

    assert [one["name"] for one in queries.services("other")] == ["Elsewhere"]
