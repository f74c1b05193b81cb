"""An award that may change what somebody pays: told of first, then charged, once, from a Monday."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.deciding import give_finances
from ownway.journey.charging.actions.refusals import CannotCharge
from ownway.journey.charging.models import Charge, Claim, ClaimState
from ownway.journey.charging.queries.benefits import benefits, may_be_counted, with_award

REWORK, CHECK = "charge.rework", "charge.check"
CHECK_WITHIN = timedelta(days=7)
NOTICE = timedelta(days=28)


def tell_awarded(claim: Claim, *, by: SignIn, at: datetime, is_correction: bool = False) -> None:
    """Money gained is written down; if it may change what is paid, the person is told first."""
    name = benefits()[claim.benefit].name
    put_right = "We put this right: " if is_correction else ""
    record.write(
        "benefits.corrected" if is_correction else "benefits.awarded",
        about=claim.person,
        by=by,
        at=at,
        words=f"{put_right}You get {name}: {pounds(claim.weekly_pence)} a week more",
        is_key=True,
        claim=claim.pk,
        weekly_pence=claim.weekly_pence,
        yearly_pence=claim.weekly_pence * 52,
    )
    today = timezone.localtime(at).date()
    charge = queries.contribution(claim.person, on=today)
    if charge is None or charge.finances is None or not benefits()[claim.benefit].line:
        return
    is_told_again, claim.told_at = claim.told_at is not None, at
    claim.charged_from_on = _charged_from(claim, today=today)
    claim.save(update_fields=["told_at", "charged_from_on"])
    _write_before(claim, charge, by=by, at=at, is_told_again=is_told_again)
    _ask_to_rework(claim, at=at)


def _charged_from(claim: Claim, *, today: date) -> date:
    """Four weeks' notice, then from a Monday; never for weeks before.

    Nor before the day from which a part of it is counted already.
    """
    assert claim.starts_on is not None
    day = max(claim.starts_on, today + NOTICE)
    if claim.counted_pence and claim.charged_from_on is not None:
        day = max(day, claim.charged_from_on)
    return day + timedelta(days=-day.weekday() % 7)


def _write_before(
    claim: Claim, charge: Charge, *, by: SignIn, at: datetime, is_told_again: bool
) -> None:
    asker = people.own_person(by)
    to, name = asker or claim.person, benefits()[claim.benefit].name
    subject = budgets.words_for(claim.person, is_reader=to.pk == claim.person_id)
    day = plain_date(claim.charged_from_on)
    would = _would_pay(claim, charge)
    then = (
        f"By what we know, it would then be {pounds(would)} a week. Now it is "
        f"{pounds(charge.charge_pence)}."
        if would is not None
        else "We will ask what else has changed."
    )
    letters.write_letter(
        "charge.award",
        about=claim.person,
        to=to,
        title=f"{name}, and what {subject.name} pay{subject.s}",
        body=[
            *([{"kind": "text", "text": f"We have put right what we wrote about {name} before. "
                "This letter takes the place of the last one."}] if is_told_again else []),
            {"kind": "text", "text": f"{subject.Whose} money goes up by "
             f"{pounds(claim.weekly_pence)} a week, because of {name}. It is paid from "
             f"{plain_date(claim.starts_on)}."},
            {"kind": "text", "text": f"What {subject.name} pay{subject.s} does not change yet. We "
             f"work it out again from {day}, and never for the time before. {then}"},
            {"kind": "text", "text": "If this seems wrong, or costs have gone up too, tell us "
             "before that day."},
        ],
        by=by,
        at=at,
    )  # fmt: skip


def _would_pay(claim: Claim, charge: Charge) -> int | None:
    assert claim.charged_from_on is not None
    given = queries.finances_of(claim.person, on=claim.charged_from_on)
    assert given is not None
    pack = council.rules(claim.charged_from_on)
    return queries.would_pay(
        claim.person,
        with_award(given, claim, pack=pack),
        budget_pence=charge.budget_pence,
        pack=pack,
        on=claim.charged_from_on,
    ).charge_pence


def _ask_to_rework(claim: Claim, *, at: datetime) -> None:
    owner = council.staff_members().filter(role="finance_officer").order_by("pk").first()
    day = claim.charged_from_on
    if owner is None or day is None:
        return
    record.give_task(
        REWORK,
        person=claim.person,
        words=f"{claim.person.formal_name}: work out anew what is paid from {plain_date(day)}, "
        f"with {benefits()[claim.benefit].name}",
        owner=owner,
        due_at=timezone.make_aware(datetime(day.year, day.month, day.day, 17)),
        at=at,
        address=reverse("charge", args=[claim.person_id]),
        subject=f"claim:{claim.pk}",
    )


@transaction.atomic
def rework(claim: Claim, *, by: Staff, at: datetime, is_in_figures: bool | None = None) -> Charge:
    """Work out anew what somebody pays with an award they were told of, from the day they know.

    Where figures given since then are higher, `is_in_figures` says whether they hold it already:
    then nothing is added.

    Raises:
        PermissionDenied: `by` may not work out charges.
        CannotCharge: they were not told, it is done already, a fact is missing, or nobody said
            whether the award is in newer figures.
    """
    access.require_may_decide(by.sign_in, claim.person, at=at)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    day = _day_to_charge(claim, at=at)
    charge, name = queries.by_figures(claim.person, on=day), benefits()[claim.benefit].name
    if charge is None or charge.finances is None:
        raise CannotCharge("Ask for the figures first")
    pack = council.rules(day)
    if is_in_figures is None and may_be_counted(charge.finances, claim, pack=pack):
        said = "Figures were given since then, and they are higher. Say whether"
        raise CannotCharge(f"{said} {name} is in them already")
    if not is_in_figures:
        charge = give_finances(
            claim.person,
            facts=with_award(charge.finances, claim, pack=pack),
            by=by.sign_in,
            at=at,
            starts_on=day,
            note=f"{name} is now in the sum, as we wrote to you.",
        )
    claim.reworked_at, claim.counted_pence = at, claim.weekly_pence
    claim.save(update_fields=["reworked_at", "counted_pence"])
    close_rework(claim, by=by.sign_in, at=at)
    return charge


def _day_to_charge(claim: Claim, *, at: datetime) -> date:
    if claim.told_at is None or claim.charged_from_on is None:
        raise CannotCharge("Tell the person first. Nothing is charged before they know")
    if claim.state != ClaimState.AWARDED:
        raise CannotCharge("This award has ended, so nothing is charged for it")
    if claim.reworked_at is not None:
        raise CannotCharge("This award is in what is paid already")
    return max(claim.charged_from_on, timezone.localtime(at).date())


# -- What was put right ---------------------------------------------------------------------------


def tell_corrected(claim: Claim, *, weekly_before: int, by: SignIn, at: datetime) -> None:
    """Tell the person of an award that was put right, and have it charged anew where it differs."""
    begins_later = (
        claim.counted_pence > 0
        and claim.charged_from_on is not None
        and claim.starts_on is not None
        and claim.starts_on > claim.charged_from_on
    )
    if begins_later:
        _ask_to_check(claim, at=at)
    if claim.reworked_at is not None and claim.weekly_pence == weekly_before:
        return
    close_rework(claim, by=by, at=at)
    claim.reworked_at = None
    claim.save(update_fields=["reworked_at"])
    tell_awarded(claim, by=by, at=at, is_correction=True)


def close_rework(claim: Claim, *, by: SignIn, at: datetime) -> None:
    """There is nothing more to work out anew with an award."""
    subject = f"claim:{claim.pk}"
    record.finish_tasks(REWORK, person=claim.person, by=by, at=at, subject=subject)


def _ask_to_check(claim: Claim, *, at: datetime) -> None:
    """What was charged of an award before the day it now begins is for an officer to put right."""
    owner = council.staff_members().filter(role="finance_officer").order_by("pk").first()
    if owner is None:
        return
    record.give_task(
        CHECK,
        person=claim.person,
        words=f"{claim.person.formal_name}: decide anew what is paid. "
        f"{benefits()[claim.benefit].name} begins only on {plain_date(claim.starts_on)}",
        owner=owner,
        due_at=at + CHECK_WITHIN,
        at=at,
        address=reverse("charge", args=[claim.person_id]),
        subject=f"claim:{claim.pk}",
    )
