"""The effect of a draft as plots and rows, small numbers left out of both."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from ownway.design import charts
from ownway.design.charts import Bar, Interval, Step
from ownway.design.money import pounds
from ownway.policy import equality
from ownway.policy.equality import FEWEST, FINDINGS, GroupGap
from ownway.stewardship.programme.queries.effect import Bin, Effect
from ownway.stewardship.programme.queries.equality import words

NOTHING = Markup("")
_STATES = {"less": "late", "more": "now", "equal": "good", "none seen": "open"}


@dataclass(frozen=True)
class Row:
    """One group of people as its line in the table."""

    group: str
    people: str
    less: str
    more: str
    mean: str = "too few to say"
    interval: str = ""
    whisker: Markup = NOTHING
    gap: str = ""
    least: str = ""
    finding: str = ""
    state: str = "open"


@dataclass(frozen=True)
class Charts:
    """Everything of an effect that is drawn or listed."""

    totals: Markup
    spread: Markup
    finding: str
    bins: tuple[tuple[str, str], ...]
    scale: str
    dimensions: tuple[tuple[str, tuple[Row, ...]], ...]


def of(effect: Effect) -> Charts:
    """Draw an effect."""
    least, most = _scale(effect)
    return Charts(
        totals=_totals(effect),
        spread=_spread(effect),
        finding=_finding(effect),
        bins=tuple((_edges(one), _low(words(one.shown))) for one in effect.bins),
        scale=f"from {equality.as_pence(least)} to {equality.as_pence(most)}",
        dimensions=tuple(
            (one.name, tuple(_row(group, least, most) for group in one.groups))
            for one in effect.dimensions
        ),
    )


def _totals(effect: Effect) -> Markup:
    before, after = effect.factors
    rows = [
        Bar(f"As now, share {before}", effect.year_before, pounds(effect.year_before)),
        Bar(f"Draft, share {after}", effect.year_after, pounds(effect.year_after)),
    ]
    if effect.fit:
        rows.append(
            Bar(f"Draft, share {effect.fit.shown}", effect.fit.year, pounds(effect.fit.year))
        )
    limit = None
    if effect.left is not None:
        label = "Left for these" if effect.reserved else "Envelope"
        limit = Bar(label, effect.left, pounds(effect.left))
    said = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    said += f"; {limit.label.lower()}: {limit.shown}." if limit else "."
    return charts.against("A year’s total against the envelope", said, rows, limit=limit)


def _spread(effect: Effect) -> Markup:
    steps = [Step(one.low, one.high, _drawn(one)) for one in effect.bins]
    return charts.spread(
        "Change in a week’s budget, and how many people", _finding(effect), steps, say=_edge
    )


def _drawn(one: Bin) -> int:
    """As many as the table says; a few are drawn alike, so that nobody can count them."""
    return FEWEST // 2 if one.people and one.shown is None else one.shown or 0


def _finding(effect: Effect) -> str:
    said, count = [], effect.counted
    if effect.lose:
        ends = _middle_and_most(effect.middle_loss, effect.most_loss)
        said.append(f"{words(count.lose)} get less{ends}.")
    if effect.gain:
        ends = _middle_and_most(effect.middle_gain, effect.most_gain)
        said.append(f"{words(count.gain)} get more{ends}.")
    if effect.same:
        said.append(f"{words(count.same)} stay as they are.")
    if said and effect.unmeasured:
        said.insert(0, "In starting budgets alone:")
    return " ".join(said) or "Nobody has a budget to change yet."


def _middle_and_most(middle: int | None, most: int | None) -> str:
    if middle is None or most is None:
        return ""
    return f", the middle one by {pounds(abs(middle))} a week, at most {pounds(abs(most))}"


def _edge(pence: int) -> str:
    if pence == 0:
        return "no change"
    short = pounds(abs(pence)).removesuffix(".00")
    return f"{'−' if pence < 0 else '+'}{short}"


def _edges(one: Bin) -> str:
    low, high = (pounds(abs(edge)) for edge in (one.low, one.high))
    return f"{low} to {high} more" if one.low >= 0 else f"{high} to {low} less"


def _low(text: str) -> str:
    return text.lower()


def _scale(effect: Effect) -> tuple[float, float]:
    """One scale for every group's interval, with nothing on it."""
    means = [one.mean for dimension in effect.dimensions for one in dimension.groups if one.mean]
    least = min([0.0, *(one.low for one in means)])
    most = max([0.0, *(one.high for one in means)])
    room = (most - least) * 0.05 or 50.0
    return least - (room if least < 0 else 0), most + room


def _row(one: GroupGap, least: float, most: float) -> Row:
    people, less, more = _counts(one)
    row = Row(one.group, people, less, more)
    if one.mean is None:
        return row
    mean, gap = one.mean, one.gap
    row = replace(
        row,
        mean=equality.as_pence(mean.value),
        interval=f"{equality.as_pence(mean.low)} to {equality.as_pence(mean.high)}",
        whisker=charts.whisker(Interval(mean.low, mean.value, mean.high), least=least, most=most),
    )
    if gap is None:
        return replace(row, gap="nobody to compare with")
    return replace(
        row,
        gap=equality.as_pence(gap.value),
        least=pounds(round(gap.least_detectable)),
        finding=FINDINGS[gap.finding],
        state=_STATES[gap.finding],
    )


def _counts(one: GroupGap) -> Iterator[str]:
    too_few = one.mean is None
    yield words(one.people).lower()
    for count in (one.less, one.more):
        yield "–" if too_few else words(count).lower()
