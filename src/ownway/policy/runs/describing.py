"""What a population file must hold for each graph, as a JSON Schema of one of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ownway.policy import allocation, domains
from ownway.policy.graph import Node
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, PackRefused, Problem
from ownway.policy.runs import Job
from ownway.policy.runs.columns import CARRIED

Schema = dict[str, Any]
RESULTS = ("weekly", "charge", "eligible")
"""What a graph ends in; the first it has is worked out where nothing else is asked for."""
_WORDS: dict[str, Sequence[str]] = {
    "help": allocation.HELP, "night": allocation.NIGHT, "living": allocation.LIVING,
    "reason": allocation.REASONS, "level": domains.LEVELS,
}  # fmt: skip


def graph_named(pack: Pack, name: str | None) -> str:
    """The graph that is meant: by its whole name, or by how it begins where only one does.

    Without a name, it is that of a person's answers by the way this pack turns them into money.
    Raises:
        PackRefused: no graph, or more than one, begins so.
    """
    if name in pack.graphs:
        return str(name)
    usual = f"person_levels, then person_by_{pack.word('ras_method')}"
    if name is None and usual in pack.graphs:
        return usual
    found = [one for one in pack.graphs if one.startswith(name or "person_levels")]
    suited = [one for one in found if one.endswith(f"_by_{pack.word('ras_method')}")] or found
    if len(suited) == 1:
        return suited[0]
    said = "is not a graph of this pack." if not found else "begins more than one graph."
    mend = "Name one of: " + "; ".join(sorted(found or pack.graphs)) + "."
    raise PackRefused([Problem(str(name), said, mend)])


def result_of(pack: Pack, graph: str) -> str:
    """The node a graph is worked out for."""
    nodes = pack.graph(graph).by_name
    return next((name for name in RESULTS if name in nodes), pack.graph(graph).nodes[-1].name)


def document(packs: Iterable[Pack], *, graph: str | None = None) -> Schema:
    """Describe a row of a population file, for each graph of each pack."""
    rows = [_row(pack, name) for pack in packs for name in _graphs(pack, graph)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A row of a population file for `ownway policy run`",
        "description": (
            "One row a person, CSV or Parquet; every column a whole number, amounts in whole "
            "pence. A column that changes nothing under a pack is not asked for. An empty cell "
            "is unknown and is named, never guessed. Columns called "
            f"{' or '.join(CARRIED)} are carried to the answers, which are described at "
            "x-answers."
        ),
        "anyOf": [row for row in rows if row],
    }


def _graphs(pack: Pack, graph: str | None) -> Iterable[str]:
    return pack.graphs if graph is None else [graph_named(pack, graph)]


def _row(pack: Pack, graph: str) -> Schema | None:
    job = Job(pack, graph, (result_of(pack, graph),))
    try:
        inputs = job.inputs
    except FactsMissing:
        return None
    over = f" with {pack.profile}" if pack.profile else ""
    return {
        "title": f"{graph} ({pack.name}{over})",
        "type": "object",
        "properties": {node.name: _column(node, graph) for node in inputs},
        "required": [node.name for node in inputs],
        "x-answers": {job.column(name): {"type": "integer", "description": _unit(pack, graph, name)}
                      for name in job.wanted},
    }  # fmt: skip


def _unit(pack: Pack, graph: str, name: str) -> str:
    return pack.graph(graph).by_name[name].unit


def _column(node: Node, graph: str) -> Schema:
    return {"type": "integer", "minimum": node.least, "maximum": node.most,
            "description": _words(node, graph)}  # fmt: skip


def _words(node: Node, graph: str) -> str:
    stem = node.name.split(".")[0]
    words = _WORDS.get(stem, ())
    if stem == "level" and graph.startswith("carer"):
        words = domains.CARER_LEVELS
    about = f"{node.label}: " if node.label and "{" not in node.label else ""
    if len(words) == node.most - node.least + 1:
        said = ", ".join(f"{place} {word}" for place, word in enumerate(words, node.least))
        return f"{about}{said}"
    return f"{about}{node.unit}"
