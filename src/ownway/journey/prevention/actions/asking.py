"""Answering the equipment questions, at the desk or online, and asking for a visit."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.contact import actions as contacts
from ownway.journey.contact.models import Contact, Reason, Urgency
from ownway.journey.prevention.actions.giving import (
    DO,
    CannotOrder,
    by_working_day,
    day_of,
    give,
)
from ownway.journey.prevention.models import AskedOnline, EquipmentCheck
from ownway.journey.prevention.queries.catalogue import Answers, answered, catalogue, suggest
from ownway.journey.prevention.queries.things import is_child


@transaction.atomic
def answer_questions(
    person: Person, answers: Mapping[str, Sequence[str]], *, by: Staff, at: datetime
) -> EquipmentCheck:
    """Keep the answers and what they suggest. A red flag becomes somebody's task at once.

    Raises:
        PermissionDenied: `by` does not do prevention.
    """
    council_access.require(by.sign_in, DO)
    on = day_of(at)
    found = suggest(answers, shelf=catalogue(on), is_child=is_child(person, on=on))
    check = EquipmentCheck.objects.create(
        person=person,
        answers={key: list(said) for key, said in answers.items()},
        suggested=[item.key for item in found.items],
        flags=[flag.name for flag in found.flags],
        at=at,
        by=by.sign_in,
    )
    record.write(
        "equipment.asked", about=person, by=by.sign_in, at=at,
        words="You answered the questions about things that help at home",
        detail=", ".join(item.name for item in found.items), check=check.pk,
        flags=[flag.key for flag in found.flags],
    )  # fmt: skip
    look_by = by_working_day("equipment_look_days", at=at)
    for flag in found.flags:
        on = day_of(at) if flag.is_now else look_by
        give(f"equipment.flag.{flag.key}", person, flag.task, on=on, at=at)
    return check


@transaction.atomic
def ask_visit(person: Person, *, because: str, by: Staff, at: datetime) -> None:
    """Have a therapist visit before anything is chosen.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotOrder: it does not say what for.
    """
    council_access.require(by.sign_in, DO)
    if len(because.strip()) < 5:
        raise CannotOrder("Say what the visit is for")
    on = by_working_day("equipment_visit_days", at=at)
    give("equipment.visit", person, f"Visit: {because.strip()}", on=on, at=at)
    record.write(
        "equipment.visit_asked", about=person, by=by.sign_in, at=at, is_key=True,
        words="We will visit you about things that help at home", detail=because.strip(),
    )  # fmt: skip


@transaction.atomic
def take_online(
    answers: Answers,
    *,
    wanted: Sequence[str],
    key: str,
    at: datetime,
    name: str,
    phone: str = "",
    email: str = "",
    postcode: str = "",
    for_whom: str = "",
    caller: Person | None = None,
) -> Contact:
    """Take what somebody asked for after the questions: a contact, with all that was answered.

    Sent twice with one key, it is one contact.
    """
    shelf = catalogue(day_of(at))
    found = suggest(answers, shelf=shelf)
    names = [item.name for item in found.items if item.key in wanted]
    taken = contacts.ask_for_help(
        key=key,
        at=at,
        said=_said(answered(answers, shelf=shelf), names, for_whom=for_whom),
        hope="",
        reason=Reason.EQUIPMENT,
        urgency=Urgency.TODAY if found.flags else Urgency.THIS_WEEK,
        name=name,
        phone=phone,
        email=email,
        postcode=postcode,
        caller=caller,
    )
    kept = {"answers": {q: list(said) for q, said in answers.items()}, "wanted": list(wanted)}
    AskedOnline.objects.get_or_create(contact=taken, defaults=kept | {"at": at})
    return taken


def _said(rows: list[tuple[str, str]], names: Sequence[str], *, for_whom: str) -> str:
    """All of it in words, for whoever reads the contact."""
    lines = [f"For {for_whom}."] if for_whom else []
    lines.append(f"Asks for: {', '.join(names)}." if names else "Asks to talk about it first.")
    lines += [f"{short}: {said}." for short, said in rows]
    return "\n".join(lines)
