"""Entries as they are typed: a template for each kind, a page for each part."""

from ownway.community.directory.forms.editing.answering import (
    AnswerCheck,
    NewEntry,
    SendBack,
    SendSheet,
    StopRound,
)
from ownway.community.directory.forms.editing.parts import EditEntry, EditPart
from ownway.community.directory.forms.editing.templates import KINDS, Part, part_of, parts_of

__all__ = [
    "KINDS",
    "AnswerCheck",
    "EditEntry",
    "EditPart",
    "NewEntry",
    "Part",
    "SendBack",
    "SendSheet",
    "StopRound",
    "part_of",
    "parts_of",
]
