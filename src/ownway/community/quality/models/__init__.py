"""Marks, ratings and standards. Who rated is never shown; what they wrote may point to somebody."""

from ownway.community.quality.models.marks import (
    Application,
    Award,
    Criteria,
    Criterion,
    Evidence,
    Level,
    Sort,
)
from ownway.community.quality.models.ratings import (
    AT_AN_END,
    STANDING,
    As,
    Audit,
    Delisting,
    Rating,
    RatingStatus,
    Refusal,
)
from ownway.community.quality.models.standards import (
    Finding,
    LayReviewer,
    Signing,
    Standard,
    Standards,
    ToDo,
    Visit,
)

# A provider can be one person, so what is said of it and by it counts as about somebody.
PERSONAL_FIELDS = {
    "Rating": {
        "email", "source", "part", "stars", "words", "held_for", "refused_for", "because", "reply",
    },
    "Audit": {"because", "found"},
    "Delisting": {"because", "reasons", "answer", "weighed"},
    "Application": {"outcomes_met", "outcomes_of", "outcomes_from", "because", "level", "sort"},
    "Evidence": {"words", "note"},
    "Award": {"because", "level"},
    "Signing": {"contract"},
    "LayReviewer": {"group"},
    "Visit": {"summary", "spoke_with", "reply"},
    "Finding": {"met", "words"},
    "ToDo": {"words", "done_words"},
}  # fmt: skip

__all__ = [
    "AT_AN_END",
    "PERSONAL_FIELDS",
    "STANDING",
    "Application",
    "As",
    "Audit",
    "Award",
    "Criteria",
    "Criterion",
    "Delisting",
    "Evidence",
    "Finding",
    "LayReviewer",
    "Level",
    "Rating",
    "RatingStatus",
    "Refusal",
    "Signing",
    "Sort",
    "Standard",
    "Standards",
    "ToDo",
    "Visit",
]
