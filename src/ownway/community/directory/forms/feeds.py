"""A feed as entries: a file or a folder of endpoints, Open Referral UK 3.0 or Outpost.

What several files tell of the same service (a list, its full page, its places) is put together
before it is read, so the order of the files makes no difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from ownway.community.directory.actions.facts import EntryFacts, TaxonomyFacts
from ownway.community.directory.forms import oruk, outpost
from ownway.community.directory.forms.jsonfeed import (
    CannotRead,
    FeedFile,
    Span,
    Walk,
    bytes_of,
    opened,
    origin_of,
)
from ownway.community.directory.forms.reading import Fault, Origin, Part, Refused, json_key
from ownway.design.questionnaire.jsontext import NotJson
from ownway.design.questionnaire.jsontext import Path as Steps

MOST_FILES: Final = 20_000
MOST_BYTES: Final = 400_000_000
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


class Mention(NamedTuple):
    """Where a feed tells of something: a file, an object in it, and the way down inside."""

    file: FeedFile
    span: Span
    steps: Steps
    size: int


@dataclass
class Feed:
    """What a feed holds, by the identifiers it uses."""

    name: str
    source: str
    entries: dict[str, list[Mention]] = field(default_factory=dict)
    outpost: dict[str, Mention] = field(default_factory=dict)
    places: dict[str, list[Mention]] = field(default_factory=dict)
    owners: dict[str, Mention] = field(default_factory=dict)
    offered_by: dict[str, str] = field(default_factory=dict)
    taxonomies: dict[str, Mention] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many services it tells of, good and bad."""
        return len(self.entries) + len(self.outpost)

    def batches(self) -> list[str]:
        """The files of the feed that tell of services or lists of terms: each is a batch."""
        told = [*self.entries.values(), *([m] for m in self.outpost.values())]
        told += [[m] for m in self.taxonomies.values()]
        return sorted({mentions[0].file.name for mentions in told})

    def read(self, batch: str | None = None) -> Iterator[EntryFacts]:
        """Yield each entry, or those of one batch.

        What cannot be an entry goes to `faults`, what was left out to `notes`.
        """
        readers = [
            *((key, mentions, self._oruk) for key, mentions in self.entries.items()),
            *((key, [mention], self._outpost) for key, mention in self.outpost.items()),
        ]
        for key, mentions, reader in readers:
            if batch not in (None, mentions[0].file.name):
                continue
            try:
                yield reader(key, mentions)
            except Refused as refused:
                self.faults.append(refused.fault)
            except NotJson as problem:
                self.faults.append(_not_json(mentions[0], problem))

    def read_taxonomies(self, batch: str | None = None) -> Iterator[TaxonomyFacts]:
        """Yield each list of terms, or those of one batch."""
        for mention in self.taxonomies.values():
            if batch not in (None, mention.file.name):
                continue
            try:
                yield oruk.taxonomy(self._part(mention, {}))
            except Refused as refused:
                self.faults.append(refused.fault)
            except NotJson as problem:
                self.faults.append(_not_json(mention, problem))

    def _outpost(self, key: str, mentions: list[Mention]) -> EntryFacts:
        return outpost.entry(self._part(mentions[0], {}))

    def _oruk(self, key: str, mentions: list[Mention]) -> EntryFacts:
        read: dict[tuple[str, int], Origin] = {}
        tellings = [self._part(m, read) for m in sorted(mentions, key=lambda m: -m.size)]
        entry = _together(tellings)
        links = [*entry.parts("service_at_locations")]
        links += [self._part(mention, read) for mention in self.places.get(key, [])]
        return oruk.entry(entry, at=_once(links), owner=self._owner(key, entry, read))

    def _owner(self, key: str, entry: Part, read: dict[tuple[str, int], Origin]) -> Part | None:
        inside = entry.part("organization")
        named = inside.text("id") if inside else entry.text("organization_id")
        named = named or self.offered_by.get(key, "")
        known = self.owners.get(named)
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
    feed = Feed(path.name, source)
    for file in files_of(path):
        walk, before = Walk(file), ""
        for span, value in walk.objects():
            before = _sort(feed, file, span, value, before=before)
        _note_other_pages(feed, walk)
    if not feed.count and not feed.taxonomies:
        told = "; the first fault: " + str(feed.faults[0]) if feed.faults else ""
        raise CannotRead(path.name, 0, f"Nothing in it is a service{told}")
    return feed


def files_of(path: Path) -> Iterator[FeedFile]:
    """The files of a feed, in the order of their names; links are not followed.

    Raises:
        CannotRead: there is none, or they are too many, too big, or not text.
    """
    if path.is_file():
        yield opened(bytes_of(path, path.name), name=path.name)
        return
    found = sorted(
        each for each in path.rglob("*.json") if each.is_file() and not each.is_symlink()
    )
    if not found:
        raise CannotRead(path.name, 0, "There is no .json file in this folder")
    if len(found) > MOST_FILES:
        raise CannotRead(path.name, 0, f"The folder has more than {MOST_FILES:,} files")
    if sum(each.stat().st_size for each in found) > MOST_BYTES:
        raise CannotRead(path.name, 0, f"The folder is bigger than {MOST_BYTES // 1_000_000} MB")
    for each in found:
        name = str(each.relative_to(path))
        yield opened(bytes_of(each, name), name=name)


def _note_other_pages(feed: Feed, walk: Walk) -> None:
    for name in ("total_pages", "totalPages"):
        pages = walk.header.get(name)
        if isinstance(pages, int) and pages > 1:
            told = f"this is one page of {pages}; the others are not in this file"
            feed.notes.append(Fault(walk.file.name, 1, name, told))


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
        feed.entries.setdefault(key, []).append(mention)
    elif role == "outpost":
        feed.outpost.setdefault(key, mention)
    elif role == "at":
        _file_at(feed, mention, value)
    elif role == "owner":
        _file_owner(feed, key, mention, value)
    elif role == "taxonomy":
        feed.taxonomies.setdefault(key, mention)
    elif not role:
        told = "we cannot tell what this is: it looks like no part of a directory feed"
        feed.faults.append(
            Fault(mention.file.name, mention.span.line, mention.span.label, told, refused=True)
        )


def _note_twice(feed: Feed, key: str, mention: Mention) -> None:
    for other in feed.entries.get(key, []):
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
        feed.entries.setdefault(key, []).append(inner)
    key = key or str(value.get("service_id") or "")
    if key:
        feed.places.setdefault(key, []).append(mention)


def _file_owner(feed: Feed, key: str, mention: Mention, value: dict[str, Any]) -> None:
    known = feed.owners.get(key)
    if known is None or known.size < mention.size:
        feed.owners[key] = mention
    services = value.get("services")
    for number, service in enumerate(services if isinstance(services, list) else []):
        if isinstance(service, dict) and _key(service):
            steps = (*mention.steps, "services", number)
            inner = mention._replace(steps=steps, size=len(service))
            feed.entries.setdefault(_key(service), []).append(inner)
            feed.offered_by.setdefault(_key(service), key)
