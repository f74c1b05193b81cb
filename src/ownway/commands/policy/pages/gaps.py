"""Gaps between groups, for any page: each drawn on one scale, with the warning they need."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ownway.commands.policy.pages import Section, Table
from ownway.design import charts
from ownway.policy import equality
from ownway.policy.equality import GroupGap, Say

HEAD = ("Group", "People", "Less", "More", "Gap to others", "Least we could have seen", "Finding")


def section(title: str, found: Sequence[GroupGap], *, say: Say) -> Section:
    """One way of grouping people."""
    seen = [one for one in found if one.gap and one.gap.finding in ("less", "more")]
    said = [f"{one.group}: {one.gap.said.lower()}." for one in seen if one.gap]
    return Section(
        title=title,
        said=[*(said or ["No gap was seen."]), equality.WARNING],
        drawn=_drawn(title, found, say=say),
        table=Table(title, HEAD, [_row(one, say) for one in found]),
    )


def _drawn(title: str, found: Iterable[GroupGap], *, say: Say) -> Markup:
    """The size of each gap as a bar; the sign beside it says which way it goes."""
    bars = [
        charts.Bar(one.group[:22], abs(one.gap.value), say(one.gap.value))
        for one in found
        if one.gap
    ]
    said = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    return charts.bars(title, said, bars) if bars else Markup("")


def _row(one: GroupGap, say: Say) -> tuple[str, ...]:
    counts = ("under 10" if n is None else f"{n:,}" for n in (one.people, one.less, one.more))
    if one.gap is None:
        return (one.group, *counts, "too few to say", "", "")
    gap = one.gap
    span = f"{say(gap.value)} ({say(gap.low)} to {say(gap.high)})"
    return (one.group, *counts, span, say(gap.least_detectable).lstrip("+"), gap.said)
