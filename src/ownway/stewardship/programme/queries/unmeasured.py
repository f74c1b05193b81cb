"""What a draft changes that starting budgets do not show, so that nobody takes it for nothing."""

from collections.abc import Iterable

from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import tables
from ownway.stewardship.programme.queries.versions import Change

_ABOUT = {
    tables.PAY: "what people pay",
    tables.ELIGIBLE: "who is eligible",
    tables.OTHER: "other things, such as limits of time",
}


def among(changes: Iterable[Change], pack: Pack) -> tuple[Change, ...]:
    """The changes of numbers that no starting budget is worked out from."""
    homes = tables.homes(pack)
    return tuple(
        one for one in changes if homes.get(one.number.name, tables.OTHER) != tables.BUDGET
    )


def in_words(changes: tuple[Change, ...], pack: Pack) -> str:
    """How many there are and what they are about, each by name; nothing where there are none."""
    if not changes:
        return ""
    homes = tables.homes(pack)
    found = {homes.get(one.number.name, tables.OTHER) for one in changes}
    about = " and ".join(words for home, words in _ABOUT.items() if home in found)
    is_one = len(changes) == 1
    many = "1 change is" if is_one else f"{len(changes)} changes are"
    names = "; ".join(one.label for one in changes)
    return (
        f"This looks at starting budgets only. {many} about {about}, "
        f"and {'is' if is_one else 'are'} not measured here: {names}."
    )
