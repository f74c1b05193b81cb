"""A declared policy as a checked list of nodes: what may be written in a pack, and how it is read.

A graph is nodes in order; a node may use only those above it, so there is no cycle to look for.
A node with `each` is written once for a list (the nine domains, say) and stands once for every
item; `needs.*` means all of them. The interpreter and the population runner read the same nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ownway.policy import units
from ownway.policy.money import ROUNDINGS
from ownway.policy.refusals import PackRefused, Problem

MANY = -1
ARITY = {
    "input": 0,
    "constant": 0,
    "setting": 0,
    "pick": 1,
    "table": 1,
    "worth": 1,
    "curve": 1,
    "curve_by": 2,
    "beyond": 1,
    "sum": MANY,
    "least": MANY,
    "greatest": MANY,
    "difference": 2,
    "product": 2,
    "share": 2,
    "part": 3,
    "parts": 2,
    "divide": 1,
    "times": 1,
    "at_least": 2,
    "more_than": 2,
    "all": MANY,
    "any": MANY,
    "count": MANY,
    "not": 1,
    "choose": 3,
}
"""Every kind of node, and how many nodes it works on; MANY is one or more."""

ROUNDED = frozenset({"share", "part", "parts", "divide", "curve", "curve_by"})
SIGNS = ("", "−", "×", "=", "+", "÷")
SHOWS = ("never", "always", "when it matters")
MEANS = ("", "need", "keeps", "help", "money", "life", "protected")
"""What an input is, for the proofs: a need, something kept, help given, money, how someone lives,
or a protected characteristic. Where it is not said, the name of the input says it."""
_KEYS = {
    "name",
    "kind",
    "unit",
    "of",
    "number",
    "numbers",
    "rounding",
    "by",
    "worth",
    "least",
    "most",
    "each",
    "label",
    "sign",
    "note",
    "source",
    "show",
    "rows",
    "than",
    "because",
    "means",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One named step of a policy: what it is a number of, how it is made, and how it reads."""

    name: str
    kind: str
    unit: str
    of: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    rounding: str = ""
    by: int = 0
    least: int = 0
    most: int = 0
    label: str = ""
    sign: str = ""
    note: str = ""
    source: str = ""
    show: str = "never"
    rows: str = ""
    than: str = ""
    because: str = ""
    means: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes in working order, each using only those before it."""

    name: str
    nodes: tuple[Node, ...]
    by_name: Mapping[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the nodes once; a run looks them up many times."""
        object.__setattr__(self, "by_name", {node.name: node for node in self.nodes})

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What need be worked out only once of this graph, whoever it is run for."""
        return {}

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        """The nodes that facts must fill."""
        return tuple(node for node in self.nodes if node.kind == "input")

    def then(self, other: Graph) -> Graph:
        """Join another graph on; its inputs that this one works out are no longer asked for."""
        rest = tuple(node for node in other.nodes if node.name not in self.by_name)
        return Graph(f"{self.name}, then {other.name}", self.nodes + rest)


Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def read(name: str, declared: Iterable[Mapping[str, Any]], *, lists: Lists) -> Graph:
    """Read one declared graph.

    Raises:
        PackRefused: a node has an unknown kind, key, unit or sign, or uses what is not above it.
    """
    nodes: list[Node] = []
    problems: list[Problem] = []
    for place, item in enumerate(declared):
        where = f"graphs.{name}[{place}] {item.get('name', '')}".rstrip()
        faults = list(_faults(item, lists))
        problems += [Problem(where, *fault) for fault in faults]
        if not faults:
            for node in _expand(item, lists):
                problems += [Problem(where, *fault) for fault in _misplaced(node, nodes)]
                nodes.append(_gather(node, nodes))
    if problems:
        raise PackRefused(problems)
    return Graph(name, tuple(nodes))


def _faults(item: Mapping[str, Any], lists: Lists) -> Iterable[tuple[str, str]]:
    """Yield what is wrong with a node as written, before it is placed among others."""
    for key in sorted(set(item) - _KEYS):
        yield f"has an unknown key {key!r}.", f"Use one of: {', '.join(sorted(_KEYS))}."
    kind, name = item.get("kind"), item.get("name")
    if not isinstance(name, str) or not name:
        yield "has no name.", "Give it a name of its own."
    if not isinstance(kind, str) or kind not in ARITY:
        yield (
            f"is of an unknown kind {kind!r}.",
            f"Use one of: {', '.join(sorted(ARITY))}.",
        )
        return
    yield from _word_faults(item)
    yield from _number_faults(item, kind)
    yield from _each_faults(item, lists)


def _each_faults(item: Mapping[str, Any], lists: Lists) -> Iterable[tuple[str, str]]:
    each, worth = item.get("each"), item.get("worth")
    if each is None:
        if worth is not None or item.get("kind") == "worth":
            yield "has a worth but no list.", 'Give each = "a list" and worth = "a key of it".'
        return
    if not isinstance(each, str) or each not in lists:
        mend = f"Use one of: {', '.join(sorted(lists))}."
        yield f"stands for each of an unknown list {each!r}.", mend
        return
    if worth is None and item.get("kind") != "worth":
        return
    if not all(type(one.get(str(worth))) is int for one in lists[each]):
        yield (
            f"takes the worth {worth!r}, which is not a whole number in all of {each}.",
            ("Give every item of the list that key."),
        )
        return
    least = 1 if item.get("kind") == "divide" else 0
    if any(one[str(worth)] < least for one in lists[each]):
        yield (
            f"takes the worth {worth!r}, which is below {least} in some of {each}.",
            f"Give every item {least} or more.",
        )


def _word_faults(item: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    choices = {"unit": units.SINGLES, "sign": SIGNS, "show": SHOWS, "means": MEANS}
    for key, allowed in choices.items():
        given = item.get(key, allowed[0] if key != "unit" else None)
        if given not in allowed:
            yield (
                f"has an unknown {key} {given!r}.",
                f"Use one of: {', '.join(allowed)}.",
            )
    for key in ("label", "note", "source", "rows", "than", "because", "number", "name"):
        if not isinstance(item.get(key, ""), str):
            yield f"has a {key} that is not words.", "Write it in quotes."
    for key in ("of", "numbers"):
        listed = item.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            yield (
                f"has {key} that is not a list of names.",
                'Write it as ["one", "another"].',
            )


def _number_faults(item: Mapping[str, Any], kind: str) -> Iterable[tuple[str, str]]:
    for key in ("by", "least", "most"):
        if type(item.get(key, 0)) is not int:
            yield f"has {key} that is not a whole number.", "Write a whole number."
            return
    used = item.get("of", [])
    count = len(used) if isinstance(used, list) else 0
    if (ARITY[kind] == MANY and count < 1) or (ARITY[kind] >= 0 and count != ARITY[kind]):
        wanted = "one or more" if ARITY[kind] == MANY else str(ARITY[kind])
        yield f"works on {count} nodes.", f"A {kind} works on {wanted}."
    if kind in ROUNDED and item.get("rounding") not in tuple(ROUNDINGS):
        yield "does not say how it is rounded.", f"Use one of: {', '.join(ROUNDINGS)}."
    if kind in ("divide", "times") and item.get("by", 0) < 1 and "worth" not in item:
        yield "has no number to work by.", "Give by = a whole number of 1 or more."
    if kind == "input" and item.get("least", 0) > item.get("most", 0):
        yield "has a least above its most.", "Give least and most, least first."
    if kind in ("setting", "table", "curve", "beyond") and not item.get("number"):
        yield (
            "does not say which number of the pack it reads.",
            'Give number = "its name".',
        )
    if kind in ("pick", "curve_by") and not item.get("numbers"):
        yield (
            "does not say which numbers it picks from.",
            'Give numbers = ["", "a name"].',
        )


def _expand(item: Mapping[str, Any], lists: Lists) -> Iterable[Node]:
    """Write a node out once for each item of its list, or once."""
    number = item.get("number")
    node = Node(
        name=item["name"], kind=item["kind"], unit=item["unit"], of=tuple(item.get("of", ())),
        numbers=(number,) if number else tuple(item.get("numbers", ())),
        rounding=item.get("rounding", ""), by=item.get("by", 0), least=item.get("least", 0),
        most=item.get("most", 0), label=item.get("label", ""), sign=item.get("sign", ""),
        note=item.get("note", ""), source=item.get("source", ""), show=item.get("show", "never"),
        rows=item.get("rows", ""), than=item.get("than", ""),
        because=item.get("because", ""), means=item.get("means", ""),
    )  # fmt: skip
    if "each" not in item:
        yield node
        return
    for one in lists[item["each"]]:
        yield replace(
            node,
            name=f"{node.name}.{one['key']}",
            of=tuple(name.replace(".each", f".{one['key']}") for name in node.of),
            numbers=tuple(_of_each(name, one["key"]) for name in node.numbers),
            label=one["name"],
            source=one.get("source", node.source),
            by=one[item["worth"]] if "worth" in item else node.by,
        )


def _of_each(number: str, key: str) -> str:
    """`level_points_each` names a number for each item: `level_points_eating`.

    An amount ends in its unit: `price_each_pence` names `price_eating_pence`.
    """
    if number.endswith("_each_pence"):
        return f"{number.removesuffix('each_pence')}{key}_pence"
    return f"{number.removesuffix('each')}{key}" if number.endswith("_each") else number


def _misplaced(node: Node, above: Sequence[Node]) -> Iterable[tuple[str, str]]:
    """Yield each name a node uses, or takes, that it may not."""
    names = {other.name for other in above}
    if node.name in names:
        yield (
            f"takes the name {node.name!r} again.",
            "Give each node a name of its own.",
        )
    for used in node.of:
        starred = used.endswith(".*")
        if used not in names and not (starred and any(n.startswith(used[:-1]) for n in names)):
            yield (
                f"uses {used!r}, which is not above it.",
                "Name a node that comes before.",
            )


def _gather(node: Node, above: Sequence[Node]) -> Node:
    """Replace `needs.*` with the names it stands for."""
    of: list[str] = []
    for used in node.of:
        if used.endswith(".*"):
            of += [other.name for other in above if other.name.startswith(used[:-1])]
        else:
            of.append(used)
    return replace(node, of=tuple(of))
