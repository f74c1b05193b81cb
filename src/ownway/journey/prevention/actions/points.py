"""Settling the five points, each with its evidence, and keeping benefit checks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.giving import DO
from ownway.journey.prevention.models import BenefitCheck, Mark, PointMark
from ownway.journey.prevention.queries.checklist import POINTS, Stand, evidence_on_record


class CannotMark(Exception):
    """Why points cannot be settled like this: every reason, by the field that mends it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def mark_points(person: Person, said: Sequence[Stand], *, by: Staff, at: datetime) -> None:
    """Settle points of the five, each with its evidence; a new word replaces the old.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotMark: a way is unknown, evidence is missing, or a no is nobody's who knew what it
            was; nothing is kept then.
    """
    council_access.require(by.sign_in, DO)
    problems = [found for one in said for found in _unfit(one)]
    known = {event.pk for event in evidence_on_record(person)}
    problems += [
        (f"{one.point}-shown_by", "Choose something on this person’s record")
        for one in said
        if one.shown_by is not None and one.shown_by not in known
    ]
    if problems:
        raise CannotMark(problems)
    for one in said:
        _mark(person, one, by=by, at=at)


def _unfit(one: Stand) -> list[tuple[str, str]]:
    point, name = one.point, POINTS.get(one.point, "")
    if not name or one.mark not in ("", *Mark.values):
        return [(f"{point}-mark", "Choose how it stands")]
    found = []
    if one.mark and len(one.evidence.strip()) < 3:
        ask = {
            Mark.DONE: f"Write the evidence: {name}",
            Mark.DECLINED: f"Write why they said no: {name}",
            Mark.NOT_APPLICABLE: f"Write why it does not apply: {name}",
        }[Mark(one.mark)]
        found.append((f"{point}-evidence", ask))
    if one.mark == Mark.DECLINED and len(one.said_by.strip()) < 2:
        found.append((f"{point}-said_by", f"Say who said no: {name}"))
    if one.mark == Mark.DECLINED and not one.was_informed:
        words = f"A no counts only when they knew what it is they refuse: {name}"
        found.append((f"{point}-was_informed", words))
    return found


def _mark(person: Person, one: Stand, *, by: Staff, at: datetime) -> None:
    is_no = one.mark == Mark.DECLINED
    kept = {
        "mark": one.mark,
        "evidence": one.evidence.strip()[:300],
        "said_by": one.said_by.strip()[:120] if is_no else "",
        "was_informed": is_no,
        "shown_by_id": one.shown_by,
        "at": at,
        "by": by.sign_in,
    }
    if not one.mark:
        PointMark.objects.filter(person=person, point=one.point).delete()
    else:
        PointMark.objects.update_or_create(person=person, point=one.point, defaults=kept)
    how = Mark(one.mark).label.lower() if one.mark else "open again"
    record.write(
        "prevention.point_settled", about=person, by=by.sign_in, at=at,
        words=f"{POINTS[one.point].capitalize()}: {how}", detail=one.evidence.strip()[:300],
        point=one.point, mark=one.mark, said_by=kept["said_by"] if is_no else "",
    )  # fmt: skip


@transaction.atomic
def keep_benefit_check(
    person: Person, *, gain_pence_a_week: int, found: str, by: Staff, at: datetime
) -> BenefitCheck:
    """Keep what a benefit check found; it is the evidence for disability benefits.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotMark: money was gained and no benefit is named.
    """
    council_access.require(by.sign_in, DO)
    if gain_pence_a_week and not found.strip():
        raise CannotMark([("found", "Say which benefit was gained")])
    made = BenefitCheck.objects.create(
        person=person,
        gain_pence_a_week=gain_pence_a_week,
        found=found.strip()[:200],
        at=at,
        by=by.sign_in,
    )
    PointMark.objects.filter(person=person, point="benefits").delete()
    gain = f"{pounds(gain_pence_a_week)} a week more" if gain_pence_a_week else "no more is due"
    record.write(
        "benefits.checked", about=person, by=by.sign_in, at=at, is_key=bool(gain_pence_a_week),
        words=f"We checked your benefits: {gain}", detail=made.found,
        gain_pence_a_week=gain_pence_a_week,
    )  # fmt: skip
    return made
