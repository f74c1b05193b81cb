import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.jsontext import load
from ownway.design.questionnaire.model import Coding
from ownway.design.questionnaire.refusals import Refused
from ownway.foundation.forms import actions, queries
from ownway.foundation.forms.models import Answers, Form, Save
from tests.conftest import NOON

from .conftest import COUNCIL, COUNCIL_FORMS, SMALL, council_form

ALONE, WITH, WHEN = Spot("1.2"), Spot("1.3"), Spot("3")
YES, NO = Coding("Yes"), Coding("No")


@pytest.fixture
def begun(small, harold, dev):
    return actions.start(
        small,
        about=harold,
        by=dev.sign_in,
        role=Answers.Role.STAFF,
        at=NOON,
        facts=queries.facts_about(harold),
    )


def save(answers, by, typed, seen=None):
    seen = answers.version if seen is None else seen
    return actions.save_page(answers, typed, seen=seen, by=by.sign_in, at=NOON)


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_a_council_form_comes_in_and_goes_out_unchanged_in_meaning(db, name):
    form = council_form(name)

    assert form.status == Form.Status.LIVE
    assert load(queries.exported(form)).value == load((COUNCIL / f"{name}.json").read_bytes()).value


def test_the_same_file_again_is_the_form_already_here(small):
    again = actions.bring_in(json.dumps(SMALL), at=NOON)

    assert (again.form, again.is_new) == (small, False)
    assert Form.objects.count() == 1


def test_the_same_form_spaced_and_ordered_otherwise_is_the_form_already_here(small):
    otherwise = json.dumps(json.loads(small.definition), sort_keys=True, indent=7)

    again = actions.bring_in(otherwise, at=NOON)

    assert (again.form, again.is_new) == (small, False)


def test_a_changed_form_is_the_next_version_and_the_live_one(small):
    changed = actions.bring_in(json.dumps({**SMALL, "title": "At home now"}), at=NOON).form

    small.refresh_from_db()
    assert (small.version, small.status) == ("1", Form.Status.RETIRED)
    assert (changed.version, changed.status) == ("2", Form.Status.LIVE)
    assert queries.live_form("at-home") == changed
    assert queries.form_called("at-home", "1") == small


def test_a_form_that_says_it_is_another_does_not_replace_the_one_of_its_name(db):
    said = {**SMALL, "url": "https://a.example/Questionnaire/at-home"}
    first = actions.bring_in(json.dumps(said), at=NOON).form

    with pytest.raises(Refused, match="at-home is here already as https"):
        actions.bring_in(json.dumps({**said, "url": "https://b.example/other"}), at=NOON)

    first.refresh_from_db()
    assert first.status == Form.Status.LIVE


def test_another_form_under_a_version_that_is_taken_is_refused(db):
    actions.bring_in(json.dumps({**SMALL, "version": "7"}), at=NOON)

    with pytest.raises(Refused, match="Version 7 of at-home is here already and differs"):
        actions.bring_in(json.dumps({**SMALL, "version": "7", "title": "Other"}), at=NOON)

    assert Form.objects.count() == 1


def test_a_refused_form_leaves_nothing_behind(db):
    with pytest.raises(Refused):
        actions.bring_in(json.dumps({**SMALL, "item": [{"linkId": "1", "type": "url"}]}), at=NOON)

    assert not Form.objects.exists()


def test_what_the_second_check_objects_to_is_refused_with_its_line(db):
    text = json.dumps({**SMALL, "date": "yesterday"}, indent=1)

    with pytest.raises(Refused) as refusal:
        actions.bring_in(text, at=NOON)

    problem = refusal.value.problems[0]
    assert "yesterday" in text.splitlines()[problem.line - 1]
    assert problem.reason.startswith("FHIR:")


def test_the_database_holds_one_live_version(small):
    with pytest.raises(IntegrityError), transaction.atomic():
        Form.objects.create(
            name=small.name,
            version="9",
            title="x",
            status="live",
            definition="",
            sha256="",
            questions=0,
            imported_at=NOON,
        )


def test_what_the_record_knows_is_filled_in_from_the_start(begun):
    assert begun.values[Spot("1.1")] == ("Harold Jones",)


def test_staff_go_on_with_what_a_colleague_began_and_residents_with_their_own(
    begun, small, harold, gwen, edith_in
):
    again = actions.start_for_staff(small, about=harold, by=gwen.sign_in, at=NOON)
    hers = actions.start(small, about=harold, by=edith_in, role=Answers.Role.CARER, at=NOON)
    more = actions.start(small, about=harold, by=edith_in, role=Answers.Role.CARER, at=NOON)

    assert again == begun
    assert hers == more != begun


def test_a_save_keeps_the_answer_and_what_stood_there_before(begun, dev):
    first = save(begun, dev, {WITH: ("Edith",)}).answers
    second = save(first, dev, {WITH: ("Edith and Tom",)}).answers

    assert second.values[WITH] == ("Edith and Tom",)
    assert [kept.before["q-1.3"] for kept in Save.objects.order_by("version")] == [
        [],
        [{"valueString": "Edith"}],
    ]


def test_a_double_submit_changes_nothing(begun, dev):
    first = save(begun, dev, {WITH: ("Edith",)}, seen=0)
    again = save(begun, dev, {WITH: ("Edith",)}, seen=0)

    assert again.answers.version == first.answers.version == 1
    assert not again.clashes


def test_two_people_on_the_same_page_lose_nothing_of_each_other(begun, dev, gwen):
    save(begun, dev, {ALONE: (NO,), WITH: ()}, seen=0)
    saved = save(begun, gwen, {ALONE: (), WITH: ("Edith",)}, seen=0)

    assert saved.answers.values[ALONE] == (NO,)
    assert saved.answers.values[WITH] == ("Edith",)
    assert not saved.clashes


def test_two_answers_to_one_question_are_both_kept_until_one_is_chosen(begun, dev, gwen):
    save(begun, dev, {WITH: ("Edith",)}, seen=0)
    saved = save(begun, gwen, {WITH: ("His wife",)}, seen=0)

    assert saved.clashes == {"q-1.3"}
    assert saved.answers.values[WITH] == ("Edith",)
    assert saved.answers.clashes["q-1.3"]["answer"] == [{"valueString": "His wife"}]

    settled = actions.settle_clash(saved.answers, "q-1.3", use_other=True, by=dev.sign_in, at=NOON)

    assert settled.values[WITH] == ("His wife",)
    assert settled.clashes == {}


def test_a_clash_is_over_when_somebody_who_saw_both_writes_a_third(begun, dev, gwen):
    save(begun, dev, {WITH: ("Edith",)}, seen=0)
    clashed = save(begun, gwen, {WITH: ("His wife",)}, seen=0).answers

    kept = save(clashed, dev, {WITH: ("Edith",)}).answers
    assert kept.clashes

    settled = save(kept, dev, {WITH: ("Edith, his wife",)}).answers
    assert settled.clashes == {}


def test_a_row_taken_out_closes_the_gap_and_stays_in_the_history(begun, dev):
    rows = {Spot("2.1", (row,)): (name,) for row, name in enumerate(("Ann", "Ben", "Cy"))}
    saved = save(begun, dev, rows).answers

    left = actions.take_out_row(saved, Spot("2"), 1, by=dev.sign_in, at=NOON)

    assert left.values[Spot("2.1", (1,))] == ("Cy",)
    assert Spot("2.1", (2,)) not in left.values
    assert Save.objects.last().before["q-2.1~1"] == [{"valueString": "Ben"}]


def test_finishing_says_what_is_still_needed_and_changes_nothing(begun, dev):
    with pytest.raises(actions.CannotFinish) as refusal:
        actions.finish(begun, by=dev.sign_in, at=NOON)

    begun.refresh_from_db()
    assert set(refusal.value.faults) == {"q-1.2"}
    assert begun.status == Answers.Status.IN_PROGRESS


def test_finished_answers_hold_only_what_was_asked_and_are_never_changed(begun, dev):
    saved = save(begun, dev, {ALONE: (YES,), WITH: ("said before the answer was changed",)})

    done = actions.finish(
        saved.answers, by=dev.sign_in, at=NOON + timedelta(hours=1), words="You filled in a form"
    )

    assert done.is_finished
    assert WITH not in done.values
    assert done.about.events.get().kind == "form.finished"
    with pytest.raises(PermissionDenied):
        save(done, dev, {WITH: ("too late",)})


def test_two_answers_not_settled_stop_the_finish(begun, dev, gwen):
    save(begun, dev, {ALONE: (YES,)}, seen=0)
    clashed = save(begun, gwen, {ALONE: (NO,)}, seen=0).answers

    with pytest.raises(actions.CannotFinish) as refusal:
        actions.finish(clashed, by=dev.sign_in, at=NOON)

    assert "Two people answered this" in refusal.value.faults["q-1.2"].message


def test_nobody_writes_in_anothers_answers(begun, small, harold, edith_in, dev):
    hers = actions.start(small, about=harold, by=edith_in, role=Answers.Role.CARER, at=NOON)

    with pytest.raises(PermissionDenied):
        actions.save_page(begun, {WITH: ("x",)}, seen=0, by=edith_in, at=NOON)
    with pytest.raises(PermissionDenied):
        save(hers, dev, {WITH: ("x",)})


def test_a_resident_sees_staff_answers_only_when_they_are_finished(begun, harold, edith_in, dev):
    assert not queries.answers_about(edith_in, harold, at=NOON).exists()

    saved = save(begun, dev, {ALONE: (YES,)}).answers
    actions.finish(saved, by=dev.sign_in, at=NOON)

    assert queries.answers_about(edith_in, harold, at=NOON).count() == 1


def test_decimals_keep_their_digits_in_the_database(db, harold, dev):
    from decimal import Decimal

    item = {"linkId": "1", "text": "How much?", "type": "decimal"}
    form = actions.bring_in(json.dumps({**SMALL, "item": [item]}), at=NOON).form
    begun = actions.start_for_staff(form, about=harold, by=dev.sign_in, at=NOON)

    save(begun, dev, {Spot("1"): (Decimal("0.1"),)})

    assert Answers.objects.get(pk=begun.pk).values[Spot("1")] == (Decimal("0.1"),)
