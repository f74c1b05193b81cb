"""What is asked, given, kept in stock, and settled before a budget; and partners who help."""

from ownway.journey.prevention.models.partners import (
    Answer,
    Offer,
    PartnerKind,
    PartnerReferral,
)
from ownway.journey.prevention.models.points import BenefitCheck, Mark, PointMark
from ownway.journey.prevention.models.shelf import (
    CatalogueChange,
    Movement,
    MovementKind,
    Part,
    Recall,
    Retailer,
    StockLine,
)
from ownway.journey.prevention.models.things import (
    AskedOnline,
    EquipmentCheck,
    ItemKind,
    ItemStatus,
    OrderedItem,
    ShopCode,
    Trial,
    Way,
)

PERSONAL_FIELDS = {
    "EquipmentCheck": {"answers", "suggested", "flags"},
    "AskedOnline": {"answers", "wanted"},
    "OrderedItem": {"name", "trial", "trial_words", "serial", "ended_words"},
    "ShopCode": {"shop"},
    "PointMark": {"point", "evidence", "said_by"},
    "BenefitCheck": {"found", "gain_pence_a_week"},
    "PartnerReferral": {"because", "consent_by", "answer_words", "outcome"},
}

__all__ = [
    "PERSONAL_FIELDS",
    "Answer",
    "AskedOnline",
    "BenefitCheck",
    "CatalogueChange",
    "EquipmentCheck",
    "ItemKind",
    "ItemStatus",
    "Mark",
    "Movement",
    "MovementKind",
    "Offer",
    "OrderedItem",
    "Part",
    "PartnerKind",
    "PartnerReferral",
    "PointMark",
    "Recall",
    "Retailer",
    "ShopCode",
    "StockLine",
    "Trial",
    "Way",
]
