"""What is typed about prevention, into clean values."""

from ownway.journey.prevention.forms.asking import (
    AskVisit,
    Order,
    Questions,
    Reach,
    Wanted,
)
from ownway.journey.prevention.forms.catalogue import AddShop, ChangeFlag, ChangeItem
from ownway.journey.prevention.forms.partners import (
    AnswerIt,
    EndIt,
    KeepOffer,
    PartnerAnswers,
    ReferTo,
)
from ownway.journey.prevention.forms.points import Benefits, Points
from ownway.journey.prevention.forms.stock import Count, NewLine, Receive, StartRecall
from ownway.journey.prevention.forms.things import (
    Cancel,
    GiveBack,
    HandOver,
    Redeem,
    Tried,
    UsedAt,
)

__all__ = [
    "AddShop",
    "AnswerIt",
    "AskVisit",
    "Benefits",
    "Cancel",
    "ChangeFlag",
    "ChangeItem",
    "Count",
    "EndIt",
    "GiveBack",
    "HandOver",
    "KeepOffer",
    "NewLine",
    "Order",
    "PartnerAnswers",
    "Points",
    "Questions",
    "Reach",
    "Receive",
    "Redeem",
    "ReferTo",
    "StartRecall",
    "Tried",
    "UsedAt",
    "Wanted",
]
