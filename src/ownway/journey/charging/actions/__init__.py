"""What can be done about charges: telling us, deciding, looking again, uprating, benefits."""

from ownway.journey.charging.actions.deciding import (
    charge_again,
    charge_from,
    give_finances,
)
from ownway.journey.charging.actions.looking_again import answer_again, ask_again
from ownway.journey.charging.actions.refusals import (
    AlreadyAsked,
    CannotAnswer,
    CannotChange,
    CannotCharge,
    CannotKeep,
)
from ownway.journey.charging.actions.statements import (
    add_paper,
    answer,
    answer_waiting,
    begin,
    confirm,
    decide,
    media_type_of,
    remove_paper,
    send,
    take_back,
)

__all__ = [
    "AlreadyAsked",
    "CannotAnswer",
    "CannotChange",
    "CannotCharge",
    "CannotKeep",
    "add_paper",
    "answer",
    "answer_again",
    "answer_waiting",
    "ask_again",
    "begin",
    "charge_again",
    "charge_from",
    "confirm",
    "decide",
    "give_finances",
    "media_type_of",
    "remove_paper",
    "send",
    "take_back",
]
