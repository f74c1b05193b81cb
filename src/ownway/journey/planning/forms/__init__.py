"""What is typed into a plan, and into a judgement of it, as clean values."""

from ownway.journey.planning.forms.choosing import AskFirst, ChooseBroker, ChooseHow, Send, WhoHelps
from ownway.journey.planning.forms.judging import Judge, PanelAnswer
from ownway.journey.planning.forms.lines import Cost, PutBy, RiskForm, Support, Wish
from ownway.journey.planning.forms.words import TOPICS, Words

__all__ = [
    "TOPICS",
    "AskFirst",
    "ChooseBroker",
    "ChooseHow",
    "Cost",
    "Judge",
    "PanelAnswer",
    "PutBy",
    "RiskForm",
    "Send",
    "Support",
    "WhoHelps",
    "Wish",
    "Words",
]
