"""Whether a final budget follows its starting point, and what must be said when it does not.

A starting budget is never a limit: a final one may be more or less, for a reason that is kept.
Source: R (Savva) v Kensington and Chelsea 2010; Care Act 2014 statutory guidance, chapter 11.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ownway.policy import money


@dataclass(frozen=True)
class Award:
    """A starting budget and what was agreed. Units: pence a week; points of need left."""

    points: int
    indicative_pence: int
    final_pence: int
    because: str = ""


@dataclass(frozen=True)
class Concern:
    """Something to answer before an award stands; firm until a reason is written."""

    message: str
    firm: bool


def concerns(award: Award, *, before: Award | None = None) -> Iterator[Concern]:
    """Yield what must be answered about an award, beside the one before it if there was one.

    Source: reasons are owed where the two figures differ; needs that rose without the award
        rising ask whether it still meets them.
    """
    start, final = money.pounds(award.indicative_pence), money.pounds(award.final_pence)
    if award.final_pence != award.indicative_pence and not award.because.strip():
        message = f"The starting budget was {start} and the final one is {final}. Say why."
        yield Concern(message, firm=True)
    if before and award.points > before.points and award.final_pence <= before.final_pence:
        rose = f"Needs rose from {before.points} to {award.points} points"
        yield Concern(f"{rose}, but the budget did not rise from {final}.", firm=False)


@dataclass(frozen=True)
class Draft:
    """A draft plan beside the budget it is written for, when somebody would ask for more.

    Units: pence a week. `budget_pence` is None before a budget was worked out.
    """

    budget_pence: int | None
    is_written: bool
    planned_pence: int
    is_agreed: bool = False
    is_asked: bool = False


def too_soon(draft: Draft) -> Iterator[str]:
    """Yield every reason why more cannot be asked for yet; nothing when it can.

    Source: Dudley 2013, personal budgets: a starting budget cannot be called unsuitable until
        planning is done; then an impact assessment can support an increase.
    """
    if draft.budget_pence is None:
        yield "No budget has been worked out yet"
    if not draft.is_written:
        yield "Write a draft of the plan first, with what each thing costs. It shows what is short"
    elif draft.is_agreed:
        yield "The plan is agreed. If needs have changed, ask for a review"
    elif draft.budget_pence is not None and draft.planned_pence <= draft.budget_pence:
        planned, budget = money.pounds(draft.planned_pence), money.pounds(draft.budget_pence)
        yield f"The draft plan takes {planned} a week, and the budget of {budget} pays for that"
    if draft.is_asked:
        yield "This was asked already, and waits for an answer"
