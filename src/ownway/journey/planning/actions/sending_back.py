"""When plans are not agreed: sent back with a reason, or put before the risk panel."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.plan.models import Plan, Risk, Status
from ownway.foundation.record import actions as record
from ownway.journey.planning import queries
from ownway.journey.planning.actions.choosing import HELP_WITHIN, end_of_working_day
from ownway.journey.planning.actions.judging import CannotAgree, close, keep, lock
from ownway.journey.planning.actions.sending import RETURNED
from ownway.journey.planning.models import Outcome
from ownway.journey.planning.queries import returned_body, writer_of
from ownway.policy.planning import Objection


class NeedsReason(Exception):
    """Sending a plan back, or asking the panel, says why."""


class CannotAnswer(Exception):
    """The risk panel was not asked, or has answered."""


@transaction.atomic
def return_plans(chosen: Sequence[Plan], *, because: str, by: Staff, at: datetime) -> list[Plan]:
    """Send plans back to whoever wrote them, with the reason, by letter and on their page.

    Raises:
        PermissionDenied: `by` may not agree plans here, or this is their own.
        NeedsReason: no reason is given.
        CannotAgree: a plan is not waiting to be agreed.
    """
    locked = lock(chosen, by=by, at=at)
    _require_waiting(locked)
    if not because.strip():
        raise NeedsReason("Write what is missing, in words the person can read")
    for one in queries.weigh(locked):
        _return_one(one.plan, because.strip(), by=by, at=at)
        rules = council.rules(timezone.localtime(at).date())
        keep(one, Outcome.RETURNED, because, rules=rules, by=by, at=at)
    close(locked, by=by, at=at)
    writer = writer_of(locked[0])
    letters.write_letter(
        "plan.returned",
        about=writer if any(p.person_id == writer.pk for p in locked) else locked[0].person,
        to=writer,
        title="Please add a little to your plan",
        body=returned_body(because.strip(), by=by),
        by=by.sign_in,
        at=at,
    )
    return locked


def _require_waiting(locked: Sequence[Plan]) -> None:
    found = [
        (plan, Objection(f"{plan.person.formal_name}’s plan is not waiting to be agreed", "status"))
        for plan in locked
        if plan.status != Status.OFFERED
    ]
    if found:
        raise CannotAgree(found)


def _return_one(plan: Plan, because: str, *, by: Staff, at: datetime) -> None:
    plan.status, plan.returned_because = Status.RETURNED, because
    plan.save(update_fields=["status", "returned_because"])
    record.write(
        "plan.returned",
        about=plan.person,
        by=by.sign_in,
        at=at,
        words="Your plan needs a little more before it can be agreed",
        detail=because,
        is_key=True,
        plan=plan.pk,
        because=because,
    )
    owner = queries.responsible_for(plan.person) or by
    record.give_task(
        RETURNED,
        person=plan.person,
        words=f"Help {plan.person.formal_name} add what is missing: {because}",
        owner=owner,
        due_at=end_of_working_day(at, days=HELP_WITHIN),
        at=at,
        address=reverse("plan", args=[plan.pk]),
        subject=f"plan:{plan.pk}",
        waiting_for="The person’s answer",
    )


@transaction.atomic
def mark_for_panel(
    chosen: Sequence[Plan], *, risks: Collection[int], by: Staff, at: datetime
) -> list[Risk]:
    """Say which risks the panel must look at before these plans are agreed; return those changed.

    Raises:
        PermissionDenied: `by` may not agree plans here, or this is their own.
    """
    locked = lock(chosen, by=by, at=at)
    own = Risk.objects.filter(plan__in=locked).select_related("plan__person").order_by("pk")
    changed = [risk for risk in own if risk.needs_panel != (risk.pk in risks)]
    for risk in changed:
        risk.needs_panel = not risk.needs_panel
        risk.save(update_fields=["needs_panel"])
        said = "The risk panel looks at" if risk.needs_panel else "No risk panel is needed for"
        record.write(
            "plan.risk_for_panel",
            about=risk.plan.person,
            by=by.sign_in,
            at=at,
            words=f"{said}: {risk.what}",
            risk=risk.pk,
        )
    return changed


@transaction.atomic
def ask_panel(chosen: Sequence[Plan], *, because: str, by: Staff, at: datetime) -> list[Plan]:
    """Ask the risk panel about plans; they wait for its answer, and the person is told.

    Raises:
        PermissionDenied: `by` may not agree plans here, or this is their own.
        NeedsReason: nothing is asked.
        CannotAgree: a plan is not waiting to be agreed.
    """
    locked = lock(chosen, by=by, at=at)
    _require_waiting(locked)
    if not because.strip():
        raise NeedsReason("Write what you ask the panel")
    rules = council.rules(timezone.localtime(at).date())
    for one in queries.weigh(locked):
        keep(one, Outcome.PANEL_ASKED, because, rules=rules, by=by, at=at)
        _tell_of_panel("plan.panel_asked", one.plan, "The risk panel was asked", because, by, at)
    return locked


@transaction.atomic
def write_panel_answer(
    chosen: Sequence[Plan], *, answer: str, by: Staff, at: datetime
) -> list[Plan]:
    """Write down what the risk panel answered about plans that waited for it.

    Raises:
        PermissionDenied: `by` may not agree plans here, or this is their own.
        NeedsReason: no answer is given.
        CannotAnswer: the panel was not asked.
    """
    locked = lock(chosen, by=by, at=at)
    if not answer.strip():
        raise NeedsReason("Write what the panel decided, and on what conditions")
    waiting = [one for one in queries.weigh(locked) if one.facts.panel_waits]
    if not waiting:
        raise CannotAnswer("The risk panel was not asked about this plan, or has answered")
    rules = council.rules(timezone.localtime(at).date())
    for one in waiting:
        keep(one, Outcome.PANEL_ANSWERED, answer, rules=rules, by=by, at=at)
        _tell_of_panel("plan.panel_answered", one.plan, "The risk panel answered", answer, by, at)
    return locked


def _tell_of_panel(kind: str, plan: Plan, words: str, detail: str, by: Staff, at: datetime) -> None:
    record.write(
        kind,
        about=plan.person,
        by=by.sign_in,
        at=at,
        words=words,
        detail=detail.strip(),
        is_key=True,
        plan=plan.pk,
    )
