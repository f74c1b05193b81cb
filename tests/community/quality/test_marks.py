"""Asking for a mark, assessing it, awarding, suspending, reminding, and its end."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.directory.models import Entry
from ownway.community.quality import jobs
from ownway.community.quality.actions import following
from ownway.community.quality.actions import marks as actions
from ownway.community.quality.models import Application, Award, Level, Sort
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.quality.conftest import LONDON, NOON

SORT = Sort.DAY


@pytest.fixture
def begun(millrace, joss, criteria) -> Application:
    return actions.begin(millrace, level=Level.SILVER, sort=SORT, by=joss, at=NOON)


@pytest.fixture
def sent(begun, joss) -> Application:
    shown = {line.pk: "Here it is" for line in begun.evidence.all()}
    actions.write_evidence(begun, shown, by=joss)
    return actions.send(begun, by=joss, at=NOON)


def judged(sent: Application, ivo, how: str = "met") -> Application:
    lines = {line.pk: (how, "") for line in sent.evidence.all()}
    return actions.judge(sent, lines, outcomes=(9, 10), outcomes_from="Reviews", by=ivo)


def test_a_sort_of_provider_is_asked_its_own_criteria_and_gold_asks_for_more(
    millrace, joss, criteria
):
    def asked(level: Level, sort: str) -> list[str]:
        begun = actions.begin(millrace, level=level, sort=sort, by=joss, at=NOON)
        return [line.criterion.words for line in begun.evidence.all()]

    assert asked(Level.SILVER, Sort.DAY) == ["Everyone was checked"]
    assert asked(Level.SILVER, Sort.HOME_CARE) == [
        "Everyone was checked",
        "Medicine by the trained",
    ]
    assert asked(Level.GOLD, Sort.DAY) == ["Everyone was checked", "People help to run it"]
    assert Application.objects.count() == 1


def test_an_application_with_nothing_to_show_is_not_sent(begun, joss):
    with pytest.raises(actions.CannotApply, match="each criterion"):
        actions.send(begun, by=joss, at=NOON)

    begun.refresh_from_db()
    assert begun.status == "begun"


def test_what_is_sent_falls_due_with_whoever_assesses_it(sent, ivo):
    task = Task.objects.get(kind="quality.application")

    assert (task.owner, task.due_at.date()) == (ivo, sent.due_on)


def test_one_asks_only_for_ones_own_entry(bright_dawn, joss, criteria):
    with pytest.raises(PermissionDenied):
        actions.begin(bright_dawn, level=Level.SILVER, sort=SORT, by=joss, at=NOON)


def test_a_mark_is_not_awarded_before_each_criterion_is_judged(sent, ivo):
    with pytest.raises(actions.CannotAward) as refused:
        actions.award(sent, level=Level.SILVER, because="Good", by=ivo, at=NOON)

    assert "Judge the criterion: Everyone was checked" in str(refused.value)
    assert not Award.objects.exists()


def test_what_is_not_known_gives_way_only_to_a_reason_that_is_kept(sent, ivo, millrace):
    judged(sent, ivo)
    with pytest.raises(actions.CannotAward, match="Standards met at a visit: not known"):
        actions.award(sent, level=Level.SILVER, because="", by=ivo, at=NOON)

    made = actions.award(sent, level=Level.SILVER, because="New; seen in May", by=ivo, at=NOON)

    millrace.refresh_from_db()
    assert (millrace.mark, millrace.mark_until) == (Level.SILVER, date(2028, 3, 11))
    assert (made.until_on, made.because) == (date(2028, 3, 11), "New; seen in May")


def test_an_open_audit_stops_an_award_whatever_the_reason(sent, ivo, millrace):
    judged(sent, ivo)
    following.raise_audit(millrace, because="A complaint", by=ivo, at=NOON)

    with pytest.raises(actions.CannotAward, match="An audit of it is not settled"):
        actions.award(sent, level=Level.SILVER, because="All the same", by=ivo, at=NOON)


@pytest.fixture
def award(sent, ivo) -> Award:
    judged(sent, ivo)
    return actions.award(sent, level=Level.SILVER, because="Seen", by=ivo, at=NOON)


def mark_of(entry: Entry) -> int:
    return Entry.objects.get(pk=entry.pk).mark


def test_a_suspended_mark_is_not_shown_until_it_is_restored(award, ivo, millrace):
    actions.suspend(award, because="An incident", by=ivo, at=NOON)
    assert mark_of(millrace) == 0

    actions.restore(award, because="Put right", by=ivo, at=NOON)

    assert mark_of(millrace) == Level.SILVER
    told = Outbox.objects.filter(address="joss.pemberley@alderbrook.example")
    assert {"The mark of Millrace is suspended", "The mark of Millrace is restored"} <= set(
        told.values_list("subject", flat=True)
    )


@pytest.mark.parametrize(("suspends", "mark"), [(1, 0), (0, Level.SILVER)])
def test_a_failed_audit_suspends_the_mark_where_the_rules_say_so(
    award, ivo, millrace, monkeypatch, suspends, mark
):
    real = following.rules

    class Rules:
        def __init__(self, on):
            self.pack = real(on)

        def value(self, name):
            return suspends if name == "failed_audit_suspends_mark" else self.pack.value(name)

    audit = following.raise_audit(millrace, because="A complaint", by=ivo, at=NOON)
    monkeypatch.setattr(following, "rules", Rules)

    following.settle_audit(audit, has_passed=False, found="No rota", by=ivo, at=NOON)

    assert mark_of(millrace) == mark
    status = Award.objects.get(pk=award.pk).status
    assert status == ("suspended" if suspends else "stands")


def test_a_passed_audit_leaves_the_mark(award, ivo, millrace):
    audit = following.raise_audit(millrace, because="A complaint", by=ivo, at=NOON)

    following.settle_audit(audit, has_passed=True, found="All well", by=ivo, at=NOON)

    assert mark_of(millrace) == Level.SILVER


def test_a_holder_is_reminded_once_before_the_end(award, joss):
    near = datetime(2028, 1, 20, 9, tzinfo=LONDON)
    assert jobs.remind_of_marks(datetime(2028, 1, 1, 9, tzinfo=LONDON)) == 0

    assert (jobs.remind_of_marks(near), jobs.remind_of_marks(near)) == (1, 0)

    reminder = Outbox.objects.get(subject="The mark of Millrace ends on 11 March 2028")
    assert reminder.address == joss.sign_in.email
    assert Task.objects.filter(kind="quality.renewal", done_at=None).count() == 1


def test_a_mark_is_taken_away_the_day_after_its_last(award, millrace):
    last = datetime(2028, 3, 11, 23, 0, tzinfo=LONDON)
    assert (jobs.end_marks(last), mark_of(millrace)) == (0, Level.SILVER)

    assert jobs.end_marks(last + timedelta(hours=2)) == 1

    assert mark_of(millrace) == 0
    assert jobs.end_marks(last + timedelta(days=2)) == 0


def test_a_renewal_takes_the_place_of_the_mark_before_without_a_gap(award, ivo, joss, millrace):
    again = actions.begin(millrace, level=Level.GOLD, sort=SORT, by=joss, at=NOON)
    actions.write_evidence(again, {e.pk: "Here" for e in again.evidence.all()}, by=joss)
    actions.send(again, by=joss, at=NOON)
    judged(again, ivo)

    actions.award(again, level=Level.GOLD, because="Better still", by=ivo, at=NOON)

    assert mark_of(millrace) == Level.GOLD
    assert set(Award.objects.values_list("status", flat=True)) == {"stands", "replaced"}


def test_a_refusal_says_why_and_one_may_ask_again(sent, ivo, joss, millrace):
    with pytest.raises(actions.CannotAward, match="Give your reasons"):
        actions.refuse(sent, because="", by=ivo, at=NOON)
    actions.refuse(sent, because="The checks are too old", by=ivo, at=NOON)

    assert "The checks are too old" in Outbox.objects.order_by("-pk")[0].text
    actions.begin(millrace, level=Level.SILVER, sort=SORT, by=joss, at=NOON)
    assert mark_of(millrace) == 0


def test_criteria_are_published_from_today_on_and_old_applications_keep_theirs(sent, ivo):
    with pytest.raises(actions.CannotAward, match="today or later"):
        actions.publish_criteria(
            [(1, "New", "", [])], starts_on=date(2026, 1, 1), because="x", by=ivo, at=NOON
        )
    actions.publish_criteria(
        [(1, "New", "", [])], starts_on=NOON.date(), because="x", by=ivo, at=NOON
    )

    sent.refresh_from_db()
    assert sent.criteria.number == 1
