"""Who may read a letter, and who may look into the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people.access import visible_to


def letters_for(viewer: Viewer, *, at: datetime) -> QuerySet[Letter]:
    """Letters about the people a viewer may see."""
    return Letter.objects.filter(person__in=visible_to(viewer, at=at))


def outbox_for(viewer: Viewer) -> QuerySet[Outbox]:
    """The whole outbox for staff who answer for it; nothing for anybody else."""
    return Outbox.objects.all() if may(viewer, "outbox.read") else Outbox.objects.none()
