"""Who may say what somebody's money is, who decides what they pay, who changes rates for all."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from ownway.foundation.council.access import Viewer, may, require
from ownway.foundation.council.models import Staff
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person

POWER = "charge.work_out"
UPRATE = "charge.uprate"


def require_may_give(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person and those who act for them; or staff whose role it is, for people they see.

    Raises:
        PermissionDenied: none of these.
    """
    if not acts_for(viewer, person, at=at):
        require_may_decide(viewer, person, at=at)


def require_may_decide(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """Staff whose role it is, for people they see.

    Raises:
        PermissionDenied: another role, or somebody else's person.
    """
    sees = visible_to(viewer, at=at).filter(pk=person.pk).exists()
    if not (may(viewer, POWER) and sees):
        raise PermissionDenied(f"Your role does not allow this ({POWER})")


def require_acts_for(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person, or somebody who acts for them now.

    Raises:
        PermissionDenied: neither.
    """
    if not acts_for(viewer, person, at=at):
        raise PermissionDenied("Only the person, or somebody who acts for them, may ask this")


def require_may_uprate(viewer: Viewer) -> Staff:
    """A finance officer.

    Raises:
        PermissionDenied: another role.
    """
    return require(viewer, UPRATE)
