"""A benefit check and what comes of it: claims followed up, awards told of, then charged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.deciding import give_finances, lock
from ownway.journey.charging.actions.refusals import CannotCharge
from ownway.journey.charging.models import BenefitLook, Charge, Claim, ClaimState
from ownway.journey.charging.queries.benefits import benefits, with_award
from ownway.journey.prevention import actions as prevention

FOLLOW_UP, REWORK = "benefits.follow_up", "charge.rework"
FOLLOW_UP_AFTER = timedelta(days=28)
NOTICE = timedelta(days=28)


class CannotClaim(Exception):
    """What was said of a benefit cannot be kept; the message says what to do."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Said:
    """What is said of one benefit: how it stands, and for an award what it brings from when."""

    state: str
    weekly_pence: int = 0
    backdated_pence: int = 0
    on: date | None = None
    note: str = ""


@transaction.atomic
def look(
    person: Person, *, said: Mapping[str, Said], note: str = "", by: SignIn, at: datetime
) -> BenefitLook:
    """Keep a benefit check: what stands of each benefit that was looked at.

    Raises:
        PermissionDenied: neither the person, nor acting for them, nor staff whose role it is.
        CannotClaim: nothing was looked at, an award has no amount, or cannot follow from before.
    """
    access.require_may_give(by, person, at=at)
    if not said:
        raise CannotClaim("Say how at least one benefit stands")
    lock(person)
    kept = BenefitLook.objects.create(person=person, note=note.strip()[:300], at=at, by=by)
    standing = {claim.benefit: claim for claim in queries.claims_of(person)}
    for key, one in said.items():
        claim = standing.get(key)
        if claim is None:
            claim = Claim(look=kept, person=person, benefit=key, state=one.state, changed_at=at)
        _move(claim, one, by=by, at=at)
    _tell_looked(kept, said, by=by, at=at)
    _as_evidence(person, said, by=by, at=at)
    return kept


@transaction.atomic
def move(claim: Claim, *, said: Said, by: SignIn, at: datetime) -> Claim:
    """Keep what came of a claim: made, awarded, turned down or ended.

    Raises:
        PermissionDenied: neither the person, nor acting for them, nor staff whose role it is.
        CannotClaim: an award has no amount or day, or it cannot follow from before.
    """
    access.require_may_give(by, claim.person, at=at)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    _move(claim, said, by=by, at=at)
    return claim


FOLLOWS: dict[str, tuple[str, ...]] = {
    "has": ("ended",),
    "not_due": ("suggested", "made"),
    "suggested": ("made", "not_due", "awarded", "has"),
    "made": ("awarded", "refused", "suggested"),
    "refused": ("made", "awarded"),
    "awarded": ("ended",),
}


def _move(claim: Claim, said: Said, *, by: SignIn, at: datetime) -> None:
    before = claim.state if claim.pk else ""
    if before == said.state:
        return
    if before and said.state not in FOLLOWS.get(before, ()):
        name, now = benefits()[claim.benefit].name, ClaimState(before).label.lower()
        raise CannotClaim(f"{name} stands as “{now}”. It cannot become this", claim.benefit)
    if said.state == ClaimState.AWARDED:
        _refuse_award(claim, said)
        claim.weekly_pence, claim.backdated_pence = said.weekly_pence, said.backdated_pence
        claim.starts_on = said.on
    if said.state == ClaimState.MADE:
        claim.made_on = said.on or timezone.localtime(at).date()
    if said.state == ClaimState.ENDED:
        claim.ends_on = said.on or timezone.localtime(at).date()
    claim.state, claim.changed_at = ClaimState(said.state), at
    claim.note = said.note.strip()[:300] or claim.note
    claim.save()
    _follow_up(claim, by=by, at=at)
    if claim.state == ClaimState.AWARDED:
        _tell_awarded(claim, by=by, at=at)


def _refuse_award(claim: Claim, said: Said) -> None:
    if not said.weekly_pence:
        raise CannotClaim("Enter how much more a week it brings", claim.benefit)
    if said.on is None:
        raise CannotClaim("Enter the day it is paid from", claim.benefit)


def _follow_up(claim: Claim, *, by: SignIn, at: datetime) -> None:
    """What could be claimed or was claimed has somebody who asks after it."""
    subject = f"claim:{claim.pk}"
    record.finish_tasks(FOLLOW_UP, person=claim.person, by=by, at=at, subject=subject)
    if claim.state not in (ClaimState.SUGGESTED, ClaimState.MADE):
        return
    owner = (
        people.named_worker(claim.person)
        or council.staff_members().filter(role="finance_officer").order_by("pk").first()
    )
    if owner is None:
        return
    name = benefits()[claim.benefit].name
    ask = "help to claim" if claim.state == ClaimState.SUGGESTED else "ask what came of"
    record.give_task(
        FOLLOW_UP,
        person=claim.person,
        words=f"{claim.person.formal_name}: {ask} {name}",
        owner=owner,
        due_at=at + FOLLOW_UP_AFTER,
        at=at,
        address=reverse("benefit-look", args=[claim.person_id]),
        subject=subject,
    )


def _tell_looked(kept: BenefitLook, said: Mapping[str, Said], *, by: SignIn, at: datetime) -> None:
    could = [benefits()[key].name for key, one in said.items() if one.state == "suggested"]
    words = f"You could claim {', '.join(could)}" if could else "No more to claim was found"
    record.write(
        "benefits.looked_at",
        about=kept.person,
        by=by,
        at=at,
        words="Your benefits were looked at",
        detail=words,
        look=kept.pk,
        looked_at=sorted(said),
    )


def _as_evidence(person: Person, said: Mapping[str, Said], *, by: SignIn, at: datetime) -> None:
    """A check by staff settles the point of the checklist; what it gains is counted here alone."""
    staff = council_access.staff_of(by)
    if staff is None or not council_access.may(by, "prevention.do"):
        return
    states = dict(ClaimState.choices)
    found = "; ".join(
        f"{benefits()[k].name}: {states[one.state].lower()}" for k, one in said.items()
    )
    prevention.keep_benefit_check(person, gain_pence_a_week=0, found=found, by=staff, at=at)


def _tell_awarded(claim: Claim, *, by: SignIn, at: datetime) -> None:
    """Money gained is written down; if it may change what is paid, the person is told first."""
    name = benefits()[claim.benefit].name
    record.write(
        "benefits.awarded",
        about=claim.person,
        by=by,
        at=at,
        words=f"You get {name}: {pounds(claim.weekly_pence)} a week more",
        is_key=True,
        claim=claim.pk,
        weekly_pence=claim.weekly_pence,
        yearly_pence=claim.weekly_pence * 52,
    )
    today = timezone.localtime(at).date()
    charge = queries.contribution(claim.person, on=today)
    if charge is None or charge.finances is None or not benefits()[claim.benefit].line:
        return
    claim.told_at = at
    claim.charged_from_on = _charged_from(claim, today=today)
    claim.save(update_fields=["told_at", "charged_from_on"])
    _write_before(claim, charge, by=by, at=at)
    _ask_to_rework(claim, at=at)


def _charged_from(claim: Claim, *, today: date) -> date:
    """Four weeks' notice, then from a Monday; never for weeks before."""
    assert claim.starts_on is not None
    day = max(claim.starts_on, today + NOTICE)
    return day + timedelta(days=-day.weekday() % 7)


def _write_before(claim: Claim, charge: Charge, *, by: SignIn, at: datetime) -> None:
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
            {"kind": "text", "text": f"{subject.Whose} money goes up by "
             f"{pounds(claim.weekly_pence)} a week, because of {name}."},
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
def rework(claim: Claim, *, by: Staff, at: datetime) -> Charge:
    """Work out anew what somebody pays with an award they were told of, from the day they know.

    Raises:
        PermissionDenied: `by` may not work out charges.
        CannotCharge: they were not told, it is done already, or a fact is missing.
    """
    access.require_may_decide(by.sign_in, claim.person, at=at)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    if claim.told_at is None or claim.charged_from_on is None:
        raise CannotCharge("Tell the person first. Nothing is charged before they know")
    if claim.reworked_at is not None:
        raise CannotCharge("This award is in what is paid already")
    day = max(claim.charged_from_on, timezone.localtime(at).date())
    given = queries.finances_of(claim.person, on=day)
    if given is None:
        raise CannotCharge("Ask for the figures first")
    facts = with_award(given, claim, pack=council.rules(day))
    charge = give_finances(
        claim.person,
        facts=facts,
        by=by.sign_in,
        at=at,
        starts_on=day,
        note=f"{benefits()[claim.benefit].name} is now in the sum, as we wrote to you.",
    )
    claim.reworked_at = at
    claim.save(update_fields=["reworked_at"])
    record.finish_tasks(
        REWORK, person=claim.person, by=by.sign_in, at=at, subject=f"claim:{claim.pk}"
    )
    return charge
