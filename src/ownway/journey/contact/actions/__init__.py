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
from ownway.journey.contact.actions.asking import CannotAnswer, answer, ask, enquiry_of
from ownway.journey.contact.actions.concerns import (
    CannotDecideConcern,
    Decided,
    decide_concern,
    note_what_was_done,
)
from ownway.journey.contact.actions.deciding import CannotDecide, decide_application
from ownway.journey.contact.actions.helping import count_help
from ownway.journey.contact.actions.mailing import KNOWN, NEW, WENT_ON, take_mail
from ownway.journey.contact.actions.missing import CannotSettle
from ownway.journey.contact.actions.receiving import ask_for_help, report_concern
from ownway.journey.contact.actions.referring import Referred, Visit, refer_in, save_visit
from ownway.journey.contact.actions.ringing import note_first_call
from ownway.journey.contact.actions.routing import (
    CannotRoute,
    add_route,
    end_route,
    lay_usual_routes,
)
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
from ownway.journey.contact.actions.urgent import route_now, take_back, take_over

__all__ = [
    "KNOWN",
    "NEW",
    "WENT_ON",
    "AlreadyApplied",
    "AlreadySettled",
    "CannotAnswer",
    "CannotCallBack",
    "CannotDecide",
    "CannotDecideConcern",
    "CannotGiveWayIn",
    "CannotRoute",
    "CannotSettle",
    "CannotUse",
    "Decided",
    "Invitation",
    "Referred",
    "Result",
    "Screened",
    "Visit",
    "add_and_use",
    "add_route",
    "answer",
    "apply_for",
    "ask",
    "ask_for_help",
    "begin",
    "count_help",
    "decide_application",
    "decide_concern",
    "drop_person",
    "end_route",
    "enquiry_of",
    "invite",
    "keep",
    "keep_facts",
    "lay_usual_routes",
    "look",
    "make_urgent",
    "note_first_call",
    "note_what_was_done",
    "pass_on",
    "pick",
    "record_results",
    "refer_in",
    "report_concern",
    "route_now",
    "save_visit",
    "say_tie",
    "send_signposts",
    "settle_by_concern",
    "settle_by_referral",
    "settle_by_screening",
    "settle_by_signpost",
    "take_back",
    "take_mail",
    "take_over",
    "unpick",
    "use_person",
]
