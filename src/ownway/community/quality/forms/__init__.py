"""What is typed about quality: by people, providers, lay reviewers, and whoever keeps quality."""

from ownway.community.quality.forms.partner import (
    Answer,
    AnswerNotice,
    AskForMark,
    SayDone,
    ShowEvidence,
)
from ownway.community.quality.forms.public import Rate, RateFromOutside
from ownway.community.quality.forms.staff import (
    Because,
    CheckRating,
    DecideDelisting,
    Judge,
    NewCriteria,
    NewStandards,
    PlanVisit,
    RaiseAudit,
    SettleAudit,
    SignContract,
    WeighAnswer,
)
from ownway.community.quality.forms.visit import FillIn

__all__ = [
    "Answer",
    "AnswerNotice",
    "AskForMark",
    "Because",
    "CheckRating",
    "DecideDelisting",
    "FillIn",
    "Judge",
    "NewCriteria",
    "NewStandards",
    "PlanVisit",
    "RaiseAudit",
    "Rate",
    "RateFromOutside",
    "SayDone",
    "SettleAudit",
    "ShowEvidence",
    "SignContract",
    "WeighAnswer",
]
