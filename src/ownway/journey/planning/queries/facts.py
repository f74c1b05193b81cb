"""The facts that the rules of planning ask for, gathered from the record and earlier stages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Case, When

from ownway.design.dates import short_date
from ownway.foundation.council import actions as council_days
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.models import Often, Plan, PlanLine, Risk, Status
from ownway.foundation.record.models import Decision
from ownway.journey.allocation import queries as allocation
from ownway.journey.assessment import queries as assessment
from ownway.journey.carers import queries as carers
from ownway.journey.planning.models import Judgement, Outcome
from ownway.policy import domains, planning
from ownway.policy.money import RATIO
from ownway.policy.packs import Pack
from ownway.policy.planning import Check, LineFacts, Objection, PlanFacts, RiskFacts


@dataclass(frozen=True)
class Weighed:
    """A plan with all that stands behind it: lines, risks, the budget's decision, the checks."""

    plan: Plan
    lines: tuple[PlanLine, ...]
    risks: tuple[Risk, ...]
    decision: Decision | None
    facts: PlanFacts
    checks: tuple[Check, ...]

    @property
    def objections(self) -> tuple[Objection, ...]:
        """What stands against agreeing it."""
        return tuple(check.objection for check in self.checks if check.objection)

    @property
    def differs(self) -> bool:
        """Whether what is planned is not what was worked out."""
        planned = self.facts.planned_pence == self.facts.worked_out_pence
        return self.facts.worked_out_pence is not None and (
            not planned or self.facts.once_pence > 0
        )


def weigh(
    chosen: Iterable[Plan],
    *,
    network: Mapping[int, str] | None = None,
    departure: Mapping[int, str] | None = None,
) -> list[Weighed]:
    """Gather the facts of some plans and make every check.

    `network` and `departure` are words that are about to be written, by plan.
    """
    chosen = list(chosen)
    lines, risks = plans.lines_of_all(chosen), plans.risks_of_all(chosen)
    waits, answered = _panel(chosen)
    decisions = decisions_of(plan.person for plan in chosen)
    found = []
    for plan in chosen:
        own = tuple(line for line in lines if line.plan_id == plan.pk)
        taken = tuple(risk for risk in risks if risk.plan_id == plan.pk)
        decision = decisions.get((plan.person_id, "allocation"))
        facts = replace(
            _facts(plan, decision, decisions.get((plan.person_id, "eligibility"))),
            lines=tuple(_line(line) for line in own),
            risks=tuple(_risk(risk) for risk in taken),
            network=plan.network or (network or {}).get(plan.pk, ""),
            departure_because=(departure or {}).get(plan.pk, "") or plan.departure_because,
            panel_waits=plan.pk in waits,
            panel_answered=plan.pk in answered,
        )
        checks = tuple(planning.checks(facts))
        found.append(Weighed(plan, own, taken, decision, facts, checks))
    return found


def can_go(unsent: Iterable[Plan]) -> list[Weighed]:
    """Which of some plans would be sent together: those with a budget; all, while none has one."""
    weighed = weigh(unsent)
    with_budget = [one for one in weighed if one.facts.worked_out_pence is not None]
    return with_budget or weighed


def _facts(plan: Plan, decision: Decision | None, eligibility: Decision | None) -> PlanFacts:
    """What the plan itself and the decisions behind it say; not its lines, risks or the panel."""
    return PlanFacts(
        whose=f"{plan.person.formal_name}’s plan",
        on_offer=plan.status == Status.OFFERED,
        worked_out_pence=start_of(decision),
        strengths=plan.strengths,
        matters=plan.matters,
        short_goals=plan.short_goals,
        long_goals=plan.long_goals,
        views_recorded=bool(plan.views.strip()) or _sent_by_the_person(plan),
        capacity=_capacity(plan),
        emergency=_emergency(plan),
        needs_left=_needs_left(decision),
        part_names=dict(parts_of_life(decision)),
        eligible=eligibility.result.get("eligible") if eligibility else None,
        band=(eligibility.result.get("band") or "") if eligibility else "",
    )


def _line(line: PlanLine) -> LineFacts:
    weekly = line.often == Often.WEEKLY
    return LineFacts(
        wish=line.wish,
        paid_from=line.paid_from,
        weekly_pence=line.cost_pence if weekly else 0,
        once_pence=0 if weekly else line.cost_pence,
        not_found=line.not_found,
        part_of_life=line.domain,
    )


def _risk(risk: Risk) -> RiskFacts:
    weighed = all(text.strip() for text in (risk.good, risk.worry, risk.fallback))
    return RiskFacts(risk.what, is_weighed=weighed, needs_panel=risk.needs_panel)


def _sent_by_the_person(plan: Plan) -> bool:
    """Somebody who sends their own plan, or their representative, has said what they think."""
    return plan.offered_by is not None and getattr(plan.offered_by, "staff", None) is None


def _capacity(plan: Plan) -> str:
    """What is recorded of whether the person can look after a budget; for whoever judges it."""
    if plan.status != Status.OFFERED:
        return ""
    found = assessment.capacity_of(plan.person, "budget")
    if found is None:
        return ""
    day = short_date(found.at)
    if found.has_capacity:
        return f"Capacity recorded {day}: can look after the budget"
    if found.suitable_person is None:
        return f"Capacity recorded {day}: cannot look after the budget; nobody is named to"
    who = found.suitable_person.formal_name
    return f"Capacity recorded {day}; {who} is the suitable person, in the person’s best interests"


def _emergency(plan: Plan) -> str:
    """Whom to call when a carer cannot be there; for whoever judges it."""
    if plan.status != Status.OFFERED:
        return ""
    calls = [found.call_name for found in carers.emergency_plans_about(plan.person)]
    return f"Emergency: call {' or '.join(calls)}" if calls else ""


def decisions_of(persons: Iterable[Person]) -> dict[tuple[int, str], Decision]:
    """The newest decision of each kind about some people, in one database query.

    Of somebody who draws on care and cares too, those about the side that budgets are planned
    on: as a person, or as a carer while there is no other budget.
    """
    newest = (
        Decision.objects.filter(person__in=[person.pk for person in persons])
        .annotate(caring=Case(When(facts__who="carer", then=True), default=False))
        .annotate(raised_pence=allocation.raised_pence())
        .order_by("person_id", "kind", "caring", "-at", "-pk")
        .distinct("person_id", "kind", "caring")
    )
    found = {(one.person_id, one.kind, one.caring): one for one in newest}
    return {key[:2]: decision for key, decision in found.items() if _counts(key, found)}


def _counts(key: tuple[int, str, bool], found: Mapping[tuple[int, str, bool], Decision]) -> bool:
    """Whether a decision is about the side somebody's plan is written for."""
    person, kind, caring = key
    if (person, "allocation", False) in found:
        return not caring
    as_carer = (person, "allocation", True) in found
    return caring == as_carer or (person, kind, not caring) not in found


def worked_out(person: Person) -> Decision | None:
    """The newest decision about somebody's budget: what was worked out, before any plan."""
    return decisions_of([person]).get((person.pk, "allocation"))


def start_of(decision: Decision | None) -> int | None:
    """What a plan starts from: what was worked out, or what that was raised to for its draft."""
    if decision is None:
        return None
    raised: int | None = getattr(decision, "raised_pence", None)
    return decision.result["weekly_pence"] if raised is None else raised


def parts_of_life(decision: Decision | None) -> list[tuple[str, str]]:
    """The nine parts of daily life as somebody was asked about them, with their names."""
    carer = decision is not None and decision.facts.get("who") == "carer"
    nine = domains.CARER_NINE if carer else domains.NINE
    return [(part.key, part.name) for part in nine]


def _needs_left(decision: Decision | None) -> tuple[str, ...] | None:
    answers = decision.facts.get("answers") if decision else None
    if not answers:
        return None
    return tuple(
        key
        for key, answer in answers.items()
        if answer.get("level") and answer.get("help", "none") != "all"
    )


def _panel(chosen: list[Plan]) -> tuple[set[int], set[int]]:
    """Plans that wait for the risk panel, and plans it has answered about."""
    asked = (Outcome.PANEL_ASKED, Outcome.PANEL_ANSWERED)
    last: dict[int, str] = {}
    looks = Judgement.objects.filter(plan__in=chosen, outcome__in=asked).order_by("at", "pk")
    for plan, outcome in looks.values_list("plan_id", "outcome"):
        last[plan] = outcome
    waits = {plan for plan, outcome in last.items() if outcome == Outcome.PANEL_ASKED}
    return waits, set(last) - waits


def change_ratio(rules: Pack) -> int:
    """How much of a line may change without asking, in ten-thousandths."""
    return rules.value("change_without_asking")


def change_percent(rules: Pack) -> int:
    """The same in whole percent, as people read it."""
    return change_ratio(rules) * 100 // RATIO


def support_starts(agreed_on: date, rules: Pack) -> date:
    """The day support can start: the first Monday that leaves time to set the money up."""
    earliest = agreed_on + timedelta(days=rules.value("first_payment_days"))
    return earliest + timedelta(days=-earliest.weekday() % 7)


def first_review(starts_on: date, rules: Pack) -> date:
    """The day of the first review, on a working day.

    Counted from when support starts: what is to be reviewed is support that was had, and a plan
    may be agreed weeks before. Agreed on 6 February 2026, support from Monday 16, review 30 March.
    """
    day = starts_on + timedelta(weeks=rules.value("first_review_weeks"))
    return council_days.working_days_after(day - timedelta(days=1), 1)


def responsible_for(person: Person) -> Staff | None:
    """Who helps somebody plan: the worker they can name, else whoever manages the team for it."""
    return people.named_worker(person) or manager_for(person)


def manager_for(person: Person) -> Staff | None:
    """Who agrees somebody's plan."""
    return manager_over(people.named_worker(person))


def manager_over(worker: Staff | None) -> Staff | None:
    """The manager of a worker's team; without one, any manager, long-term teams first."""
    if worker and (of_the_team := council.manager_of(worker.team)):
        return of_the_team
    managers = council.staff_members().filter(role="team_manager").order_by("pk")
    return managers.filter(team__kind="long_term").first() or managers.first()


def side_of(person: Person) -> str:
    """On which side of care somebody's budget was worked out."""
    decision = worked_out(person)
    return str(decision.facts.get("who", "person")) if decision else "person"
