"""What staff type about an assessment, into clean values."""

from ownway.journey.assessment.forms.capacity import TestCapacity
from ownway.journey.assessment.forms.checking import CheckParts, Decline
from ownway.journey.assessment.forms.judging import Judge, judge_form

__all__ = ["CheckParts", "Decline", "Judge", "TestCapacity", "judge_form"]
