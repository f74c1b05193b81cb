"""Taking a contact, settling it once, and what follows from it."""

from ownway.journey.contact.actions.after import (
    AlreadyApplied,
    CannotCallBack,
    CannotGiveWayIn,
    Invitation,
    Result,
    apply_for,
    invite,
    keep_facts,
    record_results,
)
from ownway.journey.contact.actions.missing import CannotSettle
from ownway.journey.contact.actions.receiving import ask_for_help, report_concern
from ownway.journey.contact.actions.ringing import note_first_call
from ownway.journey.contact.actions.screening import Screened
from ownway.journey.contact.actions.settling import (
    send_signposts,
    settle_by_concern,
    settle_by_referral,
    settle_by_screening,
    settle_by_signpost,
)
from ownway.journey.contact.actions.taking import (
    AlreadySettled,
    CannotUse,
    add_and_use,
    begin,
    drop_person,
    keep,
    look,
    make_urgent,
    pass_on,
    pick,
    say_tie,
    unpick,
    use_person,
)

__all__ = [
    "AlreadyApplied",
    "AlreadySettled",
    "CannotCallBack",
    "CannotGiveWayIn",
    "CannotSettle",
    "CannotUse",
    "Invitation",
    "Result",
    "Screened",
    "add_and_use",
    "apply_for",
    "ask_for_help",
    "begin",
    "drop_person",
    "invite",
    "keep",
    "keep_facts",
    "look",
    "make_urgent",
    "note_first_call",
    "pass_on",
    "pick",
    "record_results",
    "report_concern",
    "say_tie",
    "send_signposts",
    "settle_by_concern",
    "settle_by_referral",
    "settle_by_screening",
    "settle_by_signpost",
    "unpick",
    "use_person",
]
