"""Sending plans to be agreed: a task for the manager, and a clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.plan import access
from ownway.foundation.plan.models import PaidFrom, Plan, Status
from ownway.foundation.record import actions as record
from ownway.journey.planning import queries
from ownway.journey.planning.actions.choosing import end_of_working_day
from ownway.journey.planning.queries import Weighed
from ownway.journey.planning.queries.approving import APPROVAL, together

RETURNED = "plan.returned"


class CannotSend(Exception):
    """Plans that cannot be sent yet; the message says what to do, `plan` and `field` where."""

    def __init__(self, message: str, *, plan: Plan | None = None, field: str = "") -> None:
        super().__init__(message)
        self.plan, self.field = plan, field


@transaction.atomic
def send(
    chosen: Sequence[Plan], *, because: Mapping[int, str], by: SignIn, at: datetime
) -> list[Plan]:
    """Send plans to be agreed, a couple's together.

    `because` says, by plan, why more or less is planned than was worked out. A plan that is sent
    already, or has no budget yet, stays where it is; the others go.

    Raises:
        PermissionDenied: `by` may not write in one of them.
        CannotSend: none can go, or one is over what was worked out and does not say why.
    """
    for plan in chosen:
        access.require_may_write(by, plan, at=at)
    locked = Plan.objects.select_for_update(of=("self",)).filter(
        pk__in=[plan.pk for plan in chosen], status__in=(Status.OPEN, Status.RETURNED)
    )
    ready = queries.weigh(locked.select_related("person", "offered_by__staff").order_by("pk"))
    going = _can_go(ready, because)
    manager = queries.manager_for(going[0].plan.person)
    if manager is None:
        raise CannotSend("We cannot take your plan online just now. Please call us")
    for one in going:
        _send_one(one.plan, because.get(one.plan.pk, ""), manager=manager, by=by, at=at)
    sent = [one.plan for one in going]
    _ask_to_agree(sent, manager=manager, by=by, at=at)
    return sent


def _can_go(ready: Sequence[Weighed], because: Mapping[int, str]) -> list[Weighed]:
    if not ready:
        raise CannotSend("This has been sent already. You do not need to send it again")
    going = [one for one in ready if one.facts.worked_out_pence is not None]
    if not going:
        raise CannotSend(_why_none_can_go(ready))
    for one in going:
        if not one.lines:
            name = one.plan.person.first_name
            raise CannotSend(f"Add at least one line to {name}’s plan", plan=one.plan)
        if one.differs and _is_over(one) and not because.get(one.plan.pk, "").strip():
            raise CannotSend(
                f"Say why {one.plan.person.first_name}’s plan costs more than we worked out",
                plan=one.plan,
                field="because",
            )
    return going


def _why_none_can_go(ready: Sequence[Weighed]) -> str:
    """Somebody who pays for all of it themselves has nothing for us to agree."""
    lines = [line for one in ready for line in one.lines if not line.not_found]
    if lines and not any(line.paid_from == PaidFrom.BUDGET for line in lines):
        return "No one has to agree a plan that no budget pays for. It is yours: use it as it is"
    return "We have not worked out a budget yet. You can go on writing until then"


def _is_over(one: Weighed) -> bool:
    worked_out = one.facts.worked_out_pence or 0
    return one.facts.planned_pence > worked_out or one.facts.once_pence > 0


def _send_one(plan: Plan, because: str, *, manager: Staff, by: SignIn, at: datetime) -> None:
    plan.status, plan.offered_at, plan.offered_by = Status.OFFERED, at, by
    plan.departure_because, plan.returned_because = because.strip(), ""
    plan.save(
        update_fields=[
            "status",
            "offered_at",
            "offered_by",
            "departure_because",
            "returned_because",
        ]
    )
    record.start_clock(
        APPROVAL,
        person=plan.person,
        title="Approval",
        at=at,
        due_at=_due(at),
        owner=manager,
        subject=f"plan:{plan.pk}",
    )
    record.finish_tasks(RETURNED, person=plan.person, by=by, at=at, subject=f"plan:{plan.pk}")
    record.write(
        "plan.sent",
        about=plan.person,
        by=by,
        at=at,
        words="Your plan was sent to be agreed",
        detail=f"{manager.name} looks at it",
        is_key=True,
        plan=plan.pk,
        version=plan.version,
    )


def _due(at: datetime) -> datetime:
    days = council.rules(timezone.localtime(at).date()).value("plan_approval_days")
    return end_of_working_day(at, days=days)


def _ask_to_agree(sent: Sequence[Plan], *, manager: Staff, by: SignIn, at: datetime) -> None:
    names = together([plan.person for plan in sent])
    record.give_task(
        APPROVAL,
        person=sent[0].person,
        words=f"Agree the plan{'s' if len(sent) > 1 else ''} of {names}",
        owner=manager,
        due_at=_due(at),
        at=at,
        address=reverse("approve", args=[sent[0].pk]),
        subject=f"plan:{sent[0].pk}",
    )
