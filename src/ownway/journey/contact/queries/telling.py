"""What somebody will be told when a contact is settled, in the words and ways they will get."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from ownway.design.dates import clock_time, day_and_month
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.contact.models import Contact, Outcome, ReferTo, Signpost

FIRST_CALL = "contact.first_call"
DAYS_TO_FIRST_CALL = 2  # Working days, as the person is told when a worker is named.


@dataclass(frozen=True)
class Told:
    """The words, and the ways they go: "By letter in large print, and by text now"."""

    words: str
    ways: tuple[str, ...]
    format: str
    says_nothing: bool = False
    is_only_spoken: bool = False

    @property
    def how(self) -> str:
        """The ways in one sentence."""
        return f"By {', and by '.join(self.ways)}" if self.ways else ""


def told(
    contact: Contact,
    *,
    outcome: str,
    by: Staff,
    at: datetime,
    call_back: bool = True,
    worker: Staff | None = None,
    refer_to: str = "",
) -> Told:
    """What the caller is told for one way of settling, and how it reaches them."""
    picks = [one for one in contact.signposts.all() if one.sent_at is None]
    on = timezone.localtime(at).date()
    sentences = {
        Outcome.SIGNPOST: lambda: _signposted(picks, call_back=call_back, on=on),
        Outcome.SCREEN: lambda: [
            *_screened(contact, worker, on=on),
            *_signposted(picks, call_back=True, on=on),
        ],
        Outcome.REFER: lambda: [
            *_referred(refer_to, at=at),
            *_signposted(picks, call_back=True, on=on),
        ],
        Outcome.CONCERN: lambda: ["Thank you for telling us. We act on it today. If anyone is in "
                                  "danger now, ring 999."],
    }[Outcome(outcome)]()  # fmt: skip
    ways, printed = ways_to_tell(contact, outcome)
    words = " ".join([*sentences, f"{by.first_name}, {by.phone}."])
    spoken = is_only_spoken(contact, outcome)
    return Told(words, ways, printed, says_nothing=not sentences, is_only_spoken=spoken)


def is_only_spoken(contact: Contact, outcome: str) -> bool:
    """Whether nothing may be sent: others in the home may read what is written of a worry."""
    return outcome == Outcome.CONCERN or contact.is_confidential


def ways_to_tell(contact: Contact, outcome: str) -> tuple[tuple[str, ...], str]:
    """By which ways the caller is told in writing when it is settled so, and in which format."""
    if is_only_spoken(contact, outcome):
        return (), ""
    if contact.caller is None:
        ways = ["e-mail now"] if contact.caller_email else []
        return (*ways, *(["text now"] if is_mobile(contact.caller_phone) else [])), ""
    return reach(contact.caller)


def _signposted(picks: Sequence[Signpost], *, call_back: bool, on: date) -> list[str]:
    words = [_pick_words(pick) for pick in picks]
    if call_back and picks:
        day = call_back_on(on)
        suits = "they suit" if len(picks) > 1 else "it suits"
        words.append(f"I will ring you on {day_and_month(day)} to ask if {suits}.")
    return words


def _pick_words(pick: Signpost) -> str:
    when = f" ({pick.when})" if pick.when else ""
    if pick.phone:
        return f"Ring {pick.name} on {pick.phone}{when}."
    return f"Look in at {pick.name}{when}."


def _screened(contact: Contact, worker: Staff | None, *, on: date) -> list[str]:
    if worker is None:
        return ["I will let you know who will help you."]
    began = timezone.localtime(contact.began_at).date()
    rules = council.rules(on)
    done_by = began + timedelta(days=rules.value("assessment_days"))
    first = working_days_after(on, DAYS_TO_FIRST_CALL)
    ways = (worker.phone or council.identity().phone, worker.email)
    return [
        f"{worker.name} will help you now: {', '.join(filter(None, ways))}.",
        f"{worker.first_name} will ring you by {day_and_month(first)}.",
        f"We will finish the assessment by {day_and_month(done_by)}.",
    ]


def _referred(to: str, *, at: datetime) -> list[str]:
    if to == ReferTo.CRISIS:
        return ["The mental health crisis team has your number and will ring you now."]
    if to == ReferTo.EQUIPMENT:
        day = working_days_after(timezone.localtime(at).date(), 2)
        return [f"An occupational therapist will ring you by {day_and_month(day)} about a visit."]
    rules = council.rules(timezone.localtime(at).date())
    answer = at + timedelta(hours=rules.value("reablement_response_hours"))
    weeks = rules.value("reablement_free_weeks")
    free = [f"It is free for {weeks} week{'' if weeks == 1 else 's'}."] if weeks else []
    return [
        f"The reablement team will ring you by {day_and_month(answer)}, {clock_time(answer)}.",
        "They help people to do more for themselves again.",
        *free,
    ]


def call_back_on(on: date) -> date:
    """The day on which we ring back after pointing somebody on."""
    return on + timedelta(days=council.rules(on).value("callback_days"))


def reach(person: Person | None) -> tuple[tuple[str, ...], str]:
    """By which ways somebody can be told in writing now, and in which format on paper."""
    if person is None:
        return (), ""
    formats = [str(need).lower() for need in people.format_needs(person)]
    printed = " and ".join(formats) or "standard print"
    ways = [f"letter in {printed}"] if person.household_id else []
    if person.email:
        ways.append("e-mail now")
    if is_mobile(person.phone):
        ways.append("text now")
    return tuple(ways), printed


def is_mobile(phone: str) -> bool:
    """Whether a text would arrive: a British mobile number."""
    return bool(re.fullmatch(r"(\+44|0)7\d{9}", re.sub(r"[\s()-]", "", phone)))
