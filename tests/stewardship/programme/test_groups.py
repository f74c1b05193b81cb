"""Who is in which group, and which groups are found to get less."""

from datetime import date

import numpy as np
import pytest

from ownway.stewardship.programme.queries import groups
from ownway.stewardship.programme.queries.caseload import Whose
from tests.stewardship.programme.conftest import JULY


def _whose(**about: object) -> Whose:
    usual = {"budget": 1, "side": "person", "sex": "", "ethnic_group": "",
             "support_reason": "physical_care", "born": date(1990, 1, 1)}  # fmt: skip
    return Whose(**usual | about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "group"),
    [
        ({"side": "carer"}, "Carers"),
        ({"support_reason": "learning", "born": date(1940, 1, 1)}, "Learning disability"),
        ({"born": date(1961, 7, 1)}, "Older people"),
        ({"born": date(1961, 7, 2)}, "Physical disability"),
        ({"support_reason": "sensory"}, "Sensory impairment"),
        ({"support_reason": "social"}, "Other support"),
        ({"support_reason": "unknown"}, "Not recorded"),
    ],
)
def test_client_groups_are_by_caring_then_reason_then_age(about, group) -> None:
    assert groups.client_group(_whose(**about), JULY) == group


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("White: any other White background", "White"),
        ("Black, Black British, Caribbean or African: African", "Black"),
        ("mixed or multiple ethnic groups", "Mixed"),
        ("Romany", "Another ethnic group"),
        ("", "Not recorded"),
    ],
)
def test_ethnic_groups_are_the_broad_ones_of_the_census(said, group) -> None:
    assert groups.ethnic_group(_whose(ethnic_group=said), JULY) == group


def test_ages_are_in_bands_on_the_day_the_rules_start() -> None:
    born = [date(2010, 1, 1), date(1970, 1, 1), date(1950, 1, 1), date(1941, 7, 1), None]

    found = [groups.age_band(_whose(born=one), JULY) for one in born]

    assert found == ["Under 18", "18 to 64", "65 to 84", "85 and over", "Not recorded"]


def test_a_group_that_loses_is_found_and_one_under_ten_is_not_shown() -> None:
    whose = [_whose(side="carer")] * 30 + [_whose()] * 60 + [_whose(support_reason="social")] * 4
    before = np.full(94, 10_000) + np.arange(94) % 7
    after = before + np.where(np.arange(94) < 30, -200, 300)

    client, *_ = groups.compared(whose, before, after, on=JULY)

    found = {one.group: one for one in client.groups}
    assert [one.group for one in client.less] == ["Carers"]
    assert (found["Carers"].people, found["Carers"].less) == (30, 30)
    assert found["Other support"].people is None
    assert found["Other support"].mean is None
