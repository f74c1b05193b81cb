"""What carers do: say what they will do, take it back, plan for emergencies; staff help."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from ownway.foundation.council import access as council
from ownway.foundation.council import queries as teams
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.record import actions as record
from ownway.journey.assessment import actions as assessment
from ownway.journey.assessment import queries as assessments
from ownway.journey.assessment.models import Assessment, Kind
from ownway.journey.carers import access, queries
from ownway.journey.carers.models import Activation, EmergencyPlan, Ended, Statement, Support
from ownway.journey.prevention import actions as prevention
from ownway.policy import domains

HOURS_TO_ACT = 2


class CannotSay(ValueError):
    """Something a carer said that cannot be kept; the message says what to do."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


# -- Willing and able -----------------------------------------------------------------------------


@transaction.atomic
def give_statement(
    carer: Person,
    *,
    cares_for: Person,
    helps: Mapping[str, str],
    by: SignIn | None,
    at: datetime,
    words: str = "",
) -> Statement:
    """Keep what a carer is willing and able to go on doing; the one before gives way.

    The same statement again is the one that stands.

    Raises:
        PermissionDenied: it is not for `by` to say.
        CannotSay: a part of life or an amount that is not known.
    """
    if by is not None:
        access.require_may_speak_for(by, carer, at=at)
    Person.objects.select_for_update(of=("self",)).get(pk=carer.pk)
    _refuse_unknown(helps)
    before = queries.statement_of(carer, cares_for)
    if before and before.helps == dict(helps) and before.words == words.strip():
        return before
    if before:
        _end(before, Ended.REPLACED, because="", by=by, at=at)
    made = Statement.objects.create(
        carer=carer,
        cares_for=cares_for,
        helps=dict(helps),
        words=words.strip(),
        given_at=at,
        given_by=by,
    )
    why = f"{carer.formal_name} changed what they can do"
    if _count_help(cares_for, because=why, by=by, at=at) or before:
        _look_at_the_plan(made, words=why, at=at)
    _tell_given(made, by=by, at=at)
    return made


def _tell_given(made: Statement, *, by: SignIn | None, at: datetime) -> None:
    record.write(
        "carer.statement_given",
        about=made.carer,
        by=by,
        at=at,
        words=f"You said what you are willing and able to do for {made.cares_for.first_name}",
        is_key=True,
        statement=made.pk,
        cares_for=made.cares_for_id,
    )


def _count_help(person: Person, *, because: str, by: SignIn | None, at: datetime) -> bool:
    """Let the assessment count the help that carers give now; say whether that changed it."""
    adult = assessments.latest(person, kind=Kind.ADULT)
    if adult is None:
        return False
    helps = queries.help_given_to(person)
    return bool(assessment.change_help(adult, helps, because=because, by=by, at=at))


def _refuse_unknown(helps: Mapping[str, str]) -> None:
    for key, amount in helps.items():
        if key not in domains.KEYS or amount not in domains.HELP:
            raise CannotSay("Choose how much of this you want to go on doing", key)


@transaction.atomic
def withdraw_statement(
    statement: Statement, *, because: str, by: SignIn, at: datetime
) -> Statement:
    """Take back what a carer said they will do. It counts at once, and the plan is looked at anew.

    Raises:
        PermissionDenied: it is not for `by` to say.
        CannotSay: it was taken back, or replaced, before.
    """
    statement = Statement.objects.select_for_update(of=("self",)).select_related(
        "carer", "cares_for"
    ).get(pk=statement.pk)  # fmt: skip
    access.require_may_speak_for(by, statement.carer, at=at)
    if not statement.stands:
        raise CannotSay("This was taken back already", "because")
    _end(statement, Ended.WITHDRAWN, because=because, by=by, at=at)
    name = statement.carer.formal_name
    _count_help(statement.cares_for, because=f"{name} no longer gives this help", by=by, at=at)
    _look_at_the_plan(statement, words=f"{name} can no longer give the same help", at=at)
    _tell_withdrawn(statement, by=by, at=at)
    return statement


def _tell_withdrawn(statement: Statement, *, by: SignIn, at: datetime) -> None:
    record.write(
        "carer.statement_withdrawn",
        about=statement.carer,
        by=by,
        at=at,
        words="You took back what you said you would do. We count it from now",
        is_key=True,
        statement=statement.pk,
        cares_for=statement.cares_for_id,
    )
    record.write(
        "carer.help_ended",
        about=statement.cares_for,
        by=by,
        at=at,
        words="Help from your carer changes. We look at your plan with you",
        statement=statement.pk,
    )


def _end(
    statement: Statement, how: Ended, *, because: str, by: SignIn | None, at: datetime
) -> None:
    statement.ended_at, statement.ended = at, how
    statement.ended_because, statement.ended_by = because.strip(), by
    statement.save(update_fields=["ended_at", "ended", "ended_because", "ended_by"])


def _look_at_the_plan(statement: Statement, *, words: str, at: datetime) -> None:
    owner = _owner(statement.cares_for)
    if owner:
        record.give_task(
            "plan.look_again",
            person=statement.cares_for,
            words=f"{words}. Look at the plan",
            owner=owner,
            due_at=at + timedelta(days=2),
            at=at,
            address=reverse("carer", args=[statement.carer_id]),
            subject=f"statement:{statement.pk}",
        )


def _owner(person: Person) -> Staff | None:
    return people.named_worker(person) or teams.manager_of(teams.team("long_term"))


# -- From the answers -----------------------------------------------------------------------------


@transaction.atomic
def take_from_answers(done: Assessment, *, by: SignIn | None, at: datetime) -> None:
    """Keep what a carer said in an assessment: what they will do, whom to call, what they wish."""
    if done.is_about_a_carer:
        _take_emergency(done, by=by, at=at)
        _take_wishes(done, by=by, at=at)
        return
    carer = people.own_person(by) if by else None
    helps = {
        part.domain.key: part.row.said_help
        for part in assessments.parts_of(done)
        if part.row and part.row.said_help
    }
    if carer and helps and carer.pk != done.person_id:
        give_statement(carer, cares_for=done.person, helps=helps, by=by, at=at)


def _take_emergency(done: Assessment, *, by: SignIn | None, at: datetime) -> None:
    said = assessments.carer_wishes(done)
    if said.call:
        keep_emergency_plan(
            done.person,
            by=by,
            at=at,
            call_name=said.call,
            call_phone=said.phone,
            call_relation=said.relation,
            to_know=said.to_know,
        )


def _take_wishes(done: Assessment, *, by: SignIn | None, at: datetime) -> None:
    """A break that was wished for stands in the carer's plan until it is met."""
    said = assessments.carer_wishes(done)
    if not said.breaks:
        return
    plan = plans.open_plan(done.person, by=by, at=at)
    for wish in said.breaks:
        plans.add_line(
            plan,
            wish=queries.WISHES[wish],
            paid_from="budget",
            by=by,
            at=at,
            not_found=True,
            entry_key=f"wish:{wish}",
        )


# -- Emergencies ----------------------------------------------------------------------------------


@transaction.atomic
def keep_emergency_plan(
    carer: Person, *, call_name: str, by: SignIn | None, at: datetime, **known: str
) -> EmergencyPlan:
    """Keep whom to call when a carer cannot be there; the number stays the same for good.

    Raises:
        PermissionDenied: it is not for `by` to say.
        CannotSay: nobody is named to call.
    """
    if by is not None:
        access.require_may_speak_for(by, carer, at=at)
    if not call_name.strip():
        raise CannotSay("Say who we should call", "call_name")
    Person.objects.select_for_update(of=("self",)).get(pk=carer.pk)
    said = {"call_name": call_name.strip(), **{k: v.strip() for k, v in known.items()}}
    plan = queries.emergency_plan_of(carer)
    if plan and all(getattr(plan, name) == value for name, value in said.items()):
        return plan
    is_new = plan is None
    plan = plan or EmergencyPlan(carer=carer, number=_number(carer), made_at=at)
    for name, value in said.items():
        setattr(plan, name, value)
    plan.changed_at, plan.changed_by = at, by
    plan.save()
    record.write(
        "carer.emergency_plan",
        about=carer,
        by=by,
        at=at,
        words="Your emergency plan is ready" if is_new else "Your emergency plan was changed",
        detail=f"Number {plan.number}",
        is_key=is_new,
        number=plan.number,
    )
    return plan


def _number(carer: Person) -> str:
    """A short number to read out: letters no one mishears, and the carer's own count."""
    return f"EP{1000 + carer.pk}"


@transaction.atomic
def activate(plan: EmergencyPlan, *, what_happened: str, by: SignIn, at: datetime) -> Activation:
    """Put an emergency plan into action: the worker has two hours to see that care goes on.

    Activated again while in use, it is the same activation.

    Raises:
        PermissionDenied: `by` may not take calls here.
        CannotSay: it does not say what happened.
    """
    staff = council.require(by, "contact.take")
    if len(what_happened.strip()) < 5:
        raise CannotSay("Say what happened", "what_happened")
    plan = EmergencyPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if same := queries.open_activation(plan):
        return same
    used = Activation.objects.create(
        plan=plan, what_happened=what_happened.strip(), at=at, by=staff
    )
    for tie in people.cared_for_by(plan.carer):
        _see_to_care(plan, tie.other, staff=staff, at=at)
    record.write(
        "carer.emergency",
        about=plan.carer,
        by=by,
        at=at,
        words="Your emergency plan was used",
        detail=f"We call {plan.call_name}",
        is_key=True,
        number=plan.number,
    )
    return used


def _see_to_care(plan: EmergencyPlan, person: Person, *, staff: Staff, at: datetime) -> None:
    record.give_task(
        "carer.emergency",
        person=person,
        words=f"Emergency plan {plan.number}: see that {person.formal_name} is cared for",
        owner=_owner(person) or staff,
        due_at=at + timedelta(hours=HOURS_TO_ACT),
        at=at,
        address=reverse("carer", args=[plan.carer_id]),
        subject=f"emergency:{plan.number}",
    )


@transaction.atomic
def end_activation(used: Activation, *, how: str, by: SignIn, at: datetime) -> Activation:
    """Say that the emergency is over, and how it ended.

    Raises:
        PermissionDenied: `by` may not take calls here.
        CannotSay: it does not say how it ended.
    """
    council.require(by, "contact.take")
    if len(how.strip()) < 5:
        raise CannotSay("Say how it ended", "how_it_ended")
    used = Activation.objects.select_for_update(of=("self",)).select_related("plan__carer").get(
        pk=used.pk
    )  # fmt: skip
    if used.ended_at is None:
        used.ended_at, used.how_it_ended = at, how.strip()
        used.save(update_fields=["ended_at", "how_it_ended"])
        subject = f"emergency:{used.plan.number}"
        for tie in people.cared_for_by(used.plan.carer):
            record.finish_tasks("carer.emergency", person=tie.other, by=by, at=at, subject=subject)
    return used


# -- Support --------------------------------------------------------------------------------------


@transaction.atomic
def record_support(
    carer: Person, *, cares_for: Person, what: str, by: SignIn, at: datetime
) -> Support:
    """Record support a carer has or was offered; it settles that point of the checklist.

    Raises:
        PermissionDenied: `by` may not assess this carer.
        CannotSay: it does not say what.
    """
    staff = council.require(by, "assessment.do")
    access.require_may_speak_for(by, carer, at=at)
    if len(what.strip()) < 5:
        raise CannotSay("Say what support there is", "what")
    made = Support.objects.create(
        carer=carer, cares_for=cares_for, what=what.strip()[:300], at=at, by=staff
    )
    stand = prevention.Stand("carer", "done", f"{carer.formal_name}: {made.what}")
    prevention.mark_points(cares_for, [stand], by=staff, at=at)
    record.write(
        "carer.support",
        about=carer,
        by=by,
        at=at,
        words="Support for you as a carer was written down",
        detail=made.what,
        support=made.pk,
        cares_for=cares_for.pk,
    )
    return made
