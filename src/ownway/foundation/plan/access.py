"""Who may read a plan, and who may write in it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet

from ownway.foundation.council.access import Viewer, may, member_of
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Consent
from ownway.foundation.plan.models import Plan, PlanLine, Status

SHOWN_TO_PROVIDERS = (Status.OFFERED, Status.AGREED)
PART = "plan_part"
WHOLE = "plan_whole"


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


def require_may_write(viewer: Viewer, plan: Plan, *, at: datetime) -> None:
    """Let through whoever may write in a plan.

    Raises:
        PermissionDenied: they may not.
    """
    if not may_write(viewer, plan, at=at):
        raise PermissionDenied("You may not write in this plan")


def consent_scope(what: str, organisation_id: int) -> str:
    """How a consent to share a plan, or a part of it, with an organisation is filed."""
    return f"{what}:{organisation_id}"


def lines_shared_with(viewer: Viewer, *, at: datetime) -> QuerySet[PlanLine]:
    """A provider's own part of plans sent or agreed, while the person consents."""
    member = member_of(viewer)
    if member is None or member.part != "provider":
        return PlanLine.objects.none()
    return PlanLine.objects.filter(
        _consent("plan__person", PART, member.organisation_id, at),
        organisation_id=member.organisation_id,
        not_found=False,
        plan__status__in=SHOWN_TO_PROVIDERS,
    )


def plans_shared_with(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """The plans of people who chose a broker's organisation, while they consent."""
    member = member_of(viewer)
    if member is None or member.part != "broker":
        return Plan.objects.none()
    return Plan.objects.filter(
        _consent("person", WHOLE, member.organisation_id, at),
        broker_id=member.organisation_id,
    ).exclude(status=Status.ENDED)


def _consent(person: str, what: str, organisation_id: int, at: datetime) -> Exists:
    given = Consent.objects.filter(
        Q(until=None) | Q(until__gt=at),
        person=OuterRef(person),
        scope=consent_scope(what, organisation_id),
        given_at__lte=at,
        withdrawn_at=None,
    )
    return Exists(given)
