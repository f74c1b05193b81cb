"""What is stored of information: pages, the glossary, questions, contact points, campaigns."""

from ownway.community.information.models.campaigns import Campaign, Channel
from ownway.community.information.models.guide import Choice, Question, Word
from ownway.community.information.models.languages import ENGLISH, LANGUAGES, Language, language
from ownway.community.information.models.points import ContactPoint, Help, Training
from ownway.community.information.models.writing import (
    Audience,
    Group,
    Opinion,
    Page,
    ReadDay,
    Reader,
    Reading,
    Text,
    Version,
)

PERSONAL_FIELDS = {
    "Reading": {"words", "reply"},
    "Opinion": {"words", "language", "on"},
}

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "PERSONAL_FIELDS",
    "Audience",
    "Campaign",
    "Channel",
    "Choice",
    "ContactPoint",
    "Group",
    "Help",
    "Language",
    "Opinion",
    "Page",
    "Question",
    "ReadDay",
    "Reader",
    "Reading",
    "Text",
    "Training",
    "Version",
    "Word",
    "language",
]
