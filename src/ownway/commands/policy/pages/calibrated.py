"""What calibrating a history found, as a page: how near it comes, the points, who may not fit."""

from collections.abc import Iterator
from itertools import takewhile

from ownway.commands.policy.pages import Page, Section, Table, gaps
from ownway.design import charts
from ownway.policy import domains, equality, money
from ownway.policy.calibration.report import Report
from ownway.policy.calibration.scoring import Score
from ownway.policy.whatif import Deflator

SCORES = ("", "Explained", "Off by", "Within 10%", "Within 20%", "Total")


def page(report: Report) -> Page:
    """A report, laid out."""
    return Page(
        title="Points and a price from what plans cost before",
        lead="To people it had not seen, the formula explains "
        f"{report.across.explained:.1%} of what plans cost, and is off by "
        f"{money.pounds(report.across.far)} on average.",
        made_from=f"From {report.name}: {report.people:,} people, over {report.pack}.",
        sections=tuple(_sections(report)),
    )


def _sections(report: Report) -> Iterator[Section]:
    yield Section("What it was made from", said=list(takewhile(bool, report.lines())))
    yield _accuracy(report)
    yield _curve(report)
    yield _points(report)
    yield _tenths(report)
    yield _percentiles(report)
    yield _bands(report)
    for by, found in report.gaps.items():
        title = f"Spent against what the answers lead one to expect, by {by.replace('_', ' ')}"
        yield gaps.section(title, found, say=equality.as_share)
    if report.deflator:
        yield _share(report.deflator)


def _accuracy(report: Report) -> Section:
    rows = [_score("Points and curve, fitted to the mean", report.across)]
    if report.percentile is not None:
        rows.append(
            _score(f"With the curve to cover {report.percentile:.0%}", report.across_chosen)
        )
    rows.append(_score("With no plan’s cost brought in", report.as_spent))
    if report.forward:
        rows.append(_score(f"Forward in time, since {report.forward.since}", report.forward.score))
    if report.challenger:
        rows.append(_score("A black box (gradient boosting)", report.challenger))
    part = report.of_the_challenger
    said = (
        f"The points explain {part:.1%} of what a black box does."
        if part is not None
        else f"No black box to compare with: {report.why_no_challenger}"
    )
    table = Table("Tried on people it was not made from", SCORES, rows)
    return Section("How near it comes", said=[said], table=table)


def _score(words: str, score: Score) -> tuple[str, ...]:
    return (words, f"{score.explained:.1%}", money.pounds(score.far), f"{score.within_10:.0%}",
            f"{score.within_20:.0%}", f"{score.total:.2f}")  # fmt: skip


def _curve(report: Report) -> Section:
    knots = [charts.Knot(at, amount) for at, amount in report.formula.knots]
    last = knots[-1]
    said = f"From nothing at 0 points to {money.pounds(last.y)} a year at {last.x:,} points."
    title = "What points are worth a year"
    rows = [(f"{one.x:,}", money.pounds(one.y)) for one in knots]
    return Section(
        title=title,
        said=[said],
        drawn=charts.curve(title, said, knots, across="points", up=money.pounds),
        table=Table(
            "Each bend of the line; between two, the part in between", ("Points", "A year"), rows
        ),
    )


def _points(report: Report) -> Section:
    rows = [
        (column.removeprefix("level.").replace("_", " ").capitalize(), *map(str, table))
        for column, table in report.points_json().items()
    ]
    most = max((len(row) for row in rows), default=1) - 1
    levels = [*domains.LEVELS, *map(str, range(len(domains.LEVELS), most))][:most]
    return Section("Points for each answer", table=Table("Points", ("About", *levels), rows))


def _tenths(report: Report) -> Section:
    pairs = [
        charts.Pair(str(round(one["tenth"])), round(one["given_pence"]), round(one["actual_pence"]))
        for one in report.tenths
    ]
    said = "Each tenth of people, by what the formula gives them: given, beside what was spent."
    rows = [(one.label, money.pounds(one.one), money.pounds(one.other)) for one in pairs]
    return Section(
        title="Given and spent",
        said=[said],
        drawn=charts.pairs("Given and spent, by tenths", said, pairs, up=money.pounds),
        table=Table("Average a tenth", ("Tenth", "Given", "Spent"), rows),
    )


def _percentiles(report: Report) -> Section:
    rows = [
        ("Fitted to the mean" if one.share is None else f"To cover {one.share:.0%}",
         f"{one.covered:.0%}", f"{one.total:.2f}")
        for one in report.frontier
    ]  # fmt: skip
    head = ("Curve", "Plans it covers", "Given, for each 1 that was spent")
    return Section("What a higher curve costs", table=Table("Percentiles", head, rows))


def _bands(report: Report) -> Section:
    rows = []
    for band in report.bands:
        people = equality.counted(band.people)
        name = domains.REASONS.get(band.group, band.group)
        shown = "under 10" if people is None else f"{people:,}"
        held = "–" if band.covered is None else f"{band.covered:.0%}"
        rows.append((name, shown, f"{band.low:.2f}", f"{band.high:.2f}", held))
    said = "Four plans in five came to between these shares of the starting budget."
    head = ("Reason for support", "People", "From", "To", "Held for those left out")
    return Section("How far a plan may be from its start", said=[said],
                   table=Table("Shares of the starting budget", head, rows))  # fmt: skip


def _share(found: Deflator) -> Section:
    return Section(
        title="To remain in budget",
        said=[
            f"A share of {found.ratio} is the greatest within "
            f"{money.pounds(found.envelope_pence)} a week. It comes to "
            f"{money.pounds(found.weekly_pence)}."
        ],
    )
