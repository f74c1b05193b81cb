"""Reading the rules: plain tables, lists, the sum in steps, the proof, and comparing versions."""

from datetime import date

import pytest
from django.urls import reverse

from ownway.foundation.council import queries as council
from ownway.policy import packs
from ownway.stewardship.programme import queries
from ownway.stewardship.programme.queries.tables import BUDGET
from tests.stewardship.programme.conftest import JULY, MONDAY, published

pytestmark = pytest.mark.usefixtures("monday")
PACK = packs.load("alderbrook", on=JULY)


def test_the_live_rules_read_as_tables_with_unit_source_owner_and_what_is_not_confirmed(
    as_, lena
) -> None:
    text = as_(lena).get(reverse("policy")).content.decode()

    for words in ("The price of one point", "£12.00", "pounds a point, a week", "Not confirmed",
                  "Sol Whitcombe", "Alderbrook Council", "National, as facs-2010 has it",
                  "The sum for a carer", "Nine parts of daily life",
                  "The proof holds"):  # fmt: skip
        assert words in text


def test_numbers_that_no_chosen_method_reaches_stand_apart() -> None:
    found = {s.name: s for s in queries.sections(PACK)}

    budget = found[BUDGET]
    assert "point_price_pence" in {line.number.name for line in budget.used}
    assert queries.ENVELOPE in {line.number.name for line in budget.used}
    assert "points_table" in {line.number.name for line in budget.unused}


def test_the_sum_reads_as_steps_with_the_figures_of_the_rules() -> None:
    steps = queries.steps(PACK)["person"]

    said = {step.words: (step.sign, step.figure) for step in steps}
    assert said["The price of one point"] == ("×", "£12.00")
    assert said["The share we can start with"] == ("×", "95%")
    assert not any("{" in step.words + step.note for step in steps)


def test_every_list_is_a_table_with_a_name_in_words() -> None:
    lists = {one.name: one for one in queries.lists(PACK)}

    risks = lists["Risks, and the band each puts someone in"]
    assert risks.columns == ("Name", "Band")
    assert ("Life is or will be in danger", "critical") in risks.rows


def test_a_version_shows_its_proof_claim_by_claim(as_, dev) -> None:
    page = as_(dev).get(reverse("policy-proof", args=[1])).content.decode()

    assert "more need never means less" in page
    assert "claims hold" in page


def test_versions_are_in_force_from_their_day_until_the_next_and_not_on_it(
    draft, lena, sol
) -> None:
    published(draft, lena=lena, sol=sol)

    def states(on: date) -> dict[int, str]:
        return {one.version.number: one.state for one in council.standings(on=on)}

    assert states(MONDAY.date()) == {2: "To come", 1: "In force"}
    assert states(date(2026, 6, 30))[1] == "In force"
    assert states(JULY) == {2: "In force", 1: "Before"}


def test_two_versions_on_one_day_leave_the_first_never_in_force(draft, lena, sol) -> None:
    from ownway.stewardship.programme import actions

    published(draft, lena=lena, sol=sol)
    again = actions.draft_change(
        {"factor": 0.9}, starts_on=JULY, because="Less", by=lena, at=MONDAY
    )
    published(again, lena=lena, sol=sol)

    states = {one.version.number: one for one in council.standings(on=JULY)}
    assert states[2].state == "Replaced before its day"
    assert council.live_settings(JULY).number == 3


def test_any_two_versions_are_set_beside_each_other_number_by_number(as_, lena, draft) -> None:
    page = as_(lena).get(reverse("policy-compare"), {"a": 1, "b": draft.number}).content.decode()

    assert "1 number differs" in page
    for words in ("£12.00", "£12.40", "3.3% more"):
        assert words in page


def test_asked_for_no_versions_the_newest_two_are_compared(as_, lena, draft) -> None:
    page = as_(lena).get(reverse("policy-compare"), follow=True)

    assert page.status_code == 200
    assert "Version 1 beside version 2" in page.content.decode()


def test_a_version_that_is_not_there_is_not_found(as_, lena, draft) -> None:
    client = as_(lena)

    assert client.get(reverse("policy-version", args=[99])).status_code == 404
    assert client.get(reverse("policy-compare"), {"a": 1, "b": 99}).status_code == 404
    assert client.get(reverse("policy-compare"), {"a": "x", "b": "1" * 40}, follow=True
                      ).status_code == 200  # fmt: skip


def test_with_one_version_there_is_nothing_to_compare(as_, dev) -> None:
    assert "only one version" in as_(dev).get(reverse("policy-compare")).content.decode()
