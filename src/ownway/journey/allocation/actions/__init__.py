"""What can be done about budgets: work out, write, look again, ask for more, settle."""

from ownway.journey.allocation.actions.asking_more import (
    MORE,
    CannotAskForMore,
    CannotDecideMore,
    ask_for_more,
    decide_more,
)
from ownway.journey.allocation.actions.looking_again import (
    LOOK_AGAIN,
    AlreadyAsked,
    CannotAnswer,
    answer_again,
    ask_again,
)
from ownway.journey.allocation.actions.settling import CannotSettle, settle
from ownway.journey.allocation.actions.working_out import (
    CannotWorkOut,
    note_call,
    work_out,
    work_out_again,
)
from ownway.journey.allocation.actions.writing import NothingToSend, send_letter

__all__ = [
    "LOOK_AGAIN",
    "MORE",
    "AlreadyAsked",
    "CannotAnswer",
    "CannotAskForMore",
    "CannotDecideMore",
    "CannotSettle",
    "CannotWorkOut",
    "NothingToSend",
    "answer_again",
    "ask_again",
    "ask_for_more",
    "decide_more",
    "note_call",
    "send_letter",
    "settle",
    "work_out",
    "work_out_again",
]
