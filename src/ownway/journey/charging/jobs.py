"""What charging answers: a budget that changed may change what is paid."""

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
