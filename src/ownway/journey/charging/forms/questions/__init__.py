"""A form for each kind of question about money: what was typed into an answer to keep."""

from typing import Any

from ownway.journey.charging.forms.questions.amounts import Amount, Costs, Home, Savings
from ownway.journey.charging.forms.questions.base import QuestionForm
from ownway.journey.charging.forms.questions.choices import (
    Household,
    Living,
    Number,
    Premiums,
    Setting,
    YesNo,
)
from ownway.journey.charging.forms.questions.days import Before, BirthDate, PastDay
from ownway.journey.charging.queries import Question

__all__ = ["QuestionForm", "form_for"]

KINDS: dict[str, type[QuestionForm]] = {
    "amount": Amount,
    "birth": BirthDate,
    "setting": Setting,
    "household": Household,
    "savings": Savings,
    "home": Home,
    "living": Living,
    "yes_no": YesNo,
    "day": PastDay,
    "before": Before,
    "premiums": Premiums,
    "number": Number,
    "costs": Costs,
}


def form_for(question: Question, data: Any = None, **options: Any) -> QuestionForm:
    """The form of a question."""
    return KINDS[question.kind](data, question=question, **options)
