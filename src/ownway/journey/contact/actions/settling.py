"""The four ways to settle a contact. Each is one step: it happens whole, once, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ownway.foundation.council.models import Staff
from ownway.journey.contact.actions.closing import close
from ownway.journey.contact.actions.handing_over import ask_to_decide, hand_over
from ownway.journey.contact.actions.missing import (
    missing,
    missing_in_screening,
    nobody,
    nothing_picked,
    refuse,
)
from ownway.journey.contact.actions.ringing import promise_first_call
from ownway.journey.contact.actions.screening import Screened, screen
from ownway.journey.contact.actions.signposting import in_words, point_on, signpost, still_to_send
from ownway.journey.contact.actions.taking import locked
from ownway.journey.contact.actions.telling import tell
from ownway.journey.contact.models import Contact, Outcome, Reason, ReferTo


@transaction.atomic
def send_signposts(
    contact: Contact, *, by: Staff, at: datetime, call_back: bool = True, words: str = ""
) -> Contact:
    """Tell the caller what was picked, and keep the call open for more.

    Raises:
        AlreadySettled: it is done.
        CannotSettle: nothing is picked, or what was said is missing.
    """
    contact = locked(contact, by=by)
    refuse(missing(contact) + nothing_picked(contact, words))
    signpost(contact, by=by, at=at, call_back=call_back, words=words)
    return contact


@transaction.atomic
def settle_by_signpost(
    contact: Contact, *, by: Staff, at: datetime, call_back: bool = True, words: str = ""
) -> Contact:
    """Settle with places and people near them that may help.

    Raises:
        AlreadySettled: it is done.
        CannotSettle: nothing is picked and nothing advised, or what was said is missing.
    """
    contact = locked(contact, by=by)
    unsaid = (
        [] if contact.signposts.exclude(sent_at=None).exists() else nothing_picked(contact, words)
    )
    refuse(missing(contact) + unsaid)
    picked = signpost(contact, by=by, at=at, call_back=call_back, words=words)
    names = picked or [one.name for one in contact.signposts.all()]
    said = f"Signposted to {in_words(names)}" if names else "Advice given"
    return close(contact, Outcome.SIGNPOST, said, by=by, at=at)


@transaction.atomic
def settle_by_screening(
    contact: Contact,
    screened: Sequence[Screened],
    *,
    worker: Staff | None,
    by: Staff,
    at: datetime,
    words: str = "",
) -> Contact:
    """Settle with a provisional band for each, a named worker at once, and an assessment asked for.

    The assessment stage answers the event `assessment.asked_for`.

    Raises:
        AlreadySettled: it is done.
        CannotSettle: nobody is named, a question is open, or no worker is chosen.
    """
    contact = locked(contact, by=by)
    refuse(missing(contact) + missing_in_screening(screened, worker))
    asked = [one.person.pk for one in screened if one.asks_assessment]
    for one in screened:
        screen(contact, one, worker=worker, together=asked, by=by, at=at)
    tell(contact, outcome=Outcome.SCREEN, by=by, at=at, words=words, worker=worker)
    if worker is not None:
        promise_first_call(contact, worker=worker, at=at)
    point_on(contact, still_to_send(contact), by=by, at=at, call_back=True)
    said = "Screened; an assessment is asked for" if asked else "Screened"
    return close(contact, Outcome.SCREEN, said, by=by, at=at)


@transaction.atomic
def settle_by_referral(
    contact: Contact, *, to: str, because: str, by: Staff, at: datetime, words: str = ""
) -> Contact:
    """Settle by handing over to a team, which has it as a task at once.

    Raises:
        AlreadySettled: it is done.
        CannotSettle: nobody is named, no team is chosen, or no reason is given.
    """
    contact = locked(contact, by=by)
    person = contact.about or contact.caller
    problems = missing(contact) + nobody(contact)
    if to not in ReferTo.values:
        problems.append(("refer_to", "Choose whom to refer to"))
    if not because.strip():
        problems.append(("refer_because", "Say why you refer"))
    refuse(problems)
    assert person is not None
    contact.refer_to, contact.refer_because = to, because.strip()[:300]
    contact.save(update_fields=["refer_to", "refer_because"])
    hand_over(contact, person, by=by, at=at)
    tell(contact, outcome=Outcome.REFER, by=by, at=at, words=words, refer_to=to)
    point_on(contact, still_to_send(contact), by=by, at=at, call_back=True)
    said = f"Referred: {ReferTo(to).label}"
    return close(contact, Outcome.REFER, said, by=by, at=at)


@transaction.atomic
def settle_by_concern(
    contact: Contact, *, because: str, by: Staff, at: datetime, words: str = ""
) -> Contact:
    """Settle by raising a concern for somebody's safety: a manager has it within four hours.

    Only staff see that it was raised, and nothing is sent: what comes to a home, or to pages that
    another may open, may be read by whoever does the harm.

    Source: Care Act 2014 s.42(1): reasonable cause to suspect is enough.
    Raises:
        AlreadySettled: it is done.
        CannotSettle: what the worry is has not been said.
    """
    contact = locked(contact, by=by)
    if not because.strip():
        refuse([("concern", "Say what the worry is and who may be harmed")])
    _let_the_worry_say_it(contact, because.strip())
    person = contact.about or contact.caller
    ask_to_decide(contact, person, because, by=by, at=at)
    tell(contact, outcome=Outcome.CONCERN, by=by, at=at, words=words)
    return close(contact, Outcome.CONCERN, "Concern raised", by=by, at=at)


def _let_the_worry_say_it(contact: Contact, because: str) -> None:
    """A concern starts at once: what nobody had time to write is what the worry says."""
    contact.reason = contact.reason or Reason.CONCERN
    contact.said = contact.said if contact.said.strip() else because
    contact.save(update_fields=["reason", "said"])
