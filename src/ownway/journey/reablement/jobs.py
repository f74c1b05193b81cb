"""What reablement answers: the access desk asked it to help somebody."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from ownway.foundation.record.models import Event
from ownway.journey.reablement import actions
from ownway.journey.reablement.models import Source


def take_referral(event: Event, at: datetime) -> None:
    """Open a referral for whom the desk referred."""
    if event.person is None or event.by is None:
        return
    because = str(event.facts.get("because", ""))
    actions.refer(event.person, source=Source.COMMUNITY, because=because, by=event.by, at=event.at)


ANSWERS: Final[Mapping[str, Callable[[Event, datetime], object]]] = {
    "reablement.asked_for": take_referral,
}
