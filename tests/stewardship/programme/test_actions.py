"""Drafting a change, its proof, the equality gate, publishing, going back, and putting away."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from time import sleep

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from ownway.foundation.council import actions as offices
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.models import SettingsVersion
from ownway.foundation.record.models import Event
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.queries import effect, tasks
from tests.stewardship.programme.conftest import (
    JULY,
    MONDAY,
    SAID,
    assess,
    levels,
    published,
    with_budget,
)

pytestmark = pytest.mark.usefixtures("monday")
Status = SettingsVersion.Status


def _draft(lena, **values: object) -> SettingsVersion:
    return actions.draft_change(values, starts_on=JULY, because="?", by=lena, at=MONDAY)


def test_a_draft_is_nobodys_rule(draft) -> None:
    assert council.rules(JULY).value("point_price_pence") == 1200
    assert [(one.was, one.now) for one in queries.changes_of(draft)] == [("£12.00", "£12.40")]


def test_several_numbers_are_in_one_draft_and_one_put_back_drops_out(draft, lena) -> None:
    kept = actions.keep_draft(
        draft, {"point_price_pence": 1200, "factor": 0.927}, starts_on=JULY, because="Less",
        by=lena, at=MONDAY,
    )  # fmt: skip

    assert kept.own == {"factor": 0.927}
    assert kept.because == "Less"


def test_a_value_that_does_not_fit_its_number_is_refused_beside_it(lena) -> None:
    with pytest.raises(actions.CannotDraft) as refused:
        _draft(lena, factor=-1, point_price_pence=1300)

    assert [name for name, _ in refused.value.problems] == ["factor"]
    assert SettingsVersion.objects.count() == 1


def test_a_draft_that_could_overflow_is_refused_with_place_and_mend(lena) -> None:
    with pytest.raises(actions.CannotDraft) as refused:
        _draft(lena, point_price_pence=99_999_999_999)

    name, words = refused.value.problems[0]
    assert name == "point_price_pence"
    assert "grow" in words
    assert "Lower" in words
    assert SettingsVersion.objects.count() == 1


def test_a_draft_that_gives_less_for_more_need_is_refused_with_place_and_mend(lena) -> None:
    with pytest.raises(actions.CannotDraft) as refused:
        _draft(lena, night_sleep_in_week_pence=10_000, night_waking_week_pence=5_000)

    name, words = refused.value.problems[0]
    assert name == "night_sleep_in_week_pence"
    assert "more need never means less" in words
    assert "Someone who sleeps in, a week; Someone awake at night, a week" in words


def test_a_table_that_goes_down_is_refused(lena) -> None:
    with pytest.raises(actions.CannotDraft, match="goes down as the level goes up"):
        _draft(lena, carer_level_points=[0, 3, 2, 4])


def test_whoever_may_not_draft_drafts_nothing(dev, sol) -> None:
    for who in (dev, sol):
        with pytest.raises(PermissionDenied):
            actions.draft_change({"factor": 1}, starts_on=JULY, because="?", by=who, at=MONDAY)


def test_only_whoever_drafted_it_changes_it(draft, sol) -> None:
    sol.role = "policy_owner"
    sol.save()

    with pytest.raises(actions.CannotDraft, match="Only whoever drafted it"):
        actions.keep_draft(draft, {"factor": 0.9}, starts_on=JULY, because="?", by=sol, at=MONDAY)


# -- Publishing --------------------------------------------------------------------------------


def test_without_an_equality_assessment_nothing_is_published(draft, sol) -> None:
    with pytest.raises(CannotPublish, match="Equality assessment needed"):
        actions.publish(draft, by=sol, at=MONDAY)

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_an_unfinished_assessment_is_kept_and_does_not_open_the_gate(draft, lena, sol) -> None:
    assess(draft, by=lena, mitigation="", review_on=None)

    assert draft.equality.finding == SAID["finding"]
    with pytest.raises(CannotPublish, match="has 2 parts to write"):
        actions.publish(draft, by=sol, at=MONDAY)


def test_a_draft_changed_after_its_assessment_is_assessed_again(draft, lena, sol) -> None:
    assess(draft, by=lena)
    actions.keep_draft(
        draft, {"point_price_pence": 1250}, starts_on=JULY, because="More", by=lena, at=MONDAY
    )

    with pytest.raises(CannotPublish, match="changed after its equality assessment"):
        actions.publish(draft, by=sol, at=MONDAY)


def test_a_draft_moved_to_another_day_is_assessed_again(draft, lena, sol) -> None:
    assess(draft, by=lena)
    actions.keep_draft(
        draft, {"point_price_pence": 1240}, starts_on=date(2026, 8, 1), because="Later",
        by=lena, at=MONDAY,
    )  # fmt: skip

    with pytest.raises(CannotPublish, match="changed after its equality assessment"):
        actions.publish(draft, by=sol, at=MONDAY)


def test_a_draft_kept_over_other_rules_is_assessed_again_though_it_says_the_same(lena, sol) -> None:
    both = {"point_price_pence": 1240, "factor": 0.9}
    draft = _draft(lena, **both)
    assess(draft, by=lena)
    published(_draft(lena, factor=0.9), lena=lena, sol=sol)
    kept = actions.keep_draft(draft, both, starts_on=JULY, because="Wages", by=lena, at=MONDAY)

    assert kept.own == draft.own
    with pytest.raises(CannotPublish, match="changed after its equality assessment"):
        actions.publish(draft, by=sol, at=MONDAY)


def test_words_about_figures_of_before_a_change_are_not_kept(draft, lena) -> None:
    read = council.figures_key(draft)
    actions.keep_draft(
        draft, {"point_price_pence": 1250}, starts_on=JULY, because="More", by=lena, at=MONDAY
    )

    with pytest.raises(actions.CannotDraft, match="changed while you wrote"):
        actions.assess(draft, said=SAID, measured=[], of=read, by=lena, at=MONDAY)

    draft.refresh_from_db()
    assert draft.equality is None


def test_who_drafted_it_may_not_publish_it_and_hears_every_reason_at_once(draft, lena) -> None:
    with pytest.raises(CannotPublish) as refused:
        actions.publish(draft, by=lena, at=MONDAY)

    assert {one.about for one in refused.value.objections} == {"published_by", "equality"}
    assert "a second person must publish it" in str(refused.value)


def test_a_day_that_has_gone_by_is_refused(draft, lena, sol) -> None:
    assess(draft, by=lena)

    with pytest.raises(CannotPublish, match="1 July 2026 has gone by"):
        actions.publish(draft, by=sol, at=MONDAY + timedelta(days=90))


def test_a_draft_over_rules_that_were_replaced_is_kept_again_first(draft, lena, sol) -> None:
    other = _draft(lena, carer_point_price_pence=900)
    published(other, lena=lena, sol=sol)
    assess(draft, by=lena)

    with pytest.raises(CannotPublish, match="Version 3 was published since"):
        actions.publish(draft, by=sol, at=MONDAY)

    kept = actions.keep_draft(
        draft, {"point_price_pence": 1240}, starts_on=JULY, because="Wages", by=lena, at=MONDAY
    )
    assert kept.own == {"carer_point_price_pence": 900, "point_price_pence": 1240}


def test_a_social_worker_may_not_publish(draft, dev) -> None:
    with pytest.raises(PermissionDenied):
        actions.publish(draft, by=dev, at=MONDAY)


def test_published_it_counts_from_its_day_and_not_before(draft, lena, sol) -> None:
    version = published(draft, lena=lena, sol=sol)

    assert council.rules(date(2026, 6, 30)).value("point_price_pence") == 1200
    assert council.rules(JULY).value("point_price_pence") == 1240
    assert version.effect["people"] == 0
    assert version.equality.settled_at == MONDAY


def test_every_step_is_written_down_with_who_did_it(draft, lena, sol) -> None:
    published(draft, lena=lena, sol=sol)

    trail = [(one.kind, one.by) for one in queries.trail(draft)]
    assert trail == [
        ("settings.drafted", lena.sign_in),
        ("settings.assessed", lena.sign_in),
        ("settings.published", sol.sign_in),
    ]


def test_a_published_version_is_changed_by_nobody(draft, lena, sol) -> None:
    published(draft, lena=lena, sol=sol)

    with pytest.raises(actions.CannotDraft, match="no longer a draft"):
        actions.keep_draft(draft, {}, starts_on=JULY, because="?", by=lena, at=MONDAY)
    with pytest.raises(actions.CannotDraft, match="no longer a draft"):
        assess(draft, by=lena)
    with pytest.raises(CannotPublish, match="published already"):
        actions.publish(draft, by=sol, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_over_one_version_published_at_once_only_one_goes_live(
    draft, lena, sol
) -> None:
    other = _draft(lena, carer_point_price_pence=900)
    for one in (draft, other):
        assess(one, by=lena)

    def publish_the_other() -> object:
        try:
            return actions.publish(other, by=sol, at=MONDAY)
        except CannotPublish as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.publish(draft, by=sol, at=MONDAY)
            at_once = pool.submit(publish_the_other)
            _wait_until_it_waits(at_once)
        found = at_once.result(timeout=60)

    assert "Version 2 was published since this was drafted" in str(found)
    live = SettingsVersion.objects.filter(status=Status.PUBLISHED, starts_on=JULY)
    assert [one.number for one in live] == [2]


def _wait_until_it_waits(at_once: "Future[object]") -> None:
    """Until the other publisher is done, or stands before a lock of ours."""
    held = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(held)
            if at_once.done() or cursor.fetchone() != (0,):
                return
        sleep(0.05)


def test_sums_that_do_not_agree_one_by_one_are_a_reason_not_to_publish(
    draft, lena, sol, monkeypatch
) -> None:
    with_budget(levels(2))
    assess(draft, by=lena)
    monkeypatch.setattr(effect, "_weekly", lambda facts, pack: -1)

    with pytest.raises(CannotPublish, match="do not agree with the run"):
        actions.publish(draft, by=sol, at=MONDAY)

    found = tasks.before_publishing(
        draft, by=sol, on=MONDAY.date(), effect=queries.effect_of(draft)
    )
    assert [one.name for one in found if not one.done] == [
        "Effect on everybody", "Published by a second person",
    ]  # fmt: skip


def test_what_is_kept_is_the_effect_of_the_draft_as_it_is_when_it_is_published(
    draft, lena, sol
) -> None:
    with_budget(levels(2))
    stale = SettingsVersion.objects.get(pk=draft.pk)
    actions.keep_draft(
        draft, {"point_price_pence": 2400}, starts_on=JULY, because="Twice", by=lena, at=MONDAY
    )
    draft.refresh_from_db()
    assess(draft, by=lena)

    version = actions.publish(stale, by=sol, at=MONDAY)

    assert version.effect["year_after_pence"] == 2 * version.effect["year_before_pence"]


# -- Going back, and putting away --------------------------------------------------------------


def test_going_back_makes_a_new_draft_equal_to_the_older_version(draft, lena, sol) -> None:
    published(draft, lena=lena, sol=sol)
    first = SettingsVersion.objects.get(number=1)
    august = date(2026, 8, 1)

    back = actions.roll_back(first, starts_on=august, because="Too dear", by=lena, at=MONDAY)

    assert (back.number, back.status, back.back_to) == (3, Status.DRAFT, first)
    assert queries.compare(first, back).changes == []
    assert [one.now for one in queries.changes_of(back)] == ["£12.00"]
    published(back, lena=lena, sol=sol)
    assert council.rules(date(2026, 7, 31)).value("point_price_pence") == 1240
    assert council.rules(august).value("point_price_pence") == 1200


def test_a_draft_that_goes_back_to_another_profile_changes_what_it_says_and_no_more(
    lena, sol
) -> None:
    other = offices.draft_settings(
        profile="dudley-2013", own={"charging_method": "protected_income"},
        starts_on=JULY, because="?", by=lena, at=MONDAY,
    )  # fmt: skip
    published(other, lena=lena, sol=sol, unmeasured="Whoever meets the other limits of time")
    first = SettingsVersion.objects.get(number=1)
    back = actions.roll_back(first, starts_on=date(2026, 8, 1), because="Back", by=lena, at=MONDAY)
    as_it_was = {one.number.name for one in queries.changes_of(back)}

    kept = actions.keep_draft(
        back, {"contact_hours": 41}, starts_on=back.starts_on, because="?", by=lena, at=MONDAY
    )

    assert len(as_it_was) > 1
    assert kept.profile == first.profile
    assert [one.number.name for one in queries.changes_of(kept)] == ["contact_hours"]


def test_a_draft_put_away_is_kept_and_no_longer_a_draft(draft, lena) -> None:
    actions.withdraw(draft, by=lena, at=MONDAY)

    assert queries.drafts(lena.sign_in) == []
    assert Event.objects.filter(kind="settings.withdrawn").exists()
    with pytest.raises(actions.CannotDraft, match="no longer a draft"):
        actions.withdraw(draft, by=lena, at=MONDAY)
