"""`ownway policy list`, `show`, `prove`, `schema`: the rule packs, read and proved."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ownway.commands.policy import saying
from ownway.policy import numbers, packs, proving, schemas
from ownway.policy.graph import Graph
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.policy.runs import describing


def add(commands: Any) -> None:
    """Add what reads a pack and decides nothing."""
    saying.add(commands, "list", _list, "packs and council profiles")
    shown = saying.add(commands, "show", _show, "the numbers of a pack as they stand on a day")
    shown.add_argument("--graphs", action="store_true", help="show every node of every sum too")
    proved = saying.add(commands, "prove", _prove, "what can be shown of a pack before it is used")
    for command in (shown, proved):
        command.add_argument("pack", metavar="PACK", help="a pack, a council profile, or its file")
        saying.add_profile(command)
    schema = saying.add(commands, "schema", _schema, "JSON Schema of the facts and the answer")
    schema.add_argument("decision", choices=(*schemas.KINDS, "run"))
    schema.add_argument("--pack", help="only for this pack")


def _list(said: argparse.Namespace) -> int:
    today = date.today()
    found = [packs.load(name, on=packs.usual_day(name) or today) for name in packs.names()]
    over = [packs.load(name, on=today) for name in packs.profiles()]
    if said.json:
        saying.print_json(
            {"packs": [_about(p) for p in found], "profiles": [_about(p) for p in over]}
        )
        return 0
    print("Packs")
    for pack in found:
        print(f"    {pack.name:<16}version {pack.version:<6}{pack.title}")
    print("Council profiles")
    for pack in over:
        print(f"    {pack.profile:<16}version {pack.version:<6}{pack.title}, over {pack.name}")
    return 0


def _about(pack: Pack) -> dict[str, Any]:
    return {"pack": pack.name, "profile": pack.profile, "title": pack.title,
            "version": pack.version, "hash": pack.hash, "on": pack.on.isoformat()}  # fmt: skip


def _show(said: argparse.Namespace) -> int:
    pack = saying.loaded(said)
    if said.json:
        saying.print_json(
            _about(pack) | {"numbers": [_number(pack, name) for name in pack.numbers]}
        )
        return 0
    over = f" with {pack.profile}" if pack.profile else ""
    print(
        f"{pack.title} ({pack.name}{over}), version {pack.version}, on {saying.long_day(pack.on)}"
    )
    print(f"hash {pack.hash}\n")
    for name, number in pack.numbers.items():
        mark = "" if number.confirmed else " [not confirmed]"
        print(f"{number.label}: {number.shown}{mark}")
        print(f"    {name}, {number.unit}, {_dates(number)}. {number.source}")
    if said.graphs:
        print("\n".join(line for graph in pack.graphs.values() for line in _graph_lines(graph)))
    return 0


def _graph_lines(graph: Graph) -> Iterator[str]:
    """One line a node: its name, how it is made and from what, and its unit."""
    yield f"\n{graph.name}"
    for node in graph.nodes:
        made = " ".join(filter(None, (node.kind, node.rounding, str(node.by or ""))))
        used = ", ".join(node.of + tuple(name or "nothing" for name in node.numbers))
        span = f"{node.least} to {node.most}" if node.kind == "input" else used
        yield f"    {node.name:<28}{made:<22}{node.unit:<22}{span}".rstrip()


def _number(pack: Pack, name: str) -> dict[str, Any]:
    n = pack.number(name)
    return {"name": name, "label": n.label, "unit": n.unit, "value": n.value, "shown": n.shown,
            "source": n.source, "confirmed": n.confirmed,
            "from": n.since and n.since.isoformat(),
            "to": n.until and n.until.isoformat(),
            "dated_by": n.limits.get("dated_by", "day"),
            "values": [_span(n, span) for span in n.limits.get("values", ())]}  # fmt: skip


def _span(number: Number, span: Mapping[str, Any]) -> dict[str, Any]:
    """One dated value as it is written, in whole pence or ten-thousandths."""
    value = numbers.whole(span["value"], number.unit)
    return {
        "from": span["from"].isoformat(),
        "to": span["to"].isoformat() if "to" in span else None,
        "value": value,
        "shown": numbers.show(value, number.unit),
        "confirmed": span.get("confirmed", number.limits.get("confirmed", True)),
    }


def _dates(number: Number) -> str:
    if numbers.goes_by_birth(number.limits):
        return f"{len(number.limits['values'])} steps by date of birth"
    if number.follows:
        return f"as {number.follows}"
    if number.since is None:
        return "no value on this day"
    return f"from {number.since}" + (f" until {number.until}" if number.until else "")


def _prove(said: argparse.Namespace) -> int:
    claims = proving.claims(saying.loaded(said))
    if said.json:
        saying.print_json([_claim(one) for one in claims])
    else:
        print("\n".join(_claim_lines(claims)))
    return 0 if all(claim.holds for claim in claims) else 1


def _claim(one: proving.Claim) -> dict[str, Any]:
    return {"claim": one.words, "kind": one.kind, "graph": one.graph, "holds": one.holds,
            "because": one.because, "inputs": list(one.inputs),
            "signed": one.signed}  # fmt: skip


def _claim_lines(claims: Sequence[proving.Claim]) -> Iterator[str]:
    """The claims graph by graph, those of the whole pack first, and how many fail."""
    graph = ""
    for claim in claims:
        if claim.graph != graph:
            graph = claim.graph
            yield f"\n{graph}" if graph else ""
        words = claim.words.removeprefix(f"{graph}: ")
        mark = "FAILS" if not claim.holds else "excepted" if claim.signed else "holds"
        signed = f" Signed by {claim.signed}." if claim.signed else ""
        yield f"  {mark:<10}{words}. {claim.because}{signed}".rstrip()
    failed = sum(not claim.holds for claim in claims)
    by_exception = sum(bool(claim.signed) for claim in claims)
    by_hand = f", {by_exception} of them by a signed exception" if by_exception else ""
    yield f"\n{len(claims)} claims: {len(claims) - failed} hold{by_hand}; {failed} fail."


def _schema(said: argparse.Namespace) -> int:
    names = [said.pack] if said.pack else packs.names()
    loaded = [packs.load(name, on=packs.usual_day(name) or date.today()) for name in names]
    if said.decision == "run":
        saying.print_json(describing.document(loaded))
    else:
        saying.print_json(schemas.document(said.decision, loaded))
    return 0
