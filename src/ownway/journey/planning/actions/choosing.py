"""How somebody chooses to plan, and who is asked to help because of it."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import actions as council_days
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import access
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import How, Plan
from ownway.foundation.record import actions as record
from ownway.journey.planning import queries

HELP_WITHIN = 5
MONEY = "plan.help_money"
WRITE = "plan.help_write"
PEER = "plan.find_peer"


@transaction.atomic
def start(person: Person, *, by: SignIn, at: datetime) -> Plan:
    """Open a plan for somebody who has none: planning is open to all, whoever pays."""
    return plans.open_plan(person, by=by, at=at)


@transaction.atomic
def choose_how(
    chosen: Sequence[Plan],
    *,
    how: str,
    by: SignIn,
    at: datetime,
    money_help: bool = False,
    helper: str = "",
    broker: Organisation | None = None,
) -> None:
    """Say how these plans are to be written; whoever is to help is asked today.

    A broker is let into the whole plan by this choice, until the person takes it back.

    Raises:
        PermissionDenied: `by` may not write in one of them.
    """
    for plan in chosen:
        access.require_may_write(by, plan, at=at)
        plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        before = (plan.how, plan.money_help, plan.helper, plan.broker_id)
        plan.how, plan.money_help, plan.helper, plan.broker = How(how), money_help, helper, broker
        if before == (plan.how, plan.money_help, plan.helper, plan.broker_id):
            continue
        plan.save(update_fields=["how", "money_help", "helper", "broker"])
        if broker:
            _let_in(plan, broker, by=by, at=at)
        record.write(
            "plan.how_chosen",
            about=plan.person,
            by=by,
            at=at,
            words=f"You chose how to plan: {plan.get_how_display().lower()}",
            detail="With help for the money part" if money_help else "",
            plan=plan.pk,
            how=plan.how,
            money_help=money_help,
        )
    _ask_for_help(chosen[0], how=how, money_help=money_help, by=by, at=at)


def _let_in(plan: Plan, broker: Organisation, *, by: SignIn, at: datetime) -> None:
    scope = access.consent_scope(access.WHOLE, broker.pk)
    people.give_consent(plan.person, scope=scope, given_to=broker.name, by=by, at=at)


def _ask_for_help(plan: Plan, *, how: str, money_help: bool, by: SignIn, at: datetime) -> None:
    """One task for the worker, for the part that was asked for and no more."""
    wanted = {
        MONEY: (money_help, "Help with the money part of the plan"),
        WRITE: (how == How.COUNCIL, "Write the plan together"),
        PEER: (how == How.PEER, "Find somebody who has planned before, to help"),
    }
    worker = queries.responsible_for(plan.person)
    for kind, (is_wanted, words) in wanted.items():
        if is_wanted and worker:
            _give(kind, f"{plan.person.formal_name}: {words.lower()}", plan, worker, at=at)
        elif not is_wanted:
            record.finish_tasks(kind, person=plan.person, by=by, at=at, subject=f"plan:{plan.pk}")


def _give(kind: str, words: str, plan: Plan, owner: Staff, *, at: datetime) -> None:
    record.give_task(
        kind,
        person=plan.person,
        words=words,
        owner=owner,
        due_at=end_of_working_day(at, days=HELP_WITHIN),
        at=at,
        address=reverse("plan", args=[plan.pk]),
        subject=f"plan:{plan.pk}",
    )


def end_of_working_day(at: datetime, *, days: int) -> datetime:
    """Five o'clock on the day so many working days after a moment."""
    day = council_days.working_days_after(timezone.localtime(at).date(), days)
    return timezone.make_aware(datetime.combine(day, time(17)))


@transaction.atomic
def finish_money_help(plan: Plan, *, by: Staff, at: datetime) -> int:
    """Write down that help with the money part was given; say how many tasks that settles.

    Raises:
        PermissionDenied: `by` may not help with this plan.
    """
    access.require_may_write(by.sign_in, plan, at=at)
    settled = record.finish_tasks(
        MONEY, person=plan.person, by=by.sign_in, at=at, subject=f"plan:{plan.pk}"
    )
    if settled:
        record.write(
            "plan.money_helped",
            about=plan.person,
            by=by.sign_in,
            at=at,
            words=f"{by.first_name} helped with the money part of your plan",
            plan=plan.pk,
        )
    return settled
