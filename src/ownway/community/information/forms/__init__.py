"""What is typed about information, into clean values."""

from ownway.community.information.forms.campaigns import CountReached, PlanCampaign
from ownway.community.information.forms.guiding import ExplainWord, WriteQuestion
from ownway.community.information.forms.points import RecordHelp, RecordTraining, RegisterPoint
from ownway.community.information.forms.reading import (
    AddReader,
    ReplyToReader,
    SayOfDraft,
    WasItUseful,
)
from ownway.community.information.forms.writing import (
    NewPage,
    NewText,
    SendToPanel,
    SettlePage,
    WriteText,
)

__all__ = [
    "AddReader",
    "CountReached",
    "ExplainWord",
    "NewPage",
    "NewText",
    "PlanCampaign",
    "RecordHelp",
    "RecordTraining",
    "RegisterPoint",
    "ReplyToReader",
    "SayOfDraft",
    "SendToPanel",
    "SettlePage",
    "WasItUseful",
    "WriteQuestion",
    "WriteText",
]
