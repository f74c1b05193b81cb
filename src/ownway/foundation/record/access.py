"""Whose timeline, tasks and looks somebody may see."""

from datetime import datetime

from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.people.access import visible_to
from ownway.foundation.record.models import AccessLog, Event, Task


def events_for(viewer: Viewer, *, at: datetime) -> QuerySet[Event]:
    """What happened to the people a viewer may see; what is confidential, to staff alone."""
    events = Event.objects.filter(person__in=visible_to(viewer, at=at))
    return events if staff_of(viewer) is not None else events.filter(is_confidential=False)


def tasks_for(viewer: Viewer) -> QuerySet[Task]:
    """Tasks of a member of staff, and of the whole team for its manager."""
    staff = staff_of(viewer)
    if staff is None:
        return Task.objects.none()
    if may(viewer, "plan.agree"):
        return Task.objects.filter(Q(owner__team_id=staff.team_id) | Q(owner=staff))
    return Task.objects.filter(owner=staff)


def looks_for(viewer: Viewer, *, at: datetime) -> QuerySet[AccessLog]:
    """Who looked: for the person and those who act for them, and nobody else."""
    if staff_of(viewer) is not None:
        return AccessLog.objects.none()
    return AccessLog.objects.filter(person__in=visible_to(viewer, at=at))
