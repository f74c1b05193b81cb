"""Bringing entries in."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from ownway.community.directory import actions
from ownway.community.directory.actions import bringing_in
from ownway.community.directory.actions.facts import (
    AccessFacts,
    CostFacts,
    EntryFacts,
    OwnerFacts,
    PlaceFacts,
    TermFacts,
)
from ownway.community.directory.models import Cost, Entry, EntryTerm, Owner, Place, Postcode
from ownway.foundation.council.models import Organisation
from tests.community.directory.conftest import NOON


def key(number: int) -> UUID:
    return UUID(int=number)


def facts(number: int = 1, **known: object) -> EntryFacts:
    place = PlaceFacts(
        key(50), key(51), name="Hall", postcode="AL1 1AA", access=(AccessFacts(key(52), "Lift"),)
    )
    one = EntryFacts(
        key=key(number),
        source_key=str(number),
        name=f"Entry {number}",
        owner=OwnerFacts(key(40), "Owner"),
        places=(place,),
        costs=(CostFacts(key(60), 500, "each"),),
        terms=(TermFacts(key(70), key(71), "Gardening"),),
    )
    return replace(one, **known)  # type: ignore[arg-type]


def bring(*found: EntryFacts, source: str = "feed", dry_run: bool = False) -> list[actions.Tally]:
    return list(actions.bring_in(found, source_name=source, at=NOON, dry_run=dry_run))


def test_an_entry_comes_in_with_everything_about_it(db: None) -> None:
    actions.load_postcodes([("AL11AA", 451_609, 290_000, False)])

    (tally,) = bring(facts())

    entry = Entry.objects.get()
    assert (tally.new, entry.name, entry.slug) == (1, "Entry 1", "entry-1")
    assert entry.owner == Owner.objects.get(name="Owner")
    assert [(place.name, place.easting) for place in entry.places.all()] == [("Hall", 451_609)]
    assert (entry.easting, entry.has_more_places) == (451_609, False)
    assert [cost.pence for cost in entry.costs.all()] == [500]
    assert "Gardening" in entry.found_by


def test_the_same_again_changes_nothing(db: None) -> None:
    bring(facts())
    history = Entry.pgh_event_model.objects.count()  # type: ignore[attr-defined]
    costs = list(Cost.objects.values_list("pk"))

    (tally,) = bring(facts())

    assert (tally.new, tally.changed, tally.same) == (0, 0, 1)
    assert Entry.pgh_event_model.objects.count() == history  # type: ignore[attr-defined]
    assert list(Cost.objects.values_list("pk")) == costs


def test_a_change_replaces_the_parts_and_keeps_the_address(db: None) -> None:
    bring(facts())

    (tally,) = bring(facts(name="New name", costs=(), terms=()))

    entry = Entry.objects.get()
    assert (tally.changed, entry.name, entry.slug) == (1, "New name", "entry-1")
    assert not entry.costs.exists()
    assert not EntryTerm.objects.exists()


def test_the_short_form_leaves_the_parts_that_are_known(db: None) -> None:
    bring(facts())

    bring(facts(name="New name", has_details=False, costs=(), places=(), terms=()))

    entry = Entry.objects.get()
    assert (entry.name, entry.costs.count(), entry.places.count()) == ("New name", 1, 1)


def test_an_entry_of_another_source_is_refused_and_left_as_it_was(db: None) -> None:
    bring(facts(), source="own")

    (tally,) = bring(facts(name="Taken over"), facts(2), source="feed")

    assert [reason for _, reason in tally.refused] == [
        "it is one of our own entries, which no feed may change"
    ]
    assert set(Entry.objects.values_list("name", flat=True)) == {"Entry 1", "Entry 2"}


def test_owners_and_places_of_another_source_are_left_as_they_are(db: None) -> None:
    bring(facts(), source="own")
    moved = replace(facts().places[0], name="Elsewhere", easting=1, northing=1)

    bring(facts(2, owner=OwnerFacts(key(40), "Renamed"), places=(moved,)), source="feed")

    assert (Owner.objects.get().name, Place.objects.get().name) == ("Owner", "Hall")


def test_a_feed_can_neither_give_nor_take_the_councils_mark_and_stars(db: None) -> None:
    bring(facts(mark=2, stars=Decimal(5)))
    assert (Entry.objects.get().mark, Entry.objects.get().stars) == (0, None)

    Entry.objects.update(mark=1, stars=Decimal("4.5"))
    bring(facts(name="New name"))

    assert (Entry.objects.get().mark, Entry.objects.get().stars) == (1, Decimal("4.5"))


def test_a_dry_run_counts_and_changes_nothing(db: None) -> None:
    (tally,) = bring(facts(), facts(2), dry_run=True)

    assert tally.new == 2
    assert not Entry.objects.exists()


def test_a_batch_that_fails_is_undone_whole_and_those_before_it_stay(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    broken = facts(4, name="x" * 300)

    with pytest.raises(Exception, match="too long"):
        bring(facts(1), facts(2), facts(3), broken)
    kept = set(Entry.objects.values_list("source_key", flat=True))
    done = bring(facts(1), facts(2), facts(3), facts(4))

    assert kept == {"1", "2"}
    assert [(tally.same, tally.new) for tally in done] == [(2, 0), (0, 2)]


def test_two_entries_of_one_name_have_two_addresses(db: None) -> None:
    bring(facts(1, name="Garden"), facts(2, name="Garden"))
    bring(facts(3, name="Garden"), facts(4, name="List"), facts(5, name="日本"))

    slugs = set(Entry.objects.values_list("slug", flat=True))
    assert len(slugs) == 5
    assert "list" not in slugs
    assert "garden" in slugs


def test_an_owner_that_signs_in_here_is_known_by_its_name(db: None) -> None:
    organisation = Organisation.objects.create(name="Sit-Awhile", kind="voluntary")

    bring(facts(owner=OwnerFacts(key(40), "Sit-Awhile")))

    assert Owner.objects.get().organisation == organisation


def test_postcodes_are_loaded_all_or_none_and_again_without_harm(db: None) -> None:
    rows = [("AL11AA", 1, 2, False), ("AL11AB", 3, 4, True)]

    assert actions.load_postcodes(rows) == 2
    assert actions.load_postcodes([("AL11AA", 5, 6, False)]) == 1
    assert actions.load_postcodes([("AL11AC", 5, 6, False)], dry_run=True) == 1

    assert list(Postcode.objects.order_by("pk").values_list("pk", "easting")) == [
        ("AL11AA", 5),
        ("AL11AB", 3),
    ]
