"""Who may rate, who may answer for an entry, who keeps quality, and who visits."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from ownway.community.directory.models import Entry
from ownway.community.quality.models import LayReviewer
from ownway.foundation.council.access import Viewer, may, member_of, require, staff_of
from ownway.foundation.council.models import OrganisationMember, Staff

KEEP = "quality.keep"


def may_keep(viewer: Viewer) -> bool:
    """Whether somebody checks ratings, makes audits and awards marks."""
    return may(viewer, KEEP)


def require_keeper(staff: Staff) -> Staff:
    """Return the member of staff who keeps quality.

    Raises:
        PermissionDenied: their role does not allow it.
    """
    return require(staff.sign_in, KEEP)


def is_resident(viewer: Viewer) -> bool:
    """Somebody who has signed in and neither works here nor for an organisation."""
    works = staff_of(viewer) is not None or member_of(viewer) is not None
    return viewer.is_authenticated and not works


def entries_of(member: OrganisationMember) -> QuerySet[Entry]:
    """What an organisation has in the directory, in sight or not."""
    return Entry.objects.filter(owner__organisation=member.organisation_id)


def require_own(member: OrganisationMember, entry: Entry) -> None:
    """Let only an entry's own provider go on.

    Raises:
        PermissionDenied: it is another's.
    """
    if not entries_of(member).filter(pk=entry.pk).exists():
        raise PermissionDenied("This is not in the directory for your organisation")


def reviewer_of(viewer: Viewer, *, on: date) -> LayReviewer | None:
    """The lay reviewer behind a sign-in, while they still visit and their check is in date."""
    if not viewer.is_authenticated:
        return None
    here = Q(left_on=None) | Q(left_on__gt=on)
    return LayReviewer.objects.filter(here, sign_in_id=viewer.pk, checked_until_on__gte=on).first()
