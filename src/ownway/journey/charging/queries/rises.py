"""What somebody's income is from the day rates change, and which of it no rate can tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ownway.foundation.council import queries as council
from ownway.journey.charging.models import Uprating
from ownway.policy.packs import Pack
from ownway.policy.refusals import PackRefused, PolicyRefused

A_WHOLE = 10_000
RATES = ("attendance_lower_pence", "attendance_higher_pence")
BENEFIT = "disability_benefit_pence"
NO_RATE = "is not a rate known for this day. Ask what it is from then"
ONE_SUM = "is one sum, and pensions and benefits rise differently. Ask for it line by line"


def rules_around(on: date) -> tuple[Pack, Pack]:
    """The rules of the day before, and those of a day."""
    return council.rules(date.fromordinal(on.toordinal() - 1)), council.rules(on)


@dataclass(frozen=True)
class Change:
    """A number of the rules that is another from a day on."""

    label: str
    before: str
    after: str


def changes_on(on: date) -> list[Change]:
    """Which numbers of the rules are others from a day on, and those that are not known then."""
    old, new = rules_around(on)
    return changes(old, new)


def changes(old: Pack, new: Pack) -> list[Change]:
    """Which numbers that charges are worked out from differ between two days.

    A pack keeps its hash when a dated number in it changes, so the numbers themselves are compared.
    """
    found = []
    for name in _of_charging(new):
        before, after = _shown(old, name), _shown(new, name)
        if before != after:
            found.append(Change(new.number(name).label, before, after))
    return found


def _of_charging(pack: Pack) -> list[str]:
    """The numbers that what people pay is worked out from."""
    read = {
        name
        for graph in pack.graphs.values()
        if "charge" in graph.by_name
        for node in graph.nodes
        for name in node.numbers
    }
    return [name for name in pack.numbers if name in read or name == "charging_method"]


def _shown(pack: Pack, name: str) -> str:
    try:
        number = pack.number(name)
        return number.shown if number.value is not None else "not known"
    except PackRefused:
        return "not known"


def raised(facts: Mapping[str, Any], *, run: Uprating, old: Pack, new: Pack) -> dict[str, Any]:
    """What somebody's income is from a day on: known rates by the pack, the rest by a percentage.

    Units: rises are hundredths of a percent. Fractions of a penny go in the person's favour.
    """
    again = {**facts, **_with_new_rate(facts, old=old, new=new)}
    income, partner = facts.get("income"), facts.get("partner")
    if isinstance(income, dict):
        lines = {**income, **_with_new_rate(income, old=old, new=new)}
        for name, rise in _rises(run):
            if lines.get(name):
                lines[name] = _more(lines[name], rise)
        again["income"] = lines
    elif "income_pence" in facts:
        again["income_pence"] = _one_sum(facts["income_pence"], run)
    if isinstance(partner, dict) and "income_pence" in partner:
        again["partner"] = {**partner, "income_pence": _one_sum(partner["income_pence"], run)}
    return again


def not_raised(facts: Mapping[str, Any], *, run: Uprating, old: Pack, new: Pack) -> dict[str, str]:
    """The facts that neither a rate nor a percentage can bring up to a day, each with why."""
    found = {}
    income, partner = facts.get("income"), facts.get("partner")
    for place, part in (("", facts), ("income.", income)):
        if isinstance(part, Mapping) and _has_no_rate(part, run=run, old=old, new=new):
            found[place + BENEFIT] = NO_RATE
    if run.pension_rise != run.benefit_rise:
        sums = {"income_pence": {} if isinstance(income, dict) else facts}
        sums["partner.income_pence"] = partner if isinstance(partner, dict) else {}
        found |= {place: ONE_SUM for place, part in sums.items() if part.get("income_pence")}
    return found


def _one_sum(pence: int | None, run: Uprating) -> int | None:
    rises_alike = run.benefit_rise == run.pension_rise
    return _more(pence, run.pension_rise) if pence and rises_alike else pence


def _more(pence: int, rise: int) -> int:
    return pence * (A_WHOLE + rise) // A_WHOLE


def _rises(run: Uprating) -> tuple[tuple[str, int], ...]:
    """A pension from work is as it was given: no rate of the state moves it."""
    return ("pension_pence", run.pension_rise), ("benefits_pence", run.benefit_rise)


def _with_new_rate(given: Mapping[str, Any], *, old: Pack, new: Pack) -> dict[str, int]:
    """A disability benefit that is exactly a known rate is that rate on the new day."""
    rates = list(_rates_of(given.get(BENEFIT), old=old, new=new))
    return {BENEFIT: rates[0]} if rates else {}


def _has_no_rate(given: Mapping[str, Any], *, run: Uprating, old: Pack, new: Pack) -> bool:
    """Whether a disability benefit goes up on a day by what no rate of the rules says."""
    amount = given.get(BENEFIT)
    moves = bool(run.benefit_rise) or any(_value(old, one) != _value(new, one) for one in RATES)
    return bool(amount) and moves and not any(_rates_of(amount, old=old, new=new))


def _rates_of(amount: int | None, *, old: Pack, new: Pack) -> Iterator[int]:
    for name in RATES:
        if amount and amount == _value(old, name) and (rate := _value(new, name)):
            yield rate


def _value(pack: Pack, name: str) -> int | None:
    try:
        return pack.value(name)
    except PolicyRefused:
        return None
