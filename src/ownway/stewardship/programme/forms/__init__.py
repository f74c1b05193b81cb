"""What is typed when rules change: the draft, its equality assessment, and an example's facts."""

from ownway.stewardship.programme.forms.assessment import AssessEquality
from ownway.stewardship.programme.forms.draft import DraftRules, RollBack
from ownway.stewardship.programme.forms.example import TypedFacts

__all__ = ["AssessEquality", "DraftRules", "RollBack", "TypedFacts"]
