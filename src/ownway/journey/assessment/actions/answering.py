"""Beginning to answer, and finishing: what was said becomes the parts of life that count."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from ownway.design.dates import day_and_month
from ownway.foundation.council.models import SignIn
from ownway.foundation.forms import actions as forms
from ownway.foundation.forms import queries as live
from ownway.foundation.forms.models import Answers
from ownway.foundation.people import actions as people
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access, queries
from ownway.journey.assessment.actions.opening import bring_forms_in, owner_of
from ownway.journey.assessment.models import Assessment, LedBy, PartOfLife, Status

SHARE = "health_and_care"
GIVEN_TO = "The doctor and others who help"


@transaction.atomic
def begin(assessment: Assessment, *, by: SignIn, at: datetime) -> Answers:
    """Begin to answer, or go on; what the record knows is filled in.

    Raises:
        PermissionDenied: it is not theirs to answer, or it is finished.
    """
    access.require_may_answer(by, assessment, at=at)
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if assessment.answers is not None:
        return assessment.answers
    name = queries.form_name(assessment)
    form = live.live_form(name) or next(f for f in bring_forms_in(at=at) if f.name == name)
    is_self = queries.answers_for_self(assessment, by)
    answers = forms.start(
        form,
        about=assessment.person,
        by=by,
        role=Answers.Role.PERSON if is_self else Answers.Role.CARER,
        at=at,
        facts=queries.facts_for(assessment, by),
    )
    assessment.answers = answers
    assessment.led_by = LedBy.SELF if is_self else LedBy.SUPPORTED
    assessment.save(update_fields=["answers", "led_by"])
    record.write(
        "assessment.begun",
        about=assessment.person,
        by=by,
        at=at,
        words="The questions about you were begun",
        assessment=assessment.pk,
    )
    return answers


@transaction.atomic
def finish(assessments: Sequence[Assessment], *, by: SignIn, at: datetime) -> list[Assessment]:
    """Finish the answers to these together; nothing is finished unless all can be.

    Raises:
        PermissionDenied: one is not theirs to answer, or is finished.
        forms.CannotFinish: a question is still to be answered.
    """
    return [_finish_one(one, by=by, at=at) for one in assessments]


def _finish_one(assessment: Assessment, *, by: SignIn, at: datetime) -> Assessment:
    access.require_may_answer(by, assessment, at=at)
    locked = Assessment.objects.select_for_update(of=("self",)).select_related(
        "person", "cares_for"
    )
    assessment = locked.get(pk=assessment.pk)
    access.require_may_answer(by, assessment, at=at)
    answers = begin(assessment, by=by, at=at)
    facts = queries.facts_for(assessment, by)
    assessment.answers = forms.finish(answers, by=by, at=at, facts=facts)
    assessment.status = Status.ANSWERED
    assessment.answered_at, assessment.answered_by = at, by
    assessment.night = next(iter(queries.codes(assessment, "night.level")), "")
    assessment.save()
    _keep_parts(assessment)
    _keep_phone(assessment)
    _keep_consent(assessment, by=by, at=at)
    _hand_over(assessment, by=by, at=at)
    return assessment


def _keep_parts(assessment: Assessment) -> None:
    """One row for each of the nine parts, as it was said."""
    for domain in queries.domains_of(assessment):
        level = queries.codes(assessment, f"{domain.key}.level")
        helped = queries.codes(assessment, f"{domain.key}.help")
        who = queries.codes(assessment, f"{domain.key}.who")
        PartOfLife.objects.update_or_create(
            assessment=assessment,
            key=domain.key,
            defaults={
                "said_level": int(level[0]) if level else None,
                "said_help": helped[0] if helped else "",
                "words": queries.words(assessment, f"{domain.key}.words"),
                "who": list(who or queries.codes(assessment, f"{domain.key}.who-helps")),
            },
        )


def _keep_phone(assessment: Assessment) -> None:
    """A number that was not known is known from now on, and never asked again."""
    phone = queries.words(assessment, "known.phone")
    if phone and not assessment.person.phone:
        people.change_person(assessment.person, phone=phone)


def _keep_consent(assessment: Assessment, *, by: SignIn, at: datetime) -> None:
    """What somebody said of sharing, with an event when that is new."""
    person = assessment.person
    if queries.flag(assessment, "consent.share"):
        given = people.give_consent(person, scope=SHARE, given_to=GIVEN_TO, by=by, at=at)
        if given.given_at == at:
            words = "You said that we may share your answers with others who help you"
            record.write("consent.given", about=person, by=by, at=at, words=words, scope=SHARE)
    elif people.withdraw_consent(person, scope=SHARE, at=at):
        words = "You said that we may not share your answers any more"
        record.write("consent.withdrawn", about=person, by=by, at=at, words=words, scope=SHARE)


def _hand_over(assessment: Assessment, *, by: SignIn, at: datetime) -> None:
    """Give the worker the answers to read, and say on the record that they are in."""
    owner = owner_of(assessment)
    due = queries.done_by(assessment)
    record.finish_tasks(
        queries.ANSWERS_TASK, person=assessment.person, by=by, at=at, subject=assessment.subject
    )
    if owner:
        record.give_task(
            queries.READ_TASK,
            person=assessment.person,
            words=f"Read the answers of {assessment.person.formal_name} and decide",
            owner=owner,
            due_at=max(queries.end_of(due), at),
            at=at,
            address=reverse("assessment", args=[assessment.person_id]),
            subject=assessment.subject,
        )
    reads = f"{owner.first_name} reads them with you" if owner else "We read them with you"
    record.write(
        "assessment.answered",
        about=assessment.person,
        by=by,
        at=at,
        words="You told us about your life as a carer"
        if assessment.is_about_a_carer
        else "You told us what help you need",
        detail=f"{reads}. You will hear by {day_and_month(due)}",
        is_key=True,
        assessment=assessment.pk,
        assessment_kind=assessment.kind,
    )
