"""The same policy declared as an Ownway pack: plain data, checked as every pack is.

This is also an example of a policy written in Python: numbers and nodes are dictionaries, as a
TOML file would hold them, and `packs.read_pack` refuses what is not fit. A point is written as a
thousand here, so that thousandths of a point stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.ras.policy import EXTRA, HELP, LEVELS, PARTS, QUESTIONS
from ownway.policy import packs
from ownway.policy.packs import Pack

DAY = date(2026, 4, 6)
WEEK, POINTS, TABLE, SHARES = "pence a week", "points", "points by level", "ratio by level"
GRAPH, RESULT = "budget", "weekly"
Raw = dict[str, Any]


def pack(policy: Raw) -> Pack:
    """The policy as a pack, read and checked."""
    return packs.read_pack(raw(policy), on=DAY)


def raw(policy: Raw) -> Raw:
    """The policy as a pack is written."""
    return {
        "name": "ras", "title": "The bench’s policy", "version": "1",
        "numbers": dict(_numbers(policy)),
        "graphs": {GRAPH: [*_facts(), *_need(), *_money(policy)]},
    }  # fmt: skip


def _number(unit: str, value: Any) -> Raw:
    values = [{"from": DAY, "value": value}]
    return {"unit": unit, "label": "Invented", "source": "Invented", "values": values}


def _numbers(policy: Raw) -> Iterator[tuple[str, Raw]]:
    for part in range(PARTS):
        for question in range(QUESTIONS):
            row = [point * 1000 for point in policy["points"][part][question]]
            yield f"points_{part}_{question}", _number(TABLE, row)
        yield f"cap_{part}", _number(POINTS, policy["caps"][part] * 1000)
        less = [share / 1000 for share in policy["less_for_help"][part]]
        yield f"less_{part}", _number(SHARES, less)
    for group, curve in enumerate(policy["curves"]):
        knots = [list(knot) for knot in zip(curve["x"], curve["y"], strict=True)]
        yield f"curve_{group}", _number("pence a week by points", knots)
    yield "outcome_points", _number(POINTS, policy["outcome_points"] * 1000)
    yield "outcomes_needed", _number("count", policy["outcomes"])
    yield "kept_at_least", _number("ratio", policy["kept_at_least"] / 1000)
    yield from _money_numbers(policy)


def _money_numbers(policy: Raw) -> Iterator[tuple[str, Raw]]:
    for name in ("alone", "two_to_one", "area", "deflator"):
        for level, share in enumerate(policy[name]):
            yield f"{name}_{level}", _number("ratio", share / 1000)
    for name in ("risk", "employment", "transport", "cap"):
        for level, amount in enumerate(policy[name]):
            yield f"{name}_{level}_pence", _number(WEEK, amount)
    nights = (amount for row in policy["nights"] for amount in row)
    for level, amount in enumerate(nights):
        yield f"nights_{level}_pence", _number(WEEK, amount)
    yield "break_pence", _number(WEEK, policy["break_amount"])
    yield "floor_pence", _number(WEEK, policy["floor"])


def _node(name: str, kind: str, unit: str, *of: str, **more: Any) -> Raw:
    return {"name": name, "kind": kind, "unit": unit, "of": list(of), **more}


def _pick(name: str, unit: str, by: str, number: str, levels: int) -> Raw:
    numbers = [number.format(level) for level in range(levels)]
    return _node(name, "pick", unit, by, numbers=numbers)


def _facts() -> Iterator[Raw]:
    for part in range(PARTS):
        for question in range(QUESTIONS):
            yield _node(f"a{part}_{question}", "input", "level", most=LEVELS - 1)
        yield _node(f"s{part}", "input", "level", most=HELP - 1)
    for name, levels in EXTRA.items():
        yield _node(name, "input", "level", most=levels - 1)


def _need() -> Iterator[Raw]:
    """Points after help, never less than a share of them, and outcomes that cannot be met."""
    yield _node("all", "constant", "ratio", by=10_000)
    yield _node("kept_at_least", "setting", "ratio", number="kept_at_least")
    yield _node("outcome_points", "setting", POINTS, number="outcome_points")
    for part in range(PARTS):
        points = [f"points.{part}_{question}" for question in range(QUESTIONS)]
        for question, name in enumerate(points):
            number = f"points_{part}_{question}"
            yield _node(name, "table", POINTS, f"a{part}_{question}", number=number)
        yield _node(f"raw.{part}", "sum", POINTS, *points)
        yield _node(f"cap.{part}", "setting", POINTS, number=f"cap_{part}")
        yield _node(f"need.{part}", "least", POINTS, f"raw.{part}", f"cap.{part}")
        yield _node(f"less.{part}", "table", "ratio", f"s{part}", number=f"less_{part}")
        yield _node(f"left.{part}", "difference", "ratio", "all", f"less.{part}")
        yield _share(f"after.{part}", POINTS, f"need.{part}", f"left.{part}")
        yield _share(f"kept.{part}", POINTS, f"need.{part}", "kept_at_least")
        yield _node(f"unmet.{part}", "at_least", "flag", f"need.{part}", "outcome_points")
    yield _node("after", "sum", POINTS, "after.*")
    yield _node("kept", "sum", POINTS, "kept.*")
    yield _node("total", "greatest", POINTS, "after", "kept")
    yield _node("outcomes", "count", "count", "unmet.*")
    yield _node("outcomes_needed", "setting", "count", number="outcomes_needed")
    yield _node("eligible", "at_least", "flag", "outcomes", "outcomes_needed")
    yield _node("tally", "sum", "level", *(f"s{part}" for part in range(PARTS)))


def _share(name: str, unit: str, of: str, by: str) -> Raw:
    return _node(name, "share", unit, of, by, rounding="half_up")


def _money(policy: Raw) -> Iterator[Raw]:
    curves = [f"curve_{group}" for group in range(EXTRA["group"])]
    yield _node("base", "curve_by", WEEK, "total", "group", numbers=curves, rounding="half_up")
    for name, by in (("alone", "lives_alone"), ("two_to_one", "two_to_one")):
        yield _pick(f"{name}_share", "ratio", by, f"{name}_{{}}", EXTRA[by])
        yield _share(f"{name}_amount", WEEK, "base", f"{name}_share")
    yield _node("night_row", "times", "level", "nights", by=EXTRA["two_to_one"])
    yield _node("night_kind", "sum", "level", "night_row", "two_to_one")
    yield _pick("nights_amount", WEEK, "night_kind", "nights_{}_pence", 12)
    for name in ("risk", "transport"):
        yield _pick(f"{name}_amount", WEEK, name, f"{name}_{{}}_pence", EXTRA[name])
    yield from _conditions(policy)
    yield _node("subtotal", "sum", WEEK, "base", *(f"{name}_amount" for name in (
        "alone", "two_to_one", "nights", "risk", "transport", "employment", "break")))  # fmt: skip
    yield from _shared_out(policy)


def _conditions(policy: Raw) -> Iterator[Raw]:
    """Work counts for people of working age; a break where much of the help is unpaid."""
    yield _node("nothing", "constant", WEEK)
    yield _node("first_older", "constant", "level", by=1)
    yield _node("older", "at_least", "flag", "age_band", "first_older")
    yield _pick("for_work", WEEK, "employment", "employment_{}_pence", EXTRA["employment"])
    yield _node("employment_amount", "choose", WEEK, "older", "nothing", "for_work")
    yield _node("much", "constant", "level", by=policy["break_tally"])
    yield _node("much_unpaid", "at_least", "flag", "tally", "much")
    yield _node("break_amount", "pick", WEEK, "much_unpaid", numbers=["", "break_pence"])


def _shared_out(policy: Raw) -> Iterator[Raw]:
    for name, by, of in (("area", "area", "subtotal"), ("deflator", "group", "area_amount")):
        yield _pick(f"{name}_share", "ratio", by, f"{name}_{{}}", EXTRA[by])
        yield _share(f"{name}_amount", WEEK, of, f"{name}_share")
    yield _node("floor", "setting", WEEK, number="floor_pence")
    yield _node("floored", "greatest", WEEK, "deflator_amount", "floor")
    yield _pick("most", WEEK, "group", "cap_{}_pence", EXTRA["group"])
    yield _node("capped", "least", WEEK, "floored", "most")
    yield _node("pounds", "divide", WEEK, "capped", by=policy["round_to"], rounding="half_up")
    yield _node("rounded", "times", WEEK, "pounds", by=policy["round_to"])
    yield _node(RESULT, "choose", WEEK, "eligible", "rounded", "nothing")
