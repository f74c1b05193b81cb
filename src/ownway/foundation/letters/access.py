"""Who may read a letter, and who may look into the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people.access import visible_to


def letters_for(viewer: Viewer, *, at: datetime) -> QuerySet[Letter]:
    """Letters about the people a viewer may see."""
    return Letter.objects.filter(person__in=visible_to(viewer, at=at))


def outbox_for(viewer: Viewer, *, at: datetime) -> QuerySet[Outbox]:
    """For staff who answer for it: what goes to the people they may see; nothing for others.

    Those who see everybody see the whole of it, and what is to nobody on the record.
    """
    if not may(viewer, "outbox.read"):
        return Outbox.objects.none()
    if may(viewer, "people.see_all"):
        return Outbox.objects.all()
    return Outbox.objects.filter(person__in=visible_to(viewer, at=at))
