"""Who may keep entries, who answers for one, and who may check one for everybody."""

from django.core.exceptions import PermissionDenied

from ownway.community.directory.models import Entry
from ownway.foundation.council.access import Viewer, may, member_of, staff_of
from ownway.foundation.council.models import OrganisationMember, SignIn
from ownway.foundation.people.queries import own_person


def may_keep(viewer: Viewer) -> bool:
    """Whether somebody answers for the whole directory."""
    return may(viewer, "directory.keep")


def is_theirs(member: OrganisationMember, entry: Entry) -> bool:
    """Whether an organisation answers for an entry."""
    owner = entry.owner
    return owner is not None and owner.organisation_id == member.organisation_id


def may_check(viewer: Viewer) -> bool:
    """Whether somebody may find out for everybody if an entry is right: residents and staff."""
    if not viewer.is_authenticated or member_of(viewer) is not None:
        return False
    if staff_of(viewer) is not None:
        return may_keep(viewer) or may(viewer, "contact_points.help")
    return own_person(viewer) is not None


def require_check(viewer: Viewer) -> SignIn:
    """Return the sign-in of somebody who may check entries.

    Raises:
        PermissionDenied: they may not.
    """
    if not isinstance(viewer, SignIn) or not may_check(viewer):
        raise PermissionDenied("Checks of the directory are for residents and our own staff")
    return viewer
