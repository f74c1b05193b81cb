"""A partner answers a referral by the link it was sent: once, until it expires."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ownway.journey.prevention.actions.giving import setting
from ownway.journey.prevention.actions.partnering import (
    CannotRefer,
    go_on_from_answer,
    keep_answer,
    opened,
)
from ownway.journey.prevention.models import PartnerReferral


def is_open_by_link(referral: PartnerReferral, *, at: datetime) -> bool:
    """Whether nobody answered yet, and the link has not expired."""
    days = int(setting("provider_answer_days", at=at))
    is_waiting = referral.answered_at is None and referral.ended_at is None
    return is_waiting and at < referral.asked_at + timedelta(days=days)


@transaction.atomic
def answer_by_link(
    referral: PartnerReferral, *, answer: str, words: str, starts_on: date | None, at: datetime
) -> PartnerReferral:
    """Keep what a partner said itself; a no is a task for whoever asked.

    Raises:
        CannotRefer: it is answered already, the link has expired, or something is missing.
    """
    referral = opened(referral)
    if not is_open_by_link(referral, at=at):
        raise CannotRefer([("answer", "This is answered already, or the link has expired")])
    keep_answer(referral, answer=answer, words=words, starts_on=starts_on, at=at)
    go_on_from_answer(referral, by=None, at=at)
    return referral
