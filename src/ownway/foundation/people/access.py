"""Who may see a person: staff with a reason, the person, and those who act for them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.people.models import NamedWorker, Person, ReasonToLook, Representative


def visible_to(viewer: Viewer, *, at: datetime) -> QuerySet[Person]:
    """The people somebody may see at a moment. One condition of one query, whoever asks."""
    if not viewer.is_authenticated:
        return Person.objects.none()
    if staff := staff_of(viewer):
        if may(viewer, "people.see_all"):
            return Person.objects.all()
        if not may(viewer, "people.find"):
            return Person.objects.none()
        team = NamedWorker.objects.filter(
            person=OuterRef("pk"), ends_at=None, staff__team_id=staff.team_id
        )
        reason = ReasonToLook.objects.filter(person=OuterRef("pk"), staff=staff, ends_at__gt=at)
        return Person.objects.filter(Exists(team) | Exists(reason))
    own = Q(way_in__sign_in=viewer)
    acts = Representative.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        person=OuterRef("pk"),
        sign_in=viewer,
        starts_at__lte=at,
    )
    return Person.objects.filter(own | Exists(acts))


def acts_for(viewer: Viewer, person: Person, *, at: datetime) -> bool:
    """Say whether a resident may act for somebody: themselves, or as a representative now."""
    if staff_of(viewer) is not None or not viewer.is_authenticated:
        return False
    return visible_to(viewer, at=at).filter(pk=person.pk).exists()
