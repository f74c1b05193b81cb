"""Who may work out a budget, and who may ask that it be looked at again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from ownway.foundation.council.access import Viewer, require
from ownway.foundation.council.models import Staff
from ownway.foundation.people.access import acts_for
from ownway.foundation.people.models import Person


def require_may_work_out(viewer: Viewer) -> Staff:
    """Staff whose role works out budgets.

    Raises:
        PermissionDenied: their role does not.
    """
    return require(viewer, "budget.work_out")


def require_acts_for(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person, or somebody who acts for them now.

    Raises:
        PermissionDenied: neither.
    """
    if not acts_for(viewer, person, at=at):
        raise PermissionDenied("Only the person, or somebody who acts for them, may ask this")
