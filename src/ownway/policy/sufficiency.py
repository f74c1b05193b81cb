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
