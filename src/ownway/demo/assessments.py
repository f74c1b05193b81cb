"""What stood before the invented people's budgets: five points, reablement, assessments."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from ownway.demo.population import SEED, Life, by_whom
from ownway.demo.writing import write
from ownway.foundation.council import queries as council
from ownway.foundation.people.models import SupportReason
from ownway.foundation.record.actions import decision_of
from ownway.foundation.record.models import Clock, Decision
from ownway.journey.assessment.models import Assessment, Kind, LedBy, PartOfLife, Status
from ownway.journey.prevention.models import Mark, PointMark
from ownway.journey.prevention.queries import POINTS
from ownway.journey.reablement.models import Kind as Why
from ownway.journey.reablement.models import Outcome, Referral, Source, Waiver
from ownway.policy import domains, eligibility

PAST_ASSESSMENT = {"planning", "offered", "active"}
EVIDENCE = {
    "community": "Goes to the Thursday group",
    "home": "Rails fitted, rugs taken up",
    "telecare": "Wears an alarm",
    "benefits": "Attendance Allowance is paid",
    "carer": "Nobody cares unpaid",
}
RISK_OF_LEVEL = {4: "vital_personal_care"}


def assess(lives: list[Life], *, at: datetime) -> int:
    """Write what stood before a budget for everybody who has one; say how many assessments."""
    rng = np.random.default_rng(SEED + 2)
    past = [life for life in lives if life.stage in PAST_ASSESSMENT]
    now = [life for life in lives if life.stage == "assessing"]
    write(PointMark, [mark for life in past for mark in _points(life)])
    write(Referral, [_referral(life) for life in past if _can_get_stronger(life)])
    write(Referral, [_open_referral(life) for life in lives if life.stage == "reablement"])
    write(Waiver, [_waiver(life) for life in past if not _can_get_stronger(life)])
    decided = write(Decision, list(_decisions(past, at=at)))
    by_person = {decision.person_id: decision for decision in decided}
    made = write(Assessment, list(_assessments(past + now, by_person, at=at)))
    people = {life.person.pk: life for life in lives}
    write(PartOfLife, list(_parts(rng, made, people)))
    write(Clock, list(_clocks(made)))
    return len(made)


def _points(life: Life) -> Iterator[PointMark]:
    moment = life.began + timedelta(days=20)
    for point in POINTS:
        words = (
            EVIDENCE[point] if point != "carer" or not life.carer else "Had a carer’s assessment"
        )
        yield PointMark(
            person=life.person,
            point=point,
            mark=Mark.DONE,
            evidence=words,
            at=moment,
            by=by_whom(life),
        )


def _can_get_stronger(life: Life) -> bool:
    return life.person.support_reason not in {SupportReason.MEMORY, SupportReason.LEARNING}


def _referral(life: Life) -> Referral:
    return Referral(
        person=life.person,
        source=Source.COMMUNITY,
        because="To do more at home again",
        asked_at=life.began + timedelta(days=1),
        asked_by=by_whom(life),
        ended_at=life.began + timedelta(days=16),
        ended_by=by_whom(life),
        outcome=Outcome.SAME_SUPPORT,
    )


def _open_referral(life: Life) -> Referral:
    source = Source.HOSPITAL if life.person.pk % 3 == 0 else Source.COMMUNITY
    return Referral(
        person=life.person,
        source=source,
        because="To do more at home again",
        asked_at=life.began + timedelta(hours=3),
        asked_by=by_whom(life),
    )


def _waiver(life: Life) -> Waiver:
    return Waiver(
        person=life.person,
        kind=Why.CANNOT_FOLLOW,
        because="Could not take part in a plan of exercises",
        decided_by=life.worker,
        at=life.began + timedelta(days=8),
    )


def _decisions(lives: list[Life], *, at: datetime) -> Iterator[Decision]:
    version, pack = council.live_settings(at.date()), council.rules(at.date())
    for life in lives:
        highest = max(life.levels)
        wanted = RISK_OF_LEVEL.get(highest, "most_personal_care")
        risks = [wanted]
        moment = min(life.began + timedelta(days=22), at)
        worked = eligibility.decide({"who": "adult", "risks": risks}, pack)
        yield decision_of(
            worked, person=life.person, by=by_whom(life), at=moment, because="", version=version
        )


def _assessments(
    lives: list[Life], decided: dict[int, Decision], *, at: datetime
) -> Iterator[Assessment]:
    for life in lives:
        decision = decided.get(life.person.pk)
        begun = Assessment(
            person=life.person,
            kind=Kind.ADULT,
            led_by=LedBy.STAFF,
            counts_from=life.began,
            opened_at=life.began + timedelta(hours=1),
            opened_by=by_whom(life),
        )
        if decision:
            begun.status, begun.decision = Status.VALIDATED, decision
            begun.answered_at = begun.validated_at = decision.at
            begun.answered_by, begun.validated_by = by_whom(life), life.worker
        yield begun


def _parts(
    rng: np.random.Generator, made: list[Assessment], lives: dict[int, Life]
) -> Iterator[PartOfLife]:
    for assessment in made:
        if assessment.status != Status.VALIDATED:
            continue
        life = lives[assessment.person_id]
        for key, level in zip(domains.KEYS, life.levels, strict=True):
            yield PartOfLife(
                assessment=assessment,
                key=key,
                said_level=level,
                level=level,
                said_help="none",
                help="none",
                checked_at=assessment.validated_at,
                checked_by=by_whom(life),
            )


def _clocks(made: list[Assessment]) -> Iterator[Clock]:
    days = timedelta(days=int(council.rules(made[0].opened_at.date()).value("assessment_days")))
    for assessment in made:
        yield Clock(
            name="assess.complete",
            person=assessment.person,
            title="Assessment",
            subject=assessment.subject,
            started_at=assessment.counts_from,
            due_at=assessment.counts_from + days,
            stopped_at=assessment.validated_at,
        )
