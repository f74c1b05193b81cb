"""Whether groups of people fare alike: gaps with intervals, and what could not have been seen.

Every gap is beside the least gap that these people could have shown, so that nothing found is
never read as nothing there. Groups under ten people are left out, and counts go to the nearest
five: a table about few people tells who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ownway.policy.refusals import FactsRefused, Problem

Floats: TypeAlias = NDArray[np.float64]
Count: TypeAlias = int | None
"""People, to the nearest five; None is "under 10"."""
Finding = Literal["less", "more", "equal", "none seen"]

FEWEST = 10
NEAREST = 5
_SHARE_DIGITS = _RATIO_DIGITS = 3
_P_DIGITS = 4
NOT_RECORDED = "not recorded"
DETECTABLE = 2.8
"""A gap of so many standard errors is found four times in five: 1.96 and 0.84 of them."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and 95% interval, in the unit of what was measured."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Gap:
    """How far a group is from everyone else, and what could be said of it.

    `least_detectable` is the gap these people would have shown four times in five. `p` is of no
    gap at all, `p_holm` allows for all the groups asked about. `equal` says whether the gap is
    shown to be within the margin; None where no margin was given.
    """

    value: float
    error: float
    low: float
    high: float
    least_detectable: float
    p: float
    p_holm: float
    equal: bool | None

    @property
    def finding(self) -> Finding:
        """What may be said: a gap, none seen, or shown to be equal within the margin."""
        if self.p_holm >= 0.05:
            return "equal" if self.equal else "none seen"
        return "less" if self.value < 0 else "more"

    @property
    def said(self) -> str:
        """The finding in words; a gap that is there may still be within the margin."""
        within = self.equal and self.finding in ("less", "more")
        return FINDINGS[self.finding] + (", within the margin" if within else "")


@dataclass(frozen=True)
class GroupGap:
    """One group beside everyone else. `mean` and `gap` are None where too few are in it.

    `less`, `more` and `same` count those whose value went down, up or stayed. `total_ratio` is
    all the money after over all the money before. `digits` are the decimals it is written down
    with: enough decimals of a mean of whole pence would tell how many people it is of.
    """

    group: str
    people: Count
    less: Count
    more: Count
    same: Count
    mean: Estimate | None
    gap: Gap | None
    total_ratio: float | None
    digits: int = 0

    def as_json(self) -> dict[str, Any]:
        """The whole as plain data, rounded so that no count can be worked out from it."""
        mean, gap = self.mean and self._rounded(self.mean), self.gap and self._gap()
        ratio = None if self.total_ratio is None else round(self.total_ratio, _RATIO_DIGITS)
        return {
            "group": self.group, "people": self.people, "less": self.less, "more": self.more,
            "same": self.same, "total_ratio": ratio, "mean": mean, "gap": gap,
        }  # fmt: skip

    def _gap(self) -> dict[str, Any]:
        assert self.gap is not None
        found = self.gap
        return self._rounded(found) | {
            "least_detectable": self._round(found.least_detectable),
            "p": round(found.p, _P_DIGITS), "p_holm": round(found.p_holm, _P_DIGITS),
            "equal": found.equal, "finding": found.finding, "said": found.said,
        }  # fmt: skip

    def _rounded(self, found: Estimate | Gap) -> dict[str, Any]:
        """Without the error: beside the interval it would give the degrees of freedom away."""
        return {name: self._round(getattr(found, name)) for name in ("value", "low", "high")}

    def _round(self, value: float) -> float | int:
        return round(value, self.digits) if self.digits else round(value)


# -- What may be asked -------------------------------------------------------------------------


def by_group(
    values_before: ArrayLike, values_after: ArrayLike, groups: Iterable[object], *,
    clusters: Iterable[object] | None = None, margin: float | None = None,
    order: Sequence[str] | None = None,
) -> list[GroupGap]:  # fmt: skip
    """Winners and losers by group between two policies, and each group's gap to everyone else.

    Shapes: all (people,). Units: pence, as given; a gap is in the same unit, as is `margin`.
    Raises:
        FactsRefused: the columns are not of one length, or hold no number.
    """
    before, after = _column(values_before, "before"), _column(values_after, "after")
    _refuse_lengths(before, after)
    change = after - before
    return _compare(change, before, after, groups, clusters=clusters, margin=margin, order=order)


def after_needs(
    actual: ArrayLike, expected: ArrayLike, groups: Iterable[object], *,
    clusters: Iterable[object] | None = None, margin: float | None = 0.05,
    order: Sequence[str] | None = None,
) -> list[GroupGap]:  # fmt: skip
    """How each group's money compares with what its answers would lead one to expect.

    The gap is a share: −0.08 is 8% less than others with the same answers. It is of the mean log
    of actual over expected, so one dear plan does not speak for a group. Actual cost is not need:
    where past panels gave a group less, what is expected has learnt some of it.

    Shapes: all (people,). Units: actual and expected in one unit; expected should come from
        people other than the one it is for, as `calibration` gives it.
    Raises:
        FactsRefused: the columns are not of one length, or hold an amount of nothing or less.
    """
    spent, guide = _column(actual, "actual"), _column(expected, "expected")
    _refuse_lengths(spent, guide)
    _refuse_unless_positive(spent, "actual")
    _refuse_unless_positive(guide, "expected")
    log_margin = None if margin is None else float(np.log1p(margin))
    found = _compare(np.log(spent / guide), guide, spent, groups,
                     clusters=clusters, margin=log_margin, order=order)  # fmt: skip
    return [_as_shares(one) for one in found]


def _compare(
    values: Floats, before: Floats, after: Floats, groups: Iterable[object], *,
    clusters: Iterable[object] | None, margin: float | None, order: Sequence[str] | None,
) -> list[GroupGap]:  # fmt: skip
    names = named(groups)
    if len(names) != len(values):
        raise FactsRefused([Problem("groups", "are not as many as the people.")])
    blocks = None if clusters is None else np.unique(named(clusters), return_inverse=True)[1]
    told = tuple(order or ())
    in_order = (*told, *sorted(set(np.unique(names).tolist()) - set(told)))
    shown = counted_parts([int(np.sum(names == name)) for name in in_order])
    found = [
        _one(name, count, names == name, values, before, after, blocks, margin)
        for name, count in zip(in_order, shown, strict=True)
    ]
    return _holm(found)


def named(groups: Iterable[object]) -> NDArray[np.str_]:
    """Each person's group as a word; one left blank is a group of its own, never dropped."""
    return np.array([_word(one) for one in groups], dtype=np.str_)


def _word(group: object) -> str:
    blank = group is None or (isinstance(group, float) and np.isnan(group))
    return NOT_RECORDED if blank else str(group).strip() or NOT_RECORDED


def _one(
    name: str, shown: Count, inside: NDArray[np.bool_], values: Floats, before: Floats,
    after: Floats, blocks: NDArray[np.intp] | None, margin: float | None,
) -> GroupGap:  # fmt: skip
    people, ours = int(inside.sum()), values[inside]
    moved = [int(np.sum(one)) for one in (ours < 0, ours > 0, ours == 0)]
    less, more, same = counted_parts(moved, whole=shown)
    if people < FEWEST:
        return GroupGap(name, None if people else 0, None, None, None, None, None, None)
    mean = _mean(ours, None if blocks is None else blocks[inside])
    gap = _gap(values, inside, blocks, margin) if len(values) - people >= FEWEST else None
    total = before[inside].sum()
    return GroupGap(
        name, shown, less, more, same, mean, gap,
        float(after[inside].sum() / total) if total else None,
    )  # fmt: skip


def counted(people: int) -> Count:
    """A count fit to publish: nobody, "under 10" as None, or to the nearest five."""
    if 0 < people < FEWEST:
        return None
    return NEAREST * ((people + NEAREST // 2) // NEAREST)


def counted_parts(parts: Sequence[int], *, whole: Count = None) -> tuple[Count, ...]:
    """Counts of the parts of a whole, fit to publish together and beside it.

    Where one part alone is under ten, taking the others from the whole would tell it: the
    largest part takes up the difference, as if five were hidden, so the table says five for all
    from one to nine. `whole` is what is shown for the whole; without it, its own count is meant.
    """
    shown = [counted(one) for one in parts]
    if not shown or (whole is None and shown.count(None) != 1):
        return tuple(shown)
    most = max(range(len(parts)), key=lambda place: parts[place])
    total = counted(sum(parts)) if whole is None else whole
    if shown[most] is None or not total:
        return tuple(shown)
    others = sum(NEAREST if one is None else one for one in (*shown[:most], *shown[most + 1 :]))
    shown[most] = max(total - others, FEWEST)
    return tuple(shown)


def _mean(values: Floats, blocks: NDArray[np.intp] | None) -> Estimate:
    slopes, errors, freedom = least_squares(np.ones((len(values), 1)), values, blocks=blocks)
    reach = _t_beyond(freedom, 0.975) * errors[0]
    value = float(slopes[0])
    return Estimate(value, float(errors[0]), value - reach, value + reach)


def _gap(
    values: Floats, inside: NDArray[np.bool_], blocks: NDArray[np.intp] | None,
    margin: float | None,
) -> Gap:  # fmt: skip
    design = np.stack([np.ones(len(values)), inside], axis=1)
    slopes, errors, freedom = least_squares(design, values, blocks=blocks)
    value, error = float(slopes[1]), float(errors[1])
    reach, near = (_t_beyond(freedom, share) * error for share in (0.975, 0.95))
    equal = None if margin is None else bool(abs(value) + near < margin)
    p = _p_of_none(value, error, freedom)
    return Gap(value, error, value - reach, value + reach, DETECTABLE * error, p, p, equal)


def _t_beyond(freedom: int, share: float) -> float:
    from scipy import special

    return float(special.stdtrit(max(freedom, 1), share))


def _p_of_none(value: float, error: float, freedom: int) -> float:
    if error == 0:
        return 1.0 if value == 0 else 0.0
    from scipy import special

    return float(2 * special.stdtr(max(freedom, 1), -abs(value) / error))


def _as_shares(one: GroupGap) -> GroupGap:
    """From a difference of logs to a share: −0.083 becomes −8%."""

    def share(value: float) -> float:
        return float(np.expm1(value))

    mean = one.mean and Estimate(
        share(one.mean.value), one.mean.error, share(one.mean.low), share(one.mean.high)
    )
    gap = one.gap and replace(
        one.gap,
        value=share(one.gap.value),
        low=share(one.gap.low),
        high=share(one.gap.high),
        least_detectable=share(one.gap.least_detectable),
    )
    return replace(one, mean=mean, gap=gap, digits=_SHARE_DIGITS)


def _holm(found: list[GroupGap]) -> list[GroupGap]:
    """Hold the chance of any false finding to one in twenty over all the groups together."""
    asked = sorted((one.gap.p, place) for place, one in enumerate(found) if one.gap)
    reached = 0.0
    for rank, (p, place) in enumerate(asked):
        reached = max(reached, min(1.0, p * (len(asked) - rank)))
        gap = found[place].gap
        assert gap is not None
        found[place] = replace(found[place], gap=replace(gap, p_holm=reached))
    return found


# -- Least squares with errors that hold when people differ in spread ---------------------------


def least_squares(
    design: Floats, values: Floats, *, blocks: NDArray[np.intp] | None = None
) -> tuple[Floats, Floats, int]:
    """Slopes, their standard errors and degrees of freedom.

    Errors are HC3 (MacKinnon and White 1985: each residual over one less its own leverage), or
    clustered with the usual correction for few clusters where people come in teams.

    Shapes: design (people, columns), values (people,), blocks (people,) the team of each.
    """
    people, columns = design.shape
    inverse = np.linalg.pinv(design.T @ design)
    slopes = inverse @ (design.T @ values)
    left = values - design @ slopes
    if blocks is None:
        leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
        scores = design * (left / np.maximum(1 - leverage, 1e-9))[:, None]
        freedom, grow = people - columns, 1.0
    else:
        teams = int(blocks.max()) + 1
        scores = np.stack([np.bincount(blocks, column * left, teams) for column in design.T], 1)
        freedom = max(teams - 1, 1)
        grow = teams / freedom * (people - 1) / max(people - columns, 1)
    spread = inverse @ (scores.T @ scores) @ inverse * grow
    return slopes, np.sqrt(np.maximum(np.diag(spread), 0)), freedom


# -- Columns as given --------------------------------------------------------------------------


def _column(values: ArrayLike, name: str) -> Floats:
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise FactsRefused([Problem(name, "holds something that is not a number.")]) from None
    if column.ndim != 1 or not len(column):
        raise FactsRefused([Problem(name, "must be a column with someone in it.")])
    _refuse_where(~np.isfinite(column), name, "is not a number.")
    return column


def _refuse_lengths(one: Floats, other: Floats) -> None:
    if len(one) != len(other):
        raise FactsRefused([Problem("columns", "are not all of one length.")])


def _refuse_unless_positive(column: Floats, name: str) -> None:
    mend = "Leave such people out: give --leave-out nothing."
    _refuse_where(column <= 0, name, "must be more than nothing to be compared as a share.", mend)


def _refuse_where(wrong: NDArray[np.bool_], name: str, reason: str, mend: str = "") -> None:
    rows = np.flatnonzero(wrong)
    if len(rows):
        raise FactsRefused(Problem(f"{name}, row {row + 1}", reason, mend) for row in rows[:20])


# -- Said in words -----------------------------------------------------------------------------

Say: TypeAlias = Callable[[float], str]


def as_share(value: float) -> str:
    """Write a share as people read it: −8.0%."""
    return f"{value * 100:+.1f}%".replace("-", "−")


def as_pence(value: float) -> str:
    """Write pence as people read them: −£1.23."""
    sign = "−" if value < 0 else "+"
    return f"{sign}£{abs(value) / 100:,.2f}"


FINDINGS: dict[Finding, str] = {
    "less": "Less than others",
    "more": "More than others",
    "equal": "Equal within the margin",
    "none seen": "None seen",
}


def lines(found: Iterable[GroupGap], *, say: Say) -> list[str]:
    """A plain table of the gaps, and the warning that must stand under it."""
    head = f"{'Group':<24}{'People':>9}{'Less':>9}{'More':>9}  {'Gap to others':<32}"
    rows = [f"{head}{'Least we could have seen':<26}Finding"]
    return [*rows, *(_line(one, say) for one in found), "", WARNING]


WARNING = (
    "“None seen” is not “equal”: a gap smaller than the least we could have seen may be there. "
    "Counts are rounded to 5, and under 10 is not shown: the largest count beside it is rounded "
    "further, so that nobody can work it out."
)


def _line(one: GroupGap, say: Say) -> str:
    people, less, more = (
        "under 10" if count is None else f"{count:,}" for count in (one.people, one.less, one.more)
    )
    start = f"{one.group[:23]:<24}{people:>9}"
    if one.gap is None:
        return f"{start}  too few to say"
    gap = one.gap
    span = f"{say(gap.value)} ({say(gap.low)} to {say(gap.high)})"
    least = say(gap.least_detectable).lstrip("+")
    return f"{start}{less:>9}{more:>9}  {span:<32}{least:<26}{gap.said}"
