"""Asking the open web, and never one's own network."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ownway.community.directory.forms import fetching
from ownway.community.directory.forms.fetching import Asking, CannotFetch, is_open, look_up
from tests.community.directory.feed_server import FeedServer, claims, drips, sends_to, serving


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as found:
        found.answers["/"] = {"hello": 1}
        yield found


@pytest.fixture
def may_ask(settings: Any, server: FeedServer) -> FeedServer:
    """The server, with the leave only tests can give."""
    settings.FEED_MAY_ASK = [server.host]
    return server


def fetched(address: str, into: Path) -> str:
    with Asking() as asking:
        return asking.fetch(address, into)


def names(monkeypatch: pytest.MonkeyPatch, **hosts: list[str]) -> None:
    """Let names lead where a test says."""
    real = socket.getaddrinfo

    def looked(host: str, port: int, **more: Any) -> list[Any]:
        if host.replace(".", "_") not in hosts:
            return real(host, port, **more)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (to, port))
            for to in hosts[host.replace(".", "_")]
        ]

    monkeypatch.setattr(socket, "getaddrinfo", looked)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.8", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "fec0::1", "::ffff:8.8.8.8"),
    ],
)
def test_an_address_that_is_not_on_the_open_web_is_known(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111"])
def test_an_address_on_the_open_web_is_known(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "017700000001"),
        *("[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::ffff:7f00:1]"),  # noqa: S104
    ],
)
def test_no_spelling_of_this_machine_is_asked(
    server: FeedServer, tmp_path: Path, host: str
) -> None:
    port = server.host.partition(":")[2]

    with pytest.raises(CannotFetch, match=r"open web|no host"):
        fetched(f"http://{host}:{port}/", tmp_path / "answer")

    assert server.asked == []
    assert not (tmp_path / "answer").exists()


def test_a_name_that_leads_home_is_not_asked_nor_one_of_which_one_end_does(
    server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, inside_example=["127.0.0.1"], both_example=["93.184.216.34", "127.0.0.1"])
    port = server.host.partition(":")[2]

    for host in ("inside.example", "both.example"):
        with pytest.raises(CannotFetch, match="open web"):
            fetched(f"http://{host}:{port}/", tmp_path / "answer")

    assert server.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, town_example=["93.184.216.34"])
    went: list[Any] = []

    def connected(address: tuple[str, int], timeout: float) -> socket.socket:
        went.append(address)
        raise TimeoutError

    monkeypatch.setattr(fetching.socket, "create_connection", connected)

    with pytest.raises(CannotFetch, match="nothing came"):
        fetched("http://town.example/services", tmp_path / "answer")

    assert went == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "//example.org/"),
        *("http://", "http://me:secret@example.org/", "http://example.org:99999/", "services"),
        *(
            "http://[::1/",
            "http://example.org/a b",
            "http://example.org/\r\nHost: x",
            "http://.../",
        ),
        "http://example.org/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(CannotFetch):
        look_up(address)


def test_what_is_answered_is_put_into_the_file(may_ask: FeedServer, tmp_path: Path) -> None:
    assert fetched(f"{may_ask.url}/", tmp_path / "answer") == f"{may_ask.url}/"

    assert (tmp_path / "answer").read_text() == '{"hello": 1}'
    assert may_ask.asked == ["/"]


def test_a_redirect_is_followed_and_looked_at_again(may_ask: FeedServer, tmp_path: Path) -> None:
    may_ask.answers |= {"/old": sends_to("/"), "/home": sends_to("http://127.0.0.1:9/secret")}
    may_ask.answers["/file"] = sends_to("file:///etc/passwd")

    assert fetched(f"{may_ask.url}/old", tmp_path / "answer") == f"{may_ask.url}/"
    with pytest.raises(CannotFetch, match="not on the open web"):
        fetched(f"{may_ask.url}/home", tmp_path / "answer")
    with pytest.raises(CannotFetch, match="Only addresses that start with"):
        fetched(f"{may_ask.url}/file", tmp_path / "answer")


def test_a_redirect_to_a_server_at_home_does_not_reach_it(
    may_ask: FeedServer, tmp_path: Path
) -> None:
    with serving() as inside:
        may_ask.answers["/"] = sends_to(f"{inside.url}/latest/meta-data")

        with pytest.raises(CannotFetch, match="not on the open web"):
            fetched(f"{may_ask.url}/", tmp_path / "answer")

        assert inside.asked == []


def test_redirects_in_a_circle_end(may_ask: FeedServer, tmp_path: Path) -> None:
    may_ask.answers["/"] = sends_to("/")

    with pytest.raises(CannotFetch, match="more than 5 times"):
        fetched(f"{may_ask.url}/", tmp_path / "answer")

    assert len(may_ask.asked) == 6


def test_an_answer_that_is_too_big_is_let_go(
    may_ask: FeedServer, tmp_path: Path, settings: Any
) -> None:
    settings.FEED_ANSWER_BYTES = 1000
    may_ask.answers["/"] = {"big": "x" * 5000}

    with pytest.raises(CannotFetch, match="more than is taken"):
        fetched(f"{may_ask.url}/", tmp_path / "answer")


def test_many_answers_together_have_an_end_too(
    may_ask: FeedServer, tmp_path: Path, settings: Any
) -> None:
    settings.FEED_MOST_BYTES = 20
    with Asking() as asking:
        asking.fetch(f"{may_ask.url}/", tmp_path / "answer")

        with pytest.raises(CannotFetch, match="more than is taken"):
            asking.fetch(f"{may_ask.url}/", tmp_path / "answer")


def test_an_answer_that_is_cut_short_is_refused(may_ask: FeedServer, tmp_path: Path) -> None:
    may_ask.answers["/"] = claims(100, b'{"contents": []}')

    with pytest.raises(CannotFetch, match=r"cut short: 16 of 100 bytes|to the end"):
        fetched(f"{may_ask.url}/", tmp_path / "answer")


def test_an_answer_that_never_ends_is_left(
    may_ask: FeedServer, tmp_path: Path, settings: Any
) -> None:
    settings.FEED_ANSWER_SECONDS = 0.3
    may_ask.answers["/"] = drips(5)

    with pytest.raises(CannotFetch, match="took longer"):
        fetched(f"{may_ask.url}/", tmp_path / "answer")


def test_an_error_is_told_with_its_number(may_ask: FeedServer, tmp_path: Path) -> None:
    with pytest.raises(CannotFetch, match="answered 404") as told:
        fetched(f"{may_ask.url}/nothing", tmp_path / "answer")

    assert told.value.status == 404
