"""What charging answers, and runs over everybody that go on by themselves."""

from datetime import datetime

from ownway.foundation.record.models import Event
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.charging import actions
from ownway.journey.charging.models import Charge


def charge_again(event: Event, at: datetime) -> Charge | None:
    """Work out what is paid on the newest budget of the side the event is about."""
    written = IndicativeBudget.objects.get(pk=event.facts["budget"])
    budget = budgets.budget_of(written.person, side=written.side)
    if budget is None:
        return None
    if budget.side == Side.PERSON and (answered := actions.answer_waiting(budget.person, at=at)):
        return answered
    return actions.charge_again(budget, by=event.by, at=at)


ANSWERS = {"budget.worked_out": charge_again, "budget.settled": charge_again}


def go_on_with_new_rates(at: datetime) -> int:
    """Do the next batches of every run over everybody; say how many people were moved on."""
    return actions.go_on_uprating(at=at)


DUE = {"go on with new rates": go_on_with_new_rates}
