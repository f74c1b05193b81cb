"""What is given to whoever keeps quality, each with a day and an address where it is done."""

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from ownway.community.quality.queries import following
from ownway.foundation.council.models import SignIn
from ownway.foundation.record import actions as record


def give(
    kind: str, *, words: str, pk: int, page: str, due_on: date, at: datetime, waiting_for: str = ""
) -> None:
    """Give a task about one thing, once. Where nobody keeps quality, their page still lists it."""
    owner = following.keeper()
    if owner is None:
        return
    record.give_task(
        f"quality.{kind}",
        person=None,
        words=words,
        owner=owner,
        due_at=end_of(due_on),
        at=at,
        address=reverse(page, args=[pk]),
        subject=f"{kind}:{pk}",
        waiting_for=waiting_for,
    )


def finish(kind: str, *, pk: int, by: SignIn | None, at: datetime) -> None:
    """What was to be done about one thing is done."""
    record.finish_tasks(f"quality.{kind}", person=None, by=by, at=at, subject=f"{kind}:{pk}")


def end_of(day: date) -> datetime:
    """The end of a working day."""
    return timezone.make_aware(datetime.combine(day, time(17)))
