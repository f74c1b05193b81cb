"""Where somebody stands with reablement, and the gate it makes before a budget."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ownway.design.dates import day_and_month, plain_date
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.journey.reablement.models import Referral, Waiver

OPEN, EXCEPTED, ENDED = "open", "excepted", "ended"


@dataclass(frozen=True)
class Gate:
    """Open: it still holds a budget back. Ended or excepted: the way is free.

    `words` are for staff; `reason` is why, with who decided and when.
    """

    state: str
    words: str
    reason: str = ""

    @property
    def lets_through(self) -> bool:
        """Whether a budget may be worked out, as far as reablement goes."""
        return self.state != OPEN


def gate(person: Person) -> Gate:
    """How the gate reads for somebody now: the newest of an ending and an exception stands.

    Source: Dudley 2013: reablement comes first for all new people; Kingston 2010: exceptions.
    """
    referral = Referral.objects.filter(person=person).first()
    waiver = _newest_waiver(person)
    if waiver and (referral is None or referral.asked_at <= waiver.at):
        names = " and ".join(one.name for one in (waiver.decided_by, waiver.decided_with) if one)
        reason = f"{waiver.get_kind_display()}: {waiver.because} ({names}, {plain_date(waiver.at)})"
        return Gate(EXCEPTED, f"Reablement: excepted, {plain_date(waiver.at)}", reason)
    if referral and referral.ended_at:
        ended = plain_date(referral.ended_at)
        return Gate(ENDED, f"Reablement: ended, {ended}", referral.get_outcome_display())
    if referral:
        asked = day_and_month(referral.asked_at)
        return Gate(OPEN, f"Reablement: asked for on {asked}, not ended yet", referral.because)
    return Gate(OPEN, "Reablement: not considered yet", "Refer them, or record why not")


def _newest_waiver(person: Person) -> Waiver | None:
    found = Waiver.objects.filter(person=person).select_related("decided_by", "decided_with")
    return found.first()


def referral_open(person: Person) -> Referral | None:
    """The referral that has not ended."""
    return Referral.objects.filter(person=person, ended_at=None).first()


def waivers_of(person: Person) -> QuerySet[Waiver]:
    """Every exception ever recorded, newest first."""
    return Waiver.objects.filter(person=person).select_related("decided_by", "decided_with")


def colleagues(staff: Staff) -> QuerySet[Staff]:
    """With whom an exception may be considered."""
    roles = ("occupational_therapist", "social_worker", "team_manager")
    return council.staff_members().filter(role__in=roles).exclude(pk=staff.pk)
