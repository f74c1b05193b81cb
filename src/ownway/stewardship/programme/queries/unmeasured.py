"""What a draft changes that no figure shows, so that nobody takes it for nothing."""

from collections.abc import Iterable

from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import tables
from ownway.stewardship.programme.queries.versions import Change

_ABOUT = {
    tables.PAY: "what people pay",
    tables.ELIGIBLE: "who is eligible",
    tables.OTHER: "other things, such as limits of time",
}
_IN_NO_FIGURES = {
    "arranging_fee_pence",
    "carers_pay",
    "free_equipment_pence",
    "reablement_charge",
    "reablement_free_weeks",
}
"""What is paid apart from the charge of those whose figures are kept."""


def home_of(change: Change, pack: Pack) -> str:
    """What a changed number helps to decide."""
    return tables.homes(pack).get(change.number.name, tables.OTHER)


def is_of_charges(change: Change, pack: Pack) -> bool:
    """Whether a changed number moves what those pay whose figures are kept."""
    name = change.number.name
    apart = name in _IN_NO_FIGURES or name.startswith("deferred_")
    return home_of(change, pack) == tables.PAY and not apart


def among(changes: Iterable[Change], pack: Pack, *, no_charges: bool = False) -> tuple[Change, ...]:
    """The changes of numbers that neither starting budgets nor what is paid are worked out from.

    no_charges: those of charges too, as where the rules ask for figures that nobody was asked for.
    """
    return tuple(
        one
        for one in changes
        if home_of(one, pack) != tables.BUDGET and (no_charges or not is_of_charges(one, pack))
    )


def in_words(changes: tuple[Change, ...], pack: Pack) -> str:
    """How many there are and what they are about, each by name; nothing where there are none."""
    if not changes:
        return ""
    found = {home_of(one, pack) for one in changes}
    about = " and ".join(words for home, words in _ABOUT.items() if home in found)
    is_one = len(changes) == 1
    many = "1 change is" if is_one else f"{len(changes)} changes are"
    names = "; ".join(one.label for one in changes)
    return (
        f"This looks at starting budgets and what people pay towards them. {many} about {about}, "
        f"and {'is' if is_one else 'are'} not measured here: {names}."
    )
