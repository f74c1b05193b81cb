"""Changes that no figure shows: said plainly, found by hand, never taken for nothing."""

import pytest
from django.urls import reverse

from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.models import SettingsVersion
from ownway.foundation.council.queries import figures_key
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.queries import equality, tasks
from tests.stewardship.programme.conftest import JULY, MONDAY, assess, levels, with_budget

pytestmark = pytest.mark.usefixtures("monday")
PLAIN = (
    "This looks at starting budgets and what people pay towards them. "
    "1 change is about who is eligible, and is not"
)


def _draft(lena, **values: object) -> SettingsVersion:
    return actions.draft_change(values, starts_on=JULY, because="?", by=lena, at=MONDAY)


@pytest.fixture
def threshold(lena) -> SettingsVersion:
    """A draft of who is eligible, which no budget and no charge shows."""
    with_budget(levels(2))
    return _draft(lena, facs_threshold="critical")


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"carers_pay": "means_test"}, "1 change is about what people pay, and is not"),
        ({"reablement_free_weeks": 2, "contact_hours": 48}, "2 changes are about "),
        ({"facs_threshold": "critical"}, "1 change is about who is eligible, and is not"),
    ],
)
def test_what_no_budget_is_worked_out_from_is_said_not_to_be_measured(lena, values, about) -> None:
    found = queries.effect_of(_draft(lena, **values))

    assert found.measured == 0
    assert {one.number.name for one in found.unmeasured} == set(values)
    assert about in found.not_measured


@pytest.mark.parametrize("name", ["point_price_pence", "factor", "budget_envelope_year_pence"])
def test_a_number_of_the_budget_is_measured(lena, name) -> None:
    found = queries.effect_of(_draft(lena, **{name: 1}))

    assert (found.measured, found.unmeasured, found.not_measured) == (1, (), "")


def test_the_page_says_that_eligibility_was_not_looked_at(as_, lena, threshold) -> None:
    text = as_(lena).get(reverse("policy-effect", args=[threshold.number])).content.decode()

    assert PLAIN in text
    assert "nobody, in starting budgets" in text
    assert "Nobody gets less." not in text
    assert "Nobody gets a smaller starting budget." in text


def test_nothing_is_prewritten_about_whom_an_unmeasured_change_affects(
    as_, lena, threshold
) -> None:
    begun = equality.begun(threshold, queries.effect_of(threshold), queries.changes_of(threshold))
    text = as_(lena).get(reverse("policy-equality", args=[threshold.number])).content.decode()

    assert (begun["groups"], begun["finding"], begun["unmeasured"]) == ("", "", "")
    assert PLAIN in begun["data"]
    assert "get less" not in text.split("The assessment</h2>")[1]
    assert "Who is affected by what was not measured" in text


def test_beside_a_measured_change_the_finding_is_of_budgets_alone(lena) -> None:
    with_budget(levels(2))
    draft = _draft(lena, facs_threshold="critical", point_price_pence=1100)

    begun = equality.begun(draft, queries.effect_of(draft), queries.changes_of(draft))

    assert begun["finding"].startswith("In starting budgets alone: ")
    assert begun["unmeasured"] == ""


def test_until_a_person_has_written_who_is_affected_it_is_not_published(
    as_, lena, sol, threshold
) -> None:
    assess(threshold, by=lena)

    with pytest.raises(CannotPublish, match="Nobody has written who is affected") as refused:
        actions.publish(threshold, by=sol, at=MONDAY)
    gate = tasks.before_publishing(
        threshold, by=sol, on=MONDAY.date(), effect=queries.effect_of(threshold)
    )
    page = as_(sol).post(reverse("policy-publish", args=[threshold.number]))

    assert "The least band that counts as eligible" in str(refused.value)
    assert "Equality assessment" in [one.name for one in gate if not one.done]
    assert page.status_code == 422
    assert "Still to write: who is affected by what was not measured" in _kept_by_hand(
        as_, lena, threshold, ""
    )


def test_written_by_hand_it_is_published_and_kept_with_what_was_not_measured(
    as_, lena, sol, threshold
) -> None:
    assess(threshold, by=lena)
    _kept_by_hand(as_, lena, threshold, "Nobody with substantial needs is eligible")

    version = actions.publish(threshold, by=sol, at=MONDAY)
    text = as_(sol).get(reverse("policy-version", args=[version.number])).content.decode()

    assert version.equality.unmeasured == "Nobody with substantial needs is eligible"
    assert PLAIN in version.effect["not_measured"]
    assert "Not everything was measured" in text
    assert "Nobody with substantial needs is eligible" in text


def _kept_by_hand(as_, lena, draft: SettingsVersion, words: str) -> str:
    typed = {name: getattr(draft.equality, name) for name in draft.equality.WORDS}
    typed |= {"review_on_day": "1", "review_on_month": "7", "review_on_year": "2027"}
    typed |= {"unmeasured": words, "of": figures_key(draft)}
    page = reverse("policy-equality", args=[draft.number])
    return as_(lena).post(page, typed, follow=True).content.decode()
