"""Working everybody out anew when rates change: preview, confirm, decide, tell; or undo.

Everything past a press is done in batches, each all or nothing. A batch takes people in one state
and leaves them in the next, so a run that dies goes on where it was, and nothing is done twice.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import DataError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ownway.design.dates import plain_date
from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.deciding import BY_HAND, tell
from ownway.journey.charging.models import (
    Charge,
    Finances,
    Rework,
    ReworkState,
    Stage,
    Uprating,
    Withdrawn,
)
from ownway.journey.charging.queries.rises import changes_on
from ownway.journey.charging.queries.uprating import (
    Reworked,
    batch,
    in_force,
    newcomers,
    next_in,
    to_rework,
    work_out_all,
)
from ownway.policy.packs import Pack

BATCH: Final = 250
LETTERS: Final = 50
FURTHEST_BACK, FURTHEST_ON = timedelta(days=62), timedelta(days=400)
BY_HAND_WITHIN = timedelta(days=7)
CANNOT_KEEP = {"charge": "could not be kept. Work it out by hand"}
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
        CannotUprate: no rate changes that day, nobody pays, a run for that day is there, or
            income is one sum and its parts would rise differently.
    """
    access.require_may_uprate(by.sign_in)
    _refuse_day(on, today=timezone.localtime(at).date())
    if pension_rise != benefit_rise and queries.simple(council.rules(on)):
        said = "Enter the same for both: under these rules people give their income as one sum"
        raise CannotUprate(said, "benefit")
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
    _add(run, charges)
    run_soon()
    return run


def _add(run: Uprating, charges: Sequence[Charge]) -> None:
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


def _refuse_day(on: date, *, today: date) -> None:
    if not today - FURTHEST_BACK <= on <= today + FURTHEST_ON:
        raise CannotUprate("Choose a day in the last two months or the next year", "on")


@transaction.atomic
def confirm(run: Uprating, *, by: Staff, at: datetime) -> Uprating:
    """Let a previewed run be decided. Confirming twice is confirming once.

    Whoever came since the preview is taken in, and whoever changed is worked out as they are now.

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
    _catch_up(run)
    run_soon()
    return run


def _catch_up(run: Uprating) -> None:
    """Take in who was charged first since the preview, and try again who changed and could not."""
    _add(run, list(newcomers(run)))
    cannot = list(Rework.objects.filter(uprating=run, state=ReworkState.CANNOT))
    now = in_force(cannot, on=run.on)
    for row in cannot:
        if row.person_id in now and now[row.person_id].pk != row.before_id:
            row.state, row.problems = ReworkState.WAITING, {}
    Rework.objects.bulk_update(cannot, ["state", "problems"])


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
    """Hold people before their run, as a charge of one person does, so that neither waits twice."""
    stage = Stage(Uprating.objects.values_list("stage", flat=True).get(pk=run_id))
    if stage not in _NEXT:
        return 0
    states, size, do, then = _NEXT[stage]
    run = Uprating.objects.get(pk=run_id)
    late = list(newcomers(run)[:size]) if stage == Stage.DECIDING else []
    people = next_in(run, states, size=size)
    _hold([*people, *(charge.person_id for charge in late)])
    run = _locked(run)
    if run.stage != stage or not _is_due(run, at=at):
        return 0
    _add(run, [charge for charge in late if newcomers(run).filter(pk=charge.pk).exists()])
    if people:
        rows = batch(run, states, people=people)
        do(run, rows, at=at)
        return len(rows)
    return len(late) or _move_on(run, then, at=at)


def _hold(people: Sequence[int]) -> None:
    held = Person.objects.select_for_update(of=("self",), no_key=True)
    list(held.filter(pk__in=people).order_by("pk").values_list("pk"))


def _move_on(run: Uprating, then: Stage, *, at: datetime) -> int:
    run.stage = then
    if run.stage == Stage.READY:
        run.previewed_at = at
    if run.stage == Stage.DONE:
        run.ended_at = at
    run.save()
    return 1


def _work_out(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    for found in work_out_all(run, people, pack=council.rules(run.on)):
        _show(found)
    Rework.objects.bulk_update(people, ["problems", "state", "after_pence"])


def _show(found: Reworked) -> None:
    row = found.rework
    row.problems = dict(found.problems)
    row.state = ReworkState.CANNOT if found.worked is None else ReworkState.WORKED
    row.after_pence = found.worked.result["charge_pence"] if found.worked else None


def _decide(run: Uprating, people: Sequence[Rework], *, at: datetime) -> None:
    """New decisions and charges for a batch, from what each person pays by now."""
    pack: Pack = council.rules(run.on)
    if pack.hash != run.pack_hash:
        for row in people:
            row.state, row.problems, row.after_pence = ReworkState.CANNOT, OTHER_RULES, None
    else:
        found = list(work_out_all(run, _as_they_are_now(run, people), pack=pack))
        for one in found:
            _show(one)
        _keep_each(run, [one for one in found if one.worked is not None], at=at)
    fields = ["state", "problems", "before", "before_pence", "after", "after_pence"]
    Rework.objects.bulk_update(people, fields)


def _as_they_are_now(run: Uprating, people: Sequence[Rework]) -> list[Rework]:
    """Who is to be decided, each from the charge in force; who has one for that day is left."""
    now = in_force(people, on=run.on)
    found = []
    for row in people:
        charge = now.get(row.person_id)
        if charge is None or charge.finances is None or charge.starts_on == run.on:
            row.state = ReworkState.LEFT
            continue
        row.before, row.before_pence = charge, charge.charge_pence
        found.append(row)
    return found


def _keep_each(run: Uprating, good: Sequence[Reworked], *, at: datetime) -> None:
    """Keep all at once; if one cannot be kept, the others are, and that one is asked about."""
    try:
        with transaction.atomic():
            _keep_all(run, good, at=at)
    except (IntegrityError, DataError):
        if len(good) > 1:
            for one in good:
                _keep_each(run, [one], at=at)
            return
        row = good[0].rework
        row.state, row.problems = ReworkState.CANNOT, CANNOT_KEEP
        row.after = row.after_pence = None


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
            nhs_pays_pence=decision.result.get("nhs_pays_pence", 0),
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
    """A letter each; who was decided anew since then was told by that; an officer asks the rest."""
    assert run.confirmed_by is not None
    made = [row.after_id for row in people if row.after_id is not None]
    kept = set(queries.standing().filter(pk__in=made).values_list("pk", flat=True))
    for row in people:
        if row.state == ReworkState.CANNOT:
            row.state = ReworkState.ASKED
            _ask_by_hand(run, row.person, by=run.confirmed_by, at=at)
            continue
        row.state = ReworkState.TOLD
        if row.after is not None and row.after_id in kept:
            note = "National rates change on this day, so we worked out anew what is paid."
            tell(row.after, before=row.before, by=run.confirmed_by.sign_in, at=at, note=note)
    Rework.objects.bulk_update(people, ["state"])


def _ask_by_hand(run: Uprating, person: Person, *, by: Staff, at: datetime) -> None:
    day = timezone.make_aware(datetime.combine(run.on, time(17)))
    record.give_task(
        BY_HAND,
        person=person,
        words=f"{person.formal_name}: decide by hand what is paid from {plain_date(run.on)}",
        owner=by,
        due_at=max(day, at + BY_HAND_WITHIN),
        at=at,
        address=reverse("charge", args=[person.pk]),
        subject=f"uprating:{run.pk}",
    )


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
_NEXT: Final[dict[Stage, tuple[tuple[str, ...], int, Do, Stage]]] = {
    Stage.PREVIEWING: ((ReworkState.WAITING,), BATCH, _work_out, Stage.READY),
    Stage.DECIDING: ((ReworkState.WAITING, ReworkState.WORKED), BATCH, _decide, Stage.DECIDED),
    Stage.DECIDED: ((), 1, _tell, Stage.TELLING),
    Stage.TELLING: ((ReworkState.DECIDED, ReworkState.CANNOT), LETTERS, _tell, Stage.DONE),
    Stage.UNDOING: ((ReworkState.DECIDED,), BATCH, _take_back, Stage.UNDONE),
}
"""By stage: who is taken, how many at once, what is done, and the stage when nobody is left."""
