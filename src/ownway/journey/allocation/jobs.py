"""What allocation answers: a carer who says anew what they are willing and able to do."""

from datetime import datetime

from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event
from ownway.journey.allocation import actions
from ownway.journey.allocation.models import IndicativeBudget


def work_out_again(event: Event, at: datetime) -> IndicativeBudget | None:
    """Work out the sum of whoever is cared for, if there is one already."""
    person = Person.objects.get(pk=event.facts["cares_for"])
    because = f"{event.person.formal_name} changed what they can do" if event.person else ""
    return actions.work_out_again(person, because=because, by=event.by, at=at)


ANSWERS = {
    "carer.statement_given": work_out_again,
    "carer.statement_withdrawn": work_out_again,
}
