"""The four ways to settle a contact. Each is one step: it happens whole, once, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import may
from ownway.foundation.council.models import Staff, TeamKind
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import PaidFrom
from ownway.foundation.record import actions as record
from ownway.journey.contact.actions.closing import close, people_of
from ownway.journey.contact.actions.ringing import promise_first_call
from ownway.journey.contact.actions.taking import locked
from ownway.journey.contact.actions.telling import tell
from ownway.journey.contact.models import Contact, Outcome, ReferTo, Screening, Signpost
from ownway.journey.contact.queries.screening import QUESTIONS, provisional
from ownway.journey.contact.queries.telling import call_back_on

CALL_BACK = "contact.call_back"


class CannotSettle(Exception):
    """Why a contact cannot be settled this way yet: every reason, by the field that mends it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@dataclass(frozen=True)
class Screened:
    """What was found of one person: the six answers, or that they care for the other."""

    person: Person
    answers: Mapping[str, str] = field(default_factory=dict)
    is_carer: bool = False
    asks_assessment: bool = True


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
    _refuse(_missing(contact) + _nothing_picked(contact, words))
    _signpost(contact, by=by, at=at, call_back=call_back, words=words)
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
        [] if contact.signposts.exclude(sent_at=None).exists() else _nothing_picked(contact, words)
    )
    _refuse(_missing(contact) + unsaid)
    picked = _signpost(contact, by=by, at=at, call_back=call_back, words=words)
    names = picked or [one.name for one in contact.signposts.all()]
    said = f"Signposted to {_and(names)}" if names else "Advice given"
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
    _refuse(_missing(contact) + _missing_in_screening(screened, worker))
    asked = [one.person.pk for one in screened if one.asks_assessment]
    for one in screened:
        _screen(contact, one, worker=worker, together=asked, by=by, at=at)
    tell(contact, outcome=Outcome.SCREEN, by=by, at=at, words=words, worker=worker)
    if worker is not None:
        promise_first_call(contact, worker=worker, at=at)
    _point_on(contact, _still_to_send(contact), by=by, at=at, call_back=True)
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
    problems = _missing(contact) + _nobody(contact)
    if to not in ReferTo.values:
        problems.append(("refer_to", "Choose whom to refer to"))
    if not because.strip():
        problems.append(("refer_because", "Say why you refer"))
    _refuse(problems)
    assert person is not None
    contact.refer_to, contact.refer_because = to, because.strip()[:300]
    contact.save(update_fields=["refer_to", "refer_because"])
    _hand_over(contact, person, by=by, at=at)
    tell(contact, outcome=Outcome.REFER, by=by, at=at, words=words, refer_to=to)
    _point_on(contact, _still_to_send(contact), by=by, at=at, call_back=True)
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
    problems = _missing(contact)
    if not because.strip():
        problems.append(("concern", "Say what the worry is and who may be harmed"))
    _refuse(problems)
    person = contact.about or contact.caller
    record.write(
        "concern.raised", about=person, by=by.sign_in, at=at, is_key=True, is_confidential=True,
        words="We were told of a worry for your safety", contact=contact.pk, because=because,
    )  # fmt: skip
    _give("concern.decide", contact, person, f"Concern: {because}", TeamKind.LONG_TERM,
          due_at=at + timedelta(hours=4), at=at, manager=True, is_confidential=True)  # fmt: skip
    tell(contact, outcome=Outcome.CONCERN, by=by, at=at, words=words)
    return close(contact, Outcome.CONCERN, "Concern raised", by=by, at=at)


# -- What must be said first -----------------------------------------------------------------


def _refuse(problems: Sequence[tuple[str, str]]) -> None:
    if problems:
        raise CannotSettle(problems)


def _missing(contact: Contact) -> list[tuple[str, str]]:
    problems = []
    if not contact.reason:
        problems.append(("reason", "Choose what it is about"))
    if not contact.said.strip():
        problems.append(("said", "Write what was said"))
    return problems


def _nobody(contact: Contact) -> list[tuple[str, str]]:
    return [] if contact.caller or contact.about else [("find_caller", "Say who is calling")]


def _nothing_picked(contact: Contact, words: str) -> list[tuple[str, str]]:
    if words.strip() or contact.signposts.filter(sent_at=None).exists():
        return []
    return [("looked_for", "Pick something from the directory, or change the words to give advice")]


def _missing_in_screening(
    screened: Sequence[Screened], worker: Staff | None
) -> list[tuple[str, str]]:
    if not screened:
        return [("find_caller", "Say who is calling")]
    problems = [
        (f"screen_{question.key}", f"Choose an answer for “{question.words}”")
        for one in screened
        for question in QUESTIONS
        if not one.is_carer and not one.answers.get(question.key)
    ]
    if worker is None and any(one.asks_assessment for one in screened):
        problems.append(("worker", "Choose who will help them"))
    elif worker is not None and not may(worker.sign_in, "assessment.do"):
        problems.append(("worker", f"{worker.name} does not do assessments. Choose someone else"))
    return problems


# -- What settling does ----------------------------------------------------------------------


def _signpost(
    contact: Contact, *, by: Staff, at: datetime, call_back: bool, words: str
) -> list[str]:
    picks = _still_to_send(contact)
    if not picks and not words.strip():
        return []
    tell(contact, outcome=Outcome.SIGNPOST, by=by, at=at, words=words, call_back=call_back)
    return _point_on(contact, picks, by=by, at=at, call_back=call_back)


def _point_on(
    contact: Contact, picks: Sequence[Signpost], *, by: Staff, at: datetime, call_back: bool
) -> list[str]:
    """Store what was told of, put it into each plan, and promise a call-back."""
    names = [pick.name for pick in picks]
    for person in people_of(contact):
        _put_in_plan(person, picks, by=by, at=at)
        if picks:
            record.write(
                "contact.signposted", about=person, by=by.sign_in, at=at, is_key=True,
                words=f"We told you about {_and(names)}", contact=contact.pk,
                is_confidential=contact.is_confidential,
                entries=[pick.entry_key for pick in picks],
            )  # fmt: skip
    Signpost.objects.filter(pk__in=[pick.pk for pick in picks]).update(sent_at=at)
    if call_back and picks:
        _promise_call_back(contact, names, by=by, at=at)
    return names


def _still_to_send(contact: Contact) -> list[Signpost]:
    return list(contact.signposts.filter(sent_at=None))


def _put_in_plan(person: Person, picks: Sequence[Signpost], *, by: Staff, at: datetime) -> None:
    plan = plans.open_plan(person, by=by.sign_in, at=at)
    for pick in picks:
        plans.add_line(
            plan, wish=pick.what or pick.name, support=pick.name, paid_from=PaidFrom.COMMUNITY,
            entry_key=pick.entry_key, by=by.sign_in, at=at,
        )  # fmt: skip


def _promise_call_back(contact: Contact, names: Sequence[str], *, by: Staff, at: datetime) -> None:
    day = call_back_on(timezone.localtime(at).date())
    contact.call_back_on = day
    contact.save(update_fields=["call_back_on"])
    who = contact.caller.formal_name if contact.caller else contact.caller_name or "the caller"
    due_at = datetime.combine(day, time(17, 0), tzinfo=timezone.localtime(at).tzinfo)
    record.give_task(
        CALL_BACK,
        person=contact.caller or contact.about,
        words=f"Call back {who}: how are {_and(names)}?",
        owner=by,
        due_at=due_at,
        at=at,
        address=reverse("call-back", args=[contact.pk]),
        subject=contact.subject,
        is_confidential=contact.is_confidential,
    )


def _screen(
    contact: Contact,
    one: Screened,
    *,
    worker: Staff | None,
    together: Sequence[int],
    by: Staff,
    at: datetime,
) -> None:
    rules = council.rules(timezone.localtime(at).date())
    first = None if one.is_carer else provisional(one.answers, pack=rules)
    made = Screening.objects.create(
        contact=contact,
        person=one.person,
        is_carer=one.is_carer,
        answers=dict(one.answers),
        band=first.band if first else "",
        is_likely_eligible=first.is_likely if first else True,
        decision=first.decision if first else {},
        asks_assessment=one.asks_assessment,
        worker=worker,
        at=at,
        by=by.sign_in,
    )
    facts: dict[str, Any] = {
        "contact": contact.pk,
        "person": one.person.pk,
        "who": "carer" if one.is_carer else "person",
        "band": made.band,
        "started_at": contact.began_at.isoformat(),
    }
    record.write(
        "contact.screened", about=one.person, by=by.sign_in, at=at,
        words="We took a first look at what you need", **facts,
    )  # fmt: skip
    if one.is_carer and not one.person.is_carer:
        people.change_person(one.person, is_carer=True)
    if worker is not None:
        _name_worker(one.person, worker, by=by, at=at)
    if one.asks_assessment:
        record.write(
            "assessment.asked_for", about=one.person, by=by.sign_in, at=at, is_key=True,
            words="We asked for an assessment of what you need", **facts,
            people=list(together), worker=worker.pk if worker else None,
        )  # fmt: skip


def _name_worker(person: Person, worker: Staff, *, by: Staff, at: datetime) -> None:
    people.name_worker(person, staff=worker, at=at)
    record.write(
        "worker.named", about=person, by=by.sign_in, at=at, is_key=True,
        words=f"{worker.name} will help you", detail=f"{worker.phone}, {worker.email}",
        worker=worker.pk,
    )  # fmt: skip


def _hand_over(contact: Contact, person: Person, *, by: Staff, at: datetime) -> None:
    to = ReferTo(contact.refer_to)
    record.write(
        f"{to.value}.asked_for", about=person, by=by.sign_in, at=at, is_key=True,
        words=f"We asked for help for you: {to.label}", contact=contact.pk,
        because=contact.refer_because,
    )  # fmt: skip
    if to == ReferTo.REABLEMENT:
        return  # Reablement answers the event with a referral and a task of its own.
    team, hours = {
        ReferTo.EQUIPMENT: (TeamKind.REABLEMENT, 48),
        ReferTo.CRISIS: (TeamKind.CRISIS, 1),
    }[to]
    words = f"{to.label}: {contact.refer_because}"
    due_at = at + timedelta(hours=hours)
    _give(f"{to.value}.answer", contact, person, words, team, due_at=due_at, at=at)


def _give(
    kind: str,
    contact: Contact,
    person: Person | None,
    words: str,
    team: str,
    *,
    due_at: datetime,
    at: datetime,
    manager: bool = False,
    is_confidential: bool = False,
) -> None:
    record.give_task(
        kind,
        person=person,
        words=words,
        owner=_who_answers(team, manager=manager),
        due_at=due_at,
        at=at,
        address=reverse("contact", args=[contact.pk]),
        subject=contact.subject,
        is_confidential=is_confidential or contact.is_confidential,
    )


def _who_answers(team: str, *, manager: bool) -> Staff:
    """Who of a team has what is handed to it: its manager or first member; else any manager."""
    members = council.staff_members().filter(team__kind=team)
    managers = council.staff_members().filter(role="team_manager")
    found = members.filter(role="team_manager").first() if manager else members.first()
    answers = found or members.first() or managers.first()
    if answers is None:
        raise CannotSettle([("settle", "Nobody works in that team. Pass the contact to a person")])
    return answers


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
