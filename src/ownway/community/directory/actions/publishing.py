"""Writing an entry from plain values, and keeping every version of it.

Only what changed is written: times with dates of their own, and other places, stay as they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from ownway.community.directory.actions import finding, lines
from ownway.community.directory.actions.bringing_in import RESERVED
from ownway.community.directory.models import (
    Accessibility,
    Contact,
    Cost,
    Entry,
    EntryPlace,
    EntryTerm,
    HiddenFor,
    Kind,
    Owner,
    Phone,
    Place,
    Postcode,
    Source,
    Term,
    Times,
    Version,
)
from ownway.community.directory.models.entries import OWN
from ownway.community.directory.queries import content as contents
from ownway.community.directory.queries import homes, wording
from ownway.community.directory.queries.content import Content
from ownway.community.directory.queries.publishing import HOUSE
from ownway.foundation.council.models import SignIn
from ownway.policy import domains

DOMAIN_NAMES: Final = {domain.key: domain.name for domain in domains.NINE}


How = Version.How


class Moved(Exception):
    """Somebody else changed it since it was read; nothing was written."""


class NotOurs(Exception):
    """The entry comes from a feed: what is typed here would be lost when it comes again."""


def lock(entry: Entry) -> Entry:
    """The entry with its parts, held until the transaction ends."""
    Entry.objects.select_for_update(of=("self",)).only("pk").get(pk=entry.pk)
    return contents.with_parts(Entry.objects.all()).get(pk=entry.pk)


@transaction.atomic
def publish(
    entry: Entry,
    said: Content,
    *,
    how: How,
    by: SignIn | None,
    at: datetime,
    because: str = "",
    seen: str = "",
) -> Version | None:
    """Write these fields of an entry and keep the version; nothing when nothing changes.

    Raises:
        Moved: it does not stand as `seen` any more.
        NotOurs: it comes from a feed.
    """
    entry = lock(entry)
    if entry.source.name != OWN:
        raise NotOurs(f"This entry comes from {entry.source}. Change it there")
    before = contents.content_of(entry)
    if seen and seen != contents.stands(before):
        raise Moved("Somebody else changed this entry while you had it open")
    after = before | said
    changed = {name for name in contents.LABELS if before[name] != after[name]}
    if not changed:
        return None
    keep_as_it_was(entry, before, at=at)
    _write(entry, after, changed, at=at)
    return _keep(entry, after, how=how, by=by, at=at, because=because)


@transaction.atomic
def add(
    said: Content,
    *,
    owner: Owner | None,
    how: How,
    by: SignIn | None,
    at: datetime,
) -> Entry:
    """Make a new entry of our own."""
    source, _ = Source.objects.get_or_create(name=OWN)
    after = contents.EMPTY | said
    key = _free_key(after["name"])
    entry = Entry(key=key, source=source, source_key=after["name"], owner=owner)
    entry.slug, entry.name = _free_slug(after["name"], key), after["name"]
    entry.changed_at = at
    entry.save(force_insert=True)
    _write(lock(entry), after, set(contents.LABELS), at=at)
    _keep(entry, after, how=how, by=by, at=at, because="")
    entry.refresh_from_db()
    return entry


def _free_key(name: str) -> UUID:
    """The key a sheet would give an entry of this name, so that a later sheet finds it again."""
    key = uuid5(HOUSE, f"{OWN}/entry/{name.lower()}")
    taken = Entry.objects.filter(key=key) | Entry.objects.filter(source__name=OWN, source_key=name)
    return uuid4() if taken.exists() else key


def _free_slug(name: str, key: UUID) -> str:
    wanted = slugify(name)[:50].strip("-") or "entry"
    taken = Entry.objects.filter(slug=wanted).exists() or wanted in RESERVED
    return f"{wanted}-{key.hex[:12]}" if taken else wanted


def keep_as_it_was(entry: Entry, before: Content, *, at: datetime) -> None:
    """Keep how it stood when that is no version yet: it was brought in, or a sheet changed it."""
    newest = Version.objects.filter(entry=entry).first()
    if newest is None or newest.content != before:
        _keep(entry, before, how=How.BEFORE, by=None, at=entry.changed_at, because="")


def _keep(
    entry: Entry,
    content: Content,
    *,
    how: How,
    by: SignIn | None,
    at: datetime,
    because: str,
) -> Version:
    newest = Version.objects.filter(entry=entry).values_list("number", flat=True).first() or 0
    return Version.objects.create(
        entry=entry,
        number=newest + 1,
        content=content,
        how=how,
        by=by,
        at=at,
        because=because[:300],
    )


def _write(entry: Entry, after: Content, changed: set[str], *, at: datetime) -> None:
    for name in changed & set(contents.ROW_FIELDS):
        setattr(entry, name, after[name])
    for name in changed & set(contents.DAYS):
        setattr(entry, name, date.fromisoformat(after[name]) if after[name] else None)
    entry.domains = after["domains"]
    for name, write in PARTS.items():
        if name in changed:
            write(entry, after[name])
    if changed & {"contact_name", "contact_title"}:
        _contact(entry, after["contact_name"], after["contact_title"])
    if changed & {"kind", "place_name", "address", "town", "postcode", "access"}:
        _place(entry, after, is_other_kind="kind" in changed)
    entry.found_by, entry.changed_at = _found_by(entry, after), at
    entry.hidden_for = hidden_by_day(entry, on=localdate(at))
    entry.save()
    finding.note([entry.pk])


def hidden_by_day(entry: Entry, *, on: date) -> list[str]:
    """Why it is out of sight, with what the day itself says of it."""
    reasons = {*entry.hidden_for} - {HiddenFor.NOT_YET, HiddenFor.OVER}
    ends = [day for day in (entry.shown_until, entry.last_day) if day]
    if entry.shown_from and on < entry.shown_from:
        reasons.add(HiddenFor.NOT_YET)
    if ends and on > min(ends):
        reasons.add(HiddenFor.OVER)
    return sorted(str(one) for one in reasons)


def _keep_lines(rows: Iterable[Any], wanted: list[str], line: Callable[[Any], str]) -> list[str]:
    """Take away rows whose line is not wanted any more; return the lines that have no row yet."""
    have: dict[str, Any] = {}
    for row in rows:
        text = line(row)
        if text in wanted and text not in have:
            have[text] = row
        else:
            row.delete()
    return [text for text in wanted if text not in have]


def _times(entry: Entry, wanted: list[str]) -> None:
    new = _keep_lines(entry.times.all(), wanted, wording.time_words)
    Times.objects.bulk_create(
        Times(entry=entry, key=uuid4(), **asdict(lines.read_times(text))) for text in new
    )


def _prices(entry: Entry, wanted: list[str]) -> None:
    new = _keep_lines(entry.costs.all(), wanted, wording.price_words)
    Cost.objects.bulk_create(
        Cost(entry=entry, key=uuid4(), **asdict(lines.read_price(text))) for text in new
    )


def _phones(entry: Entry, wanted: list[str]) -> None:
    new = _keep_lines(
        entry.phones.all(), wanted, lambda one: contents.phone_line(one.number, one.words)
    )
    for text in new:
        number, _, words = text.partition(", ")
        Phone.objects.create(entry=entry, key=uuid4(), number=number[:40], words=words[:255])


def _words(entry: Entry, wanted: list[str]) -> None:
    new = _keep_lines(entry.listed_under.select_related("term"), wanted, lambda one: one.term.name)
    for word in new:
        key = uuid5(HOUSE, f"{OWN}/word/{word.lower()}")
        term, _ = Term.objects.get_or_create(
            key=key, defaults={"name": word[:255], "taxonomy": "Words of the sheet"}
        )
        EntryTerm.objects.get_or_create(entry=entry, term=term, defaults={"key": uuid4()})


PARTS: Final[dict[str, Callable[[Entry, list[str]], None]]] = {
    "times": _times,
    "prices": _prices,
    "phones": _phones,
    "words": _words,
}


def _contact(entry: Entry, name: str, title: str) -> None:
    first = next(iter(entry.contacts.all()), None)
    if first is not None and not (name or title):
        first.delete()
    elif name or title:
        contact = first or Contact(entry=entry, key=uuid4())
        contact.name, contact.title = name[:160], title[:160]
        contact.save()


def _place(entry: Entry, after: Content, *, is_other_kind: bool) -> None:
    """Move its first place; a place that others share is left to them."""
    link = entry.at.select_related("place").first()
    old = link.place if link else None
    if not any(after[name] for name in ("place_name", "address", "postcode")):
        if link is not None:
            link.delete()
    else:
        place = old if old is not None and not _is_shared(old, entry) else None
        place = place or Place(key=uuid4(), source=entry.source)
        _fill_place(place, after, is_moved=is_other_kind or place.postcode != after["postcode"])
        if entry.kind == Kind.PERSON:
            homes.blur(place)
        place.save()
        _ways_in(place, after["access"])
        if link is None or link.place_id != place.pk:
            if link is not None:
                link.delete()
            EntryPlace.objects.create(entry=entry, place=place, key=uuid4())
    _stand(entry)


def _is_shared(place: Place, entry: Entry) -> bool:
    return EntryPlace.objects.filter(place=place).exclude(entry=entry).exists()


def _fill_place(place: Place, after: Content, *, is_moved: bool) -> None:
    place.name, place.address = after["place_name"], after["address"]
    place.town, place.postcode = after["town"], after["postcode"]
    if is_moved:
        place.latitude = place.longitude = None
        lies = Postcode.objects.filter(squeezed=after["postcode"].replace(" ", "")).first()
        place.easting = lies.easting if lies else None
        place.northing = lies.northing if lies else None


def _ways_in(place: Place, wanted: list[str]) -> None:
    new = _keep_lines(
        place.access.all(), wanted, lambda one: contents.access_line(one.words, one.details)
    )
    Accessibility.objects.bulk_create(
        Accessibility(place=place, key=uuid4(), words=words) for words in new
    )


def _stand(entry: Entry) -> None:
    """Put the entry on the grid where its first place is."""
    links = entry.at.select_related("place").filter(place__easting__isnull=False)
    on_grid = [link.place for link in links[:2]]
    first = on_grid[0] if on_grid else Place()
    entry.easting, entry.northing = first.easting, first.northing
    entry.has_more_places = len(on_grid) > 1


def _found_by(entry: Entry, after: Content) -> str:
    words = [entry.owner.name if entry.owner else "", *after["words"]]
    words += [DOMAIN_NAMES[key] for key in after["domains"]]
    is_home = entry.kind == Kind.PERSON
    words += [
        after["town"] if is_home else f"{after['place_name']} {after['town']} {after['postcode']}"
    ]
    return "\n".join(dict.fromkeys(word.strip() for word in words if word.strip()))
