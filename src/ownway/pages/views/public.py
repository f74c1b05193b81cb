"""Pages for everybody: the front door, your rights, and how we keep your facts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from ownway.foundation.council.http import public_page
from ownway.foundation.council.queries import identity, rules, today
from ownway.pages.signing_in import first_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What do you need?"""
    free_weeks = rules(today()).value("reablement_free_weeks")
    return render(request, "pages/home.html", {"free_weeks": free_weeks})


@public_page
def your_rights(request: HttpRequest) -> HttpResponse:
    """What to do if you think we are wrong."""
    return render(request, "pages/your_rights.html")


@public_page
def your_facts(request: HttpRequest) -> HttpResponse:
    """Who may see what, and that each look is written down."""
    return render(request, "pages/your_facts.html")


@public_page
def read_your_way(request: HttpRequest) -> HttpResponse:
    """Large print, easy read and the rest."""
    return render(request, "pages/read_your_way.html")


def start(request: HttpRequest) -> HttpResponse:
    """Send somebody who has signed in to their own first page."""
    return redirect(first_page(request.user))


@public_page
@cache_control(max_age=300)
def theme(request: HttpRequest) -> HttpResponse:
    """The council's own colours over ours."""
    council = identity()
    colours = {
        "--ow-brand": council.brand,
        "--ow-brand-strong": council.brand_strong or council.brand,
    }
    rules = "".join(f"{name}:{value};" for name, value in colours.items() if value)
    return HttpResponse(f":root{{{rules}}}", content_type="text/css")
