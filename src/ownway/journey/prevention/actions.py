"""Answering the equipment questions, ordering what helps, and settling the five points."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import day_and_month
from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Often, PaidFrom
from ownway.foundation.record import actions as record
from ownway.journey.prevention.models import (
    BenefitCheck,
    EquipmentCheck,
    ItemStatus,
    Mark,
    OrderedItem,
    PointMark,
    Trial,
)
from ownway.journey.prevention.queries.catalogue import Item, catalogue, suggest
from ownway.journey.prevention.queries.checklist import POINTS

DO = "prevention.do"
# Letters and figures that cannot be taken for one another when read aloud.
CODE_SIGNS = "CDFGHJKLMNPQRTVWXY34679"
FIT_WITHIN, LOOK_WITHIN = 5, 1  # working days


class CannotOrder(Exception):
    """Why something cannot be ordered; nothing of the order was made."""


class CannotMark(Exception):
    """Why points cannot be settled like this: every reason, by the field that mends it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def answer_questions(
    person: Person, answers: Mapping[str, Sequence[str]], *, by: Staff, at: datetime
) -> EquipmentCheck:
    """Keep the answers and what they suggest. A red flag becomes somebody's task at once.

    Raises:
        PermissionDenied: `by` does not do prevention.
    """
    council_access.require(by.sign_in, DO)
    found = suggest(answers)
    check = EquipmentCheck.objects.create(
        person=person,
        answers={key: list(said) for key, said in answers.items()},
        suggested=[item.key for item in found.items],
        flags=[flag.name for flag in found.flags],
        at=at,
        by=by.sign_in,
    )
    record.write(
        "equipment.asked", about=person, by=by.sign_in, at=at,
        words="You answered the questions about things that help at home",
        detail=", ".join(item.name for item in found.items), check=check.pk,
    )  # fmt: skip
    for flag in found.flags:
        _give(f"equipment.flag.{flag.name}", person, flag.task, days=LOOK_WITHIN, at=at)
    return check


@transaction.atomic
def order(
    check: EquipmentCheck, keys: Sequence[str], *, tell: Person, by: Staff, at: datetime
) -> list[OrderedItem]:
    """Order what was suggested: price kept, nothing to pay, a code for what a shop hands out.

    Source: equipment and small changes up to the limit of the rules are never charged for.
    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: nothing chosen, not suggested, too dear, or they have it already.
    """
    council_access.require(by.sign_in, DO)
    items = _chosen(check, keys, at=at)
    ordered = [_order_one(check, item, by=by, at=at) for item in items]
    _put_in_plan(check.person, items, by=by, at=at)
    _tell(check.person, ordered, items, to=tell, by=by, at=at)
    names = ", ".join(one.name for one in ordered)
    record.write(
        "equipment.ordered", about=check.person, by=by.sign_in, at=at, is_key=True,
        words=f"We ordered for you: {names}", detail="Nothing to pay",
        items=[one.key for one in ordered], kinds=[one.kind for one in ordered],
        price_pence=sum(one.price_pence for one in ordered), charge_pence=0,
    )  # fmt: skip
    if any(not item.from_shop for item in items):
        _give("equipment.fit", check.person, f"Fit: {names}", days=FIT_WITHIN, at=at)
    return ordered


def _chosen(check: EquipmentCheck, keys: Sequence[str], *, at: datetime) -> list[Item]:
    items = [item for key in dict.fromkeys(keys) if (item := catalogue().item(key))]
    if not items:
        raise CannotOrder("Choose what to order")
    limit = council.rules(timezone.localtime(at).date()).value("free_equipment_pence")
    for item in items:
        if item.key not in check.suggested:
            raise CannotOrder(f"{item.name} is not suggested by these answers. Ask them again")
        if item.price_pence > limit:
            raise CannotOrder(
                f"{item.name} costs more than {pounds(limit)}. An occupational therapist decides"
            )
    return items


def _order_one(check: EquipmentCheck, item: Item, *, by: Staff, at: datetime) -> OrderedItem:
    try:
        with transaction.atomic():
            return OrderedItem.objects.create(
                check_made=check,
                person=check.person,
                key=item.key,
                name=item.name,
                kind=item.kind,
                price_pence=item.price_pence,
                charge_pence=0,
                code=_new_code() if item.from_shop else None,
                ordered_at=at,
                ordered_by=by.sign_in,
            )
    except IntegrityError as same:
        name = check.person.formal_name
        raise CannotOrder(f"{name} has one already: {item.name.lower()}") from same


def _new_code() -> str:
    """A code to show in a shop: eight signs, 23^8 of them, so that none is guessed."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _put_in_plan(person: Person, items: Sequence[Item], *, by: Staff, at: datetime) -> None:
    plan = plans.open_plan(person, by=by.sign_in, at=at)
    for item in items:
        plans.add_line(
            plan, wish=item.wish, support=item.name, paid_from=PaidFrom.EQUIPMENT,
            often=Often.ONCE, entry_key=f"equipment:{item.key}", by=by.sign_in, at=at,
        )  # fmt: skip


def _tell(
    person: Person,
    ordered: Sequence[OrderedItem],
    items: Sequence[Item],
    *,
    to: Person,
    by: Staff,
    at: datetime,
) -> None:
    fit_by = working_days_after(timezone.localtime(at).date(), FIT_WITHIN)
    rows = [
        [one.name, _how(one, by_day=day_and_month(fit_by)), pounds(one.charge_pence)]
        for one in ordered
    ]
    whose = "you" if to == person else person.formal_name
    letters.write_letter(
        "equipment.ordered", about=person, to=to, title="Things to make home easier",
        body=[
            {"kind": "text", "text": f"We ordered these for {whose}. There is nothing to pay."},
            {"kind": "table", "caption": "What we ordered",
             "head": ["What", "How you get it", "You pay"], "rows": rows},
            {"kind": "list", "items": [f"{item.name}: {item.does}" for item in items]},
            {"kind": "text", "text": "Something does not work, or does not help? Call us on "
                                     f"{council.identity().phone}. We take it back."},
        ],
        by=by.sign_in, at=at,
    )  # fmt: skip


def _how(one: OrderedItem, *, by_day: str) -> str:
    if one.code:
        return f"Collect from a shop on our list. Show this code: {one.code}"
    return f"We bring it and fit it by {by_day}"


def _give(kind: str, person: Person, words: str, *, days: int, at: datetime) -> None:
    local = timezone.localtime(at)
    due = datetime.combine(working_days_after(local.date(), days), time(17), tzinfo=local.tzinfo)
    record.give_task(
        kind,
        person=person,
        words=words,
        owner=_who_does(),
        due_at=due,
        at=at,
        address=reverse("equipment", args=[person.pk]),
        subject=f"equipment:{person.pk}",
    )


def _who_does() -> Staff:
    """An occupational therapist; a manager where there is none."""
    staff = council.staff_members()
    found = staff.filter(role="occupational_therapist").first()
    found = found or staff.filter(role="team_manager").first()
    if found is None:
        raise CannotOrder("Nobody here brings and fits equipment yet. Add a therapist first")
    return found


@transaction.atomic
def hand_over(item: OrderedItem, *, by: Staff, at: datetime) -> OrderedItem:
    """Say that somebody has their thing now.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: they have it, or gave it back.
    """
    council_access.require(by.sign_in, DO)
    item = OrderedItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.status != ItemStatus.ORDERED:
        raise CannotOrder(f"{item.name} is not waiting to be handed over")
    item.status, item.issued_at = ItemStatus.ISSUED, at
    item.save(update_fields=["status", "issued_at"])
    waiting = OrderedItem.objects.filter(person=item.person, status=ItemStatus.ORDERED, code=None)
    if not waiting.exists():
        record.finish_tasks("equipment.fit", person=item.person, by=by.sign_in, at=at)
    record.write(
        "equipment.issued", about=item.person, by=by.sign_in, at=at,
        words=f"You have your {item.name.lower()}", item=item.key,
    )  # fmt: skip
    return item


@transaction.atomic
def keep_trial(
    item: OrderedItem, *, trial: str, words: str, by: Staff, at: datetime
) -> OrderedItem:
    """Say whether a thing helps, now that it was used.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: it is not with them yet.
    """
    council_access.require(by.sign_in, DO)
    item = OrderedItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.status != ItemStatus.ISSUED:
        raise CannotOrder(f"Hand over the {item.name.lower()} first, then say how it went")
    item.trial, item.trial_words = Trial(trial), words[:300]
    item.save(update_fields=["trial", "trial_words"])
    record.write(
        "equipment.tried", about=item.person, by=by.sign_in, at=at,
        words=f"You tried your {item.name.lower()}: {Trial(trial).label.lower()}",
        detail=words, item=item.key, trial=trial,
    )  # fmt: skip
    return item


@transaction.atomic
def mark_points(
    person: Person, said: Sequence[tuple[str, str, str]], *, by: Staff, at: datetime
) -> None:
    """Settle points of the five, each with its evidence; a new word replaces the old.

    said: (point, how it stands, evidence); an empty way opens a point again.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotMark: a way is unknown, or evidence is missing; nothing is kept then.
    """
    council_access.require(by.sign_in, DO)
    problems = [found for one in said for found in _unfit(*one)]
    if problems:
        raise CannotMark(problems)
    for point, mark, evidence in said:
        _mark(person, point, mark=mark, evidence=evidence.strip()[:300], by=by, at=at)


def _unfit(point: str, mark: str, evidence: str) -> list[tuple[str, str]]:
    if point not in POINTS or mark not in ("", *Mark.values):
        return [(f"{point}-mark", "Choose how it stands")]
    if mark and len(evidence.strip()) < 3:
        return [(f"{point}-evidence", f"Write the evidence: {POINTS[point]}")]
    return []


def _mark(person: Person, point: str, *, mark: str, evidence: str, by: Staff, at: datetime) -> None:
    if not mark:
        PointMark.objects.filter(person=person, point=point).delete()
    else:
        kept = {"mark": mark, "evidence": evidence, "at": at, "by": by.sign_in}
        PointMark.objects.update_or_create(person=person, point=point, defaults=kept)
    how = Mark(mark).label.lower() if mark else "open again"
    record.write(
        "prevention.point_settled", about=person, by=by.sign_in, at=at,
        words=f"{POINTS[point].capitalize()}: {how}", detail=evidence, point=point, mark=mark,
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
