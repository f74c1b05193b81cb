"""What keepers, owners and volunteers ask: what is due, what waits, whose it is, whom to tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from ownway.community.directory.models import (
    Change,
    Check,
    Entry,
    Mistake,
    Round,
    Rung,
    Upload,
    Version,
)
from ownway.community.directory.models.entries import FOUND_IN, OWN, SHOWN
from ownway.community.directory.queries import content as contents
from ownway.community.directory.queries import freshness
from ownway.community.directory.queries.content import Content
from ownway.foundation.council import access as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.council.queries import setting, staff_members

SOON_DAYS: Final = 30
NEEDED: Final = {
    "event": ("name", "what", "first_day"),
    "person": ("name", "what"),
}


# -- Whom to tell, and who sees to it ------------------------------------------------------------


def keeper() -> Staff | None:
    """Who keeps the directory: of the access officers the one with the least to do for it."""
    roles = council.POWERS["directory.keep"]
    open_ones = Count("tasks", filter=Q(tasks__done_at=None, tasks__kind__startswith="directory."))
    found = staff_members().filter(role__in=roles).annotate(has=open_ones)
    return found.order_by(F("role").asc(), "has", "pk").first()


def address_of(entry: Entry) -> str:
    """The e-mail address of whoever answers for an entry; empty when we have none."""
    owner = entry.owner
    if owner is None:
        return entry.email
    ours = owner.organisation
    if owner.email or entry.email or (ours and ours.email):
        return owner.email or entry.email or (ours.email if ours else "")
    first = ours.members.select_related("sign_in").order_by("pk").first() if ours else None
    return first.sign_in.email if first else ""


def address_of_change(change: Change) -> str:
    """Where a keeper answers a change."""
    return reverse("keep-change", args=[change.pk])


def address_of_entry(entry: Entry) -> str:
    """Where a keeper sees to an entry."""
    return reverse("kept-entry", args=[entry.pk])


# -- Changes ------------------------------------------------------------------------------------


def touched(change: Change) -> Content:
    """The fields of a change that differ from what its owner saw."""
    empty = contents.EMPTY
    return {
        name: value
        for name, value in change.said.items()
        if value != change.seen.get(name, empty.get(name))
    }


def proposed(change: Change) -> Content:
    """The entry as it would be by this change alone."""
    return {**contents.EMPTY, **change.seen, **change.said}


def lacks(change: Change) -> list[str]:
    """What an entry of its kind cannot be without."""
    whole = proposed(change)
    needed = NEEDED.get(change.kind, ("name", "what"))
    return [contents.LABELS[name].lower() for name in needed if not whole[name]]


def changes_to_answer() -> QuerySet[Change]:
    """What owners sent, the longest wait first."""
    found = Change.objects.filter(state=Change.State.SENT)
    return found.select_related("entry", "owner", "organisation").order_by("sent_at", "pk")


def change_to_answer(change_id: int) -> Change | None:
    """One change that was sent, whatever became of it; a draft is its owner's alone."""
    found = Change.objects.exclude(state__in=[Change.State.DRAFT, Change.State.DROPPED])
    with_all = found.select_related("entry", "owner", "organisation", "answered_by", "by")
    return with_all.filter(pk=change_id).first()


def own_changes(member: OrganisationMember) -> QuerySet[Change]:
    """The changes of an organisation, newest first."""
    found = Change.objects.filter(
        Q(organisation=member.organisation) | Q(entry__owner__organisation=member.organisation)
    )
    return found.exclude(state=Change.State.DROPPED).select_related("entry").order_by("-pk")


def own_change(member: OrganisationMember, change_id: int) -> Change | None:
    """One change of an organisation."""
    return own_changes(member).select_related("entry__owner", "by").filter(pk=change_id).first()


def open_change(entry: Entry) -> Change | None:
    """What is begun or waits for an entry."""
    open_ones = [Change.State.DRAFT, Change.State.SENT]
    return Change.objects.filter(entry=entry, state__in=open_ones).select_related("entry").first()


def newest_change(entry: Entry) -> Change | None:
    """The latest change of an entry, answered or not."""
    found = Change.objects.filter(entry=entry).exclude(state=Change.State.DROPPED)
    return found.order_by("-pk").first()


# -- Entries of an owner ------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """An entry as its owner sees it in a list."""

    entry: Entry
    state: str
    look: str
    due_on: date | None
    is_due: bool
    percent: int
    missing: list[str]
    change: Change | None


def own_entries(member: OrganisationMember, *, on: date) -> list[Own]:
    """The entries an organisation answers for. A constant number of queries."""
    found = contents.with_parts(Entry.objects.filter(owner__organisation=member.organisation))
    open_ones = [Change.State.DRAFT, Change.State.SENT]
    changes = Prefetch(
        "changes", queryset=Change.objects.filter(state__in=open_ones), to_attr="open_changes"
    )
    return [_own(entry, on=on) for entry in found.prefetch_related(changes).order_by("name", "pk")]


def own_entry(member: OrganisationMember, entry_id: int) -> Entry | None:
    """One entry of an organisation."""
    return entries().filter(owner__organisation=member.organisation, pk=entry_id).first()


def entries() -> QuerySet[Entry]:
    """Every entry, with all its parts."""
    return contents.with_parts(Entry.objects.all())


def _own(entry: Entry, *, on: date) -> Own:
    content = contents.content_of(entry)
    state, look = state_of(entry)
    due_on = freshness.next_due(entry.checked_on, on=on)
    opened = getattr(entry, "open_changes", [])
    return Own(
        entry=entry,
        state=state,
        look=look,
        due_on=due_on,
        is_due=due_on is None or due_on <= on,
        percent=contents.complete_percent(content),
        missing=contents.missing(content),
        change=opened[0] if opened else None,
    )


def state_of(entry: Entry) -> tuple[str, str]:
    """How an entry stands in words, and the look of that: good, watch, late or rest."""
    for reason, words in HIDDEN.items():
        if reason in entry.hidden_for:
            return words, "rest" if reason in ("not yet", "over") else "late"
    if entry.status not in SHOWN:
        return "Ended", "rest"
    if entry.flagged_on:
        return "Shown, marked as not checked", "watch"
    if entry.status == "temporarily closed":
        return "Shown, closed for now", "watch"
    return "Shown", "good"


HIDDEN: Final = {
    "ratings": "Taken off after poor ratings",
    "not checked": "Hidden: not checked",
    "over": "Past its last day",
    "not yet": "Waits for its first day",
}


# -- The keeper's list --------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """An entry as a row of the keeper's list."""

    entry: Entry
    due_on: date | None
    is_late: bool
    is_soon: bool
    state: str
    look: str
    rung: str
    has_way_in: bool


SHOWS: Final = {
    "late": "Due for a check",
    "soon": "Due soon",
    "ladder": "Not answered",
    "hidden": "Out of sight",
    "all": "All",
}


def kept(*, show: str, words: str, on: date) -> QuerySet[Entry]:
    """Our own entries, those longest unchecked first, narrowed by their state and a few words."""
    found = Entry.objects.filter(source__name=OWN)
    if show in _SHOW:
        found = found.filter(_show(show, on))
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(owner__name__icontains=word))
    open_rounds = Round.objects.filter(ended_at=None)
    members = Entry.objects.filter(pk=OuterRef("pk"), owner__organisation__members__isnull=False)
    return (
        found.annotate(has_members=Exists(members))
        .select_related("owner__organisation")
        .prefetch_related(Prefetch("rounds", queryset=open_rounds, to_attr="open_rounds"))
        .defer(*FOUND_IN)
        .order_by(F("checked_on").asc(nulls_first=True), "name", "pk")
    )


_SHOW: Final = frozenset({"late", "soon", "ladder", "hidden"})


def _show(show: str, on: date) -> Q:
    too_long = freshness.checked_too_long_ago(on)
    late = Q(checked_on=None) | Q(checked_on__lte=too_long)
    here = Q(status__in=SHOWN) & (Q(hidden_for=[]) | Q(hidden_for=["not checked"]))
    soon = freshness.checked_too_long_ago(on + timedelta(days=SOON_DAYS))
    return {
        "late": here & late,
        "soon": here & Q(checked_on__gt=too_long, checked_on__lte=soon),
        "ladder": Q(rounds__ended_at=None, rounds__rung__gte=Rung.VOLUNTEER),
        "hidden": ~Q(hidden_for=[]) | ~Q(status__in=SHOWN),
    }[show]


def counts(on: date) -> dict[str, int]:
    """How many our own entries are in each part of the list. One query."""
    parts = {f"n_{show}": Count("pk", filter=_show(show, on), distinct=True) for show in _SHOW}
    found = Entry.objects.filter(source__name=OWN).aggregate(
        n_all=Count("pk", distinct=True), **parts
    )
    return {name.removeprefix("n_"): number for name, number in found.items()}


def rows(found: list[Entry], *, on: date) -> list[Kept]:
    """Entries as rows."""
    months = setting("directory_check_months", on)
    return [_kept(entry, on=on, months=months) for entry in found]


def _kept(entry: Entry, *, on: date, months: int) -> Kept:
    due_on = freshness.months_after(entry.checked_on, months) if entry.checked_on else None
    state, look = state_of(entry)
    opened = getattr(entry, "open_rounds", [])
    is_kept = entry.status in SHOWN and set(entry.hidden_for) <= {"not checked"}
    is_late = is_kept and (due_on is None or due_on <= on)
    return Kept(
        entry=entry,
        due_on=due_on,
        is_late=is_late,
        is_soon=due_on is not None and on < due_on <= on + timedelta(days=SOON_DAYS),
        state=state,
        look=look,
        rung=Rung(opened[0].rung).label if opened else "",
        has_way_in=bool(getattr(entry, "has_members", False)),
    )


def open_round(entry: Entry) -> Round | None:
    """The round an entry is in."""
    found = Round.objects.filter(entry=entry, ended_at=None).prefetch_related("steps")
    return found.select_related("entry").first()


def past_rounds(entry: Entry) -> list[Round]:
    """The rounds that are over, newest first."""
    found = Round.objects.filter(entry=entry, ended_at__isnull=False)
    return list(found.select_related("stopped_by").prefetch_related("steps")[:10])


def versions(entry: Entry) -> QuerySet[Version]:
    """Every version of an entry, newest first."""
    return Version.objects.filter(entry=entry).select_related("by")


def mistakes_of(entry: Entry) -> QuerySet[Mistake]:
    """What people say is wrong with an entry and nobody has settled, oldest first."""
    return Mistake.objects.filter(entry=entry, settled_at=None).select_related(
        "entry__owner__organisation"
    )


def mistakes_open() -> int:
    """How many things people say are wrong and nobody has settled."""
    return Mistake.objects.filter(settled_at=None).count()


def upload(pk: int) -> Upload | None:
    """A sheet that was sent and waits to be taken."""
    return Upload.objects.filter(pk=pk, taken_at=None, dropped_at=None).first()


# -- Volunteers ---------------------------------------------------------------------------------


def checks_to_take(*, on: date) -> QuerySet[Entry]:
    """Entries that are due and nobody has taken; those whose owner never answered come first."""
    taken = Check.objects.filter(entry=OuterRef("pk"), answered_at=None, let_go_at=None)
    asked = Round.objects.filter(entry=OuterRef("pk"), ended_at=None, rung__gte=Rung.VOLUNTEER)
    found = freshness.due(on).exclude(Exists(taken)).annotate(is_asked=Exists(asked))
    return found.defer(*FOUND_IN).order_by(
        "-is_asked", F("checked_on").asc(nulls_first=True), "name", "pk"
    )


def own_checks(viewer: Viewer) -> QuerySet[Check]:
    """What somebody took and has not answered."""
    found = Check.objects.filter(taken_by_id=viewer.pk, answered_at=None, let_go_at=None)
    return found.select_related("entry")


def own_check(viewer: Viewer, check_id: int) -> Check | None:
    """One check that somebody took."""
    found = Check.objects.filter(taken_by_id=viewer.pk, pk=check_id)
    return found.select_related("entry__owner").first()


def checks_of(entry: Entry) -> list[Check]:
    """What volunteers found of an entry, newest first."""
    found = Check.objects.filter(entry=entry, answered_at__isnull=False)
    return list(found.select_related("taken_by").order_by("-answered_at", "-pk")[:10])


def answered_checks(viewer: Viewer) -> int:
    """How many checks somebody has done."""
    return Check.objects.filter(taken_by_id=viewer.pk, answered_at__isnull=False).count()
