"""A contact from first word to settled, and what came of it."""

from ownway.journey.contact.models.asking import (
    Answer,
    Enquiry,
)
from ownway.journey.contact.models.contacts import (
    Agreed,
    Application,
    ApplicationStatus,
    Channel,
    ConcernDecision,
    ConcessionKind,
    Contact,
    Outcome,
    Passing,
    Reason,
    ReferTo,
    Result,
    Screening,
    Signpost,
    Source,
    Urgency,
    WhyNot,
)
from ownway.journey.contact.models.handing_over import (
    HandOver,
    Route,
)
from ownway.journey.contact.models.incoming import (
    Message,
    Referral,
)

PERSONAL_FIELDS = {
    "Contact": {
        "caller_name",
        "caller_phone",
        "caller_email",
        "caller_postcode",
        "said",
        "hope",
        "own_words",
        "told",
        "refer_because",
        "outcome_words",
        "looked_for",
        "because_urgent",
        "agreed",
    },
    "Signpost": {"what", "price", "when", "phone", "result_words"},
    "Screening": {"answers", "decision", "is_carer", "band"},
    "Application": {"kind", "decided_because"},
    "Passing": {"because"},
    "HandOver": {"because", "accepted_by"},
    "Message": {"from_name", "from_email", "subject", "body", "files"},
    "Referral": {"person_name", "date_of_birth", "nhs_number"},
    "Enquiry": {"email", "words"},
}

__all__ = [
    "PERSONAL_FIELDS",
    "Agreed",
    "Answer",
    "Application",
    "ApplicationStatus",
    "Channel",
    "ConcernDecision",
    "ConcessionKind",
    "Contact",
    "Enquiry",
    "HandOver",
    "Message",
    "Outcome",
    "Passing",
    "Reason",
    "ReferTo",
    "Referral",
    "Result",
    "Route",
    "Screening",
    "Signpost",
    "Source",
    "Urgency",
    "WhyNot",
]
