"""Opening the one plan, and writing in it: words, lines and risks, by several people at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import F, Max

from ownway.foundation.council.models import SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.plan import access, queries
from ownway.foundation.plan.models import BEING_WRITTEN, PaidFrom, Plan, PlanLine, Risk
from ownway.foundation.record import actions as record

Row = TypeVar("Row", Plan, PlanLine, Risk)
_UNKNOWN = object()


@dataclass(frozen=True)
class Saved(Generic[Row]):
    """A row after a save: the fields that changed, and those another had changed meanwhile.

    `clashes` holds what is stored now for each field that was left as the other person put it.
    """

    row: Row
    changed: tuple[str, ...]
    clashes: Mapping[str, Any]


@transaction.atomic
def open_plan(person: Person, *, by: SignIn | None, at: datetime) -> Plan:
    """Open somebody's one plan, or return the one they have."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if plan := queries.plan_of(person):
        return plan
    plan = Plan.objects.create(person=person, opened_at=at, opened_by=by)
    record.write(
        "plan.opened", about=person, by=by, at=at, words="Your plan was opened", plan=plan.pk
    )
    return plan


@transaction.atomic
def add_line(
    plan: Plan, *, wish: str, paid_from: str, by: SignIn | None, at: datetime, **known: Any
) -> PlanLine:
    """Put a line at the end of a plan. The same entry of the directory is added once."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    lines = PlanLine.objects.filter(plan=plan)
    if (key := known.get("entry_key")) and (same := lines.filter(entry_key=key).first()):
        return same
    last = lines.aggregate(last=Max("place"))["last"] or 0
    line = PlanLine.objects.create(
        plan=plan,
        place=last + 1,
        wish=wish[:200],
        paid_from=PaidFrom(paid_from) if paid_from else "",
        added_by=by,
        added_at=at,
        **known,
    )
    _turn_over(plan)
    return line


@transaction.atomic
def write_words(
    plan: Plan, typed: Mapping[str, str], *, seen: int, by: SignIn, at: datetime
) -> Saved[Plan]:
    """Write in a plan what somebody typed over what they saw at version `seen`.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, plan, at=at)
    saved = _merge(plan, typed, seen=seen)
    if saved.changed:
        _tell("plan.written", plan, by=by, at=at, words="Your plan was added to", of=saved.changed)
    return saved


@transaction.atomic
def change_line(
    line: PlanLine, typed: Mapping[str, Any], *, seen: int, by: SignIn, at: datetime
) -> Saved[PlanLine]:
    """Change a line of a plan, field by field, over what was seen at version `seen`.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, line.plan, at=at)
    saved = _merge(line, typed, seen=seen, holds_together=_line_holds_together)
    if saved.changed:
        _turn_over(line.plan)
        words = f"Your plan was changed: {saved.row.wish}"
        _tell("plan.line_changed", line.plan, by=by, at=at, words=words, of=saved.changed)
    return saved


@transaction.atomic
def remove_line(line: PlanLine, *, by: SignIn, at: datetime) -> None:
    """Take a line out of a plan; its history stays.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, line.plan, at=at)
    taken, _ = PlanLine.objects.filter(pk=line.pk).delete()
    if taken:
        _turn_over(line.plan)
        words = f"Taken out of your plan: {line.wish}"
        _tell("plan.line_removed", line.plan, by=by, at=at, words=words)


@transaction.atomic
def drop_entry(person: Person, entry_key: str) -> bool:
    """Take an entry, or a thing, out of a plan that is being written; say whether it was there.

    What the person has written themselves stays. Whoever calls this tells it on the record.
    """
    plan = Plan.objects.filter(person=person, status__in=BEING_WRITTEN).first()
    if plan is None or not entry_key:
        return False
    pointed = PlanLine.objects.filter(plan=plan, entry_key=entry_key, version=1)
    taken, _ = pointed.filter(paid_from__in=(PaidFrom.COMMUNITY, PaidFrom.EQUIPMENT)).delete()
    if taken:
        _turn_over(plan)
    return taken > 0


@transaction.atomic
def add_risk(plan: Plan, typed: Mapping[str, str], *, by: SignIn, at: datetime) -> Risk:
    """Write down a risk somebody chooses to take.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, plan, at=at)
    risk = Risk.objects.create(plan=plan, added_at=at, added_by=by, **typed)
    _turn_over(plan)
    words = f"A risk you chose to take was written down: {risk.what}"
    _tell("plan.risk_added", plan, by=by, at=at, words=words, risk=risk.pk)
    return risk


@transaction.atomic
def change_risk(
    risk: Risk, typed: Mapping[str, str], *, seen: int, by: SignIn, at: datetime
) -> Saved[Risk]:
    """Change what is written of a risk, over what was seen at version `seen`.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, risk.plan, at=at)
    saved = _merge(risk, typed, seen=seen)
    if saved.changed:
        _turn_over(risk.plan)
        words = f"What is written of a risk was changed: {saved.row.what}"
        _tell("plan.risk_changed", risk.plan, by=by, at=at, words=words, of=saved.changed)
    return saved


@transaction.atomic
def remove_risk(risk: Risk, *, by: SignIn, at: datetime) -> None:
    """Take a risk out of a plan; its history stays.

    Raises:
        PermissionDenied: `by` may not write in this plan.
    """
    access.require_may_write(by, risk.plan, at=at)
    taken, _ = Risk.objects.filter(pk=risk.pk).delete()
    if taken:
        _turn_over(risk.plan)
        words = f"A risk was taken out of your plan: {risk.what}"
        _tell("plan.risk_removed", risk.plan, by=by, at=at, words=words)


def _merge(
    row: Row,
    typed: Mapping[str, Any],
    *,
    seen: int,
    holds_together: Callable[[Row], bool] = lambda row: True,
) -> Saved[Row]:
    """Lay what was typed over what is stored: only fields that nobody else changed since `seen`.

    Two people may each change a field so that the two no longer hold together; then none is laid.
    """
    stored = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = queries.as_it_was(stored, version=seen)
    now = {field: getattr(stored, field) for field in typed}
    mine = {f: v for f, v in typed.items() if v != now[f] and v != before.get(f, _UNKNOWN)}
    clashes = {f: now[f] for f in mine if now[f] != before.get(f, _UNKNOWN)}
    changed: tuple[str, ...] = tuple(f for f in mine if f not in clashes)
    for field in changed:
        setattr(stored, field, mine[field])
    if changed and not holds_together(stored):
        return Saved(type(row).objects.get(pk=row.pk), (), {field: now[field] for field in mine})
    if changed:
        stored.version += 1
        stored.save(update_fields=[*changed, "version"])
    return Saved(stored, changed, clashes)


def _line_holds_together(line: PlanLine) -> bool:
    """A wish not met costs nothing, and any other line says who pays."""
    return line.cost_pence == 0 if line.not_found else bool(line.paid_from)


def _turn_over(plan: Plan) -> None:
    """Count a change of a plan's lines or risks as one of the plan, so that a reader can tell."""
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1)


def _tell(
    kind: str,
    plan: Plan,
    *,
    by: SignIn,
    at: datetime,
    words: str,
    of: tuple[str, ...] = (),
    **f: Any,
) -> None:
    record.write(
        kind, about=plan.person, by=by, at=at, words=words, plan=plan.pk, fields=list(of), **f
    )
