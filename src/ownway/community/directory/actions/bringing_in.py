"""Bringing entries in by the batch: each batch whole or not at all, and the same one once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.text import slugify

from ownway.community.directory.actions import finding, parts
from ownway.community.directory.actions.facts import (
    EntryFacts,
    OwnerFacts,
    TaxonomyFacts,
    names_in,
)
from ownway.community.directory.models import Entry, Kind, Owner, Source, Taxonomy
from ownway.community.directory.models.entries import FOUND_IN, OWN
from ownway.foundation.council.models import Organisation
from ownway.policy import domains

BATCH: Final = 500
RESERVED: Final = frozenset({"list", "entry", "keep", "map", "whats-on", "shortlist"})
PLAIN_FIELDS: Final = (
    "kind",
    "status",
    "name",
    "what",
    "description",
    "alert",
    "url",
    "email",
    "fees",
    "accreditations",
    "minimum_age",
    "maximum_age",
    "area",
    "comes_to_you",
    "checked_on",
    "checked_by",
    "kept",
)
# The council's own judgement: a feed can neither give it nor take it away.
JUDGED: Final = ("mark", "stars")
DOMAIN_NAMES: Final = {domain.key: domain.name for domain in domains.NINE}


@dataclass
class Tally:
    """What bringing in did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[EntryFacts, str]] = field(default_factory=list)


def bring_in(
    facts: Iterable[EntryFacts],
    *,
    source_name: str,
    at: datetime,
    dry_run: bool = False,
    taxonomies: Iterable[TaxonomyFacts] = (),
) -> Iterator[Tally]:
    """Bring entries in, a batch at a time; yields what each batch did as soon as it is kept.

    A stopped run is taken up again by running it again: what is in is passed over.
    """
    rest = iter(facts)
    while batch := list(islice(rest, BATCH)):
        yield _bring_batch(batch, source_name=source_name, at=at, dry_run=dry_run)
    if not dry_run:
        _keep_taxonomies(taxonomies)


def not_ours(facts: Sequence[EntryFacts], *, source_name: str) -> list[tuple[EntryFacts, str]]:
    """Those that another source brought, each with why it is not this one's to change."""
    keys = [one.key for one in facts]
    others = Entry.objects.filter(key__in=keys).exclude(source__name=source_name)
    taken = {one.key: _taken(one.source) for one in others.select_related("source").only(
        "key", "source__name"
    )}  # fmt: skip
    return [(one, taken[one.key]) for one in facts if one.key in taken]


@transaction.atomic
def _bring_batch(
    batch: Sequence[EntryFacts], *, source_name: str, at: datetime, dry_run: bool
) -> Tally:
    tally = Tally()
    source, _ = Source.objects.get_or_create(name=source_name)
    known = {entry.key: entry for entry in _locked(batch)}
    new: list[tuple[EntryFacts, Entry]] = []
    changed: list[tuple[EntryFacts, Entry]] = []
    for one in batch:
        entry = known.get(one.key)
        if entry is None:
            new.append((one, Entry(key=one.key, source=source)))
        elif entry.source_id != source.pk:
            tally.refused.append((one, _taken(entry.source)))
        elif entry.fingerprint == one.fingerprint:
            tally.same += 1
        else:
            changed.append((one, entry))
    tally.new, tally.changed = len(new), len(changed)
    if new or changed:
        _store(new, changed, source=source, at=at)
    if dry_run:
        transaction.set_rollback(True)
    return tally


def _taken(source: Source) -> str:
    if source.name == OWN:
        return "it is one of our own entries, which no feed may change"
    return f"it came from {source.name}; if this is the same feed, use --source {source.name}"


def _locked(batch: Sequence[EntryFacts]) -> list[Entry]:
    keys = [one.key for one in batch]
    found = Entry.objects.select_for_update(of=("self",)).select_related("source")
    return list(found.filter(key__in=keys).defer(*FOUND_IN).order_by("pk"))


def _store(
    new: list[tuple[EntryFacts, Entry]],
    changed: list[tuple[EntryFacts, Entry]],
    *,
    source: Source,
    at: datetime,
) -> None:
    everything = new + changed
    owners = _owners([one.owner for one, _ in everything if one.owner], source=source)
    slugs = _free_slugs([one for one, _ in new])
    for one, entry in everything:
        _fill(entry, one, owner=owners.get(one.owner.key) if one.owner else None, at=at)
    for one, entry in new:
        entry.slug = slugs[one.key]
    Entry.objects.bulk_create([entry for _, entry in new])
    names = ["owner", "domains", "found_by", "fingerprint", "gone_on", "changed_at", "source_key"]
    Entry.objects.bulk_update([entry for _, entry in changed], [*PLAIN_FIELDS, *JUDGED, *names])
    with_details = [(one, entry) for one, entry in everything if one.has_details]
    parts.replace(with_details, source=source)
    finding.note([entry.pk for _, entry in everything])


def _fill(entry: Entry, one: EntryFacts, *, owner: Owner | None, at: datetime) -> None:
    for name in PLAIN_FIELDS:
        setattr(entry, name, getattr(one, name))
    if entry.source.name == OWN:
        _judge(entry, one)
    entry.source_key = one.source_key
    entry.domains = list(one.domains) or entry.domains
    entry.owner = owner
    entry.found_by = _found_by(one)
    entry.fingerprint = one.fingerprint
    entry.gone_on = None
    entry.changed_at = at


def _judge(entry: Entry, one: EntryFacts) -> None:
    """Take the sheet's mark and stars, but never over an award or the ratings of people."""
    if entry.mark_until is None:
        entry.mark = one.mark
    if not entry.rated_by:
        entry.stars = one.stars


def _found_by(one: EntryFacts) -> str:
    """Words an entry is also found by: its owner, its place, its terms and its parts of life."""
    words = [one.owner.name if one.owner else ""]
    words += [term.name for term in one.terms]
    words += [DOMAIN_NAMES[key] for key in one.domains]
    # Nobody may learn where a person lives by looking for the street.
    if one.kind == Kind.PERSON:
        words += [place.town for place in one.places]
    else:
        words += [f"{place.name} {place.town} {place.postcode}" for place in one.places]
    return "\n".join(dict.fromkeys(word.strip() for word in words if word.strip()))


def _free_slugs(new: list[EntryFacts]) -> dict[UUID, str]:
    """An address for each new entry: its name, or where that is taken, with some of its key."""
    wanted = {one.key: list(_slugs(one)) for one in new}
    asked = [slug for slugs in wanted.values() for slug in slugs]
    taken = set(Entry.objects.filter(slug__in=asked).values_list("slug", flat=True)) | RESERVED
    given: dict[UUID, str] = {}
    for key, slugs in wanted.items():
        given[key] = next(slug for slug in slugs if slug not in taken)
        taken.add(given[key])
    return given


def _slugs(one: EntryFacts) -> Iterator[str]:
    name = slugify(one.name)[:50].strip("-") or "entry"
    yield name
    yield f"{name}-{one.key.hex[:6]}"
    yield f"{name}-{one.key.hex}"
    yield f"e-{one.key.hex}-{uuid5(one.key, one.name).hex}"


OWNER_FIELDS: Final = names_in(OwnerFacts, without={"key"})


def _owners(found: list[OwnerFacts], *, source: Source) -> dict[UUID, Owner]:
    """Who offers the entries of a batch, made or brought up to date; another source's are left."""
    facts = {one.key: one for one in found}
    known = {owner.key: owner for owner in Owner.objects.filter(key__in=facts)}
    sign_in_here = _organisations(facts.values())
    new: list[Owner] = []
    changed: list[Owner] = []
    for key, one in facts.items():
        owner = known.get(key) or Owner(key=key, source=source)
        is_changed = _set_owner(owner, one, organisation=sign_in_here.get(one.name.lower()))
        if key not in known:
            new.append(owner)
        elif is_changed and owner.source_id == source.pk:
            changed.append(owner)
    Owner.objects.bulk_create(new)
    Owner.objects.bulk_update(changed, [*OWNER_FIELDS, "organisation"])
    return known | {owner.key: owner for owner in new}


def _set_owner(owner: Owner, one: OwnerFacts, *, organisation: int | None) -> bool:
    """Bring an owner up to date; say whether anything changed."""
    wanted = {name: getattr(one, name) for name in OWNER_FIELDS}
    wanted["organisation_id"] = owner.organisation_id or organisation
    changed = any(getattr(owner, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(owner, name, value)
    return changed


def _organisations(owners: Iterable[OwnerFacts]) -> dict[str, int]:
    """Which owners are organisations that sign in here, by name."""
    names = [owner.name for owner in owners]
    found = Organisation.objects.filter(name__in=names).values_list("name", "pk")
    return {name.lower(): key for name, key in found}


@transaction.atomic
def _keep_taxonomies(found: Iterable[TaxonomyFacts]) -> None:
    """Keep published lists of terms, known by their keys."""
    for one in found:
        Taxonomy.objects.update_or_create(
            key=one.key, defaults={n: v for n, v in vars(one).items() if n != "key"}
        )
