"""Writing down what happened and who looked; starting and stopping clocks; giving tasks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer, member_of, staff_of
from ownway.foundation.council.models import SettingsVersion, SignIn, Staff
from ownway.foundation.people.access import visible_to
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog, Answered, Clock, Decision, Event, Task
from ownway.policy.decision import Decision as Worked


def write(
    kind: str,
    *,
    about: Person | None,
    by: SignIn | None,
    at: datetime,
    words: str,
    detail: str = "",
    is_key: bool = False,
    is_confidential: bool = False,
    **facts: Any,
) -> Event:
    """Write an event in the transaction of the change it tells of.

    `words` is for the person: "Your plan was agreed". `is_key` marks what a timeline shows first;
    what `is_confidential` is read by staff alone.
    """
    return Event.objects.create(
        kind=kind,
        person=about,
        by=by,
        by_as=seen_as(by) if by else "",
        at=at,
        words=words[:300],
        detail=detail[:300],
        is_key=is_key,
        is_confidential=is_confidential,
        facts=facts,
    )


def claim_answer(event: Event, *, stage: str, at: datetime) -> bool:
    """Claim the answer of a stage to an event, in the transaction that gives it; false if given."""
    _, is_new = Answered.objects.get_or_create(event=event, stage=stage, defaults={"at": at})
    return is_new


def keep_decision(
    worked: Worked,
    *,
    person: Person,
    by: SignIn | None,
    at: datetime,
    because: str = "",
    subject: str = "",
) -> Decision:
    """Keep what the rules answered, with all that is needed to work it out again."""
    version = council.live_settings(worked.on)
    kept = decision_of(worked, person=person, by=by, at=at, because=because, version=version)
    kept.subject = subject
    kept.save()
    return kept


def keep_decisions(
    worked: Sequence[tuple[Worked, Person]], *, by: SignIn | None, at: datetime, because: str
) -> list[Decision]:
    """Keep what the rules of one day answered for many people, in as few queries as for a few."""
    version = council.live_settings(worked[0][0].on) if worked else None
    return Decision.objects.bulk_create(
        decision_of(one, person=person, by=by, at=at, because=because, version=version)
        for one, person in worked
    )


def decision_of(
    worked: Worked,
    *,
    person: Person,
    by: SignIn | None,
    at: datetime,
    because: str,
    version: SettingsVersion | None,
) -> Decision:
    """What the rules answered as it is kept, by the settings in force; it is not saved."""
    whole = worked.as_json()
    return Decision(
        kind=worked.kind,
        person=person,
        facts=whole["facts"],
        result=whole["result"],
        worked=whole,
        pack=worked.pack,
        profile=worked.profile or "",
        pack_version=worked.pack_version,
        pack_hash=worked.pack_hash,
        settings_version=version,
        decided_on=worked.on,
        at=at,
        by=by,
        because=because,
    )


def open_person(viewer: Viewer, person_id: int, *, what: str, why: str, at: datetime) -> Person:
    """Return somebody's record to a viewer who may see it, and log the look.

    Every page about a person gets the person here. `what` is what was opened, in a person's words
    ("your plan"); `why` is the reason ("To help with your plan").

    Raises:
        Http404: there is no such person, or not for this viewer.
    """
    person = visible_to(viewer, at=at).select_related("household").filter(pk=person_id).first()
    if person is None:
        raise Http404("No such person")
    log_look(viewer, person, what=what, why=why, at=at)
    return person


def log_look(viewer: Viewer, person: Person, *, what: str, why: str, at: datetime) -> None:
    """Log one look. A person's own look at their own record is theirs, and is not logged."""
    log_looks(viewer, [person], what=what, why=why, at=at)


def log_looks(
    viewer: Viewer, people: Iterable[Person], *, what: str, why: str, at: datetime
) -> None:
    """Log one look at each of several people who are shown on one page."""
    assert isinstance(viewer, SignIn)
    way_in = getattr(viewer, "person_sign_in", None)
    AccessLog.objects.bulk_create(
        AccessLog(
            number=0,
            at=at,
            sign_in=viewer,
            person=person,
            seen_as=seen_as(viewer),
            what=what[:120],
            why=why[:300],
            chain=b"",
        )
        for person in people
        if way_in is None or way_in.person_id != person.pk
    )


def seen_as(viewer: Viewer) -> str:
    """As what somebody acts: their role, their organisation, or themselves."""
    if staff := staff_of(viewer):
        return str(staff.get_role_display())
    if member := member_of(viewer):
        return member.organisation.name[:60]
    return "Acting for you" if viewer.is_authenticated else ""


def start_clock(
    name: str,
    *,
    person: Person | None,
    title: str,
    at: datetime,
    due_at: datetime,
    owner: Staff | None = None,
    subject: str = "",
) -> Clock:
    """Start a clock."""
    return Clock.objects.create(
        name=name,
        person=person,
        title=title,
        started_at=at,
        due_at=due_at,
        owner=owner,
        subject=subject,
    )


def stop_clock(clock: Clock | None, *, at: datetime) -> None:
    """Stop a clock that runs; a clock that was never started, or has stopped, stays as it is."""
    if clock is not None and clock.stopped_at is None:
        Clock.objects.filter(pk=clock.pk, stopped_at=None).update(stopped_at=at)
        clock.stopped_at = at


def give_task(
    kind: str,
    *,
    person: Person | None,
    words: str,
    owner: Staff,
    due_at: datetime,
    at: datetime,
    address: str = "",
    subject: str = "",
    waiting_for: str = "",
    is_confidential: bool = False,
) -> Task:
    """Give somebody something to do, by a date. The same open task is not given twice."""
    if subject and (
        same := Task.objects.filter(kind=kind, subject=subject, person=person, done_at=None).first()
    ):
        return same
    return Task.objects.create(
        kind=kind,
        person=person,
        words=words[:200],
        owner=owner,
        due_at=due_at,
        made_at=at,
        address=address,
        subject=subject,
        waiting_for=waiting_for,
        is_confidential=is_confidential,
    )


def finish_tasks(
    kind: str, *, person: Person | None, by: SignIn | None, at: datetime, subject: str = ""
) -> int:
    """Mark the open tasks of a kind for a person (and thing) as done; say how many there were."""
    tasks = Task.objects.filter(kind=kind, person=person, done_at=None)
    if subject:
        tasks = tasks.filter(subject=subject)
    return tasks.update(done_at=at, done_by=by)
