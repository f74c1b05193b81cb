"""What is typed at the desk, at the public doors, and at the call-back."""

from ownway.journey.contact.forms.concerns import ConcernDone, DecideConcern
from ownway.journey.contact.forms.desk import (
    Apply,
    CallBack,
    Facts,
    FirstCall,
    Invite,
    NewPerson,
    PassOn,
    Typed,
)
from ownway.journey.contact.forms.incoming import (
    AddRoute,
    BringMail,
    DecideApplication,
    ProviderAnswer,
    ReferSomebody,
    SaveVisit,
)
from ownway.journey.contact.forms.public import STEPS, Concern, Step

__all__ = [
    "STEPS",
    "AddRoute",
    "Apply",
    "BringMail",
    "CallBack",
    "Concern",
    "ConcernDone",
    "DecideApplication",
    "DecideConcern",
    "Facts",
    "FirstCall",
    "Invite",
    "NewPerson",
    "PassOn",
    "ProviderAnswer",
    "ReferSomebody",
    "SaveVisit",
    "Step",
    "Typed",
]
