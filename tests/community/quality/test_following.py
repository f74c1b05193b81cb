"""What follows from ratings: an audit, a delisting decision, notice, answer, return."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.directory.queries import entry_page
from ownway.community.quality import jobs
from ownway.community.quality.actions import following as actions
from ownway.community.quality.actions import moderating
from ownway.community.quality.models import Audit, Delisting, Rating
from ownway.foundation.record.models import Task
from tests.community.quality.conftest import LONDON, NOON, rated

LATER = datetime(2026, 4, 10, 10, 0, tzinfo=LONDON)
NAMES = ["Ann One", "Ben Two", "Cat Three", "Dan Four", "Eve Five"]


def shown_poor(entry, ivo, count: int, *, at=NOON, first=0) -> None:
    for name in NAMES[first : first + count]:
        moderating.publish(rated(entry, 1, by=name, at=at), because="True", by=ivo, at=at)


def test_the_third_poor_rating_that_is_shown_raises_one_audit(bright_dawn, ivo):
    shown_poor(bright_dawn, ivo, 2)
    assert not Audit.objects.exists()

    shown_poor(bright_dawn, ivo, 2, first=2)

    audit = Audit.objects.get()
    assert audit.because == "3 poor ratings of 3, 1.0 stars"
    assert Task.objects.filter(kind="quality.audit", owner=ivo).count() == 1


def test_held_and_refused_ratings_count_for_nothing(bright_dawn, ivo):
    for name in NAMES:
        held = rated(bright_dawn, 1, by=name)
        moderating.refuse(held, why="pattern", because="A campaign", by=ivo, at=NOON)

    assert not Audit.objects.exists()
    assert not Delisting.objects.exists()


@pytest.fixture
def to_decide(bright_dawn, ivo) -> Delisting:
    """The story: three, an audit that failed, two more."""
    shown_poor(bright_dawn, ivo, 3)
    actions.settle_audit(
        Audit.objects.get(), has_passed=False, found="No rota", by=ivo, at=NOON + timedelta(days=9)
    )
    shown_poor(bright_dawn, ivo, 2, at=LATER, first=3)
    return Delisting.objects.get()


def is_listed(on=LATER) -> bool:
    return entry_page("bright-dawn", on=on.date()) is not None


def test_the_fifth_raises_a_decision_and_off_now_hides_it_but_keeps_its_ratings(
    to_decide, ivo, marnie
):
    assert (Audit.objects.count(), is_listed()) == (1, True)

    actions.decide_delisting(to_decide, how="now", reasons="It failed", by=ivo, at=LATER)

    assert not is_listed()
    assert Rating.objects.filter(status="published").count() == 5
    assert not Task.objects.filter(kind="quality.delisting", done_at=None).exists()


def test_with_notice_it_leaves_when_the_notice_is_over(to_decide, ivo):
    actions.decide_delisting(to_decide, how="notice", reasons="It failed", by=ivo, at=LATER)
    assert (jobs.hide_after_notice(LATER + timedelta(days=14)), is_listed()) == (0, True)

    assert jobs.hide_after_notice(LATER + timedelta(days=15)) == 1

    assert not is_listed()
    assert jobs.hide_after_notice(LATER + timedelta(days=16)) == 0


def test_an_answer_nobody_has_read_holds_the_end_of_the_notice_up(to_decide, ivo, marnie):
    noticed = actions.decide_delisting(
        to_decide, how="notice", reasons="It failed", by=ivo, at=LATER
    )
    actions.answer_delisting(noticed, words="We have a rota now", by=marnie, at=LATER)
    after = LATER + timedelta(days=20)
    assert (jobs.hide_after_notice(after), is_listed()) == (0, True)

    actions.weigh_answer(noticed, may_return=False, because="Not enough", by=ivo, at=after)

    assert jobs.hide_after_notice(after) == 1


def test_a_hidden_entry_comes_back_and_is_not_raised_by_the_same_ratings(to_decide, ivo, marnie):
    hidden = actions.decide_delisting(to_decide, how="now", reasons="Failed", by=ivo, at=LATER)
    actions.answer_delisting(hidden, words="All is new", by=marnie, at=LATER)

    actions.weigh_answer(hidden, may_return=True, because="We looked", by=ivo, at=LATER)

    assert is_listed()
    rated(Delisting.objects.get().entry, 5, by="Fay Six", at=LATER + timedelta(days=1))
    assert Delisting.objects.get().status == "returned"


def test_it_is_decided_once_with_reasons_by_who_may(to_decide, ivo, dev):
    with pytest.raises(actions.CannotSettle, match="Give your reasons"):
        actions.decide_delisting(to_decide, how="keep", reasons="", by=ivo, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.decide_delisting(to_decide, how="now", reasons="x", by=dev, at=LATER)
    actions.decide_delisting(to_decide, how="keep", reasons="It is better", by=ivo, at=LATER)
    with pytest.raises(actions.CannotSettle, match="decided already"):
        actions.decide_delisting(to_decide, how="now", reasons="x", by=ivo, at=LATER)

    assert is_listed()


def test_an_audit_is_settled_once_in_words(bright_dawn, ivo):
    audit = actions.raise_audit(bright_dawn, because="A complaint", by=ivo, at=NOON)

    with pytest.raises(actions.CannotSettle, match="Say what"):
        actions.settle_audit(audit, has_passed=True, found=" ", by=ivo, at=NOON)
    actions.settle_audit(audit, has_passed=True, found="All well", by=ivo, at=NOON)
    with pytest.raises(actions.CannotSettle, match="settled already"):
        actions.settle_audit(audit, has_passed=False, found="No", by=ivo, at=NOON)
