"""What calibrating found, as figures, plots and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from markupsafe import Markup

from ownway.design import charts
from ownway.design.charts import Knot, Pair
from ownway.design.money import pounds
from ownway.policy import domains, equality
from ownway.stewardship.programme.models import Calibration

LEVELS = tuple(level.lower() for level in domains.LEVELS)
_GROUPS = {"ethnic_group": "Ethnic group", "sex": "Sex", "age": "Age", "reason": "Main need"}
_PARTS = {one.key: one.name for one in domains.NINE}
_WHY = {
    "blank": "an answer was left blank",
    "repeated": "there before, on the same day",
    "wrong-dates": "dates that cannot be",
}


@dataclass(frozen=True)
class Scored:
    """How near one way of saying what a plan costs comes to what plans cost."""

    words: str
    explained: str
    far: str
    within_10: str
    within_20: str
    total: str
    is_other: bool


@dataclass(frozen=True)
class Points:
    """The points of one question, none to every time, and how they rise."""

    question: str
    values: tuple[int, ...]
    drawn: Markup


@dataclass(frozen=True)
class Gap:
    """How what was spent on a group compares with what its answers lead one to expect."""

    group: str
    people: str
    gap: str
    span: str
    least: str
    finding: str


@dataclass(frozen=True)
class Found:
    """A calibration as a page shows it."""

    report: Mapping[str, Any]
    scores: tuple[Scored, ...]
    points: tuple[Points, ...]
    curve: Markup
    knots: tuple[tuple[int, str], ...]
    bands: tuple[tuple[str, str, str, str, str], ...]
    tenths: tuple[tuple[int, str, str], ...]
    tenths_drawn: Markup
    frontier: tuple[tuple[str, str, str], ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]
    left_out: tuple[tuple[int, str], ...]

    @property
    def main(self) -> Scored:
        """The points and curve, tried on people they had not seen."""
        return self.scores[0]


def calibrations() -> QuerySet[Calibration]:
    """Every calibration, newest first."""
    return Calibration.objects.select_related("made_by").order_by("-made_at", "-pk")


def calibration(pk: int) -> Calibration | None:
    """One of them."""
    return calibrations().filter(pk=pk).first()


def found_in(kept: Calibration) -> Found:
    """Read a report for its page."""
    report = kept.report
    return Found(
        report=report,
        scores=tuple(_scores(report)),
        points=tuple(_points(report)),
        curve=_curve(report["curve"]),
        knots=tuple((at, pounds(amount)) for at, amount in report["curve"]),
        bands=tuple(_band(one) for one in report["bands"]),
        tenths=tuple(
            (one["tenth"], pounds(one["given_pence"]), pounds(one["actual_pence"]))
            for one in report["tenths"]
        ),
        tenths_drawn=_tenths(report["tenths"]),
        frontier=tuple(
            (_curve_name(one["share"]), _share(one["covered"]), f"{one['total']:.2f}")
            for one in report["frontier"]
        ),
        gaps=tuple(
            (_GROUPS.get(by, by.replace("_", " ").capitalize()), tuple(map(_gap, found)))
            for by, found in report["gaps"].items()
        ),
        left_out=tuple((count, _WHY.get(why, why)) for why, count in report["left_out"].items()),
    )


def _share(value: float) -> str:
    return f"{value:.0%}"


def _curve_name(share: float | None) -> str:
    return "Fitted to the mean" if share is None else f"To cover {share:.0%}"


def _scores(report: Mapping[str, Any]) -> list[Scored]:
    rows = [("Points and curve, fitted to the mean", report["across"], False)]
    if report["percentile"] is not None:
        chosen = f"With the curve chosen, to cover {report['percentile']:.0%}"
        rows.append((chosen, report["across_chosen"], False))
    rows.append(("With no plan’s cost brought in", report["as_spent"], False))
    if report["forward"]:
        since = f"Forward in time, on {report['forward']['after']:,} plans since then"
        rows.append((since, report["forward"]["score"], False))
    if report["challenger"]:
        rows.append(("A black box (gradient boosting)", report["challenger"], True))
    return [_scored(*row) for row in rows]


def _scored(words: str, score: Mapping[str, float], is_other: bool) -> Scored:
    return Scored(
        words=words,
        explained=f"{score['explained']:.1%}",
        far=pounds(round(score["far"])),
        within_10=_share(score["within_10"]),
        within_20=_share(score["within_20"]),
        total=f"{score['total']:.2f}",
        is_other=is_other,
    )


def _points(report: Mapping[str, Any]) -> list[Points]:
    tables: Mapping[str, Sequence[int]] = report["points"]
    most = max((max(values) for values in tables.values()), default=1)
    return [
        Points(_question(name), tuple(values), charts.rising(values, most=most))
        for name, values in tables.items()
    ]


def _question(name: str) -> str:
    """The part of life a column is about, as the questions call it."""
    key, _, more = name.removeprefix("level.").partition(".")
    label = _PARTS.get(key, key.replace("_", " "))
    return f"{label} {more}".strip()


def _curve(knots: Sequence[Sequence[int]]) -> Markup:
    steps = [Knot(at, amount) for at, amount in knots]
    last = steps[-1]
    said = f"From nothing at 0 points to {pounds(last.y)} a year at {last.x:,} points."
    return charts.curve("What points are worth a year", said, steps, across="points", up=pounds)


def _tenths(tenths: Sequence[Mapping[str, int]]) -> Markup:
    pairs = [
        Pair(str(one["tenth"]), round(one["given_pence"]), round(one["actual_pence"]))
        for one in tenths
    ]
    said = "Each tenth of people, by what the formula gives them: given, beside what was spent."
    return charts.pairs("Given and spent, by tenths", said, pairs, up=pounds)


def _band(one: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    name = domains.REASONS.get(one["group"], one["group"])
    held = "–" if one["covered"] is None else _share(one["covered"])
    people = equality.counted(one["people"])
    shown = "under 10" if people is None else f"{people:,}"
    return name, shown, f"{one['low']:.2f}", f"{one['high']:.2f}", held


def _gap(one: Mapping[str, Any]) -> Gap:
    people = "under 10" if one["people"] is None else f"{one['people']:,}"
    name = str(one["group"]).replace("_", " ").capitalize()
    gap = one["gap"]
    if gap is None:
        return Gap(name, people, "too few to say", "", "", "")
    least = equality.as_share(gap["least_detectable"]).lstrip("+")
    span = f"{equality.as_share(gap['low'])} to {equality.as_share(gap['high'])}"
    return Gap(name, people, equality.as_share(gap["value"]), span, least, gap["said"])
