"""Opening an assessment, by what a contact asked for or by staff, and not having one."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.forms import actions as forms
from ownway.foundation.forms import queries as live
from ownway.foundation.forms.models import Form
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as events
from ownway.foundation.record.models import Event
from ownway.journey.assessment import access, queries
from ownway.journey.assessment.models import Assessment, Kind, LedBy, Matter, Status


class CannotOpen(ValueError):
    """An assessment that cannot be opened, or not be put aside; the message says what to do."""

    def __init__(self, message: str, field: str = "kind") -> None:
        super().__init__(message)
        self.field = field


def bring_forms_in(*, at: datetime, by: SignIn | None = None) -> list[Form]:
    """Bring in the forms that this stage ships; a council's own version of them stays live."""
    found = []
    for name in queries.NAMES.values():
        live_now = live.live_form(name)
        text = (queries.SHIPPED / f"{name}.json").read_text("utf-8")
        found.append(live_now or forms.bring_in(text, name=name, at=at, by=by).form)
    return found


def open_from_screening(event: Event, *, at: datetime) -> Assessment:
    """Open what a contact asked for. Asked again, it is the same assessment.

    Its clock counts from the start of the contact, not from this moment.
    """
    assert event.person is not None
    facts = event.facts
    started = facts.get("started_at")
    return _open(
        event.person,
        kind=Kind.CARER if facts.get("who") == "carer" else Kind.ADULT,
        counts_from=datetime.fromisoformat(started) if started else event.at,
        first_band=str(facts.get("band") or ""),
        led_by=LedBy.SELF,
        by=event.by,
        at=max(at, event.at),
    )


@transaction.atomic
def open_assessment(
    person: Person, *, kind: str, by: SignIn, at: datetime, led_by: str = LedBy.STAFF
) -> Assessment:
    """Open an assessment from the desk; its clock counts from the last contact, or from now.

    Raises:
        PermissionDenied: `by` may not assess this person.
        CannotOpen: a carer's own is asked for somebody who cares for nobody.
    """
    access.require_may_assess(by, person, at=at)
    if kind == Kind.CARER and not people.cared_for_by(person):
        raise CannotOpen(f"The record does not say whom {person.called} cares for. Add that first")
    return _open(
        person,
        kind=Kind(kind),
        counts_from=_last_contact(person, at),
        first_band="",
        led_by=LedBy(led_by),
        by=by,
        at=at,
    )


def _last_contact(person: Person, at: datetime) -> datetime:
    """The start of the contact that led here, unless an assessment was done since."""
    begun = events.last_event(person, "contact.screened") or events.last_event(
        person, "contact.begun"
    )
    if begun is None:
        return at
    done = queries.latest(person)
    started = datetime.fromisoformat(begun.facts.get("started_at") or begun.at.isoformat())
    return at if done and done.validated_at and done.validated_at > started else started


@transaction.atomic
def _open(
    person: Person,
    *,
    kind: Kind,
    counts_from: datetime,
    first_band: str,
    led_by: LedBy,
    by: SignIn | None,
    at: datetime,
) -> Assessment:
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if same := queries.going_on(person, kind):
        return same
    cared_for = people.cared_for_by(person) if kind == Kind.CARER else []
    opened = Assessment.objects.create(
        person=person,
        kind=kind,
        cares_for=cared_for[0].other if cared_for else None,
        led_by=led_by,
        first_band=first_band,
        counts_from=min(counts_from, at),
        opened_at=at,
        opened_by=by,
    )
    record.start_clock(
        queries.CLOCK,
        person=person,
        title="Carer’s assessment" if opened.is_about_a_carer else "Assessment",
        at=opened.counts_from,
        due_at=queries.end_of(queries.done_by(opened)),
        owner=people.named_worker(person),
        subject=opened.subject,
    )
    _give_to_worker(opened, at=at)
    _tell_opened(opened, by=by, at=at)
    return opened


def _tell_opened(opened: Assessment, *, by: SignIn | None, at: datetime) -> None:
    record.write(
        "assessment.opened",
        about=opened.person,
        by=by,
        at=at,
        words=(
            "You can tell us about your life as a carer"
            if opened.is_about_a_carer
            else "You can tell us what help you need"
        ),
        assessment=opened.pk,
        assessment_kind=opened.kind,
    )


def _give_to_worker(opened: Assessment, *, at: datetime) -> None:
    """The worker has it from the first day: what it waits for, and by when it is to be done."""
    owner, person = owner_of(opened), opened.person
    if owner is None:
        return
    record.give_task(
        queries.ANSWERS_TASK,
        person=person,
        words=f"{'Carer’s assessment' if opened.is_about_a_carer else 'Assessment'} of "
        f"{person.formal_name}",
        owner=owner,
        due_at=max(queries.end_of(queries.done_by(opened)), at),
        at=at,
        address=reverse("assessment", args=[person.pk]),
        subject=opened.subject,
        waiting_for="their answers" if opened.led_by == LedBy.SELF else "",
    )


@transaction.atomic
def decline(assessment: Assessment, *, because: str, by: SignIn, at: datetime) -> Assessment:
    """Put an assessment aside because the person does not want it.

    Source: Care Act 2014 s.11: a refusal is respected, unless the adult lacks capacity to refuse
    and it is in their best interests, or is at risk of abuse or neglect.
    Raises:
        PermissionDenied: `by` may not assess this person.
        CannotOpen: no reason, it is decided, or a record says they cannot decide this.
    """
    access.require_may_assess(by, assessment.person, at=at)
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    _refuse_decline(assessment, because)
    assessment.status, assessment.declined_because = Status.DECLINED, because.strip()
    assessment.save(update_fields=["status", "declined_because"])
    _stop(assessment, by=by, at=at)
    record.write(
        "assessment.declined",
        about=assessment.person,
        by=by,
        at=at,
        words="You did not want an assessment now. You can ask for one at any time",
        assessment=assessment.pk,
    )
    return assessment


def _refuse_decline(assessment: Assessment, because: str) -> None:
    if not assessment.is_going_on:
        raise CannotOpen("This assessment is finished already", "because")
    if len(because.strip()) < 5:
        raise CannotOpen("Say what the person said, in a few words", "because")
    capacity = queries.capacity_of(assessment.person, Matter.ASSESSMENT)
    if capacity and not capacity.has_capacity:
        words = "The record says they cannot decide this. Go on, if that is best for them"
        raise CannotOpen(words, "because")


def _stop(assessment: Assessment, *, by: SignIn, at: datetime) -> None:
    """Stop the clock and finish the tasks of an assessment."""
    clock = events.clock_of(assessment.person, queries.CLOCK, subject=assessment.subject)
    record.stop_clock(clock, at=at)
    for kind in (queries.ANSWERS_TASK, queries.READ_TASK):
        record.finish_tasks(
            kind, person=assessment.person, by=by, at=at, subject=assessment.subject
        )


def owner_of(assessment: Assessment) -> Staff | None:
    """Who reads the answers: the named worker, or the manager of the long-term team."""
    worker = queries.worker_for(assessment)
    return worker or council.manager_of(council.team("long_term"))
