"""Opening one paper: only for those who may read it, logged as a look, never run by the browser."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownway.foundation.council.access import may
from ownway.foundation.council.http import SignedIn, resident_page, staff_page
from ownway.foundation.council.queries import now
from ownway.foundation.record import actions as record
from ownway.journey.charging import queries
from ownway.journey.charging.access import POWER

WHY = "To check what is paid"
INLINE = ("application/pdf", "image/jpeg", "image/png")


@require_safe
@never_cache
@resident_page
def my_paper(request: SignedIn, person_id: int, evidence_id: int) -> HttpResponse:
    """A paper, for the person and those who act for them."""
    return _paper(request, person_id, evidence_id)


@require_safe
@never_cache
@staff_page
def paper(request: SignedIn, person_id: int, evidence_id: int) -> HttpResponse:
    """A paper, for an officer who works out charges."""
    if not may(request.user, POWER):
        raise Http404("No such paper")
    return _paper(request, person_id, evidence_id)


def _paper(request: SignedIn, person_id: int, evidence_id: int) -> HttpResponse:
    at = now()
    person = record.open_person(
        request.user, person_id, what="a paper about your money", why=WHY, at=at
    )
    found = queries.paper(request.user, evidence_id, person, at=at)
    if found is None:
        raise Http404("No such paper")
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    how = "inline" if found.media_type in INLINE else "attachment"
    answer["Content-Disposition"] = (
        f'{how}; filename="paper-{found.pk}.{_ending(found.media_type)}"'
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _ending(media_type: str) -> str:
    return {
        "application/pdf": "pdf",
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/heic": "heic",
    }[media_type]
