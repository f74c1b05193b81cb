"""Feeds on the web from the command line, and what a feed that changes does to the directory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ownway.commands import directory
from ownway.community.directory.models import Entry, Status
from tests.community.directory.feed_server import (
    FeedServer,
    claims,
    full,
    key,
    offer,
    page,
    serving,
)

Told = pytest.CaptureFixture[str]


@pytest.fixture
def server(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("OWNWAY_DATA_DIR", str(tmp_path / "data"))
    with serving() as found:
        settings.FEED_MAY_ASK = [found.host]
        offer(found, ["a", "b", "c"])
        yield found


@pytest.fixture
def mocks() -> Path:
    import os

    root = Path(
        os.environ.get("OWNWAY_STANDARDS", Path(__file__).parents[2].parent / "shared/standards")
    )
    if not (root / "oruk/validator-mocks").is_dir():
        pytest.skip("The standards are not here: set OWNWAY_STANDARDS to their folder")
    return root / "oruk/validator-mocks"


def shown() -> list[str]:
    return sorted(Entry.objects.filter(status=Status.ACTIVE).values_list("name", flat=True))


def written(tmp_path: Path, *names: str, **more: Any) -> str:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(page([full(name, **more) for name in names]), indent=1))
    return str(file)


# -- Verdicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mock", "code", "told"),
    [
        ("UK-Default", 0, "Passes: 1 services can be read, 0 errors"),
        ("UK-Warn", 1, "Passes with warnings: 1 services can be read, 1 errors"),
    ],
)
@pytest.mark.parametrize("with_theirs", [False, True])
def test_the_published_mocks_get_the_official_verdicts(
    db: None, mocks: Path, mock: str, code: int, told: str, with_theirs: bool, capsys: Told
) -> None:
    theirs = ["--schemas", str(mocks.parent / "schema")] if with_theirs else []

    assert directory.main(["validate", str(mocks / mock), *theirs]) == code

    out = capsys.readouterr().out
    assert told in out
    assert ("taxonomy_term.json line 1: 'description' is a required property" in out) is bool(code)


def test_every_broken_item_is_named_with_its_path(db: None, tmp_path: Path, capsys: Told) -> None:
    broken = [
        full("ok"),
        {"id": "not-a-uuid", "name": "Bad id", "status": "active"},
        {"id": key(1), "status": "active"},
        {"id": key(2), "name": 7, "status": "open", "email": "nobody", "url": "no address"},
        full(3, schedules=[{"id": key(4), "freq": "DAILY"}, {"byday": "MO"}]),
        full(5, service_at_locations=[{"id": key(6), "location": {"id": key(7)}}]),
        "text",
    ]
    file = tmp_path / "services.json"
    file.write_text(json.dumps(page(broken) | {"total_pages": "one"}))

    assert directory.main(["validate", str(file), "--json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "fail"
    assert sorted(fault["path"] for fault in answer["faults"]) == [
        "contents[1].id",
        "contents[2]",
        "contents[3].email",
        "contents[3].name",
        "contents[3].status",
        "contents[4].schedules[0].freq",
        "contents[4].schedules[1]",
        "contents[5].service_at_locations[0].location",
        "contents[6]",
        "total_pages",
    ]
    assert [one["path"] for one in answer["advice"]] == ["contents[3].url"]
    assert answer["faults"][0]["id"] == "not-a-uuid"
    assert not any(fault["is_warning"] for fault in answer["faults"])


def test_a_feed_on_the_web_is_judged_by_all_its_addresses(
    db: None, server: FeedServer, capsys: Told
) -> None:
    server.answers["/taxonomy_terms"] = page([{"id": key("t"), "name": "T", "description": "T"}])
    server.answers[f"/taxonomy_terms/{key('t')}"] = {"id": key("t"), "name": "T"}

    assert directory.main(["validate", server.url, "--json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert (answer["verdict"], answer["services"]) == ("warn", 3)
    assert [fault["reason"] for fault in answer["faults"]] == [
        "'description' is a required property",
        "there is no list of service_at_locations: It answered 404",
    ]


@pytest.mark.parametrize("command", ["validate", "import"])
@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/", "http://localhost/", "file:///etc/passwd", "http://[::1]/"],
)
def test_no_private_address_is_asked(
    db: None, command: str, address: str, capsys: Told, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OWNWAY_DATA_DIR", str(tmp_path))

    assert directory.main([command, address]) == 1

    told = capsys.readouterr().err
    assert "Refused, nothing was taken" in told
    assert "open web" in told or "Only addresses" in told
    assert not Entry.objects.exists()


# -- Bringing in ---------------------------------------------------------------------------------


def test_a_feed_on_the_web_is_brought_in_and_twice_is_once(
    db: None, server: FeedServer, tmp_path: Path, capsys: Told
) -> None:
    assert directory.main(["import", server.url, "--source", "far"]) == 0
    assert "3 new, 0 changed, 0 the same, 0 refused (source: far)" in capsys.readouterr().out
    assert directory.main(["import", f"{server.url}/services", "--source", "far"]) == 0

    assert "0 new, 0 changed, 3 the same, 0 refused" in capsys.readouterr().out
    assert [entry.costs.get().pence for entry in Entry.objects.all()] == [500] * 3
    assert list((tmp_path / "data/feeds").iterdir()) == []


def test_of_a_feed_that_breaks_off_nothing_is_taken_and_the_next_run_goes_on(
    db: None, server: FeedServer, capsys: Told
) -> None:
    good = server.answers[f"/services/{key('c')}"]
    server.answers[f"/services/{key('c')}"] = claims(300, b'{"id": "')
    assert directory.main(["import", server.url, "--source", "far"]) == 1
    assert not Entry.objects.exists()
    assert "cut short" in capsys.readouterr().err
    server.answers[f"/services/{key('c')}"] = good
    server.asked.clear()

    assert directory.main(["import", server.url, "--source", "far"]) == 0

    assert len(shown()) == 3
    assert f"/services/{key('a')}" not in server.asked


def test_a_service_that_does_not_answer_stops_the_rest_unless_the_good_is_wanted(
    db: None, server: FeedServer, capsys: Told
) -> None:
    server.answers[f"/services/{key('b')}"] = 500
    assert directory.main(["import", server.url, "--source", "far"]) == 1
    told = capsys.readouterr().out
    assert f"services/{key('b')}: It answered 500" in told
    assert not Entry.objects.exists()

    assert directory.main(["import", server.url, "--source", "far", "--keep-good"]) == 1

    assert len(shown()) == 3


def test_markup_from_the_web_is_kept_as_words(db: None, server: FeedServer) -> None:
    bad = "<p onclick='x()'>Tea<script>alert(1)</script> &amp; cake</p><img src=x onerror=y>"
    server.answers[f"/services/{key('a')}"] = full("a", description=bad)

    directory.main(["import", server.url, "--source", "far"])

    entry = Entry.objects.get(name="Service a")
    assert entry.what == "Tea & cake"
    assert "alert" not in entry.description + entry.what


def test_things_that_stand_in_themselves_are_read_once(db: None, tmp_path: Path) -> None:
    inside: dict[str, Any] = full("a")
    for _ in range(15):
        inside = full("a", service_at_locations=[{"id": key("l"), "service": inside}])
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(page([inside])))

    assert directory.main(["import", str(file), "--source", "far"]) == 0

    assert shown() == ["Service a"]


# -- Gone ----------------------------------------------------------------------------------------


def test_what_a_whole_feed_tells_of_no_more_is_kept_out_of_sight(
    db: None, tmp_path: Path, capsys: Told
) -> None:
    directory.main(["import", written(tmp_path, "a", "b", "c"), "--source", "far"])

    assert directory.main(["import", written(tmp_path, "a", "b"), "--source", "far"]) == 0

    assert "0 new, 0 changed, 2 the same, 1 gone, 0 refused" in capsys.readouterr().out
    assert shown() == ["Service a", "Service b"]
    gone = Entry.objects.get(name="Service c")
    assert (gone.status, gone.gone_on is None) == (Status.INACTIVE, False)


def test_what_was_gone_and_comes_again_is_shown_again(db: None, tmp_path: Path) -> None:
    for names in (["a", "b"], ["a"], ["a", "b"]):
        directory.main(["import", written(tmp_path, *names), "--source", "far"])

    assert shown() == ["Service a", "Service b"]
    assert not Entry.objects.exclude(gone_on=None).exists()


@pytest.mark.parametrize(
    "partial",
    [
        page([full("a")], of=4),
        page([full("a"), {"id": "bad"}]),
        full("a"),
    ],
)
def test_part_of_a_feed_makes_nothing_go(db: None, tmp_path: Path, partial: Any) -> None:
    directory.main(["import", written(tmp_path, "a", "b"), "--source", "far"])
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(partial))

    directory.main(["import", str(file), "--source", "far"])
    directory.main(["import", str(file), "--source", "far", "--keep-good"])

    assert shown() == ["Service a", "Service b"]


def test_neither_another_source_nor_our_own_makes_anything_go(db: None, tmp_path: Path) -> None:
    directory.main(["import", written(tmp_path, "a", "b"), "--source", "far"])
    directory.main(["import", written(tmp_path, "c", "d"), "--source", "own"])

    directory.main(["import", written(tmp_path, "e"), "--source", "near"])
    directory.main(["import", written(tmp_path, "c"), "--source", "own"])

    assert len(shown()) == 5


def test_a_feed_that_lost_most_of_itself_makes_nothing_go_until_somebody_says_so(
    db: None, tmp_path: Path, capsys: Told
) -> None:
    many = [f"s{number}" for number in range(40)]
    directory.main(["import", written(tmp_path, *many), "--source", "far"])
    few = written(tmp_path, *many[:3])
    capsys.readouterr()

    assert directory.main(["import", few, "--source", "far"]) == 1
    assert "37 of 40 entries are in the feed no more" in capsys.readouterr().out
    assert len(shown()) == 40
    assert directory.main(["import", few, "--source", "far", "--dry-run"]) == 0
    assert "37 gone" in capsys.readouterr().out

    assert directory.main(["import", few, "--source", "far", "--most-are-gone"]) == 0
    assert len(shown()) == 3


def test_a_feed_of_too_many_things_is_refused_before_anything_is_taken(
    db: None, tmp_path: Path, settings: Any, capsys: Told
) -> None:
    settings.FEED_MOST_ITEMS = 4

    assert directory.main(["import", written(tmp_path, *"abcdef"), "--source", "far"]) == 1

    assert "more than 4 things" in capsys.readouterr().err
    assert not Entry.objects.exists()


def test_lines_are_a_feed_too(db: None, tmp_path: Path) -> None:
    file = tmp_path / "feed.ndjson"
    file.write_text("\n".join(json.dumps(full(name)) for name in "abc"))

    assert directory.main(["import", str(file), "--source", "far"]) == 0
    file.write_text("\n".join(json.dumps(full(name)) for name in "ab"))
    assert directory.main(["import", str(file), "--source", "far"]) == 0

    assert shown() == ["Service a", "Service b"]
