"""The guide's questions: where somebody is, from the answers their address carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ownway.community.information.models import Choice, Page, Question

MOST: Final = 12
"""Nobody is asked more than this; it also ends a circle, should one ever be made."""


@dataclass(frozen=True)
class Step:
    """One question that was answered, and the answer."""

    question: Question
    choice: Choice


@dataclass(frozen=True)
class Way:
    """How far somebody has come: the next question, or the page it led to."""

    steps: tuple[Step, ...]
    question: Question | None = None
    page: Page | None = None

    @property
    def said(self) -> str:
        """The answers as the address carries them."""
        return said_in(self.steps)

    def before(self, place: int) -> str:
        """The answers given before a step, to answer it anew."""
        return said_in(self.steps[:place])


def said_in(steps: Iterable[Step]) -> str:
    """Answers as one part of an address: who-me.what-home."""
    return ".".join(step.choice.key for step in steps)


def questions() -> list[Question]:
    """Every question with its choices, the first one first."""
    found = Question.objects.prefetch_related(
        "choices__next_question", "choices__next_page__live", "choices__next_page__owner"
    )
    return list(found)


def follow(said: str) -> Way | None:
    """Follow answers as far as they lead; nothing when there are no questions yet.

    An answer that is no longer there ends the way: its question is asked again.
    """
    every = {question.pk: question for question in questions()}
    now = next((q for q in every.values() if q.is_first), None)
    steps: list[Step] = []
    for key in [*said.split(".")[:MOST], ""]:
        if now is None:
            break
        chosen = next((c for c in now.choices.all() if key and c.key == key), None)
        if chosen is None:
            return Way(tuple(steps), question=now)
        steps.append(Step(now, chosen))
        if chosen.next_page is not None:
            return _ended(steps, now, chosen.next_page)
        now = every.get(chosen.next_question_id or 0)
    return Way(tuple(steps), question=now) if now else None


def _ended(steps: list[Step], question: Question, page: Page) -> Way:
    """The page at the end; while it is not live, its question stands."""
    if page.is_live:
        return Way(tuple(steps), page=page)
    return Way(tuple(steps[:-1]), question=question)


def is_circle(question: Question, leads_to: Iterable[int]) -> bool:
    """Whether a question would lead back to itself through the questions it leads to."""
    onward: Mapping[int, set[int]] = {
        q.pk: {c.next_question_id for c in q.choices.all() if c.next_question_id}
        for q in questions()
    }
    seen, to_see = set[int](), set(leads_to)
    while to_see:
        now = to_see.pop()
        if now == question.pk:
            return True
        seen.add(now)
        to_see |= onward.get(now, set()) - seen
    return False
