"""How a plan and its lines are named to whoever reads them."""

from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Often, PaidFrom, Plan, PlanLine


def called(plan: Plan, reader: Person | None) -> str:
    """Whose plan it is, to its reader: "you", or a first name."""
    return "you" if reader and plan.person_id == reader.pk else plan.person.first_name


def line_in_words(line: PlanLine) -> str:
    """Brightsteps, home help: 4 hours at £17.00."""
    if line.hours and line.price_pence is not None:
        hours = f"{line.hours.normalize():f} hour{'' if line.hours == 1 else 's'}"
        price = f"{hours} at {pounds(line.price_pence)}"
        return f"{line.support}: {price}" if line.support else price
    bought_once = line.often == Often.ONCE and line.cost_pence
    return f"{line.support}, bought once" if bought_once else line.support


def paid_by(line: PlanLine, reader: Person | None) -> tuple[str, str]:
    """From what a line is paid, as the words of a tag, and the tag's look; "" is the plain one."""
    whose = called(line.plan, reader)
    match line.paid_from:
        case PaidFrom.BUDGET:
            return ("Your budget", "purple") if whose == "you" else (f"{whose}’s budget", "")
        case PaidFrom.OWN_MONEY:
            return ("Your own money" if whose == "you" else "Own money", "grey")
        case PaidFrom.FAMILY:
            return "You and family", "green"
        case PaidFrom.EQUIPMENT:
            return "Equipment", "green"
        case PaidFrom.TIME_BANK:
            return "Time bank", "green"
        case _:
            return "Local help", "green"
