"""What this stage answers: an assessment in which a carer said something."""

from datetime import datetime

from ownway.foundation.record.models import Event
from ownway.journey.assessment import queries as assessment
from ownway.journey.carers import actions


def take_from_answers(event: Event, at: datetime) -> None:
    """Keep what a carer will do, whom to call, and what they wish for."""
    assert event.person is not None
    done = assessment.latest(event.person, kind=event.facts["assessment_kind"])
    if done is not None and done.pk == event.facts["assessment"]:
        actions.take_from_answers(done, by=event.by, at=at)


ANSWERS = {"assessment.answered": take_from_answers}
