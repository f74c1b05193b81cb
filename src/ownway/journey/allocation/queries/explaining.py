"""The rules of a budget told from the pack in force: each step, each number, and an example.

Nothing here knows a figure or a method of its own. A step that can never change anything under
these rules is left out; a number that changes nothing now is told apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ownway.design.ladder import Rung, Table, rungs_of, to_you
from ownway.policy import allocation, domains, facts, numbers, proof, units
from ownway.policy.decision import Decision, Step, slots
from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing

Facts = dict[str, Any]
MOST_ROUNDS = 20
_RESULT = "weekly"


@dataclass(frozen=True)
class Figure:
    """One number of the rules as anybody may read it. One that is not `sure` is marked so."""

    name: str
    label: str
    shown: str
    since: date | None
    source: str
    sure: bool


@dataclass(frozen=True)
class Told:
    """One step of the way in words, with the figures it stands on."""

    name: str
    title: str
    words: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Scale:
    """What each answer is worth: a head, and a row for each part of life or for all alike."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_of_help: bool = False


@dataclass(frozen=True)
class Curve:
    """A line from points to money: its points, and whether the money is a week’s or a year’s."""

    figure: Figure
    knots: tuple[tuple[int, int], ...]
    money: str


@dataclass(frozen=True)
class Explained:
    """The rules for a person, or for a carer, ready to be read."""

    who: str
    steps: tuple[Told, ...]
    scales: tuple[Scale, ...]
    curves: tuple[Curve, ...]
    figures: tuple[Figure, ...]
    at_rest: tuple[Figure, ...]
    example: Decision

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The example as a ladder."""
        return rungs_for(self.example)


def explained(pack: Pack, who: str) -> Explained:
    """Tell the rules for a person or for a carer."""
    example = allocation.decide(filled({"who": who, "called": "Sam"}, pack, give=_example), pack)
    graph = graph_of(example, pack)
    read = tuple(_read(graph, pack))
    working = [number for number in read if not _rests(number)]
    return Explained(
        who=who,
        steps=tuple(_steps(graph, pack)),
        scales=tuple(sorted(_scales(graph, pack, who), key=lambda one: one.is_of_help)),
        curves=tuple(_curve(n) for n in working if n.unit in units.CURVES),
        figures=tuple(_figure(n) for n in working if not _is_laid_out(n)),
        at_rest=tuple(_figure(number) for number in read if _rests(number)),
        example=example,
    )


# -- Which rules are in force ---------------------------------------------------------------------


def graph_of(worked: Decision, pack: Pack) -> Graph:
    """The graph a decision was worked by: the one with just its nodes."""
    names = tuple(node.name for node in worked.trace)
    return next(
        graph for graph in pack.graphs.values() if tuple(node.name for node in graph.nodes) == names
    )


def method_number(pack: Pack) -> Figure:
    """How points become money here."""
    return _figure(pack.number("ras_method"))


def filled(given: Facts, pack: Pack, *, give: Callable[[str, facts.Fact], Any]) -> Facts:
    """Facts with everything the rules still ask for given; they say themselves what that is."""
    known = given
    for _ in range(MOST_ROUNDS):
        try:
            allocation.decide(known, pack)
        except FactsMissing as missing:
            for name in missing.names:
                known = _with(known, name, give(name, fact_at(name, known["who"])))
        else:
            return known
    raise FactsMissing(())


def wanted(pack: Pack, who: str) -> tuple[str, ...]:
    """The name of every fact these rules ask for, of somebody of whom nothing is known yet."""
    try:
        allocation.decide({"who": who}, pack)
    except FactsMissing as missing:
        return missing.names
    return ()


def fact_at(name: str, who: str) -> facts.Fact:
    """How a fact is declared, by its dotted name."""
    found: facts.Fact = allocation.CARER if who == "carer" else allocation.PERSON
    for part in name.split("."):
        assert isinstance(found, facts.Group)
        found = found.fields[part]
    return found


def _with(given: Facts, name: str, value: Any) -> Facts:
    first, _, rest = name.partition(".")
    inner = _with(given.get(first, {}), rest, value) if rest else value
    return {**given, first: inner}


_EXAMPLE = {"eating": 2, "washing": 3, "home": 4, "people": 2, "health": 1, "rest": 2}


def _example(name: str, fact: facts.Fact) -> Any:
    """Somebody with an ordinary need in a few parts of life, and some help from a daughter."""
    _, _, last = name.rpartition(".")
    part = name.split(".")[1] if "." in name else ""
    if last == "level":
        return min(_EXAMPLE.get(part, 0), getattr(fact, "most", 0))
    if last == "help":
        return {"eating": "all", "home": "half"}.get(part, "none")
    if isinstance(fact, facts.Choice):
        return fact.options[0]
    if isinstance(fact, facts.Flag):
        return False
    return getattr(fact, "least", 0)


# -- The numbers ----------------------------------------------------------------------------------


def _read(graph: Graph, pack: Pack) -> Iterator[Number]:
    """Every number this graph may read, once, in the order of its steps."""
    used = _behind(graph, _RESULT)
    nodes = (node for node in graph.nodes if node.name in used)
    yield from _told_once((name for node in nodes for name in node.numbers if name), pack)


def _behind(graph: Graph, name: str) -> set[str]:
    """A node and every node it comes from."""
    used: set[str] = set()
    ahead = [name]
    while ahead:
        node = graph.by_name[ahead.pop()]
        if node.name not in used:
            used.add(node.name)
            ahead += node.of
    return used


def _told_once(names: Iterable[str], pack: Pack) -> tuple[Number, ...]:
    told = dict.fromkeys(_leading(pack.number(name)) for name in names)
    return tuple(pack.number(name) for name in told)


def _leading(number: Number) -> str:
    """A number without a value of its own is told as the one it follows."""
    return number.follows or number.name


def _rests(number: Number) -> bool:
    """Whether a number changes nothing as it stands: nothing to add, times one, no limit."""
    value = number.value
    if number.unit == "ratio":
        return value in (0, RATIO)
    return number.unit in units.PENCE and value in (0, numbers.MOST)


def _is_laid_out(number: Number) -> bool:
    """Whether a number is many: a table or a line, told in a table of its own."""
    return number.unit in units.TABLES or number.unit in units.CURVES


def _curve(number: Number) -> Curve:
    money = units.CURVES[number.unit].replace("pence", "Money")
    return Curve(_figure(number), number.knots, money)


def _figure(number: Number) -> Figure:
    is_sample = number.source.startswith("Sample")
    source = "An example figure, not set by law" if is_sample else number.source
    return Figure(number.name, number.label, number.shown, number.since, source, number.confirmed)


def _scales(graph: Graph, pack: Pack, who: str) -> Iterator[Scale]:
    """What each answer is worth; where each part of life has points of its own, a row for each."""
    levels = domains.CARER_LEVELS if who == "carer" else domains.LEVELS
    used = _behind(graph, _RESULT)
    tables = [node for node in graph.nodes if node.kind == "table" and node.name in used]
    for stem in dict.fromkeys(node.name.split(".")[0] for node in tables):
        nodes = [node for node in tables if node.name.split(".")[0] == stem]
        if nodes[0].unit == "ratio":
            said = tuple(domains.HELP.values())
            yield _scale("How much the help of others takes off", said, nodes, pack)
        else:
            yield _scale(f"{_unit(nodes[0])} for each answer", levels, nodes, pack)


def _scale(caption: str, answers: tuple[str, ...], nodes: list[Node], pack: Pack) -> Scale:
    worth = [tuple(map(_worth(node), pack.number(node.numbers[0]).table)) for node in nodes]
    if len(set(worth)) == 1:
        rows = tuple(zip(answers, worth[0], strict=True))
        return Scale(caption, ("Answer", _unit(nodes[0])), rows, _is_share(nodes[0]))
    parts = tuple((node.label, *row) for node, row in zip(nodes, worth, strict=True))
    return Scale(caption, ("Part of life", *answers), parts, _is_share(nodes[0]))


def _unit(node: Node) -> str:
    return {"ratio": "Takes off", "minutes": "Minutes a week"}.get(node.unit, "Points")


def _is_share(node: Node) -> bool:
    return node.unit == "ratio"


def _worth(node: Node) -> Callable[[int], str]:
    return _share_in_words if _is_share(node) else str


def _share_in_words(share: int) -> str:
    said = {0: "Nothing", RATIO // 4: "A quarter", RATIO // 2: "Half", RATIO: "All of it"}
    return said.get(share) or f"{share * 100 / RATIO:g} in each 100"


# -- The steps in words ---------------------------------------------------------------------------

_SAY: Mapping[str, tuple[str, str]] = {
    "need_points": (
        "Points for help",
        "You say how much help you need in nine parts of life. Each answer has its points.",
    ),
    "help_points": (
        "Less what others want to give",
        "Help that family or friends want to give, and can, takes points off. "
        "Nobody has to give it.",
    ),
    "need_minutes": (
        "Hours of help",
        "You say how much help you need in nine parts of life. Each answer has its time.",
    ),
    "help_minutes": (
        "Less what others want to give",
        "Help that family or friends want to give, and can, takes time off. Nobody has to give it.",
    ),
    "point_price": ("A price for each point", "Each point left is worth the same for everyone."),
    "two_person": ("More for help that takes two", "Some help needs two people. It costs more."),
    "night_help": ("Help at night", "A set sum is added for someone who sleeps in or stays up."),
    "living_factor": ("Who you live with", "Living alone, or with others, can change the sum."),
    "reason_factor": ("What the help is for", "Some kinds of help cost more than others."),
    "factor": ("One share for all", "We start with a share, so there is enough to go round."),
    "breaks_added": ("Breaks for a carer", "If breaks are agreed, they are added in full."),
    "floored": ("Not less than", "No first budget is smaller than this."),
    "weekly": ("Your first budget", "It is a guide until your plan is agreed."),
}
_QUIET = ("left_points", "left_minutes", "yearly", "weeks", "shared_out")


def _steps(graph: Graph, pack: Pack) -> Iterator[Told]:
    """Each step that people are shown, if it can ever change anything under these rules."""
    spans = proof.show(graph, pack.numbers).spans
    for node in graph.nodes:
        if node.show == "never" or node.name in _QUIET or not _matters(node, spans):
            continue
        title, words = _said_of(node)
        own = _told_once(_numbers_of(node, graph), pack)
        figures = (n for n in own if not _is_laid_out(n))
        yield Told(node.name, title, words, tuple(_figure(n) for n in figures if not _rests(n)))


_TABLE = ("A table turns points into money", "More points never give less money.")


def _said_of(node: Node) -> tuple[str, str]:
    """A step in our words where we have some for it; else in the rules’ own."""
    if node.kind == "curve":
        return _TABLE
    return _SAY.get(node.name, (_plain(node.label), _plain(node.note)))


def _matters(node: Node, spans: Mapping[str, tuple[int, int]]) -> bool:
    if node.sign in ("×", "÷"):
        return spans[node.name] != (RATIO, RATIO)
    if node.kind in ("greatest", "least") and node.show == "when it matters":
        return any(spans[name] != (0, 0) for name in node.of[1:])
    return spans[node.name] != (0, 0)


def _numbers_of(node: Node, graph: Graph) -> tuple[str, ...]:
    """The numbers a step stands on: its own, and those of steps behind it that are not shown."""
    found = list(node.numbers)
    for name in node.of:
        behind = graph.by_name[name]
        if behind.show == "never":
            found += _numbers_of(behind, graph)
    return tuple(dict.fromkeys(name for name in found if name))


def _plain(text: str) -> str:
    """A label for anybody: "the person" in place of a name, and nothing that holds a figure."""
    said = {"who": "you", "Who": "You", "whose": "your", "Whose": "Your", "carer": "a carer"}
    if any(slot not in said for slot in slots(text)):
        return ""
    for slot, word in said.items():
        text = text.replace("{" + slot + "}", word)
    return to_you(text)


# -- A sum anybody tried --------------------------------------------------------------------------


def rungs_for(worked: Decision) -> tuple[Rung, ...]:
    """A sum that is nobody's, as a ladder."""
    return rungs_of(worked.steps, table=_table)


def _table(step: Step) -> Table:
    rows = tuple((row.label, row.said, row.shown) for row in step.rows)
    comes_to = "Points" if step.unit == "points" else "Comes to"
    return Table(to_you(step.caption), ("About", "Answer", comes_to), rows, ("All", step.shown))
