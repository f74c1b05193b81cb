"""The clock's short memory within one request, and the days on which the council is shut."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache

import holidays

_memory: ContextVar[dict[str, timedelta] | None] = ContextVar("memory", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Ask the clock once in this block; outside such a block it is asked each time."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def held() -> timedelta | None:
    """How far ahead the demo's clock is, when it was asked before in this block."""
    memory = _memory.get()
    return memory.get("ahead") if memory is not None else None


def hold(ahead: timedelta) -> None:
    """Remember it to the end of the block."""
    memory = _memory.get()
    if memory is not None:
        memory["ahead"] = ahead


def forget() -> None:
    """Ask again next time."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()


@cache
def bank_holidays() -> holidays.HolidayBase:
    """The bank holidays of England, worked out for any year."""
    return holidays.country_holidays("GB", subdiv="ENG")
