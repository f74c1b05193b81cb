"""Any past decision worked out anew, to the penny, from the facts and the pack it kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ownway.policy import allocation, charging, eligibility, packs
from ownway.policy.decision import Decision
from ownway.policy.refusals import PackRefused, Problem

RULES = {
    "eligibility": eligibility.decide,
    "allocation": allocation.decide,
    "charging": charging.decide,
    "deferral": charging.deferred_payment,
}


def again(stored: Mapping[str, Any]) -> Decision:
    """Work out a stored decision anew, as `Decision.as_json` kept it.

    Raises:
        PackRefused: the pack of that name no longer reads as it did then.
    """
    on = date.fromisoformat(stored["on"])
    pack = packs.load(stored["pack"], profile=stored["profile"], on=on)
    fresh = RULES[stored["kind"]](stored["facts"], pack)
    if fresh.pack_hash != stored["pack_hash"]:
        reason = f"has changed since: it was {stored['pack_hash']}, and is {fresh.pack_hash}."
        raise PackRefused([Problem(stored["pack"], reason, "Use the version it was made with.")])
    return fresh
