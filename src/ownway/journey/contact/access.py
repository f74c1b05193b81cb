"""Which contacts somebody may open, and who may take one."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.council.models import Staff
from ownway.foundation.people.access import visible_to
from ownway.foundation.record.models import Task
from ownway.journey.contact.models import Contact, HandOver

TAKE = "contact.take"
ROUTE = "contact.route"
DECIDE = "concern.decide"


def contacts_for(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """Every contact for the access desk; for others their own, their people's and tasks'."""
    staff = staff_of(viewer)
    if staff is None or not may(viewer, TAKE):
        return Contact.objects.none()
    if may(viewer, "people.see_all"):
        return Contact.objects.all()
    seen = visible_to(viewer, at=at)
    mine = Q(owner=staff) | Q(caller__in=seen) | Q(about__in=seen)
    handed_over = HandOver.objects.filter(team=staff.team, taken_back_at=None)
    theirs = mine | Q(pk__in=handed_over.values("contact")) | Exists(_tasks_of(staff))
    return Contact.objects.filter(theirs)


def _tasks_of(staff: Staff) -> QuerySet[Task]:
    """What somebody was given to do about a contact, of whomever it is."""
    number = Cast(OuterRef("pk"), CharField())
    return Task.objects.filter(
        owner=staff, subject=Concat(Value("contact:"), number, output_field=CharField())
    )
