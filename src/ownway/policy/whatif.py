"""What a change to the rules would do to a whole caseload, and the share that stays in budget.

A caseload is prepared once: every node of the sum is worked out and kept. A change then works
out again only the nodes below the numbers it changes, so 15,000 people answer in milliseconds::

    prepared = whatif.Prepared.of(facts_of_everyone, pack)       # or Prepared(pack, columns, ...)
    prepared.totals()                                            # as things stand
    prepared.totals({"point_price_pence": 1300})                 # with a price changed
    prepared.weekly({"factor": 0.9})                             # whole pence, person by person
    prepared.deflator(25_000_000_00)                             # the greatest share in budget

Settings are written as they are in facts: amounts in whole pence, a ratio as 0.95.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ownway.policy import allocation, population, proof
from ownway.policy.graph import Graph, Node
from ownway.policy.money import RATIO
from ownway.policy.numbers import Number, whole
from ownway.policy.packs import Pack
from ownway.policy.population import Columns, Whole
from ownway.policy.refusals import FactsRefused, PackRefused, Problem

Settings = Mapping[str, Any]
Numbers = Mapping[str, Number]


@dataclass(frozen=True)
class Totals:
    """What a caseload comes to under some settings, whole pence a week."""

    people: int
    with_budget: int
    weekly_pence: int


@dataclass(frozen=True)
class Deflator:
    """The greatest share, in ten-thousandths, whose total is not over the envelope.

    `next_pence` is the total with one ten-thousandth more, over the envelope; None when the
    share is already the greatest the rules allow.
    """

    factor: int
    weekly_pence: int
    envelope_pence: int
    next_pence: int | None

    @property
    def ratio(self) -> float | int:
        """The share as a pack writes it: 0.9512."""
        return self.factor // RATIO if self.factor % RATIO == 0 else self.factor / RATIO


class Prepared:
    """A caseload with every node of its sum worked out, ready to be asked what if.

    `weekly` and all it gives are in the order the people were given in.
    """

    def __init__(self, pack: Pack, columns: Columns, *, graph: str, result: str = "weekly") -> None:
        """Prepare people who are all worked by one graph, a column for each of its inputs.

        Raises:
            FactsMissing: a column is not there.
            FactsRefused: rows hold values outside what the rules cover.
        """
        people = len(next(iter(columns.values()), ()))
        self.pack = pack
        self.people = people
        self._parts = [_Part(pack, graph, columns, np.arange(people), result)]

    @classmethod
    def of(cls, facts: Iterable[Mapping[str, Any]], pack: Pack) -> Prepared:
        """Prepare people from their facts, as `allocation.decide` reads them.

        Raises:
            FactsRefused: naming the people, by their place from 0, whose facts are unknown or
                cannot be right. Leave them out, or find the facts, and prepare again.
        """
        rows: dict[str, tuple[list[int], list[dict[str, int]]]] = {}
        wrong: list[Problem] = []
        people = 0
        for place, one in enumerate(facts):
            people = place + 1
            try:
                name, inputs = _inputs(one, pack)
            except ValueError as refusal:
                wrong += _named(place, refusal)
                continue
            places, given = rows.setdefault(name, ([], []))
            places.append(place)
            given.append(inputs)
        if wrong:
            raise FactsRefused(wrong)
        made = cls.__new__(cls)
        made.pack, made.people = pack, people
        made._parts = [
            _Part(pack, name, _columns(given), np.array(places), "weekly")
            for name, (places, given) in rows.items()
        ]
        return made

    @classmethod
    def together(cls, groups: Iterable[Prepared]) -> Prepared:
        """Several prepared under one pack as one caseload, one after another.

        Raises:
            ValueError: there are none.
        """
        groups = list(groups)
        if not groups:
            raise ValueError("Nobody is prepared")
        made = cls.__new__(cls)
        made.pack, made.people, made._parts = groups[0].pack, 0, []
        for one in groups:
            made._parts += [part.after(made.people) for part in one._parts]
            made.people += one.people
        return made

    def weekly(self, settings: Settings | None = None) -> Whole:
        """Each person's result with these settings, whole pence.

        Shapes: (people,), in the order they were given.
        Raises:
            FactsRefused: a setting is not a number of the pack, or its value does not fit.
        """
        return self._under(self._with(settings))

    def totals(self, settings: Settings | None = None) -> Totals:
        """What everyone together would get with these settings."""
        weekly = self.weekly(settings)
        return Totals(self.people, int(np.count_nonzero(weekly)), int(weekly.sum()))

    def deflator(
        self, envelope_pence: int, *, settings: Settings | None = None, number: str = "factor"
    ) -> Deflator:
        """Find the greatest share, in ten-thousandths, that keeps the total in the envelope.

        Exact: every floor, cap and rounding is inside the sum that is tried, and the total only
        rises with the share (shown before it is searched), so halving the range finds it.
        Raises:
            FactsRefused: no share keeps the total within the envelope.
            PackRefused: the number is not a ratio that only raises the result.
        """
        pack = self._with(settings)
        self._refuse_unless_rising(pack, number)
        most = _most_ratio(pack.number(number))
        at = self._total_by(number, pack, most)
        if at(0) > envelope_pence:
            reason = f"is under {at(0):,} pence, which is due whatever {number} is."
            raise FactsRefused([Problem("envelope", reason, "Change a floor or breaks first.")])
        if at(most) <= envelope_pence:
            return Deflator(most, at(most), envelope_pence, None)
        low = _greatest_within(at, envelope_pence, most)
        return Deflator(low, at(low), envelope_pence, at(low + 1))

    def _with(self, settings: Settings | None) -> Pack:
        pack = self.pack.with_settings(settings or {})
        words = [n.name for n in pack.numbers.values() if n.given and isinstance(n.value, str)]
        changed = [name for name in words if pack.word(name) != self.pack.word(name)]
        if changed:
            reason, mend = "changes how the sum is made.", "Prepare the caseload under it instead."
            raise FactsRefused(Problem(f"settings.{name}", reason, mend) for name in changed)
        return pack

    def _under(self, pack: Pack) -> Whole:
        weekly = np.zeros(self.people, dtype=np.int64)
        for part in self._parts:
            weekly[part.places] = part.result_under(pack.numbers)
        return weekly

    def _refuse_unless_rising(self, pack: Pack, number: str) -> None:
        found = [part.rises_with(number, pack.numbers) for part in self._parts]
        if pack.number(number).unit != "ratio" or False in found or not any(found):
            reason = "is not a ratio that the result only rises with."
            raise PackRefused([Problem(number, reason, "Name one that is, such as factor.")])

    def _total_by(self, number: str, pack: Pack, most: int) -> Callable[[int], int]:
        """The total for a share, working out once what the share does not touch."""
        fixed = [part.ready(number, pack.numbers) for part in self._parts]
        known: dict[int, int] = {}

        def total(share: int) -> int:
            if share not in known:
                numbers = {**pack.numbers, number: _shared(pack.number(number), share)}
                known[share] = sum(int(part.at(numbers).sum()) for part in fixed)
            return known[share]

        return total


def _greatest_within(at: Callable[[int], int], envelope: int, most: int) -> int:
    """The greatest share whose total is within the envelope; `at(most)` is over it.

    The total is nearly a straight line, so the place a line would cross is tried, and the share
    beside it; halving in between keeps the search short whatever the floors and caps do.
    """
    low, high = 0, most
    while high - low > 1:
        slope = (at(high) - at(low)) / (high - low)
        crossing = low + int((envelope - at(low)) / slope)
        for guess in (crossing, crossing + 1, (low + high) // 2):
            if low < guess < high:
                low, high = (guess, high) if at(guess) <= envelope else (low, guess)
    return low


def _most_ratio(number: Number) -> int:
    most = number.limits.get("most")
    value = None if most is None else whole(most, "ratio")
    return value if isinstance(value, int) else 100 * RATIO


def _shared(number: Number, share: int) -> Number:
    return replace(number, value=share, given=True)


def _inputs(facts: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    if isinstance(facts, Mapping) and facts.get("settings"):
        mend = "Take them out: a change is asked of everyone at once."
        raise FactsRefused([Problem("settings", "are given for one person.", mend)])
    return allocation.inputs(facts, pack)


def _named(place: int, refusal: ValueError) -> Iterable[Problem]:
    for problem in getattr(refusal, "problems", ()):
        yield Problem(f"person {place}: {problem.place}", problem.reason, problem.mend)


def _columns(rows: Sequence[Mapping[str, int]]) -> dict[str, Whole]:
    return {name: np.array([row[name] for row in rows], dtype=np.int64) for name in rows[0]}


class _Part:
    """People worked by one graph, with the value of each node that leads to the result."""

    def __init__(
        self, pack: Pack, graph: str, columns: Columns, places: Whole, result: str
    ) -> None:
        self.places = places
        self.graph = _leading_to(pack.graph(graph), result)
        self.result = result
        self.numbers: Numbers = pack.numbers
        self.values = population.run(self.graph, inputs=columns, numbers=pack.numbers)
        self.spans = proof.spans(self.graph, pack.numbers)
        self._below: dict[frozenset[str], tuple[Node, ...]] = {}

    def after(self, people: int) -> _Part:
        """The same people, so many places further on."""
        moved = copy(self)
        moved.places = self.places + people
        return moved

    def below(self, changed: frozenset[str]) -> tuple[Node, ...]:
        """The nodes that read these numbers, or work on one that does, in order."""
        if changed not in self._below:
            self._below[changed] = _below(self.graph, changed)
        return self._below[changed]

    def result_under(self, numbers: Numbers) -> Whole:
        """The result column with these numbers in place of its own."""
        return self._worked(self.below(self._changed(numbers)), numbers)[self.result]

    def _changed(self, numbers: Numbers) -> frozenset[str]:
        read = {name for node in self.graph.nodes for name in node.numbers if name}
        return frozenset(n for n in read if numbers[n].value != self.numbers[n].value)

    def _worked(
        self, nodes: Iterable[Node], numbers: Numbers, *, open_to: frozenset[str] = frozenset()
    ) -> dict[str, Whole]:
        nodes = tuple(nodes)
        spans, big = proof.spans_below(nodes, self.graph, standing=self.spans, numbers=numbers)
        if big:
            reason, mend = "could grow too large to hold.", "Lower the numbers it multiplies."
            raise PackRefused(Problem(f"{self.graph.name}: {one}", reason, mend) for one in big)
        same = {node.name: spans[node.name][0] for node in nodes
                if node.name not in open_to and len(set(spans[node.name])) == 1}  # fmt: skip
        needed = _needed(nodes, {self.result, *open_to}, same)
        people = len(self.places)
        standing = self.values | {
            name: np.full(people, same[name]) for name in needed & same.keys()
        }
        worked = [node for node in nodes if node.name in needed and node.name not in same]
        return _work(worked, standing, numbers=numbers, people=people)

    def rises_with(self, number: str, numbers: Numbers) -> bool | None:
        """Say whether the result only rises with a number; None where it does not use it."""
        readers = {node.name for node in self.graph.nodes if number in node.numbers}
        if not readers:
            return None
        spans = self.spans if numbers is self.numbers else proof.spans(self.graph, numbers)
        free = _freed(self.graph, _below(self.graph, frozenset([number])), readers, spans,
                      most=_most_ratio(numbers[number]))  # fmt: skip
        ways = proof.show(free, numbers).ways[self.result]
        return all(ways.get(name, "rises") == "rises" for name in readers)

    def ready(self, number: str, numbers: Numbers) -> _Ready:
        """Work out all that a number does not touch, once."""
        below = self.below(frozenset([number]))
        open_to = frozenset(node.name for node in below)
        values = self._worked(self.below(self._changed(numbers)), numbers, open_to=open_to)
        return _Ready(below, values, self.result)


@dataclass(frozen=True)
class _Ready:
    """The few nodes below one number, and the columns they stand on."""

    nodes: tuple[Node, ...]
    values: Mapping[str, Whole]
    result: str

    def at(self, numbers: Numbers) -> Whole:
        """The result column with these numbers."""
        people = len(self.values[self.result])
        return _work(self.nodes, self.values, numbers=numbers, people=people)[self.result]


def _work(
    nodes: Iterable[Node], standing: Mapping[str, Whole], *, numbers: Numbers, people: int
) -> dict[str, Whole]:
    """Work some nodes out again on columns that stand."""
    values = dict(standing)
    for node in nodes:
        args = [values[name] for name in node.of]
        values[node.name] = population.work(node, args, numbers=numbers, people=people)
    return values


def _leading_to(graph: Graph, result: str) -> Graph:
    """The graph without what its result does not use; every input stays, to be checked."""
    if result not in graph.by_name:
        raise PackRefused([Problem(graph.name, f"has no node {result!r}.", "Name one it has.")])
    wanted = {result}
    for node in reversed(graph.nodes):
        if node.name in wanted:
            wanted.update(node.of)
    kept = (node for node in graph.nodes if node.name in wanted or node.kind == "input")
    return Graph(graph.name, tuple(kept))


def _below(graph: Graph, changed: frozenset[str]) -> tuple[Node, ...]:
    touched: set[str] = set()
    for node in graph.nodes:
        if changed.intersection(node.numbers) or touched.intersection(node.of):
            touched.add(node.name)
    return tuple(node for node in graph.nodes if node.name in touched)


def _needed(nodes: Sequence[Node], wanted: set[str], same: Mapping[str, int]) -> set[str]:
    """The names the wanted nodes stand on; what is the same for everyone asks for no more."""
    needed = set(wanted)
    for node in reversed(nodes):
        if node.name in needed and node.name not in same:
            needed.update(node.of)
    return needed


def _freed(
    graph: Graph, below: Iterable[Node], readers: set[str], spans: Mapping[str, proof.Span],
    *, most: int,
) -> Graph:  # fmt: skip
    """Only what is below some nodes, with these free to be any ratio, to see how they move it."""
    worked = [node for node in below if node.name not in readers]
    inside = {node.name for node in worked} | readers
    used = dict.fromkeys(name for node in worked for name in node.of if name not in inside)
    given = [Node(name, "input", graph.by_name[name].unit, least=spans[name][0],
                  most=spans[name][1]) for name in used]  # fmt: skip
    free = [Node(name, "input", graph.by_name[name].unit, most=most) for name in readers]
    return Graph(graph.name, (*given, *free, *worked))
