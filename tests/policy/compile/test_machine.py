"""Machine code comes to what the interpreter comes to; without numba, it says what to do."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownway.policy import compile as compiling
from ownway.policy import interpret, packs, population
from ownway.policy.compile import machine
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsMissing, PolicyRefused
from tests.policy import strategies
from tests.policy.compile.test_runs import crowd

pytest.importorskip("numba", reason="numba is an extra: pip install 'ownway[fast]'")
PACK = packs.load("alderbrook", on=date(2026, 1, 30))


@given(data=st.data())
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
def test_a_random_policy_in_machine_code_comes_to_what_each_person_alone_comes_to(data):
    graph = data.draw(strategies.policies())
    people = data.draw(strategies.people(graph))
    wanted = [node.name for node in graph.nodes[-4:]]

    policy = compiling.compiled(graph, strategies.NUMBERS, wanted=wanted)
    together = policy.run(strategies.columns(people, graph), by="numba")

    for place, one in enumerate(people):
        values = interpret.run(graph, inputs=one, numbers=strategies.NUMBERS)
        assert all(int(together[name][place]) == values[name] for name in wanted)


def test_every_kind_on_whole_numbers_comes_to_the_same():
    """A price so high that nothing below it fits a float."""
    nodes = (
        Node("points", "input", "points", least=-5, most=10**6),
        Node("level", "input", "level", most=1),
        Node("wide", "times", "points", of=("points",), by=10**11),
        Node("sum", "sum", "points", of=("wide", "points", "wide")),
        Node("least", "least", "points", of=("wide", "sum", "points")),
        Node("greatest", "greatest", "points", of=("wide", "sum", "points")),
        Node("less", "difference", "points", of=("sum", "wide")),
        Node("up", "divide", "points", of=("sum",), by=7, rounding="up"),
        Node("down", "divide", "points", of=("sum",), by=7, rounding="down"),
        Node("half", "divide", "points", of=("sum",), by=4, rounding="half_up"),
        Node("reached", "at_least", "flag", of=("wide", "up")),
        Node("over", "more_than", "flag", of=("wide", "up")),
        Node("either", "choose", "points", of=("reached", "wide", "half")),
        Node("steps", "parts", "count", of=("wide", "level_more"), rounding="up"),
        Node("off", "curve", "pence a year", of=("wide",), numbers=("long",), rounding="up"),
        Node("off_by", "curve_by", "pence a year", of=("wide", "level"),
             numbers=("long", "short"), rounding="half_up"),
        Node("past", "beyond", "flag", of=("wide",), numbers=("long",)),
    )  # fmt: skip
    more = Node("level_more", "constant", "points", by=3)
    graph = Graph("wide", (*nodes[:2], more, *nodes[2:]))
    numbers = {
        "long": Number("long", "pence a year by points", "L", ((5, 3), (10**9, 10**9 + 7))),
        "short": Number(
            "short", "pence a year by points", "S", ((0, 0), (3, 10**12), (10**9, 10**12 + 9))
        ),
    }
    people = crowd(graph, 400)
    wanted = [node.name for node in graph.nodes]

    policy = compiling.compiled(graph, numbers, wanted=wanted)
    fast, plain = policy.run(people, by="numba"), policy.run(people)

    whole = population.run(graph, inputs=people, numbers=numbers)
    for name in wanted:
        assert fast[name].tolist() == plain[name].tolist() == whole[name].tolist(), name


def test_a_whole_council_in_machine_code_comes_to_the_same():
    graph = PACK.graph("person_levels, then person_by_price")
    people = crowd(graph, 5_000)
    policy = compiling.compiled(graph, PACK.numbers, wanted=["weekly"])

    fast = policy.run(policy.encode(people), by="numba")["weekly"]

    assert fast.tolist() == policy.run(people)["weekly"].tolist()


def test_a_rate_nobody_knows_is_still_asked_for_by_name():
    nodes = (
        Node("has", "input", "flag", most=1),
        Node("paid", "pick", "pence a week", of=("has",), numbers=("", "rate")),
    )
    rate = Number("rate", "pence a week", "Rate", None)
    policy = compiling.compiled(Graph("g", nodes), {"rate": rate}, wanted=["paid"])

    with pytest.raises(FactsMissing, match=r"settings\.rate"):
        policy.run({"has": np.array([1])}, by="numba")


def test_without_numba_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None)
    policy = compiling.compiled(PACK.graph("free"), PACK.numbers, wanted=["charge"])

    with pytest.raises(PolicyRefused, match=r"numba: is not installed. Install it with: pip"):
        policy.run({"cost": np.array([1])}, by="numba")
