"""What is measured of every page, and what is kept when a sign-in runs out."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ownway.pages.keeping import AGAIN, keep, let_go, typed_in
from ownway.pages.views.problems import form_too_old

WHO = "ow_who"


class ServerTiming:
    """In the demo and tests each answer says how long it took and how many queries it made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Measure one answer."""
        if not settings.SERVER_TIMING:
            return self.get_response(request)
        asked = 0

        def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked += 1
            return execute(sql, params, many, context)

        start = time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        spent = (time.perf_counter() - start) * 1000
        response["Server-Timing"] = f'page;dur={spent:.1f}, queries;desc="{asked}"'
        return response


class KeepWhatWasTyped:
    """Somebody whose sign-in ran out while they typed loses nothing.

    What they sent is kept in the session for an hour and offered again after they sign in. A
    signed cookie says whose it was: on a shared computer nobody else ever sees it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember who is signed in, and let go of what they have sent again."""
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return response
        if AGAIN in request.POST and (response.status_code < 400 or response.status_code == 422):
            let_go(request.session, address=request.get_full_path())
        if _who(request, fresh=True) != request.user.pk:
            response.set_signed_cookie(
                WHO,
                str(request.user.pk),
                max_age=settings.SESSION_COOKIE_AGE * 2,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Keep what a stranger posts to a page that is not for strangers, if we know who it was."""
        open_to_all = not getattr(view, "login_required", True)
        if request.user.is_authenticated or open_to_all:
            return None
        if request.headers.get("HX-Request"):
            # A script must not put the sign-in page in the middle of what somebody types.
            return HttpResponse("Sign in again", status=401)
        if request.method != "POST" or request.headers.get("X-Requested-With"):
            return None
        who, typed = _who(request), typed_in(request)
        if who is None:
            return None
        if not keep(request.session, who=who, address=request.get_full_path(), typed=typed):
            return form_too_old(request)
        return redirect(f"{settings.LOGIN_URL}?next={reverse('kept')}")


def _who(request: HttpRequest, *, fresh: bool = False) -> int | None:
    """Who was signed in at this browser; when asked, only if it was noted not long ago."""
    try:
        said = request.get_signed_cookie(
            WHO, max_age=settings.SESSION_COOKIE_AGE if fresh else None
        )
        return int(said or "")
    except (KeyError, ValueError, signing.BadSignature):
        return None
