"""`ownway policy eligibility`, `allocate`, `charge`, `defer`: one decision from a file of facts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ownway.commands.policy import saying
from ownway.policy import allocation, charging, eligibility, units
from ownway.policy.decision import Decision, Step
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsRefused, Problem

Decide = Callable[[Any, Pack], Decision]
DECISIONS: dict[str, Decide] = {
    "eligibility": eligibility.decide,
    "allocate": allocation.decide,
    "charge": charging.decide,
    "defer": charging.deferred_payment,
}
_TITLES = {
    "eligibility": "Eligibility",
    "allocation": "Starting budget",
    "charging": "Charge",
    "deferral": "Paying for a care home later",
}
_MOST_BYTES = 5_000_000
_WIDTH = 62


def add(commands: Any) -> None:
    """Add each decision."""
    for name, words in (
        ("eligibility", "decide who has eligible needs"),
        ("allocate", "work out a starting budget"),
        ("charge", "work out what someone pays"),
        ("defer", "say whether the fee of a care home may be paid later, from the home"),
    ):
        command = saying.add(commands, name, _decide, words)
        saying.add_pack(command)
        command.add_argument("--trace", action="store_true", help="show every node of the sum")
        command.add_argument(
            "facts", metavar="FACTS.json", help="a file of facts, or - to read one"
        )


def _decide(said: argparse.Namespace) -> int:
    pack = saying.loaded(said)
    decision = DECISIONS[said.command](_read(said.facts), pack)
    if said.json:
        saying.print_json(decision.as_json())
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
    except UnicodeDecodeError:
        raise FactsRefused([Problem(name, "is not text: it cannot be read as JSON.")]) from None
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
    head = (
        f"{decision.pack}{over}, version {decision.pack_version}, on {saying.long_day(decision.on)}"
    )
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


def _answer(decision: Decision) -> str:
    result = decision.result
    if decision.kind == "eligibility":
        band = f", {result['band']}" if "band" in result else ""
        return ("eligible" if result["eligible"] else "not eligible") + band
    if decision.kind == "charging":
        pays = units.shown(result["charge_pence"], "pence")
        council = units.shown(result["council_pays_pence"], "pence")
        nhs = units.shown(result.get("nhs_pays_pence", 0), "pence")
        more = f"; the NHS pays {nhs}" if result.get("nhs_pays_pence") else ""
        return f"pays {pays} a week; the council pays {council}{more}"
    if decision.kind == "deferral":
        most = units.shown(result["equity_limit_pence"], "pence")
        return f"can be offered, up to {most}" if result["may_be_offered"] else "not offered"
    weekly = units.shown(result["weekly_pence"], "pence")
    by_hand = result["route"] == "individual_costing"
    more = "; above the usual line, so help is priced one by one" if by_hand else ""
    return f"{weekly} a week, a guide until the plan is agreed{more}"
