"""Charts as inline SVG with a title and a finding; the table stands beside them on the page."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

from markupsafe import Markup, escape

_numbers = count(1)


class Part(NamedTuple):
    """A piece of a bar: its words, its size in any whole unit, and its look (a CSS class)."""

    words: str
    size: int
    look: str


class Bar(NamedTuple):
    """A bar of a chart: its label, its value, and how the value reads."""

    label: str
    value: float
    shown: str


def split_bar(title: str, finding: str, parts: Sequence[Part], *, width: int = 640) -> Markup:
    """One bar cut in parts whose widths are their share of the whole."""
    whole = sum(part.size for part in parts) or 1
    drawn, left = [], 0.0
    for part in parts:
        wide = part.size / whole * width
        if wide <= 0:
            continue
        drawn.append(
            Markup(
                '<rect class="ow-part ow-part--{}" x="{:.1f}" y="1" width="{:.1f}" height="26"/>'
            ).format(part.look, left, wide)
        )
        left += wide
    return _figure(
        title, finding, Markup("").join(drawn), width=width, height=28, look="ow-splitbar"
    )


def bars(title: str, finding: str, rows: Sequence[Bar], *, target: float | None = None) -> Markup:
    """Bars lying down, one a row, with an optional target line."""
    top = max([row.value for row in rows] + [target or 0.0]) or 1.0
    scale, height = 380 / top, 30 * len(rows) + 10
    drawn = []
    for place, row in enumerate(rows):
        y, wide = 30 * place + 6, row.value * scale
        drawn.append(
            Markup(
                '<text class="label" x="152" y="{}" text-anchor="end">{}</text>'
                '<rect class="bar" x="160" y="{}" width="{:.1f}" height="18"/>'
                '<text class="value" x="{:.1f}" y="{}">{}</text>'
            ).format(y + 14, row.label, y, wide, 166 + wide, y + 14, row.shown)
        )
    if target is not None:
        x = 160 + target * scale
        drawn.append(
            Markup('<line class="target" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1}"/>').format(
                x, height
            )
        )
    return _figure(title, finding, Markup("").join(drawn), width=640, height=height, look="ow-bars")


class Step(NamedTuple):
    """A bar of a spread: how many are from one edge to the next."""

    low: int
    high: int
    size: int


def spread(
    title: str,
    finding: str,
    steps: Sequence[Step],
    *,
    say: Callable[[int], str],
    looks: tuple[str, str] = ("lose", "gain"),
) -> Markup:
    """Bars side by side, those below nothing in another look, with the edges said under them.

    Drawn twice: at its width, and for a narrow screen, on which its words would be too small.
    """
    if not steps:
        return Markup("")
    return Markup('<div class="ow-if-wide">{}</div><div class="ow-if-narrow">{}</div>').format(
        *(_spread(title, finding, steps, say=say, looks=looks, width=width) for width in (740, 330))
    )


def _spread(
    title: str,
    finding: str,
    steps: Sequence[Step],
    *,
    say: Callable[[int], str],
    looks: tuple[str, str],
    width: int,
) -> Markup:
    left, bottom, top = 40, 170, 12
    wide = (width - left - 6) / len(steps)
    most = max(step.size for step in steps) or 1
    tall = (bottom - top) / most
    said = width // 66
    every = 1 if len(steps) < 0.7 * said else max(2, -(-len(steps) // said))
    nothing = next((place for place, step in enumerate(steps) if step.low == 0), 0)
    drawn = [_grid(most, tall, left=left, right=width - 6, bottom=bottom)]
    for place, step in enumerate(steps):
        x, high = left + place * wide, step.size * tall
        look = looks[step.high > 0]
        drawn.append(
            Markup(
                '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
            ).format(look, x + wide * 0.05, bottom - high, wide * 0.9, high)
        )
        if (place - nothing) % every == 0:
            drawn.append(_under(x, bottom, say(step.low)))
        if step.low == 0:
            drawn.append(
                Markup('<line class="axis" x1="{0:.1f}" x2="{0:.1f}" y1="4" y2="{1}"/>').format(
                    x, bottom + 5
                )
            )
    drawn.append(
        Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            left, width - 6, bottom, bottom
        )
    )
    return _figure(
        title, finding, Markup("").join(drawn), width=width, height=196, look="ow-spread"
    )


def _under(x: float, bottom: int, words: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
        x, bottom + 19, words
    )


def _grid(most: int, tall: float, *, left: int, right: int, bottom: int) -> Markup:
    step = next(n for n in _ROUND if most / n <= 4)
    lines = [
        Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>'
            '<text x="{}" y="{:.1f}" text-anchor="end">{:,}</text>'
        ).format(left, right, left - 6, bottom - size * tall + 4, size, y=bottom - size * tall)
        for size in range(step, most + 1, step)
    ]
    return Markup("").join(lines)


_ROUND = tuple(n * 10**power for power in range(9) for n in (1, 2, 5))


def against(
    title: str, finding: str, rows: Sequence[Bar], *, limit: Bar | None, width: int = 345
) -> Markup:
    """Bars lying down with a line they are to keep to. The scale begins near the least of them."""
    values = [row.value for row in rows] + ([limit.value] if limit else [])
    low = min(values) - (max(values) - min(values)) * 0.6
    scale = (width - 40) / max(max(values) - low, 1)
    drawn = []
    for place, row in enumerate(rows):
        y, wide = 34 + 40 * place, (row.value - low) * scale
        look = "lose" if limit and row.value > limit.value else "gain"
        drawn.append(
            Markup(
                '<text x="2" y="{}">{}</text>'
                '<rect class="{}" x="2" y="{}" width="{:.1f}" height="18" rx="2"/>'
                '<text x="8" y="{}" class="t-on">{}</text>'
            ).format(y, row.label, look, y + 5, wide, y + 18, row.shown)
        )
    height = 40 * len(rows) + 34
    if limit:
        x = 2 + (limit.value - low) * scale
        end, gap = ("end", -5) if x > width / 2 else ("start", 5)
        drawn.append(
            Markup(
                '<line class="target" x1="{x:.1f}" x2="{x:.1f}" y1="4" y2="{}"/>'
                '<text x="{:.1f}" y="12" text-anchor="{}" class="t-strong">{} {}</text>'
            ).format(height - 2, x + gap, end, limit.label, limit.shown, x=x)
        )
    return _figure(title, finding, Markup("").join(drawn), width=width, height=height, look="")


class Knot(NamedTuple):
    """A point of a line: so far across, so far up."""

    x: int
    y: int


def curve(
    title: str,
    finding: str,
    knots: Sequence[Knot],
    *,
    across: str,
    up: Callable[[int], str],
    width: int = 345,
) -> Markup:
    """A line through points, with its ends said under and beside it."""
    left, right, top, bottom = 8, width - 8, 18, 172
    most_x, most_y = max(one.x for one in knots) or 1, max(one.y for one in knots) or 1

    def at(one: Knot) -> tuple[float, float]:
        wide, tall = (right - left) * one.x / most_x, (bottom - top) * one.y / most_y
        return left + wide, bottom - tall

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, knots))
    drawn = [
        Markup('<line class="axis" x1="{}" x2="{}" y1="{y}" y2="{y}"/>').format(
            left, right, y=bottom
        ),
        Markup('<polyline class="line" points="{}"/>').format(line),
        *(
            Markup('<circle class="gain" cx="{:.1f}" cy="{:.1f}" r="3.5"/>').format(*at(one))
            for one in knots
        ),
        Markup('<text x="{}" y="12" text-anchor="end">{} a year</text>').format(right, up(most_y)),
        _under(left + 4, bottom, "0"),
        Markup('<text x="{}" y="{}" text-anchor="end">{:,} {}</text>').format(
            right, bottom + 19, most_x, across
        ),
    ]
    return _figure(title, finding, Markup("").join(drawn), width=width, height=198, look="")


class Pair(NamedTuple):
    """Two amounts beside each other under one name."""

    label: str
    one: int
    other: int


def pairs(
    title: str,
    finding: str,
    rows: Sequence[Pair],
    *,
    up: Callable[[int], str],
    width: int = 345,
) -> Markup:
    """Bars standing two by two, the first in one look and the second in another."""
    left, bottom, top = 8, 170, 18
    most = max((max(row.one, row.other) for row in rows), default=1) or 1
    wide = (width - 2 * left) / max(len(rows), 1)
    drawn = [Markup('<text x="{}" y="12">to {}</text>').format(left, up(most))]
    for place, row in enumerate(rows):
        x = left + place * wide
        for side, (size, look) in enumerate(((row.one, "gain"), (row.other, "lose"))):
            high = (bottom - top) * size / most
            drawn.append(
                Markup(
                    '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
                ).format(look, x + wide * (0.1 + 0.4 * side), bottom - high, wide * 0.38, high)
            )
        drawn.append(_under(x + wide / 2, bottom, row.label))
    return _figure(title, finding, Markup("").join(drawn), width=width, height=194, look="")


def rising(values: Sequence[int], *, most: int) -> Markup:
    """A few bars that rise, in a cell of a table; the numbers stand beside it."""
    scale = 18 / (most or 1)
    bars = (
        Markup('<rect class="gain" x="{}" y="{:.1f}" width="14" height="{:.1f}"/>').format(
            16 * place, 20 - value * scale, value * scale
        )
        for place, value in enumerate(values)
    )
    return Markup(
        '<svg class="ow-whisk ow-chart" viewBox="0 0 {} 20" aria-hidden="true" focusable="false">'
        "{}</svg>"
    ).format(16 * len(values), Markup("").join(bars))


class Interval(NamedTuple):
    """A figure between two others, as an average between the ends of what it may be."""

    low: float
    value: float
    high: float


def whisker(
    interval: Interval,
    *,
    least: float,
    most: float,
    looks: tuple[str, str] = ("lose", "gain"),
) -> Markup:
    """One interval on a scale shared by a table; the words beside it say the same."""
    scale = 164 / ((most - least) or 1)

    def at(value: float) -> float:
        return 6 + (value - least) * scale

    nothing = (
        Markup('<line class="axis" x1="{0:.1f}" x2="{0:.1f}" y1="1" y2="19"/>').format(at(0))
        if least <= 0 <= most
        else Markup("")
    )
    return Markup(
        '<svg class="ow-whisk ow-chart" viewBox="0 0 176 20" aria-hidden="true" focusable="false">'
        '<line class="grid" x1="6" x2="170" y1="10" y2="10"/>{}'
        '<line class="whisk" x1="{:.1f}" x2="{:.1f}" y1="10" y2="10"/>'
        '<circle class="{}" cx="{:.1f}" cy="10" r="5"/></svg>'
    ).format(
        nothing,
        at(interval.low),
        at(interval.high),
        looks[interval.value >= 0],
        at(interval.value),
    )


def _figure(
    title: str, finding: str, inside: Markup, *, width: int, height: int, look: str
) -> Markup:
    number = next(_numbers)
    return Markup(
        '<svg class="ow-chart {look}" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="c{n}t c{n}d"><title id="c{n}t">{title}</title>'
        '<desc id="c{n}d">{finding}</desc>{inside}</svg>'
    ).format(
        look=look,
        width=width,
        height=height,
        n=number,
        title=escape(title),
        finding=escape(finding),
        inside=inside,
    )
