"""Pages that only a lay reviewer, or only who keeps quality, opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from ownway.community.quality import access
from ownway.foundation.council.http import SignedIn, StaffRequest, staff_page
from ownway.foundation.council.queries import today

P = ParamSpec("P")
REFUSED = 422


def reviewer_page(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for lay reviewers who still visit: nobody else finds anything here."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if access.reviewer_of(request.user, on=today()) is None:
            raise Http404("This page is for lay reviewers")
        return view(request, *args, **kwargs)

    return guarded


def keeper_page(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for staff who keep quality."""

    @staff_page
    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        access.require_keeper(request.staff)
        return view(request, *args, **kwargs)

    return guarded


def status_of(*forms: Any) -> int:
    """What a page answers: refused when a form on it has errors."""
    return REFUSED if any(form is not None and form.errors for form in forms) else 200
