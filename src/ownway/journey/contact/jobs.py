"""What the access desk answers: a concern that came by another door opens as one."""

from datetime import datetime

from ownway.foundation.record.models import Event
from ownway.journey.contact import actions


def take_concern(event: Event, at: datetime) -> None:
    """Somebody wrote of harm where everybody reads: it stands first on the desk's list."""
    facts = event.facts
    actions.report_concern(
        key=f"concern:{event.pk}",
        at=at,
        who=f"Somebody who uses {facts['entry']}",
        said=f"Written as a rating in the directory, and not shown there.\n\n{facts['said']}",
        name=facts["name"],
        phone=facts["phone"],
    )


ANSWERS = {"rating.is_a_concern": take_concern}
