"""How money looks. Pence are whole numbers everywhere else; pounds exist only on a page."""

import re
from decimal import Decimal


def pounds(pence: int | None) -> str:
    """Show pence as pounds: 17100 is £171.00, −50 is −£0.50; nothing known is a dash."""
    if pence is None:
        return "–"
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


MOST_POUNDS = 999_999_999


class TooMuch(ValueError):
    """An amount with more digits than any amount here has."""


def to_pence(typed: str) -> int:
    """Read what a person typed as an amount: "£1,204.50", "12", ".50".

    Raises:
        TooMuch: it is above the greatest amount; the message says which that is.
        ValueError: it is not an amount of whole pence.
    """
    text = typed.strip().replace(",", "").removeprefix("£").strip()
    if re.fullmatch(r"[0-9]{10,}(\.[0-9]{1,2})?", text):
        raise TooMuch(f"Enter an amount of at most £{MOST_POUNDS:,}")
    if not re.fullmatch(r"[0-9]{0,9}(\.[0-9]{1,2})?", text) or not re.search(r"[0-9]", text):
        raise ValueError("Enter an amount in pounds and pence, like 12.50")
    return int(Decimal(text) * 100)
