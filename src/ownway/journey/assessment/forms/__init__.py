"""What staff type about an assessment, into clean values."""

from ownway.journey.assessment.forms.capacity import TestCapacity
from ownway.journey.assessment.forms.checking import CheckParts
from ownway.journey.assessment.forms.judging import Judge, judge_form

__all__ = ["CheckParts", "Judge", "TestCapacity", "judge_form"]
