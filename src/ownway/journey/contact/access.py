"""Which contacts somebody may open, and who may take one."""

from datetime import datetime

from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.people.access import visible_to
from ownway.journey.contact.models import Contact, HandOver

TAKE = "contact.take"
ROUTE = "contact.route"


def contacts_for(viewer: Viewer, *, at: datetime) -> QuerySet[Contact]:
    """Every contact for the access desk; for other staff their own and their people's."""
    staff = staff_of(viewer)
    if staff is None or not may(viewer, TAKE):
        return Contact.objects.none()
    if may(viewer, "people.see_all"):
        return Contact.objects.all()
    seen = visible_to(viewer, at=at)
    mine = Q(owner=staff) | Q(caller__in=seen) | Q(about__in=seen)
    handed_over = HandOver.objects.filter(team=staff.team, taken_back_at=None)
    return Contact.objects.filter(mine | Q(pk__in=handed_over.values("contact")))
