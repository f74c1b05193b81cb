"""Who may say what somebody's money is, and so set what they pay."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person


def require_may_give(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person and those who act for them; or staff whose role it is, for people they see.

    Raises:
        PermissionDenied: none of these.
    """
    if acts_for(viewer, person, at=at):
        return
    sees = visible_to(viewer, at=at).filter(pk=person.pk).exists()
    if not (may(viewer, "charge.work_out") and sees):
        raise PermissionDenied("Your role does not allow this (charge.work_out)")
