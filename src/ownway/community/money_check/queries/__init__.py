"""What can be asked of the money check: the next question, the answer, and how each reads."""

from ownway.community.money_check.queries.catalogue import Question, question
from ownway.community.money_check.queries.telling import Answer, answer, rate_words, said_in_words
from ownway.community.money_check.queries.walking import EVERY, Walk, walk

__all__ = [
    "EVERY",
    "Answer",
    "Question",
    "Walk",
    "answer",
    "question",
    "rate_words",
    "said_in_words",
    "walk",
]
