"""Assessments of people: which there are, how far they are, and what day it is on the clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.memory import once_a_page
from ownway.foundation.council.models import Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.queries import ClockFace
from ownway.journey.assessment import access
from ownway.journey.assessment.models import Assessment, Kind, PartOfLife, Status
from ownway.policy import domains
from ownway.policy.domains import Domain

CLOCK = "assess.complete"
ANSWERS_TASK = "assessment.answers"
READ_TASK = "assessment.read"
_FULL = ("person__household", "cares_for", "answers__form", "decision", "validated_by")


def assessments(viewer: Viewer, *, at: datetime) -> QuerySet[Assessment]:
    """Assessments a viewer may see, newest first."""
    return access.assessments_for(viewer, at=at).select_related(*_FULL)


@once_a_page
def latest(person: Person, *, kind: str = "") -> Assessment | None:
    """Somebody's newest assessment that was not declined; of one kind, if it is named."""
    found = Assessment.objects.filter(person=person).exclude(status=Status.DECLINED)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related(*_FULL).order_by("-opened_at", "-pk").first()


def going_on(person: Person, kind: str) -> Assessment | None:
    """The assessment of a kind that is not decided yet."""
    undecided = (Status.OPEN, Status.ANSWERED)
    found = Assessment.objects.filter(person=person, kind=kind, status__in=undecided)
    return found.select_related(*_FULL).first()


def of_person(person: Person) -> list[Assessment]:
    """Every assessment of somebody, newest first."""
    found = Assessment.objects.filter(person=person).select_related(*_FULL)
    return list(found.order_by("-opened_at", "-pk"))


def found_not_eligible(person: Person) -> Assessment | None:
    """The newest assessment of somebody, where its answer was no; nothing where it was yes."""
    newest = latest(person)
    if newest is None or newest.decision is None or newest.decision.result["eligible"]:
        return None
    return newest


def to_answer(viewer: Viewer, *, at: datetime) -> list[Assessment]:
    """What a resident has to answer or has answered: first about whom they care for, then theirs.

    Of each person and kind the newest only.
    """
    own = people.own_person(viewer)
    own_pk = own.pk if own else None
    newest: dict[tuple[int, str], Assessment] = {}
    theirs = people.own_and_acted_for(viewer, at=at)
    for one in assessments(viewer, at=at).filter(person__in=theirs).exclude(status=Status.DECLINED):
        newest.setdefault((one.person_id, one.kind), one)
    carers_of_others = [
        one for one in newest.values() if one.is_about_a_carer and one.person_id != own_pk
    ]
    mine = [one for one in newest.values() if one not in carers_of_others]
    return sorted(mine, key=lambda one: (one.kind == Kind.CARER, one.person_id == own_pk, one.pk))


def still_to_answer(viewer: Viewer, *, at: datetime) -> list[Assessment]:
    """Of those, what a resident has not sent yet."""
    return [one for one in to_answer(viewer, at=at) if one.is_open]


@dataclass(frozen=True)
class Part:
    """One of the nine parts with its name, and what is known of it, if anything is."""

    domain: Domain
    row: PartOfLife | None
    levels: tuple[str, ...]

    @property
    def said(self) -> str:
        """What the person said, in words."""
        level = self.row.said_level if self.row else None
        return "Not answered" if level is None else self.levels[level]

    @property
    def found(self) -> str:
        """What counts, in words."""
        level = self.row.counts_level if self.row else None
        return "Not known yet" if level is None else self.levels[level]

    @property
    def said_help(self) -> str:
        """What the carer said they will go on doing, in words."""
        return domains.HELP.get(self.row.said_help, "") if self.row else ""

    @property
    def helpers(self) -> str:
        """Who helps now, in words."""
        return ", ".join(HELPERS[who] for who in self.row.who if who in HELPERS) if self.row else ""


HELPERS = {
    "carer": "The carer",
    "family": "Family, a friend or neighbour",
    "paid": "Someone paid",
    "nobody": "Nobody",
}


def domains_of(assessment: Assessment) -> tuple[Domain, ...]:
    """The nine parts this assessment asks about."""
    return domains.CARER_NINE if assessment.is_about_a_carer else domains.NINE


def levels_of(assessment: Assessment) -> tuple[str, ...]:
    """The answers it offers, least first."""
    return domains.CARER_LEVELS if assessment.is_about_a_carer else domains.LEVELS


def parts_of(assessment: Assessment) -> list[Part]:
    """All nine parts in their order, answered or not."""
    rows = {row.key: row for row in PartOfLife.objects.filter(assessment=assessment)}
    levels = levels_of(assessment)
    return [Part(one, rows.get(one.key), levels) for one in domains_of(assessment)]


def changed_parts(assessment: Assessment) -> list[Part]:
    """The parts where staff found something else than was said."""
    return [part for part in parts_of(assessment) if part.row and part.row.is_changed]


# -- The clock ------------------------------------------------------------------------------------


def day_of(assessment: Assessment, *, at: datetime) -> int:
    """How many days after the first contact this is, or was when it was done.

    Source: worked by the calendar: contact 1 March, done 29 March is day 28, and in time.
    """
    end = assessment.validated_at or at
    return (_day(end) - _day(assessment.counts_from)).days


def done_by(assessment: Assessment) -> date:
    """The last day on which it is in time."""
    days: int = council.rules(_day(assessment.counts_from)).value("assessment_days")
    return _day(assessment.counts_from) + timedelta(days=days)


def end_of(day: date) -> datetime:
    """The last second of a day on the council's wall."""
    after = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(after) - timedelta(seconds=1)


def face(assessment: Assessment, *, at: datetime) -> ClockFace:
    """The clock from contact to assessment: "Assessment day 24 of 28", green, amber or red."""
    limit = (done_by(assessment) - _day(assessment.counts_from)).days
    day = day_of(assessment, at=at)
    done = assessment.status == Status.VALIDATED
    state = "late" if day > limit else "watch" if not done and day >= 0.75 * limit else "good"
    words = f"Assessment day {day} of {limit}"
    return ClockFace(state, words, "Assessment", end_of(done_by(assessment)), min(day / limit, 1.0))


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


# -- In words -------------------------------------------------------------------------------------


def state_words(person: Person) -> str:
    """How far somebody's assessment is, for staff, in a few words; empty when there is none."""
    found = [one for kind in Kind.values if (one := latest(person, kind=kind))]
    return "; ".join(_words(one) for one in found)


def _words(assessment: Assessment) -> str:
    prefix = "Carer’s assessment" if assessment.is_about_a_carer else "Assessment"
    if assessment.status == Status.VALIDATED and assessment.decision:
        return f"{prefix} done: {result_words(assessment.decision.result)}"
    draft = assessment.is_open and assessment.answers is not None
    state = "saved as draft" if draft else assessment.get_status_display().lower()
    return f"{prefix}: {state}"


def result_words(result: dict[str, object]) -> str:
    """The answer of an eligibility decision: "substantial, eligible"."""
    eligible = "eligible" if result["eligible"] else "not eligible"
    return f"{result['band']}, {eligible}" if "band" in result else eligible


def worker_for(assessment: Assessment) -> Staff | None:
    """Who reads the answers: the named worker, their own or of whom they care for."""
    return people.named_worker(assessment.person) or (
        people.named_worker(assessment.cares_for) if assessment.cares_for else None
    )
