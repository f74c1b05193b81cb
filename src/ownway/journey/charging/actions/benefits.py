"""A benefit check and what comes of it: claims followed up, awards told of, then charged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.design.dates import plain_date
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.awards import close_rework, tell_awarded, tell_corrected
from ownway.journey.charging.actions.deciding import lock
from ownway.journey.charging.models import BenefitLook, Claim, ClaimState
from ownway.journey.charging.queries.benefits import benefits
from ownway.journey.prevention import actions as prevention

FOLLOW_UP = "benefits.follow_up"
FOLLOW_UP_AFTER = timedelta(days=28)
FURTHEST_ON = timedelta(weeks=12)
"""An award is known of weeks before it is paid; a day further off is a slip of the pen."""


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
    if not said and not note.strip():
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
        _correct(claim, said, by=by, at=at)
        return
    if before and said.state not in FOLLOWS.get(before, ()):
        name, now = benefits()[claim.benefit].name, ClaimState(before).label.lower()
        raise CannotClaim(f"{name} stands as “{now}”. It cannot become this", claim.benefit)
    _refuse_day(claim, said.on, at=at)
    if said.state == ClaimState.AWARDED:
        _refuse_award(claim, said)
        claim.weekly_pence, claim.backdated_pence = said.weekly_pence, said.backdated_pence
        claim.starts_on = said.on
    if said.state == ClaimState.MADE:
        claim.made_on = said.on or timezone.localtime(at).date()
    if said.state == ClaimState.ENDED:
        claim.ends_on = said.on or timezone.localtime(at).date()
        close_rework(claim, by=by, at=at)
    claim.state, claim.changed_at = ClaimState(said.state), at
    claim.note = said.note.strip()[:300] or claim.note
    claim.save()
    _follow_up(claim, by=by, at=at)
    if claim.state == ClaimState.AWARDED:
        tell_awarded(claim, by=by, at=at)


def _refuse_award(claim: Claim, said: Said) -> None:
    if not said.weekly_pence:
        raise CannotClaim("Enter how much more a week it brings", f"{claim.benefit}-weekly")
    if said.on is None:
        raise CannotClaim("Enter the day it is paid from", f"{claim.benefit}-on")


def _refuse_day(claim: Claim, day: date | None, *, at: datetime) -> None:
    """No day before the person was born, and none far off."""
    if day is None:
        return
    last, born = timezone.localtime(at).date() + FURTHEST_ON, claim.person.date_of_birth
    if day > last:
        said = f"Enter a day up to {plain_date(last)}, which is 12 weeks from now"
        raise CannotClaim(said, f"{claim.benefit}-on")
    if born is not None and day < born:
        said = f"Enter a day after {claim.person.first_name} was born, {plain_date(born)}"
        raise CannotClaim(said, f"{claim.benefit}-on")


def _correct(claim: Claim, said: Said, *, by: SignIn, at: datetime) -> None:
    """Put right what was kept of a benefit that stands as it stood; the same again is nothing.

    Of an award not yet in what is paid, the person is told anew in place of the letter before. Of
    one that is, they are told anew too, and only the difference is charged, from a later day.
    """
    _refuse_day(claim, said.on, at=at)
    if claim.state == ClaimState.AWARDED:
        _refuse_award(claim, said)
    before = (claim.weekly_pence, claim.starts_on)
    if not _put_right(claim, said):
        return
    claim.changed_at = at
    claim.save()
    if claim.state == ClaimState.AWARDED and before != (claim.weekly_pence, claim.starts_on):
        tell_corrected(claim, weekly_before=before[0], by=by, at=at)


def _put_right(claim: Claim, said: Said) -> bool:
    """Whether anything is other than it was."""
    now: dict[str, object] = {"note": said.note.strip()[:300]}
    if claim.state == ClaimState.AWARDED:
        now |= {"weekly_pence": said.weekly_pence, "backdated_pence": said.backdated_pence}
        now["starts_on"] = said.on
    elif claim.state == ClaimState.MADE and said.on is not None:
        now["made_on"] = said.on
    changed = {name: value for name, value in now.items() if getattr(claim, name) != value}
    for name, value in changed.items():
        setattr(claim, name, value)
    return bool(changed)


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
    found = found or "Looked at again: as before"
    prevention.keep_benefit_check(person, gain_pence_a_week=0, found=found, by=staff, at=at)
