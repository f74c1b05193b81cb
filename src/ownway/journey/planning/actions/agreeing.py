"""Agreeing plans: every check at once, under a lock, by somebody who may."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.foundation.record import actions as record
from ownway.journey.allocation import actions as allocation
from ownway.journey.planning import queries
from ownway.journey.planning.actions.judging import CannotAgree, Judged, close, keep, lock
from ownway.journey.planning.models import Outcome
from ownway.journey.planning.queries import Weighed, agreed_body, agreed_title, writer_of
from ownway.journey.planning.queries.facts import change_percent, first_review, side_of
from ownway.policy.packs import Pack
from ownway.policy.planning import TESTS, USUAL_RESTRICTIONS, Objection

REVIEW = "plan.review"


@transaction.atomic
def agree(
    chosen: Sequence[Plan],
    *,
    judged: Judged,
    by: Staff,
    at: datetime,
    because: str = "",
    network: Mapping[int, str] | None = None,
    departure: Mapping[int, str] | None = None,
    restrictions: str = "",
    seen: Mapping[int, int] | None = None,
) -> list[Plan]:
    """Agree plans, a couple's together, which lets their budgets be paid.

    `network` are the person's own words for an empty question, taken down by `by`; `departure`
    says why a plan takes more or less than was worked out; `seen` is the version that was read.

    Raises:
        PermissionDenied: `by` may not agree plans here, or this is their own.
        CannotAgree: a rule objects, and no recorded reason overcomes it.
    """
    locked = lock(chosen, by=by, at=at)
    weighed = queries.weigh(locked, network=network, departure=departure)
    found: list[tuple[Plan | None, Objection]]
    found = [(one.plan, o) for one in weighed for o in one.objections]
    found += _changed_meanwhile(locked, seen) + _judged_against(judged, weighed, because=because)
    if any(o.firm for _, o in found) or (found and not because.strip()):
        raise CannotAgree(found)
    rules = council.rules(timezone.localtime(at).date())
    for one in weighed:
        _take_down_network(one.plan, network, by=by, at=at)
        _agree_one(one, rules=rules, restrictions=restrictions, by=by, at=at)
        keep(one, Outcome.AGREED, because, rules=rules, by=by, at=at, judged=judged)
    close(locked, by=by, at=at)
    return [one.plan for one in weighed]


def _changed_meanwhile(
    locked: Sequence[Plan], seen: Mapping[int, int] | None
) -> list[tuple[Plan | None, Objection]]:
    """What was read must be what is agreed."""
    return [
        (plan, Objection(_changed_words(plan), "seen", firm=True))
        for plan in locked
        if seen is not None and seen.get(plan.pk) != plan.version
    ]


def _changed_words(plan: Plan) -> str:
    name = plan.person.formal_name
    return f"{name}’s plan changed while you were reading. Look at it again, then approve"


def _judged_against(
    judged: Judged, weighed: Sequence[Weighed], *, because: str
) -> list[tuple[Plan | None, Objection]]:
    """What the judge said no to, and what is not judged although nothing else is left of it."""
    refused = {check.test for one in weighed for check in one.checks if check.objection}
    found: list[tuple[Plan | None, Objection]] = []
    for test in TESTS:
        if judged.of(test) is False:
            words = f"You judged that it is not {test}. Return it with the reason, or judge it met"
            found.append((None, Objection(words, test, firm=True)))
        elif judged.of(test) is None and (test not in refused or because.strip()):
            found.append((None, Objection(f"Choose whether it is {test}", test, firm=True)))
    return found


def _take_down_network(
    plan: Plan, network: Mapping[int, str] | None, *, by: Staff, at: datetime
) -> None:
    words = (network or {}).get(plan.pk, "").strip()
    if words and not plan.network.strip():
        plans.write_words(plan, {"network": words}, seen=plan.version, by=by.sign_in, at=at)


def _agree_one(one: Weighed, *, rules: Pack, restrictions: str, by: Staff, at: datetime) -> None:
    plan, day = one.plan, timezone.localtime(at).date()
    plan.status, plan.agreed_at, plan.agreed_by = Status.AGREED, at, by
    plan.agreed_weekly_pence = one.facts.planned_pence
    plan.departure_because = one.facts.departure_because if one.differs else ""
    plan.starts_on = queries.support_starts(day, rules)
    plan.review_on = first_review(plan.starts_on, rules)
    plan.change_limit_percent = change_percent(rules)
    plan.restrictions = restrictions.strip() or plan.restrictions or USUAL_RESTRICTIONS
    plan.save(update_fields=AGREED_FIELDS)
    PlanLine.objects.filter(plan=plan).update(agreed_pence=F("cost_pence"))
    allocation.settle(
        plan.person,
        weekly_pence=one.facts.planned_pence,
        state="agreed",
        side=side_of(plan.person),
        because=plan.departure_because,
        by=by,
        at=at,
    )
    _tell_agreed(plan, by=by, at=at)
    _plan_review(plan, by=by, at=at)


AGREED_FIELDS = [
    "status",
    "agreed_at",
    "agreed_by",
    "agreed_weekly_pence",
    "departure_because",
    "starts_on",
    "review_on",
    "change_limit_percent",
    "restrictions",
]


def _tell_agreed(plan: Plan, *, by: Staff, at: datetime) -> None:
    record.write(
        "plan.agreed",
        about=plan.person,
        by=by.sign_in,
        at=at,
        words="Your plan was agreed",
        detail="Legal, will work, and can be paid for",
        is_key=True,
        plan=plan.pk,
        weekly_pence=plan.agreed_weekly_pence,
        starts_on=plan.starts_on,
        review_on=plan.review_on,
    )
    writer = writer_of(plan)
    letters.write_letter(
        "plan.agreed",
        about=plan.person,
        to=writer,
        title=agreed_title(plan, to=writer),
        body=agreed_body(plan, to=writer),
        by=by.sign_in,
        at=at,
    )


def _plan_review(plan: Plan, *, by: Staff, at: datetime) -> None:
    """The review that the person is promised has an owner and a date from the first."""
    owner = queries.responsible_for(plan.person) or by
    assert plan.review_on is not None
    noon = timezone.make_aware(datetime.combine(plan.review_on, time(12)))
    record.give_task(
        REVIEW,
        person=plan.person,
        words=f"First review with {plan.person.formal_name}",
        owner=owner,
        due_at=noon,
        at=at,
        address=reverse("plan", args=[plan.pk]),
        subject=f"plan:{plan.pk}",
    )
