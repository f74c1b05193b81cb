"""Opening, answering, checking, deciding; and what each refuses."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.forms.actions import CannotFinish
from ownway.foundation.letters.models import Letter
from ownway.foundation.people import actions as people
from ownway.foundation.people import queries as known
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event, Task
from ownway.journey.assessment import actions, queries
from ownway.journey.assessment.actions import Found
from ownway.journey.assessment.models import Assessment, PartOfLife, Status
from ownway.policy.refusals import FactsMissing
from tests.journey.assessment.conftest import (
    CALLED,
    FRIDAY,
    LEVELS,
    SCREENED,
    THURSDAY,
    VALIDATED,
    again,
    ask,
)

BECAUSE = "You need help each day with most personal care"


# -- Opening --------------------------------------------------------------------------------------


def test_a_screening_opens_an_assessment_whose_clock_counts_from_the_call(
    his: Assessment, dev: Staff
) -> None:
    clock = record.clock_of(his.person, queries.CLOCK)

    assert his.status == Status.OPEN
    assert his.counts_from == CALLED
    assert his.first_band == "substantial"
    assert clock is not None
    assert clock.started_at == CALLED
    assert queries.done_by(his).isoformat() == "2026-02-03"
    assert clock.owner == dev


def test_asked_for_twice_it_is_opened_once(his: Assessment, harold: Person, gwen: Staff) -> None:
    same = actions.open_from_screening(ask(harold, "person", gwen), at=THURSDAY)

    assert same.pk == his.pk
    assert Assessment.objects.count() == 1
    assert Event.objects.filter(kind="assessment.opened").count() == 1


def test_a_carers_own_assessment_knows_whom_she_cares_for(hers: Assessment, harold: Person) -> None:
    assert hers.is_about_a_carer
    assert hers.cares_for == harold


def test_staff_open_one_from_the_desk_and_it_counts_from_now(harold: Person, dev: Staff) -> None:
    people.name_worker(harold, staff=dev, at=SCREENED)

    opened = actions.open_assessment(harold, kind="adult", by=dev.sign_in, at=THURSDAY)

    assert opened.counts_from == THURSDAY
    assert opened.led_by == "staff"


def test_a_carers_assessment_of_somebody_who_cares_for_nobody_is_refused(
    harold: Person, dev: Staff
) -> None:
    people.name_worker(harold, staff=dev, at=SCREENED)

    with pytest.raises(actions.CannotOpen, match="whom Mr Jones cares for"):
        actions.open_assessment(harold, kind="carer", by=dev.sign_in, at=THURSDAY)

    assert not Assessment.objects.exists()


def test_an_access_officer_does_not_open_assessments(harold: Person, gwen: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_assessment(harold, kind="adult", by=gwen.sign_in, at=THURSDAY)


def test_staff_without_a_reason_to_see_somebody_do_not_assess_them(
    harold: Person, dev: Staff
) -> None:
    with pytest.raises(PermissionDenied, match="reason"):
        actions.open_assessment(harold, kind="adult", by=dev.sign_in, at=THURSDAY)


def test_not_wanting_an_assessment_is_respected_and_stops_the_clock(
    his: Assessment, dev: Staff
) -> None:
    done = actions.decline(his, because="He said no, twice", by=dev.sign_in, at=THURSDAY)

    assert done.status == Status.DECLINED
    clock = record.clock_of(his.person, queries.CLOCK)
    assert clock is not None
    assert clock.stopped_at == THURSDAY
    assert queries.latest(his.person) is None


def test_not_wanting_one_needs_what_was_said(his: Assessment, dev: Staff) -> None:
    with pytest.raises(actions.CannotOpen, match="what the person said"):
        actions.decline(his, because=" ", by=dev.sign_in, at=THURSDAY)

    his.refresh_from_db()
    assert his.status == Status.OPEN


# -- Answering ------------------------------------------------------------------------------------


def test_beginning_fills_in_what_the_record_knows(his: Assessment, edith_in: SignIn) -> None:
    answers = actions.begin(his, by=edith_in, at=THURSDAY)

    said = {spot.link_id: values[0] for spot, values in answers.values.items()}
    assert said["known.name"] == "Harold Jones"
    assert said["known.address"].startswith("14 Copper Lane")
    assert said["asked.help"] is True


def test_beginning_twice_is_one_draft(his: Assessment, edith_in: SignIn) -> None:
    first = actions.begin(his, by=edith_in, at=THURSDAY)

    assert actions.begin(again(his), by=edith_in, at=THURSDAY) == first


def test_a_stranger_does_not_answer(his: Assessment, gwen: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin(his, by=gwen.sign_in, at=THURSDAY)

    his.refresh_from_db()
    assert his.answers is None


def test_mr_jones_comes_to_40_points_and_25_that_mrs_jones_meets(
    finished: tuple[Assessment, Assessment], rules_now: object
) -> None:
    his, hers = finished

    of_him, of_her = queries.points(his, rules_now), queries.points(hers, rules_now)  # type: ignore[arg-type]

    assert of_him is not None
    assert (of_him.need, of_him.help, of_him.left) == (40, 25, 15)
    assert of_her is not None
    assert (of_her.need, of_her.help) == (5, 0)


def test_finishing_gives_the_worker_a_task_due_when_they_hear(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    tasks = Task.objects.filter(kind=queries.READ_TASK, done_at=None)

    assert {task.owner for task in tasks} == {dev}
    assert {task.due_at.astimezone(THURSDAY.tzinfo).date().isoformat() for task in tasks} == {
        "2026-02-03"
    }
    assert all(task.address for task in tasks)


def test_a_missing_answer_refuses_both_and_keeps_all(
    his: Assessment, hers: Assessment, answer: Callable[..., Assessment], edith_in: SignIn
) -> None:
    both = [answer(his), answer(hers, but=("rest.level",))]

    with pytest.raises(CannotFinish):
        actions.finish(both, by=edith_in, at=THURSDAY)

    assert set(Assessment.objects.values_list("status", flat=True)) == {"open"}
    assert not PartOfLife.objects.exists()
    assert not Task.objects.filter(kind=queries.READ_TASK).exists()


def test_finishing_twice_is_refused_and_gives_one_task(
    finished: tuple[Assessment, Assessment], edith_in: SignIn
) -> None:
    with pytest.raises(PermissionDenied):
        actions.finish([finished[0]], by=edith_in, at=THURSDAY)

    waiting = Task.objects.filter(person=finished[0].person, done_at=None)
    assert [task.kind for task in waiting] == [queries.READ_TASK]


def test_a_telephone_number_that_was_not_known_is_known_from_now_on(
    hers: Assessment, answer: Callable[..., Assessment], edith_in: SignIn
) -> None:
    from ownway.design.questionnaire.answers import Spot
    from ownway.foundation.forms import actions as forms

    begun = answer(hers).answers
    assert begun is not None
    typed = {Spot("known.phone"): ("01632 960400",)}
    forms.save_page(begun, typed, seen=begun.version, by=edith_in, at=THURSDAY)

    actions.finish([again(hers)], by=edith_in, at=THURSDAY)

    hers.person.refresh_from_db()
    assert hers.person.phone == "01632 960400"
    assert queries.facts_for(hers, edith_in)["person.phone"] == "01632 960400"


def test_agreeing_to_share_is_a_consent_and_not_agreeing_takes_it_back(
    finished: tuple[Assessment, Assessment],
) -> None:
    consents = known.consents_of(finished[0].person, at=THURSDAY)

    assert [one.scope for one in consents] == ["health_and_care"]
    told = Event.objects.get(kind="consent.given", person=finished[0].person)
    assert told.facts == {"scope": "health_and_care"}


# -- Checking -------------------------------------------------------------------------------------


def test_what_staff_found_stands_beside_what_was_said(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    found = {"washing": Found(level=4, help="half", because="Dev saw that it takes longer now")}

    actions.check_parts(finished[0], found, by=dev.sign_in, at=VALIDATED)

    row = PartOfLife.objects.get(assessment=finished[0], key="washing")
    assert (row.said_level, row.level, row.counts_level) == (3, 4, 4)
    assert (row.said_help, row.counts_help) == ("all", "half")
    facts = queries.points_facts(finished[0].person)
    assert facts is not None
    assert facts["answers"]["washing"] == {"level": 4, "help": "half", "two_people": False}


def test_a_finding_that_differs_needs_a_reason_the_person_reads(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    with pytest.raises(actions.CannotCheck) as refusal:
        actions.check_parts(finished[0], {"washing": Found(level=1)}, by=dev.sign_in, at=VALIDATED)

    assert "Washing and dressing" in refusal.value.faults["washing"]
    assert PartOfLife.objects.get(assessment=finished[0], key="washing").level is None


def test_a_level_that_is_not_offered_is_refused(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    with pytest.raises(actions.CannotCheck, match="Choose a level"):
        actions.check_parts(
            finished[1], {"rest": Found(level=4, because="x")}, by=dev.sign_in, at=VALIDATED
        )


def test_the_database_itself_asks_for_the_reason(
    finished: tuple[Assessment, Assessment],
) -> None:
    row = PartOfLife.objects.get(assessment=finished[0], key="washing")
    row.level = 0

    with pytest.raises(DatabaseError, match="reason"), transaction.atomic():
        row.save()


# -- Deciding -------------------------------------------------------------------------------------


def test_the_band_is_confirmed_with_reasons_on_day_24_of_28(
    finished: tuple[Assessment, Assessment], dev: Staff, rules_now: object
) -> None:
    his = finished[0]
    start = queries.suggested(his, rules_now)  # type: ignore[arg-type]

    done = actions.decide(his, start, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    assert done.decision.result["band"] == "substantial"
    assert done.decision.result["eligible"] is True
    assert queries.day_of(done, at=VALIDATED) == 24
    face = queries.face(done, at=VALIDATED + timedelta(days=90))
    assert (face.words, face.state) == ("Assessment day 24 of 28", "good")
    clock = record.clock_of(his.person, queries.CLOCK)
    assert clock is not None
    assert clock.stopped_at == VALIDATED
    assert not Task.objects.filter(person=his.person, done_at=None).exists()


def test_the_decision_can_be_worked_out_again(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    judged = {"risks": ["most_personal_care"]}
    done = actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    kept = record.decision_of(done.person, "eligibility")

    assert kept == done.decision
    assert kept is not None
    assert record.worked_again(kept).as_json() == kept.worked


def test_the_letter_says_the_answer_the_reasons_and_how_to_challenge(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    found = {"washing": Found(level=4, help="all", because="It takes two hours a day")}
    actions.check_parts(finished[0], found, by=dev.sign_in, at=VALIDATED)

    judged = {"risks": ["most_personal_care"]}
    actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    letter = Letter.objects.get(kind="assessment.decision")
    words = str(letter.body)
    assert letter.person == finished[0].person
    assert "You can get help" in words
    assert BECAUSE in words
    assert "Cannot do most personal care" in words
    assert "you said “help most times”, we found “help every time”" in words
    assert "If you think we are wrong" in words


def test_deciding_without_a_reason_is_refused_and_changes_nothing(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    with pytest.raises(actions.CannotDecide, match="why"):
        actions.decide(finished[0], {"risks": []}, because="ok", by=dev.sign_in, at=VALIDATED)

    assert again(finished[0]).status == Status.ANSWERED
    assert record.decision_of(finished[0].person, "eligibility") is None
    assert not Letter.objects.exists()


def test_deciding_before_the_answers_are_finished_is_refused(
    his: Assessment, answer: Callable[..., Assessment], dev: Staff
) -> None:
    draft = answer(his)

    with pytest.raises(actions.CannotDecide, match="draft"):
        actions.decide(draft, {"risks": []}, because=BECAUSE, by=dev.sign_in, at=VALIDATED)


def test_deciding_with_an_unknown_part_of_life_is_refused(his: Assessment, dev: Staff) -> None:
    with pytest.raises(actions.CannotDecide, match="nine parts"):
        actions.decide(his, {"risks": []}, because=BECAUSE, by=dev.sign_in, at=VALIDATED)


def test_deciding_without_a_judgement_is_asked_for_by_name(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    with pytest.raises(FactsMissing) as missing:
        actions.decide(finished[0], {}, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert missing.value.names == ("risks",)


def test_deciding_twice_is_refused_and_sends_one_letter(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    judged = {"risks": ["most_personal_care"]}
    actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    with pytest.raises(actions.CannotDecide, match="decided already"):
        actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert Letter.objects.count() == 1


def test_staff_may_lead_the_whole_assessment_without_a_form(his: Assessment, dev: Staff) -> None:
    found = {key: Found(level=level, help="none") for key, level in LEVELS.items()}
    actions.check_parts(his, found, by=dev.sign_in, at=VALIDATED)

    done = actions.decide(his, {"risks": []}, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    assert done.decision.result["eligible"] is False
    assert done.decision.result["route"] == "prevention"


# -- Worked examples ------------------------------------------------------------------------------


def test_example_1_most_personal_care_is_substantial_and_eligible(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    judged = {"risks": ["most_personal_care", "several_social"]}

    done = actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    assert (done.decision.result["band"], done.decision.result["eligible"]) == ("substantial", True)


def test_example_1_several_social_ties_alone_are_moderate_and_go_to_prevention(
    finished: tuple[Assessment, Assessment], dev: Staff
) -> None:
    judged = {"risks": ["several_social"]}

    done = actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    result = done.decision.result
    assert (result["band"], result["eligible"], result["route"]) == (
        "moderate",
        False,
        "prevention",
    )


CARE_ACT_OUTCOMES = (
    "nutrition", "hygiene", "toilet", "clothing", "home_safety", "habitable_home",
    "relationships", "work", "community", "child_care",
)  # fmt: skip


@pytest.mark.parametrize(
    ("unable", "cause", "significant", "eligible"),
    [
        ({"hygiene": ["L2"], "clothing": ["L4"], "community": ["L1"]}, True, True, True),
        ({"hygiene": ["L2"]}, True, True, False),
        ({"hygiene": ["L2"], "clothing": ["L4"], "community": ["L1"]}, True, False, False),
        ({"hygiene": ["L2"], "clothing": ["L4"], "community": ["L1"]}, False, True, False),
        ({"relationships": ["L1"], "community": ["L1"]}, True, True, True),
    ],
)
def test_example_2_the_care_act_asks_for_cause_two_outcomes_and_a_big_effect(
    finished: tuple[Assessment, Assessment],
    dev: Staff,
    care_act: object,
    unable: dict[str, list[str]],
    cause: bool,
    significant: bool,
    eligible: bool,
) -> None:
    judged = {
        "needs_from_impairment": cause,
        "outcomes": {key: unable.get(key, []) for key in CARE_ACT_OUTCOMES},
        "significant_impact": significant,
    }

    done = actions.decide(finished[0], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    assert done.decision.pack == "careact-2014"
    assert done.decision.result["eligible"] is eligible


@pytest.mark.parametrize(
    ("unable", "eligible"),
    [({"recreation": ["L1"], "work": ["L2"]}, True), ({}, False)],
)
def test_example_3_a_carer_needs_one_outcome_or_health_at_risk(
    finished: tuple[Assessment, Assessment],
    dev: Staff,
    care_act: object,
    unable: dict[str, list[str]],
    eligible: bool,
) -> None:
    keys = ("child_care", "care_of_others", "habitable_home", "nutrition", "relationships",
            "work", "community", "recreation")  # fmt: skip
    judged = {
        "necessary_care": True,
        "health_at_risk": False,
        "outcomes": {key: unable.get(key, []) for key in keys},
        "significant_impact": True,
    }

    done = actions.decide(finished[1], judged, because=BECAUSE, by=dev.sign_in, at=VALIDATED)

    assert done.decision is not None
    assert done.decision.result["eligible"] is eligible


def test_what_one_who_acts_for_her_began_another_may_finish(
    hers: Assessment, edith: Person, edith_in: SignIn, answer: Callable[..., Assessment]
) -> None:
    sister = SignIn.objects.create_user(email="joy@alderbrook.example", password=None, name="Joy")
    people.let_act_for(sister, person=edith, kind="family", authority="She asked", at=CALLED)
    actions.begin(hers, by=sister, at=FRIDAY)

    done = actions.finish([answer(hers)], by=edith_in, at=THURSDAY)

    assert done[0].answered_by == edith_in
