"""The rules as plain tables, their versions and proofs, and what a draft does to whom."""

from ownway.stewardship.programme.queries.effect import Effect, effect_of
from ownway.stewardship.programme.queries.proofs import Fault, Proof, faults, proof_of
from ownway.stewardship.programme.queries.tables import (
    ENVELOPE,
    FACTOR,
    Section,
    lists,
    sections,
    steps,
)
from ownway.stewardship.programme.queries.versions import (
    Change,
    Undone,
    base_rules,
    changes,
    changes_of,
    compare,
    draft,
    drafts,
    live_on,
    next_after,
    state_of,
    trail,
    undone,
    version,
)

__all__ = [
    "ENVELOPE",
    "FACTOR",
    "Change",
    "Effect",
    "Fault",
    "Proof",
    "Section",
    "Undone",
    "base_rules",
    "changes",
    "changes_of",
    "compare",
    "draft",
    "drafts",
    "effect_of",
    "faults",
    "lists",
    "live_on",
    "next_after",
    "proof_of",
    "sections",
    "state_of",
    "steps",
    "trail",
    "undone",
    "version",
]
