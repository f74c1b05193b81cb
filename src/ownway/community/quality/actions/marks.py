"""Asking for a Quality Mark, assessing, awarding, suspending, reminding, and its end."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from ownway.community.directory import actions as directory
from ownway.community.directory.models import Entry, Mark
from ownway.community.quality import access
from ownway.community.quality.actions import tasks, telling
from ownway.community.quality.models import Application, Award, Criteria, Evidence, Level
from ownway.community.quality.queries import marks as queries
from ownway.community.quality.queries.ratings import day
from ownway.design.dates import months_later
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.council.queries import rules
from ownway.policy.marks import objections
from ownway.policy.planning import Objection

Status = Application.Status


class CannotApply(Exception):
    """Why an application is not taken; the words are for the provider."""


class CannotAward(Exception):
    """Why a mark cannot be awarded or changed, every reason at once."""

    def __init__(self, found: Iterable[Objection | str]) -> None:
        self.objections = [
            Objection(one, "because", firm=True) if isinstance(one, str) else one for one in found
        ]
        super().__init__("; ".join(one.text for one in self.objections))


@transaction.atomic
def begin(
    entry: Entry, *, level: Level, sort: str, by: OrganisationMember, at: datetime
) -> Application:
    """Begin to ask for a mark, by the criteria in force; one that is begun already goes on.

    Raises:
        PermissionDenied: the entry is another's.
        CannotApply: one waits already, or there are no criteria.
    """
    access.require_own(by, entry)
    Entry.objects.select_for_update(of=("self",)).only("pk").get(pk=entry.pk)
    criteria = queries.criteria_on(day(at))
    if criteria is None:
        raise CannotApply("The council has not said yet what a mark asks for")
    before = queries.open_application(entry)
    if before is not None and before.status == Status.SENT:
        raise CannotApply("You have asked already. We are looking at it")
    application = before or Application(entry=entry, begun_at=at, begun_by=by.sign_in)
    application.criteria, application.level, application.sort = criteria, level, sort
    application.save()
    _list_evidence(application)
    return application


def _list_evidence(application: Application) -> None:
    """One line of evidence for each criterion that is asked; words written before are kept."""
    asked = queries.asked_of(application.criteria, level=application.level, sort=application.sort)
    application.evidence.exclude(criterion__in=asked).delete()
    there = set(application.evidence.values_list("criterion", flat=True))
    Evidence.objects.bulk_create(
        Evidence(application=application, criterion=one) for one in asked if one.pk not in there
    )


@transaction.atomic
def write_evidence(
    application: Application, words: Mapping[int, str], *, by: OrganisationMember
) -> None:
    """Keep what a provider shows, by the number of its line.

    Raises:
        PermissionDenied: it is another's.
        CannotApply: it was sent already.
    """
    application = _own(application, by)
    for line in application.evidence.filter(pk__in=words):
        line.words = words[line.pk]
        line.save(update_fields=["words"])


@transaction.atomic
def send(application: Application, *, by: OrganisationMember, at: datetime) -> Application:
    """Send an application to be assessed by a date.

    Raises:
        PermissionDenied: it is another's.
        CannotApply: it was sent already, or a criterion has nothing to show.
    """
    application = _own(application, by)
    if application.evidence.filter(words="").exists():
        raise CannotApply("Say how you meet each criterion")
    days = rules(day(at)).value("mark_assess_days")
    application.status, application.sent_at = Status.SENT, at
    application.due_on = working_days_after(day(at), days)
    application.save()
    tasks.give(
        "application",
        words=f"Assess {application.entry.name} for the {application.get_level_display()} mark",
        pk=application.pk,
        page="quality-application",
        due_on=application.due_on,
        at=at,
    )
    return application


@transaction.atomic
def withdraw(application: Application, *, by: OrganisationMember, at: datetime) -> Application:
    """A provider takes an application back.

    Raises:
        PermissionDenied: it is another's.
        CannotApply: it was settled.
    """
    access.require_own(by, application.entry)
    application = _locked(application)
    if application.status not in (Status.BEGUN, Status.SENT):
        raise CannotApply("This application is settled")
    application.status, application.settled_at = Status.WITHDRAWN, at
    application.save()
    tasks.finish("application", pk=application.pk, by=by.sign_in, at=at)
    return application


@transaction.atomic
def judge(
    application: Application,
    judged: Mapping[int, tuple[str, str]],
    *,
    outcomes: tuple[int | None, int | None],
    outcomes_from: str,
    by: Staff,
) -> Application:
    """Keep how each line of evidence is judged, and how many outcomes people achieved.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: it does not wait to be assessed.
    """
    application = _waiting(application, by)
    for line in application.evidence.filter(pk__in=judged):
        line.judged, line.note = judged[line.pk]
        line.save(update_fields=["judged", "note"])
    application.outcomes_met, application.outcomes_of = outcomes
    application.outcomes_from = outcomes_from
    application.save()
    return application


@transaction.atomic
def award(
    application: Application, *, level: Level, because: str, by: Staff, at: datetime
) -> Award:
    """Award a mark, of the level that was asked or the lower one; it shows in the directory now.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: a rule objects, and no reason that is kept overcomes it.
    """
    application = _waiting(application, by)
    pack = rules(day(at))
    found = list(objections(queries.facts(application, level=level), pack=pack))
    if any(one.firm for one in found) or (found and not because.strip()):
        raise CannotAward(found)
    made = _make(application, level=level, because=because, by=by, at=at)
    _settle(application, Status.AWARDED, because=because, by=by, at=at)
    telling.tell_provider(
        application.entry,
        subject=f"{application.entry.name} has the {level.label} mark",
        text=f"The mark lasts until {made.until_on:%-d %B %Y}. It shows in the directory now.",
        key=f"award:{made.pk}",
        at=at,
    )
    return made


def _make(
    application: Application, *, level: Level, because: str, by: Staff, at: datetime
) -> Award:
    entry, on = application.entry, day(at)
    if before := queries.award_of(entry):
        before.status, before.changed_at, before.changed_by = Award.Status.REPLACED, at, by
        before.save()
        tasks.finish("renewal", pk=before.pk, by=by.sign_in, at=at)
    made = Award.objects.create(
        entry=entry,
        application=application,
        level=level,
        from_on=on,
        until_on=months_later(on, rules(on).value("mark_months")),
        awarded_at=at,
        awarded_by=by,
        because=because,
        changed_at=at,
    )
    directory.set_mark(entry, mark=Mark(level), until=made.until_on, at=at)
    return made


@transaction.atomic
def refuse(application: Application, *, because: str, by: Staff, at: datetime) -> Application:
    """Do not award, and say why.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: it does not wait any more, or there is no reason.
    """
    application = _waiting(application, by)
    if not because.strip():
        raise CannotAward(["Give your reasons: the provider reads them"])
    _settle(application, Status.REFUSED, because=because, by=by, at=at)
    telling.tell_provider(
        application.entry,
        subject=f"The Quality Mark and {application.entry.name}",
        text=f"We have not awarded the mark. Why: {because}\n\nYou can ask again at any time.",
        key=f"application:{application.pk}:refused",
        at=at,
    )
    return application


@transaction.atomic
def suspend(made: Award, *, because: str, by: Staff, at: datetime) -> Award:
    """Take a mark out of sight for a reason, until it is restored or ends.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: it does not stand, or there is no reason.
    """
    made = _award(made, by, Award.Status.STANDS, because=because)
    _change(made, Award.Status.SUSPENDED, because=because, by=by, at=at)
    directory.set_mark(made.entry, mark=Mark.NONE, until=None, at=at)
    _tell_change(made, "is suspended", at=at)
    return made


@transaction.atomic
def restore(made: Award, *, because: str, by: Staff, at: datetime) -> Award:
    """Show a suspended mark again, until the end it had.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: it is not suspended, or there is no reason.
    """
    made = _award(made, by, Award.Status.SUSPENDED, because=because)
    _change(made, Award.Status.STANDS, because=because, by=by, at=at)
    directory.set_mark(made.entry, mark=Mark(made.level), until=made.until_on, at=at)
    _tell_change(made, "is restored", at=at)
    return made


@transaction.atomic
def end_marks(*, on: date, at: datetime) -> int:
    """Take marks away whose last day is past; each once, whenever this runs."""
    over = Award.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status__in=[Award.Status.STANDS, Award.Status.SUSPENDED], until_on__lt=on
    )
    ended = list(over.select_related("entry__owner__organisation"))
    for made in ended:
        _change(made, Award.Status.ENDED, because="Its last day is past", by=None, at=at)
        directory.set_mark(made.entry, mark=Mark.NONE, until=None, at=at)
        _tell_change(made, "has ended", at=at)
    return len(ended)


@transaction.atomic
def remind_of_end(*, on: date, at: datetime) -> int:
    """Remind holders, once, that a mark ends soon; staff too, for nobody may be there to read."""
    days = rules(on).value("mark_reminder_days")
    soon = Award.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status=Award.Status.STANDS,
        reminded_at=None,
        until_on__range=(on, on + timedelta(days=days)),
    )
    found = list(soon.select_related("entry__owner__organisation"))
    for made in found:
        made.reminded_at = at
        made.save(update_fields=["reminded_at"])
        name, end = made.entry.name, f"{made.until_on:%-d %B %Y}"
        was_told = telling.tell_provider(
            made.entry,
            subject=f"The mark of {name} ends on {end}",
            text=f"Ask for it again before {end}, and it goes on without a gap.",
            key=f"award:{made.pk}:reminder",
            at=at,
        )
        words = f"The mark of {name} ends: " + ("it was told" if was_told else "ring them")
        tasks.give(
            "renewal", words=words, pk=made.pk, page="quality-award", due_on=made.until_on, at=at
        )
    return len(found)


@transaction.atomic
def publish_criteria(
    each: Iterable[tuple[int, str, str, list[str]]], *, starts_on: date, because: str, by: Staff,
    at: datetime,
) -> Criteria:  # fmt: skip
    """Publish a new version of the criteria, from a day: each a level, words, evidence, sorts.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotAward: there are none, or it starts before today.
    """
    access.require_keeper(by)
    listed = list(each)
    if not listed:
        raise CannotAward(["Write at least one criterion"])
    if starts_on < day(at):
        raise CannotAward(["Start it today or later: what was judged stays judged"])
    newest = Criteria.objects.select_for_update().order_by("-number").first()
    made = Criteria.objects.create(
        number=newest.number + 1 if newest else 1,
        starts_on=starts_on,
        published_at=at,
        published_by=by,
        because=because,
    )
    for place, (level, words, evidence, sorts) in enumerate(listed):
        made.each.create(place=place, level=level, words=words, evidence=evidence, sorts=sorts)
    return made


def _own(application: Application, by: OrganisationMember) -> Application:
    access.require_own(by, application.entry)
    application = _locked(application)
    if application.status != Status.BEGUN:
        raise CannotApply("This application was sent already")
    return application


def _locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",))
    return found.select_related("entry__owner__organisation", "criteria").get(pk=application.pk)


def _waiting(application: Application, by: Staff) -> Application:
    access.require_keeper(by)
    application = _locked(application)
    if application.status != Status.SENT:
        raise CannotAward([f"This was settled already: {application.get_status_display()}"])
    return application


def _settle(
    application: Application, status: Status, *, because: str, by: Staff, at: datetime
) -> None:
    application.status, application.because = status, because
    application.settled_at, application.settled_by = at, by
    application.save()
    tasks.finish("application", pk=application.pk, by=by.sign_in, at=at)


def _award(made: Award, by: Staff, status: Award.Status, *, because: str) -> Award:
    access.require_keeper(by)
    found = Award.objects.select_for_update(of=("self",))
    made = found.select_related("entry__owner__organisation").get(pk=made.pk)
    if made.status != status:
        raise CannotAward([f"This mark is: {made.get_status_display().lower()}"])
    if not because.strip():
        raise CannotAward(["Give your reason: the provider reads it"])
    return made


def _change(
    made: Award, status: Award.Status, *, because: str, by: Staff | None, at: datetime
) -> None:
    made.status, made.because, made.changed_at, made.changed_by = status, because, at, by
    made.save()
    if status == Award.Status.ENDED:
        tasks.finish("renewal", pk=made.pk, by=None, at=at)


def _tell_change(made: Award, what: str, *, at: datetime) -> None:
    telling.tell_provider(
        made.entry,
        subject=f"The mark of {made.entry.name} {what}",
        text=f"Why: {made.because}",
        key=f"award:{made.pk}:{made.status}:{at.timestamp():.0f}",
        at=at,
    )
