"""Spoiled packs and spoiled facts: how many are answered, asked about or refused; none may crash.

A pack has one to three places of its data changed, or letters of its text; facts have one to three
places of an example changed. Each must end in an answer, in facts asked for by name, or in a
refusal that says where and why. The same seed always spoils the same.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ownway.policy import allocation, charging, eligibility, packs, proving
from ownway.policy.packs import Pack, reading
from ownway.policy.refusals import FactsMissing, PolicyRefused
from tests.policy import strategies

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples" / "policy"
RULES: dict[str, Callable[[Any, Pack], Any]] = {
    "eligibility": eligibility.decide, "allocate": allocation.decide, "charge": charging.decide,
    "defer": charging.deferred_payment,
}  # fmt: skip
DAYS = {
    "facs-2010": date(2010, 10, 1), "careact-2014": date(2025, 6, 1),
    "alderbrook": date(2026, 1, 30), "kingston-2010": date(2010, 10, 1),
}  # fmt: skip
ODD = (
    *strategies.ODD, date(2024, 1, 1), date(2030, 1, 1), Decimal("0.95"), Decimal("NaN"), "points",
    "pence a week", "sum", "share", "input", "needs.*", "level.each", "{who}", "{x}", "domains",
    "component", "birth", {"from": date(2020, 1, 1), "value": 1},
)  # fmt: skip
LETTERS = '=[]{}".\n#0129-_ abez\x00é'


def main(argv: list[str]) -> int:
    """Spoil so many packs and facts, print what became of them, and fail on any crash."""
    parser = argparse.ArgumentParser(prog="ownway bench fuzz", description=__doc__)
    parser.add_argument("--packs", type=int, default=1_000, help="packs of spoiled data")
    parser.add_argument("--texts", type=int, default=1_000, help="packs of spoiled text")
    parser.add_argument("--facts", type=int, default=10_000, help="files of spoiled facts")
    parser.add_argument("--seed", type=int, default=0)
    said = parser.parse_args(argv)
    crashes = 0
    for name, count, spoil in (
        ("packs", said.packs, _pack),
        ("texts of packs", said.texts, _text),
        ("files of facts", said.facts, _facts),
    ):
        crashes += _tell(name, count, spoil, said.seed)
    return 1 if crashes else 0


def _tell(name: str, count: int, spoil: Callable[[Random], str], seed: int) -> int:
    ended: Counter[str] = Counter()
    begun = time.perf_counter()
    for place in range(count):
        try:
            ended[spoil(Random(f"{seed} {name} {place}"))] += 1
        except Exception:
            ended["crashed"] += 1
            print(f"{name} {place}:\n{traceback.format_exc()}")
    took = time.perf_counter() - begun
    said = ", ".join(f"{number:,} {what}" for what, number in sorted(ended.items()))
    print(f"{count:,} spoiled {name}: {said} ({took:.0f} s)")
    return ended["crashed"]


def _pack(chance: Random) -> str:
    whole = chance.choice(_whole_packs())
    section = chance.choice(["numbers", "lists", "graphs", "graphs", ""])
    if section:
        name = chance.choice(list(whole[section]))
        one = strategies.changed(whole[section][name], chance, odd=ODD)
        spoiled = {**whole, section: {**whole[section], name: one}}
    else:
        spoiled = strategies.changed(whole, chance, odd=ODD)
    return _decided_by(lambda: packs.read_pack(spoiled, on=date(2025, 6, 1)), chance)


def _text(chance: Random) -> str:
    file = chance.choice([*reading.PACKS.glob("*.toml"), *reading.PROFILES.glob("*.toml"),
                          EXAMPLES / "riverside.toml"])  # fmt: skip
    text = file.read_text("utf-8")
    for _ in range(chance.randint(1, 4)):
        at, cut = chance.randrange(len(text)), chance.choice([0, 1, 1, 30])
        text = text[:at] + chance.choice(LETTERS) + text[at + cut :]
    with tempfile.TemporaryDirectory(prefix="ownway-fuzz-") as folder:
        spoiled = Path(folder) / "spoiled.toml"
        spoiled.write_text(text, "utf-8")
        return _decided_by(lambda: packs.read_file(spoiled, on=date(2025, 6, 1)), chance)


def _decided_by(load: Callable[[], Pack], chance: Random) -> str:
    """Read, prove, and decide with a pack; a refusal must name a place and a reason."""
    try:
        pack = load()
        proved = all(claim.holds for claim in proving.claims(pack))
    except PolicyRefused as refused:
        return _named(refused)
    for decide in RULES.values():
        _ended(decide, chance.choice(_examples()), pack)
    return "read and proved" if proved else "read, not proved"


def _facts(chance: Random) -> str:
    whole, decide, pack = chance.choice(_answered())
    return _ended(decide, strategies.changed(whole, chance), pack)


def _ended(decide: Callable[[Any, Pack], Any], facts: Any, pack: Pack) -> str:
    try:
        decision = decide(facts, pack)
    except PolicyRefused as refused:
        return _named(refused)
    json.dumps(decision.as_json(), allow_nan=False)
    return "answered"


def _named(refused: PolicyRefused) -> str:
    assert refused.problems, "a refusal that names nothing"
    assert all(problem.place and problem.reason for problem in refused.problems), "no place"
    return "asked for" if isinstance(refused, FactsMissing) else "refused"


@cache
def _whole_packs() -> list[dict[str, Any]]:
    """The shipped packs, each with all its parts in one."""
    return [_joined(name) for name in packs.names()]


def _joined(name: str) -> dict[str, Any]:
    whole = _toml(reading.PACKS / f"{name}.toml")
    for part in whole.pop("parts"):
        more = _toml(reading.PARTS / f"{part}.toml")
        for key in ("numbers", "lists", "graphs"):
            whole.setdefault(key, {}).update(more.get(key, {}))
        whole.setdefault("runs", []).extend(more.get("runs", []))
    return whole


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


@cache
def _answered() -> list[tuple[Any, Callable[[Any, Pack], Any], Pack]]:
    """Each example with a decision and a pack that answer it as it is."""
    loaded = [packs.load(name, on=day) for name, day in DAYS.items()]
    return [
        (facts, decide, pack)
        for facts in _examples()
        for decide in RULES.values()
        for pack in loaded
        if _ended(decide, facts, pack) == "answered"
    ]


@cache
def _examples() -> list[Any]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
