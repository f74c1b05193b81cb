"""What can be done with an assessment: open, answer, check, decide, decline; record capacity."""

from ownway.journey.assessment.actions.answering import begin, finish
from ownway.journey.assessment.actions.capacity import CannotRecord, Test, record_capacity
from ownway.journey.assessment.actions.checking import (
    CannotCheck,
    Found,
    change_help,
    check_parts,
)
from ownway.journey.assessment.actions.deciding import CannotDecide, decide
from ownway.journey.assessment.actions.opening import (
    CannotOpen,
    bring_forms_in,
    decline,
    open_assessment,
    open_from_screening,
    owner_of,
)

__all__ = [
    "CannotCheck",
    "CannotDecide",
    "CannotOpen",
    "CannotRecord",
    "Found",
    "Test",
    "begin",
    "bring_forms_in",
    "change_help",
    "check_parts",
    "decide",
    "decline",
    "finish",
    "open_assessment",
    "open_from_screening",
    "owner_of",
    "record_capacity",
]
