"""A small server on this machine that answers as it is told, and keeps what it was asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

HOUSE = UUID("7a1de6b1-6ef5-5ad4-9a6e-3a1f6d2f0d11")


class FeedServer:
    """Answers by path: a body, a function of the query, or a whole answer of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {}
        self.host = ""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.host}"

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        self.asked.append(handler.path)
        parts = urlsplit(handler.path)
        answer = self.answers.get(handler.path, self.answers.get(parts.path, 404))
        if callable(answer) and not isinstance(answer, Raw):
            answer = answer(parse_qs(parts.query))
        if isinstance(answer, Raw):
            answer.write(handler)
        elif isinstance(answer, int):
            send(handler, answer, b"{}")
        else:
            send(handler, 200, json.dumps(answer).encode())


class Raw:
    """An answer that says itself what it sends."""

    def __init__(self, write: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.write = write


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """An answer with its length, or with the one it is told to claim."""
    handler.send_response(status)
    for name, value in ({"Content_Length": str(len(body))} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def sends_to(address: str) -> Raw:
    """An answer that sends elsewhere."""
    return Raw(lambda handler: send(handler, 302, b"", Location=address))


def claims(length: int, body: bytes) -> Raw:
    """An answer that says it is longer than it is, and then ends."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, body, Content_Length=str(length))
        handler.close_connection = True

    return Raw(write)


def drips(seconds: float) -> Raw:
    """An answer that comes a byte at a time and does not end."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.02)

    return Raw(write)


@contextmanager
def serving() -> Iterator[FeedServer]:
    """A server for as long as it is needed."""
    server = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.respond(self)

        def log_message(self, *told: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *told: Any) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.host = f"127.0.0.1:{http.server_address[1]}"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield server
        finally:
            http.shutdown()


def key(name: object) -> str:
    """The same identifier for the same name."""
    return str(uuid5(HOUSE, str(name)))


def short(name: object, **more: Any) -> dict[str, Any]:
    """A service as lists give it."""
    return {"id": key(name), "name": f"Service {name}", "status": "active", **more}


def full(name: object, **more: Any) -> dict[str, Any]:
    """A service by itself."""
    return short(name, cost_options=[{"id": key(f"cost {name}"), "amount": 5}], **more)


def offer(server: FeedServer, names: list[Any], *, a_page: int = 2, **more: Any) -> None:
    """Let a server answer as a whole feed of services does."""
    pages = [names[at : at + a_page] for at in range(0, len(names), a_page)] or [[]]

    def listed(query: dict[str, list[str]]) -> dict[str, Any]:
        number = int(query.get("page", ["1"])[0])
        held = pages[number - 1] if number <= len(pages) else []
        return page([short(name) for name in held], number=number, of=len(pages), total=len(names))

    server.answers |= {"/": {"version": "HSDS-UK-3.0", "profile": "https://example.org/"}}
    server.answers |= {"/services": listed, "/taxonomies": page([])}
    server.answers |= {f"/services/{key(name)}": full(name) for name in names} | more


def page(
    contents: list[Any], *, number: int = 1, of: int = 1, total: int | None = None
) -> dict[str, Any]:
    """A list page."""
    return {
        "total_items": len(contents) if total is None else total,
        "total_pages": of,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == of,
        "empty": not contents,
        "contents": contents,
    }
