"""Reading the rules, drafting a change, and the equality gate."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.models import SettingsVersion
from ownway.policy import packs
from ownway.stewardship.programme import actions, queries
from tests.conftest import LONDON

MONDAY = datetime(2026, 4, 20, 10, 0, tzinfo=LONDON)
JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _monday(the_time, council) -> None:
    the_time(MONDAY)


@pytest.fixture
def draft(lena) -> SettingsVersion:
    return actions.draft_change(
        number="point_price_pence", value=1240, starts_on=JULY, because="Wages", by=lena, at=MONDAY
    )


def test_the_live_rules_read_as_tables_with_unit_source_and_what_is_not_confirmed(
    as_, lena
) -> None:
    text = as_(lena).get(reverse("policy")).content.decode()

    for words in ("The price of one point", "£12.00", "pence a point a week", "Not confirmed",
                  "Sol Whitcombe", "no group is found to lose"):  # fmt: skip
        assert words in text


def test_numbers_that_no_chosen_method_reaches_stand_apart() -> None:
    found = {s.name: s for s in queries.sections(packs.load("alderbrook", on=JULY))}

    budget = found[queries.BUDGET]
    assert "point_price_pence" in {line.number.name for line in budget.used}
    assert "points_table" in {line.number.name for line in budget.unused}


def test_a_draft_is_nobodys_rule(draft: SettingsVersion) -> None:
    assert council.rules(JULY).value("point_price_pence") == 1200
    assert [change.number.shown for change in _changes(draft)] == ["£12.40"]


def test_a_draft_shows_what_it_does_to_a_budget(draft: SettingsVersion) -> None:
    ten = queries.effects(draft, against=council.rules(MONDAY.date()))[0]

    assert (ten.points, ten.before_pence, ten.after_pence) == (10, 11400, 11780)


def test_without_an_equality_assessment_nothing_is_published(draft: SettingsVersion) -> None:
    with pytest.raises(CannotPublish, match="Equality assessment needed"):
        actions.publish(draft, equality_assessment="", by=staff_named("Sol Whitcombe"), at=MONDAY)

    draft.refresh_from_db()
    assert draft.status == SettingsVersion.Status.DRAFT


def test_who_drafted_it_may_not_publish_it(draft: SettingsVersion, lena) -> None:
    with pytest.raises(CannotPublish, match="A second person must publish"):
        actions.publish(draft, equality_assessment="No group loses", by=lena, at=MONDAY)


def test_published_it_counts_from_its_day_and_not_before(draft: SettingsVersion) -> None:
    sol = staff_named("Sol Whitcombe")

    actions.publish(draft, equality_assessment="No group loses", by=sol, at=MONDAY)

    assert council.rules(date(2026, 6, 30)).value("point_price_pence") == 1200
    assert council.rules(JULY).value("point_price_pence") == 1240


def test_a_second_number_joins_the_same_draft(draft: SettingsVersion, lena) -> None:
    draft = actions.change_draft(draft, number="factor", value=0.927, by=lena)

    assert {change.number.name for change in _changes(draft)} == {"point_price_pence", "factor"}


def test_a_value_that_does_not_fit_its_unit_is_refused(lena) -> None:
    with pytest.raises(actions.CannotDraft):
        actions.draft_change(
            number="factor", value=-1, starts_on=JULY, because="?", by=lena, at=MONDAY
        )

    assert SettingsVersion.objects.count() == 1


def test_a_social_worker_may_read_but_not_draft(as_, dev) -> None:
    assert as_(dev).get(reverse("policy")).status_code == 200
    assert as_(dev).get(reverse("policy-change", args=["factor"])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.draft_change(
            number="factor", value=1, starts_on=JULY, because="?", by=dev, at=MONDAY
        )


def test_she_drafts_on_the_page_in_pounds(as_, lena) -> None:
    page = as_(lena).post(
        reverse("policy-change", args=["point_price_pence"]),
        {"value": "12.40", "starts_on_0": "1", "starts_on_1": "7", "starts_on_2": "2026",
         "starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2026",
         "because": "Wages went up"},
        follow=True,
    )  # fmt: skip

    assert page.status_code == 200
    assert "£12.40" in page.content.decode()


@pytest.mark.parametrize("typed", ["", "a lot", "1.2345", "-4"])
def test_a_value_that_cannot_be_read_is_refused_and_drafts_nothing(as_, lena, typed: str) -> None:
    page = as_(lena).post(
        reverse("policy-change", args=["point_price_pence"]),
        {"value": typed, "starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2026",
         "because": "Wages"},
    )  # fmt: skip

    assert page.status_code == 422
    assert SettingsVersion.objects.count() == 1


def test_rules_cannot_start_in_the_past(as_, lena) -> None:
    page = as_(lena).post(
        reverse("policy-change", args=["factor"]),
        {"value": "1", "starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2026",
         "because": "Late"},
    )  # fmt: skip

    assert "Choose today or a later day" in page.content.decode()


def test_publishing_on_the_page_without_an_assessment_is_refused_beside_the_field(
    as_, draft: SettingsVersion
) -> None:
    page = as_(staff_named("Sol Whitcombe")).post(
        reverse("policy-version", args=[draft.number]), {"equality_assessment": ""}
    )

    assert page.status_code == 422
    assert "Equality assessment needed" in page.content.decode()


def _changes(draft: SettingsVersion) -> list[queries.Change]:
    return queries.changes(draft, against=council.rules(MONDAY.date()))
