"""Publishing the Standards, signing them, and visits from the plan to the published report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ownway.community.directory.models import Entry
from ownway.community.quality import access
from ownway.community.quality.actions import tasks, telling
from ownway.community.quality.models import (
    Finding,
    LayReviewer,
    Signing,
    Standards,
    ToDo,
    Visit,
)
from ownway.community.quality.queries import standards as queries
from ownway.community.quality.queries.ratings import day
from ownway.design.dates import months_later
from ownway.foundation.council.models import OrganisationMember, SignIn, Staff
from ownway.foundation.council.queries import rules

Status = Visit.Status


class CannotVisit(Exception):
    """Why a visit, a report or the Standards cannot be kept so; the words are for the reader."""


@dataclass(frozen=True)
class Report:
    """What a visit found: by each standard how far it is met and in words, and what is asked."""

    visited_on: date
    findings: Mapping[int, tuple[str, str]]
    summary: str
    spoke_with: int | None
    to_do: Sequence[tuple[str, date]]


@transaction.atomic
def publish_standards(
    each: Iterable[tuple[str, str, str]], *, starts_on: date, written_by: str, because: str,
    by: Staff, at: datetime,
) -> Standards:  # fmt: skip
    """Publish a new version: each a statement, what people can expect, what a provider does.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotVisit: there are none, or it starts before today.
    """
    access.require_keeper(by)
    listed = list(each)
    if not listed:
        raise CannotVisit("Write at least one standard")
    if starts_on < day(at):
        raise CannotVisit("Start it today or later: reports keep the Standards of their day")
    newest = Standards.objects.select_for_update().order_by("-number").first()
    made = Standards.objects.create(
        number=newest.number + 1 if newest else 1,
        starts_on=starts_on,
        written_by=written_by,
        because=because,
        published_at=at,
        published_by=by,
    )
    for place, (statement, expect, does) in enumerate(listed):
        made.each.create(place=place, statement=statement, expect=expect, provider_does=does)
    return made


@transaction.atomic
def sign(entry: Entry, *, by: OrganisationMember, at: datetime) -> Signing:
    """A provider signs the Standards in force; signing twice is signing once.

    Raises:
        PermissionDenied: the entry is another's.
        CannotVisit: there are no Standards yet.
    """
    access.require_own(by, entry)
    return _sign(entry, contract="", by=by.sign_in, at=at)


@transaction.atomic
def sign_in_contract(entry: Entry, *, contract: str, by: Staff, at: datetime) -> Signing:
    """Write down that a contract holds the Standards in force.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotVisit: there are no Standards yet.
    """
    access.require_keeper(by)
    return _sign(entry, contract=contract, by=by.sign_in, at=at)


def _sign(entry: Entry, *, contract: str, by: SignIn, at: datetime) -> Signing:
    standards = queries.standards_on(day(at))
    if standards is None:
        raise CannotVisit("There are no Standards to sign yet")
    signing, is_new = Signing.objects.get_or_create(
        entry=entry,
        standards=standards,
        defaults={"contract": contract, "signed_on": day(at), "signed_by": by},
    )
    if contract and not is_new:
        signing.contract = contract
        signing.save(update_fields=["contract"])
    return signing


@transaction.atomic
def plan_visit(entry: Entry, *, on: date, reviewer: LayReviewer, by: Staff, at: datetime) -> Visit:
    """Plan a visit, and tell the reviewer and the provider.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotVisit: it is in the past, there are no Standards, or the reviewer may not go.
    """
    access.require_keeper(by)
    standards = queries.standards_on(max(on, day(at)))
    if standards is None:
        raise CannotVisit("There are no Standards to visit by yet")
    if on < day(at):
        raise CannotVisit("Plan a visit for today or later")
    if reviewer.checked_until_on < on:
        raise CannotVisit(f"The check of {reviewer} ends before that day")
    visit = Visit.objects.create(
        entry=entry, standards=standards, reviewer=reviewer, planned_on=on, planned_by=by
    )
    _tell_reviewer(visit, at=at)
    text = f"{reviewer}, a lay reviewer, visits on {on:%-d %B %Y} and asks by the Standards."
    key = f"visit:{visit.pk}:planned"
    subject = f"A visit to {entry.name}"
    telling.tell_provider(entry, subject=subject, text=text, key=key, at=at)
    words = f"{reviewer} visits {entry.name}"
    tasks.give("visit", words=words, pk=visit.pk, page="quality-visit", due_on=on, at=at)
    return visit


def _tell_reviewer(visit: Visit, *, at: datetime) -> None:
    telling.tell_address(
        visit.reviewer.sign_in.email,
        subject=f"Please visit {visit.entry.name} on {visit.planned_on:%-d %B %Y}",
        text=f"The form to fill in is on your page. {telling.SIGN_IN}",
        key=f"visit:{visit.pk}:reviewer",
        at=at,
    )


@transaction.atomic
def drop_visit(visit: Visit, *, by: Staff, at: datetime) -> Visit:
    """A visit is not made after all.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotVisit: it was made.
    """
    access.require_keeper(by)
    visit = _locked(visit)
    if visit.status != Status.PLANNED:
        raise CannotVisit("This visit was made")
    visit.status = Status.DROPPED
    visit.save()
    tasks.finish("visit", pk=visit.pk, by=by.sign_in, at=at)
    return visit


@transaction.atomic
def send_report(visit: Visit, report: Report, *, by: SignIn, at: datetime) -> Visit:
    """A lay reviewer sends in what they found, by every standard; the provider may read and reply.

    Raises:
        PermissionDenied: it is another's visit.
        CannotVisit: it was sent, a standard is missing, or the day is still to come.
    """
    reviewer = access.reviewer_of(by, on=day(at))
    if reviewer is None or reviewer.pk != visit.reviewer_id:
        raise PermissionDenied("This visit is another’s")
    visit = _locked(visit)
    if visit.status != Status.PLANNED:
        raise CannotVisit("This report was sent already")
    if report.visited_on > day(at):
        raise CannotVisit("The day of the visit is still to come")
    asked = set(visit.standards.each.values_list("pk", flat=True))
    if set(report.findings) != asked:
        raise CannotVisit("Say how far each standard is met, in words")
    _keep(visit, report, at=at)
    tasks.finish("visit", pk=visit.pk, by=by, at=at)
    due_on = day(at)
    words = f"Read the visit to {visit.entry.name} and publish it"
    tasks.give("report", words=words, pk=visit.pk, page="quality-visit", due_on=due_on, at=at)
    text = f"The report of the visit on {report.visited_on:%-d %B %Y} is there. You can reply."
    key = f"visit:{visit.pk}:sent"
    subject = f"What the visit to {visit.entry.name} found"
    telling.tell_provider(visit.entry, subject=subject, text=text, key=key, at=at)
    return visit


def _keep(visit: Visit, report: Report, *, at: datetime) -> None:
    visit.status, visit.sent_at, visit.visited_on = Status.SENT, at, report.visited_on
    visit.summary, visit.spoke_with = report.summary, report.spoke_with
    months = rules(day(at)).value("standards_visit_months")
    visit.next_due_on = months_later(report.visited_on, months)
    visit.save()
    Finding.objects.bulk_create(
        Finding(visit=visit, standard_id=standard, met=met, words=words)
        for standard, (met, words) in report.findings.items()
    )
    ToDo.objects.bulk_create(
        ToDo(visit=visit, words=words, due_on=due_on) for words, due_on in report.to_do
    )


@transaction.atomic
def publish_report(visit: Visit, *, by: Staff, at: datetime) -> Visit:
    """Publish a report with the provider's reply, if there is one; a later reply joins it.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotVisit: it was not sent in, or is published.
    """
    access.require_keeper(by)
    visit = _locked(visit)
    if visit.status != Status.SENT:
        raise CannotVisit("There is no report here to publish")
    visit.status, visit.published_at, visit.published_by = Status.PUBLISHED, at, by
    visit.save()
    tasks.finish("report", pk=visit.pk, by=by.sign_in, at=at)
    return visit


@transaction.atomic
def reply_to_report(visit: Visit, *, words: str, by: OrganisationMember, at: datetime) -> Visit:
    """A provider replies to a report; it stands beside it.

    Raises:
        PermissionDenied: it is another's.
        CannotVisit: no report was sent in.
    """
    access.require_own(by, visit.entry)
    visit = _locked(visit)
    if visit.status not in (Status.SENT, Status.PUBLISHED):
        raise CannotVisit("There is no report to reply to yet")
    visit.reply, visit.replied_at, visit.replied_by = words, at, by.sign_in
    visit.save()
    return visit


@transaction.atomic
def do_what_was_asked(to_do: ToDo, *, words: str, by: OrganisationMember, at: datetime) -> ToDo:
    """A provider says that something a visit asked for is done, and how.

    Raises:
        PermissionDenied: it is another's.
    """
    access.require_own(by, to_do.visit.entry)
    to_do.done_on, to_do.done_words = day(at), words
    to_do.save()
    return to_do


@transaction.atomic
def call_next_visits(*, on: date, at: datetime) -> int:
    """Ask for the next visit where the last one says it is due, once each."""
    due = Visit.objects.filter(status__in=[Status.SENT, Status.PUBLISHED], next_due_on__lte=on)
    called = 0
    for visit in due.select_related("entry"):
        later = visit.entry.visits.filter(planned_on__gt=visit.visited_on)
        if later.exclude(status=Status.DROPPED).exists():
            continue
        tasks.give(
            "next",
            words=f"Plan the next visit to {visit.entry.name}",
            pk=visit.pk,
            page="quality-visit",
            due_on=visit.next_due_on or on,
            at=at,
        )
        called += 1
    return called


def _locked(visit: Visit) -> Visit:
    found = Visit.objects.select_for_update(of=("self",))
    return found.select_related("entry__owner__organisation", "standards", "reviewer").get(
        pk=visit.pk
    )
