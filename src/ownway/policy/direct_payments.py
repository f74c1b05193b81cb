"""What keeps a direct payment right: who may be paid from it, and what is left over in it.

Source: Care and Support (Direct Payments) Regulations 2014, regulation 3; Dudley 2013, theme 5;
Care Act 2014, section 33.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ownway.policy.packs import Pack

PARTNERS: Final = frozenset({"spouse", "civil_partner", "cohabiting_partner"})
RELATIVES: Final = frozenset({
    "parent", "parent_in_law", "step_parent", "son", "daughter", "son_in_law", "daughter_in_law",
    "step_son", "step_daughter", "brother", "sister", "aunt", "uncle", "grandparent",
})  # fmt: skip
"""Relatives who may not usually be paid when they live in the same home."""
ROUTES: Final = ("normal", "panel", "refused")


@dataclass(frozen=True)
class Route:
    """How a person somebody wants to pay is agreed. `may_pay` is False until it is."""

    name: str
    why: str = ""

    @property
    def may_pay(self) -> bool:
        """Whether a first payment may be made without waiting."""
        return self.name == "normal"


def route_for(kin: str, *, same_home: bool, pack: Pack) -> Route:
    """How it is agreed that somebody is paid to give care.

    Units: `kin` is what the payee is to the person; "" is nobody of theirs.
    Source: regulation 3: a partner, or a close relative in the same home, only where the council
        finds it necessary; Dudley 2013 asks its risk panel.
    """
    if kin in PARTNERS or (kin in RELATIVES and same_home):
        if pack.value("panel_for_family_in_household"):
            return Route("panel", "A close relative in the same home: the risk panel decides first")
        return Route("refused", "The rules do not let a close relative in the same home be paid")
    return Route("normal")


@dataclass(frozen=True)
class Account:
    """A direct payment account at a review. Units: pence; the payment is net, a week."""

    balance: int
    commitments: int
    weekly_net: int
    overpaid_by_person: int = 0


def to_recover(account: Account, *, pack: Pack) -> int:
    """What may be asked back: over what is owed, and over the weeks that may stay.

    Units: pence, never below nothing. What the person paid in too much is theirs.
    Source: council monitoring rules, 4 to 8 weeks; Care Act 2014, section 33.
    """
    stays = pack.value("payment_float_weeks") * account.weekly_net
    over = account.balance - account.commitments - account.overpaid_by_person - stays
    return max(over, 0)
