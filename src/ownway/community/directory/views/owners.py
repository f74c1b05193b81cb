"""Owners look after their entries: signed in for an organisation, or by a link from an e-mail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.directory.actions import changing, publishing
from ownway.community.directory.forms.editing import EditPart, NewEntry, part_of, parts_of
from ownway.community.directory.http import REFUSED
from ownway.community.directory.queries import content, freshness, keeping, links
from ownway.foundation.council.http import PartnerRequest, partner_page, posted, public_page
from ownway.foundation.council.queries import now, today

if TYPE_CHECKING:
    from ownway.community.directory.models import Change, Entry
    from ownway.foundation.council.models import SignIn


@dataclass(frozen=True)
class Way:
    """By which way an owner has come in: what frames their pages, and where these are."""

    frame: str
    home: str
    change: Callable[["Change"], str]
    part: Callable[["Change", str], str]
    by: "SignIn | None"
    by_words: str


def _as_member(request: PartnerRequest) -> Way:
    return Way(
        frame="layout/staff.html",
        home=reverse("own-entries"),
        change=lambda change: reverse("own-change", args=[change.pk]),
        part=lambda change, key: reverse("own-part", args=[change.pk, key]),
        by=request.user,
        by_words=f"{request.user.name}, {request.member.organisation.name}"[:254],
    )


def _by_link(token: str) -> Way:
    return Way(
        frame="layout/public.html",
        home=reverse("keep-entry", args=[token]),
        change=lambda _: reverse("keep-entry-change", args=[token]),
        part=lambda _, key: reverse("keep-entry-part", args=[token, key]),
        by=None,
        by_words="its owner, by a link we sent",
    )


# -- Signed in ----------------------------------------------------------------------------------


@require_safe
@partner_page
def own_entries(request: PartnerRequest) -> HttpResponse:
    """The entries an organisation answers for, and what became of their changes."""
    member = request.member
    context = {
        "organisation": member.organisation,
        "own": keeping.own_entries(member, on=today()),
        "new": [one for one in keeping.own_changes(member)[:50] if one.entry is None],
        "answered": keeping.own_changes(member).filter(state__in=["approved", "returned"])[:10],
    }
    return render(request, "directory/keep/own_entries.html", context)


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def own_entry(request: PartnerRequest, pk: int) -> HttpResponse:
    """One entry: say that it is right, or change it."""
    entry = keeping.own_entry(request.member, pk)
    if entry is None:
        raise Http404("You have no such entry")
    return _entry(request, entry, _as_member(request))


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def own_new(request: PartnerRequest) -> HttpResponse:
    """Which template a new entry is made from."""
    form = NewEntry(posted(request))
    if form.is_valid():
        way = _as_member(request)
        change = changing.begin_new(
            form.cleaned_data["kind"],
            organisation=request.member.organisation,
            by=request.user,
            by_words=way.by_words,
            at=now(),
        )
        return redirect(way.part(change, parts_of(change.kind)[0].key))
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/own_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def own_change(request: PartnerRequest, pk: int) -> HttpResponse:
    """A change: its parts, what is different, and the way to send it."""
    return _change(request, _own(request, pk), _as_member(request))


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def own_part(request: PartnerRequest, pk: int, key: str) -> HttpResponse:
    """One page of a change."""
    return _part(request, _own(request, pk), key, _as_member(request))


def _own(request: PartnerRequest, pk: int) -> "Change":
    change = keeping.own_change(request.member, pk)
    if change is None:
        raise Http404("You have no such change")
    return change


# -- By a link ----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def keep_entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry, for whoever has the link that was sent to its owner."""
    entry = _linked(key)
    return _too_late(request) if entry is None else _entry(request, entry, _by_link(key))


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def keep_entry_change(request: HttpRequest, key: str) -> HttpResponse:
    """The change of that entry."""
    entry = _linked(key)
    if entry is None:
        return _too_late(request)
    change = keeping.open_change(entry)
    return (
        redirect("keep-entry", key) if change is None else _change(request, change, _by_link(key))
    )


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def keep_entry_part(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One page of it."""
    entry = _linked(key)
    if entry is None:
        return _too_late(request)
    change = keeping.open_change(entry)
    if change is None:
        return redirect("keep-entry", key)
    return _part(request, change, name, _by_link(key))


def _linked(token: str) -> "Entry | None":
    entry = links.opened_by(token, at=now())
    return keeping.entries().filter(pk=entry.pk).first() if entry else None


def _too_late(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/keep/too_late.html", status=404)


# -- The same for both --------------------------------------------------------------------------


def _entry(request: HttpRequest, entry: "Entry", way: Way) -> HttpResponse:
    if request.method == "POST":
        return _begin_or_confirm(request, entry, way)
    whole = content.content_of(entry)
    on = today()
    context = {
        "way": way,
        "entry": entry,
        "whole": whole,
        "labels": content.LABELS,
        "shown": content.shown,
        "change": keeping.newest_change(entry),
        "due_on": freshness.next_due(entry.checked_on, on=on),
        "missing": content.missing(whole),
        "stands": content.stands(whole),
        "is_ours": entry.source.name == "own",
        "state": keeping.state_of(entry)[0],
        "on": on,
    }
    return render(request, "directory/keep/own_entry.html", context)


def _begin_or_confirm(request: HttpRequest, entry: "Entry", way: Way) -> HttpResponse:
    try:
        if request.POST.get("do") != "right":
            change = changing.begin(entry, by=way.by, by_words=way.by_words, at=now())
            return redirect(way.change(change))
        seen = request.POST.get("seen", "")[:40]
        changing.say_right(entry, seen=seen, by=way.by, at=now())
    except (publishing.NotOurs, publishing.Moved, changing.CannotChange) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Thank you. {entry.name} is marked as checked today")
    return redirect(way.home if way.by is None else reverse("own-entry", args=[entry.pk]))


def _change(request: HttpRequest, change: "Change", way: Way) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            return _done(request, change, way)
        except changing.CannotChange as wrong:
            refusal = str(wrong)
            change.refresh_from_db()
    whole = keeping.proposed(change)
    context = {
        "way": way,
        "change": change,
        "rows": [
            (part, way.part(change, part.key), _touched(change, part.fields))
            for part in parts_of(change.kind)
        ],
        "differences_found": content.differences(change.seen, whole),
        "lacks": keeping.lacks(change),
        "missing": content.missing(whole),
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "directory/keep/own_change.html", context, status=status)


def _touched(change: "Change", names: tuple[str, ...]) -> bool:
    return any(name in keeping.touched(change) for name in names)


def _done(request: HttpRequest, change: "Change", way: Way) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "drop":
        changing.drop(change, at=now())
        messages.success(request, "Your change is thrown away. The entry stays as it was")
        return redirect(way.home)
    if do == "back":
        changing.take_back(change, at=now())
        return redirect(way.change(change))
    changing.send(change, version=_number(request.POST.get("version", "")), at=now())
    messages.success(request, "Sent. We look at it and tell you by e-mail")
    return redirect(way.change(change))


def _number(typed: str) -> int:
    return int(typed[:9]) if typed.isascii() and typed[:9].isdecimal() else -1


def _part(request: HttpRequest, change: "Change", key: str, way: Way) -> HttpResponse:
    part = part_of(change.kind, key)
    if part is None:
        raise Http404("There is no such page")
    form = EditPart(part, change.kind, posted(request), content=keeping.proposed(change))
    theirs: list[content.Difference] = []
    if form.is_valid():
        try:
            changing.save_part(
                change,
                form.values,
                version=_number(request.POST.get("version", "")),
                by=way.by,
                by_words=way.by_words,
            )
        except changing.CannotChange as refusal:
            form.add_error(None, str(refusal))
            change.refresh_from_db()
            whole = keeping.proposed(change)
            theirs = content.differences(whole | form.values, whole)
        else:
            return redirect(way.change(change))
    others = [one.key for one in parts_of(change.kind)]
    context: dict[str, Any] = {
        "way": way,
        "change": change,
        "part": part,
        "form": form,
        "theirs": theirs,
        "place": others.index(key) + 1,
        "of": len(others),
    }
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/own_part.html", context, status=status)
