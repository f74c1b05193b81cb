"""What is asked again and again for one page is asked once.

Only a page that changes nothing has this memory: where something is done, each question is put
anew, for the answer may have changed.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def of_one_page() -> Iterator[None]:
    """Ask every `once_a_page` question once in this block."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once_a_page(ask: Callable[P, T]) -> Callable[P, T]:
    """Remember the answers to a question while one page is made; nobody may change them."""

    @wraps(ask)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in answers:
            answers[question] = ask(*args, **kwargs)
        answer: T = answers[question]
        return answer

    return remembered
