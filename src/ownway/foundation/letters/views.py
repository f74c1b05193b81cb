"""Reading letters in every format, and looking into the outbox."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from ownway.design.dates import plain_date
from ownway.design.letters import as_pdf, as_text
from ownway.design.letters.pdf import Heading
from ownway.foundation.council import access
from ownway.foundation.council.http import SignedIn, StaffRequest, resident_page, staff_page
from ownway.foundation.council.queries import identity, now
from ownway.foundation.letters import actions, queries
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record

if TYPE_CHECKING:
    from ownway.foundation.letters.models import Letter

PAGE_OF_OUTBOX = 50


@resident_page
def my_letters(request: SignedIn) -> HttpResponse:
    """Every letter of a resident and of those they act for, newest first."""
    at = now()
    own = people.own_person(request.user)
    both = ([own] if own else []) + people.acted_for(request.user, at=at)
    for person in both:
        record.log_look(request.user, person, what="your letters", why="To read them", at=at)
    letters = queries.letters(request.user, at=at).filter(person__in=both)[:200]
    return render(request, "letters/my_letters.html", {"letters": letters})


def read(request: SignedIn, letter_id: int) -> HttpResponse:
    """One letter as a page."""
    letter = _letter(request, letter_id)
    large = people.needs_large_print(letter.to)
    base = "layout/staff.html" if access.staff_of(request.user) else "layout/my.html"
    return render(request, "letters/read.html", {"letter": letter, "large": large, "base": base})


def pdf(request: SignedIn, letter_id: int) -> HttpResponse:
    """One letter as a tagged PDF: `?size=large_print` or standard; else as its reader needs."""
    letter = _letter(request, letter_id)
    large = people.needs_large_print(letter.to)
    size = request.GET.get("size") or ("large_print" if large else "standard")
    made = as_pdf(
        _heading(letter), letter.body, size="large_print" if size == "large_print" else "standard"
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(letter.title)}.pdf"'
    return response


def plain(request: SignedIn, letter_id: int) -> HttpResponse:
    """One letter as plain text."""
    letter = _letter(request, letter_id)
    return HttpResponse(
        as_text(letter.title, letter.body), content_type="text/plain; charset=utf-8"
    )


@staff_page
def outbox(request: StaffRequest) -> HttpResponse:
    """What waits to be sent and what was, newest first. Whose address is on the message's page."""
    access.require(request.user, "outbox.read")
    rows = Paginator(queries.outbox(request.user, at=now()), PAGE_OF_OUTBOX)
    return render(request, "letters/outbox.html", {"rows": rows.get_page(request.GET.get("page"))})


@staff_page
def message(request: StaffRequest, row_id: int) -> HttpResponse:
    """One message: its words and where it goes. Opening it is a look at the person's record."""
    access.require(request.user, "outbox.read")
    at = now()
    row = get_object_or_404(queries.outbox(request.user, at=at), pk=row_id)
    if row.person is not None:
        record.log_look(
            request.user, row.person, what="a message to you", why="To see what was sent", at=at
        )
    return render(request, "letters/message.html", {"row": row})


@staff_page
@require_POST
def posted(request: StaffRequest) -> HttpResponse:
    """Mark picked letters as printed and posted."""
    picked = [int(key) for key in request.POST.getlist("row") if key.isdecimal()]
    count = actions.mark_posted(picked[:500], by=request.user, at=now())
    words = "Pick the letters that were posted" if not count else f"{count} marked as posted"
    messages.success(request, words)
    return redirect("outbox")


def _letter(request: SignedIn, letter_id: int) -> "Letter":
    at = now()
    letter = get_object_or_404(queries.letters(request.user, at=at), pk=letter_id)
    record.log_look(
        request.user, letter.person, what=f"a letter: {letter.title}", why="To read it", at=at
    )
    return letter


def _heading(letter: "Letter") -> Heading:
    council = identity()
    home = letter.to.household
    lines = [home.address_line_1, home.address_line_2, home.town, home.postcode] if home else []
    staff = getattr(letter.sent_by, "staff", None)
    sign_off = (
        ["Yours sincerely", "", staff.name, staff.get_role_display(), staff.phone]
        if staff
        else [council.name]
    )
    return Heading(
        council=council.name,
        council_address=[*council.address.split(", "), council.phone],
        to=[letter.to.formal_name, *(line for line in lines if line)],
        on=plain_date(letter.written_at),
        title=letter.title,
        greeting=f"Dear {letter.to.called}",
        sign_off=sign_off,
    )
