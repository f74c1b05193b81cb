"""The effect of a draft as plots and rows, small numbers left out of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from ownway.design import charts
from ownway.design.charts import Bar, Interval, Step
from ownway.design.money import pounds
from ownway.policy import equality
from ownway.policy.equality import FEWEST, FINDINGS, GroupGap
from ownway.stewardship.programme.queries.effect import Effect
from ownway.stewardship.programme.queries.equality import words
from ownway.stewardship.programme.queries.moved import Bin, Moved

NOTHING = Markup("")


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
class Said:
    """What it is called to go down and to go up, of what, and which look each has."""

    of: str
    down: str
    up: str
    worse: str
    looks: tuple[str, str]
    states: Mapping[str, str]


BUDGETS = Said(
    of="week’s budget",
    down="get less",
    up="get more",
    worse="less",
    looks=("lose", "gain"),
    states={"less": "late", "more": "now", "equal": "good", "none seen": "open"},
)
CHARGES = Said(
    of="what is paid a week",
    down="pay less",
    up="pay more",
    worse="more",
    looks=("gain", "lose"),
    states={"less": "now", "more": "late", "equal": "good", "none seen": "open"},
)


@dataclass(frozen=True)
class Moves:
    """How people move, as it is drawn and listed."""

    said: Said
    spread: Markup
    finding: str
    bins: tuple[tuple[str, str], ...]
    scale: str
    dimensions: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class Charts:
    """Everything of an effect that is drawn or listed; `pays` where what is paid moves."""

    totals: Markup
    budgets: Moves
    pays: Moves | None


def of(effect: Effect) -> Charts:
    """Draw an effect."""
    return Charts(
        totals=_totals(effect),
        budgets=_moves(effect, BUDGETS, lead=_alone(effect)),
        pays=_moves(effect.pays, CHARGES) if effect.pays else None,
    )


def _alone(effect: Effect) -> str:
    return "In starting budgets alone:" if effect.beside_budgets else ""


def _moves(moved: Moved, said: Said, *, lead: str = "") -> Moves:
    least, most = _scale(moved)
    finding = _finding(moved, said, lead=lead)
    return Moves(
        said=said,
        spread=_spread(moved, said, finding),
        finding=finding,
        bins=tuple((_edges(one), words(one.shown).lower()) for one in moved.bins),
        scale=f"95% interval, from {equality.as_pence(least)} to {equality.as_pence(most)}",
        dimensions=tuple(
            (one.name, tuple(_row(group, least, most, said) for group in one.groups))
            for one in moved.dimensions
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


def _spread(moved: Moved, said: Said, finding: str) -> Markup:
    steps = [Step(one.low, one.high, _drawn(one)) for one in moved.bins]
    title = f"Change in {said.of}, and how many people"
    return charts.spread(title, finding, steps, say=_edge, looks=said.looks)


def _drawn(one: Bin) -> int:
    """As many as the table says; a few are drawn alike, so that nobody can count them."""
    return FEWEST // 2 if one.people and one.shown is None else one.shown or 0


def _finding(moved: Moved, said: Said, *, lead: str) -> str:
    found, count = [], moved.counted
    if moved.lose:
        ends = _middle_and_most(moved.middle_loss, moved.most_loss)
        found.append(f"{words(count.lose)} {said.down}{ends}.")
    if moved.gain:
        ends = _middle_and_most(moved.middle_gain, moved.most_gain)
        found.append(f"{words(count.gain)} {said.up}{ends}.")
    if moved.same:
        found.append(f"{words(count.same)} stay as they are.")
    if not found:
        return f"Nobody’s {said.of.removeprefix('what is ')} can be compared yet."
    return " ".join([lead, *found] if lead else found)


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


def _scale(moved: Moved) -> tuple[float, float]:
    """One scale for every group's interval, with nothing on it."""
    means = [one.mean for dimension in moved.dimensions for one in dimension.groups if one.mean]
    least = min([0.0, *(one.low for one in means)])
    most = max([0.0, *(one.high for one in means)])
    room = (most - least) * 0.05 or 50.0
    return least - (room if least < 0 else 0), most + room


def _row(one: GroupGap, least: float, most: float, said: Said) -> Row:
    people, less, more = _counts(one)
    row = Row(one.group, people, less, more)
    if one.mean is None:
        return row
    mean, gap = one.mean, one.gap
    row = replace(
        row,
        mean=equality.as_pence(mean.value),
        interval=f"{equality.as_pence(mean.low)} to {equality.as_pence(mean.high)}",
        whisker=charts.whisker(
            Interval(mean.low, mean.value, mean.high), least=least, most=most, looks=said.looks
        ),
    )
    if gap is None:
        return replace(row, gap="nobody to compare with")
    return replace(
        row,
        gap=equality.as_pence(gap.value),
        least=pounds(round(gap.least_detectable)),
        finding=FINDINGS[gap.finding],
        state=said.states[gap.finding],
    )


def _counts(one: GroupGap) -> Iterator[str]:
    too_few = one.mean is None
    yield words(one.people).lower()
    for count in (one.less, one.more):
        yield "–" if too_few else words(count).lower()
