"""Who a page is for, and what every request goes through."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict

from ownway.foundation.council import access, clock, memory
from ownway.foundation.council.models import OrganisationMember, SignIn, Staff

P = ParamSpec("P")
SAFE = ("GET", "HEAD")
Respond = Callable[[HttpRequest], HttpResponse]


class SignedIn(HttpRequest):
    """A request of somebody who has signed in."""

    user: SignIn


class StaffRequest(SignedIn):
    """A request of a member of staff, who is `request.staff`."""

    staff: Staff


class PartnerRequest(SignedIn):
    """A request of an organisation's own, who is `request.member`."""

    member: OrganisationMember


def staff_page(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for staff."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        staff = access.staff_of(request.user)
        if staff is None:
            raise PermissionDenied("This page is for council staff")
        request.staff = staff
        return view(request, *args, **kwargs)

    return guarded


def partner_page(
    view: Callable[Concatenate[PartnerRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for those who sign in for an organisation."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = access.member_of(request.user)
        if member is None:
            raise PermissionDenied("This page is for providers and brokers")
        request.member = member
        return view(request, *args, **kwargs)

    return guarded


def resident_page(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for residents: staff and organisations find nothing here, whoever they may see."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if access.staff_of(request.user) or access.member_of(request.user):
            raise Http404("This page is for residents")
        return view(request, *args, **kwargs)

    return guarded


public_page = login_not_required


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty page too; nothing when the page was only asked for."""
    return request.POST if request.method == "POST" else None


class RefuseNul:
    """PostgreSQL cannot keep a NUL: it is taken out of what was typed, and nothing else is lost."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the query and the posted text; refuse a NUL in the address itself."""
        if "\x00" in request.path:
            return HttpResponseBadRequest("This address cannot be read.")
        for name in ("GET", "POST"):
            typed = getattr(request, name)
            if any(
                "\x00" in v or _lone(v) for values in typed.lists() for v in [values[0], *values[1]]
            ):
                clean = typed.copy()
                for key in list(clean):
                    values = [_cleaned(v) for v in clean.getlist(key)]
                    clean.setlist(key, values)
                setattr(request, name, clean)
        return self.get_response(request)


def _lone(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _cleaned(text: str) -> str:
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


class AskOnce:
    """Within one request the clock is asked once, and what a page only reads is read once."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember the clock for this request, and the rest when nothing can change by it."""
        with clock.remembered():
            if request.method not in SAFE:
                return self.get_response(request)
            with memory.of_one_page():
                return self.get_response(request)
