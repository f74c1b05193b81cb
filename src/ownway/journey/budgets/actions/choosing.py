"""Choosing how to take a budget, step by step, and agreeing it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ownway.design.money import pounds
from ownway.foundation.council.models import Organisation, SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.budgets import access, queries
from ownway.journey.budgets.actions.schedule import ask_whom_to_pay, make_schedule, wait_for_release
from ownway.journey.budgets.models import (
    Agreement,
    HeldAs,
    PaidBy,
    Share,
    ShareLine,
    Status,
    Way,
)
from ownway.journey.budgets.queries import others
from ownway.journey.budgets.queries.agreements import TO_A_BANK, WITH_HELPER, WITH_HOLDER
from ownway.journey.budgets.queries.sums import LineSum, PaymentSum, ShareSum


class CannotChoose(Exception):
    """A way to take the budget that cannot be had, or not yet; the message says what to do."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def begin(person: Person, *, by: SignIn, at: datetime) -> Agreement:
    """Begin to choose for a person and those at home whose plans are agreed too, or go on.

    Raises:
        CannotChoose: the person's plan is not agreed.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found := queries.agreement_of(person):
        return found
    together = queries.plannable(by, person, at=at)
    if person not in together:
        raise CannotChoose(
            f"{person.first_name}’s plan is not agreed yet. You can choose once it is", "way"
        )
    agreement = Agreement.objects.create(begun_at=at)
    Share.objects.bulk_create([Share(agreement=agreement, person=one) for one in together])
    return agreement


@transaction.atomic
def begin_with(person: Person, *, way: str, by: SignIn, at: datetime) -> Agreement:
    """Begin to choose, or go on, with a way.

    Raises:
        CannotChoose: the person's plan is not agreed, or the way is agreed already.
    """
    return choose_way(begin(person, by=by, at=at), way=way, by=by, at=at)


def choose_way(agreement: Agreement, *, way: str, by: SignIn, at: datetime) -> Agreement:
    """Choose how much of the work to take on; what no longer applies is cleared."""
    chosen = Way(way)
    cleared: dict[str, object] = {"way": chosen}
    if chosen not in WITH_HOLDER:
        cleared["holder"] = None
    if chosen not in WITH_HELPER:
        cleared["helper"] = None
    if chosen not in TO_A_BANK:
        cleared |= {"bank_name": "", "bank_sort_code": "", "bank_number": ""}
    if chosen != Way.MIXED:
        cleared["lines_for_council"] = []
    return _change(agreement, by=by, at=at, **cleared)


def choose_lines(
    agreement: Agreement, *, lines: Sequence[int], by: SignIn, at: datetime
) -> Agreement:
    """Choose which lines the council pays for, where some of each is wanted.

    Raises:
        CannotChoose: none were picked.
    """
    meant = queries.people_in(agreement)
    known = others.budget_lines(others.agreed_plans(meant))
    picked = sorted({line.pk for found in known.values() for line in found} & set(lines))
    if not picked:
        raise CannotChoose("Pick at least one thing that we should pay for", "lines")
    return _change(agreement, by=by, at=at, lines_for_council=picked)


def choose_holder(agreement: Agreement, *, holder: Person, by: SignIn, at: datetime) -> Agreement:
    """Choose who looks after the money.

    Raises:
        CannotChoose: they may not, by the record of capacity.
    """
    meant = queries.people_in(agreement)
    if why := queries.why_not_holder(holder, meant):
        raise CannotChoose(why, "holder")
    return _change(agreement, by=by, at=at, holder=holder)


def choose_helper(
    agreement: Agreement, *, helper: Organisation, by: SignIn, at: datetime
) -> Agreement:
    """Choose who keeps the account."""
    return _change(agreement, by=by, at=at, helper=helper)


def choose_bank(
    agreement: Agreement, *, name: str, sort_code: str, number: str, by: SignIn, at: datetime
) -> Agreement:
    """Name the bank account that the money goes to. Shapes: six figures, and eight."""
    return _change(
        agreement, by=by, at=at, bank_name=name, bank_sort_code=sort_code, bank_number=number
    )


@transaction.atomic
def _change(agreement: Agreement, *, by: SignIn, at: datetime, **chosen: object) -> Agreement:
    agreement = _locked(agreement, by=by, at=at)
    if agreement.status != Status.CHOOSING:
        raise CannotChoose("This is agreed already. Call us to change it", "way")
    for field, value in chosen.items():
        setattr(agreement, field, value)
    agreement.save(update_fields=list(chosen))
    return agreement


@transaction.atomic
def agree(agreement: Agreement, *, by: SignIn, at: datetime) -> Agreement:
    """Agree how the budget is taken, which plans its payments. Agreeing twice is agreeing once.

    Raises:
        PermissionDenied: `by` does not act for everybody whose money it is.
        CannotChoose: a question is open, a plan is not agreed, or the holder may not hold it.
    """
    agreement = _locked(agreement, by=by, at=at)
    if agreement.status == Status.AGREED:
        return agreement
    on = timezone.localtime(at).date()
    total = queries.sum_so_far(agreement, queries.people_in(agreement), on=on)
    _refuse_unready(agreement, total, on=on)
    agreement.status, agreement.agreed_at, agreement.agreed_by = Status.AGREED, at, by
    agreement.starts_on, agreement.add_on_week_pence = total.first_on, total.add_on_week_pence
    agreement.pack_hash, agreement.is_gross = others.terms(on).pack_hash, total.is_gross
    agreement.save()
    for share in total.shares:
        _keep_share(agreement, share)
    make_schedule(agreement, total, until=total.first_on + timedelta(days=364))
    _tell(agreement, total, by=by, at=at)
    wait_for_release(agreement, at=at)
    ask_whom_to_pay(total, at=at)
    return agreement


def _locked(agreement: Agreement, *, by: SignIn, at: datetime) -> Agreement:
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not access.may_choose(by, agreement, at=at):
        raise PermissionDenied("Only those whose money it is, or who act for them, choose this")
    return agreement


def _refuse_unready(agreement: Agreement, total: PaymentSum, *, on: date) -> None:
    meant = [share.person for share in total.shares]
    plans = others.agreed_plans(meant)
    for person in meant:
        if person.pk not in plans:
            raise CannotChoose(f"{person.first_name}’s plan is not agreed any more", "way")
    choice = queries.Choice(agreement, tuple(meant))
    if choice.still_to_ask != "check":
        raise CannotChoose("Answer the questions before this one first", choice.still_to_ask)
    for person in meant:
        if others.contribution_week_pence(person, on=on) is None:
            raise CannotChoose(
                f"We do not know yet what {person.first_name} pays. Tell us about money first",
                "yes",
            )
    if not total.budget_week_pence and not total.once_pence:
        raise CannotChoose("The plan has nothing yet that the budget pays for", "way")
    if agreement.holder and (why := queries.why_not_holder(agreement.holder, meant)):
        raise CannotChoose(why, "holder")


def _keep_share(agreement: Agreement, share: ShareSum) -> None:
    """Keep one person's part of the sum as it stands now."""
    kept = Share.objects.get(agreement=agreement, person=share.person)
    kept.held_as = _held_as(agreement, share.person)
    kept.budget_week_pence = share.budget_week_pence
    kept.once_pence = share.once_pence
    kept.contribution_week_pence = share.contribution_week_pence
    kept.save()
    ShareLine.objects.bulk_create([_kept_line(kept, line) for line in share.lines])


def _kept_line(share: Share, line: LineSum) -> ShareLine:
    return ShareLine(
        share=share,
        plan_line_id=line.plan_line_id,
        words=line.words[:200],
        organisation_id=line.organisation_id,
        paid_by=PaidBy(line.paid_by),
        week_pence=line.week_pence,
        once_pence=line.once_pence,
    )


def _held_as(agreement: Agreement, person: Person) -> HeldAs:
    if agreement.holder_id is None:
        return HeldAs.ORGANISATION
    return HeldAs.SELF if agreement.holder_id == person.pk else HeldAs.SUITABLE_PERSON


def _tell(agreement: Agreement, total: PaymentSum, *, by: SignIn, at: datetime) -> None:
    first = pounds(total.four_weeks_pence + total.once_pence)
    detail = (
        f"The first {first} comes on {total.first_on:%A} {total.first_on.day} {total.first_on:%B}"
        if total.week_pence or total.once_pence
        else "We pay for your support"
    )
    for share in total.shares:
        record.write(
            "money.way_agreed",
            about=share.person,
            by=by,
            at=at,
            words="You chose how to take your money",
            detail=detail,
            is_key=True,
            agreement=agreement.pk,
            way=agreement.way,
            week_pence=total.week_pence,
        )
        record.finish_tasks("money.choose", person=share.person, by=by, at=at)
        _ask_to_collect(share.person, total, at=at)


def _ask_to_collect(person: Person, total: PaymentSum, *, at: datetime) -> None:
    """What people pay and cannot be kept from a payment is collected by somebody, from a day."""
    finance = queries.who_may("pay.prepare")
    if total.still_to_pay_week_pence == 0 or finance is None or person != total.shares[0].person:
        return
    record.give_task(
        "money.collect",
        person=person,
        words=f"Arrange how {person.name} pays {pounds(total.still_to_pay_week_pence)} a week",
        owner=finance,
        due_at=at + timedelta(days=7),
        at=at,
        subject="money.collect",
    )
