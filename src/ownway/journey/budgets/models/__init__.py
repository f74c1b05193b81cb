"""What is stored about money: the ledger, how each budget is taken, and what is to be paid."""

from ownway.journey.budgets.models.agreements import (
    Agreement,
    HeldAs,
    PaidBy,
    Share,
    ShareLine,
    Status,
    Way,
)
from ownway.journey.budgets.models.ledger import (
    BUDGET_KINDS,
    NEVER_BELOW_NOTHING,
    Account,
    Entry,
    Kind,
    Transaction,
)
from ownway.journey.budgets.models.payments import Payment, PaymentStatus

PERSONAL_FIELDS = {
    "Account": {"name"},
    "Transaction": {"words"},
    "Entry": {"pence"},
    "Agreement": {"way", "lines_for_council", "bank_name", "bank_sort_code", "bank_number"},
    "Share": {"budget_week_pence", "once_pence", "contribution_week_pence", "held_as"},
    "ShareLine": {"words", "week_pence", "once_pence"},
    "Payment": {"pence"},
}

__all__ = [
    "BUDGET_KINDS",
    "NEVER_BELOW_NOTHING",
    "PERSONAL_FIELDS",
    "Account",
    "Agreement",
    "Entry",
    "HeldAs",
    "Kind",
    "PaidBy",
    "Payment",
    "PaymentStatus",
    "Share",
    "ShareLine",
    "Status",
    "Transaction",
    "Way",
]
