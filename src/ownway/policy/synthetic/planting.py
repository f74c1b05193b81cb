"""A gap planted on purpose, so that what looks for gaps can be tried on one that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ownway.policy import domains
from ownway.policy.refusals import FactsRefused, Problem
from ownway.policy.synthetic import presets

_GAP = re.compile(r"(?P<by>\w+)=(?P<group>[\w ]+):(?P<share>[+−-]?\d+(\.\d+)?)%")
_SAID = {"group": "ethnic_group"}
GROUPS = {
    "ethnic_group": presets.ETHNIC_GROUPS,
    "sex": presets.SEXES,
    "reason": tuple(domains.REASONS),
}


@dataclass(frozen=True)
class Gap:
    """A group whose plans cost more or less than its needs alone would: −0.08 is 8% less."""

    by: str
    group: str
    share: float


def read_gap(text: str) -> Gap:
    """Read a gap as it is written in an option: group=asian:-8%.

    Raises:
        FactsRefused: it is not written so, or there is no such group.
    """
    found = _GAP.fullmatch(text.strip())
    if not found:
        raise _refusal(text, "is not a gap.", "Write it as group=asian:-8%.")
    by = _SAID.get(found["by"], found["by"])
    if by not in GROUPS:
        raise _refusal(text, f"has no column {by!r}.", f"Use one of: {', '.join(GROUPS)}.")
    if found["group"] not in GROUPS[by]:
        raise _refusal(
            text, f"has no group {found['group']!r}.", f"Use one of: {', '.join(GROUPS[by])}."
        )
    share = float(found["share"].replace("−", "-")) / 100
    if not -1 < share <= 1:
        raise _refusal(text, "is out of range.", "Give a share from −99% to 100%.")
    return Gap(by, found["group"], share)


def _refusal(text: str, reason: str, mend: str) -> FactsRefused:
    return FactsRefused([Problem(f"gap {text[:60]!a}", reason, mend)])
