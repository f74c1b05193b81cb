"""What can be done about prevention: one function for each whole step."""

from ownway.journey.prevention.actions.answering import answer_by_link, is_open_by_link
from ownway.journey.prevention.actions.asking import answer_questions, ask_visit, take_online
from ownway.journey.prevention.actions.codes import (
    CannotRedeem,
    redeem,
    renew_code,
    usable,
)
from ownway.journey.prevention.actions.giving import DO, KEEP, STOCK, CannotOrder
from ownway.journey.prevention.actions.keeping import (
    CannotKeep,
    add_shop,
    change_flag,
    change_item,
    end_shop,
    keep_offer,
    stop_offering,
)
from ownway.journey.prevention.actions.linking import referral_of
from ownway.journey.prevention.actions.ordering import cancel, order
from ownway.journey.prevention.actions.partnering import (
    CannotRefer,
    answer_referral,
    end_referral,
    refer,
)
from ownway.journey.prevention.actions.points import (
    CannotMark,
    keep_benefit_check,
    mark_points,
)
from ownway.journey.prevention.actions.recalling import start_recall
from ownway.journey.prevention.actions.stocking import (
    CannotMove,
    add_stock_line,
    count,
    receive,
)
from ownway.journey.prevention.actions.trying import give_back, hand_over, keep_trial
from ownway.journey.prevention.queries.checklist import Stand

__all__ = [
    "DO",
    "KEEP",
    "STOCK",
    "CannotKeep",
    "CannotMark",
    "CannotMove",
    "CannotOrder",
    "CannotRedeem",
    "CannotRefer",
    "Stand",
    "add_shop",
    "add_stock_line",
    "answer_by_link",
    "answer_questions",
    "answer_referral",
    "ask_visit",
    "cancel",
    "change_flag",
    "change_item",
    "count",
    "end_referral",
    "end_shop",
    "give_back",
    "hand_over",
    "is_open_by_link",
    "keep_benefit_check",
    "keep_offer",
    "keep_trial",
    "mark_points",
    "order",
    "receive",
    "redeem",
    "refer",
    "referral_of",
    "renew_code",
    "start_recall",
    "stop_offering",
    "take_online",
    "usable",
]
