"""Random policies and random people: every run comes to the same, to the penny, or this fails.

A policy is a random graph over every kind of node. The interpreter's value of every node is held
against the plain array run, the compiled blocks from columns and from codes, and, for some of the
policies, machine code. The quick tests do the same with fewer.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ownway.policy import compile as compiling
from ownway.policy import interpret, population
from tests.policy import strategies


def main() -> int:
    """Try so many policies; say how many people that was."""
    said = _said()
    tried = {"policies": 0, "people": 0, "numba": 0}
    began = time.monotonic()

    @seed(said.seed)
    @settings(max_examples=said.policies, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def every_run_is_the_same(data: st.DataObject) -> None:
        graph = data.draw(strategies.policies())
        crowd = data.draw(strategies.people(graph))
        tried["policies"] += 1
        tried["people"] += len(crowd)
        in_machine_code = said.numba > 0 and tried["policies"] % said.numba == 0
        tried["numba"] += in_machine_code
        _hold_equal(graph, crowd, in_machine_code=in_machine_code)

    every_run_is_the_same()
    spent = time.monotonic() - began
    print(f"{tried['policies']:,} policies and {tried['people']:,} people in {spent:.0f} s, "
          f"{tried['numba']} policies in machine code too: all the same to the penny")  # fmt: skip
    return 0


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ownway bench same", description=__doc__)
    parser.add_argument("--policies", type=int, default=1000)
    parser.add_argument("--numba", type=int, metavar="EVERY", default=50,
                        help="how often machine code is tried too; 0 is never")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    if importlib.util.find_spec("numba") is None:
        said.numba = 0
    return said


def _hold_equal(graph, crowd, *, in_machine_code: bool) -> None:
    numbers, wanted = strategies.NUMBERS, [node.name for node in graph.nodes]
    columns = strategies.columns(crowd, graph)
    record = [interpret.run(graph, inputs=one, numbers=numbers) for one in crowd]
    policy = compiling.compiled(graph, numbers, wanted=wanted)
    runs = [population.run(graph, inputs=columns, numbers=numbers), policy.run(columns),
            policy.run(policy.encode(columns))]  # fmt: skip
    if in_machine_code:
        runs.append(policy.run(columns, by="numba"))
    last = compiling.compiled(graph, numbers, wanted=wanted[-1:]).run(columns)
    for place, values in enumerate(record):
        for made in runs:
            assert {name: int(made[name][place]) for name in wanted} == values
        assert int(last[wanted[-1]][place]) == values[wanted[-1]]


if __name__ == "__main__":
    sys.exit(main())
