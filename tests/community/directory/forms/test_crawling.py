"""A feed on the web, fetched whole."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ownway.community.directory.forms import CannotRead, Crawl, folder_for, read_feed
from tests.community.directory.conftest import NOON
from tests.community.directory.feed_server import (
    FeedServer,
    claims,
    full,
    key,
    offer,
    page,
    serving,
    short,
)


@pytest.fixture
def server(settings: Any) -> Iterator[FeedServer]:
    with serving() as found:
        settings.FEED_MAY_ASK = [found.host]
        yield found


def crawled(server: FeedServer, folder: Path, path: str = "/") -> Crawl:
    crawl = Crawl(server.url + path, folder)
    crawl.whole()
    return crawl


@pytest.mark.parametrize("path", ["/", "", "/services", "/services?page=2"])
def test_every_page_and_every_service_of_it_is_fetched_once(
    server: FeedServer, tmp_path: Path, path: str
) -> None:
    offer(server, [1, 2, 3, 4, 5])

    crawled(server, tmp_path, path)

    feed = read_feed(tmp_path, source="far")
    assert (feed.count, feed.is_whole, feed.faults, feed.notes) == (5, True, [], [])
    assert [entry.costs[0].pence for entry in feed.read()] == [500] * 5
    asked = [path for path in server.asked if path.startswith("/services/")]
    assert sorted(asked) == sorted(f"/services/{key(n)}" for n in range(1, 6))


def test_services_that_the_list_tells_in_full_are_not_asked_again(
    server: FeedServer, tmp_path: Path
) -> None:
    offer(server, [])
    server.answers["/services"] = page([full(1), full(2)])

    crawled(server, tmp_path)

    assert not [path for path in server.asked if path.startswith("/services/")]
    assert read_feed(tmp_path, source="far").count == 2


def test_a_feed_that_is_one_file_is_fetched_as_it_is(server: FeedServer, tmp_path: Path) -> None:
    server.answers["/feed.json"] = page([full(1)])

    crawled(server, tmp_path, "/feed.json")

    assert server.asked == ["/feed.json"]
    assert read_feed(tmp_path, source="far").count == 1


@pytest.mark.parametrize("of", [3, 19_000])
def test_pages_that_lead_back_are_refused_as_a_circle(
    server: FeedServer, tmp_path: Path, of: int
) -> None:
    offer(server, [1, 2])
    server.answers["/services"] = page([full(1), full(2)], of=of) | {"last_page": False}

    with pytest.raises(CannotRead, match="round in a circle"):
        crawled(server, tmp_path)

    assert len([path for path in server.asked if path.startswith("/services?")]) == 2


def test_pages_without_end_are_refused(server: FeedServer, tmp_path: Path, settings: Any) -> None:
    settings.FEED_MOST_ITEMS = 50
    offer(server, [])

    def more(query: dict[str, list[str]]) -> dict[str, Any]:
        number = int(query["page"][0])
        return page([full(f"{number}")], number=number, of=number + 1)

    server.answers["/services"] = more

    with pytest.raises(CannotRead, match="more than 50 things"):
        crawled(server, tmp_path)


def test_a_feed_that_says_it_has_too_many_pages_is_not_begun(
    server: FeedServer, tmp_path: Path
) -> None:
    offer(server, [])
    server.answers["/services"] = page([full(1)], of=10**9)

    with pytest.raises(CannotRead, match="1,000,000,000 pages"):
        crawled(server, tmp_path)


@pytest.mark.parametrize(
    "answer", [claims(500, b'{"contents": ['), page([short(1)], of=2), 500, [[[1]]]]
)
def test_a_page_that_is_cut_short_or_broken_is_refused(
    server: FeedServer, tmp_path: Path, answer: Any
) -> None:
    offer(server, [1, 2, 3, 4])
    server.answers["/services?page=2&per_page=100"] = answer
    server.answers["/services?page=1&per_page=100"] = page([full(1)], of=2)

    try:
        crawled(server, tmp_path)
        feed = read_feed(tmp_path, source="far")
    except CannotRead:
        return
    assert feed.faults or not feed.is_whole or feed.notes or feed.count == 1


def test_a_service_that_does_not_answer_is_named_and_the_others_come(
    server: FeedServer, tmp_path: Path
) -> None:
    offer(server, [1, 2, 3])
    server.answers[f"/services/{key(2)}"] = 500
    server.answers[f"/services/{key(3)}"] = full(1)

    crawl = crawled(server, tmp_path)

    assert [(fault.file, fault.reason) for fault in crawl.faults] == [
        (f"services/{key(2)}", "It answered 500"),
        (f"services/{key(3)}", "it answered with something else"),
    ]


def test_a_run_that_stops_goes_on_where_it_was(server: FeedServer, tmp_path: Path) -> None:
    offer(server, [1, 2, 3, 4, 5, 6])
    whole = server.answers[f"/services/{key(5)}"]
    server.answers[f"/services/{key(5)}"] = claims(500, b"{")
    folder = folder_for(server.url, within=tmp_path, at=NOON)
    with pytest.raises(CannotRead):
        crawled(server, folder)
    server.answers[f"/services/{key(5)}"] = whole
    server.asked.clear()

    again = folder_for(server.url, within=tmp_path, at=NOON + timedelta(hours=2))
    crawled(server, again)

    assert again == folder
    services = [path for path in server.asked if path.startswith("/services")]
    assert services == [f"/services/{key(5)}", f"/services/{key(6)}"]
    assert read_feed(folder, source="far").count == 6


def test_what_a_stopped_run_left_is_a_day_old_and_fetched_anew(
    server: FeedServer, tmp_path: Path
) -> None:
    folder = folder_for(server.url, within=tmp_path, at=NOON)
    (folder / "services-page-00001.json").write_text(json.dumps(page([full("old")])))

    folder_for(server.url, within=tmp_path, at=NOON + timedelta(hours=25))

    assert not list(folder.glob("*.json"))


@pytest.mark.parametrize("odd", ["../../etc/passwd", "a/b?c#d", "%2e%2e", "é ü", "x" * 500])
def test_an_identifier_cannot_lead_to_another_address(
    server: FeedServer, tmp_path: Path, odd: str
) -> None:
    offer(server, [])
    server.answers["/services"] = page([{"id": odd, "name": "Odd", "status": "active"}])

    crawl = crawled(server, tmp_path)

    assert len(crawl.faults) == 1
    assert {path.split("?")[0].count("/") for path in server.asked} <= {1, 2}
    assert {file.parent for file in tmp_path.rglob("*.json")} == {tmp_path}
