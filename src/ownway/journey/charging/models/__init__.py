"""What people said of their money, what they pay because of it, and help to get more of it."""

from ownway.journey.charging.models.benefits import BenefitLook, Claim, ClaimState
from ownway.journey.charging.models.charges import AskedAgain, Charge, Finances, Withdrawn
from ownway.journey.charging.models.offers import Offer, OfferKind
from ownway.journey.charging.models.statements import Evidence, EvidenceKind, Statement, Status
from ownway.journey.charging.models.uprating import Rework, ReworkState, Stage, Uprating

__all__ = [
    "AskedAgain",
    "BenefitLook",
    "Charge",
    "Claim",
    "ClaimState",
    "Evidence",
    "EvidenceKind",
    "Finances",
    "Offer",
    "OfferKind",
    "Rework",
    "ReworkState",
    "Stage",
    "Statement",
    "Status",
    "Uprating",
    "Withdrawn",
]

PERSONAL_FIELDS = {
    "Finances": {"facts"},
    "Charge": {"charge_pence", "council_pays_pence", "nhs_pays_pence", "budget_pence"},
    "Withdrawn": {"because"},
    "AskedAgain": {"words", "answer"},
    "Statement": {"answers", "officer_facts", "note"},
    "Evidence": {"name", "kind", "media_type", "size_bytes", "content"},
    "BenefitLook": {"note"},
    "Claim": {"benefit", "weekly_pence", "counted_pence", "backdated_pence", "note"},
    "Offer": {"words"},
    "Rework": {"before_pence", "after_pence", "problems"},
}
