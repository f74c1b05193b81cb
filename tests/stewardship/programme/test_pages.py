"""The desk as its people use it: drafting, the effect, the assessment, publishing, and refusals."""

import re

import pytest
from django.urls import reverse

from ownway.demo.cast import staff_named
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion
from ownway.foundation.people import actions as people
from ownway.foundation.record.models import AccessLog
from ownway.stewardship.programme import actions, queries
from tests.stewardship.programme.conftest import (
    JULY,
    MONDAY,
    assess,
    caring,
    levels,
    published,
    with_budget,
)

pytestmark = pytest.mark.usefixtures("monday")
FIRST_OF_JULY = {"starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2026"}


def _typed(values: dict[str, str], **more: str) -> dict[str, object]:
    typed: dict[str, object] = {f"value-{name}": text for name, text in values.items()}
    return typed | {"chosen": list(values), "because": "Wages went up"} | FIRST_OF_JULY | more


def test_she_drafts_several_numbers_each_in_its_unit(as_, lena) -> None:
    page = as_(lena).post(
        reverse("policy-new-draft"),
        _typed({"point_price_pence": "£12.40", "factor": "92.7%", "contact_hours": "48"}),
        follow=True,
    )

    assert page.status_code == 200
    draft = SettingsVersion.objects.get(number=2)
    assert draft.own == {"point_price_pence": 1240, "factor": 0.927, "contact_hours": 48}
    assert "Draft version 2 kept" in page.content.decode()


def test_a_number_asked_for_by_its_link_starts_from_what_it_says_now(as_, lena) -> None:
    page = as_(lena).get(reverse("policy-new-draft"), {"number": "factor"}).content.decode()

    assert 'name="value-factor"' in page
    assert 'value="95%"' in page


def test_adding_a_number_refuses_nothing_and_loses_nothing(as_, lena) -> None:
    typed = _typed({"point_price_pence": "a lot"}, add="factor", press_add="on", because="")

    page = as_(lena).post(reverse("policy-new-draft"), typed)

    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="a lot"' in text
    assert 'value="95%"' in text
    assert "There is a problem" not in text
    assert SettingsVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"point_price_pence": "a lot"},
            "The price of one point: enter it in pounds a point, a week",
        ),
        ({"point_price_pence": ""}, "Enter a value: The price of one point"),
        ({"factor": "0.95"}, "The share we can start with: is that 95.00% or 0.95%?"),
        ({"carer_level_points": "0, 1"}, "this must have 4 values"),
        (
            {"point_price_pence": "9,999,999,999"},
            "The price of one point: enter an amount of at most",
        ),
        ({}, "Choose at least one number to change"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field_and_nothing_typed_is_lost(
    as_, lena, typed, words
) -> None:
    pack = queries.live_on(JULY)[1]
    typed = {name: text for name, text in typed.items() if name in pack.numbers}

    page = as_(lena).post(reverse("policy-new-draft"), _typed(typed, because="Kept words"))

    text = page.content.decode()
    assert page.status_code == 422
    assert typed == {} or words in text.replace("&#39;", "’")
    assert "Kept words" in text
    for one in typed.values():
        assert one in text
    assert SettingsVersion.objects.count() == 1


def test_a_draft_that_breaks_the_proof_is_refused_with_what_would_mend_it(as_, lena) -> None:
    typed = {"night_sleep_in_week_pence": "100", "night_waking_week_pence": "50"}

    page = as_(lena).post(reverse("policy-new-draft"), _typed(typed))

    text = page.content.decode()
    assert page.status_code == 422
    assert "more need never means less" in text
    assert "Put these in order, least first" in text


def test_rules_cannot_start_in_the_past(as_, lena) -> None:
    typed = _typed({"factor": "90%"}, starts_on_month="1")

    page = as_(lena).post(reverse("policy-new-draft"), typed)

    assert "Choose today or a later day" in page.content.decode()


def test_she_changes_her_draft_and_another_reads_it_only(as_, lena, draft, ruth) -> None:
    page = reverse("policy-draft", args=[draft.number])

    opened = queries.state_of(draft)
    as_(lena).post(page, _typed({"point_price_pence": "12.60"}, of=opened))

    draft.refresh_from_db()
    assert draft.own == {"point_price_pence": 1260}
    read = as_(ruth).get(page).content.decode()
    assert "£12.60" in read
    assert "value-point_price_pence" not in read
    assert as_(ruth).post(page, _typed({"factor": "1%"})).status_code == 403


def test_who_may_open_what(as_, draft, dev, ruth, sol, lena) -> None:
    def codes(who) -> dict[str, int]:
        client = as_(who)
        found = {}
        for name in ("draft", "effect", "losing", "equality", "publish", "example"):
            page = client.get(reverse(f"policy-{name}", args=[draft.number]))
            found[name] = page.status_code
        found["new-draft"] = client.get(reverse("policy-new-draft")).status_code
        found["policy"] = client.get(reverse("policy")).status_code
        return found

    closed = dict.fromkeys(("draft", "effect", "losing", "equality", "publish", "example"), 403)
    open_ = dict.fromkeys(closed, 200)
    assert codes(dev) == closed | {"new-draft": 403, "policy": 200}
    assert codes(ruth) == open_ | {"new-draft": 403, "policy": 200}
    assert codes(sol) == open_ | {"losing": 403, "new-draft": 403, "policy": 200}
    assert codes(lena) == open_ | {"losing": 403, "new-draft": 200, "policy": 200}


def test_a_published_version_has_no_page_as_a_draft_and_one_not_there_none(as_, lena) -> None:
    assert as_(lena).get(reverse("policy-effect", args=[1])).status_code == 302
    assert as_(lena).get(reverse("policy-effect", args=[99])).status_code == 404


# -- The effect --------------------------------------------------------------------------------


@pytest.fixture
def many(council) -> None:
    for level in range(1, 5):
        for _ in range(4):
            with_budget(levels(level), sex="male" if level % 2 else "female")
    for _ in range(12):
        with_budget(caring(2), ethnic_group="White: any other White background")


@pytest.fixture
def dear(lena) -> SettingsVersion:
    return actions.draft_change(
        {"point_price_pence": 1240, "factor": 0.93, "budget_envelope_year_pence": 44_000_00},
        starts_on=JULY, because="Wages", by=lena, at=MONDAY,
    )  # fmt: skip


def test_the_effect_shows_totals_winners_losers_groups_and_what_was_checked(
    as_, lena, many, dear
) -> None:
    page = as_(lena).get(reverse("policy-effect", args=[dear.number])).content.decode()

    for words in ("all starting budgets (about 30)", "To remain in budget", "Less than others",
                  "Carers",
                  "under 10", "None seen", "all agree to the penny", "Largest losses",
                  "They stay on the version they were made with", "<desc", "The same as a table",
                  "Put "):  # fmt: skip
        assert words in page, words
    assert "Moss" not in page


def test_nobody_is_told_of_one_person_in_a_group_under_ten(as_, lena, sol) -> None:
    for _ in range(12):
        with_budget(levels(2))
    for _ in range(3):
        with_budget(caring(2))
    draft = actions.draft_change(
        {"carer_point_price_pence": 700, "point_price_pence": 1240},
        starts_on=JULY, because="Less for carers", by=lena, at=MONDAY,
    )  # fmt: skip

    text = as_(sol).get(reverse("policy-effect", args=[draft.number])).content.decode()
    assess(draft, by=lena)
    kept = actions.publish(draft, by=sol, at=MONDAY).effect

    assert "Under 10 get less." in text
    assert "too few to say by how much" in text
    assert "Those who get less are in groups of under ten" in text
    assert "Carers, 65 to 84" not in text
    assert (kept["people"], kept["gain"], kept["lose"], kept["most_loss_pence"]) == (
        15, 10, None, None,
    )  # fmt: skip


def test_the_fitted_share_is_put_in_the_draft_on_the_page(as_, lena, many, dear) -> None:
    page = reverse("policy-effect", args=[dear.number])

    read = as_(lena).get(page).content.decode()
    typed = dict(re.findall(r'name="(share|of)" value="(\w+)"', read))
    answer = as_(lena).post(page, typed, follow=True)

    assert "is in the draft now" in answer.content.decode()
    assert "to spare" in answer.content.decode()


def test_only_the_drafter_puts_the_share_in(as_, ruth, sol, many, dear) -> None:
    page = reverse("policy-effect", args=[dear.number])

    assert as_(ruth).post(page).status_code == 403
    assert as_(sol).post(page).status_code == 403
    dear.refresh_from_db()
    assert dear.own["factor"] == 0.93


def test_names_are_only_for_those_who_may_see_them_and_each_leaves_a_look(
    as_, ruth, dev, many, dear
) -> None:
    mine = with_budget(caring(3))
    people.name_worker(mine, staff=dev, at=MONDAY)

    page = as_(ruth).get(reverse("policy-losing", args=[dear.number])).content.decode()

    assert re.findall(r"Ada\d+ Moss\d+", page) == [mine.name]
    assert "You may see 1 of about 15" in page
    looks = AccessLog.objects.filter(person=mine, sign_in=ruth.sign_in)
    assert [one.what for one in looks] == ["what new rules would do to your budget"]
    assert AccessLog.objects.count() == 1


# -- The assessment ----------------------------------------------------------------------------


def test_the_assessment_is_begun_from_what_was_measured(as_, lena, many, dear) -> None:
    page = as_(lena).get(reverse("policy-equality", args=[dear.number])).content.decode()

    assert "The price of one point: from £12.00 to £12.40." in page
    assert "All current starting budgets (about 30)" in page
    assert "Carers: starting budgets change by −" in page
    assert re.search(r"average, £\d+\.\d\d lower than for everyone else", page)


def test_the_assessment_is_kept_as_far_as_it_is_written(as_, lena, many, dear) -> None:
    page = reverse("policy-equality", args=[dear.number])

    typed = {"change": "Dearer", "finding": "Carers lose", "of": council.figures_key(dear)}
    answer = as_(lena).post(page, typed, follow=True)

    text = answer.content.decode()
    assert "Kept. Still to write: the data looked at" in text
    assert "Dearer" in text
    dear.refresh_from_db()
    assert dear.equality.missing == ("data", "groups", "mitigation", "decision", "review_on")
    carers = next(row for row in dear.equality.measured if row["group"] == "Carers")
    assert carers["people"] == 10


def test_words_written_beside_other_figures_are_read_again_and_stay_typed(as_, lena, dear) -> None:
    page = reverse("policy-equality", args=[dear.number])
    read = re.search(r'name="of" value="(\w+)"', as_(lena).get(page).content.decode())
    actions.keep_draft(dear, {"factor": 0.9}, starts_on=JULY, because="Less", by=lena, at=MONDAY)

    answer = as_(lena).post(page, {"change": "My words", "of": read[1]})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The draft changed while you wrote" in text
    assert "My words" in text
    again = as_(lena).post(page, {"change": "My words", "of": council.figures_key(_newest())})
    assert again.status_code == 302


def _newest() -> SettingsVersion:
    return SettingsVersion.objects.order_by("-number")[0]


def test_a_day_that_is_none_is_refused_and_the_words_stay(as_, lena, dear) -> None:
    page = reverse("policy-equality", args=[dear.number])
    typed = {"change": "My words", "review_on_day": "40", "review_on_month": "1",
             "review_on_year": "2027"}  # fmt: skip

    answer = as_(lena).post(page, typed)

    assert answer.status_code == 422
    assert "My words" in answer.content.decode()


# -- Publishing --------------------------------------------------------------------------------


def test_publishing_too_soon_is_refused_with_every_reason_and_a_way_to_each(
    as_, lena, draft
) -> None:
    page = as_(lena).post(reverse("policy-publish", args=[draft.number]))

    text = page.content.decode()
    assert page.status_code == 422
    assert "You drafted this, so a second person must publish it" in text
    assert "Equality assessment needed" in text
    assert f'href="{reverse("policy-equality", args=[draft.number])}"' in text


def test_a_second_person_publishes_on_the_page(as_, lena, sol, many, draft) -> None:
    assess(draft, by=lena)

    page = as_(sol).post(reverse("policy-publish", args=[draft.number]), follow=True)

    text = page.content.decode()
    assert "Version 2 is published, from 1 July 2026" in text
    assert "What it was found to do" in text
    assert "Settings version 2 was published, by Sol Whitcombe" in text


def test_who_may_not_publish_sees_no_button_and_is_refused(as_, ruth, draft) -> None:
    page = reverse("policy-publish", args=[draft.number])

    assert "Publish from" not in as_(ruth).get(page).content.decode()
    assert as_(ruth).post(page).status_code == 403


def test_she_goes_back_to_an_older_version_by_a_new_draft(as_, lena, sol, draft) -> None:
    published(draft, lena=lena, sol=sol)
    typed = {"because": "Too dear", "starts_on_day": "1", "starts_on_month": "8",
             "starts_on_year": "2026"}  # fmt: skip

    page = as_(lena).post(reverse("policy-roll-back", args=[1]), typed, follow=True)

    assert "the same as version 1" in page.content.decode()
    assert as_(staff_named("Dev Marlowe")).get(
        reverse("policy-roll-back", args=[1])
    ).status_code == 403  # fmt: skip


def test_a_draft_is_put_away_on_the_page(as_, lena, draft) -> None:
    page = as_(lena).post(reverse("policy-withdraw", args=[draft.number]), follow=True)

    assert "is put away" in page.content.decode()
    assert as_(lena).get(reverse("policy-draft", args=[draft.number])).status_code == 404


# -- Somebody invented -------------------------------------------------------------------------


def test_the_sum_of_somebody_invented_is_shown_under_both(as_, lena, draft) -> None:
    page = reverse("policy-example", args=[draft.number])

    for key in ("little", "with-family", "a-lot", "carer"):
        text = as_(lena).get(page, {"who": key}).content.decode()
        assert "as the rules are" in text, key
    assert "No change" in text


def test_the_sum_of_typed_facts_is_shown_and_refused_by_name(as_, lena, draft) -> None:
    page = reverse("policy-example", args=[draft.number])

    shown = as_(lena).get(page, {"who": "person", "need_points": "40", "help_points": "25"})
    wrong = as_(lena).get(page, {"who": "person", "need_points": "10", "help_points": "25"})

    assert "£171.00 as the rules are, £176.70 under the draft" in shown.content.decode()
    assert "(40 − 25) × £12.40 × 0.95 = £176.70" in shown.content.decode()
    assert wrong.status_code == 422
    assert "more than the 10 points of need" in wrong.content.decode()


def test_a_draft_of_a_number_there_is_not_is_not_found(as_, lena) -> None:
    answer = as_(lena).get(reverse("policy-new-draft"), {"number": "nope"})

    assert answer.status_code == 404


def test_a_choice_is_offered_in_words(as_, lena) -> None:
    page = as_(lena).get(reverse("policy-new-draft"), {"number": "charging_method"})

    text = page.content.decode()
    assert "One amount that everybody keeps" in text
    assert 'value="fairer"' in text
