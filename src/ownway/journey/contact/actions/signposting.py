"""Pointing somebody to places and people near them, and ringing back to hear if they suit."""

from collections.abc import Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import PaidFrom
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.closing import people_of
from ownway.journey.contact.actions.telling import tell
from ownway.journey.contact.models import Contact, Outcome, Signpost
from ownway.journey.contact.queries.telling import call_back_on

CALL_BACK = "contact.call_back"
NOT_PUT = "Your plan stays as it is. Add what suits you, if you like"


def signpost(
    contact: Contact, *, by: Staff, at: datetime, call_back: bool, words: str
) -> list[str]:
    """Tell the caller what was picked, or advised; return what was picked by name."""
    picks = still_to_send(contact)
    if not picks and not words.strip():
        return []
    tell(contact, outcome=Outcome.SIGNPOST, by=by, at=at, words=words, call_back=call_back)
    return point_on(contact, picks, by=by, at=at, call_back=call_back)


def point_on(
    contact: Contact, picks: Sequence[Signpost], *, by: Staff, at: datetime, call_back: bool
) -> list[str]:
    """Store what was told of, put it into each plan being written, and promise a call-back."""
    names = [pick.name for pick in picks]
    for person in people_of(contact):
        is_put = _put_in_plan(person, picks, by=by, at=at)
        if picks:
            record.write(
                "contact.signposted", about=person, by=by.sign_in, at=at, is_key=True,
                words=f"We told you about {in_words(names)}", contact=contact.pk,
                detail="" if is_put else NOT_PUT,
                is_confidential=contact.is_confidential,
                entries=[pick.entry_key for pick in picks],
            )  # fmt: skip
    Signpost.objects.filter(pk__in=[pick.pk for pick in picks]).update(sent_at=at)
    if call_back and picks:
        _promise_call_back(contact, names, by=by, at=at)
    return names


def still_to_send(contact: Contact) -> list[Signpost]:
    """What was picked and not told yet."""
    return list(contact.signposts.filter(sent_at=None))


def _put_in_plan(person: Person, picks: Sequence[Signpost], *, by: Staff, at: datetime) -> bool:
    """Put what was told of into a plan being written; what is sent or agreed stays as it is."""
    plan = plans.open_plan(person, by=by.sign_in, at=at)
    if not plan.is_being_written:
        return False
    for pick in picks:
        plans.add_line(
            plan, wish=pick.what or pick.name, support=pick.name, paid_from=PaidFrom.COMMUNITY,
            entry_key=pick.entry_key, by=by.sign_in, at=at,
        )  # fmt: skip
    return True


def _promise_call_back(contact: Contact, names: Sequence[str], *, by: Staff, at: datetime) -> None:
    day = call_back_on(timezone.localtime(at).date())
    contact.call_back_on = day
    contact.save(update_fields=["call_back_on"])
    who = contact.caller.formal_name if contact.caller else contact.caller_name or "the caller"
    due_at = datetime.combine(day, time(17, 0), tzinfo=timezone.localtime(at).tzinfo)
    record.give_task(
        CALL_BACK,
        person=contact.caller or contact.about,
        words=f"Call back {who}: how are {in_words(names)}?",
        owner=by,
        due_at=due_at,
        at=at,
        address=reverse("call-back", args=[contact.pk]),
        subject=contact.subject,
        is_confidential=contact.is_confidential,
    )


def in_words(names: Sequence[str]) -> str:
    """Sit-Awhile, Millrace and Teapot Café."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
