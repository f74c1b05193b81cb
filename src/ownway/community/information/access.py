"""Who may write, publish and look after information. Powers of roles are in `council.access`."""

from django.core.exceptions import PermissionDenied

from ownway.community.information.models import Page
from ownway.foundation.council.access import Viewer, may, require, staff_of
from ownway.foundation.council.models import Staff


def may_write(viewer: Viewer) -> bool:
    """Whether somebody writes pages."""
    return may(viewer, "information.write")


def may_publish(viewer: Viewer, page: Page) -> bool:
    """Whether somebody answers for a page: its owner, or who publishes for all."""
    staff = staff_of(viewer)
    if staff is None or not may_write(viewer):
        return False
    return page.owner_id == staff.pk or may(viewer, "information.publish")


def require_publish(viewer: Viewer, page: Page) -> Staff:
    """Return the member of staff who may publish a page, check it, and take it down.

    Raises:
        PermissionDenied: the page is not theirs.
    """
    staff = require(viewer, "information.write")
    if not may_publish(viewer, page):
        raise PermissionDenied("Only the owner of a page may do this")
    return staff
