"""Writing a statement of money question by question, showing papers, sending it, deciding it."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, queries
from ownway.journey.charging.actions.deciding import give_finances, lock
from ownway.journey.charging.actions.refusals import CannotChange, CannotCharge, CannotKeep
from ownway.journey.charging.models import Charge, Evidence, EvidenceKind, Statement, Status

DECIDE, CHECK, ASK = "charge.decide", "charge.check", "charge.ask"
NOT_ASKED = "A carer pays nothing for support of their own, so we do not ask about money"


@transaction.atomic
def begin(person: Person, *, by: SignIn, at: datetime) -> Statement:
    """Begin a statement, or go on with the one that is open.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: nothing can be charged for them, so nothing is asked.
    """
    access.require_may_give(by, person, at=at)
    lock(person)
    on = timezone.localtime(at).date()
    if queries.only_cares(person, pack=council.rules(on)):
        raise CannotChange(NOT_ASKED)
    if found := queries.open_statement(person):
        return found
    answers = queries.answers_to_begin_from(person, on=on)
    return Statement.objects.create(person=person, answers=answers, begun_at=at, begun_by=by)


@transaction.atomic
def answer(
    statement: Statement, *, key: str, said: Mapping[str, Any], by: SignIn, at: datetime
) -> Statement:
    """Keep the answer to one question.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: it was sent already.
    """
    statement = _to_write(statement, by=by, at=at)
    statement.answers = {**statement.answers, key: dict(said)}
    statement.refuses = False
    statement.save(update_fields=["answers", "refuses"])
    return statement


def _to_write(statement: Statement, *, by: SignIn, at: datetime) -> Statement:
    access.require_may_give(by, statement.person, at=at)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.status != Status.DRAFT:
        raise CannotChange("This was sent already. Take it back first, or call us to change it")
    return statement


# -- Papers --------------------------------------------------------------------------------------

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)


def media_type_of(content: bytes) -> str:
    """What a file is by what is in it, whatever its name says.

    Raises:
        CannotKeep: it is none of what we can read.
    """
    for start, media_type, _ in _STARTS:
        if content.startswith(start):
            return media_type
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    raise CannotKeep("Choose a photo (JPG, PNG or HEIC) or a PDF. We cannot read other files")


@transaction.atomic
def add_paper(
    statement: Statement, *, kind: str, name: str, content: bytes, by: SignIn, at: datetime
) -> Evidence:
    """Keep a paper with a statement. The same paper again is kept once.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: it was sent already.
        CannotKeep: it is empty, too large, one too many, or none of what we can read.
    """
    statement = _to_write(statement, by=by, at=at)
    if not content:
        raise CannotKeep("This file is empty. Choose another")
    if len(content) > queries.MOST_BYTES:
        most = queries.MOST_BYTES // (1024 * 1024)
        raise CannotKeep(f"This file is larger than {most} MB. Send a smaller photo or scan")
    media_type, digest = media_type_of(content), hashlib.sha256(content).hexdigest()
    same = Evidence.objects.filter(statement=statement, sha256=digest).defer("content").first()
    if same is not None:
        return same
    if Evidence.objects.filter(statement=statement).count() >= queries.MOST_PAPERS:
        raise CannotKeep(f"You can send up to {queries.MOST_PAPERS} papers. Remove one first")
    return Evidence.objects.create(
        statement=statement,
        kind=EvidenceKind(kind),
        name=_safe_name(name),
        media_type=media_type,
        size_bytes=len(content),
        sha256=digest,
        content=content,
        added_at=at,
        added_by=by,
    )


def _safe_name(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:120] or "A paper"


@transaction.atomic
def remove_paper(statement: Statement, *, evidence_id: int, by: SignIn, at: datetime) -> str:
    """Take a paper out before sending; returns what it was called.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: it was sent already.
    """
    statement = _to_write(statement, by=by, at=at)
    found = Evidence.objects.filter(pk=evidence_id, statement=statement).defer("content").first()
    if found is None:
        return ""
    name = found.name
    found.delete()
    return name


# -- Sending and deciding ------------------------------------------------------------------------


@transaction.atomic
def send(statement: Statement, *, by: SignIn, at: datetime, refuses: bool = False) -> Charge | None:
    """Send a statement, declared to be true; or say that one does not want to tell.

    Under rules that only ask what comes in the answer is known at once, and an officer checks it.
    Otherwise an officer decides. Returns the charge where it is known.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: it was sent already, or nothing can be charged for them.
        CannotCharge: a question is still open.
    """
    person, on = statement.person, timezone.localtime(at).date()
    lock(person)
    statement = _to_write(statement, by=by, at=at)
    pack = council.rules(on)
    if queries.only_cares(person, pack=pack):
        raise CannotChange(NOT_ASKED)
    path = queries.path_of(statement, person, pack=pack, on=on)
    if not refuses and path.first_open is not None:
        raise CannotCharge("Answer every question first", {path.first_open.key: "Not answered yet"})
    statement.status, statement.refuses = Status.SENT, refuses
    statement.sent_at, statement.sent_by = at, by
    statement.save(update_fields=["status", "refuses", "sent_at", "sent_by"])
    _tell_sent(statement, by=by, at=at)
    if queries.simple(pack) and not refuses and budgets.budget_of(person) is not None:
        return _answer_at_once(statement, by=by, at=at)
    _ask(DECIDE, statement, words="decide what is paid", at=at)
    return None


def _tell_sent(statement: Statement, *, by: SignIn, at: datetime) -> None:
    record.write(
        "charge.sent",
        about=statement.person,
        by=by,
        at=at,
        words="You told us you do not want to say what money you have"
        if statement.refuses
        else "You told us about your money",
        statement=statement.pk,
    )


def _answer_at_once(statement: Statement, *, by: SignIn | None, at: datetime) -> Charge:
    giver = by or statement.sent_by
    assert giver is not None
    charge = _close(statement, by=giver, at=at, starts_on=timezone.localtime(at).date(), note="")
    _ask(CHECK, statement, words="check the figures behind what is paid", at=at)
    return charge


def _ask(kind: str, statement: Statement, *, words: str, at: datetime) -> None:
    """Somebody in finance owns what was sent, by a day the person was told."""
    owner = council.staff_members().filter(role="finance_officer").order_by("pk").first()
    if owner is None:
        return
    due, person = queries.due_on(statement), statement.person
    record.give_task(
        kind,
        person=person,
        words=f"{person.formal_name}: {words}",
        owner=owner,
        due_at=timezone.make_aware(datetime(due.year, due.month, due.day, 17)),
        at=at,
        address=reverse("charge", args=[person.pk]),
        subject=f"statement:{statement.pk}",
    )


@transaction.atomic
def take_back(statement: Statement, *, by: SignIn, at: datetime) -> Statement:
    """Take back what was sent, to change it; the officer's task goes with it.

    Raises:
        PermissionDenied: `by` may not say this for them.
        CannotChange: it was decided already.
    """
    access.require_may_give(by, statement.person, at=at)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.status != Status.SENT:
        raise CannotChange("Only what was sent and is not decided yet can be taken back")
    statement.status, statement.refuses = Status.DRAFT, False
    statement.save(update_fields=["status", "refuses"])
    subject = f"statement:{statement.pk}"
    record.finish_tasks(DECIDE, person=statement.person, by=by, at=at, subject=subject)
    words = "You took back what you told us about your money, to change it"
    record.write("charge.taken_back", about=statement.person, by=by, at=at, words=words)
    return statement


@transaction.atomic
def decide(
    person: Person,
    *,
    answers: Mapping[str, Mapping[str, Any]],
    judged: Mapping[str, Any],
    refuses: bool,
    starts_on: date,
    note: str,
    seen: int | None,
    by: Staff,
    at: datetime,
) -> Charge:
    """Decide what somebody pays from a day: their answers as the officer found them, and judged.

    The statement that was sent is closed; with none open, one is made for the record. The person
    gets a letter with the whole sum. seen: the newest charge, by its id, when the officer looked,
    so that pressing twice decides once.

    Raises:
        PermissionDenied: `by` may not work out charges.
        CannotCharge: no budget yet, a question is open, a fact cannot be right, or it was decided
            since the officer looked.
    """
    access.require_may_decide(by.sign_in, person, at=at)
    lock(person)
    if queries.newest_id(person) != seen:
        raise CannotCharge(
            "What is paid was decided meanwhile, by this press or another. Look at it first. "
            "Press again only if it is to be decided anew"
        )
    # What a resident writes and has not sent stays theirs: what an officer was told stands beside.
    statement = queries.for_officers(person) or Statement(
        person=person, begun_at=at, begun_by=by.sign_in
    )
    statement.answers = {key: dict(said) for key, said in answers.items()}
    statement.officer_facts, statement.refuses = dict(judged), refuses
    path = queries.path_of(statement, person, pack=council.rules(starts_on), on=starts_on)
    if not refuses and path.first_open is not None:
        open_ones = [one.key for one in path.questions if one.key not in answers]
        raise CannotCharge(
            "Some questions have no answer yet", dict.fromkeys(open_ones, "Not answered yet")
        )
    return _close(statement, by=by.sign_in, at=at, starts_on=starts_on, note=note)


def _close(statement: Statement, *, by: SignIn, at: datetime, starts_on: date, note: str) -> Charge:
    person = statement.person
    path = queries.path_of(statement, person, pack=council.rules(starts_on), on=starts_on)
    charge = give_finances(
        person,
        facts=queries.facts_to_keep(statement, path),
        by=by,
        at=at,
        starts_on=starts_on,
        note=note,
    )
    statement.status, statement.note = Status.DECIDED, note
    statement.decided_at, statement.decided_by = at, by
    statement.finances = charge.finances
    statement.save()
    # A decision looks at all there is, so what earlier statements left to do is done with it.
    for kind in (DECIDE, CHECK):
        record.finish_tasks(kind, person=person, by=by, at=at)
    return charge


@transaction.atomic
def answer_waiting(person: Person, *, at: datetime) -> Charge | None:
    """When a budget is there at last: what was sent before it can be answered, where rules do."""
    statement = queries.open_statement(person)
    pack = council.rules(timezone.localtime(at).date())
    if statement is None or statement.status != Status.SENT or statement.refuses:
        return None
    return _answer_at_once(statement, by=None, at=at) if queries.simple(pack) else None


def confirm(person: Person, *, by: Staff, at: datetime) -> int:
    """Say that the figures behind a charge the rules answered were checked, and are right.

    Raises:
        PermissionDenied: `by` may not work out charges.
    """
    access.require_may_decide(by.sign_in, person, at=at)
    settled = record.finish_tasks(CHECK, person=person, by=by.sign_in, at=at)
    if settled:
        record.write(
            "charge.checked",
            about=person,
            by=by.sign_in,
            at=at,
            words="We checked the figures behind what you pay, and they are right",
        )
    return settled


@transaction.atomic
def need_not_ask(person: Person, *, by: Staff, at: datetime) -> int:
    """Close what was sent and is asked of a carer who pays nothing; say how many items there were.

    Raises:
        PermissionDenied: `by` may not work out charges.
        CannotCharge: something can be charged for them.
    """
    access.require_may_decide(by.sign_in, person, at=at)
    lock(person)
    if not queries.only_cares(person, pack=council.rules(timezone.localtime(at).date())):
        raise CannotCharge("Something can be charged for them. Decide what is paid")
    statement = queries.for_officers(person)
    if statement is not None:
        statement.status, statement.note = Status.DECIDED, NOT_ASKED
        statement.decided_at, statement.decided_by = at, by.sign_in
        statement.save()
    kinds = (DECIDE, CHECK, ASK)
    closed = sum(record.finish_tasks(one, person=person, by=by.sign_in, at=at) for one in kinds)
    if closed or statement is not None:
        words = "You pay nothing for support as a carer, so we do not need to know your money"
        record.write("charge.not_asked", about=person, by=by.sign_in, at=at, words=words)
    return closed
