"""The morning run: support starts, the council's own services are paid, released money is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from ownway.design.money import pounds
from ownway.foundation.record import actions as record
from ownway.journey.budgets import queries
from ownway.journey.budgets.actions.ledger import Posting, post
from ownway.journey.budgets.actions.paying import (
    budget_account,
    care_budget,
    send,
    spending,
)
from ownway.journey.budgets.actions.schedule import (
    ask_to_prepare,
    provider_account,
    top_up_schedules,
)
from ownway.journey.budgets.models import (
    Kind,
    PaidBy,
    Payment,
    Share,
    ShareLine,
    Status,
    Transaction,
)
from ownway.journey.budgets.queries.payments import AHEAD


@dataclass(frozen=True)
class Start:
    """Four weeks that begin for one person's budget."""

    share: Share
    starts_on: date

    @property
    def key(self) -> str:
        """Once for these four weeks, for ever."""
        return f"period:{self.share.pk}:{self.starts_on}"


@dataclass(frozen=True)
class Session:
    """A week of one of the council's own services, paid at source."""

    line: ShareLine
    on: date
    number: int

    @property
    def key(self) -> str:
        """Once for this session, for ever."""
        return f"session:{self.line.pk}:{self.on}"


@dataclass
class Ran:
    """What a run did, or would do."""

    starts: list[Start] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    sent: list[Payment] = field(default_factory=list)
    waiting: list[Payment] = field(default_factory=list)


def run(*, on: date, at: datetime) -> Ran:
    """Do what the day asks. Whatever dies, running again does the rest and nothing twice."""
    ran = Ran()
    ran.starts = [start for start in starts_due(on=on) if open_four_weeks(start, at=at)]
    ran.sessions = [one for one in sessions_due(on=on) if pay_session(one, at=at)]
    sent = (send(key, at=at) for key in queries.to_send(by=on))
    ran.sent = [payment for payment in sent if payment is not None]
    ran.waiting = list(queries.due(by=on))
    for day in sorted({p.due_on for p in queries.to_prepare(by=on + AHEAD)}):
        ask_to_prepare(day, at=at)
    top_up_schedules(on=on)
    return ran


def would_run(*, on: date) -> Ran:
    """What a run would do on a day; nothing changes."""
    ready = set(queries.to_send(by=on))
    due = list(queries.due(by=on))
    return Ran(
        starts_due(on=on),
        sessions_due(on=on),
        [payment for payment in due if payment.pk in ready],
        [payment for payment in due if payment.pk not in ready],
    )


def starts_due(*, on: date) -> list[Start]:
    """Four weeks that have begun by a day and are not in the ledger."""
    return [start for start in _not_written(_starts(on)) if isinstance(start, Start)]


def sessions_due(*, on: date) -> list[Session]:
    """Sessions of the council's own services by a day that are not in the ledger."""
    return [one for one in _not_written(_sessions(on)) if isinstance(one, Session)]


def _starts(on: date) -> Iterator[Start]:
    shares = Share.objects.filter(
        is_over=False, agreement__status=Status.AGREED, agreement__starts_on__lte=on
    )
    for share in shares.select_related("agreement", "person").order_by("pk"):
        for day in _days(share, on=on, step=queries.FOUR_WEEKS):
            yield Start(share, day)


def _sessions(on: date) -> Iterator[Session]:
    lines = ShareLine.objects.filter(
        paid_by=PaidBy.AT_SOURCE,
        week_pence__gt=0,
        share__is_over=False,
        share__agreement__status=Status.AGREED,
        share__agreement__starts_on__lte=on,
    ).select_related("share__agreement", "share__person", "organisation")
    for line in lines.order_by("pk"):
        for day in _days(line.share, on=on, step=queries.WEEK):
            yield Session(line, day, number=(day - _first(line.share)).days // 7 + 1)


def _first(share: Share) -> date:
    first = share.agreement.starts_on
    assert first is not None, "an agreed agreement has a first day, by the database's own rule"
    return first


def _days(share: Share, *, on: date, step: timedelta) -> list[date]:
    """The days that count, back to what a run that was missed may have left."""
    ends = share.agreement.ends_on
    until = min(on, ends) if ends else on
    return queries.mondays(_first(share), since=on - queries.CATCH_UP, until=until, step=step)


def _not_written(wanted: Iterator[Start] | Iterator[Session]) -> list[Start | Session]:
    by_key = {one.key: one for one in wanted}
    written = Transaction.objects.filter(key__in=list(by_key)).values_list("key", flat=True)
    return [one for key, one in by_key.items() if key not in set(written)]


@transaction.atomic
def open_four_weeks(start: Start, *, at: datetime) -> bool:
    """Put four weeks of somebody's budget into the ledger: promised, and left; once.

    False when another run has done it.
    """
    share = Share.objects.select_for_update(of=("self",), no_key=True).get(pk=start.share.pk)
    if Transaction.objects.filter(key=start.key).exists():
        return False
    is_first = start.starts_on == start.share.agreement.starts_on
    lines = list(ShareLine.objects.filter(share=share))
    put_by = sum(x.week_pence for x in lines if x.paid_by in (PaidBy.RESERVE, PaidBy.KEPT))
    once = share.once_pence if is_first else 0
    left = 4 * put_by
    granted = 4 * share.budget_week_pence + once
    amounts = {Kind.GRANTED: -granted, Kind.LEFT: left, Kind.PROMISED: granted - left}
    person = start.share.person
    entries = tuple((budget_account(k, person), pence) for k, pence in amounts.items() if pence)
    words = f"Four weeks from {start.starts_on:%d %B %Y} for {person.name}"
    post(Posting(start.key, start.starts_on, words, entries), by=None, at=at)
    if is_first:
        record.write(
            "support.started",
            about=person,
            by=None,
            at=at,
            words="Your support started",
            is_key=True,
            starts_on=start.starts_on,
        )
    return True


@transaction.atomic
def pay_session(session: Session, *, at: datetime) -> bool:
    """Pay one of the council's own services for a week, at source; once.

    False when another run has done it.
    """
    ShareLine.objects.select_for_update(of=("self",), no_key=True).get(pk=session.line.pk)
    if Transaction.objects.filter(key=session.key).exists():
        return False
    line, person = session.line, session.line.share.person
    assert line.organisation is not None, "at source is to a service, by the database's own rule"
    service = provider_account(line.organisation.pk, name=line.organisation.name)
    words = f"{service.name} +{pounds(line.week_pence)} (session {session.number})"
    entries = (
        (care_budget(), -line.week_pence),
        (service, line.week_pence),
        *spending(person, line.week_pence),
    )
    post(Posting(session.key, session.on, words, entries), by=None, at=at)
    record.write(
        "support.paid_at_source",
        about=person,
        by=None,
        at=at,
        words=f"We paid {service.name} {pounds(line.week_pence)} for you",
        detail=f"Session {session.number}",
        transaction_key=session.key,
    )
    return True
