"""The facts that a charge is worked out from: their names, bounds and words."""

from __future__ import annotations

from typing import Final

from ownway.policy.facts import Choice, Day, Fact, Flag, Group, Lines, Settings, Some, Whole, Words
from ownway.policy.packs import Pack

SETTINGS: Final = ("home", "care_home", "short_stay", "reablement")
HOUSEHOLDS: Final = ("single", "couple")
PREMIUMS: Final = ("disability", "enhanced_disability", "carer")
LIGHT_TOUCH: Final = ("refuses_details", "small_charge", "passported")
_A_WEEK = 10**8
_CAPITAL = 10**10


def _weekly(words: str) -> Whole:
    return Whole(f"{words}, a week", most=_A_WEEK)


def _capital(words: str) -> Whole:
    return Whole(words, most=_CAPITAL)


_AGE = Whole("age in years; a date of birth says more", least=18, most=130)
_BORN_ON = Day("date of birth, in place of age")
_PREMIUMS = Some("benefit premiums they are entitled to; [] for none", PREMIUMS)

PARTNER = Group(
    "the partner’s side, to see if a couple keeps more looked at together",
    {
        "age": _AGE,
        "born_on": _BORN_ON,
        "income_pence": _weekly("all the partner’s own income that counts"),
        "capital_pence": _capital("the partner’s own savings"),
        "premiums": _PREMIUMS,
        "housing_costs_pence": _weekly("the partner’s part of the costs of the home"),
        "disability_expenses_pence": _weekly("the partner’s costs due to disability"),
        "pays_pence": _weekly("what the partner pays towards care of their own; left out is 0"),
    },
)

_CARE: dict[str, Fact] = {
    "who": Choice("whose support this is", ("person", "carer")),
    "called": Words("the name to use in the sentences", most=100),
    "support_for": Choice("where a carer may be charged: to whom it is given", ("carer", "person")),
    "setting": Choice("where the support is given, or that it is reablement", SETTINGS),
    "budget_pence": _weekly("the budget, the cost of the care, or the fee"),
    "week": Whole("which week of reablement, of the stay or of the home, 1 first", 1, 5200),
    "direct_care_pence": _weekly("hours of direct care in reablement"),
    "price_pence": Whole("with free_because equipment: its price, once", most=_CAPITAL),
    "nursing_care": Flag("the NHS pays its part for a nurse in the care home; left out is no"),
    "light_touch": Choice("why there is no full look at their money", LIGHT_TOUCH),
    "night_care": Flag("night care is arranged"),
}  # fmt: skip
_MONEY: dict[str, Fact] = {
    "income_pence": _weekly("all income that counts, in place of income line by line"),
    "disability_benefit_pence": _weekly(
        "Attendance Allowance, or the care part of DLA or PIP; with income_pence"
    ),
    "passed_to_partner_pence": _weekly("work pension passed to a partner who lives at home"),
    "capital_pence": _capital("own savings and other capital that counts"),
    "joint_capital_pence": _capital("savings shared with a partner; half counts"),
    "notional_capital_pence": _capital(
        "money given away to pay less, which still counts; what it was at the start"
    ),
    "notional_weeks": Whole("whole weeks that money given away has counted", most=1040),
    "housing_costs_pence": _weekly(
        "rent, mortgage, council tax and eligible service charges, less any help"
    ),
    "disability_expenses_pence": _weekly("costs due to disability"),
}
_LIFE: dict[str, Fact] = {
    "household": Choice("single, or one of a couple", HOUSEHOLDS),
    "age": _AGE,
    "born_on": _BORN_ON,
    "lone_parent": Flag("brings up a child alone"),
    "premiums": _PREMIUMS,
    "children": Whole("children the person is responsible for; 0 for none", most=30),
    "partner": PARTNER,
}
_HOME: dict[str, Fact] = {
    "home_value_pence": _capital("what the person’s share of their own home would sell for"),
    "home_debts_pence": _capital("mortgages and other debts secured on that share"),
    "home_not_counted": Flag("the council has chosen to leave the home out; left out is no"),
    "disregard_weeks_used": Whole(
        "weeks the home was left out in an earlier stay; 0 if there was none", most=52
    ),
    "weeks_since_disregard": Whole("weeks from the end of that stay to this one", most=5200),
}


def fields(pack: Pack) -> Group:
    """The facts a charge may be worked out from under this pack."""
    if "charging fields" not in pack.kept:
        pack.kept["charging fields"] = _fields(pack)
    found: Group = pack.kept["charging fields"]
    return found


def _fields(pack: Pack) -> Group:
    lines: dict[str, Fact] = {
        f"{item['key']}_pence": _weekly(item["name"]) for item in pack.lists["income"]
    }
    lines["disability_benefit_pence"] = _MONEY["disability_benefit_pence"]
    free = tuple(item["key"] for item in pack.lists["never_charged"])
    living = tuple(item["key"] for item in pack.lists["who_lives_at_home"])
    return Group(
        "facts for what someone pays",
        {
            **_CARE,
            **_MONEY,
            **_LIFE,
            **_HOME,
            "income": Lines("every line of income, a week; a line left out is nothing", lines),
            "free_because": Choice("why this is never charged for", free),
            "living_at_home": Some("who lives in the home; [] for nobody", living),
            "settings": Settings(),
        },
    )


ASKED_IF_NULL: Final = (
    "notional_capital_pence", "passed_to_partner_pence", "disability_benefit_pence",
    "nursing_care", "home_not_counted",
)  # fmt: skip
"""Facts that are nothing when left out. Said to be null they are unknown, and are asked for."""
