"""A version's rules as plain tables: every number by topic, the lists, and the sum in steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ownway.foundation.council.models import SettingsVersion
from ownway.policy import units, words
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import reach, typed

BUDGET, PAY, ELIGIBLE, OTHER = (
    "The starting budget",
    "What people pay",
    "Who is eligible",
    "Limits of time, and other settings",
)
SECTIONS = (BUDGET, PAY, ELIGIBLE, OTHER)
ENVELOPE = "budget_envelope_year_pence"
FACTOR = "factor"
_BY_NAME = {
    "ras_method": BUDGET,
    ENVELOPE: BUDGET,
    "eligibility_rule": ELIGIBLE,
    **dict.fromkeys(
        (
            "charging_method",
            "carers_pay",
            "reablement_charge",
            "reablement_free_weeks",
            "light_touch_small_pence",
            "short_stay_charge",
            "short_stay_most_weeks",
            "home_counts_after_weeks",
            "home_disregard_again_weeks",
            "home_sale_costs",
            "adult_rate_age_years",
            "attendance_lower_pence",
            "attendance_higher_pence",
            "arranging_fee_pence",
            "free_equipment_pence",
            "deferred_interest_over",
            "deferred_gilt_rate",
            "deferred_repay_days",
            "deferred_statement_months",
        ),
        PAY,
    ),
}
_LISTS = {
    "domains": "Nine parts of daily life",
    "carer_domains": "Nine parts of a carer’s life",
    "income": "Kinds of income",
    "never_charged": "What is never charged for",
    "who_lives_at_home": "Who may live on in a home that is then left out",
    "risks": "Risks, and the band each puts someone in",
    "carer_areas": "Four areas of a carer’s own life",
    "outcomes": "Ten outcomes",
    "carer_outcomes": "A carer’s outcomes",
    "contact_point_trainings": "What those who help at a contact point are trained in",
}
_SLOT = re.compile(r"\{([A-Za-z_.]+)(:per_pound)?\}")


@dataclass(frozen=True)
class Line:
    """One number of the rules as a reader meets it, with who answers for it."""

    number: Number
    is_own: bool
    is_used: bool
    starts_on: date | None
    owner: str

    @property
    def label(self) -> str:
        """What it is, in words."""
        return self.number.label or self.number.name

    @property
    def shown(self) -> str:
        """Its value."""
        return typed.shown(self.number.value, self.number.unit)

    @property
    def unit(self) -> str:
        """What it is a number of."""
        return typed.unit_of(self.number)

    @property
    def source(self) -> str:
        """Where it comes from: the council's own settings, or as the pack says."""
        return "The council’s own settings" if self.is_own else self.number.source

    @property
    def since(self) -> date | None:
        """The day it began."""
        return self.starts_on if self.is_own else self.number.since


@dataclass(frozen=True)
class Section:
    """Numbers that belong together: those in use first, the rest apart."""

    name: str
    used: tuple[Line, ...]
    unused: tuple[Line, ...]


def sections(pack: Pack, *, version: SettingsVersion | None = None) -> tuple[Section, ...]:
    """Every number of the rules, by what it decides, and whether it is in use."""
    topics, used = homes(pack), {*_BY_NAME, *reach.in_use(pack)}
    lines: dict[str, list[Line]] = {name: [] for name in SECTIONS}
    for number in pack.numbers.values():
        home = topics.get(number.name, OTHER)
        is_own = number.name in pack.given
        line = Line(
            number,
            is_own=is_own,
            is_used=home == OTHER or number.name in used,
            starts_on=version.starts_on if version else None,
            owner=_owner(number, pack, is_own=is_own),
        )
        lines[home].append(line)
    return tuple(
        Section(
            name,
            tuple(line for line in found if line.is_used),
            tuple(line for line in found if not line.is_used),
        )
        for name, found in lines.items()
    )


def _owner(number: Number, pack: Pack, *, is_own: bool) -> str:
    if is_own or number.limits.get("profile"):
        return pack.title
    if number.source.startswith("Sample"):
        return "An example that came with Ownway: settle your own"
    return f"National, as {pack.name} has it"


def homes(pack: Pack) -> dict[str, str]:
    """What each number that a sum reads helps to decide, by its name; any other is `OTHER`."""
    found = dict(_BY_NAME)
    for name, graph in pack.graphs.items():
        home = (
            BUDGET
            if name.startswith(("person_", "carer_"))
            else ELIGIBLE
            if name.startswith("eligible")
            else PAY
        )
        for node in graph.nodes:
            for number in filter(None, node.numbers):
                found.setdefault(number, home)
    return found


def sums(pack: Pack) -> dict[str, str]:
    """Which graph works out a budget from answers, for a person and for a carer."""
    return {
        "person": f"person_levels, then person_by_{pack.word('ras_method')}",
        "carer": "carer_levels, then carer_by_price",
    }


# -- Lists -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A list of the rules: what its columns are called, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def lists(pack: Pack) -> tuple[Listed, ...]:
    """Every list of the rules, as a table."""
    return tuple(_listed(name, items) for name, items in pack.lists.items() if items)


def _listed(name: str, items: Any) -> Listed:
    keys = tuple(dict.fromkeys(key for item in items for key in item if key != "key"))
    rows = tuple(tuple(_cell(key, item.get(key, "")) for key in keys) for item in items)
    heads = tuple(key.replace("_", " ").capitalize() for key in keys)
    return Listed(_LISTS.get(name, name.replace("_", " ").capitalize()), heads, rows)


def _cell(key: str, value: object) -> str:
    if key == "band" and isinstance(value, int):
        return units.BANDS[value]
    if value in (0, 1):
        return "Yes" if value else "No"
    return str(value)


# -- The sum -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One line of a sum as the rules have it: its sign, its words, and what it reads."""

    sign: str
    words: str
    note: str
    figure: str
    source: str
    always: bool


def steps(pack: Pack) -> dict[str, tuple[Step, ...]]:
    """How a budget is worked out, line by line, for a person and for a carer."""
    return {who: tuple(_steps(pack.graph(name), pack)) for who, name in sums(pack).items()}


def _steps(graph: Graph, pack: Pack) -> Iterator[Step]:
    for node in graph.nodes:
        if node.show != "never":
            yield Step(
                sign=node.sign,
                words=_filled(node.label, graph, pack),
                note=_filled(node.note, graph, pack),
                figure="; ".join(dict.fromkeys(_read(node, pack))),
                source=node.source,
                always=node.show == "always",
            )


def _read(node: Node, pack: Pack) -> Iterator[str]:
    for name in filter(None, node.numbers):
        number = pack.number(name)
        yield typed.shown(number.value, number.unit)


def _filled(text: str, graph: Graph, pack: Pack) -> str:
    forms = words.forms({"called": "the person"})

    def fill(slot: re.Match[str]) -> str:
        if slot[1] in forms:
            return forms[slot[1]]
        figures = list(_read(graph.by_name[slot[1]], pack)) if slot[1] in graph.by_name else []
        return " or ".join(dict.fromkeys(figures)) or "so much"

    return _SLOT.sub(fill, text)
