"""The numba runner: the same line of operations, written out as a loop and compiled.

The extra `fast` brings numba. Without it, or where a rate somebody may need is not known (which
must be said by name, and machine code cannot), the NumPy runner does the work.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from ownway.policy.compile import blocks
from ownway.policy.compile.codes import Column
from ownway.policy.compile.ops import Op, Operand, Slot
from ownway.policy.compile.plan import Plan
from ownway.policy.compile.whole import HELPERS, whole_numbers
from ownway.policy.refusals import PolicyRefused, Problem

BLOCK = 1024


class Machine:
    """One plan in machine code; compiled when it is first run."""

    def __init__(self, plan: Plan) -> None:
        """Write and compile the loop.

        Raises:
            PolicyRefused: numba is not installed.
        """
        if importlib.util.find_spec("numba") is None:
            mend = "Install it with: pip install 'ownway[fast]', or leave out --by numba."
            raise PolicyRefused([Problem("numba", "is not installed.", mend)])
        self.plan = plan
        self.source = Source(plan)
        self.loop = None if _may_be_unknown(plan) else self.source.compiled()

    def run(self, coded: Sequence[Column], out: Mapping[str, Column]) -> None:
        """Fill each answer of `out` for everyone whose codes are given."""
        if self.loop is None:
            blocks.run(self.plan, coded, out)
            return
        answers = [out[name] for name in self.plan.answers]
        self.loop(*(np.ascontiguousarray(c) for c in coded), *self.source.tables, *answers,
                  len(answers[0]))  # fmt: skip


def _may_be_unknown(plan: Plan) -> bool:
    numbers = plan.folded.numbers
    wide = (op.data[0] for op in plan.ops if op.name == "wide")
    return any(numbers[name].value is None for node in wide for name in node.numbers if name)


@cache
def _helpers() -> dict[str, Any]:
    """What every loop may call; machine code is made of each once, not once a policy."""
    import numba

    space: dict[str, Any] = {
        "np": np, "jit": numba.njit(nogil=True, error_model="numpy"), "i64": np.int64,
        "u64": np.uint64, "f64": np.float64,
    }  # fmt: skip
    exec(compile(HELPERS, "<what policies call>", "exec"), space)  # noqa: S102  # our own text
    return space


class Source:
    """The loop as text: packed sums are added up over a block first, then all the rest."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tables: list[Column] = []
        self.chains = _chains([op for op in plan.ops if op.out.kind == "w"])

    def compiled(self) -> Callable[..., None]:
        """The loop, ready to be called."""
        space = dict(_helpers())
        exec(compile(self.text(), "<compiled policy>", "exec"), space)  # noqa: S102  # our own text
        loop: Callable[..., None] = space["run"]
        return loop

    def text(self) -> str:
        """All of it: one function for the sums, one for the rest, and the loop."""
        self.tables = []
        codes = [f"c{place}" for place in range(len(self.plan.codes))]
        words = [f"w{place}" for place in self.chains]
        outs = [f"o{place}" for place in range(len(self.plan.answers))]
        sums, rest = [*self._sums()], [*self._rest()]
        tables = [f"t{place}" for place in range(len(self.tables))]
        here = ", ".join([*(f"{code}[s:e]" for code in codes), *tables,
                          *(f"{word}[:e - s]" for word in words),
                          *(f"{out}[s:e]" for out in outs)])  # fmt: skip
        loop = [
            *(f"w{place} = np.empty({BLOCK}, np.{chain[0].data.dtype})"
              for place, chain in self.chains.items()),
            f"for s in range(0, people, {BLOCK}):",
            f"    e = min(people, s + {BLOCK})",
            f"    sums({here})",
            f"    rest({here})",
        ]  # fmt: skip
        given = [*codes, *tables, *words, *outs]
        run = _function("run", [*codes, *tables, *outs, "people"], loop)
        return "\n\n".join([_function("sums", given, sums), _function("rest", given, rest),
                            run])  # fmt: skip

    def _sums(self) -> Iterator[str]:
        for place, chain in self.chains.items():
            terms = [f"{self._table(op.data)}[c{self._code(op)}[p]]" for op in chain]
            yield f"for p in range(w{place}.size):"
            yield f"    w{place}[p] = {' + '.join(terms)}"
        yield "return"

    def _code(self, op: Op) -> int:
        index = op.args[-1]
        assert isinstance(index, Slot)
        code: int = self.plan.ops[index.place].data
        return code

    def _table(self, table: Column) -> str:
        for place, held in enumerate(self.tables):
            if held is table:
                return f"t{place}"
        self.tables.append(np.ascontiguousarray(table))
        return f"t{len(self.tables) - 1}"

    def _rest(self) -> Iterator[str]:
        yield "for p in range(o0.size):"
        for op in self.plan.ops:
            if op.out.kind != "w":
                yield f"    s{op.out.place} = {self._said(op)}"
            elif op.out.place in self.chains:
                yield f"    s{op.out.place} = w{op.out.place}[p]"
        for place, (name, answer) in enumerate(self.plan.answers.items()):
            yield f"    o{place}[p] = np.{self.plan.dtype(name)}({_read(answer)})"

    def _said(self, op: Op) -> str:
        args = [_read(arg) for arg in op.args]
        if op.name in _SAID:
            return _SAID[op.name](op, args)
        if op.name == "look":
            return f"{self._table(op.data)}[u64({args[0]})]"
        if op.name == "curve":
            return self._curve(op, args)
        assert op.name == "wide"
        node, numbers = op.data
        return whole_numbers(node, args, numbers, self._table)

    def _curve(self, op: Op, args: list[str]) -> str:
        lines = op.data
        base = args[1] if len(args) > 1 else "0"
        first, ends, slope, intercept = (
            self._table(column)
            for column in (lines.first, lines.bucket_ends, lines.slope, lines.intercept)
        )
        return (f"read_line({args[0]}, i64({base}), {lines.least!r}, {lines.per_bucket!r}, "
                f"{first}, {ends}, {slope}, {intercept})")  # fmt: skip


def _chains(words: Sequence[Op]) -> dict[int, list[Op]]:
    """Each packed word's look-ups, under the slot that ends up holding it."""
    chains: dict[int, list[Op]] = {}
    for op in words:
        before = op.args[0] if op.name == "add_look" else None
        chain = chains.pop(before.place) if isinstance(before, Slot) else []
        chains[op.out.place] = [*chain, op]
    return chains


def _function(name: str, args: Sequence[str], lines: Sequence[str]) -> str:
    body = "\n".join(f"    {line}" for line in lines)
    return f"@jit\ndef {name}({', '.join(args)}):\n{body}"


def _read(operand: Operand) -> str:
    return f"s{operand.place}" if isinstance(operand, Slot) else repr(operand)


def _field(op: Op, args: list[str]) -> str:
    shift, mask, offset = op.data
    part = f"({args[0]} >> {shift})" if shift else args[0]
    part = f"({part} & {mask})" if mask else part
    part = f"i64({part}) + {offset}" if offset else f"i64({part})"
    return f"f64({part})" if op.out.kind == "f" else part


def _ratio(op: Op, args: list[str]) -> str:
    top, bottom = args
    said = {
        "half_up": f"np.floor((2.0 * {top} + {bottom}) / (2.0 * {bottom}))",
        "down": f"np.floor({top} / {bottom})",
        "up": f"np.ceil({top} / {bottom})",
    }[op.data]
    return f"{said} if {bottom} != 0.0 else 0.0"


Said = Callable[[Op, list[str]], str]
_SAID: dict[str, Said] = {
    "load": lambda op, a: f"i64(c{op.data}[p])",
    "read": lambda op, a: f"{'f64' if op.out.kind == 'f' else 'i64'}(c{op.data}[p])",
    "add": lambda op, a: f"{a[0]} + {a[1]}",
    "sub": lambda op, a: f"{a[0]} - {a[1]}",
    "mul": lambda op, a: f"{a[0]} * {a[1]}",
    "min": lambda op, a: f"{a[0]} if {a[0]} < {a[1]} else {a[1]}",
    "max": lambda op, a: f"{a[0]} if {a[0]} > {a[1]} else {a[1]}",
    "ge": lambda op, a: f"{a[0]} >= {a[1]}",
    "gt": lambda op, a: f"{a[0]} > {a[1]}",
    "and": lambda op, a: f"bool({a[0]}) & bool({a[1]})",
    "or": lambda op, a: f"bool({a[0]}) | bool({a[1]})",
    "not": lambda op, a: f"not {a[0]}",
    "b_to_f": lambda op, a: f"1.0 if {a[0]} else 0.0",
    "b_to_i": lambda op, a: f"i64({a[0]})",
    "i_to_f": lambda op, a: f"f64({a[0]})",
    "f_to_i": lambda op, a: f"i64({a[0]})",
    "f_to_b": lambda op, a: f"{a[0]} != 0.0",
    "i_to_b": lambda op, a: f"{a[0]} != 0",
    "f_to_x": lambda op, a: f"i64({a[0]}) - {op.data}",
    "i_to_x": lambda op, a: f"{a[0]} - {op.data}",
    "b_to_x": lambda op, a: f"i64({a[0]}) - {op.data}",
    "scale": lambda op, a: f"{a[0]} * {op.data}",
    "place": lambda op, a: f"{a[0]} + i64({a[1]})",
    "fill": lambda op, a: a[0],
    "field": _field,
    "scaled": lambda op, a: f"np.floor({a[0]} * {a[1]} + {op.data!r})",
    "ratio": _ratio,
    "where": lambda op, a: f"{a[1]} if {a[0]} else {a[2]}",
}
