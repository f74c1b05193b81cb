"""A population file run from Parquet to Parquet, at two sizes, to see that memory stays flat."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.ras import policy, population

_CHUNK = 500_000


def measure(people: int) -> list[dict[str, float]]:
    """A tenth of the people, then all; each in a process of its own. Nothing where none."""
    return [_measured(many) for many in (people // 10, people) if many]


def _measured(people: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="ownway-bench-") as folder:
        source, target = Path(folder) / "people.parquet", Path(folder) / "budgets.parquet"
        _write(people, source)
        asked = [sys.executable, "-m", "bench.ras.stream", str(source), str(target)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, env=os.environ)
        if done.returncode:
            raise SystemExit(done.stderr)
        answer: dict[str, float] = json.loads(done.stdout)
        return answer | {"people": people, "file": source.stat().st_size / people}


def _write(people: int, path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(name, pyarrow.uint8()) for name in policy.LEVELS_OF])
    with pyarrow.parquet.ParquetWriter(path, schema) as out:
        for place, start in enumerate(range(0, people, _CHUNK)):
            columns = population.make(min(_CHUNK, people - start), seed=1 + place)
            out.write_table(pyarrow.table(columns, schema=schema))


def lines(found: list[dict[str, float]]) -> Iterator[str]:
    """What was found."""
    for one in found:
        yield (
            f"{one['people']:,.0f} people from Parquet to Parquet: {one['cpu'] * 1e9:.0f} ns of"
            f" processor time a person, {one['peak'] / 1e6:.0f} MB at most"
        )


def _child(source: str, target: str) -> dict[str, Any]:
    from bench.ras import pack as declared
    from ownway.policy import runs

    job = runs.Job(declared.pack(policy.build()), declared.GRAPH, (declared.RESULT,))
    wall, cpu = time.perf_counter(), time.process_time()
    report = runs.run(Path(source), Path(target), job=job)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"wall": wall / report.people, "cpu": cpu / report.people, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(_child(*sys.argv[1:])))
