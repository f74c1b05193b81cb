"""Pages of the directory that only a keeper, or only who may check entries, opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ownway.community.directory import access
from ownway.foundation.council.http import SignedIn, StaffRequest, staff_page

P = ParamSpec("P")
REFUSED = 422


def keeper_page(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for staff who keep the directory."""

    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not access.may_keep(request.user):
            raise PermissionDenied("This page is for those who keep the directory")
        return view(request, *args, **kwargs)

    return staff_page(guarded)


def checker_page(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for residents and for staff who may check entries."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        access.require_check(request.user)
        return view(request, *args, **kwargs)

    return guarded
