"""Deciding who is eligible, under the rules of the day, and telling them in writing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Decision
from ownway.journey.assessment import access, queries
from ownway.journey.assessment.actions.opening import _stop
from ownway.journey.assessment.models import Assessment, LedBy, Status
from ownway.journey.assessment.queries.telling import letter_body, letter_title
from ownway.policy import eligibility

Facts = Mapping[str, Any]


class CannotDecide(ValueError):
    """An assessment that cannot be decided yet; the message says what to do first."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def decide(
    assessment: Assessment, judged: Facts, *, because: str, by: SignIn, at: datetime
) -> Assessment:
    """Decide eligibility with reasons, stop the clock, and send the decision in plain words.

    Raises:
        PermissionDenied: `by` may not assess this person.
        CannotDecide: it is decided, a part of life is unknown, or no reason is given.
        policy.refusals.FactsMissing: a judgement has not been made.
        policy.refusals.FactsRefused: a judgement cannot be right.
    """
    staff = access.require_may_assess(by, assessment.person, at=at)
    assessment = _locked(assessment)
    _refuse(assessment, because)
    who = "carer" if assessment.is_about_a_carer else "adult"
    facts = {**judged, "who": who, "called": assessment.person.formal_name}
    worked = eligibility.decide(facts, council.rules(timezone.localtime(at).date()))
    kept = record.keep_decision(
        worked,
        person=assessment.person,
        by=by,
        at=at,
        because=because.strip(),
        subject=assessment.subject,
    )
    _validate(assessment, kept, staff=staff, at=at)
    _stop(assessment, by=by, at=at)
    _tell(assessment, kept, by=by, at=at)
    return assessment


def _locked(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update(of=("self",))
    return locked.select_related("person__household", "cares_for", "answers__form").get(
        pk=assessment.pk
    )


def _refuse(assessment: Assessment, because: str) -> None:
    if not assessment.is_going_on:
        raise CannotDecide("This assessment is decided already. Open a new one to change it")
    if assessment.is_open and assessment.answers is not None and assessment.led_by != LedBy.STAFF:
        name = queries.first_name(assessment.person)
        raise CannotDecide(f"The answers about {name} are a draft. Wait until they are finished")
    if queries.facts_of(assessment) is None:
        raise CannotDecide("Choose a level for each of the nine parts first")
    if len(because.strip()) < 10:
        raise CannotDecide("Say in a sentence why. The person will read it", "because")


def _validate(assessment: Assessment, kept: Decision, *, staff: Staff, at: datetime) -> None:
    assessment.status = Status.VALIDATED
    assessment.validated_at, assessment.validated_by = at, staff
    assessment.decision = kept
    assessment.save(update_fields=["status", "validated_at", "validated_by", "decision"])


def _tell(assessment: Assessment, kept: Decision, *, by: SignIn, at: datetime) -> None:
    eligible = kept.result["eligible"]
    record.write(
        "assessment.validated",
        about=assessment.person,
        by=by,
        at=at,
        words="You can get help paid for by the council"
        if eligible
        else "The council will not pay for help now, and told you why",
        detail=f"Assessment day {queries.day_of(assessment, at=at)}",
        is_key=True,
        assessment=assessment.pk,
        assessment_kind=assessment.kind,
        decision=kept.pk,
        eligible=eligible,
        band=kept.result.get("band", ""),
    )
    letters.write_letter(
        "assessment.decision",
        about=assessment.person,
        to=assessment.person,
        title=letter_title(assessment),
        body=letter_body(assessment, kept),
        by=by,
        at=at,
    )
