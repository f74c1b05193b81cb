"""Asking for reablement, ending it, and recording why it is not for somebody."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff, TeamKind
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.reablement import queries
from ownway.journey.reablement.models import Kind, Outcome, Referral, Source, Waiver

DECIDE = "assessment.do"
TASK = "reablement.answer"
ENOUGH = 15  # letters of a reason that says why for this person


class CannotDecide(Exception):
    """What stops this: every reason, by the field that mends it."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def refer(person: Person, *, source: str, because: str, by: SignIn, at: datetime) -> Referral:
    """Ask reablement to help somebody; asked again while it is open, it is the same referral."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if known := queries.referral_open(person):
        return known
    made = Referral.objects.create(
        person=person, source=Source(source), because=because[:300], asked_at=at, asked_by=by
    )
    _give_task(made, at=at)
    record.write(
        "reablement.referred", about=person, by=by, at=at, is_key=True,
        words="We asked the reablement team to help you", detail=because, referral=made.pk,
    )  # fmt: skip
    return made


def _give_task(referral: Referral, *, at: datetime) -> None:
    rules = council.rules(timezone.localtime(at).date())
    team = council.staff_members().filter(team__kind=TeamKind.REABLEMENT)
    owner = team.first() or council.staff_members().filter(role="team_manager").first()
    if owner is None:
        raise CannotDecide([("source", "Nobody works in reablement. Add a therapist first")])
    record.give_task(
        TASK,
        person=referral.person,
        words="Answer the referral to reablement",
        owner=owner,
        due_at=at + timedelta(hours=rules.value("reablement_response_hours")),
        at=at,
        address=reverse("reablement", args=[referral.person_id]),
        subject=f"reablement:{referral.pk}",
    )


@transaction.atomic
def end(referral: Referral, *, outcome: str, by: Staff, at: datetime) -> Referral:
    """End reablement with how it went; the gate opens.

    Raises:
        PermissionDenied: `by` does not decide this.
        CannotDecide: it has ended, or no outcome is chosen.
    """
    council_access.require(by.sign_in, DECIDE)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.ended_at is not None:
        raise CannotDecide([("outcome", "Reablement has ended already")])
    if outcome not in Outcome.values:
        raise CannotDecide([("outcome", "Choose how it went")])
    referral.outcome, referral.ended_at, referral.ended_by = outcome, at, by.sign_in
    referral.save(update_fields=["outcome", "ended_at", "ended_by"])
    record.finish_tasks(TASK, person=referral.person, by=by.sign_in, at=at)
    record.write(
        "reablement.ended", about=referral.person, by=by.sign_in, at=at, is_key=True,
        words="Your reablement ended", detail=Outcome(outcome).label, outcome=outcome,
        referral=referral.pk,
    )  # fmt: skip
    return referral


@transaction.atomic
def except_person(
    person: Person,
    *,
    kind: str,
    because: str,
    by: Staff,
    at: datetime,
    decided_with: Staff | None = None,
) -> Waiver:
    """Record why reablement is not for somebody, with who decided. The gate then lets through.

    A diagnosis alone is no reason: what it means for this person must be said.

    Source: Kingston 2010: dementia or learning disability is not an automatic exclusion.
    Raises:
        PermissionDenied: `by` does not decide this.
        CannotDecide: no kind is chosen, or the reason says too little.
    """
    council_access.require(by.sign_in, DECIDE)
    _refuse_unsaid(kind, because)
    made = Waiver.objects.create(
        person=person,
        kind=kind,
        because=because.strip()[:500],
        decided_by=by,
        decided_with=decided_with,
        at=at,
    )
    record.finish_tasks(TASK, person=person, by=by.sign_in, at=at)
    record.write(
        "reablement.excepted", about=person, by=by.sign_in, at=at, is_key=True,
        words="We decided that reablement is not right for you", detail=Kind(kind).label,
        why=kind, because=made.because, decided_with=decided_with.pk if decided_with else None,
    )  # fmt: skip
    return made


def _refuse_unsaid(kind: str, because: str) -> None:
    problems = []
    if kind not in Kind.values:
        problems.append(("kind", "Choose why reablement is not for them"))
    if len(because.strip()) < ENOUGH:
        problems.append(("because", "Say what it means for this person, in a sentence"))
    if problems:
        raise CannotDecide(problems)
