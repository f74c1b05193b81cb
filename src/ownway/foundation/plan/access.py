"""Who may read a plan, and who may write in it."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.plan.models import Plan, Status


def plans_for(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """Plans of the people a viewer may see."""
    return Plan.objects.filter(person__in=visible_to(viewer, at=at))


def may_write(viewer: Viewer, plan: Plan, *, at: datetime) -> bool:
    """The person and those who act for them write; staff help where their role lets them."""
    if plan.status == Status.ENDED:
        return False
    if acts_for(viewer, plan.person, at=at):
        return True
    return may(viewer, "plan.help") and plans_for(viewer, at=at).filter(pk=plan.pk).exists()
