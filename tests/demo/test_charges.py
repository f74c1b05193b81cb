"""The invented people are charged by the rules themselves, and can be charged anew together."""

from datetime import date, datetime

import pytest

from ownway.demo import charges, histories, population
from ownway.foundation.council.models import Staff
from ownway.foundation.record import queries as record
from ownway.journey.charging import actions, queries
from ownway.journey.charging.actions.deciding import work_out
from ownway.journey.charging.models import Charge
from tests.conftest import LONDON

AT = datetime(2026, 1, 6, 9, 50, tzinfo=LONDON)
APRIL = date(2026, 4, 6)


@pytest.fixture
def filled(council: None, monkeypatch: pytest.MonkeyPatch) -> list[Charge]:
    """A small council, everybody whose support has started charged."""
    monkeypatch.setattr(charges, "DOES_NOT_TELL", 0.2)
    lives = population.make_lives(count=60, at=AT)
    list(histories.live(lives, at=AT))
    charges.charge(lives, at=AT)
    return list(Charge.objects.select_related("decision", "finances", "budget", "person"))


def test_every_charge_is_what_the_rules_make_of_the_figures_today(filled: list[Charge]) -> None:
    assert len(filled) > 20
    for one in filled:
        again = work_out(one.budget, finances=one.finances, on=one.starts_on)
        assert record.worked_again(one.decision).result == one.decision.result == again.result
        assert one.charge_pence == again.result["charge_pence"]


def test_some_pay_nothing_some_a_part_and_some_all_of_it(filled: list[Charge]) -> None:
    pays = {
        "nothing" if not one.charge_pence else "all" if not one.council_pays_pence else "a part"
        for one in filled
    }

    assert pays == {"nothing", "a part", "all"}


def test_new_rates_can_be_previewed_for_all_of_them(filled: list[Charge], priya: Staff) -> None:
    run = actions.preview_uprating(APRIL, pension_rise=410, benefit_rise=410, by=priya, at=AT)
    actions.go_on_uprating(at=AT)

    preview = queries.preview_of(run)

    assert preview.people == len(filled)
    assert (preview.cannot, preview.down) == (0, 0)
    assert preview.up > 5
