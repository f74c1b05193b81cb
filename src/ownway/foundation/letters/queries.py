"""Letters somebody may read, and the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.letters import access
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people.models import Person


def letters(viewer: Viewer, *, at: datetime) -> QuerySet[Letter]:
    """Every letter a viewer may read, newest first."""
    return access.letters_for(viewer, at=at).select_related("person", "to", "sent_by__staff")


def letters_about(viewer: Viewer, person: Person, *, at: datetime) -> QuerySet[Letter]:
    """Letters about one person."""
    return letters(viewer, at=at).filter(person=person)


def outbox(viewer: Viewer, *, at: datetime) -> QuerySet[Outbox]:
    """What is to be sent and what was, newest first."""
    return access.outbox_for(viewer, at=at).select_related("person", "letter")


def still_to_send() -> list[int]:
    """Rows that can go by themselves and have not, oldest first. Post goes by hand."""
    waiting = Outbox.objects.filter(sent_at=None, tries__lt=5).exclude(channel="post")
    return list(waiting.order_by("queued_at", "pk").values_list("pk", flat=True)[:200])
