"""What is typed about money: questions, papers, decisions, services, benefits, uprating."""

from ownway.journey.charging.forms.benefits import AskFor, OfficersCheck, OwnCheck
from ownway.journey.charging.forms.desk import AnswerAgain, Decide, question_forms
from ownway.journey.charging.forms.papers import Declare, LookAgainForm, Paper, Refuse
from ownway.journey.charging.forms.questions import QuestionForm, form_for
from ownway.journey.charging.forms.trying import Services
from ownway.journey.charging.forms.uprating import PreviewUprating, Sure
from ownway.journey.charging.forms.words import Asked, asked

__all__ = [
    "AnswerAgain",
    "AskFor",
    "Asked",
    "Decide",
    "Declare",
    "LookAgainForm",
    "OfficersCheck",
    "OwnCheck",
    "Paper",
    "PreviewUprating",
    "QuestionForm",
    "Refuse",
    "Services",
    "Sure",
    "asked",
    "form_for",
    "question_forms",
]
