"""Working out what people pay, from a day, and telling them; nothing is ever written over."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.access import staff_of
from ownway.foundation.council.models import SignIn
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.refusals import CannotCharge
from ownway.journey.charging.models import (
    Charge,
    Finances,
    Rework,
    ReworkState,
    Stage,
    Uprating,
    Withdrawn,
)
from ownway.journey.charging.queries.rises import changes, not_raised, raised, rules_around
from ownway.journey.charging.queries.uprating import UNTOLD, runs_after
from ownway.policy import charging
from ownway.policy.decision import Decision as Worked
from ownway.policy.refusals import PolicyRefused

BY_HAND = "charge.uprate"
LATER = "Something changed before it began"
REPLACED = "Decided anew"


@transaction.atomic
def give_finances(
    person: Person,
    *,
    facts: Mapping[str, Any],
    by: SignIn,
    at: datetime,
    starts_on: date | None = None,
    note: str = "",
) -> Charge:
    """Keep what was found of somebody's money, and work out what they pay from a day.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotCharge: there is no budget yet, or a fact is missing or cannot be right.
    """
    access.require_may_give(by, person, at=at)
    lock(person)
    budget = budgets.budget_of(person)
    if budget is None:
        raise CannotCharge("Work out the budget first. What somebody pays depends on it")
    given = Finances.objects.create(person=person, facts=dict(facts), given_at=at, given_by=by)
    for kind in ("charge.ask", BY_HAND):
        record.finish_tasks(kind, person=person, by=by, at=at)
    on = starts_on or timezone.localtime(at).date()
    charge = charge_from(on, budget=budget, finances=given, by=by, at=at, note=note)
    for own in budgets.together(person).of_carers:
        charge_from(on, budget=own, finances=None, by=by, at=at)
    return charge


def lock(person: Person) -> None:
    """Hold somebody's row, so that two decisions about them come one after the other."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


@transaction.atomic
def charge_again(budget: IndicativeBudget, *, by: SignIn | None, at: datetime) -> Charge | None:
    """Work out anew what is paid after a budget changed; nothing while no figures were given.

    What is to be paid only from a later day stays so.
    """
    lock(budget.person)
    on = timezone.localtime(at).date()
    if budget.side == Side.CARER:
        return charge_from(on, budget=budget, finances=None, by=by, at=at)
    paid = queries.by_figures(budget.person, on=on)
    if paid is None:
        return None
    day = max(on, paid.starts_on)
    try:
        return charge_from(day, budget=budget, finances=paid.finances, by=by, at=at)
    except CannotCharge:
        ask_for_more(budget.person, at=at)
        return None


def ask_for_more(person: Person, *, at: datetime) -> None:
    """The rules now ask what was not given before: somebody has to ask for it."""
    owner = (
        people.named_worker(person)
        or council.staff_members().filter(role="finance_officer").order_by("pk")[0]
    )
    record.give_task(
        "charge.ask",
        person=person,
        words=f"{person.formal_name}: ask for the figures the charging rules now need",
        owner=owner,
        due_at=at + timedelta(days=7),
        at=at,
        address=reverse("charge", args=[person.pk]),
        subject=f"person:{person.pk}",
    )


def charge_from(
    on: date,
    *,
    budget: IndicativeBudget,
    finances: Finances | None,
    by: SignIn | None,
    at: datetime,
    note: str = "",
) -> Charge:
    """Decide what somebody pays from a day, and again from each later day that was decided.

    What stood from that day on is withdrawn and kept. A run over everybody that is confirmed for a
    later day holds for whoever is charged after it, too.

    Raises:
        CannotCharge: a fact is missing or cannot be right.
    """
    worked = work_out(budget, finances=finances, on=on)
    before = _in_force(budget, on=on)
    runs = _runs_after(on, budget=budget, finances=finances)
    later = _withdraw_from(on, budget=budget, by=by, at=at)
    charge = keep(worked, budget=budget, finances=finances, by=by, at=at)
    tell(charge, before=before, by=by, at=at, note=note)
    if finances is not None:
        _carry_on(charge, before=before, later=later, runs=runs, by=by, at=at)
    return charge


def _runs_after(
    on: date, *, budget: IndicativeBudget, finances: Finances | None
) -> Mapping[date, Uprating]:
    """The confirmed runs of later days that somebody charged for their own care is in."""
    is_charged = finances is not None and budget.side == Side.PERSON
    return runs_after(on) if is_charged else {}


def _in_force(budget: IndicativeBudget, *, on: date) -> Charge | None:
    same = queries.standing().filter(person=budget.person_id, budget__side=budget.side)
    return same.filter(starts_on__lte=on).first()


def _withdraw_from(
    on: date, *, budget: IndicativeBudget, by: SignIn | None, at: datetime
) -> dict[date, Charge]:
    """Withdraw what stands from a day on; say what stood from each later day."""
    same = queries.standing().filter(person=budget.person_id, budget__side=budget.side)
    from_then = same.filter(starts_on__gte=on).select_related("finances")
    rows = list(from_then)
    undone = set(
        from_then.filter(rework__uprating__stage=Stage.UNDOING).values_list("pk", flat=True)
    )
    Withdrawn.objects.bulk_create(
        [
            Withdrawn(charge=row, at=at, by=by, because=LATER if row.starts_on > on else REPLACED)
            for row in rows
        ]
    )
    stood = [row for row in reversed(rows) if row.pk not in undone]
    return {row.starts_on: row for row in stood if row.starts_on > on}


def _carry_on(
    charge: Charge,
    *,
    before: Charge | None,
    later: Mapping[date, Charge],
    runs: Mapping[date, Uprating],
    by: SignIn | None,
    at: datetime,
) -> None:
    """Decide each later day again, from the earliest: what was told of it, and new rates."""
    only_the_budget = before is not None and before.finances_id == charge.finances_id
    for day in sorted({*later, *runs}):
        kept = later[day].finances if only_the_budget and day in later else None
        charge = _decide_later(day, charge, run=runs.get(day), kept=kept, by=by, at=at)


def _decide_later(
    day: date,
    last: Charge,
    *,
    run: Uprating | None,
    kept: Finances | None,
    by: SignIn | None,
    at: datetime,
) -> Charge:
    """Work out a later day on the figures of that day; say what is in force from then.

    A run that may still be undone takes the new charge as its own, and tells of it.
    """
    try:
        given = kept or _by_then(last, run=run, at=at)
        worked = work_out(last.budget, finances=given, on=day)
    except CannotCharge as refused:
        _cannot_later(last, run=run, problems=refused.problems, at=at)
        return last
    if run is None and given == last.finances and not _differs(worked, last):
        return last
    if given not in (kept, last.finances):
        given.save()
    again = keep(worked, budget=last.budget, finances=given, by=by, at=at)
    if run is None or not _give_to(run, before=last, after=again):
        tell(again, before=last, by=by, at=at)
    return again


def _differs(worked: Worked, last: Charge) -> bool:
    """Whether another amount comes out on a later day, or the same by other numbers."""
    return worked.result != last.decision.result or bool(
        changes(council.rules(last.starts_on), council.rules(worked.on))
    )


def _by_then(last: Charge, *, run: Uprating | None, at: datetime) -> Finances:
    """Somebody's figures on the day of a run: raised as for everybody; else as they are."""
    assert last.finances is not None
    if run is None:
        return last.finances
    old, new = rules_around(run.on)
    facts = last.finances.facts
    if problems := not_raised(facts, run=run, old=old, new=new):
        raise CannotCharge("Ask what some income is from this day", problems)
    if (then := raised(facts, run=run, old=old, new=new)) == facts:
        return last.finances
    by = last.finances.given_by_id
    return Finances(person=last.person, facts=then, given_at=at, given_by_id=by)


def _cannot_later(
    last: Charge, *, run: Uprating | None, problems: Mapping[str, str], at: datetime
) -> None:
    """Somebody has to ask: at once, or once the run is past undoing."""
    if run is None or run.stage not in UNTOLD:
        ask_for_more(last.person, at=at)
        return
    Rework.objects.update_or_create(
        uprating=run,
        person=last.person,
        defaults={
            "before": last,
            "before_pence": last.charge_pence,
            "after": None,
            "after_pence": None,
            "state": ReworkState.CANNOT,
            "problems": dict(problems),
        },
    )


def _give_to(run: Uprating, *, before: Charge, after: Charge) -> bool:
    """Let a run have a charge as its own; not once it tells, nor what an officer decided for it."""
    left = Rework.objects.filter(uprating=run, person=after.person, state=ReworkState.LEFT)
    if run.stage not in UNTOLD or left.exists():
        return False
    Rework.objects.update_or_create(
        uprating=run,
        person=after.person,
        defaults={
            "before": before,
            "before_pence": before.charge_pence,
            "after": after,
            "after_pence": after.charge_pence,
            "state": ReworkState.DECIDED,
            "problems": {},
        },
    )
    return True


def work_out(budget: IndicativeBudget, *, finances: Finances | None, on: date) -> Worked:
    """What the rules of a day make of somebody's money; a carer's own budget is never charged.

    Raises:
        CannotCharge: a fact is missing or cannot be right.
    """
    pack = council.rules(on)
    if finances is None:
        facts: dict[str, Any] = {"who": "carer", "called": budget.person.first_name}
    else:
        facts = queries.facts_for(budget.person, finances.facts, pack=pack, on=on)
    try:
        return charging.decide(facts | {"budget_pence": budget.weekly_pence}, pack)
    except PolicyRefused as refused:
        problems = {problem.place: in_words(problem.reason) for problem in refused.problems}
        raise CannotCharge("Some figures are missing or cannot be right", problems) from refused


def in_words(reason: str) -> str:
    """What the rules said of a fact, as a sentence beside its field."""
    return f"This {reason}" if reason[:1].islower() else reason


def keep(
    worked: Worked,
    *,
    budget: IndicativeBudget,
    finances: Finances | None,
    by: SignIn | None,
    at: datetime,
) -> Charge:
    """Keep a decision and the charge it makes, from the day it was worked out for."""
    return Charge.objects.create(
        person=budget.person,
        finances=finances,
        budget=budget,
        decision=record.keep_decision(worked, person=budget.person, by=by, at=at),
        starts_on=worked.on,
        charge_pence=worked.result["charge_pence"],
        council_pays_pence=worked.result["council_pays_pence"],
        nhs_pays_pence=worked.result.get("nhs_pays_pence", 0),
        budget_pence=worked.result["budget_pence"],
        at=at,
        by=by,
    )


def tell(
    charge: Charge, *, before: Charge | None, by: SignIn | None, at: datetime, note: str = ""
) -> None:
    """Write on the record what somebody pays, and a letter with the whole sum when it is new.

    A budget that changed without changing what is paid is told of in its own letter.
    """
    pays = (
        f"What you pay was worked out: {pounds(charge.charge_pence)} a week"
        if charge.charge_pence
        else "You pay nothing towards your budget"
    )
    record.write(
        "charge.worked_out",
        about=charge.person,
        by=by,
        at=at,
        words=pays,
        detail=f"From {plain_date(charge.starts_on)}. "
        f"The council pays {pounds(charge.council_pays_pence)}",
        charge=charge.pk,
        charge_pence=charge.charge_pence,
        council_pays_pence=charge.council_pays_pence,
        starts_on=charge.starts_on.isoformat(),
    )
    is_new = before is None or before.charge_pence != charge.charge_pence or bool(note)
    if is_new and charge.budget.side == Side.PERSON:
        write_letter(charge, by=by, at=at, note=note)


def write_letter(charge: Charge, *, by: SignIn | None, at: datetime, note: str = "") -> None:
    """Write the letter about a charge, to whoever told us for the person, or to the person.

    What is paid until then is what stands on the day before, never what was replaced since.
    """
    asker = people.own_person(by) if by is not None else None
    to = asker or charge.person
    letters.write_letter(
        "charge",
        about=charge.person,
        to=to,
        title=queries.charge_title(charge, to=to),
        body=queries.charge_body(
            charge,
            to=to,
            before=_in_force(charge.budget, on=charge.starts_on - timedelta(days=1)),
            council=council.identity(),
            worker=people.named_worker(charge.person),
            note=note,
        ),
        by=by if by is not None and staff_of(by) is not None else None,
        at=at,
    )
