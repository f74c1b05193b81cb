"""A plan as the person reads it: in their words first, then who helps, what it costs, who pays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from ownway.community.directory import queries as directory
from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Organisation, OrganisationMember, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Often, PaidFrom, Plan, PlanLine, Risk, Status
from ownway.foundation.record.models import Decision
from ownway.journey.charging import queries as charging
from ownway.journey.contact import queries as contact
from ownway.journey.planning.queries.facts import (
    Weighed,
    change_ratio,
    decisions_of,
    manager_over,
    start_of,
    worked_out,
)
from ownway.journey.planning.queries.telling import Wrote, who_wrote
from ownway.journey.planning.queries.wording import called, line_in_words, paid_by
from ownway.policy.packs import Pack
from ownway.policy.planning import Objection, may_change_by


@dataclass(frozen=True)
class LineShown:
    """A line as its reader sees it: whose, from what, how it is tagged, what may change."""

    line: PlanLine
    words: str
    tag: str
    look: str
    may_change_pence: int
    cost: str
    unfit: str = ""


@dataclass(frozen=True)
class SumOfPlan:
    """What was worked out for a plan and what it takes from that, in pence a week."""

    plan: Plan
    worked_out_pence: int | None
    planned_pence: int
    put_by_pence: int
    once_pence: int

    @property
    def left_pence(self) -> int:
        """What is not planned yet; below nothing when more is planned than was worked out."""
        return (self.worked_out_pence or 0) - self.planned_pence

    @property
    def is_even(self) -> bool:
        """Whether all of it is planned, to the penny."""
        return self.worked_out_pence is not None and self.left_pence == 0

    @property
    def in_words(self) -> str:
        """The running sum in one sentence."""
        planned = f"{pounds(self.planned_pence)} a week is planned"
        if self.worked_out_pence is None:
            return f"{planned}. We have not worked out a budget yet."
        whole = pounds(self.worked_out_pence)
        if self.left_pence > 0:
            return f"{planned}, of {whole}. {pounds(self.left_pence)} is still to plan."
        if self.left_pence < 0:
            return f"{planned}. That is {pounds(-self.left_pence)} more than the {whole} we found."
        return f"{planned}. That is all of it."


@dataclass(frozen=True)
class Mine:
    """One plan among those shown together."""

    plan: Plan
    whose: str
    sum: SumOfPlan
    lines: tuple[LineShown, ...]

    @property
    def is_readers(self) -> bool:
        """Whether it is the plan of the person who reads."""
        return self.whose == "you"


@dataclass(frozen=True)
class Shown:
    """A resident's plans on one page: theirs first, then those hand in hand with it."""

    reader: Person | None
    mine: tuple[Mine, ...]
    others: tuple[LineShown, ...]
    not_found: tuple[PlanLine, ...]
    suggested: Mapping[int, str]
    risks: tuple[Risk, ...]
    wrote: tuple[Wrote, ...]
    worker: Staff | None
    manager: Staff | None
    charge_note: str

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans themselves."""
        return tuple(one.plan for one in self.mine)

    @property
    def first(self) -> Plan:
        """The reader's own plan, or the first of those they look after."""
        return self.mine[0].plan

    @property
    def has_budget(self) -> bool:
        """Whether a budget was worked out for any of them."""
        return any(one.sum.worked_out_pence is not None for one in self.mine)

    @property
    def is_agreed(self) -> bool:
        """Whether all of them are agreed."""
        return all(plan.status == Status.AGREED for plan in self.plans)

    @property
    def can_be_sent(self) -> bool:
        """Whether any of them can be sent to be agreed; one without a budget is not waited for."""
        unsent = [one for one in self.mine if one.plan.status in (Status.OPEN, Status.RETURNED)]
        known = any(one.sum.worked_out_pence is not None for one in unsent)
        return bool(unsent) and (known or not self.has_budget)

    @property
    def worked_out_pence(self) -> int:
        """All budgets together, a week."""
        return sum(one.sum.worked_out_pence or 0 for one in self.mine)

    @property
    def planned_pence(self) -> int:
        """All that is planned from them, put by included."""
        return sum(one.sum.planned_pence for one in self.mine)

    @property
    def put_by_pence(self) -> int:
        """All that is put by."""
        return sum(one.sum.put_by_pence for one in self.mine)

    @property
    def left_pence(self) -> int:
        """What is not planned yet."""
        return self.worked_out_pence - self.planned_pence

    @property
    def change_percent(self) -> int:
        """How much of a line may change without asking."""
        return self.first.change_limit_percent or 0

    @property
    def widest(self) -> LineShown | None:
        """The line that may change most, as an example."""
        own = [line for one in self.mine for line in one.lines if line.may_change_pence]
        return max(own, key=lambda line: line.may_change_pence, default=None)

    def words(self, field: str) -> list[tuple[str, str]]:
        """What the plans say in a field: once when all say the same, else plan by plan."""
        said = {one.whose: getattr(one.plan, field).strip() for one in self.mine}
        if len(said) > 1 and len(set(said.values())) == 1 and any(said.values()):
            return [("us", next(iter(said.values())))]
        return [("me" if who == "you" else who, text) for who, text in said.items() if text]


def shown(viewer: Viewer, chosen: Sequence[Plan], *, on: date) -> Shown:
    """Everything on a resident's plan page, for the plans they own or look after."""
    rules = council.rules(on)
    reader = people.own_person(viewer)
    lines = plans.lines_of_all(chosen)
    found = [line for line in lines if not line.not_found]
    decisions = decisions_of(plan.person for plan in chosen)
    worker = people.named_worker(chosen[0].person)
    manager = manager_over(worker)
    mine = tuple(
        _mine(plan, reader, lines, rules, decisions.get((plan.person_id, "allocation")))
        for plan in chosen
    )
    others = [line for line in found if line.paid_from != PaidFrom.BUDGET]
    return Shown(
        reader=reader,
        mine=mine,
        others=tuple(_others(others, reader, rules, on=on)),
        not_found=tuple(line for line in lines if line.not_found),
        suggested=_suggested(lines),
        risks=tuple(plans.risks_of_all(chosen)),
        wrote=tuple(who_wrote(viewer, chosen)),
        worker=worker,
        manager=manager,
        charge_note=_charge_note(mine, reader, decisions),
    )


def _others(
    lines: Iterable[PlanLine], reader: Person | None, rules: Pack, *, on: date
) -> Iterator[LineShown]:
    """What is not paid from the budget, with its price, and whether they said it does not suit."""
    once = list(_each_place_once(lines))
    prices = directory.prices([line.entry_key for line in once if line.entry_key], on=on)
    unfit = contact.unfit_for({line.plan.person for line in once})
    for line in once:
        shown_as = _line(line, reader, rules, price=prices.get(line.entry_key, ""))
        yield replace(shown_as, unfit=unfit.get((line.plan.person_id, line.entry_key), ""))


def _each_place_once(lines: Iterable[PlanLine]) -> Iterator[PlanLine]:
    """A couple told of one place have it in both plans; on their page it stands once."""
    seen: set[str] = set()
    for line in lines:
        if line.entry_key and line.entry_key in seen:
            continue
        seen.add(line.entry_key)
        yield line


def _mine(
    plan: Plan,
    reader: Person | None,
    lines: list[PlanLine],
    rules: Pack,
    decision: Decision | None,
) -> Mine:
    own = [line for line in lines if line.plan_id == plan.pk]
    budget = [line for line in own if line.paid_from == PaidFrom.BUDGET and not line.not_found]
    in_order = sorted(budget, key=lambda line: line.is_reserve)
    words = tuple(_line(line, reader, rules) for line in in_order)
    return Mine(plan, called(plan, reader), _summed(plan, own, decision), words)


def sum_of(plan: Plan, lines: Sequence[PlanLine]) -> SumOfPlan:
    """The running sum of a plan against what was worked out for it."""
    return _summed(plan, lines, worked_out(plan.person))


def sum_weighed(one: Weighed) -> SumOfPlan:
    """The running sum of a plan whose facts are at hand."""
    return _summed(one.plan, one.lines, one.decision)


def _summed(plan: Plan, lines: Sequence[PlanLine], decision: Decision | None) -> SumOfPlan:
    put_by = [line for line in lines if line.is_reserve]
    return SumOfPlan(
        plan,
        start_of(decision),
        plans.weekly_from_budget(lines),
        plans.weekly_from_budget(put_by),
        plans.once_from_budget(lines),
    )


def _line(line: PlanLine, reader: Person | None, rules: Pack, *, price: str = "") -> LineShown:
    tag, look = paid_by(line, reader)
    if line.cost_pence:
        cost = pounds(line.cost_pence)
    else:
        cost = "" if line.paid_from in ("budget", "family") else price or "Free"
    return LineShown(line, line_in_words(line), tag, look, _may_change(line, rules), cost)


def _may_change(line: PlanLine, rules: Pack) -> int:
    """How far an agreed weekly line of the budget may move without asking, in pence."""
    is_weekly_support = line.often == Often.WEEKLY and not line.is_reserve
    if line.plan.status != Status.AGREED or line.paid_from != PaidFrom.BUDGET:
        return 0
    return may_change_by(line.agreed_pence or 0, change_ratio(rules)) if is_weekly_support else 0


def _charge_note(
    mine: Sequence[Mine],
    reader: Person | None,
    decisions: Mapping[tuple[int, str], Decision],
) -> str:
    """Say whose own payment the sum counts in, when somebody pays."""
    pays = []
    for one in mine:
        charge = decisions.get((one.plan.person_id, "charging"))
        if charge and (whole := charge.result.get("charge_pence")):
            who = called(one.plan, reader)
            pence = _pays(one, whole)
            pays.append(f"{pounds(pence)} that {who} {'pay' if who == 'you' else 'pays'}")
    return " and the ".join(pays)


def _pays(one: Mine, whole: int) -> int:
    """What they pay: by the budget while the plan is being written, then by what the plan costs."""
    if one.plan.status in (Status.OPEN, Status.RETURNED):
        return whole
    return charging.paid_of_plan(whole, weekly_pence=one.sum.planned_pence)


def _suggested(lines: Sequence[PlanLine]) -> dict[int, str]:
    """Lines that somebody's broker suggests, and the broker's name."""
    suggested = [line for line in lines if line.not_found and line.support and line.plan.broker_id]
    if not suggested:
        return {}
    members = OrganisationMember.objects.filter(
        sign_in__in=[line.added_by_id for line in suggested], part="broker"
    ).select_related("organisation")
    names = {member.sign_in_id: member.organisation.name for member in members}
    return {line.pk: names[line.added_by_id] for line in suggested if line.added_by_id in names}


@dataclass(frozen=True)
class ToWrite:
    """Something that whoever agrees a plan will ask about, and the page where it is written."""

    words: str
    address: str


def still_to_write(weighed: Sequence[Weighed]) -> list[ToWrite]:
    """What is still to be written in these plans before they can be agreed; nothing when all is."""
    whose = {one.plan.pk: f": {one.plan.person.first_name}" for one in weighed}
    return [
        ToWrite(
            PAGES[objection.field] + (whose[one.plan.pk] if len(whose) > 1 else ""),
            _page_of(one, objection),
        )
        for one in weighed
        for objection in one.objections
        if objection.field in PAGES
    ]


# What is still missing, in the words of somebody who writes a plan.
PAGES = {
    "strengths": "What is strong, and what matters",
    "goals": "What should happen soon, and later",
    "network": "How support will grow the network",
    "risks": "All sides of a risk",
    "lines": "Help that is not from the budget, and what each line costs",
    "needs": "What meets each need",
}


def _page_of(one: Weighed, objection: Objection) -> str:
    if objection.field == "strengths" and one.plan.strengths.strip():
        return reverse("plan-words", args=[one.plan.pk, "matters"])
    if objection.field in ("strengths", "goals", "network"):
        return reverse("plan-words", args=[one.plan.pk, objection.field])
    return reverse("my-plan") + ("#risk" if objection.field == "risks" else "#support")


def brokers() -> list[Organisation]:
    """Organisations that help people plan and find support."""
    return list(council.organisations().filter(members__part="broker").distinct().order_by("name"))


def is_in_house(organisation_id: int | None) -> bool:
    """Whether support is the council's own, which the council pays itself."""
    if organisation_id is None:
        return False
    return council.organisations().filter(pk=organisation_id, kind="in_house").exists()
