"""Who gains and who loses, by group: client group, age band, sex and ethnic group."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.design.dates import age_on
from ownway.foundation.people.models import Sex, SupportReason
from ownway.journey.allocation.models import Side
from ownway.policy import equality
from ownway.policy.equality import GroupGap
from ownway.stewardship.programme.queries.caseload import Whose

Whole = NDArray[np.int64]
NOT_RECORDED = "Not recorded"
_OLDER = 65
_CLIENT = ("Older people", "Physical disability", "Learning disability", "Mental health",
           "Sensory impairment", "Other support", "Carers", NOT_RECORDED)  # fmt: skip
_AGES = ("18 to 64", "65 to 84", "85 and over", "Under 18", NOT_RECORDED)
_SEXES = ("Women", "Men", "Another way", NOT_RECORDED)
_ETHNIC = ("White", "Asian", "Black", "Mixed", "Another ethnic group", NOT_RECORDED)
_SEX_WORDS = {Sex.FEMALE.value: "Women", Sex.MALE.value: "Men", Sex.OTHER.value: "Another way"}
_REASON_WORDS = {
    SupportReason.LEARNING.value: "Learning disability",
    SupportReason.MENTAL_HEALTH.value: "Mental health",
    SupportReason.UNKNOWN.value: NOT_RECORDED,
}
_YOUNGER_WORDS = {
    SupportReason.PHYSICAL_ACCESS.value: "Physical disability",
    SupportReason.PHYSICAL_CARE.value: "Physical disability",
    SupportReason.SENSORY.value: "Sensory impairment",
}


@dataclass(frozen=True)
class Dimension:
    """One way of parting people, and how its groups compare."""

    name: str
    groups: tuple[GroupGap, ...]

    @property
    def less(self) -> tuple[GroupGap, ...]:
        """Groups found to get less than others."""
        return tuple(one for one in self.groups if one.gap and one.gap.finding == "less")


def compared(
    whose: Sequence[Whose], before: Whole, after: Whole, *, on: date
) -> tuple[Dimension, ...]:
    """Each group's change a week in pence, its interval, and its gap to everyone else."""
    if not len(whose):
        return ()
    return tuple(
        Dimension(name, _groups([word(one, on) for one in whose], before, after, order))
        for name, (word, order) in DIMENSIONS.items()
    )


def _groups(
    names: Sequence[str], before: Whole, after: Whole, order: Iterable[str]
) -> tuple[GroupGap, ...]:
    there = set(names)
    in_order = [name for name in order if name in there]
    return tuple(equality.by_group(before, after, names, order=in_order))


def client_group(whose: Whose, on: date) -> str:
    """Carers, then what the support is for, then age."""
    if whose.side == Side.CARER:
        return "Carers"
    if whose.support_reason in _REASON_WORDS:
        return _REASON_WORDS[whose.support_reason]
    age = age_on(whose.born, on)
    if age is not None and age >= _OLDER:
        return "Older people"
    return _YOUNGER_WORDS.get(whose.support_reason, "Other support")


def age_band(whose: Whose, on: date) -> str:
    """The bands that returns use."""
    age = age_on(whose.born, on)
    if age is None:
        return NOT_RECORDED
    bands = ((18, "Under 18"), (_OLDER, "18 to 64"), (85, "65 to 84"))
    return next((words for below, words in bands if age < below), "85 and over")


def sex(whose: Whose, on: date) -> str:
    """As the person gave it."""
    return _SEX_WORDS.get(whose.sex, NOT_RECORDED)


def ethnic_group(whose: Whose, on: date) -> str:
    """The five broad groups of the census, by how each begins; what fits none is a sixth."""
    said = whose.ethnic_group.strip().lower()
    if not said:
        return NOT_RECORDED
    return next(
        (name for name in _ETHNIC[:4] if said.startswith(name.lower())), "Another ethnic group"
    )


Word = Callable[[Whose, date], str]
DIMENSIONS: Mapping[str, tuple[Word, tuple[str, ...]]] = {
    "Client group": (client_group, _CLIENT),
    "Age": (age_band, _AGES),
    "Sex": (sex, _SEXES),
    "Ethnic group": (ethnic_group, _ETHNIC),
}


def as_rows(dimensions: Iterable[Dimension]) -> list[dict[str, Any]]:
    """The table as plain data, to be kept with a version. Small numbers are left out of it."""
    return [
        {"dimension": one.name, **group.as_json()} for one in dimensions for group in one.groups
    ]
