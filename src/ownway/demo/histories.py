"""What has happened to the invented people: contacts, decisions, plans, tasks and events."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from ownway.demo.assessments import assess
from ownway.demo.cast import staff_named
from ownway.demo.population import SEED, Life, by_whom
from ownway.demo.writing import write
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import PaidFrom, Plan, PlanLine, Status
from ownway.foundation.record.actions import decision_of
from ownway.foundation.record.models import Answered, Clock, Decision, Event, Task
from ownway.jobs.answers import answers
from ownway.journey.allocation.models import IndicativeBudget, Side, State
from ownway.journey.contact.actions.taking import TASK as SETTLE
from ownway.journey.contact.models import Contact, Outcome, Reason
from ownway.journey.planning.queries.approving import APPROVAL
from ownway.policy import allocation, domains

BEYOND_BUDGET = {"planning", "offered", "active"}
SAID = {
    Reason.DAILY: "Getting washed and dressed takes all morning now. Meals are skipped.",
    Reason.FALL: "Fell in the kitchen last week. Shaken, not hurt. Worried about the stairs.",
    Reason.DEMENTIA: "Forgets the gas. Goes out and cannot find the way home.",
    Reason.CARING: "Has not had a night’s sleep for weeks and does not want to give up.",
    Reason.ALONE: "Sees nobody from Monday to Friday since the club closed.",
    Reason.EQUIPMENT: "Wants to know about an alarm to wear.",
    Reason.MONEY: "It is heating or eating. Has never claimed anything.",
}
SUPPORT = [
    ("I am washed and dressed by nine", "Bright Dawn, home care", 1950, (4, 14)),
    ("My home is clean and I can cook", "Brightsteps, home help", 1700, (2, 8)),
    ("I get out and see people", "Millrace day service", 5200, (1, 3)),
    ("I have company in the garden", "Pottering About, companion", 1900, (1, 4)),
    ("I go where I want to go", "A personal assistant", 1650, (3, 16)),
]
FREE = [
    ("I know what day it is", "Memory clock", PaidFrom.EQUIPMENT),
    ("I can call for help at night", "Alarm to wear", PaidFrom.EQUIPMENT),
    ("I have a good talk each week", "A friend from the time bank", PaidFrom.TIME_BANK),
    ("I sing on Thursdays", "Many Voices, singing group", PaidFrom.COMMUNITY),
    ("My family is with me at weekends", "My family", PaidFrom.FAMILY),
]


def live(lives: list[Life], *, at: datetime) -> Iterator[str]:
    """Write the histories, table by table."""
    rng = np.random.default_rng(SEED + 1)
    contacts = _contacts(rng, lives, at=at)
    yield f"{len(contacts):,} contacts, {sum(c.settled_at is None for c in contacts)} of them open"
    assessed = assess(lives, at=at)
    yield f"{assessed:,} assessments, with what stood before them"
    decided = _decisions(rng, lives, at=at)
    yield f"{decided:,} budgets worked out, each with its working"
    plans = _plans(rng, lives, at=at)
    yield f"{plans:,} plans in people’s own words"
    ruth = staff_named("Ruth Calloway")
    write(Clock, [_approval_clock(one, plan, at=at, ruth=ruth) for one, plan in _offered(lives)])
    tasks = write(Task, [*_tasks(rng, lives, at=at), *_contact_tasks(lives, contacts)])
    yield f"{len(tasks):,} things to do, each with an owner and a date"
    events = write(Event, list(_events(lives, contacts)))
    write(Answered, list(answered(events)))
    yield f"{len(events):,} events on timelines"


def _contacts(rng: np.random.Generator, lives: list[Life], *, at: datetime) -> list[Contact]:
    hours = int(council.rules(at.date()).value("contact_hours"))
    clocks, contacts = [], []
    for life in lives:
        took = timedelta(minutes=int(rng.gamma(1.3, 500)) + 15)
        settled = None if life.stage == "contact" else life.began + took
        clock = Clock(
            name="contact.settle",
            person=life.person,
            title="First contact",
            started_at=life.began,
            due_at=life.began + timedelta(hours=hours),
            stopped_at=settled,
            owner=life.worker,
        )
        clocks.append(clock)
        contacts.append(_contact(rng, life, clock, settled))
    write(Clock, clocks)
    return write(Contact, contacts)


def _contact(
    rng: np.random.Generator, life: Life, clock: Clock, settled: datetime | None
) -> Contact:
    reason = list(SAID)[int(rng.integers(0, len(SAID)))]
    outcome = Outcome.SIGNPOST if life.stage == "signposted" else Outcome.SCREEN
    if life.stage == "reablement":
        outcome = Outcome.REFER
    return Contact(
        caller=life.carer or life.person,
        about=life.person if life.carer else None,
        channel=str(rng.choice(["phone", "phone", "phone", "online", "email", "in_person"])),
        urgency=str(rng.choice(["today", "this_week", "this_week", "can_wait"])),
        reason=reason,
        said=SAID[reason],
        began_at=life.began,
        kept_at=life.began,
        clock=clock,
        owner=life.worker if settled is None or rng.random() < 0.5 else None,
        outcome=outcome if settled else "",
        settled_at=settled,
        settled_by=by_whom(life) if settled else None,
    )


def _decisions(rng: np.random.Generator, lives: list[Life], *, at: datetime) -> int:
    version = council.live_settings(at.date())
    pack = council.rules(at.date())
    decisions, budgets = [], []
    for life in lives:
        if life.stage not in BEYOND_BUDGET:
            continue
        on = min(life.began + timedelta(days=24), at)
        for person, facts in _facts(rng, life):
            worked = allocation.decide(facts, pack)
            decision = decision_of(
                worked, person=person, by=by_whom(life), at=on, because="", version=version
            )
            decisions.append(decision)
            budgets.append(_budget(decision, life, side=str(facts["who"])))
    write(Decision, decisions)
    write(IndicativeBudget, budgets)
    return len(budgets)


def _facts(rng: np.random.Generator, life: Life) -> Iterator[tuple[Person, dict[str, object]]]:
    words = ["all", "half", "little", "none"]
    answers = {
        key: {"level": level, "help": str(rng.choice(words)) if life.carer and level else "none"}
        for key, level in zip(domains.KEYS, life.levels, strict=True)
    }
    yield life.person, {"who": "person", "called": life.person.first_name, "answers": answers}
    if life.carer:
        low = {key: {"level": int(rng.choice([0, 0, 0, 1, 1, 2]))} for key in domains.CARER_KEYS}
        yield life.carer, {"who": "carer", "called": life.carer.first_name, "answers": low}


def _budget(decision: Decision, life: Life, *, side: str) -> IndicativeBudget:
    return IndicativeBudget(
        person=decision.person,
        side=Side.CARER if side == "carer" else Side.PERSON,
        decision=decision,
        weekly_pence=decision.result["weekly_pence"],
        state=State.AGREED if life.stage == "active" else State.INDICATIVE,
        at=decision.at,
        by=decision.by,
    )


def _plans(rng: np.random.Generator, lives: list[Life], *, at: datetime) -> int:
    ruth = staff_named("Ruth Calloway")
    weekly = dict(IndicativeBudget.objects.values_list("person_id", "weekly_pence"))
    plans = write(
        Plan,
        [
            _plan(life, person, weekly.get(person.pk, 0), at=at, ruth=ruth)
            for life in lives
            if life.stage not in {"contact", "closed"}
            for person in filter(None, (life.person, life.carer))
        ],
    )
    lines = [
        line
        for plan in plans
        if plan.status != Status.OPEN or plan.person_id in weekly
        for line in _lines(rng, plan, weekly.get(plan.person_id, 0), at=at)
    ]
    write(PlanLine, lines)
    return len(plans)


def _offered_at(life: Life, at: datetime) -> datetime:
    offered = min(life.began + timedelta(days=31), at - timedelta(days=1))
    return max(offered, at - timedelta(days=4)) if life.stage == "offered" else offered


def _plan(life: Life, person: Person, weekly: int, *, at: datetime, ruth: Staff) -> Plan:
    plan = Plan(person=person, opened_at=life.began, opened_by=by_whom(life))
    if life.stage in {"offered", "active"}:
        plan.strengths = "I know my own mind. I have neighbours I can ask."
        plan.matters = "To stay in my own home. To see my friends. Not to be hurried."
        plan.network = "I will meet people on my street and at the group."
        plan.views = "This is the plan I want."
        plan.short_goals, plan.long_goals = "To get out once a week", "To stay at home"
        plan.how = "council"
        offered = _offered_at(life, at)
        plan.status, plan.offered_at, plan.offered_by = Status.OFFERED, offered, by_whom(life)
    if life.stage == "active":
        agreed = life.began + timedelta(days=35)
        plan.status, plan.agreed_at = Status.AGREED, agreed
        plan.agreed_by = ruth
        plan.agreed_weekly_pence, plan.change_limit_percent = weekly, 10
        plan.starts_on = agreed.date() + timedelta(days=(7 - agreed.weekday()) % 7 + 7)
        plan.review_on = _next_review(plan.starts_on, at)
    return plan


def _next_review(started: date, at: datetime) -> date:
    """Every 26 to 52 weeks since the start; a few have gone by."""
    review = started + timedelta(weeks=6)
    while review < at.date() - timedelta(days=20):
        review += timedelta(weeks=47)
    return review


def _lines(
    rng: np.random.Generator, plan: Plan, weekly: int, *, at: datetime
) -> Iterator[PlanLine]:
    place, left = 0, weekly
    for n in rng.permutation(len(SUPPORT)):
        wish, support, price, (least, most) = SUPPORT[int(n)]
        most_wanted = max(most, left // price - 2) if price < 2500 else most
        hours = min(int(rng.integers(least, most_wanted + 1)), left // price)
        if hours < 1:
            continue
        place += 1
        left -= hours * price
        yield PlanLine(
            plan=plan,
            place=place,
            wish=wish,
            support=support,
            paid_from=PaidFrom.BUDGET,
            hours=hours,
            price_pence=price,
            cost_pence=hours * price,
            added_at=plan.opened_at,
            added_by=plan.opened_by,
        )
    if left > 0:
        place += 1
        yield PlanLine(
            plan=plan,
            place=place,
            wish="Put by, just in case",
            paid_from=PaidFrom.BUDGET,
            cost_pence=left,
            is_reserve=True,
            added_at=plan.opened_at,
            added_by=plan.opened_by,
        )
    wish, support, source = FREE[int(rng.integers(0, len(FREE)))]
    yield PlanLine(
        plan=plan,
        place=place + 1,
        wish=wish,
        support=support,
        paid_from=source,
        added_at=plan.opened_at,
        added_by=plan.opened_by,
    )


def _tasks(rng: np.random.Generator, lives: list[Life], *, at: datetime) -> Iterator[Task]:
    ruth = staff_named("Ruth Calloway")
    for life in lives:
        pk = life.person.pk
        if life.stage == "offered":
            yield _approval(life, ruth, at)
            continue
        if life.stage == "assessing":
            words, address = "Finish the assessment", f"/desk/people/{pk}/assessment/"
            due = life.began + timedelta(days=28)
        elif life.stage == "planning":
            words, address = "Ask how the plan is going", f"/desk/people/{pk}/"
            due = at + timedelta(days=float(rng.uniform(-2, 9)))
        elif life.stage == "signposted" and life.began > at - timedelta(days=15):
            words, address = "Call back: did it suit?", f"/desk/people/{pk}/"
            due = life.began + timedelta(days=14)
        elif life.stage == "active" and rng.random() < 0.03:
            words, address = "Yearly review", f"/desk/people/{pk}/"
            due = at + timedelta(days=float(rng.uniform(-4, 25)))
        else:
            continue
        due += timedelta(days=8 - due.isoweekday() if due.isoweekday() > 5 else 0)
        due = due.replace(hour=17, minute=0, second=0, microsecond=0)
        waiting = "the person to answer" if rng.random() < 0.12 else ""
        yield Task(
            kind="demo.to_do",
            person=life.person,
            words=words,
            owner=life.worker,
            due_at=due,
            made_at=min(life.began, due),
            address=address,
            waiting_for=waiting,
        )


def _contact_tasks(lives: list[Life], contacts: list[Contact]) -> Iterator[Task]:
    for life, contact in zip(lives, contacts, strict=True):
        if contact.settled_at is None:
            yield Task(
                kind=SETTLE,
                words=f"Settle contact {contact.number}",
                owner=life.worker,
                due_at=contact.clock.due_at,
                made_at=life.began,
                address=f"/desk/contacts/{contact.pk}/",
                subject=contact.subject,
            )


def _offered(lives: Iterable[Life]) -> Iterator[tuple[Life, Plan]]:
    plans = {
        plan.person_id: plan
        for plan in Plan.objects.filter(status=Status.OFFERED).select_related("person")
    }
    for life in lives:
        for person in filter(None, (life.person, life.carer)):
            if person.pk in plans:
                yield life, plans[person.pk]


def _approval_clock(life: Life, plan: Plan, *, at: datetime, ruth: Staff) -> Clock:
    sent = plan.offered_at or at
    return Clock(
        name=APPROVAL,
        person=plan.person,
        title="Approval",
        started_at=sent,
        due_at=_end_of(working_days_after(sent.date(), 3)),
        owner=ruth,
        subject=f"plan:{plan.pk}",
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 17))


def _approval(life: Life, ruth: Staff, at: datetime) -> Task:
    due = working_days_after(_offered_at(life, at).date(), 3)
    return Task(
        kind="plan.agree",
        person=life.person,
        words="Agree the plan, or send it back",
        owner=ruth,
        due_at=timezone.make_aware(datetime(due.year, due.month, due.day, 17)),
        made_at=at,
        address="/desk/plans/",
    )


def _events(lives: Iterable[Life], contacts: Iterable[Contact]) -> Iterator[Event]:
    for life, contact in zip(lives, contacts, strict=True):
        for kind, days, words, is_key in _story(life.stage):
            moment = life.began + timedelta(days=days, minutes=3)
            yield Event(
                kind=kind,
                person=life.person,
                by=by_whom(life),
                by_as=life.worker.get_role_display(),
                at=moment,
                words=words,
                is_key=is_key,
                facts={"contact": contact.pk},
            )


def answered(events: Iterable[Event]) -> Iterator[Answered]:
    """What later stages would have made of these events is written already."""
    for stage, kinds in answers().items():
        for event in events:
            if event.kind in kinds:
                yield Answered(event=event, stage=stage, at=event.at)


def _story(stage: str) -> list[tuple[str, int, str, bool]]:
    told = [("contact.begun", 0, "You asked us for help", False)]
    if stage == "contact":
        return told
    told.append(("contact.settled", 1, "We settled what you asked", False))
    if stage == "reablement":
        return [
            *told,
            ("reablement.asked_for", 1, "We asked the team that helps you get stronger", True),
        ]
    if stage in BEYOND_BUDGET | {"assessing", "closed"}:
        told.append(("assessment.opened", 1, "Your assessment was opened", False))
    if stage in BEYOND_BUDGET | {"closed"}:
        told.append(
            ("assessment.determined", 22, "We looked at your needs and told you the answer", True)
        )
    if stage in BEYOND_BUDGET:
        told.append(("budget.worked_out", 24, "Your budget was worked out", True))
    if stage in {"offered", "active"}:
        told.append(("plan.offered", 31, "Your plan was sent to be agreed", False))
    if stage == "active":
        told.append(("plan.agreed", 35, "Your plan was agreed", True))
        told.append(("support.started", 45, "Your support started", True))
    if stage == "closed":
        told.append(("record.closed", 60, "Your support ended", True))
    return told
