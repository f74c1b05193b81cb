"""One engine in a process of its own, holding the people as it likes them, run when asked.

It reads a word a line: `go` runs everyone, `one` works out single people with a full trace. It
answers in JSON, so that engines in different environments can take turns in one run.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.ras import policy, population

SAMPLE = 20_000
SINGLE = 60
Columns = dict[str, Any]


def main(name: str, people: int) -> None:
    """Make the engine ready, say so, and answer until there is no more to read."""
    engine = ENGINES[name](population.make(people))
    engine.ready()
    engine.run()
    _say({"ready": name, "people": engine.people})
    for line in sys.stdin:
        _say(_timed(engine) if line.strip() == "go" else _singles(engine))


def _say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


@dataclass(frozen=True)
class Engine:
    """How to run everyone, one person with a whole trace, and what comes first, untimed."""

    run: Callable[[], Any]
    one: Callable[[int], Any]
    people: int
    ready: Callable[[], Any] = lambda: None


def _timed(engine: Engine) -> dict[str, Any]:
    people = engine.people
    engine.ready()
    before = _resident()
    _forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    made = engine.run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    pence = np.asarray(made, np.int32)
    extra = max(pence.nbytes, _peak() - before)
    return {
        "wall": wall / people, "cpu": cpu / people, "extra": extra / people,
        "all": hashlib.sha256(pence.tobytes()).hexdigest(),
        "sample": hashlib.sha256(pence[:SAMPLE].tobytes()).hexdigest(),
        "total": int(pence.sum(dtype=np.int64)),
    }  # fmt: skip


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def _singles(engine: Engine) -> dict[str, float]:
    """People one by one, each with its whole trace."""
    spent = []
    for place in range(SINGLE):
        began = time.process_time()
        engine.one(place)
        spent.append(time.process_time() - began)
    return {"one": median(spent)}


# -- The engines -------------------------------------------------------------------------------


def _ours(by: str) -> Callable[[Columns], Engine]:
    def engine(columns: Columns) -> Engine:
        from bench.ras import pack as declared
        from ownway.policy import compile as compiling

        pack = declared.pack(policy.build())
        graph = pack.graph(declared.GRAPH)
        budget = compiling.compiled(graph, pack.numbers, wanted=[declared.RESULT])
        people = budget.encode(columns)
        first = {name: column[:SINGLE].copy() for name, column in columns.items()}
        columns.clear()

        def one(place: int) -> Any:
            person = {name: column[place : place + 1] for name, column in first.items()}
            return budget.run(person)

        return Engine(lambda: budget.run(people, by=by)[declared.RESULT], one, people.people)

    return engine


def _interpreter(columns: Columns) -> Engine:
    from bench.ras import pack as declared
    from ownway.policy import interpret

    pack = declared.pack(policy.build())
    graph = pack.graph(declared.GRAPH)
    many = min(SAMPLE, len(columns["group"]))
    people = [{name: int(columns[name][place]) for name in columns} for place in range(many)]

    def one(place: int) -> int:
        values = interpret.run(graph, inputs=people[place], numbers=pack.numbers)
        return values[declared.RESULT]

    return Engine(lambda: [one(place) for place in range(many)], one, many)


def _openfisca(columns: Columns) -> Engine:
    from bench.ras import openfisca

    made = openfisca.system(policy.build())
    ready = {name: column.astype(np.int32) for name, column in columns.items()}
    columns.clear()
    waiting: list[Any] = []

    def run() -> Any:
        return waiting.pop().calculate("weekly", openfisca.PERIOD)

    def one(place: int) -> int:
        person = {name: column[place : place + 1] for name, column in ready.items()}
        alone = openfisca.simulation(made, person, trace=True)
        weekly = int(alone.calculate("weekly", openfisca.PERIOD)[0])
        alone.tracer.computation_log.lines()
        return weekly

    return Engine(run, one, len(ready["group"]),
                  lambda: waiting.append(openfisca.simulation(made, ready)))  # fmt: skip


ENGINES: dict[str, Callable[[Columns], Engine]] = {
    "openfisca": _openfisca, "numpy": _ours("numpy"), "numba": _ours("numba"),
    "interpreter": _interpreter,
}  # fmt: skip

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
