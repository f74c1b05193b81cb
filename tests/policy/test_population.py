"""One person alone and a whole population come to the same, to the penny."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import interpret, packs, population, proof, units
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsMissing, FactsRefused, PackRefused
from tests.policy import strategies


def with_every_rate(pack):
    """The pack with a value for each amount that is not known on its day."""
    unknown = [n for n in pack.numbers.values() if n.value is None and n.unit in units.PENCE]
    return pack.with_settings({number.name: 1_234 for number in unknown})


SHIPPED = [
    packs.load("alderbrook", on=date(2026, 1, 30)),
    packs.load("facs-2010", on=date(2010, 10, 1)),
    packs.load("careact-2014", on=date(2025, 6, 1)),
]
RUNS = [
    (pack, name)
    for pack in map(with_every_rate, SHIPPED)
    for name in pack.graphs
    if pack.profile is None or name.startswith(("person_", "carer_", "eligible", "protected"))
]


def alone(graph, crowd, numbers):
    return [interpret.run(graph, inputs=one, numbers=numbers) for one in crowd]


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_random_policies_and_people_come_to_the_same_alone_and_together(data):
    graph = data.draw(strategies.policies())
    crowd = data.draw(strategies.people(graph))

    together = population.run(
        graph, inputs=strategies.columns(crowd, graph), numbers=strategies.NUMBERS
    )

    for place, values in enumerate(alone(graph, crowd, strategies.NUMBERS)):
        assert {name: int(column[place]) for name, column in together.items()} == values


@pytest.mark.parametrize(("pack", "name"), RUNS, ids=[f"{p.hash[:4]}-{n}" for p, n in RUNS])
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_every_shipped_run_comes_to_the_same_alone_and_together(pack, name, data):
    graph = pack.graph(name)
    crowd = data.draw(strategies.people(graph))

    together = population.run(graph, inputs=strategies.columns(crowd, graph), numbers=pack.numbers)

    for place, values in enumerate(alone(graph, crowd, pack.numbers)):
        assert {one: int(column[place]) for one, column in together.items()} == values


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_no_value_leaves_the_span_that_was_proved(data):
    graph = data.draw(strategies.policies())
    crowd = data.draw(strategies.people(graph))
    spans = proof.show(graph, strategies.NUMBERS).spans

    for values in alone(graph, crowd, strategies.NUMBERS):
        assert all(spans[name][0] <= value <= spans[name][1] for name, value in values.items())


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_value_moves_only_the_way_that_was_proved(data):
    graph = data.draw(strategies.policies())
    (person, *_) = data.draw(strategies.people(graph))
    node = data.draw(st.sampled_from(graph.inputs))
    raised = person | {node.name: data.draw(st.integers(person[node.name], node.most))}
    ways = proof.show(graph, strategies.NUMBERS).ways

    before, after = alone(graph, [person, raised], strategies.NUMBERS)

    for name, value in before.items():
        way = ways[name].get(node.name)
        assert way != "rises" or after[name] >= value
        assert way != "falls" or after[name] <= value
        assert way is not None or after[name] == value


def test_a_row_out_of_range_is_named_and_nothing_is_worked_out():
    graph = SHIPPED[0].graph("carer_totals, then carer_by_price")

    with pytest.raises(FactsRefused, match="need_points, row 1: must be from 0 to 10000"):
        population.run(graph, inputs={"need_points": np.array([5, -1])}, numbers=SHIPPED[0].numbers)


def test_a_column_that_is_not_there_is_asked_for():
    graph = SHIPPED[0].graph("carer_totals, then carer_by_price")

    with pytest.raises(FactsMissing, match="need_points"):
        population.run(graph, inputs={}, numbers=SHIPPED[0].numbers)


def test_a_rate_that_nobody_here_needs_may_be_unknown():
    number = Number("rate", "pence a week", "Rate", None)
    nodes = (
        Node("has", "input", "flag", most=1),
        Node("paid", "pick", "pence a week", of=("has",), numbers=("", "rate")),
    )
    graph = Graph("rates", nodes)

    free = population.run(graph, inputs={"has": np.array([0, 0])}, numbers={"rate": number})

    assert free["paid"].tolist() == [0, 0]
    with pytest.raises(FactsMissing, match=r"settings\.rate"):
        population.run(graph, inputs={"has": np.array([0, 1])}, numbers={"rate": number})


def test_a_sum_that_could_overflow_is_refused_before_it_runs():
    nodes = (
        Node("points", "input", "points", most=10**7),
        Node("price", "setting", "pence a point a week", numbers=("price",)),
        Node("base", "product", "pence a week", of=("points", "price")),
    )
    numbers = {"price": Number("price", "pence a point a week", "Price", 10**12)}

    with pytest.raises(PackRefused, match="could grow too large"):
        population.run(Graph("g", nodes), inputs={"points": np.array([1])}, numbers=numbers)


def test_a_curve_too_steep_to_work_out_is_refused_before_it_runs():
    nodes = (
        Node("points", "input", "points", most=10**12),
        Node("money", "curve", "pence a year", ("points",), ("steep",), rounding="down"),
    )
    numbers = {"steep": Number("steep", "pence a year by points", "S", ((0, 0), (10**12, 10**11)))}

    with pytest.raises(PackRefused, match="money: could grow too large"):
        population.run(Graph("g", nodes), inputs={"points": np.array([1])}, numbers=numbers)


def test_nobody_at_all_is_an_empty_answer():
    graph = SHIPPED[0].graph("carer_totals, then carer_by_price")
    nobody = np.array([], dtype=np.int64)

    answer = population.run(graph, inputs={"need_points": nobody}, numbers=SHIPPED[0].numbers)

    assert answer["weekly"].tolist() == []
