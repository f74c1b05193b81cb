"""The parts of an entry: when it changes they are replaced; places and terms are shared."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from ownway.community.directory.actions.facts import (
    EntryFacts,
    PlaceFacts,
    TermFacts,
    names_in,
)
from ownway.community.directory.models import (
    Accessibility,
    Contact,
    Cost,
    Entry,
    EntryPlace,
    EntryTerm,
    Kind,
    Phone,
    Place,
    Postcode,
    Source,
    Term,
    Times,
)
from ownway.community.directory.queries.homes import blur

Pairs = list[tuple[EntryFacts, Entry]]
PLACE_FIELDS: Final = names_in(PlaceFacts, without={"key", "link", "access"})
TERM_FIELDS: Final = names_in(TermFacts, without={"key", "link", "how"})
OWN_PARTS: Final = {"times": Times, "costs": Cost, "contacts": Contact, "phones": Phone}


def replace(pairs: Pairs, *, source: Source) -> None:
    """Give each entry the parts its facts have, and no other."""
    entries = [entry.pk for _, entry in pairs]
    for name, model in OWN_PARTS.items():
        model._default_manager.filter(entry__in=entries).delete()
        model._default_manager.bulk_create(
            model(entry=entry, **vars(part)) for one, entry in pairs for part in getattr(one, name)
        )
    _replace_places(pairs, entries, source)
    _replace_terms(pairs, entries)


def _replace_places(pairs: Pairs, entries: list[int], source: Source) -> None:
    facts = {place.key: place for one, _ in pairs for place in one.places}
    places = _places(facts, source, homes=_homes(pairs))
    EntryPlace.objects.filter(entry__in=entries).delete()
    at = {
        (entry.pk, place.key): EntryPlace(entry=entry, place=places[place.key], key=place.link)
        for one, entry in pairs
        for place in one.places
    }
    EntryPlace.objects.bulk_create(at.values())
    for one, entry in pairs:
        _stand(entry, [places[place.key] for place in one.places])
    Entry.objects.bulk_update(
        [entry for _, entry in pairs], ["easting", "northing", "has_more_places"]
    )


def _stand(entry: Entry, places: list[Place]) -> None:
    """Put an entry on the grid where its first place is."""
    on_grid = [place for place in places if place.easting is not None]
    first = on_grid[0] if on_grid else Place()
    entry.easting, entry.northing = first.easting, first.northing
    entry.has_more_places = len(on_grid) > 1


def _homes(pairs: Pairs) -> set[UUID]:
    """The places where one person lives who offers support."""
    return {place.key for one, _ in pairs if one.kind == Kind.PERSON for place in one.places}


def _places(
    facts: dict[UUID, PlaceFacts], source: Source, *, homes: set[UUID]
) -> dict[UUID, Place]:
    """The places of a batch, made or brought up to date; another source's are left as they are."""
    known = {place.key: place for place in Place.objects.filter(key__in=facts)}
    grid = _on_grid(facts.values())
    wanted = {key: _of(one, PLACE_FIELDS) | grid.get(key, {}) for key, one in facts.items()}
    wanted |= {key: _blurred(wanted[key]) for key in homes}
    new = [
        Place(key=key, source=source, **fields)
        for key, fields in wanted.items()
        if key not in known
    ]
    ours = [place for place in known.values() if place.source_id == source.pk]
    changed = [place for place in ours if _set(place, wanted[place.key])]
    Place.objects.bulk_create(new)
    Place.objects.bulk_update(changed, PLACE_FIELDS)
    _replace_access([*new, *ours], facts)
    return known | {place.key: place for place in new}


def _blurred(fields: dict[str, Any]) -> dict[str, Any]:
    place = Place(**fields)
    blur(place)
    return {name: getattr(place, name) for name in fields}


def _on_grid(places: Iterable[PlaceFacts]) -> dict[UUID, dict[str, int]]:
    """Grid places by postcode, for those whose feed gave no point."""
    without = {
        place.key: place.postcode.replace(" ", "").upper()
        for place in places
        if place.easting is None and place.postcode
    }
    lie = {p.squeezed: p for p in Postcode.objects.filter(squeezed__in=set(without.values()))}
    return {
        key: {"easting": lie[code].easting, "northing": lie[code].northing}
        for key, code in without.items()
        if code in lie
    }


def _replace_access(places: list[Place], facts: dict[UUID, PlaceFacts]) -> None:
    Accessibility.objects.filter(place__in=places).delete()
    Accessibility.objects.bulk_create(
        Accessibility(place=place, **vars(part))
        for place in places
        for part in facts[place.key].access
    )


def _of(one: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _set(place: Place, wanted: dict[str, Any]) -> bool:
    """Bring a place up to date; say whether anything changed."""
    changed = wanted != _of(place, PLACE_FIELDS)
    for name, value in wanted.items():
        setattr(place, name, value)
    return changed


def _replace_terms(pairs: Pairs, entries: list[int]) -> None:
    facts = {term.key: term for one, _ in pairs for term in one.terms}
    terms = _terms(facts)
    EntryTerm.objects.filter(entry__in=entries).delete()
    under = {
        (entry.pk, term.key): EntryTerm(
            entry=entry, term=terms[term.key], key=term.link, link=term.how
        )
        for one, entry in pairs
        for term in one.terms
    }
    EntryTerm.objects.bulk_create(under.values())


def _terms(facts: dict[UUID, TermFacts]) -> dict[UUID, Term]:
    known = {term.key: term for term in Term.objects.filter(key__in=facts)}
    new = [Term(key=key, **_of(one, TERM_FIELDS)) for key, one in facts.items() if key not in known]
    Term.objects.bulk_create(new)
    return known | {term.key: term for term in new}
