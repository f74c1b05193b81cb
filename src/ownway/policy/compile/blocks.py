"""The NumPy runner: the whole line of operations for a few thousand people, then the next.

A block is small enough that every column stays in the processor's nearer memory, and a column's
buffer is given to another as soon as nothing reads it again. So a million people need no more
than the answers and a few megabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import population
from ownway.policy.compile.curves import Curves
from ownway.policy.compile.ops import Op, Operand, Slot, uses
from ownway.policy.compile.plan import Plan

Column: TypeAlias = NDArray[Any]
Do = Callable[[], object]
BLOCK = 16384
_HELD = {"f": np.float64, "i": np.int64, "x": np.intp, "b": np.bool_}


def run(plan: Plan, coded: Sequence[Column], out: Mapping[str, Column]) -> None:
    """Fill each answer of `out` for everyone whose codes are given."""
    people = len(next(iter(out.values())))
    whole, rest = divmod(people, BLOCK)
    with np.errstate(all="ignore"):
        if whole:
            block = _Block(plan, BLOCK)
            for start in range(0, whole * BLOCK, BLOCK):
                block.run(coded, out, start)
        if rest:
            _Block(plan, rest).run(coded, out, whole * BLOCK)


class _Buffers:
    """Columns of one length, handed out and taken back."""

    def __init__(self, people: int) -> None:
        self.people = people
        self.free: dict[int, list[NDArray[np.uint8]]] = {}

    def take(self, dtype: Any) -> Column:
        width = np.dtype(dtype).itemsize
        spare = self.free.setdefault(width, [])
        raw = spare.pop() if spare else np.zeros(self.people * width, dtype=np.uint8)
        return raw.view(dtype)

    def give_back(self, column: Column) -> None:
        self.free[column.itemsize].append(column.view(np.uint8))


class _Block:
    """The line as calls on buffers of one length."""

    def __init__(self, plan: Plan, people: int) -> None:
        self.plan = plan
        self.people = people
        self.buffers = _Buffers(people)
        self.held: dict[int, Column] = {}
        self.calls: list[Do | tuple[Column, int]] = []
        last = _last_uses(plan)
        for place, op in enumerate(plan.ops):
            self._write(op)
            for slot in {*uses(op), op.out}:
                if last[slot.place] == place:
                    self.buffers.give_back(self.held[slot.place])

    def run(self, coded: Sequence[Column], out: Mapping[str, Column], start: int) -> None:
        """Work out the people from `start` on."""
        end = start + self.people
        for call in self.calls:
            if isinstance(call, tuple):
                np.copyto(call[0], coded[call[1]][start:end], casting="unsafe")
            else:
                call()
        for name, answer in self.plan.answers.items():
            np.copyto(out[name][start:end], self._read(answer), casting="unsafe")

    def _read(self, operand: Operand) -> Any:
        return self.held[operand.place] if isinstance(operand, Slot) else operand

    def _write(self, op: Op) -> None:
        """Turn one operation into a call, on a buffer of its own."""
        args = [self._read(arg) for arg in op.args]
        if op.name == "look":
            dtype = op.data.dtype
        else:
            dtype = args[0].dtype if op.name == "add_look" else _HELD[op.out.kind]
        out = self.held[op.out.place] = self.buffers.take(dtype)
        if op.name in ("load", "read"):
            self.calls.append((out, op.data))
        else:
            self.calls.append(_CALLS[op.name](op, out, args, self.buffers))


def _last_uses(plan: Plan) -> dict[int, int]:
    last: dict[int, int] = {}
    for place, op in enumerate(plan.ops):
        for slot in (op.out, *uses(op)):
            last[slot.place] = place
    for answer in plan.answers.values():
        if isinstance(answer, Slot):
            last[answer.place] = len(plan.ops)
    return last


# -- Each operation, as a call on buffers --------------------------------------------------------

Make = Callable[[Op, Column, list[Any], _Buffers], Do]


def _pair(ufunc: np.ufunc) -> Make:
    def make(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
        one, other = args
        return lambda: ufunc(one, other, out=out)

    return make


def _bound(ufunc: np.ufunc) -> Make:
    """The lesser or greater; a column of one number is quicker here than the number."""

    def make(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
        one, other = (
            arg if isinstance(arg, np.ndarray) else np.full(len(out), arg, out.dtype)
            for arg in args
        )
        return lambda: ufunc(one, other, out=out)

    return make


def _not(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    return lambda: np.logical_not(one, out=out)


def _turn(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    return lambda: np.copyto(out, one, casting="unsafe")


def _truth(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    return lambda: np.not_equal(one, 0, out=out)


def _to_place(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    least = op.data

    def do() -> None:
        np.copyto(out, one, casting="unsafe")
        if least:
            np.subtract(out, least, out=out)

    return do


def _scale(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    many = np.intp(op.data)
    return lambda: np.multiply(one, many, out=out)


def _move(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    one, other = (arg if isinstance(arg, np.ndarray) else np.intp(arg) for arg in args)
    return lambda: np.add(one, other, out=out)


def _fill(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (one,) = args
    return lambda: out.fill(one)


def _look(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (index,) = args
    table = op.data
    return lambda: np.take(table, index, out=out, mode="clip")


def _add_look(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    so_far, index = args
    table = op.data

    def do() -> None:
        np.take(table, index, out=out, mode="clip")
        np.add(out, so_far, out=out)

    return do


def _field(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    (word,) = args
    shift, mask, offset = op.data
    part = buffers.take(word.dtype)
    buffers.give_back(part)

    def do() -> None:
        at = word
        if shift:
            at = np.right_shift(at, shift, out=part)
        if mask:
            at = np.bitwise_and(at, mask, out=part)
        np.copyto(out, at, casting="unsafe")
        if offset:
            np.add(out, offset, out=out)

    return do


def _scaled(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    one, by = args
    addend = op.data

    def do() -> None:
        np.multiply(one, by, out=out)
        np.add(out, addend, out=out)
        np.floor(out, out=out)

    return do


def _ratio(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    """A true division, for a bottom that differs from person to person; by nothing is nothing."""
    top, bottom = args
    rounding = op.data
    nothing = buffers.take(np.bool_)
    buffers.give_back(nothing)

    def do() -> None:
        if rounding == "half_up":
            np.multiply(top, 2.0, out=out)
            np.add(out, bottom, out=out)
            np.divide(out, 2.0 * bottom, out=out)
        else:
            np.divide(top, bottom, out=out)
        (np.ceil if rounding == "up" else np.floor)(out, out=out)
        np.equal(bottom, 0.0, out=nothing)
        np.copyto(out, 0.0, where=nothing)

    return do


def _where(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    truth, then, otherwise = args
    if isinstance(otherwise, float) and otherwise == 0.0 and isinstance(then, np.ndarray):
        return lambda: np.multiply(then, truth, out=out)

    def do() -> None:
        np.copyto(out, otherwise)
        np.copyto(out, then, where=truth)

    return do


def _curve(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    """By bucket to a segment, one on where its end is passed, and along its line."""
    amount, *bases = args
    base = bases[0] if bases and isinstance(bases[0], np.ndarray) else np.intp(sum(bases))
    lines: Curves = op.data
    kinds = (np.int32, np.intp, lines.first.dtype, np.float64, np.bool_)
    low, place, segment, values, past = (buffers.take(kind) for kind in kinds)
    for column in (low, place, segment, values, past):
        buffers.give_back(column)
    step = past.view(np.uint8) if segment.dtype == np.uint8 else past

    def do() -> None:
        from_least = np.subtract(amount, lines.least, out=values) if lines.least else amount
        np.multiply(from_least, lines.per_bucket, out=values)
        np.copyto(low, values, casting="unsafe")
        np.add(low, base, out=place)
        np.take(lines.first, place, out=segment, mode="clip")
        np.take(lines.bucket_ends, place, out=values, mode="clip")
        np.greater_equal(amount, values, out=past)
        np.add(segment, step, out=segment)
        np.copyto(place, segment)
        np.take(lines.slope, place, out=values, mode="clip")
        np.multiply(amount, values, out=out)
        np.take(lines.intercept, place, out=values, mode="clip")
        np.add(out, values, out=out)
        np.floor(out, out=out)

    return do


def _wide(op: Op, out: Column, args: list[Any], buffers: _Buffers) -> Do:
    """On 64-bit whole numbers, by the population runner's own rule."""
    node, numbers = op.data
    people = len(out)
    fixed = [arg if isinstance(arg, np.ndarray) else np.full(people, arg, np.int64) for arg in args]

    def do() -> None:
        np.copyto(out, population.work(node, fixed, numbers=numbers, people=people))

    return do


_CALLS: dict[str, Make] = {
    "add": _pair(np.add), "sub": _pair(np.subtract), "mul": _pair(np.multiply),
    "min": _bound(np.minimum), "max": _bound(np.maximum),
    "ge": _pair(np.greater_equal), "gt": _pair(np.greater),
    "and": _pair(np.logical_and), "or": _pair(np.logical_or), "not": _not,
    "b_to_f": _turn, "b_to_i": _turn, "i_to_f": _turn, "f_to_i": _turn,
    "f_to_b": _truth, "i_to_b": _truth,
    "f_to_x": _to_place, "i_to_x": _to_place, "b_to_x": _to_place,
    "scale": _scale, "place": _move, "fill": _fill, "look": _look, "add_look": _add_look,
    "field": _field, "scaled": _scaled, "ratio": _ratio, "where": _where, "curve": _curve,
    "wide": _wide,
}  # fmt: skip
