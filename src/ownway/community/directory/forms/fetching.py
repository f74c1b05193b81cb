"""Asking an address on the open web for a feed, without ever asking one's own network.

Whoever names an address could name one behind the council's own wall. So every name is looked up
first, and one that leads anywhere but to the open web is refused; the connection then goes to the
very address that was looked at, for a name can lead elsewhere a moment later. The same is done
for each redirect and each next page.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from ownway.community.directory.forms.jsonfeed import CannotRead

BLOCK: Final = 64 * 1024
MOST_REDIRECTS: Final = 5
MOST_LETTERS: Final = 2000
MOVED: Final = (301, 302, 303, 307, 308)
SILENCE: Final = 20.0
HEADERS: Final = {
    "Accept": "application/json, application/x-ndjson",
    "Accept-Encoding": "identity",
    "User-Agent": "Ownway directory",
}
# Not the open web, though not all of it is called private: what the protocol keeps for itself, and
# addresses that hold another one inside, which could lead home by a detour.
CLOSED: Final = tuple(
    ipaddress.ip_network(net)
    for net in (
        *("192.0.0.0/24", "fec0::/10", "::/96", "::ffff:0:0/96", "64:ff9b::/96"),
        *("64:ff9b:1::/48", "2001::/32", "2002::/16"),
    )
)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class CannotFetch(CannotRead):
    """An address that was not asked, or did not answer as a feed does."""

    def __init__(self, address: str, reason: str, *, status: int = 0) -> None:
        super().__init__(address[:200], 0, reason)
        self.status = status


class Target(NamedTuple):
    """A host as it was looked up: where the connection goes, and what it is called."""

    scheme: str
    host: str
    port: int
    pinned: str


def is_open(address: str) -> bool:
    """Whether an address is on the open web: not private, not this machine, not a wrapped one."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if any(found in net for net in CLOSED):
        return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_link_local
    )


def look_up(address: str) -> tuple[SplitResult, Target]:
    """Where an address leads.

    Raises:
        CannotFetch: it is no web address, leads nowhere, or not to the open web.
    """
    parts, port = _split(address)
    host = parts.hostname or ""
    may = f"{host}:{port}" in settings.FEED_MAY_ASK
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise CannotFetch(address, f"There is no host called {host}") from error
    if not found or not (may or all(is_open(one) for one in found)):
        raise CannotFetch(
            address, f"{host} is not on the open web: private addresses are not asked"
        )
    return parts, Target(parts.scheme, host, port, found[0])


def _split(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise CannotFetch(address, "This is not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotFetch(address, "Only addresses that start with https:// or http:// are asked")
    if parts.username is not None or parts.password is not None:
        raise CannotFetch(address, "An address with a name or password in it is not asked")
    if len(address) > MOST_LETTERS or not address.isprintable() or " " in address:
        raise CannotFetch(address, "This is not a web address")
    return parts, port or (443 if parts.scheme == "https" else 80)


class Asking:
    """Asks addresses one after another; a connection is kept while it leads to the same place."""

    def __init__(self) -> None:
        self._target: Target | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._socket: socket.socket | None = None
        self._is_late = False
        self.taken = 0

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch(self, address: str, into: Path) -> str:
        """Put what an address answers into a file; return the address that answered.

        Raises:
            CannotFetch: see `look_up`; or it sends elsewhere too often, answers with an error, too
                much, too slowly or not to the end.
        """
        # Something that sends a byte now and then is never silent, but still has to end.
        bell = threading.Timer(settings.FEED_ANSWER_SECONDS, self._ring)
        bell.start()
        try:
            for _ in range(MOST_REDIRECTS + 1):
                elsewhere = self._fetch(address, into)
                if elsewhere is None:
                    return address
                address = urljoin(address, elsewhere)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise CannotFetch(
                address, f"It did not answer to the end: {self._why(error)}"
            ) from error
        except CannotFetch:
            self.close()
            raise
        finally:
            bell.cancel()
        raise CannotFetch(address, f"It sends elsewhere more than {MOST_REDIRECTS} times")

    def _fetch(self, address: str, into: Path) -> str | None:
        """Take an answer, or return where it sends."""
        parts, target = look_up(address)
        answer = self._ask(parts, target)
        elsewhere = answer.getheader("Location")
        if answer.status in MOVED and elsewhere:
            self.close()
            return elsewhere
        self._take(answer, address, into)
        return None

    def _ring(self) -> None:
        self._is_late = True
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _why(self, error: Exception) -> str:
        if self._is_late:
            return f"it took longer than {settings.FEED_ANSWER_SECONDS} seconds"
        if isinstance(error, TimeoutError):
            return f"nothing came for {SILENCE:.0f} seconds"
        if isinstance(error, ssl.SSLCertVerificationError):
            return "its certificate is not to be trusted"
        return str(getattr(error, "strerror", "") or error or type(error).__name__)

    def close(self) -> None:
        """Let the connection go."""
        if self._connection:
            self._connection.close()
        self._connection = self._target = self._socket = None

    def _ask(self, parts: SplitResult, target: Target) -> http.client.HTTPResponse:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        is_kept = self._connection is not None and self._target == target
        connection = self._connected(target)
        try:
            connection.request("GET", path, headers=HEADERS)
            return connection.getresponse()
        except (OSError, http.client.HTTPException):
            if not is_kept:
                raise
        # A kept connection may have been let go at the other end: once more with a new one.
        self.close()
        connection = self._connected(target)
        connection.request("GET", path, headers=HEADERS)
        return connection.getresponse()

    def _connected(self, target: Target) -> http.client.HTTPConnection:
        if self._connection is None or self._target != target:
            self.close()
            self._connection, self._target = _connection(target), target
            # Kept by itself: an answer that ends with its connection takes the socket along.
            self._socket = self._connection.sock
        return self._connection

    def _take(self, answer: http.client.HTTPResponse, address: str, into: Path) -> None:
        if answer.status != 200:
            raise CannotFetch(address, f"It answered {answer.status}", status=answer.status)
        if answer.getheader("Content-Encoding", "identity") != "identity":
            raise CannotFetch(address, "It answered packed, though it was asked not to")
        with into.open("wb") as file:
            for block in self._blocks(answer, address):
                file.write(block)
        # All of it is read: the connection can be asked again.
        answer.close()

    def _blocks(self, answer: http.client.HTTPResponse, address: str) -> Iterator[bytes]:
        told, got = answer.length, 0
        while block := answer.read1(BLOCK):
            got += len(block)
            self.taken += len(block)
            if got > settings.FEED_ANSWER_BYTES or self.taken > settings.FEED_MOST_BYTES:
                raise CannotFetch(address, "It answered more than is taken of one feed")
            yield block
        if self._is_late:
            raise TimeoutError
        if told is not None and got < told:
            raise CannotFetch(address, f"It was cut short: {got:,} of {told:,} bytes came")


def _connection(target: Target) -> http.client.HTTPConnection:
    """A connection to the address that was looked at, whatever its name leads to by now."""
    plain: http.client.HTTPConnection = http.client.HTTPConnection(
        target.host, target.port, timeout=SILENCE
    )
    joined = socket.create_connection((target.pinned, target.port), timeout=SILENCE)
    if target.scheme == "https":
        context = ssl.create_default_context()
        joined = context.wrap_socket(joined, server_hostname=target.host)
        plain.default_port = target.port
    plain.sock = joined
    return plain
