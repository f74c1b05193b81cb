"""What is shown of one node of each kind holds for every value it may take, negative or not."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ownway.policy import graph as graphs
from ownway.policy import interpret, population, proof
from ownway.policy.graph import ARITY, MANY, ROUNDED, Graph, Node
from ownway.policy.money import RATIO, ROUNDINGS
from ownway.policy.numbers import Number
from ownway.policy.refusals import FactsRefused, PackRefused

SMALL = st.integers(-40, 40)
FLAG = (0, 1)
FLAGS = frozenset({"all", "any", "count", "not", "worth"})


def level(held):
    return 0, held - 1


@st.composite
def spans(draw, around=SMALL):
    return tuple(sorted((draw(around), draw(around))))


@st.composite
def rising(draw, held):
    return tuple(sorted(draw(st.lists(st.integers(0, 90), min_size=held, max_size=held))))


@st.composite
def curves(draw):
    points = sorted(draw(st.sets(SMALL, min_size=2, max_size=5)))
    return tuple(zip(points, draw(rising(len(points))), strict=True))


def numbers_of(kind, draw):
    """The values that a node of a kind reads: one, a row, or a line or more."""
    if kind == "table":
        return [draw(rising(4))]
    if kind in ("curve", "beyond"):
        return [draw(curves())]
    if kind == "curve_by":
        return draw(st.lists(curves(), min_size=1, max_size=3))
    if kind == "pick":
        return draw(st.lists(st.integers(0, 90), min_size=1, max_size=4))
    return [draw(st.integers(0, 90))] if kind == "setting" else []


def inputs_of(kind, held, draw):
    """Spans that a pack may give what a node of a kind works on; only those it refuses are out."""
    many = draw(st.integers(1, 4)) if ARITY[kind] == MANY else ARITY[kind]
    if kind in FLAGS:
        return [FLAG] * many
    if kind == "choose":
        return [FLAG, draw(spans()), draw(spans())]
    if kind in ("table", "pick"):
        return [level(held)]
    if kind == "curve_by":
        return [draw(spans()), level(held)]
    if kind == "parts":
        return [draw(spans()), draw(spans(st.integers(-9, 30).filter(bool)))]
    if kind == "share":
        return [draw(spans()), draw(spans(st.integers(-2 * RATIO, 2 * RATIO)))]
    return [draw(spans()) for _ in range(many)]


@st.composite
def one_of_a_kind(draw, kind):
    """A graph of one node, on inputs of which it may take one twice, and its numbers."""
    values = numbers_of(kind, draw)
    held = 4 if kind == "table" else len(values)
    given_spans = inputs_of(kind, held, draw)
    names = [f"x{place}" for place in range(len(given_spans))]
    if (
        ARITY[kind] in (2, MANY)
        and kind in ("difference", "sum", "product", "least")
        and len(names) > 1
    ):
        names[-1] = draw(st.sampled_from([names[0], names[-1]]))
    least, most = draw(spans())
    node = Node(
        "made" if kind != "input" else "x0", kind, "points", of=tuple(names),
        numbers=tuple(f"n{place}" for place in range(len(values))),
        rounding=draw(st.sampled_from(sorted(ROUNDINGS))) if kind in ROUNDED else "",
        by=draw(st.integers(1, 40) if kind in ("divide", "times") else SMALL),
        least=least, most=most,
    )  # fmt: skip
    inputs = {
        name: Node(name, "input", "points", least=span[0], most=span[1])
        for name, span in zip(names, given_spans, strict=True)
    }
    unit = "points by level" if kind == "table" else "points"
    numbers = {f"n{place}": Number(f"n{place}", unit, "N", v) for place, v in enumerate(values)}
    return Graph(kind, (*inputs.values(), node)), numbers


def anybody(graph, draw, **fixed):
    """A value for each input anywhere it may be, its ends as often as all between."""
    return {
        node.name: draw(
            st.sampled_from([node.least, node.most]) | st.integers(node.least, node.most)
        )
        for node in graph.inputs
    } | fixed  # fmt: skip


def divides_by_nothing(graph, facts):
    last = graph.nodes[-1]
    return last.kind == "parts" and facts[last.of[1]] == 0


def holds(graph, numbers, draw):
    """Values are within their spans, and move as shown when one input goes up."""
    shown = proof.show(graph, numbers)
    last = graph.nodes[-1].name
    facts = anybody(graph, draw)
    assume(not divides_by_nothing(graph, facts))
    before = interpret.run(graph, inputs=facts, numbers=numbers)
    assert all(low <= before[name] <= high for name, (low, high) in shown.spans.items())
    for node in graph.inputs:
        more = facts | {node.name: draw(st.integers(facts[node.name], node.most))}
        assume(not divides_by_nothing(graph, more))
        after = interpret.run(graph, inputs=more, numbers=numbers)[last]
        way = shown.ways[last].get(node.name)
        assert way in ("rises", "either") or after <= before[last], node.name
        assert way in ("falls", "either") or after >= before[last], node.name


@pytest.mark.parametrize("kind", sorted(ARITY))
@settings(max_examples=30, deadline=None, database=None)
@given(data=st.data())
def test_one_node_keeps_to_its_span_and_moves_as_shown(kind, data):
    holds(*data.draw(one_of_a_kind(kind)), data.draw)


@settings(max_examples=60, deadline=None, database=None)
@given(data=st.data())
def test_what_is_left_of_a_share_keeps_to_its_span_and_moves_as_shown(data):
    amount, ratio = data.draw(spans()), data.draw(spans(st.integers(-RATIO, 2 * RATIO)))
    rounding = data.draw(st.sampled_from(sorted(ROUNDINGS)))
    graph = Graph("left", (
        Node("x", "input", "pence", least=amount[0], most=amount[1]),
        Node("r", "input", "ratio", least=ratio[0], most=ratio[1]),
        Node("taken", "share", "pence", of=("x", "r"), rounding=rounding),
        Node("left", "difference", "pence", of=("x", "taken")),
    ))  # fmt: skip

    holds(graph, {}, data.draw)


# -- By example ----------------------------------------------------------------------------------


def parts_of(top, step, rounding="down"):
    return Graph("parts", (
        Node("top", "input", "pence", least=top[0], most=top[1]),
        Node("step", "input", "pence", least=step[0], most=step[1]),
        Node("steps", "parts", "count", of=("top", "step"), rounding=rounding),
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("top", "step", "span", "way"),
    [
        ((1000, 1000), (1, 1000), (1, 1000), "falls"),
        ((-10, 10), (1, 10), (-10, 10), "either"),
        ((-10, -1), (1, 10), (-10, -1), "rises"),
        ((6, 10), (-3, -1), (-10, -2), "falls"),
        ((6, 10), (-3, 3), (-10, 10), "either"),
    ],
)
def test_how_many_steps_there_are_goes_by_every_step_there_may_be(top, step, span, way):
    shown = proof.show(parts_of(top, step), {})

    assert (shown.spans["steps"], shown.ways["steps"]["step"]) == (span, way)


def test_a_number_of_steps_is_the_same_for_everyone_only_where_it_is():
    graph = parts_of((1000, 1000), (1, 1000))

    made = population.run(graph, inputs={"top": [1000] * 3, "step": [1, 10, 1000]}, numbers={})

    assert made["steps"].tolist() == [1000, 100, 1]
    assert len(set(proof.spans(graph, {})["steps"])) == 2


@pytest.mark.parametrize(("kind", "by"), [("divide", 7), ("divide", 2**62), ("times", 10**20)])
def test_a_number_on_the_way_that_whole_number_arrays_could_not_hold_is_too_big(kind, by):
    graph = Graph("wide", (
        Node("x", "input", "pence", most=2**62 if kind == "divide" else 0),
        Node("made", kind, "pence", of=("x",), by=by, rounding="half_up"),
    ))  # fmt: skip

    assert proof.show(graph, {}).too_big == ("made",)


LISTS = {"all": [{"key": "a", "name": "A", "less": -5, "none": 0, "more": 5}]}


def worth(kind, key):
    return [
        {"name": "x", "kind": "input", "unit": "flag", "most": 1},
        {"name": "made", "kind": kind, "unit": "points", "of": ["x"], "each": "all", "worth": key,
         "rounding": "down"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "key"),
    [("worth", "less"), ("times", "less"), ("divide", "less"), ("divide", "none")],
)
def test_a_worth_that_would_turn_the_sum_round_or_divide_by_nothing_is_refused(kind, key):
    with pytest.raises(PackRefused, match=f"takes the worth '{key}', which is below"):
        graphs.read("g", worth(kind, key), lists=LISTS)


@pytest.mark.parametrize(
    ("kind", "key"), [("worth", "none"), ("times", "none"), ("divide", "more")]
)
def test_any_other_worth_is_read(kind, key):
    made = graphs.read("g", worth(kind, key), lists=LISTS).nodes[-1]

    assert made.by == LISTS["all"][0][key]


def test_a_setting_of_nothing_that_something_is_divided_by_is_refused_by_name():
    graph = Graph("parts", (
        Node("top", "input", "pence", most=9),
        Node("step", "setting", "pence", numbers=("step_pence",)),
        Node("steps", "parts", "count", of=("top", "step"), rounding="up"),
    ))  # fmt: skip
    nothing = {"step_pence": Number("step_pence", "pence", "Step", 0)}

    with pytest.raises(FactsRefused, match="steps: would be divided by nothing"):
        interpret.run(graph, inputs={"top": 5}, numbers=nothing)
