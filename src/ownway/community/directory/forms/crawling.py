"""A feed on the web, page by page and service by service, put into a folder to be read from there.

Nothing is brought in before all of it is here. What has come is kept, so that a run that was
stopped goes on where it was; what is older than a day is fetched anew.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from django.conf import settings

from ownway.community.directory.forms.fetching import Asking, CannotFetch
from ownway.community.directory.forms.jsonfeed import LISTS, CannotRead
from ownway.community.directory.forms.oruk import DETAILS
from ownway.community.directory.forms.reading import Fault

FRESH: Final = timedelta(days=1)
MOST_PAGES: Final = 20_000
A_PAGE: Final = 100
# The lists of the standard; a feed may be without those after the first.
KINDS: Final = {
    "services": "entry",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "term",
    "service_at_locations": "at",
}
LISTED: Final = tuple(KINDS)
STATE: Final = "state.txt"
Json = dict[str, Any]


class Crawl:
    """A feed on the web, in a folder."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self._noted = folder / "faults.txt"
        self._asking = Asking()
        self._seen: set[bytes] = set()

    def whole(self, *, lists: Iterable[str] = ("services", "taxonomies")) -> None:
        """Fetch all of it.

        Raises:
            CannotRead: an address may not be asked, or does not answer as a feed does; or the
                pages go round in a circle or are too many.
        """
        try:
            base = self._first()
            for name in lists if base else ():
                self._list(base, name)
        finally:
            self._asking.close()

    def examples(self, *names: str) -> None:
        """One of each kind by itself: the first of each list that is here."""
        for name in names:
            for page in sorted(self.folder.glob(f"{name}-page-*.json"))[:1]:
                first = next((one["id"] for one in _contents(_loaded(page)) if "id" in one), None)
                if first is not None:
                    self._one(name, str(first))
        self._asking.close()

    @property
    def faults(self) -> list[Fault]:
        """What should be there and was not, in this run or the stopped one before it."""
        if not self._noted.exists():
            return []
        told = {line: json.loads(line) for line in self._noted.read_text("utf-8").splitlines()}
        return [
            Fault(what, 0, "", reason, refused=True, kind=KINDS.get(what.partition("/")[0], ""))
            for what, reason in told.values()
        ]

    # -- The start -------------------------------------------------------------------------------

    def _first(self) -> str:
        """The address below which the lists are; nothing when the feed is one file."""
        file = self.folder / "about.json"
        if not file.exists():
            self._fetch(self.address, file)
        parts = urlsplit(self.address)
        path = parts.path.rstrip("/")
        for name in LISTED:
            if path.endswith(f"/{name}") and "ndjson" not in parts.query:
                file.unlink()
                return urlunsplit((parts.scheme, parts.netloc, path.removesuffix(name), "", ""))
        if _is_about(file):
            return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))
        file.rename(self.folder / "feed.json")
        return ""

    # -- Lists -----------------------------------------------------------------------------------

    def _list(self, base: str, name: str) -> None:
        """Every page of a list, and of services every one by itself that is not told in full."""
        number, pages = 1, 1
        while number <= pages:
            page = self._page(base, name, number)
            if page is None:
                return
            pages = _pages(page, name, pages)
            contents = _contents(page)
            self._go_forward(contents, name, number)
            if name == "services":
                self._in_full(base, contents, number)
            if page.get("last_page") is True or not contents:
                return
            number += 1
            if page.get("last_page") is False:
                pages = max(pages, number)

    def _page(self, base: str, name: str, number: int) -> Json | None:
        file = self.folder / f"{name}-page-{number:05}.json"
        if not file.exists():
            asked = urlencode({"page": number, "per_page": A_PAGE})
            try:
                self._fetch(f"{base}{name}?{asked}", file)
            except CannotFetch as refusal:
                if name == LISTED[0] or number > 1 or not refusal.status:
                    raise
                self._note(name, f"there is no list of {name}: {refusal.reason}")
                return None
        page = _loaded(file)
        if not isinstance(page, dict):
            page = {"contents": page}
        return page

    def _go_forward(self, contents: list[Json], name: str, number: int) -> None:
        """Refuse a page that holds nothing but what was there before."""
        keys = {_digest(f"{name}/{one.get('id')}") for one in contents}
        if keys and keys <= self._seen:
            told = f"Page {number} holds only what came before: its pages go round in a circle"
            raise CannotRead(name, 0, told)
        self._seen |= keys
        if len(self._seen) > settings.FEED_MOST_ITEMS:
            most = settings.FEED_MOST_ITEMS
            raise CannotRead(name, 0, f"The feed tells of more than {most:,} things")

    # -- One by one ------------------------------------------------------------------------------

    def _in_full(self, base: str, contents: list[Json], number: int) -> None:
        short = [one for one in contents if not DETAILS & one.keys() and one.get("id")]
        done = self.folder / f"services-page-{number:05}-in-full.json"
        if done.exists() or not short:
            return
        told = list(self._told(base, [str(one["id"]) for one in short]))
        _write(done, json.dumps(told, ensure_ascii=False, indent=1))

    def _told(self, base: str, keys: list[str]) -> Iterator[Any]:
        for key in keys:
            file = self.folder / "one.part"
            address = f"{base}services/{quote(key, safe='')}"
            try:
                self._fetch(address, file)
            except CannotFetch as refusal:
                if not refusal.status:
                    raise
                self._note(f"services/{key}", refusal.reason)
                continue
            value = _loaded(file)
            if not isinstance(value, dict) or str(value.get("id")) != key:
                self._note(f"services/{key}", "it answered with something else")
                continue
            yield value
        (self.folder / "one.part").unlink(missing_ok=True)

    def _one(self, name: str, key: str) -> None:
        base = self.address.rstrip("/").removesuffix("/services") + "/"
        file = self.folder / f"{name}-one.json"
        try:
            self._fetch(f"{base}{name}/{quote(key, safe='')}", file)
        except CannotFetch as refusal:
            if not refusal.status:
                raise
            self._note(f"{name}/{key}", refusal.reason)

    def _fetch(self, address: str, into: Path) -> None:
        part = into.with_suffix(".part")
        self._asking.fetch(address, part)
        part.replace(into)

    def _note(self, what: str, reason: str) -> None:
        with self._noted.open("a", encoding="utf-8") as file:
            print(json.dumps([what[:200], reason]), file=file)


def _pages(page: Json, name: str, known: int) -> int:
    """How many pages a page says there are."""
    told = page.get("total_pages", page.get("totalPages"))
    if not isinstance(told, int) or isinstance(told, bool):
        return known
    if told > MOST_PAGES:
        raise CannotRead(name, 0, f"It says it has {told:,} pages; {MOST_PAGES:,} are taken")
    return max(told, 1)


def folder_for(address: str, *, within: Path, at: datetime) -> Path:
    """Where a feed is kept while it comes: what a stopped run left, unless that is a day old."""
    folder = within / hashlib.sha256(address.encode()).hexdigest()[:24]
    state = folder / STATE
    started = datetime.fromisoformat(state.read_text()) if state.exists() else None
    if started is None or at - started > FRESH:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        _write(state, at.isoformat())
    return folder


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def _loaded(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except RecursionError as error:
        raise CannotRead(file.name, 0, "The answer is nested too deeply") from error
    except ValueError as error:
        file.unlink()
        raise CannotRead(file.name, 0, f"The answer is not whole JSON: {error}") from error


def _contents(page: Any) -> list[Json]:
    found = page.get("contents") if isinstance(page, dict) else page
    if found is None and isinstance(page, dict):
        found = next((page[name] for name in LISTS if name in page), [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_about(file: Path) -> bool:
    """Whether an answer tells of a feed rather than being one; a big one is not even opened."""
    if file.stat().st_size > 100_000:
        return False
    try:
        value = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and bool({"openapi_url", "profile", "version"} & value.keys())


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
