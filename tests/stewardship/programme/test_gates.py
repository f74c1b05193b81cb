"""What else stands before publishing: numbers nobody knows, later versions, and who may press."""

from datetime import date

import pytest
from django.urls import reverse

from ownway.demo.rules import take_up
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import CannotPublish
from ownway.foundation.council.models import SettingsVersion
from ownway.policy import packs
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.queries import reach
from ownway.stewardship.programme.queries.tasks import against
from tests.stewardship.programme.conftest import JULY, MONDAY, assess, published

pytestmark = pytest.mark.usefixtures("monday")
BY_HAND = "Everybody who pays: the method is another"


def _draft(lena, *, on: date = JULY, **values: object) -> SettingsVersion:
    return actions.draft_change(values, starts_on=on, because="?", by=lena, at=MONDAY)


# -- Numbers nobody knows ----------------------------------------------------------------------


def test_a_method_whose_rates_are_not_known_that_day_is_not_published(as_, lena, sol) -> None:
    draft = _draft(lena, charging_method="fairer")
    assess(draft, by=lena, unmeasured=BY_HAND)

    with pytest.raises(CannotPublish, match="not known on 1 July 2026") as refused:
        actions.publish(draft, by=sol, at=MONDAY)
    page = as_(sol).post(reverse("policy-publish", args=[draft.number]))

    missing = reach.unknown(council.rules_of(draft))
    assert {"capital_lower_pence", "guarantee_single_pence"} <= {one.name for one in missing}
    for one in missing:
        assert one.label in str(refused.value)
        assert one.label.replace("’", "&#39;") in page.content.decode().replace("’", "&#39;")
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(("kept", "is_refused"), [(24_144, True), (24_145, False)])
def test_nobody_may_be_left_less_than_the_national_level(as_, lena, kept, is_refused) -> None:
    take_up("alderbrook-care-act", at=MONDAY)
    draft = _draft(lena, charging_method="protected_income", protected_income_pence=kept)

    found = {one.about: one.words for one in against(queries.effect_of(draft))}

    assert ("too_low" in found) is is_refused
    if is_refused:
        assert "below the national level" in found["too_low"]
        page = as_(lena).get(reverse("policy-publish", args=[draft.number])).content.decode()
        assert "below the national level" in page


def test_the_rates_of_a_method_that_is_not_chosen_are_not_asked_for() -> None:
    pack = council.default_rules(JULY)

    assert pack.number("capital_lower_pence").value is None
    assert reach.unknown(pack) == []


def test_on_a_day_when_every_rate_is_known_nothing_is_missing() -> None:
    pack = packs.load("dudley-2013", on=date(2010, 10, 1))

    assert pack.word("charging_method") == "fairer"
    assert [one.name for one in reach.unknown(pack)] == ["facs_threshold"]
    assert reach.unknown(pack.with_settings({"facs_threshold": "substantial"})) == []


def test_a_rate_for_some_people_that_has_run_out_is_asked_for_too() -> None:
    pack = packs.load("careact-2014", on=JULY)

    missing = {one.name for one in reach.unknown(pack)}

    assert {"personal_expenses_pence", "premium_carer_pence"} <= missing
    assert "capital_lower_pence" not in missing


# -- A later version ---------------------------------------------------------------------------


def test_a_later_version_that_puts_the_change_back_is_named_on_the_page(
    as_, lena, sol, draft
) -> None:
    later = published(draft, lena=lena, sol=sol)
    early = _draft(lena, on=date(2026, 6, 1), factor=0.9)

    found = queries.undone(early)

    assert [(one.version, [c.now for c in one.changes]) for one in found] == [(later, ["95%"])]
    for name in ("policy-draft", "policy-publish"):
        text = as_(lena).get(reverse(name, args=[early.number])).content.decode()
        assert "Version 2 starts on 1 July 2026" in text, name
        assert "The share we can start with: 95%, not 90%" in text, name


def test_a_later_version_that_says_the_same_undoes_nothing(as_, lena, sol, draft) -> None:
    published(draft, lena=lena, sol=sol)
    early = _draft(lena, on=date(2026, 6, 1), point_price_pence=1240)

    assert queries.undone(early) == []
    text = as_(lena).get(reverse("policy-draft", args=[early.number])).content.decode()
    assert "It says the same of what changes here" in text


# -- Two windows -------------------------------------------------------------------------------


def _typed(**more: str) -> dict[str, object]:
    return {
        "chosen": ["point_price_pence"], "value-point_price_pence": "12.40",
        "starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2026",
    } | more  # fmt: skip


def test_a_save_over_a_newer_draft_is_refused_and_shows_both(as_, lena, draft) -> None:
    page, opened = reverse("policy-draft", args=[draft.number]), queries.state_of(draft)
    actions.keep_draft(
        draft, {"point_price_pence": 1240, "factor": 0.9277}, starts_on=JULY, because="Fit",
        by=lena, at=MONDAY,
    )  # fmt: skip

    answer = as_(lena).post(page, _typed(because="Typed in tab two", of=opened))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "This draft was changed after you opened it" in text
    assert "92.77%" in text
    assert "Typed in tab two" in text
    draft.refresh_from_db()
    assert draft.own["factor"] == 0.9277
    assert f'name="of" value="{queries.state_of(draft)}"' in text
    again = as_(lena).post(page, _typed(because="Read both", of=queries.state_of(draft)))
    assert again.status_code == 302


def test_adding_a_number_keeps_which_draft_was_opened(as_, lena, draft) -> None:
    page, opened = reverse("policy-draft", args=[draft.number]), queries.state_of(draft)
    actions.keep_draft(draft, {"factor": 0.9}, starts_on=JULY, because="Less", by=lena, at=MONDAY)

    added = as_(lena).post(
        page, _typed(because="?", of=opened, press_add="on", add="cap_week_pence")
    )

    assert f'name="of" value="{opened}"' in added.content.decode()
    assert as_(lena).post(page, _typed(because="?", of=opened)).status_code == 422


# -- An empty draft ----------------------------------------------------------------------------


def test_a_draft_that_changes_nothing_is_refused_on_the_page(as_, lena) -> None:
    typed = _typed(because="Nothing") | {"value-point_price_pence": "12.00"}

    answer = as_(lena).post(reverse("policy-new-draft"), typed)

    assert answer.status_code == 422
    assert "the rules say this already" in answer.content.decode()
    assert SettingsVersion.objects.count() == 1


def test_a_draft_is_not_emptied_either(lena, draft) -> None:
    with pytest.raises(actions.CannotDraft, match="The rules say this already"):
        actions.keep_draft(
            draft, {"point_price_pence": 1200}, starts_on=JULY, because="?", by=lena, at=MONDAY
        )

    draft.refresh_from_db()
    assert draft.own == {"point_price_pence": 1240}


# -- The button, the review day, and old links -------------------------------------------------


def test_who_drafted_it_has_no_button_to_publish_it(as_, lena, sol, draft) -> None:
    sol.role = "policy_owner"
    sol.save()
    page = reverse("policy-publish", args=[draft.number])

    assert "Publish from" not in as_(lena).get(page).content.decode()
    assert "waits for somebody else" in as_(lena).get(page).content.decode()


def test_a_second_person_has_the_button(as_, sol, draft) -> None:
    page = as_(sol).get(reverse("policy-publish", args=[draft.number])).content.decode()

    assert "Publish from" in page


@pytest.mark.parametrize("year", ["2020", "2026"])
def test_it_is_looked_at_again_only_after_the_rules_start(as_, lena, draft, year) -> None:
    typed = {"review_on_day": "1", "review_on_month": "7", "review_on_year": year,
             "change": "My words", "of": council.figures_key(draft)}  # fmt: skip

    answer = as_(lena).post(reverse("policy-equality", args=[draft.number]), typed)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Look at it again after 1 July 2026, the day the rules start" in text
    assert "My words" in text


def test_a_second_press_or_an_old_link_leads_to_the_version(as_, lena, sol, draft) -> None:
    published(draft, lena=lena, sol=sol)
    version = reverse("policy-version", args=[draft.number])

    second = as_(sol).post(reverse("policy-publish", args=[draft.number]), follow=True)

    assert second.redirect_chain == [(version, 302)]
    assert "Version 2 is published already" in second.content.decode()
    for name in ("draft", "effect", "equality", "publish", "example"):
        page = as_(lena).get(reverse(f"policy-{name}", args=[draft.number]))
        assert (page.status_code, page.headers["Location"]) == (302, version), name
