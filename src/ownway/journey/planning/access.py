"""Who may agree a plan: a manager who may see it, and never their own."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from ownway.foundation.council.access import Viewer, may, require
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan.access import plans_for
from ownway.foundation.plan.models import Plan


def may_agree(viewer: Viewer, plan: Plan, *, at: datetime) -> bool:
    """Say whether somebody may agree this plan, send it back, or ask the panel."""
    if not may(viewer, "plan.agree") or _is_own(viewer, plan):
        return False
    return plans_for(viewer, at=at).filter(pk=plan.pk).exists()


def require_may_agree(by: Staff, plan: Plan, *, at: datetime) -> None:
    """Let through whoever may agree this plan.

    Raises:
        PermissionDenied: their role does not allow it, they may not see it, or it is their own.
    """
    require(by.sign_in, "plan.agree")
    if _is_own(by.sign_in, plan):
        raise PermissionDenied("Nobody agrees a plan of their own, or one they sent")
    if not may_agree(by.sign_in, plan, at=at):
        raise PermissionDenied("This plan is not one of your team’s")


def _is_own(viewer: Viewer, plan: Plan) -> bool:
    if plan.offered_by_id == viewer.pk:
        return True
    theirs = Q(way_in__sign_in=viewer) | Q(representatives__sign_in=viewer)
    return Person.objects.filter(theirs, pk=plan.person_id).exists()
