"""The demonstration's own page: be anybody, and move the clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ownway.demo import cast
from ownway.demo.ways_in import residents, ways_in
from ownway.foundation.council.actions import set_clock as set_the_clock
from ownway.foundation.council.http import public_page
from ownway.foundation.council.models import SignIn
from ownway.foundation.council.queries import now
from ownway.pages.signing_in import first_page

LONDON = ZoneInfo("Europe/London")
BACKEND = "ownway.pages.signing_in.WhoIsThis"


@public_page
def demo(request: HttpRequest) -> HttpResponse:
    """Who you can be, and what time it is."""
    context = {"ways_in": ways_in(), "residents": residents(), "password": cast.PASSWORD}
    return render(request, "demo/demo.html", context)


@public_page
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Become somebody of the invented council, without a password."""
    who = get_object_or_404(SignIn, email=request.POST.get("email", "").lower(), is_active=True)
    logout(request)
    login(request, who, backend=BACKEND)
    return redirect(first_page(who))


# The rules that ship begin in 2010; bank holidays and rates far ahead are nobody's to know.
FIRST_YEAR, LAST_YEAR = 2010, 2060


@public_page
@require_POST
def set_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock to a moment, or on by some days."""
    before = now()
    try:
        if "days" in request.POST:
            moment = before + timedelta(days=min(max(int(request.POST["days"]), 0), 3660))
        else:
            moment = datetime.fromisoformat(request.POST.get("to", "")).replace(tzinfo=LONDON)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(f"Outside {FIRST_YEAR} to {LAST_YEAR}")
        set_the_clock(moment)
    except (ValueError, OverflowError):
        messages.error(
            request,
            f"Type a moment between {FIRST_YEAR} and {LAST_YEAR}, like 2026-01-30T09:00",
        )
    else:
        messages.success(request, f"The clock now says {now():%A %d %B %Y, %H:%M}")
    return redirect("demo")


@public_page
@require_POST
def run_jobs(request: HttpRequest) -> HttpResponse:
    """Run what the timetable would run at this moment."""
    call_command("run_timetable")
    messages.success(request, "The jobs that were due have run")
    return redirect("demo")
