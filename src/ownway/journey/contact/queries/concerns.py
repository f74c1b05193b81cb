"""A worry for safety: how it was written, who has it, what was decided and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.record.models import Event, Task
from ownway.journey.contact import access
from ownway.journey.contact.models import ConcernDecision, Contact, Outcome

TO_DECIDE, TO_ACT = "concern.decide", "concern.act"


@dataclass(frozen=True)
class Concern:
    """A worry for safety as it was written, its tasks, and what came of each; for staff alone."""

    worry: str
    task: Task
    decided: Event | None
    next_task: Task | None
    acted: Event | None

    @property
    def decision(self) -> str:
        """What was decided, in words."""
        return ConcernDecision(self.decided.facts["decision"]).label if self.decided else ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was written with the decision."""
        return self.decided.facts if self.decided else {}


def concern_of(contact: Contact) -> Concern | None:
    """The worry for safety a contact was settled with, and how far it is."""
    if contact.outcome != Outcome.CONCERN:
        return None
    about = Task.objects.filter(subject=contact.subject).select_related("owner", "done_by")
    given = about.filter(kind=TO_DECIDE).last()
    told = {one.kind: one for one in _events(contact)}
    raised = told.get("concern.raised")
    if given is None or raised is None:
        return None
    return Concern(
        raised.facts["because"],
        given,
        told.get("concern.decided"),
        about.filter(kind=TO_ACT).last(),
        told.get("concern.acted"),
    )


def _events(contact: Contact) -> list[Event]:
    kinds = ("concern.raised", "concern.decided", "concern.acted")
    told = Event.objects.filter(kind__in=kinds, facts__contact=contact.pk)
    return list(told.select_related("by__staff").order_by("at", "pk"))


def may_decide(viewer: Viewer, concern: Concern) -> bool:
    """Whether the viewer has the worry to decide on, or may decide on any."""
    staff = staff_of(viewer)
    return staff is not None and (concern.task.owner == staff or may(viewer, access.DECIDE))


def may_say_what_was_done(viewer: Viewer, concern: Concern) -> bool:
    """Whether the viewer has what follows, or may decide on any worry."""
    task, staff = concern.next_task, staff_of(viewer)
    if task is None or staff is None or task.done_at is not None:
        return False
    return task.owner == staff or may(viewer, access.DECIDE)
