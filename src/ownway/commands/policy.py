"""`ownway policy`: read the rule packs, and decide from a file of facts. No database needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ownway.policy import allocation, charging, eligibility, packs, proving, schemas, units
from ownway.policy.decision import Decision, Step
from ownway.policy.graph import Graph
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, FactsRefused, PolicyRefused, Problem

Decide = Callable[[Any, Pack], Decision]
DECISIONS: dict[str, Decide] = {
    "eligibility": eligibility.decide,
    "allocate": allocation.decide,
    "charge": charging.decide,
}
_TITLES = {"eligibility": "Eligibility", "allocation": "Starting budget", "charging": "Charge"}
_MOST_BYTES = 5_000_000
_WIDTH = 62


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with a sentence, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        said = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        code: int = said.run(said)
    except PolicyRefused as refusal:
        _refuse(refusal)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway policy",
        description="Read the rule packs, and decide from a file of facts. No database is needed.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add(commands, "list", _list, "packs and council profiles")
    shown = _add(commands, "show", _show, "the numbers of a pack as they stand on a day")
    proved = _add(commands, "prove", _prove, "what can be shown of a pack before it is used")
    shown.add_argument("--graphs", action="store_true", help="show every node of every sum too")
    for command in (shown, proved):
        command.add_argument("pack", metavar="PACK", help="a pack, or a council profile")
        _add_profile(command)
    schema = _add(commands, "schema", _schema, "JSON Schema of the facts and the answer")
    schema.add_argument("decision", choices=schemas.KINDS)
    schema.add_argument("--pack", help="only for this pack")
    for name, words in (
        ("eligibility", "decide who has eligible needs"),
        ("allocate", "work out a starting budget"),
        ("charge", "work out what someone pays"),
    ):
        command = _add(commands, name, _decide, words)
        command.add_argument("--pack", required=True, help="a pack, or a council profile")
        _add_profile(command)
        command.add_argument("--trace", action="store_true", help="show every node of the sum")
        command.add_argument(
            "facts", metavar="FACTS.json", help="a file of facts, or - to read one"
        )
    return parser


def _add(commands: Any, name: str, run: Callable[[Any], int], words: str) -> Any:
    command = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)
    return command


def _add_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profile", help="a council’s numbers over the pack")
    command.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day; today if not said")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-04-06") from None


def _loaded(said: argparse.Namespace) -> Pack:
    usual = packs.usual_day(said.pack) if said.profile is None else None
    return packs.load(said.pack, profile=said.profile, on=said.on or usual or date.today())


# -- Decisions ---------------------------------------------------------------------------------


def _decide(said: argparse.Namespace) -> int:
    pack = _loaded(said)
    decision = DECISIONS[said.command](_read(said.facts), pack)
    if said.json:
        _print_json(decision.as_json())
    else:
        print("\n".join(_lines(decision, trace=said.trace)))
    return 0


def _read(name: str) -> Any:
    """Read facts as JSON.

    Raises:
        FactsRefused: there is no such file, or it is not JSON.
    """
    try:
        raw = sys.stdin.buffer.read(_MOST_BYTES + 1) if name == "-" else _bytes(Path(name))
        if len(raw) > _MOST_BYTES:
            raise ValueError("it is larger than 5 MB")
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except OSError as wrong:
        raise FactsRefused([Problem(name, f"cannot be read: {wrong.strerror}.")]) from None
    except RecursionError:
        raise FactsRefused([Problem(name, "is nested too deep to read.")]) from None
    except ValueError as wrong:
        raise FactsRefused([Problem(name, f"is not JSON that can be read: {wrong}.")]) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name given twice: keeping the last would drop a fact in silence."""
    read = dict(pairs)
    if len(read) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is given twice")
    return read


def _lines(decision: Decision, *, trace: bool) -> list[str]:
    over = f" with {decision.profile}" if decision.profile else ""
    head = f"{decision.pack}{over}, version {decision.pack_version}, on {_long(decision.on)}"
    lines = [f"{_TITLES[decision.kind]}: {_answer(decision)}", head, ""]
    for step in decision.steps:
        lines += _step_lines(step)
    if decision.formula:
        lines += ["", f"In one line: {decision.formula}"]
    lines += ["", "Numbers used:"]
    for used in decision.numbers:
        marks = [used.source] if used.confirmed else [used.source, "not confirmed"]
        lines.append(f"    {used.label}: {used.shown} ({'; '.join(marks)})")
    if trace:
        lines += ["", "Every node:"]
        lines += [f"    {w.name:<34}{w.kind:<12}{w.shown:>16}" for w in decision.trace]
    return lines


def _step_lines(step: Step) -> list[str]:
    figure = f"{step.figure} {step.after}".rstrip()
    lines = [f"{step.sign or ' '} {step.label:<{_WIDTH}}{figure:>22}".rstrip()]
    if step.note:
        lines.append(f"      {step.note}")
    if step.caption:
        lines.append(f"      {step.caption}")
    wide = max((len(row.label) for row in step.rows), default=0) + 2
    said = max((len(row.said) for row in step.rows), default=0) + 2
    return lines + [f"      {r.label:<{wide}}{r.said:<{said}}{r.shown}" for r in step.rows]


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _answer(decision: Decision) -> str:
    result = decision.result
    if decision.kind == "eligibility":
        band = f", {result['band']}" if "band" in result else ""
        return ("eligible" if result["eligible"] else "not eligible") + band
    if decision.kind == "charging":
        pays = units.shown(result["charge_pence"], "pence")
        council = units.shown(result["council_pays_pence"], "pence")
        return f"pays {pays} a week; the council pays {council}"
    weekly = units.shown(result["weekly_pence"], "pence")
    by_hand = result["route"] == "individual_costing"
    more = "; above the usual line, so help is priced one by one" if by_hand else ""
    return f"{weekly} a week, a guide until the plan is agreed{more}"


# -- Packs -------------------------------------------------------------------------------------


def _list(said: argparse.Namespace) -> int:
    today = date.today()
    found = [packs.load(name, on=packs.usual_day(name) or today) for name in packs.names()]
    over = [packs.load(name, on=today) for name in packs.profiles()]
    if said.json:
        _print_json({"packs": [_about(p) for p in found], "profiles": [_about(p) for p in over]})
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
    pack = _loaded(said)
    if said.json:
        _print_json(_about(pack) | {"numbers": [_number(pack, name) for name in pack.numbers]})
        return 0
    over = f" with {pack.profile}" if pack.profile else ""
    print(f"{pack.title} ({pack.name}{over}), version {pack.version}, on {_long(pack.on)}")
    print(f"hash {pack.hash}\n")
    for name, number in pack.numbers.items():
        mark = "" if number.confirmed else " [not confirmed]"
        print(f"{number.label}: {number.shown}{mark}")
        print(f"    {name}, {number.unit}, {_dates(number.since, number.until)}. {number.source}")
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
            "to": n.until and n.until.isoformat()}  # fmt: skip


def _dates(since: date | None, until: date | None) -> str:
    if since is None:
        return "no value on this day"
    return f"from {since}" + (f" until {until}" if until else "")


def _prove(said: argparse.Namespace) -> int:
    claims = proving.claims(_loaded(said))
    if said.json:
        _print_json([{"claim": c.words, "holds": c.holds, "because": c.because} for c in claims])
    else:
        for claim in claims:
            print(f"{'holds' if claim.holds else 'FAILS'}  {claim.words}. {claim.because}".rstrip())
    return 0 if all(claim.holds for claim in claims) else 1


def _schema(said: argparse.Namespace) -> int:
    names = [said.pack] if said.pack else packs.names()
    loaded = [packs.load(name, on=packs.usual_day(name) or date.today()) for name in names]
    _print_json(schemas.document(said.decision, loaded))
    return 0


# -- Saying it ---------------------------------------------------------------------------------


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _refuse(refusal: PolicyRefused) -> None:
    if isinstance(refusal, FactsMissing):
        print("Cannot decide yet. Still to find out:", file=sys.stderr)
    for problem in refusal.problems:
        print(str(problem), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
