"""Charts as inline SVG with a title and a finding; the table stands beside them on the page."""

from collections.abc import Sequence
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
