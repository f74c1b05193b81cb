"""What can be done about charges: telling us, deciding, looking again, uprating, benefits."""

from ownway.journey.charging.actions.awards import rework
from ownway.journey.charging.actions.benefits import CannotClaim, Said, look, move
from ownway.journey.charging.actions.deciding import (
    charge_again,
    charge_from,
    give_finances,
)
from ownway.journey.charging.actions.looking_again import answer_again, ask_again
from ownway.journey.charging.actions.offers import NotOffered, ask_for, settle_offer
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
    need_not_ask,
    remove_paper,
    send,
    take_back,
)
from ownway.journey.charging.actions.uprating import CannotUprate, Do
from ownway.journey.charging.actions.uprating import confirm as confirm_uprating
from ownway.journey.charging.actions.uprating import go_on as go_on_uprating
from ownway.journey.charging.actions.uprating import preview as preview_uprating
from ownway.journey.charging.actions.uprating import tell_now as tell_uprating_now
from ownway.journey.charging.actions.uprating import undo as undo_uprating

__all__ = [
    "AlreadyAsked",
    "CannotAnswer",
    "CannotChange",
    "CannotCharge",
    "CannotClaim",
    "CannotKeep",
    "CannotUprate",
    "Do",
    "NotOffered",
    "Said",
    "add_paper",
    "answer",
    "answer_again",
    "answer_waiting",
    "ask_again",
    "ask_for",
    "begin",
    "charge_again",
    "charge_from",
    "confirm",
    "confirm_uprating",
    "decide",
    "give_finances",
    "go_on_uprating",
    "look",
    "media_type_of",
    "move",
    "need_not_ask",
    "preview_uprating",
    "remove_paper",
    "rework",
    "send",
    "settle_offer",
    "take_back",
    "tell_uprating_now",
    "undo_uprating",
]
