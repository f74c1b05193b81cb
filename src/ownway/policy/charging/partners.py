"""The partner's side of a couple: only to see if looking at both together leaves more.

A person is looked at alone. Source: Care Act 2014 statutory guidance, annex C; where a partner has
less than they need to live on, both together have less to pay with, and the lower sum is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ownway.policy.charging import ages
from ownway.policy.packs import Pack


def wanted(partner: Mapping[str, Any], pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield what must be known of a partner who is looked at."""
    yield "partner.income_pence", "is not known yet. Give 0 if there is none."
    yield "partner.capital_pence", "is not known yet. Give 0 if there are no savings."
    yield from ages.wanted(partner, pack, at="partner.")
    if ages.is_pension_age(partner, pack) is False:
        yield "partner.premiums", "is not known yet. List them, or [] for none."
    yield "partner.housing_costs_pence", "is not known yet. Give 0 if there are none."
    yield "partner.disability_expenses_pence", "is not known yet. Give 0 if there are none."


def inputs(partner: Mapping[str, Any], pack: Pack) -> dict[str, int]:
    """The partner's side as the graphs read it."""
    premiums = partner.get("premiums", ())
    return {
        "partner_income": partner["income_pence"],
        "partner_capital": partner["capital_pence"],
        "partner_pensioner": int(bool(ages.is_pension_age(partner, pack))),
        "partner_disability": int("disability" in premiums),
        "partner_enhanced": int("enhanced_disability" in premiums),
        "partner_carer": int("carer" in premiums),
        "partner_housing": partner["housing_costs_pence"],
        "partner_dre": partner["disability_expenses_pence"],
        "partner_pays": partner.get("pays_pence", 0),
    }
