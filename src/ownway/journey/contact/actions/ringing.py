"""The first call of a named worker: promised when a contact is settled, kept when it is made."""

from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Staff
from ownway.foundation.record import actions as record
from ownway.journey.contact import queries
from ownway.journey.contact.models import Contact
from ownway.journey.contact.queries.telling import DAYS_TO_FIRST_CALL, FIRST_CALL


def promise_first_call(contact: Contact, *, worker: Staff, at: datetime) -> None:
    """Give the worker the call that the person was told of, by the day they were told."""
    person = contact.caller or contact.about
    assert person is not None
    here = timezone.localtime(at)
    day = working_days_after(here.date(), DAYS_TO_FIRST_CALL)
    record.give_task(
        FIRST_CALL,
        person=person,
        words=f"Ring {person.formal_name}: you are the named worker now",
        owner=worker,
        due_at=datetime.combine(day, time(17, 0), tzinfo=here.tzinfo),
        at=at,
        address=reverse("first-call", args=[contact.pk]),
        subject=contact.subject,
    )


@transaction.atomic
def note_first_call(contact: Contact, *, words: str, by: Staff, at: datetime) -> None:
    """Write down how the first call went, which settles the promise.

    Raises:
        PermissionDenied: `by` is not the one who promised it.
    """
    person = contact.caller or contact.about
    if person is None or not queries.owes_first_call(by.sign_in, contact):
        raise PermissionDenied("This call is somebody else’s to make")
    record.finish_tasks(FIRST_CALL, person=person, by=by.sign_in, at=at, subject=contact.subject)
    for one in {contact.caller, contact.about} - {None}:
        assert one is not None
        record.write(
            "contact.first_called", about=one, by=by.sign_in, at=at,
            words=f"{by.first_name} rang, as promised", detail=words[:300], contact=contact.pk,
        )  # fmt: skip
