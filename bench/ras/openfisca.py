"""The same policy in OpenFisca-Core, in its quickest form: what we are measured against.

Tables are list-valued parameters read once for a formula and indexed with `take`; amounts are
whole pence in int variables, with products in int64, as its floats are 32 bits and would be a
penny out. OpenFisca is only ever run here, in an environment of its own; nothing of ours needs it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.ras.policy import GROUPS, LEVELS_OF, PARTS, QUESTIONS

START, PERIOD = "2026-04-01", "2026-04"
SINGLES = ("outcome_points", "outcomes", "kept_at_least", "break_tally", "break_amount", "floor",
           "round_to")  # fmt: skip
ROWS = ("caps", "alone", "two_to_one", "risk", "employment", "transport", "area", "deflator", "cap")


def half_up(top: Any, bottom: Any) -> Any:
    """Divide, a half going up."""
    return (2 * top + bottom) // (2 * bottom)


def _held(value: Any) -> dict[str, Any]:
    return {"values": {START: {"value": value}}}


def _parameters(policy: dict[str, Any]) -> ParameterNode:
    data: dict[str, Any] = {name: _held(policy[name]) for name in SINGLES}
    data |= {name: _held(list(policy[name])) for name in ROWS}
    data["curves"] = {
        group: {"x": _held(curve["x"]), "y": _held(curve["y"])}
        for group, curve in zip(GROUPS, policy["curves"], strict=True)
    }
    data["nights"] = {f"n{level}": _held(row) for level, row in enumerate(policy["nights"])}
    data["points"] = {
        f"p{part}": {f"q{question}": _held(row) for question, row in enumerate(rows)}
        for part, rows in enumerate(policy["points"])
    }
    data["left"] = {
        f"p{part}": _held([1000 - less for less in row])
        for part, row in enumerate(policy["less_for_help"])
    }
    return ParameterNode("", data=data)


def system(policy: dict[str, Any]) -> TaxBenefitSystem:
    """The whole policy as OpenFisca knows one."""
    person = Entity("person", "persons", "A person", "")
    made = TaxBenefitSystem([person])
    made.parameters = _parameters(policy)

    def add(name: str, rule: Any = None) -> None:
        about = {"value_type": int, "entity": person, "label": name,
                 "definition_period": periods.DateUnit.MONTH}  # fmt: skip
        if rule is not None:
            about["formula"] = lambda p, period, parameters: rule(
                lambda other: p(other, period), parameters(period)
            )
        made.add_variable(type(name, (Variable,), about))

    for name in LEVELS_OF:
        add(name)
    _add_need(add)
    _add_money(add)
    return made


def _row(parameter: Any, places: Any, kind: Any = np.int64) -> Any:
    return np.asarray(parameter, kind).take(places)


def _add_need(add: Any) -> None:
    parts = range(PARTS)
    for part in parts:

        def need(ask: Any, rules: Any, part: int = part) -> Any:
            rows = rules.points[f"p{part}"]
            raw = sum(_row(rows[f"q{q}"], ask(f"a{part}_{q}"), np.int32) for q in range(QUESTIONS))
            return np.minimum(raw, rules.caps[part])

        def after(ask: Any, rules: Any, part: int = part) -> Any:
            return ask(f"need_{part}") * _row(rules.left[f"p{part}"], ask(f"s{part}"), np.int32)

        add(f"need_{part}", need)
        add(f"after_{part}", after)
    add("need", lambda ask, rules: sum(ask(f"need_{part}") for part in parts))
    add("after", lambda ask, rules: sum(ask(f"after_{part}") for part in parts))
    add("unmet", lambda ask, rules: sum(
        ask(f"need_{part}") >= rules.outcome_points for part in parts))  # fmt: skip
    add("tally", lambda ask, rules: sum(ask(f"s{part}") for part in parts))
    add("total", lambda ask, rules: np.maximum(ask("after"), ask("need") * rules.kept_at_least))


def _base(ask: Any, rules: Any) -> Any:
    total, group = ask("total").astype(np.int64), ask("group")
    made = np.empty(total.shape, np.int64)
    for place, name in enumerate(GROUPS):
        here = group == place
        at = total[here]
        x, y = (np.asarray(rules.curves[name][axis], np.int64) for axis in "xy")
        left = np.minimum(np.searchsorted(x, at, side="right") - 1, len(x) - 2)
        read = y[left] + half_up((at - x[left]) * (y[left + 1] - y[left]), x[left + 1] - x[left])
        read[at >= x[-1]] = y[-1]
        made[here] = read
    return made


def _add_money(add: Any) -> None:
    add("base", _base)
    for name, by in (("alone", "lives_alone"), ("two_to_one", "two_to_one")):
        add(f"{name}_amount", lambda ask, rules, name=name, by=by: half_up(
            ask("base") * _row(rules[name], ask(by)), 1000))  # fmt: skip
    add("nights_amount", lambda ask, rules: np.asarray(
        [rules.nights[f"n{level}"] for level in range(4)], np.int64,
    )[ask("nights"), ask("two_to_one")])  # fmt: skip
    for name in ("risk", "transport"):
        add(f"{name}_amount", lambda ask, rules, name=name: _row(rules[name], ask(name)))
    add("employment_amount", lambda ask, rules: (
        _row(rules.employment, ask("employment")) * (ask("age_band") == 0)))  # fmt: skip
    add("breaks_amount", lambda ask, rules: (
        rules.break_amount * (ask("tally") >= rules.break_tally)))  # fmt: skip
    added = ("base", *(f"{name}_amount" for name in (
        "alone", "two_to_one", "nights", "risk", "employment", "transport", "breaks")))  # fmt: skip
    add("subtotal", lambda ask, rules: sum(ask(name) for name in added))
    add("local", lambda ask, rules: half_up(
        ask("subtotal") * _row(rules.area, ask("area")), 1000))  # fmt: skip
    add("deflated", lambda ask, rules: half_up(
        ask("local") * _row(rules.deflator, ask("group")), 1000))  # fmt: skip
    add("capped", lambda ask, rules: np.minimum(
        np.maximum(ask("deflated"), rules.floor), _row(rules.cap, ask("group"))))  # fmt: skip
    add("weekly", lambda ask, rules: (ask("unmet") >= rules.outcomes) * (
        half_up(ask("capped"), rules.round_to) * rules.round_to))  # fmt: skip


def simulation(made: TaxBenefitSystem, columns: dict[str, Any], *, trace: bool = False) -> Any:
    """People ready to be worked out: building this is never timed."""
    people = len(columns["group"])
    builder = SimulationBuilder()
    builder.create_entities(made)
    builder.declare_person_entity("person", range(people))
    ready = builder.build(made)
    ready.trace = trace
    for name, column in columns.items():
        ready.set_input(name, PERIOD, column)
    return ready
