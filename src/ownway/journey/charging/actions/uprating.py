"""Working everybody out anew when rates change: preview, confirm, decide, tell; or undo.

Everything past a press is done in batches, each all or nothing. A batch takes people in one state
and leaves them in the next, so a run that dies goes on where it was, and nothing is done twice.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.record import actions as record
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.deciding import tell
from ownway.journey.charging.models import (
    Charge,
    Finances,
    Rework,
    ReworkState,
    Stage,
    Uprating,
    Withdrawn,
)
from ownway.journey.charging.queries.uprating import (
    Reworked,
    batch,
    changes_on,
    still_in_force,
    to_rework,
    work_out_all,
)
from ownway.policy.packs import Pack

BATCH: Final = 250
LETTERS: Final = 50
FURTHEST_BACK, FURTHEST_ON = timedelta(days=62), timedelta(days=400)
CHANGED = {"charge": "was decided anew since the preview. It is left as it is"}
OTHER_RULES = {"rules": "are others than in the preview. Preview again"}


class CannotUprate(Exception):
    """A run that cannot begin, go on or be undone; the message says what to do."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def preview(on: date, *, pension_rise: int, benefit_rise: int, by: Staff, at: datetime) -> Uprating:
    """Begin a run: everybody's charge is to be worked out from a day. Nobody is told anything.

    Raises:
        PermissionDenied: `by` is not a finance officer.
        CannotUprate: no rate changes that day, nobody pays, or a run for that day is there.
    """
    access.require_may_uprate(by.sign_in)
    _refuse_day(on, today=timezone.localtime(at).date())
    if not changes_on(on) and not (pension_rise or benefit_rise):
        raise CannotUprate("No rate changes on this day. Choose the day new rates start", "on")
    charges = list(to_rework(on))
    if not charges:
        raise CannotUprate("Nobody’s charge is to be worked out anew on this day", "on")
    try:
        with transaction.atomic():
            run = Uprating.objects.create(
                on=on,
                pack_hash=council.rules(on).hash,
                pension_rise=pension_rise,
                benefit_rise=benefit_rise,
                began_at=at,
                began_by=by,
            )
    except IntegrityError as twice:
        said = "There is a run for this day already. Open it below, or undo it first"
        raise CannotUprate(said, "on") from twice
    Rework.objects.bulk_create(
        [
            Rework(
                uprating=run,
                person_id=charge.person_id,
                before=charge,
                before_pence=charge.charge_pence,
            )
            for charge in charges
        ],
        batch_size=1000,
    )
    run_soon()
    return run


def _refuse_day(on: date, *, today: date) -> None:
    if not today - FURTHEST_BACK <= on <= today + FURTHEST_ON:
        raise CannotUprate("Choose a day in the last two months or the next year", "on")


@transaction.atomic
def confirm(run: Uprating, *, by: Staff, at: datetime) -> Uprating:
    """Let a previewed run be decided. Confirming twice is confirming once.

    Raises:
        PermissionDenied: `by` is not a finance officer.
        CannotUprate: it is not ready, or the rules were changed since the preview.
    """
    access.require_may_uprate(by.sign_in)
    run = _locked(run)
    if run.stage in (Stage.DECIDING, Stage.DECIDED, Stage.TELLING, Stage.DONE):
        return run
    if run.stage != Stage.READY:
        raise CannotUprate(f"This run cannot be confirmed: {run.get_stage_display().lower()}")
    if council.rules(run.on).hash != run.pack_hash:
        raise CannotUprate("The rules were changed since the preview. Undo it and preview again")
    run.stage, run.confirmed_at, run.confirmed_by = Stage.DECIDING, at, by
    run.letters_from = _next_morning(at)
    run.save()
    run_soon()
    return run


def _next_morning(at: datetime) -> datetime:
    day = council_actions.working_days_after(timezone.localtime(at).date(), 1)
    return timezone.make_aware(datetime.combine(day, time(8)))


@transaction.atomic
def tell_now(run: Uprating, *, by: Staff, at: datetime) -> Uprating:
    """Let the letters go at once, without waiting for the morning.

    Raises:
        PermissionDenied: `by` is not a finance officer.
        CannotUprate: not everybody is decided yet.
    """
    access.require_may_uprate(by.sign_in)
    run = _locked(run)
    if run.stage in (Stage.TELLING, Stage.DONE):
        return run
    if run.stage != Stage.DECIDED:
        raise CannotUprate("The letters can go once everybody is decided")
    run.stage, run.letters_from = Stage.TELLING, at
    run.save()
    run_soon()
    return run


@transaction.atomic
def undo(run: Uprating, *, by: Staff, at: datetime) -> Uprating:
    """Undo a run before its letters go: every charge it made is withdrawn. Twice is once.

    Raises:
        PermissionDenied: `by` is not a finance officer.
        CannotUprate: letters are on their way.
    """
    access.require_may_uprate(by.sign_in)
    run = _locked(run)
    if run.stage in (Stage.UNDOING, Stage.UNDONE):
        return run
    if run.stage in (Stage.TELLING, Stage.DONE):
        raise CannotUprate("Letters have gone, so this cannot be undone. Correct each one instead")
    made = run.stage in (Stage.DECIDING, Stage.DECIDED)
    run.stage = Stage.UNDOING if made else Stage.UNDONE
    run.ended_at, run.ended_by = at, by
    run.save()
    run_soon()
    return run


def _locked(run: Uprating) -> Uprating:
    return Uprating.objects.select_for_update(of=("self",)).get(pk=run.pk)


def run_soon() -> None:
    """Ask the jobs to run now and not in a minute, once what was changed is kept."""
    try:
        with transaction.atomic():
            app.configure_task(
                name="timetable", queue="timetable", queueing_lock="timetable"
            ).defer(timestamp=0)
    except AlreadyEnqueued:
        return


# -- The batches ---------------------------------------------------------------------------------


def go_on(*, at: datetime, most: int = 12) -> int:
    """Do the next batches of every run that waits; say how many people were moved on."""
    moved = 0
    for _ in range(most):
        waiting = Uprating.objects.filter(stage__in=_NEXT).order_by("began_at", "pk")
        step = sum(_one_batch(run.pk, at=at) for run in waiting if _is_due(run, at=at))
        if not step:
            return moved
        moved += step
    run_soon()
    return moved


def _is_due(run: Uprating, *, at: datetime) -> bool:
    """What is decided waits for the morning, so that it can be undone first."""
    waits = run.stage == Stage.DECIDED
    return not waits or (run.letters_from is not None and run.letters_from <= at)


@transaction.atomic
def _one_batch(run_id: int, *, at: datetime) -> int:
    run = Uprating.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.stage not in _NEXT or not _is_due(run, at=at):
        return 0
    state, size, do, then = _NEXT[Stage(run.stage)]
    people = batch(run, state, size=size)
    if people:
        do(run, people, at=at)
        return len(people)
    run.stage = then
    if run.stage == Stage.READY:
        run.previewed_at = at
    if run.stage == Stage.DONE:
        run.ended_at = at
    run.save()
    return 1


def _work_out(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    for found in work_out_all(run, people, pack=council.rules(run.on)):
        row = found.rework
        row.problems = dict(found.problems)
        row.state = ReworkState.CANNOT if found.worked is None else ReworkState.WORKED
        row.after_pence = found.worked.result["charge_pence"] if found.worked else None
    Rework.objects.bulk_update(people, ["problems", "state", "after_pence"])


def _decide(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    """New decisions and charges for a batch; who was decided anew meanwhile is left as they are."""
    pack: Pack = council.rules(run.on)
    same = still_in_force(people, on=run.on) if pack.hash == run.pack_hash else set()
    why = CHANGED if pack.hash == run.pack_hash else OTHER_RULES
    for row in people:
        if row.pk not in same:
            row.state, row.problems, row.changed_since = ReworkState.CANNOT, why, True
    good = list(work_out_all(run, [row for row in people if row.pk in same], pack=pack))
    _keep_all(run, [one for one in good if one.worked is not None], at=at)
    fields = ["state", "problems", "changed_since", "after", "after_pence"]
    Rework.objects.bulk_update(people, fields)


def _keep_all(run: Uprating, good: Sequence[Reworked], *, at: datetime) -> None:
    assert run.confirmed_by is not None
    by = run.confirmed_by.sign_in
    given = Finances.objects.bulk_create(
        Finances(person=one.rework.person, facts=dict(one.facts), given_at=at, given_by=by)
        for one in good
    )
    decisions = record.keep_decisions(
        [(one.worked, one.rework.person) for one in good if one.worked is not None],
        by=by,
        at=at,
        because=f"Rates changed from {run.on.isoformat()}",
    )
    charges = Charge.objects.bulk_create(
        Charge(
            person=one.rework.person,
            finances=finances,
            budget=one.rework.before.budget,
            decision=decision,
            starts_on=run.on,
            charge_pence=decision.result["charge_pence"],
            council_pays_pence=decision.result["council_pays_pence"],
            budget_pence=decision.result["budget_pence"],
            at=at,
            by=by,
        )
        for one, finances, decision in zip(good, given, decisions, strict=True)
    )
    for one, charge in zip(good, charges, strict=True):
        one.rework.after, one.rework.after_pence = charge, charge.charge_pence
        one.rework.state = ReworkState.DECIDED


def _tell(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    """A letter each; who was decided anew since then was told by that."""
    assert run.confirmed_by is not None
    kept = set(
        queries.standing()
        .filter(pk__in=[row.after_id for row in people])
        .values_list("pk", flat=True)
    )
    for row in people:
        row.state = ReworkState.TOLD
        if row.after is not None and row.after_id in kept:
            note = "National rates change on this day, so we worked out anew what is paid."
            tell(row.after, before=row.before, by=run.confirmed_by.sign_in, at=at, note=note)
    Rework.objects.bulk_update(people, ["state"])


def _take_back(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    assert run.ended_by is not None
    made = [row.after_id for row in people if row.after_id is not None]
    still = queries.standing().filter(pk__in=made).values_list("pk", flat=True)
    Withdrawn.objects.bulk_create(
        [
            Withdrawn(charge_id=pk, at=at, by=run.ended_by.sign_in, because="The run was undone")
            for pk in still
        ]
    )
    for row in people:
        row.state = ReworkState.UNDONE
    Rework.objects.bulk_update(people, ["state"])


Do = Callable[..., object]
_NEXT: Final[dict[Stage, tuple[str, int, Do, Stage]]] = {
    Stage.PREVIEWING: (ReworkState.WAITING, BATCH, _work_out, Stage.READY),
    Stage.DECIDING: (ReworkState.WORKED, BATCH, _decide, Stage.DECIDED),
    Stage.DECIDED: (ReworkState.TOLD, 1, _tell, Stage.TELLING),
    Stage.TELLING: (ReworkState.DECIDED, LETTERS, _tell, Stage.DONE),
    Stage.UNDOING: (ReworkState.DECIDED, BATCH, _take_back, Stage.UNDONE),
}
"""By stage: who is taken, how many at once, what is done, and the stage when nobody is left."""
