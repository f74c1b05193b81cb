"""What must be said before a contact is settled: every reason, by the field that mends it."""

from collections.abc import Sequence

from ownway.foundation.council.access import may
from ownway.foundation.council.models import Staff
from ownway.journey.contact.actions.screening import Screened
from ownway.journey.contact.models import Contact
from ownway.journey.contact.queries.screening import QUESTIONS


class CannotSettle(Exception):
    """Why a contact cannot be settled this way yet: every reason, by the field that mends it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


def refuse(problems: Sequence[tuple[str, str]]) -> None:
    """Refuse with every reason at once; with none, go on."""
    if problems:
        raise CannotSettle(problems)


def missing(contact: Contact) -> list[tuple[str, str]]:
    """What every way of settling needs: what it is about, and what was said."""
    problems = []
    if not contact.reason:
        problems.append(("reason", "Choose what it is about"))
    if not contact.said.strip():
        problems.append(("said", "Write what was said"))
    return problems


def nobody(contact: Contact) -> list[tuple[str, str]]:
    """Somebody must be named."""
    return [] if contact.caller or contact.about else [("find_caller", "Say who is calling")]


def nothing_picked(contact: Contact, words: str) -> list[tuple[str, str]]:
    """Something must be picked, or advised in our own words."""
    if words.strip() or contact.signposts.filter(sent_at=None).exists():
        return []
    return [("looked_for", "Pick something from the directory, or change the words to give advice")]


def missing_in_screening(
    screened: Sequence[Screened], worker: Staff | None
) -> list[tuple[str, str]]:
    """Every answer, and a worker who does assessments where one is asked for."""
    if not screened:
        return [("find_caller", "Say who is calling")]
    problems = [
        (f"screen_{question.key}", f"Choose an answer for “{question.words}”")
        for one in screened
        for question in QUESTIONS
        if not one.is_carer and not one.answers.get(question.key)
    ]
    if worker is None and any(one.asks_assessment for one in screened):
        problems.append(("worker", "Choose who will help them"))
    elif worker is not None and not may(worker.sign_in, "assessment.do"):
        problems.append(("worker", f"{worker.name} does not do assessments. Choose someone else"))
    return problems
