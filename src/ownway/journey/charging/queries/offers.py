"""What the council can do for somebody who pays for their own care, and what they asked for."""

from dataclasses import dataclass
from datetime import date

from ownway.foundation.council import queries as council
from ownway.foundation.people.models import Person
from ownway.journey.charging.models import Charge, Offer, OfferKind
from ownway.journey.charging.queries.charges import contribution, pays_for_own_care
from ownway.policy import charging
from ownway.policy.decision import Decision as Worked
from ownway.policy.refusals import PolicyRefused

FEE = "arranging_fee_pence"


@dataclass(frozen=True)
class OwnCare:
    """Somebody pays for their own care: the charge, and what is offered to them.

    fee_pence is none where the rules have no such offer. later is the working of putting the fee
    of a care home off until the home is sold, where that may be offered.
    """

    charge: Charge
    fee_pence: int | None
    later: Worked | None
    asked: dict[str, Offer]

    def may_ask(self, kind: str) -> bool:
        """Whether an offer stands and was not asked for yet."""
        stands = self.fee_pence is not None if kind == OfferKind.ARRANGE else self.later is not None
        return stands and kind not in self.asked


def own_care(person: Person, *, on: date) -> OwnCare | None:
    """What is offered to somebody who pays for their own care; nothing for everybody else."""
    charge = contribution(person, on=on)
    if charge is None:
        return None
    later = _later(charge, on=on)
    if not pays_for_own_care(charge) and later is None:
        return None
    pack = council.rules(on)
    is_home = charge.decision.facts.get("setting") == "care_home"
    fee = pack.value(FEE) if FEE in pack.numbers and not is_home else None
    return OwnCare(charge, fee, later, {offer.kind: offer for offer in open_offers(person)})


def _later(charge: Charge, *, on: date) -> Worked | None:
    """Putting off the fee of a care home, where the home counts and little else is there."""
    try:
        worked = charging.deferred_payment(charge.decision.facts, council.rules(on))
    except PolicyRefused:
        return None
    return worked if worked.result["may_be_offered"] else None


def open_offers(person: Person) -> list[Offer]:
    """What somebody asked for and nobody has settled."""
    offers = Offer.objects.filter(person=person, settled_at=None)
    return list(offers.select_related("asked_by").order_by("pk"))


def offer_in(offer_id: int, person: Person) -> Offer | None:
    """One such offer to a person."""
    return Offer.objects.filter(pk=offer_id, person=person).first()
