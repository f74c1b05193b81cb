"""A sheet of our own entries: looked at row by row, then taken whole or not at all.

A column that is not in the sheet leaves its field as it is; an empty cell empties it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from ownway.community.directory.actions import freshness, publishing
from ownway.community.directory.actions.facts import EntryFacts, OwnerFacts
from ownway.community.directory.models import Cost, Entry, Owner, Source, Times, Upload, Version
from ownway.community.directory.models.entries import OWN
from ownway.community.directory.queries import content as contents
from ownway.community.directory.queries import wording
from ownway.community.directory.queries.content import Content, Difference
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Organisation, Staff

FIELD_OF: Final[Mapping[str, str]] = {
    "name": "name",
    "what": "what",
    "description": "description",
    "times": "times",
    "price": "prices",
    "domains": "domains",
    "address": "address",
    "town": "town",
    "postcode": "postcode",
    "phone": "phones",
    "email": "email",
    "website": "url",
    "access": "access",
    "words": "words",
    "area": "area",
    "kind": "kind",
    "at_home": "comes_to_you",
    "alert": "alert",
}


class CannotTake(Exception):
    """The sheet was taken or thrown away already."""


@dataclass(frozen=True)
class Row:
    """One row of a sheet against the directory."""

    name: str
    entry: Entry | None
    said: Content
    differences: list[Difference]
    checked_on: date | None
    owner: OwnerFacts | None

    @property
    def is_new(self) -> bool:
        """Whether we have no entry of it."""
        return self.entry is None

    @property
    def is_same(self) -> bool:
        """Whether it changes nothing."""
        return self.entry is not None and not self.differences and not self.is_newly_checked

    @property
    def is_newly_checked(self) -> bool:
        """Whether the sheet knows of a later check."""
        if self.entry is None or self.checked_on is None:
            return False
        return self.entry.checked_on is None or self.entry.checked_on < self.checked_on


def rows_of(facts: Sequence[EntryFacts], *, columns: Collection[str]) -> list[Row]:
    """Each row beside the entry it is about. A constant number of queries."""
    ours = Entry.objects.filter(source__name=OWN)
    keys, names = [one.key for one in facts], [one.name for one in facts]
    found = contents.with_parts(ours.filter(key__in=keys) | ours.filter(name__in=names))
    by_key = {entry.key: entry for entry in found}
    by_name = {entry.name: entry for entry in found}
    return [_row(one, by_key.get(one.key) or by_name.get(one.name), columns) for one in facts]


def _row(one: EntryFacts, entry: Entry | None, columns: Collection[str]) -> Row:
    whole = _content(one)
    said = {field: whole[field] for column, field in FIELD_OF.items() if column in columns}
    before = contents.content_of(entry) if entry else contents.EMPTY
    return Row(
        name=one.name,
        entry=entry,
        said=said,
        differences=contents.differences(before, before | said),
        checked_on=one.checked_on,
        owner=one.owner,
    )


def _content(one: EntryFacts) -> Content:
    place = one.places[0] if one.places else None
    return contents.EMPTY | {
        "kind": one.kind,
        "name": one.name,
        "what": one.what,
        "description": one.description,
        "times": [wording.time_words(Times(**vars(part))) for part in one.times],
        "prices": [wording.price_words(Cost(**vars(part))) for part in one.costs],
        "comes_to_you": one.comes_to_you,
        "address": place.address if place else "",
        "town": place.town if place else "",
        "postcode": place.postcode if place else "",
        "access": [part.words for part in place.access] if place else [],
        "phones": [part.number for part in one.phones],
        "email": one.email,
        "url": one.url,
        "area": one.area,
        "domains": list(one.domains),
        "words": [term.name for term in one.terms],
        "alert": one.alert,
    }


def stands(rows: Sequence[Row]) -> str:
    """A short mark of how all the entries of a sheet stand."""
    each = [
        contents.stands(contents.content_of(row.entry)) if row.entry else f"new {row.name}"
        for row in rows
    ]
    return sha256("\n".join(each).encode()).hexdigest()[:16]


def keep_upload(name: str, raw: bytes, *, by: Staff, at: datetime) -> Upload:
    """Keep a sheet until it is looked at and taken.

    Raises:
        PermissionDenied: `by` does not keep the directory.
    """
    council.require(by.sign_in, "directory.keep")
    return Upload.objects.create(name=name[:120], raw=raw, by=by, at=at)


@transaction.atomic
def take(
    upload: Upload,
    facts: Sequence[EntryFacts],
    *,
    columns: Collection[str],
    seen: str,
    by: Staff,
    at: datetime,
) -> int:
    """Take a whole sheet; says how many entries are new or changed.

    Raises:
        PermissionDenied: `by` does not keep the directory.
        CannotTake: it was taken or thrown away already.
        Moved: an entry does not stand as it did when the sheet was looked at.
    """
    council.require(by.sign_in, "directory.keep")
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.taken_at or upload.dropped_at:
        raise CannotTake("This sheet has been taken already, or thrown away")
    rows = rows_of(facts, columns=columns)
    if stands(rows) != seen:
        raise publishing.Moved("An entry has changed since you looked at this sheet. Look again")
    done = sum(_take(row, by=by, at=at) for row in rows)
    upload.taken_at, upload.raw = at, b""
    upload.save(update_fields=["taken_at", "raw"])
    return done


def _take(row: Row, *, by: Staff, at: datetime) -> bool:
    how, entry = Version.How.SHEET, row.entry
    if entry is None:
        owner = _owner(row.owner) if row.owner else None
        entry = publishing.add(row.said, owner=owner, how=how, by=by.sign_in, at=at)
    elif not row.is_same:
        publishing.publish(entry, row.said, how=how, by=by.sign_in, at=at)
    if row.checked_on and (row.is_new or row.is_newly_checked):
        day = min(row.checked_on, localdate(at))
        freshness.checked(entry, on=day, who="the council", by=by.sign_in, at=at)
    return not row.is_same


def _owner(one: OwnerFacts) -> Owner:
    source, _ = Source.objects.get_or_create(name=OWN)
    organisation = Organisation.objects.filter(name__iexact=one.name).first()
    found, _ = Owner.objects.get_or_create(
        key=one.key,
        defaults={
            "source": source,
            "name": one.name,
            "phone": one.phone,
            "website": one.website,
            "organisation": organisation,
        },
    )
    return found


@transaction.atomic
def drop(upload: Upload, *, at: datetime) -> None:
    """Throw a sheet away that was not taken."""
    Upload.objects.filter(pk=upload.pk, taken_at=None).update(dropped_at=at, raw=b"")
