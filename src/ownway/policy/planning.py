"""Whether a support plan can be agreed: legal, effective and affordable, each with its evidence.

Source: Dudley 2013, WS3 Support Planning (three tests; network; goals; not only the budget); Care
Act 2014 s.25. A plan that fails is told everything that is missing, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ownway.policy.money import RATIO, pounds

TESTS: Final = ("legal", "effective", "affordable")
BUDGET: Final = "budget"
NETWORK_QUESTION: Final = "How will support grow the network?"
USUAL_RESTRICTIONS: Final = (
    "Not for gambling, paying off debts, or anything against the law. "
    "Not for care that the NHS must give, or for a long stay in a care home."
)
"""What a budget may not buy, unless a plan says more. Source: Dudley 2013, themes 2 and 6."""


@dataclass(frozen=True)
class LineFacts:
    """A line of a plan: what is wanted, from what it is paid, and pence a week or once."""

    wish: str
    paid_from: str = BUDGET
    weekly_pence: int = 0
    once_pence: int = 0
    not_found: bool = False
    part_of_life: str = ""


@dataclass(frozen=True)
class RiskFacts:
    """A risk somebody chose to take, and whether all three sides of it are written."""

    what: str
    is_weighed: bool = True
    needs_panel: bool = False


@dataclass(frozen=True)
class PlanFacts:
    """What is known of a plan when somebody asks to agree it.

    Units: pence a week, `once_pence` of lines apart. None is unknown. `needs_left` are the parts
    of life in which a need is left after what carers are willing to do; None when not known.
    `capacity` and `emergency` are what other stages recorded, in a sentence; empty when nothing.
    """

    whose: str
    on_offer: bool = True
    eligible: bool | None = None
    band: str = ""
    worked_out_pence: int | None = None
    strengths: str = ""
    matters: str = ""
    network: str = ""
    short_goals: str = ""
    long_goals: str = ""
    views_recorded: bool = False
    departure_because: str = ""
    panel_waits: bool = False
    panel_answered: bool = False
    lines: tuple[LineFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    capacity: str = ""
    emergency: str = ""
    needs_left: tuple[str, ...] | None = None
    part_names: dict[str, str] = field(default_factory=dict)

    @property
    def found(self) -> tuple[LineFacts, ...]:
        """Lines that somebody or something was found for."""
        return tuple(line for line in self.lines if not line.not_found)

    @property
    def from_budget(self) -> tuple[LineFacts, ...]:
        """Lines that the budget pays."""
        return tuple(line for line in self.found if line.paid_from == BUDGET)

    @property
    def planned_pence(self) -> int:
        """What the plan takes from the budget each week."""
        return sum(line.weekly_pence for line in self.from_budget)

    @property
    def once_pence(self) -> int:
        """What the plan takes from the budget one single time."""
        return sum(line.once_pence for line in self.from_budget)


@dataclass(frozen=True)
class Objection:
    """A reason a plan cannot be agreed yet, and the field that mends it.

    A firm one gives way to nothing but the mend; any other also to a reason that is kept.
    """

    text: str
    field: str
    firm: bool = False


@dataclass(frozen=True)
class Check:
    """One thing looked at under one of the three tests, and what was found.

    `to_look_at` marks what the rule cannot know: whoever agrees the plan must judge it.
    """

    test: str
    said: str
    objection: Objection | None = None
    to_look_at: bool = False


def checks(plan: PlanFacts) -> Iterator[Check]:
    """Make every check of the three tests, in their order."""
    yield from _legal(plan)
    yield from _effective(plan)
    yield from _affordable(plan)


def objections(plan: PlanFacts) -> Iterator[Objection]:
    """Yield every reason this plan cannot be agreed yet; nothing when it can.

    Source: Care Act 2014 s.25(1)(c) needs to be met; s.25(5) reaching agreement; Dudley 2013,
        WS3 (tests, goals), 2 Theme 3 (network), 4 TOM 2 (not only the budget).
    """
    for check in checks(plan):
        if check.objection is not None:
            yield check.objection


def may_change_by(line_pence: int, ratio: int) -> int:
    """How far a line may move without asking, in whole pence, the fraction of a penny dropped.

    Units: pence; the ratio in ten-thousandths.
    Source: Dudley 2013, WS3 (changes agreed beforehand); the share is each council's.
    """
    return line_pence * ratio // RATIO


def _legal(plan: PlanFacts) -> Iterator[Check]:
    if plan.on_offer:
        yield Check("legal", "Sent to be agreed by the person, or by who acts for them")
    else:
        words = f"{plan.whose} is not waiting to be agreed"
        yield Check("legal", words, Objection(words, "status", firm=True))
    yield _eligible(plan)
    if plan.views_recorded:
        yield Check("legal", "The person’s own views are in the plan")
    else:
        words = f"Record what the person thinks of the plan: {plan.whose} does not say"
        yield Check("legal", "What the person thinks is not written", Objection(words, "views"))
    if plan.capacity:
        yield Check("legal", plan.capacity)
    yield _panel(plan)


def _eligible(plan: PlanFacts) -> Check:
    if plan.worked_out_pence is None:
        words = f"Work out the budget first: there is none for {plan.whose}"
        objection = Objection(words, "budget", firm=True)
        return Check("legal", "No budget is worked out yet", objection)
    if plan.eligible is False:
        words = f"No eligible needs are confirmed for {plan.whose}"
        return Check("legal", words, Objection(words, "budget", firm=True))
    band = f": band {plan.band}" if plan.band else ""
    return Check("legal", f"Eligible needs are confirmed{band}")


def _panel(plan: PlanFacts) -> Check:
    named = [risk.what for risk in plan.risks if risk.needs_panel]
    if plan.panel_waits or (named and not plan.panel_answered):
        what = f": {'; '.join(named)}" if named else ""
        words = f"Wait for the risk panel’s answer about {plan.whose}{what}"
        return Check("legal", "The risk panel has not answered", Objection(words, "panel", True))
    if plan.panel_answered:
        return Check("legal", "The risk panel has answered")
    return Check("legal", "Nothing here needs the risk panel")


def _effective(plan: PlanFacts) -> Iterator[Check]:
    yield _written(
        plan, "It starts with strengths and what matters", "strengths", plan.strengths, plan.matters
    )
    yield _written(
        plan, "Goals for soon and for later are set", "goals", plan.short_goals, plan.long_goals
    )
    if plan.network.strip():
        yield Check("effective", f"{NETWORK_QUESTION} “{_start_of(plan.network)}”")
    else:
        words = f"“{NETWORK_QUESTION}” is empty in {plan.whose}"
        objection = Objection(words, "network", firm=True)
        yield Check("effective", f"{NETWORK_QUESTION} is empty", objection)
    yield _more_than_the_budget(plan)
    yield from _needs(plan)
    yield from _risks(plan)
    if plan.emergency:
        yield Check("effective", plan.emergency)


def _written(plan: PlanFacts, said: str, where: str, *texts: str) -> Check:
    if all(text.strip() for text in texts):
        return Check("effective", said)
    asked = {
        "strengths": "Write what is strong and what matters first",
        "goals": "Write a goal for soon and one for later",
    }[where]
    words = f"{asked}: {plan.whose} does not say"
    return Check("effective", f"Not yet: {said[0].lower()}{said[1:]}", Objection(words, where))


def _more_than_the_budget(plan: PlanFacts) -> Check:
    others = [line for line in plan.found if line.paid_from != BUDGET]
    if others:
        number = f"{len(others)} line{'' if len(others) == 1 else 's'}"
        return Check("effective", f"Not only the budget: {number} of free help or other means")
    words = (
        f"{plan.whose} has budget lines only. Add help that is free, from family, from the "
        "neighbourhood, equipment, or the person’s own"
    )
    objection = Objection(words, "lines", firm=True)
    return Check("effective", "There are budget lines only", objection)


def _needs(plan: PlanFacts) -> Iterator[Check]:
    if plan.needs_left is None:
        return
    met = {line.part_of_life for line in plan.found}
    unmet = [plan.part_names.get(key, key) for key in plan.needs_left if key not in met]
    if not unmet:
        yield Check("effective", "Each part of life with a need has a line that meets it")
    elif any(not line.part_of_life for line in plan.found):
        listed = ", ".join(unmet)
        yield Check("effective", f"No line names these parts of life: {listed}", to_look_at=True)
    else:
        for name in unmet:
            words = f"Say how {plan.whose} meets the need: {name}"
            yield Check("effective", f"No line meets: {name}", Objection(words, "needs"))


def _risks(plan: PlanFacts) -> Iterator[Check]:
    for risk in plan.risks:
        if risk.is_weighed:
            yield Check("effective", f"Risk “{risk.what}” has a good side, a worry and a fallback")
        else:
            words = f"Write what is good, what worries, and what if, for the risk: {risk.what}"
            said = f"Risk “{risk.what}” is not weighed on all sides"
            yield Check("effective", said, Objection(words, "risks"))


def _affordable(plan: PlanFacts) -> Iterator[Check]:
    for line in plan.from_budget:
        if not line.weekly_pence and not line.once_pence:
            words = f"Say what this costs: {line.wish}"
            yield Check("affordable", f"No price: {line.wish}", Objection(words, "lines"))
    yield _sum_against_the_budget(plan)
    free = sum(1 for line in plan.found if line.paid_from != BUDGET)
    lines = "1 line costs" if free == 1 else f"{free} lines cost"
    yield Check("affordable", f"Free help counted first: {lines} the budget £0.00")


def _sum_against_the_budget(plan: PlanFacts) -> Check:
    planned, once = pounds(plan.planned_pence), plan.once_pence
    if plan.worked_out_pence is None:
        return Check("affordable", f"{planned} a week is planned", to_look_at=True)
    said = f"{planned} a week planned against {pounds(plan.worked_out_pence)} worked out"
    if once:
        said += f", and {pounds(once)} once"
    if plan.planned_pence == plan.worked_out_pence and not once:
        return Check("affordable", said)
    if plan.departure_because.strip():
        return Check("affordable", f"{said}: {_start_of(plan.departure_because)}")
    words = f"{plan.whose}: {said}. Say why they differ"
    return Check("affordable", said, Objection(words, "departure_because", firm=True))


def _start_of(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"
