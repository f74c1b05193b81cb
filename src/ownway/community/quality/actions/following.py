"""What follows from ratings: the stars of an entry, an audit, and leaving the directory."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from ownway.community.directory import actions as directory
from ownway.community.directory.models import Entry, HiddenFor
from ownway.community.quality import access
from ownway.community.quality.actions import marks, tasks, telling
from ownway.community.quality.models import Audit, Award, Delisting
from ownway.community.quality.queries import following, ratings
from ownway.community.quality.queries import marks as mark_queries
from ownway.community.quality.queries.ratings import day
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.council.queries import rules

Status = Delisting.Status


class CannotSettle(Exception):
    """Why an audit or a delisting cannot be settled so; the words are for whoever tries."""


@transaction.atomic
def recount(entry: Entry, *, at: datetime) -> None:
    """Bring the stars up to date, and raise what the ratings of the window ask for."""
    found = ratings.spread(entry)
    stars = None if found.stars is None else Decimal(found.stars)
    directory.set_stars(entry, stars=stars, count=found.total, at=at)
    tally = ratings.tally(entry, on=day(at))
    if tally.asks_for_audit:
        raise_audit(entry, because=tally.words, at=at)
    if tally.asks_for_delisting:
        _raise_delisting(entry, because=tally.words, at=at)


@transaction.atomic
def raise_audit(entry: Entry, *, because: str, at: datetime, by: Staff | None = None) -> Audit:
    """Ask for an audit, unless one is open: by a date, of whoever keeps quality."""
    due_on = working_days_after(day(at), rules(day(at)).value("audit_days"))
    audit, is_new = Audit.objects.get_or_create(
        entry=entry,
        status=Audit.Status.OPEN,
        defaults={"because": because[:200], "raised_at": at, "raised_by": by, "due_on": due_on},
    )
    if is_new:
        words = f"Audit {entry.name}: {because}"
        tasks.give("audit", words=words, pk=audit.pk, page="quality-audit", due_on=due_on, at=at)
        telling.tell_provider(
            entry,
            subject=f"We will look at the quality of {entry.name}",
            text=f"People’s ratings ask us to look at {entry.name}: {because}. "
            f"We do it by {due_on:%-d %B %Y}, and tell you what we find.",
            key=f"audit:{audit.pk}",
            at=at,
        )
    return audit


@transaction.atomic
def settle_audit(audit: Audit, *, has_passed: bool, found: str, by: Staff, at: datetime) -> Audit:
    """Say what an audit found, and whether it passed.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotSettle: it was settled before, or nothing is said.
    """
    access.require_keeper(by)
    audit = Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    if audit.status != Audit.Status.OPEN:
        raise CannotSettle("This audit was settled already")
    if not found.strip():
        raise CannotSettle("Say what the audit found")
    audit.status = Audit.Status.PASSED if has_passed else Audit.Status.FAILED
    audit.found, audit.settled_at, audit.settled_by = found, at, by
    audit.save()
    tasks.finish("audit", pk=audit.pk, by=by.sign_in, at=at)
    if not has_passed:
        _suspend_mark(audit.entry, because=f"An audit failed: {found}", by=by, at=at)
    telling.tell_provider(
        audit.entry,
        subject=f"Our look at {audit.entry.name} is done",
        text=f"It {'passed' if has_passed else 'did not pass'}. What we found:\n\n{found}",
        key=f"audit:{audit.pk}:settled",
        at=at,
    )
    return audit


def _suspend_mark(entry: Entry, *, because: str, by: Staff, at: datetime) -> None:
    """A mark does not outlast a failed audit, where the council's rules say so."""
    award = mark_queries.award_of(entry)
    stands = award is not None and award.status == Award.Status.STANDS
    if award is not None and stands and rules(day(at)).value("failed_audit_suspends_mark"):
        marks.suspend(award, because=because[:300], by=by, at=at)


def _raise_delisting(entry: Entry, *, because: str, at: datetime) -> None:
    due_on = working_days_after(day(at), rules(day(at)).value("rating_check_days"))
    if following.delisting_of(entry) is not None:
        return
    made = Delisting.objects.create(entry=entry, because=because[:200], raised_at=at, due_on=due_on)
    words = f"Decide whether {entry.name} stays in the directory: {because}"
    tasks.give("delisting", words=words, pk=made.pk, page="quality-delisting", due_on=due_on, at=at)


@transaction.atomic
def decide_delisting(
    delisting: Delisting, *, how: str, reasons: str, by: Staff, at: datetime
) -> Delisting:
    """Decide: off `now`, off after `notice`, or `keep`. The provider is told why, and may answer.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotSettle: it was decided before, or there are no reasons.
    """
    access.require_keeper(by)
    delisting = _locked(delisting)
    if delisting.status != Status.OPEN:
        raise CannotSettle("This was decided already")
    if not reasons.strip():
        raise CannotSettle("Give your reasons: the provider reads them")
    delisting.status = {"now": Status.HIDDEN, "notice": Status.NOTICED, "keep": Status.KEPT}[how]
    delisting.reasons, delisting.decided_at, delisting.decided_by = reasons, at, by
    if how != "keep":
        notice = rules(day(at)).value("delisting_notice_days")
        delisting.answer_by_on = day(at) + timedelta(days=notice)
    delisting.save()
    tasks.finish("delisting", pk=delisting.pk, by=by.sign_in, at=at)
    if how == "now":
        directory.hide(delisting.entry, because=HiddenFor.RATINGS, at=at)
    _tell_decision(delisting, at=at)
    return delisting


def _tell_decision(delisting: Delisting, *, at: datetime) -> None:
    name, until = delisting.entry.name, delisting.answer_by_on
    by_when = (
        f"You may answer until {until:%-d %B %Y}; we read it and decide again." if until else ""
    )
    said = {
        Status.HIDDEN: f"{name} is off the directory from today. {by_when}",
        Status.NOTICED: f"{name} leaves the directory after that day. {by_when}",
        Status.KEPT: f"{name} stays in the directory.",
    }[Status(delisting.status)]
    telling.tell_provider(
        delisting.entry,
        subject=f"{name} and the directory",
        text=f"{said}\n\nOur reasons: {delisting.reasons}",
        key=f"delisting:{delisting.pk}:{delisting.status}",
        at=at,
    )


@transaction.atomic
def answer_delisting(
    delisting: Delisting, *, words: str, by: OrganisationMember, at: datetime
) -> Delisting:
    """A provider answers a notice; whoever decided reads it before anything else happens.

    Raises:
        PermissionDenied: it is another's.
        CannotSettle: there is nothing to answer any more.
    """
    access.require_own(by, delisting.entry)
    delisting = _locked(delisting)
    if delisting.status not in (Status.NOTICED, Status.HIDDEN):
        raise CannotSettle("There is nothing to answer any more")
    delisting.answer, delisting.answered_at, delisting.answered_by = words, at, by.sign_in
    delisting.weighed_at, delisting.weighed = None, ""
    delisting.save()
    due_on = working_days_after(day(at), rules(day(at)).value("rating_check_days"))
    words = f"Read the answer of {delisting.entry.name} about leaving the directory"
    tasks.give(
        "delisting", words=words, pk=delisting.pk, page="quality-delisting", due_on=due_on, at=at
    )
    return delisting


@transaction.atomic
def weigh_answer(
    delisting: Delisting, *, may_return: bool, because: str, by: Staff, at: datetime
) -> Delisting:
    """Read a provider's answer, or look again without one: it is shown again, or stays decided.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotSettle: there is nothing to weigh, or there are no reasons.
    """
    access.require_keeper(by)
    delisting = _locked(delisting)
    if delisting.status not in (Status.NOTICED, Status.HIDDEN):
        raise CannotSettle("There is nothing to decide any more")
    if not because.strip():
        raise CannotSettle("Give your reasons: the provider reads them")
    delisting.weighed_at, delisting.weighed = at, because
    if may_return:
        was_hidden = delisting.status == Status.HIDDEN
        delisting.status = Status.RETURNED if was_hidden else Status.KEPT
        delisting.decided_at, delisting.decided_by = at, by
        directory.show_again(delisting.entry, because=HiddenFor.RATINGS, at=at)
    delisting.save()
    tasks.finish("delisting", pk=delisting.pk, by=by.sign_in, at=at)
    said = "is in the directory" if may_return else "stays off the directory"
    telling.tell_provider(
        delisting.entry,
        subject=f"{delisting.entry.name} and the directory",
        text=f"We have looked again. {delisting.entry.name} {said}.\n\nOur reasons: {because}",
        key=f"delisting:{delisting.pk}:weighed:{at.timestamp():.0f}",
        at=at,
    )
    return delisting


@transaction.atomic
def hide_after_notice(*, on: date, at: datetime) -> int:
    """Hide entries whose notice is over. An answer that nobody has read holds it up."""
    over = Delisting.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status=Status.NOTICED, answer_by_on__lt=on
    )
    ready = [one for one in over.select_related("entry") if not one.answer or one.weighed_at]
    for one in ready:
        one.status = Status.HIDDEN
        one.save(update_fields=["status"])
        directory.hide(one.entry, because=HiddenFor.RATINGS, at=at)
    return len(ready)


def _locked(delisting: Delisting) -> Delisting:
    locked = Delisting.objects.select_for_update(of=("self",)).select_related("entry__owner")
    return locked.get(pk=delisting.pk)
