"""Letters about a plan: that it is agreed, and what is still missing."""

from typing import Any

from django.utils import timezone

from ownway.design.dates import long_date
from ownway.design.money import pounds
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Often, PaidFrom, Plan, PlanLine
from ownway.journey.charging import queries as charging
from ownway.journey.planning.queries.wording import line_in_words

Block = dict[str, Any]


def _whose(plan: Plan, to: Person) -> str:
    return "Your" if plan.person_id == to.pk else f"{plan.person.first_name}’s"


def agreed_title(plan: Plan, *, to: Person) -> str:
    """Your plan is agreed."""
    return f"{_whose(plan, to)} plan is agreed"


def agreed_body(plan: Plan, *, to: Person) -> list[Block]:
    """The plan in short: what it holds, from when, what may change, when it is looked at again."""
    whose = _whose(plan, to)
    lines = plans.lines_of(plan)
    paid = [line for line in lines if line.paid_from == PaidFrom.BUDGET and not line.not_found]
    free = [line for line in lines if line.paid_from != PaidFrom.BUDGET and not line.not_found]
    blocks = [
        _text(
            f"{whose} budget is {pounds(plan.agreed_weekly_pence)} a week. "
            f"Support can start from {long_date(plan.starts_on)}."
        ),
        _table(paid, total=plan.agreed_weekly_pence or 0),
        *_who_pays(plan, to=to),
    ]
    if free:
        blocks += [_heading("Not from the budget"), _list([_in_short(line) for line in free])]
    if wishes := [line.wish for line in lines if line.not_found]:
        blocks += [_heading("Not found yet"), _list(wishes)]
    return [*blocks, *_changes(plan), *_review(plan)]


def _who_pays(plan: Plan, *, to: Person) -> list[Block]:
    """What the person pays of the plan, and the council; nothing while that is not known."""
    assert plan.agreed_at is not None
    charge = charging.contribution(plan.person, on=timezone.localtime(plan.agreed_at).date())
    if charge is None or not charge.charge_pence:
        return []
    cost = plan.agreed_weekly_pence or 0
    pays = charging.paid_of_plan(charge.charge_pence, weekly_pence=cost)
    who = "You pay" if plan.person_id == to.pk else f"{plan.person.first_name} pays"
    return [
        _text(f"{who} {pounds(pays)} of it a week, and the council pays {pounds(cost - pays)}.")
    ]


def _table(paid: list[PlanLine], *, total: int) -> Block:
    return {
        "kind": "table",
        "caption": "What the budget pays for",
        "head": ["Support", "Cost"],
        "rows": [[_in_short(line), _cost(line)] for line in paid],
        "total": ["Each week", pounds(total)],
    }


def _cost(line: PlanLine) -> str:
    return f"{pounds(line.cost_pence)}{' once' if line.often == Often.ONCE else ''}"


def _in_short(line: PlanLine) -> str:
    words = line_in_words(line)
    return f"{line.wish}: {words}" if words else line.wish


def _changes(plan: Plan) -> list[Block]:
    blocks = [
        _heading("What may change without asking"),
        _list(
            [
                "the days, the times and the people",
                f"the cost of any line, by up to {plan.change_limit_percent}%",
                "the words of the plan, at any time",
            ]
        ),
    ]
    if plan.restrictions:
        blocks += [_heading("What the budget may not buy"), _text(plan.restrictions)]
    return blocks


def _review(plan: Plan) -> list[Block]:
    return [
        _heading("When we look at it again"),
        _text(f"The first review is on {long_date(plan.review_on)}."),
    ]


def returned_body(because: str, *, by: Staff) -> list[Block]:
    """What is still missing, and whom to ask."""
    ask = f"If you would like help, call {by.name} on {by.phone}." if by.phone else ""
    return [
        _text("Before your plan can be agreed, we need a little more:"),
        _text(because),
        _text(f"You can add it on your page, under Plan, and send it again. {ask}".strip()),
    ]


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _list(items: list[str]) -> Block:
    return {"kind": "list", "items": items}
