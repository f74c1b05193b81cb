"""What follows from a contact: simple services, a way in, facts still to ask, the call-back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person, PersonSignIn, Representative
from ownway.foundation.plan import actions as plans
from ownway.foundation.record import actions as record
from ownway.journey.contact import access
from ownway.journey.contact.actions.signposting import CALL_BACK
from ownway.journey.contact.models import Application, ConcessionKind, Contact, Signpost
from ownway.journey.contact.models import Result as Outcome


class AlreadyApplied(Exception):
    """The same application is open already."""


class CannotGiveWayIn(Exception):
    """This e-mail address cannot open this person's pages."""

    def __init__(self, message: str, field: str = "email") -> None:
        super().__init__(message)
        self.field = field


class CannotCallBack(Exception):
    """What the call-back cannot keep yet: every problem, by the field that mends it."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def apply_for(
    kind: str, *, person: Person, contact: Contact | None, by: Staff, at: datetime
) -> Application:
    """Start an application for a concession; it has a number at once.

    Raises:
        PermissionDenied: `by` does not take contacts.
        AlreadyApplied: the same one is open.
    """
    council_access.require(by.sign_in, access.TAKE)
    chosen = ConcessionKind(kind)
    try:
        with transaction.atomic():
            made = Application.objects.create(
                person=person, contact=contact, kind=chosen, received_at=at, received_by=by.sign_in
            )
    except IntegrityError as same:
        raise AlreadyApplied(
            f"{person.formal_name} has applied for a {chosen.label.lower()} already"
        ) from same
    record.write(
        "application.received", about=person, by=by.sign_in, at=at,
        words=f"We received your application for a {chosen.label.lower()}",
        detail=f"Number {made.number}", application=made.pk,
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Invitation:
    """To whom a way in is given, and for whom else they may act on which authority."""

    person: Person
    email: str
    act_for: Person | None = None
    authority: str = ""


@transaction.atomic
def invite(invitation: Invitation, *, sign_in_at: str, by: Staff, at: datetime) -> SignIn:
    """Give a person their own pages, and perhaps another's, and tell them by e-mail how to enter.

    Raises:
        PermissionDenied: `by` does not take contacts.
        CannotGiveWayIn: the address belongs to somebody else, or is not the one by which they
            go in already, or no authority is recorded.
    """
    council_access.require(by.sign_in, access.TAKE)
    person, email = invitation.person, invitation.email.strip().lower()
    _refuse_taken(person, email)
    _refuse_second(person, email)
    if invitation.act_for and not invitation.authority.strip():
        raise CannotGiveWayIn(
            "Say who agreed to this and how, like “He agreed, on the phone”", "authority"
        )
    sign_in = people.give_way_in(person, email=email)
    if not person.email:
        people.change_person(person, email=email)
    if invitation.act_for:
        _let_act(sign_in, invitation, by=by, at=at)
    letters.queue_message(
        person=person,
        channel=Outbox.Channel.EMAIL,
        address=sign_in.email,
        subject="Your own pages",
        text=_invitation_words(person, sign_in_at),
        key=f"invite:{sign_in.pk}:{at:%Y%m%d%H%M%S%f}",
        at=at,
    )
    record.write(
        "way_in.given", about=person, by=by.sign_in, at=at,
        words="We sent you an e-mail with the way to your own pages",
    )  # fmt: skip
    return sign_in


def _refuse_taken(person: Person, email: str) -> None:
    taken = SignIn.objects.filter(email=email).first()
    if taken is None:
        return
    own = getattr(taken, "person_sign_in", None)
    if own is not None and own.person_id == person.pk:
        return
    if own is not None or hasattr(taken, "staff") or hasattr(taken, "member"):
        raise CannotGiveWayIn("Somebody else uses this e-mail address. Ask for another one")


def _refuse_second(person: Person, email: str) -> None:
    """The e-mail says "type this address": it goes to the one that opens their pages."""
    way = PersonSignIn.objects.filter(person=person).select_related("sign_in").first()
    if way is not None and way.sign_in.email != email:
        raise CannotGiveWayIn(
            f"{person.formal_name} goes in with {way.sign_in.email}. Enter that address"
        )


def _let_act(sign_in: SignIn, invitation: Invitation, *, by: Staff, at: datetime) -> None:
    other = invitation.act_for
    assert other is not None
    people.let_act_for(
        sign_in,
        person=other,
        kind=Representative.Kind.FAMILY,
        authority=invitation.authority.strip(),
        at=at,
    )
    record.write(
        "representative.named", about=other, by=by.sign_in, at=at, is_key=True,
        words=f"{invitation.person.name} may act for you", detail=invitation.authority[:300],
    )  # fmt: skip


def _invitation_words(person: Person, sign_in_at: str) -> str:
    council_name = council.identity().name
    return (
        f"Dear {person.called}\n\n"
        f"{council_name} has made pages of your own. You can see who helps you, what happens "
        f"next, your plan and your letters.\n\n"
        f"To go in:\n1. Open {sign_in_at}\n2. Type this e-mail address.\n"
        f"3. We send you a code. Type it in. You need no password.\n\n"
        f"If you did not ask for this, call {council.identity().phone}."
    )


@transaction.atomic
def keep_facts(
    person: Person, *, by: Staff, at: datetime, on: date, formats: list[str], **known: Any
) -> Person:
    """Keep what was still to ask of somebody: asked once, known everywhere.

    Raises:
        PermissionDenied: `by` does not take contacts.
        people.NotAnNhsNumber: the NHS number given is not one.
    """
    council_access.require(by.sign_in, access.TAKE)
    changed = [name for name, value in known.items() if getattr(person, name) != value]
    person = people.change_person(person, **known)
    for one in formats:
        people.need_format(person, format=one, on=on)
    if changed or formats:
        record.write(
            "person.facts_kept", about=person, by=by.sign_in, at=at,
            words="We put down what you told us about yourself",
            fields=[*changed, *(["format"] if formats else [])],
        )  # fmt: skip
    return person


@dataclass(frozen=True)
class Result:
    """What the call-back found of one entry."""

    result: str
    why_not: str = ""
    words: str = ""


@transaction.atomic
def record_results(
    contact: Contact, results: Mapping[int, Result], *, by: Staff, at: datetime
) -> Contact:
    """Keep, entry by entry, whether it suits and why not, and close the call-back.

    Raises:
        PermissionDenied: `by` does not take contacts.
        CannotCallBack: an entry has no answer, or what does not suit has no why.
    """
    council_access.require(by.sign_in, access.TAKE)
    held = Contact.objects.select_for_update(of=("self",)).select_related("caller", "about")
    contact = held.get(pk=contact.pk)
    sent = list(Signpost.objects.filter(contact=contact, sent_at__isnull=False, result=""))
    problems = [found for one in sent for found in _unanswered(one, results.get(one.pk))]
    if problems:
        raise CannotCallBack(problems)
    for one in sent:
        _keep_result(contact, one, results[one.pk], by=by, at=at)
    person = contact.caller or contact.about
    record.finish_tasks(CALL_BACK, person=person, by=by.sign_in, at=at, subject=contact.subject)
    return contact


def _unanswered(one: Signpost, result: Result | None) -> list[tuple[str, str]]:
    if result is None or result.result not in Outcome.values:
        return [(f"result-{one.pk}", f"Say whether {one.name} suits")]
    if result.result == Outcome.DOES_NOT_SUIT and not result.why_not:
        return [(f"why-{one.pk}", f"Say why {one.name} does not suit")]
    return []


def _keep_result(
    contact: Contact, one: Signpost, result: Result, *, by: Staff, at: datetime
) -> None:
    one.result, one.result_words = result.result, result.words[:300]
    one.why_not = result.why_not if result.result == Outcome.DOES_NOT_SUIT else ""
    one.result_at, one.result_by = at, by.sign_in
    one.save()
    found = one.get_result_display().lower()
    why = f": {one.get_why_not_display().lower()}" if one.why_not else ""
    for person in {contact.caller, contact.about} - {None}:
        assert person is not None
        unfit = one.result == Outcome.DOES_NOT_SUIT
        out = unfit and plans.drop_entry(person, one.entry_key)
        said = [one.result_words, "We took it out of your plan" if out else ""]
        record.write(
            "contact.called_back", about=person, by=by.sign_in, at=at,
            words=f"You told us about {one.name}: {found}{why}",
            detail=". ".join(filter(None, said)),
            entry=one.entry_key, result=one.result, why_not=one.why_not, contact=contact.pk,
        )  # fmt: skip
