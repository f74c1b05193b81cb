"""Who may be given a Quality Mark. Source: Dudley 2013, quality marks (Silver and Gold)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ownway.policy.packs import Pack
from ownway.policy.planning import Objection

SILVER, GOLD = 1, 2
NAMES = {SILVER: "silver", GOLD: "gold"}
WHOLE = 10_000


@dataclass(frozen=True)
class MarkFacts:
    """What is known of a provider that asks for a mark. Not known is its own value: None.

    `unmet` names criteria of the level that are judged not met; `unjudged` those not judged yet.
    `standards` is one "met", "partly" or "not" for each Standard at the last visit.
    """

    level: int
    unmet: Sequence[str]
    unjudged: Sequence[str]
    standards: Sequence[str] | None
    outcomes_met: int | None
    outcomes_of: int | None
    is_under_audit: bool
    is_hidden: bool


def standards_score(found: Sequence[str]) -> int | None:
    """The share of Standards met, in ten-thousandths; one that is partly met counts half."""
    if not found:
        return None
    halves = sum({"met": 2, "partly": 1}.get(one, 0) for one in found)
    return halves * WHOLE // (2 * len(found))


def outcome_rate(met: int | None, of: int | None) -> int | None:
    """The share of people's outcomes that were achieved, in ten-thousandths."""
    return None if met is None or not of else met * WHOLE // of


def objections(facts: MarkFacts, *, pack: Pack) -> Iterator[Objection]:
    """Yield every reason this mark cannot be awarded; nothing when it can."""
    if facts.is_hidden:
        yield Objection("The entry is off the directory", "award", firm=True)
    if facts.is_under_audit:
        yield Objection("An audit of it is not settled", "award", firm=True)
    for words in facts.unjudged:
        yield Objection(f"Judge the criterion: {words}", "award", firm=True)
    for words in facts.unmet:
        yield Objection(f"A criterion is not met: {words}", "award")
    standards = standards_score(facts.standards) if facts.standards is not None else None
    yield from _share("Standards met at a visit", "standards", standards, facts.level, pack)
    outcomes = outcome_rate(facts.outcomes_met, facts.outcomes_of)
    yield from _share("Outcomes achieved", "outcomes", outcomes, facts.level, pack)


def _share(words: str, name: str, share: int | None, level: int, pack: Pack) -> Iterator[Objection]:
    least = pack.value(f"mark_{NAMES[level]}_{name}")
    needed = f"{NAMES[level]} asks for {least // 100}%"
    if share is None:
        yield Objection(f"{words}: not known; {needed}", name)
    elif share < least:
        yield Objection(f"{words}: {share // 100}%; {needed}", name)
