"""What this stage answers: a contact that asked for an assessment."""

from datetime import datetime

from ownway.foundation.record.models import Event
from ownway.journey.assessment import actions


def open_assessment(event: Event, at: datetime) -> None:
    """Open what was asked for; asked twice, it is opened once."""
    actions.open_from_screening(event, at=at)


ANSWERS = {"assessment.asked_for": open_assessment}
