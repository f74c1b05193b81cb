"""Keepers look after the directory: what is due, what owners send, versions, and the ladder."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ownway.community.directory.actions import changing, checking, freshness, publishing, telling
from ownway.community.directory.forms.editing import (
    EditEntry,
    NewEntry,
    SendBack,
    StopRound,
    parts_of,
)
from ownway.community.directory.http import REFUSED, keeper_page
from ownway.community.directory.queries import content, keeping
from ownway.community.directory.queries import freshness as due
from ownway.foundation.council.http import StaffRequest, posted
from ownway.foundation.council.queries import now, today

if TYPE_CHECKING:
    from ownway.community.directory.models import Change, Entry

ROWS_A_PAGE = 50


@require_safe
@keeper_page
def kept_entries(request: StaffRequest) -> HttpResponse:
    """Our own entries, those due for a check first."""
    on = today()
    counts = keeping.counts(on)
    show = request.GET.get("show", "")
    if show not in keeping.SHOWS:
        show = "late" if counts["late"] else "all"
    words = request.GET.get("q", "").strip()[:100]
    found = keeping.kept(show=show, words=words, on=on)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": keeping.rows(list(page.object_list), on=on),
        "page": page,
        "counts": counts,
        "shows": keeping.SHOWS,
        "show": show,
        "q": words,
        "waiting": keeping.changes_to_answer().count(),
        "wrong": keeping.mistakes_open(),
    }
    return render(request, "directory/keep/entries.html", context)


@require_safe
@keeper_page
@never_cache
def kept_entry(request: StaffRequest, pk: int) -> HttpResponse:
    """One entry: how it stands, its ladder, what people found, and its versions."""
    entry = _entry(pk)
    return _shown(request, entry, StopRound(None, on=today()))


def _entry(pk: int) -> "Entry":
    entry = keeping.entries().filter(pk=pk).first()
    if entry is None:
        raise Http404("There is no such entry")
    return entry


def _shown(request: StaffRequest, entry: "Entry", form: StopRound) -> HttpResponse:
    whole, on = content.content_of(entry), today()
    one = keeping.open_round(entry)
    state, look = keeping.state_of(entry)
    context = {
        "entry": entry,
        "is_ours": entry.source.name == "own",
        "whole": whole,
        "labels": content.LABELS,
        "shown": content.shown,
        "state": state,
        "look": look,
        "due_on": due.next_due(entry.checked_on, on=on),
        "on": on,
        "round": one,
        "ladder": due.ladder(one) if one else [],
        "past": keeping.past_rounds(entry),
        "change": keeping.open_change(entry),
        "checks": keeping.checks_of(entry),
        "mistakes": keeping.mistakes_of(entry),
        "versions": list(keeping.versions(entry)[:30]),
        "missing": content.missing(whole),
        "percent": content.complete_percent(whole),
        "address": keeping.address_of(entry),
        "stands": content.stands(whole),
        "form": form,
    }
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def keep_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Every field of an entry; what is saved is published at once."""
    entry = _entry(pk)
    whole = content.content_of(entry)
    form = EditEntry(entry.kind, posted(request), content=whole)
    seen = request.POST.get("seen", "")[:40] or content.stands(whole)
    theirs: list[content.Difference] = []
    if form.is_valid():
        try:
            publishing.publish(
                entry, form.values, how=publishing.How.STAFF, by=request.user, at=now(),
                seen=seen,
            )  # fmt: skip
        except publishing.Moved as refusal:
            form.add_error(None, f"{refusal}. Your words are still here: compare, and save again")
            entry = _entry(pk)
            stored = content.content_of(entry)
            theirs = content.differences(stored | form.values, stored)
            seen = content.stands(stored)
        except publishing.NotOurs as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{form.values['name']} is published")
            return redirect("kept-entry", pk)
    context = _editing(form, entry.kind) | {"entry": entry, "seen": seen, "theirs": theirs}
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/edit.html", context, status=status)


def _editing(form: EditEntry, kind: str) -> dict[str, Any]:
    return {"form": form, "parts": parts_of(kind), "kind": kind}


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def keep_new(request: StaffRequest) -> HttpResponse:
    """A new entry of the council's own: first its template, then its fields."""
    chosen = NewEntry(request.GET if "kind" in request.GET else None)
    if not chosen.is_valid():
        status = REFUSED if chosen.errors else 200
        return render(request, "directory/keep/new.html", {"form": chosen}, status=status)
    kind = chosen.cleaned_data["kind"]
    form = EditEntry(kind, posted(request), content=content.EMPTY | {"kind": kind})
    if form.is_valid():
        entry = publishing.add(
            form.values | {"kind": kind},
            owner=None,
            how=publishing.How.STAFF,
            by=request.user,
            at=now(),
        )
        freshness.checked(entry, on=today(), who="the council", by=request.user, at=now())
        messages.success(request, f"{entry.name} is published")
        return redirect("kept-entry", entry.pk)
    context = _editing(form, kind) | {"entry": None, "seen": "", "theirs": []}
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/edit.html", context, status=status)


# -- What owners send ---------------------------------------------------------------------------


@require_safe
@keeper_page
def keep_changes(request: StaffRequest) -> HttpResponse:
    """Changes that wait for an answer, the longest wait first."""
    page = Paginator(keeping.changes_to_answer(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/keep/changes.html", {"page": page, "on": today()})


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def keep_change(request: StaffRequest, pk: int) -> HttpResponse:
    """One change beside the entry as it stands: approve it, or send it back with a reason."""
    change = keeping.change_to_answer(pk)
    if change is None:
        raise Http404("There is no such change")
    form = SendBack(posted(request) if request.POST.get("do") == "back" else None)
    refusal = ""
    if request.method == "POST":
        try:
            if answer := _answered(request, change, form):
                return answer
        except (changing.CannotChange, publishing.Moved) as wrong:
            refusal = str(wrong)
            change = keeping.change_to_answer(pk)
            if change is None:
                messages.error(request, refusal)
                return redirect("keep-changes")
    return _change_shown(request, change, form, refusal=refusal)


def _answered(request: StaffRequest, change: "Change", form: SendBack) -> HttpResponse | None:
    if request.POST.get("do") == "back":
        if not form.is_valid():
            return None
        because = form.cleaned_data["because"]
        changing.send_back(change, because=because, by=request.staff, at=now())
        messages.success(request, f"The change to {change.name} is sent back to its owner")
        return redirect("keep-changes")
    seen = request.POST.get("seen", "")[:40]
    entry = changing.approve(change, seen=seen, by=request.staff, at=now())
    messages.success(request, f"{entry.name} is published, and its owner is told")
    return redirect("kept-entry", entry.pk)


def _change_shown(
    request: StaffRequest, change: "Change", form: SendBack, *, refusal: str
) -> HttpResponse:
    entry = _entry(change.entry_id) if change.entry_id else None
    stands = content.content_of(entry) if entry else None
    waits = change.state == "sent"
    whole = keeping.proposed(change)
    context = {
        "change": change,
        "entry": entry,
        "waits": waits,
        "differences_found": content.differences(change.seen, whole, now=stands if waits else None),
        "seen": content.stands(stands) if stands else "",
        "missing": content.missing(whole),
        "form": form,
        "refusal": refusal,
    }
    status = REFUSED if form.errors or refusal else 200
    return render(request, "directory/keep/change.html", context, status=status)


# -- Versions -----------------------------------------------------------------------------------


@require_safe
@keeper_page
def keep_versions(request: StaffRequest, pk: int) -> HttpResponse:
    """Two versions of an entry side by side."""
    entry = _entry(pk)
    versions = {one.number: one for one in keeping.versions(entry)}
    newest = max(versions, default=0)
    new = versions.get(_number(request.GET.get("new", ""), newest))
    old = versions.get(_number(request.GET.get("old", ""), newest - 1))
    context = {
        "entry": entry,
        "versions": list(versions.values()),
        "old": old,
        "new": new,
        "differences_found": content.differences(old.content, new.content) if old and new else [],
        "newest": newest,
        "is_ours": entry.source.name == "own",
        "stands": content.stands(content.content_of(entry)),
    }
    return render(request, "directory/keep/versions.html", context)


def _number(typed: str, otherwise: int) -> int:
    return int(typed[:9]) if typed.isascii() and typed[:9].isdecimal() else otherwise


@require_POST
@keeper_page
def keep_back(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Put an entry back as it was in a version; that is a new version."""
    entry = _entry(pk)
    version = keeping.versions(entry).filter(number=number).first()
    if version is None:
        raise Http404("There is no such version")
    try:
        made = publishing.publish(
            entry,
            version.content,
            how=publishing.How.BACK,
            by=request.user,
            at=now(),
            because=f"As in version {number}",
            seen=request.POST.get("seen", "")[:40],
        )
    except (publishing.Moved, publishing.NotOurs) as refusal:
        messages.error(request, str(refusal))
    else:
        told = f"{entry.name} is as it was in version {number}"
        messages.success(request, told if made else "It is like that already")
    return redirect("keep-versions", pk)


# -- Checks and the ladder ----------------------------------------------------------------------


@require_POST
@keeper_page
def keep_checked(request: StaffRequest, pk: int) -> HttpResponse:
    """A keeper has checked an entry: all of it is right."""
    entry = _entry(pk)
    freshness.checked(entry, on=today(), who="the council", by=request.user, at=now())
    messages.success(request, f"{entry.name} is marked as checked today")
    return redirect("kept-entry", pk)


@require_POST
@keeper_page
def keep_send_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the owner a link that opens this entry; once a minute at most."""
    entry, at = _entry(pk), now()
    address = telling.tell_owner(
        entry,
        subject=f"{entry.name}: check or change your entry",
        says=[f"Here is the link to your entry in our directory. {telling.last_checked(entry)}"],
        key=f"link:{pk}:{at:%Y%m%d%H%M}",
        at=at,
    )
    if address:
        messages.success(request, f"A link is on its way to {address}")
    else:
        messages.error(request, "We have no e-mail address of its owner. Put one in first")
    return redirect("kept-entry", pk)


@require_POST
@keeper_page
def keep_stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop the ladder of an entry, with a reason."""
    entry = _entry(pk)
    one = keeping.open_round(entry)
    form = StopRound(request.POST, on=today())
    if one is None:
        messages.error(request, "No round is open for this entry")
        return redirect("kept-entry", pk)
    if not form.is_valid():
        return _shown(request, entry, form)
    try:
        freshness.stop(one, by=request.staff, at=now(), **form.cleaned_data)
    except freshness.CannotStop as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Stopped. Nobody is asked, and the entry is shown as it is")
    return redirect("kept-entry", pk)


@require_POST
@keeper_page
def keep_ask(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Ask the owner about what somebody says is wrong."""
    mistake = keeping.mistakes_of(_entry(pk)).filter(pk=number).first()
    if mistake is None:
        messages.error(request, "Somebody has dealt with this one already")
        return redirect("kept-entry", pk)
    if address := checking.ask_owner(mistake, by=request.staff, at=now()):
        messages.success(request, f"We wrote to {address}. Settle it once the entry is right")
    else:
        messages.error(request, "We have no e-mail address of its owner: call them")
    return redirect("kept-entry", pk)
