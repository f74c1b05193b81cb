"""A feed as entries: a file or a folder of endpoints, Open Referral UK 3.0 or Outpost.

What several files tell of the same service (a list, its full page, its places) is put together
before it is read, so the order of the files makes no difference.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from ownway.community.directory.actions.facts import EntryFacts, TaxonomyFacts
from ownway.community.directory.forms import oruk, outpost
from ownway.community.directory.forms.index import Index, Mention
from ownway.community.directory.forms.jsonfeed import (
    CannotRead,
    FeedFile,
    Span,
    Walk,
    origin_of,
    sized,
)
from ownway.community.directory.forms.reading import Fault, Origin, Part, Refused, json_key
from ownway.design.questionnaire.jsontext import NotJson

MOST_FILES: Final = 20_000
ENTRIES: Final = ("entry", "outpost")
# What tells the kinds of object apart, asked in this order.
SIGNS: Final = (
    ("at", {"location", "location_id", "service"}),
    ("outpost", {"organisation", "regular_schedules", "locations"}),
    ("taxonomy", {"taxonomy_terms"}),
    (
        "entry",
        {
            "status",
            "schedules",
            "service_areas",
            "service_at_locations",
            "cost_options",
            "organization",
            "organization_id",
            "assured_date",
            "fees",
        },
    ),
    ("owner", {"organization_identifiers", "services", "website", "parent_organization_id"}),
    ("term", {"term", "term_uri", "parent_id", "taxonomy", "slug", "label"}),
    ("taxonomy", {"uri"}),
    ("about", {"openapi_url", "profile"}),
)
BY_NAME: Final = (
    ("service_at_location", "at"),
    ("service", "entry"),
    ("organization", "owner"),
    ("taxonomy_term", "term"),
    ("taxonom", "taxonomy"),
    ("api_detail", "about"),
)


class Feed:
    """What a feed holds, by the identifiers it uses."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source
        self.index = Index(name)
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        # Whether a list of services is among it, and no page of that list is missing.
        self.is_whole = False

    @property
    def count(self) -> int:
        """How many services it tells of, good and bad."""
        return self.index.count(*ENTRIES)

    @property
    def has_lists(self) -> bool:
        """Whether it tells of lists of terms."""
        return self.index.count("taxonomy") > 0

    def holds(self, source_key: str) -> bool:
        """Whether it tells of the service with this identifier."""
        return self.index.knows(source_key, *ENTRIES)

    def batches(self) -> list[str]:
        """The files of the feed that tell of services or lists of terms: each is a batch."""
        return self.index.names(*ENTRIES, "taxonomy")

    def read(self, batch: str | None = None) -> Iterator[EntryFacts]:
        """Yield each entry, or those of one batch.

        What cannot be an entry goes to `faults`, what was left out to `notes`.
        """
        for role, key in self.index.keys(*ENTRIES, name=batch):
            mentions = self.index.of(role, key)
            try:
                yield self._outpost(mentions) if role == "outpost" else self._oruk(key, mentions)
            except Refused as refused:
                self.faults.append(refused.fault)
            except NotJson as problem:
                self.faults.append(_not_json(mentions[0], problem))

    def read_taxonomies(self, batch: str | None = None) -> Iterator[TaxonomyFacts]:
        """Yield each list of terms, or those of one batch."""
        for role, key in self.index.keys("taxonomy", name=batch):
            mention = self.index.of(role, key)[0]
            try:
                yield oruk.taxonomy(self._part(mention, {}))
            except Refused as refused:
                self.faults.append(refused.fault)
            except NotJson as problem:
                self.faults.append(_not_json(mention, problem))

    def _outpost(self, mentions: list[Mention]) -> EntryFacts:
        return outpost.entry(self._part(mentions[0], {}))

    def _oruk(self, key: str, mentions: list[Mention]) -> EntryFacts:
        read: dict[tuple[str, int], Origin] = {}
        tellings = [self._part(m, read) for m in sorted(mentions, key=lambda m: -m.size)]
        entry = _together(tellings)
        links = [*entry.parts("service_at_locations")]
        links += [self._part(mention, read) for mention in self.index.of("at", key)]
        return oruk.entry(entry, at=_once(links), owner=self._owner(key, entry, read))

    def _owner(self, key: str, entry: Part, read: dict[tuple[str, int], Origin]) -> Part | None:
        inside = entry.part("organization")
        named = inside.text("id") if inside else entry.text("organization_id")
        named = named or self.index.offered_by(key)
        known = max(self.index.of("owner", named), key=lambda m: m.size, default=None)
        if inside and (known is None or len(inside.value) >= known.size):
            return inside
        return self._part(known, read) if known else inside

    def _part(self, mention: Mention, read: dict[tuple[str, int], Origin]) -> Part:
        """The object of a mention; the same object is read once for one entry."""
        at = (mention.file.name, mention.span.start)
        if at not in read:
            read[at] = origin_of(mention.file, mention.span)
        value = read[at].value
        for step in mention.steps:
            value = value[step]
        return Part(value, read[at], mention.steps, self.source, self.notes)


def _together(tellings: list[Part]) -> Part:
    """What several places tell of one service; the fullest is believed first."""
    first = tellings[0]
    value: dict[str, Any] = {}
    homes: dict[str, Part] = {}
    for telling in tellings:
        for name, told in telling.value.items():
            if value.get(name) is None:
                value[name], homes[name] = told, telling
    return Part(value, first.origin, first.path, first.source, first.notes, homes)


def _once(links: Iterable[Part]) -> Iterator[Part]:
    seen = set()
    for link in links:
        key = link.text("id") or json_key(link.value)
        if key not in seen:
            seen.add(key)
            yield link


def _not_json(mention: Mention, problem: NotJson) -> Fault:
    line = mention.span.line - 1 + problem.line
    return Fault(mention.file.name, line, mention.span.label, problem.reason, refused=True)


def read_feed(path: Path, *, source: str) -> Feed:
    """Walk a feed file, or a folder whose files are endpoints.

    Raises:
        CannotRead: a file is not whole JSON, too big, or nothing in it is a service.
    """
    feed, pages = Feed(path.name, source), Pages()
    for file in files_of(path):
        walk, role = Walk(file), ""
        for span, value in walk.objects():
            role = _sort(feed, file, span, value, before=role)
            pages.has_list |= bool(span.label) and role in ENTRIES
        pages.see(walk, role)
    feed.notes += pages.missing()
    feed.is_whole = pages.are_whole
    if not feed.count and not feed.has_lists:
        told = "; the first fault: " + str(feed.faults[0]) if feed.faults else ""
        raise CannotRead(path.name, 0, f"Nothing in it is a service{told}")
    return feed


class Pages:
    """Which pages of which lists were seen, to say which are missing."""

    def __init__(self) -> None:
        self.has_list = False
        self._seen: dict[tuple[str, str, int], set[Any]] = {}
        self._files: dict[tuple[str, str, int], str] = {}

    def see(self, walk: Walk, role: str) -> None:
        """Take in what a page says of itself."""
        for name in ("total_pages", "totalPages"):
            pages = walk.header.get(name)
            if isinstance(pages, int) and pages > 1:
                key = (role, name, pages)
                number = str(walk.header.get("page_number", walk.header.get("page")))
                self._seen.setdefault(key, set()).add(number)
                self._files.setdefault(key, walk.file.name)

    def missing(self) -> Iterator[Fault]:
        """A note for each list of which pages are missing."""
        for (role, name, pages), seen in self._seen.items():
            if len(seen) < pages:
                told = f"this is one page of {pages}; the others are not in this file"
                if len(seen) > 1:
                    told = f"these are {len(seen)} pages of {pages}; the others are not here"
                yield Fault(self._files[role, name, pages], 1, name, told)

    @property
    def are_whole(self) -> bool:
        """Whether a list of services was seen to its end."""
        told = [(len(seen), key) for key, seen in self._seen.items() if key[0] in ENTRIES]
        return self.has_list and all(seen >= pages for seen, (_, _, pages) in told)


def files_of(path: Path) -> Iterator[FeedFile]:
    """The files of a feed, in the order of their names; links are not followed.

    Raises:
        CannotRead: there is none, or they are too many, too big, or not text.
    """
    if path.is_file():
        yield sized(path, path.name)
        return
    found = sorted(
        each for each in path.rglob("*.json") if each.is_file() and not each.is_symlink()
    )
    if not found:
        raise CannotRead(path.name, 0, "There is no .json file in this folder")
    if len(found) > MOST_FILES:
        raise CannotRead(path.name, 0, f"The folder has more than {MOST_FILES:,} files")
    if sum(each.stat().st_size for each in found) > settings.FEED_MOST_BYTES:
        most = settings.FEED_MOST_BYTES / 1_000_000
        raise CannotRead(path.name, 0, f"The folder is bigger than {most:,.0f} MB")
    for each in found:
        yield sized(each, str(each.relative_to(path)))


def role_of(value: dict[str, Any], file: FeedFile, before: str) -> str:
    """What an object is: by what it has, or by the one before it, or by the name of the file."""
    for role, signs in SIGNS:
        if signs & value.keys():
            return role
    stem = file.name.lower()
    by_name = next((role for start, role in BY_NAME if stem.startswith(start)), "")
    return before or by_name or ("entry" if {"name", "description"} & value.keys() else "")


def _sort(feed: Feed, file: FeedFile, span: Span, value: Any, *, before: str) -> str:
    """Put an object where it belongs, with those inside it; return what it is."""
    if not isinstance(value, dict):
        feed.faults.append(
            Fault(file.name, span.line, span.label, "this is not an object", refused=True)
        )
        return before
    role = role_of(value, file, before)
    mention = Mention(file, span, (), len(value))
    _file_under(feed, role, mention, value)
    return role


def _file_under(feed: Feed, role: str, mention: Mention, value: dict[str, Any]) -> None:
    key = _key(value) or f"no id, line {mention.span.line}, {mention.span.label}{mention.steps}"
    if role == "entry":
        _note_twice(feed, key, mention)
        feed.index.add("entry", key, mention)
    elif role == "at":
        _file_at(feed, mention, value)
    elif role == "owner":
        _file_owner(feed, key, mention, value)
    elif role in ("outpost", "taxonomy"):
        feed.index.add(role, key, mention)
    elif not role:
        told = "we cannot tell what this is: it looks like no part of a directory feed"
        feed.faults.append(
            Fault(mention.file.name, mention.span.line, mention.span.label, told, refused=True)
        )


def _note_twice(feed: Feed, key: str, mention: Mention) -> None:
    for other in feed.index.of("entry", key):
        if other.file is mention.file and not other.steps:
            told = f"the id {key[:40]} is here twice (line {other.span.line} too); put together"
            feed.notes.append(Fault(mention.file.name, mention.span.line, mention.span.label, told))


def _key(value: dict[str, Any]) -> str:
    found = value.get("id")
    return str(found) if isinstance(found, str | int) else ""


def _file_at(feed: Feed, mention: Mention, value: dict[str, Any]) -> None:
    """A service at a location: the place belongs to the service it names, or has inside."""
    inside = value.get("service")
    key = _key(inside) if isinstance(inside, dict) else ""
    if key and isinstance(inside, dict):
        inner = mention._replace(steps=(*mention.steps, "service"), size=len(inside))
        feed.index.add("entry", key, inner)
    key = key or str(value.get("service_id") or "")
    if key:
        feed.index.add("at", key, mention)


def _file_owner(feed: Feed, key: str, mention: Mention, value: dict[str, Any]) -> None:
    feed.index.add("owner", key, mention)
    services = value.get("services")
    for number, service in enumerate(services if isinstance(services, list) else []):
        if isinstance(service, dict) and _key(service):
            steps = (*mention.steps, "services", number)
            inner = mention._replace(steps=steps, size=len(service))
            feed.index.add("entry", _key(service), inner)
            feed.index.offer(_key(service), owner=key)
