"""One graph, several runs: whoever works it out, it comes to the same, to the penny."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import compile as compiling
from ownway.policy import interpret, packs, population
from ownway.policy.compile import blocks
from ownway.policy.graph import Graph, Node
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsMissing, FactsRefused, PackRefused
from tests.policy import strategies

SHIPPED = [
    packs.load("alderbrook", on=date(2026, 1, 30)),
    packs.load("facs-2010", on=date(2010, 10, 1)),
    packs.load("careact-2014", on=date(2025, 6, 1)),
]
RUNS = [(pack, name) for pack in SHIPPED for name in pack.graphs]
NAMES = [f"{pack.profile or pack.name}: {name}" for pack, name in RUNS]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_random_policy_compiled_comes_to_what_each_person_alone_comes_to(data):
    graph = data.draw(strategies.policies())
    crowd = data.draw(strategies.people(graph))
    wanted = data.draw(st.sets(st.sampled_from([n.name for n in graph.nodes]), min_size=1))
    numbers = strategies.NUMBERS

    policy = compiling.compiled(graph, numbers, wanted=sorted(wanted))
    together = policy.run(strategies.columns(crowd, graph))

    for place, one in enumerate(crowd):
        values = interpret.run(graph, inputs=one, numbers=numbers)
        assert {name: int(together[name][place]) for name in wanted} == {
            name: values[name] for name in wanted
        }


def crowd(graph, people, seed=1):
    """People anywhere the graph allows, and at both ends of it."""
    chance = np.random.default_rng(seed)
    columns = {}
    for node in graph.inputs:
        column = chance.integers(node.least, node.most + 1, people)
        ends = chance.random(people)
        column[ends < 0.1], column[ends > 0.9] = node.least, node.most
        columns[node.name] = column
    return columns


@pytest.mark.parametrize(("pack", "name"), RUNS, ids=NAMES)
def test_a_shipped_graph_compiled_comes_to_what_the_plain_run_comes_to(pack, name):
    graph = pack.graph(name)
    columns = crowd(graph, 2_000)
    try:
        plain = population.run(graph, inputs=columns, numbers=pack.numbers)
    except FactsMissing:
        pytest.skip("a rate of this graph is not known on this day")

    policy = compiling.compiled(graph, pack.numbers, wanted=[n.name for n in graph.nodes])
    answers = policy.run(columns)

    for node in graph.nodes:
        assert answers[node.name].tolist() == plain[node.name].tolist(), node.name


@pytest.mark.parametrize("people", [0, 1, blocks.BLOCK - 1, blocks.BLOCK, blocks.BLOCK * 2 + 7])
def test_any_number_of_people_may_be_worked_from_columns_or_from_codes(people):
    pack = SHIPPED[0]
    graph = pack.graph("person_levels, then person_by_price")
    columns = crowd(graph, people)
    policy = compiling.compiled(graph, pack.numbers, wanted=["weekly"])

    plain = population.run(graph, inputs=columns, numbers=pack.numbers)["weekly"]

    assert policy.run(columns)["weekly"].tolist() == plain.tolist()
    assert policy.run(policy.encode(columns))["weekly"].tolist() == plain.tolist()


def test_narrow_columns_give_the_same_as_wide_ones():
    pack = SHIPPED[0]
    graph = pack.graph("person_levels, then person_by_price")
    columns = crowd(graph, 500)
    policy = compiling.compiled(graph, pack.numbers, wanted=["weekly"])
    narrow = {n: c.astype(np.uint32 if n == "breaks" else np.uint8) for n, c in columns.items()}

    assert policy.run(narrow)["weekly"].tolist() == policy.run(columns)["weekly"].tolist()


def test_a_person_at_rest_takes_a_few_bytes():
    pack = SHIPPED[0]
    graph = pack.graph("person_levels, then person_by_price")
    policy = compiling.compiled(graph, pack.numbers, wanted=["weekly"])

    assert policy.encode(crowd(graph, 10)).bytes_a_person <= 16


def test_a_fact_that_does_not_reach_what_is_wanted_is_not_asked_for():
    pack = SHIPPED[0]
    graph = pack.graph("person_levels, then person_by_price")

    policy = compiling.compiled(graph, pack.numbers, wanted=["need_points"])

    assert {node.name.split(".")[0] for node in policy.inputs} == {"level"}


def test_columns_that_cannot_be_right_are_refused_by_name_and_row():
    pack = SHIPPED[0]
    graph = pack.graph("carer_totals, then carer_by_price")
    policy = compiling.compiled(graph, pack.numbers, wanted=["weekly"])

    with pytest.raises(FactsMissing, match="need_points: is not a column here"):
        policy.run({})
    with pytest.raises(FactsRefused, match="need_points, row 1: must be from 0 to 10000"):
        policy.run({"need_points": np.array([4, -1])})
    with pytest.raises(FactsRefused, match="need_points: is not a column of whole numbers"):
        policy.encode({"need_points": np.array([0.5])})


FREE = SHIPPED[0].with_settings({"carer_point_price_pence": 0})


def test_where_no_fact_reaches_the_answer_any_column_says_how_many_people_there_are():
    graph = FREE.graph("carer_totals, then carer_by_price")
    policy = compiling.compiled(graph, FREE.numbers, wanted=["weekly"])
    people = {"need_points": np.array([4, 9])}

    assert policy.inputs == ()
    assert policy.run(people)["weekly"].tolist() == [0, 0]
    assert policy.run(policy.encode(people))["weekly"].tolist() == [0, 0]


@pytest.mark.parametrize("read", ["run", "encode"])
def test_with_no_column_at_all_nobody_can_be_counted_and_that_is_said(read):
    graph = FREE.graph("carer_totals, then carer_by_price")
    policy = compiling.compiled(graph, FREE.numbers, wanted=["weekly"])

    with pytest.raises(FactsMissing, match="columns: are not there, so nobody can be counted"):
        getattr(policy, read)({})


def test_columns_of_two_lengths_are_refused_even_where_one_is_not_read():
    pack = SHIPPED[0]
    graph = pack.graph("carer_totals, then carer_by_price")
    policy = compiling.compiled(graph, pack.numbers, wanted=["weekly"])

    with pytest.raises(FactsRefused, match="columns: are not all of one length"):
        policy.run({"other": np.array([1]), "need_points": np.array([4, 9])})


def test_a_node_that_is_not_there_is_refused_with_the_mend():
    graph = SHIPPED[0].graph("carer_totals, then carer_by_price")

    with pytest.raises(PackRefused, match="has no node 'daily'"):
        compiling.compiled(graph, SHIPPED[0].numbers, wanted=["daily"])


def money(name, value):
    return Number(name, "pence a week", name, value)


def test_a_rate_that_nobody_here_needs_may_be_unknown():
    nodes = (
        Node("has", "input", "flag", most=1),
        Node("paid", "pick", "pence a week", of=("has",), numbers=("", "rate")),
    )
    policy = compiling.compiled(Graph("g", nodes), {"rate": money("rate", None)}, wanted=["paid"])

    assert policy.run({"has": np.array([0, 0])})["paid"].tolist() == [0, 0]
    with pytest.raises(FactsMissing, match=r"settings\.rate"):
        policy.run({"has": np.array([0, 1])})


def test_numbers_too_large_for_floats_are_still_exact():
    nodes = (
        Node("points", "input", "points", most=10**6),
        Node("price", "setting", "pence a point a week", numbers=("price",)),
        Node("base", "product", "pence a week", of=("points", "price")),
        Node("share", "setting", "ratio", numbers=("share",)),
        Node("some", "share", "pence a week", of=("base", "share"), rounding="half_up"),
        Node("third", "divide", "pence a week", of=("base",), by=3, rounding="up"),
        Node("both", "sum", "pence a week", of=("some", "third", "base")),
    )
    numbers = {
        "price": Number("price", "pence a point a week", "Price", 10**9 + 7),
        "share": Number("share", "ratio", "Share", 999),
    }
    graph = Graph("large", nodes)
    points = crowd(graph, 3_000)
    wanted = [node.name for node in nodes]

    made = compiling.compiled(graph, numbers, wanted=wanted).run(points)

    plain = population.run(graph, inputs=points, numbers=numbers)
    assert all(made[name].tolist() == plain[name].tolist() for name in wanted)
