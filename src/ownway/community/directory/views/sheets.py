"""Bringing a sheet of our own entries in: a template, a look at what it would change, then all."""

import csv
import io
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownway.community.directory.actions import publishing, sheets
from ownway.community.directory.forms import CannotRead, Sheet
from ownway.community.directory.forms.editing import SendSheet
from ownway.community.directory.forms.sheet import TEMPLATE, row_of
from ownway.community.directory.http import REFUSED, keeper_page
from ownway.community.directory.queries import content, keeping
from ownway.foundation.council.http import StaffRequest
from ownway.foundation.council.queries import now

ROWS_A_PAGE: Final = 50
MOST_ROWS: Final = 2000


@require_safe
@keeper_page
def template(request: StaffRequest) -> HttpResponse:
    """An empty sheet with its columns, and a row that shows how to fill it in."""
    return _csv("directory-template.csv", [TEMPLATE])


@require_safe
@keeper_page
def all_entries(request: StaffRequest) -> HttpResponse:
    """All our own entries as such a sheet: to change many and send them back."""
    found = keeping.entries().filter(source__name="own").order_by("name", "pk")
    return _csv(
        "directory-entries.csv",
        [row_of(content.content_of(entry), entry) for entry in found.iterator(chunk_size=300)],
    )


def _csv(name: str, rows: list[dict[str, str]]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(TEMPLATE))
    writer.writeheader()
    writer.writerows(rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def send_sheet(request: StaffRequest) -> HttpResponse:
    """Send a sheet, to be looked at first."""
    form = SendSheet(request.POST, request.FILES) if request.method == "POST" else SendSheet()
    if form.is_valid():
        sent = form.cleaned_data["sheet"]
        raw = sent.read()
        try:
            list(Sheet(raw, name=sent.name, source="own").read())
        except CannotRead as refusal:
            form.add_error("sheet", str(refusal))
        else:
            kept = sheets.keep_upload(sent.name, raw, by=request.staff, at=now())
            return redirect("look-at-sheet", kept.pk)
    status = REFUSED if form.errors else 200
    return render(request, "directory/keep/send_sheet.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@keeper_page
@never_cache
def look_at_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """What a sheet would change, row by row; then take all of it, or nothing."""
    upload = keeping.upload(pk)
    if upload is None:
        raise Http404("There is no such sheet, or it has been taken")
    if request.POST.get("do") == "drop":
        sheets.drop(upload, at=now())
        messages.success(request, "The sheet is thrown away. Nothing has changed")
        return redirect("send-sheet")
    sheet = Sheet(bytes(upload.raw), name=upload.name, source="own")
    facts = list(sheet.read())
    is_too_long = len(facts) > MOST_ROWS
    is_good = bool(facts) and not sheet.faults and not is_too_long
    refusal = ""
    if request.method == "POST" and is_good:
        try:
            done = sheets.take(
                upload,
                facts,
                columns=sheet.columns,
                seen=request.POST.get("seen", "")[:40],
                by=request.staff,
                at=now(),
            )
        except (sheets.CannotTake, publishing.Moved) as wrong:
            refusal = str(wrong)
        else:
            messages.success(request, f"Taken: {done:,} entries are new or changed")
            return redirect("kept-entries")
    rows = sheets.rows_of(facts[:MOST_ROWS], columns=sheet.columns)
    changing = [row for row in rows if not row.is_same]
    context = {
        "upload": upload,
        "page": Paginator(changing, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "new": sum(row.is_new for row in rows),
        "changed": sum(not row.is_new for row in changing),
        "same": len(rows) - len(changing),
        "faults": sheet.faults[:200],
        "notes": sheet.notes[:200],
        "bad": len(sheet.faults),
        "is_good": is_good,
        "too_long": MOST_ROWS if is_too_long else 0,
        "seen": sheets.stands(rows),
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "directory/keep/look_at_sheet.html", context, status=status)
