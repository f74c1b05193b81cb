"""What happened, what is due, and who looked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ownway.design.dates import short_date, short_moment, time_between
from ownway.foundation.council.access import Viewer, staff_of
from ownway.foundation.council.models import SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.record import access
from ownway.foundation.record.models import AccessLog, Answered, Clock, Decision, Event, Task
from ownway.policy import allocation, charging, eligibility, packs
from ownway.policy.decision import Decision as Worked
from ownway.policy.packs import Pack


@dataclass(frozen=True)
class ClockFace:
    """How a clock reads at a moment: a state that has a shape and a colour, and words."""

    state: str  # good, watch, late, rest
    words: str
    title: str
    due_at: datetime
    share_used: float


def face(clock: Clock, *, at: datetime) -> ClockFace:
    """Read a clock at a moment. The last quarter of the limit is amber."""
    end = clock.stopped_at or at
    limit = (clock.due_at - clock.started_at).total_seconds() or 1.0
    used = (end - clock.started_at).total_seconds() / limit
    if clock.stopped_at:
        taken = time_between(clock.started_at, clock.stopped_at)
        state = "good" if clock.stopped_at <= clock.due_at else "late"
        return ClockFace(state, f"Done in {taken}", clock.title, clock.due_at, min(used, 1.0))
    state = "late" if at > clock.due_at else "watch" if used >= 0.75 else "good"
    words = _late_words(clock, at) if state == "late" else _left_words(clock, at)
    return ClockFace(state, words, clock.title, clock.due_at, min(used, 1.0))


def _late_words(clock: Clock, at: datetime) -> str:
    return f"Late by {time_between(clock.due_at, at)}"


def _left_words(clock: Clock, at: datetime) -> str:
    whole = clock.due_at - clock.started_at
    used = time_between(clock.started_at, at)
    if whole <= timedelta(days=3):
        return f"{used} used, due {short_moment(clock.due_at)}"
    day = (timezone.localtime(at).date() - timezone.localtime(clock.started_at).date()).days
    return f"Day {day} of {whole.days}, due {short_date(clock.due_at)}"


def clock_of(person: Person | None, name: str, *, subject: str = "") -> Clock | None:
    """The newest clock of a name for a person, or for one thing of theirs."""
    clocks = Clock.objects.filter(person=person, name=name)
    if subject:
        clocks = clocks.filter(subject=subject)
    return clocks.order_by("-started_at", "-pk").first()


def clocks_running(person: Person) -> list[Clock]:
    """Clocks that have not stopped, soonest due first."""
    return list(Clock.objects.filter(person=person, stopped_at=None).order_by("due_at", "pk"))


def timeline(
    viewer: Viewer, person: Person, *, at: datetime, key_only: bool = False
) -> QuerySet[Event]:
    """What happened to somebody, newest first."""
    events = access.events_for(viewer, at=at).filter(person=person).select_related("by__staff")
    return events.filter(is_key=True) if key_only else events


def not_answered(
    stage: str, kinds: Iterable[str], *, since: datetime, by: SignIn | None = None
) -> list[Event]:
    """Events of these kinds that a stage has still to answer, oldest first."""
    given = Answered.objects.filter(event=OuterRef("pk"), stage=stage)
    events = Event.objects.filter(~Exists(given), kind__in=list(kinds), at__gte=since)
    if by is not None:
        events = events.filter(by=by)
    return list(events.select_related("person", "by__staff").order_by("at", "pk")[:100])


def has_done(by: SignIn, kinds: Iterable[str], *, since: datetime) -> bool:
    """Whether somebody wrote an event of these kinds since a moment."""
    return Event.objects.filter(by=by, kind__in=list(kinds), at__gte=since).exists()


def last_event(person: Person, kind: str) -> Event | None:
    """The newest event of a kind about somebody."""
    return Event.objects.filter(person=person, kind=kind).order_by("-at", "-pk").first()


_RULES: dict[str, Callable[[Mapping[str, Any], Pack], Worked]] = {
    "eligibility": eligibility.decide,
    "allocation": allocation.decide,
    "charging": charging.decide,
}


def decision_of(person: Person, kind: str, *, subject: str = "") -> Decision | None:
    """The newest decision of a kind about somebody, or about one thing of theirs."""
    decisions = Decision.objects.filter(person=person, kind=kind)
    if subject:
        decisions = decisions.filter(subject=subject)
    return decisions.select_related("settings_version", "by").order_by("-at", "-pk").first()


def worked_again(decision: Decision) -> Worked:
    """Work a kept decision out anew, from its facts and the rules as they were on its day.

    Raises:
        policy.refusals.PackRefused: its rules can no longer be read.
    """
    pack = packs.load(decision.pack, profile=decision.profile or None, on=decision.decided_on)
    if decision.settings_version is not None:
        pack = pack.with_settings(decision.settings_version.own)
    return _RULES[decision.kind](decision.facts, pack)


def open_tasks(viewer: Viewer) -> QuerySet[Task]:
    """What a viewer has to do, soonest first."""
    tasks = access.tasks_for(viewer).filter(done_at=None)
    return tasks.select_related("person", "owner").order_by("due_at", "pk")


def own_tasks(viewer: Viewer) -> QuerySet[Task]:
    """What a viewer has to do themselves."""
    return open_tasks(viewer).filter(owner=staff_of(viewer))


def tasks_about(viewer: Viewer, person: Person) -> list[Task]:
    """What is still to be done for somebody; what is confidential, for staff alone."""
    tasks = Task.objects.filter(person=person, done_at=None).select_related("owner")
    return list(tasks if staff_of(viewer) is not None else tasks.filter(is_confidential=False))


def open_task(viewer: Viewer, kind: str, *, subject: str) -> Task | None:
    """The open task of a kind for one thing, when the viewer may see it."""
    return open_tasks(viewer).filter(kind=kind, subject=subject).first()


def looks_at(viewer: Viewer, person: Person, *, at: datetime) -> QuerySet[AccessLog]:
    """Who looked at somebody's record and why, for the person's own page."""
    looks = access.looks_for(viewer, at=at).filter(person=person)
    return looks.select_related("sign_in").order_by("-number")


def newest_looks(viewer: Viewer, person: Person, *, at: datetime, most: int) -> list[AccessLog]:
    """The newest looks in short: the same person at the same thing on the same day stands once."""
    found: dict[tuple[int | None, str, date], AccessLog] = {}
    for look in looks_at(viewer, person, at=at)[: most * 20]:
        found.setdefault((look.sign_in_id, look.what, timezone.localtime(look.at).date()), look)
    return list(found.values())[:most]


@dataclass(frozen=True)
class ChainCheck:
    """Whether the access log is whole.

    How many looks were checked, the first bad one, and whether the newest is where the chain ends:
    when not, looks were cut off its end.
    """

    looks: int
    first_bad: int | None
    ends_at_its_head: bool

    @property
    def is_whole(self) -> bool:
        """Nothing was changed and nothing is missing."""
        return self.first_bad is None and self.ends_at_its_head


def check_chain() -> ChainCheck:
    """Work the hash chain of the access log out again and find the first link that differs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), min(number) FILTER (WHERE chain <> expected) FROM (
              SELECT number, chain, record_look_hash(
                lag(chain, 1, ''::bytea) OVER (ORDER BY number), number, at, sign_in_id, person_id,
                seen_as, what, why) AS expected
              FROM record_accesslog) AS links
            """
        )
        looks, first_bad = cursor.fetchone()
        cursor.execute(
            """
            SELECT head.chain = coalesce(
                (SELECT chain FROM record_accesslog ORDER BY number DESC LIMIT 1), ''::bytea)
            FROM record_accesslog_head AS head
            """
        )
        (ends_at_its_head,) = cursor.fetchone()
    return ChainCheck(looks, first_bad, ends_at_its_head)


def faces(clocks: Iterable[Clock], *, at: datetime) -> list[ClockFace]:
    """Read several clocks."""
    return [face(clock, at=at) for clock in clocks]
