"""Who may share a plan, and what providers and brokers may see of it, moment by moment.

What is shared hangs on a consent that stands at the moment of asking: taken back, it ends at once.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.people.access import acts_for
from ownway.foundation.plan.access import lines_shared_with, plans_shared_with
from ownway.foundation.plan.models import Plan, PlanLine


def require_may_share(viewer: Viewer, plan: Plan, *, at: datetime) -> None:
    """Only the person, or somebody who acts for them, says who may see a plan.

    Raises:
        PermissionDenied: neither.
    """
    if not acts_for(viewer, plan.person, at=at):
        raise PermissionDenied("Only the person, or who acts for them, may share a plan")


def parts(viewer: Viewer, *, at: datetime) -> QuerySet[PlanLine]:
    """The lines that a provider's own may see now."""
    return lines_shared_with(viewer, at=at)


def whole_plans(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """The plans that a broker may see now."""
    return plans_shared_with(viewer, at=at)
