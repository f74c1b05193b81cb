"""What calibrating a history found: the formula, how near it comes, and who it may not suit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ownway.policy import allocation, domains, equality, money
from ownway.policy.calibration.checking import Forward, Frontier
from ownway.policy.calibration.scoring import Band, Score
from ownway.policy.calibration.whole import Formula
from ownway.policy.equality import GroupGap
from ownway.policy.whatif import Deflator


@dataclass(frozen=True)
class Report:
    """Everything found, as plain data once `as_json` is asked.

    `published` is the formula as the draft has it, tried on the people it was made from; the
    others are tried on people left out. `as_spent` is made without bringing the edges in.
    """

    name: str
    pack: str
    people: int
    left_out: Mapping[str, int]
    not_known: tuple[str, ...]
    brought_in: int
    by_level: bool
    questions: tuple[str, ...]
    formula: Formula
    percentile: float | None
    published: Score
    across: Score
    across_chosen: Score
    as_spent: Score
    forward: Forward | None
    challenger: Score | None
    why_no_challenger: str
    frontier: tuple[Frontier, ...]
    bands: tuple[Band, ...]
    tenths: tuple[Mapping[str, float], ...]
    gaps: Mapping[str, tuple[GroupGap, ...]]
    nothing_left: int
    deflator: Deflator | None

    @property
    def of_the_challenger(self) -> float | None:
        """How much of what the black box explains the formula explains too."""
        if self.challenger is None or self.challenger.explained <= 0:
            return None
        return self.across.explained / self.challenger.explained

    def as_json(self) -> dict[str, Any]:
        """The whole as plain data, for a page to draw."""
        return {
            "history": self.name, "pack": self.pack, "people": self.people,
            "left_out": dict(self.left_out), "not_known": list(self.not_known),
            "brought_in": self.brought_in, "nothing_left": self.nothing_left,
            "percentile": self.percentile,
            "points": self.points_json(), "curve": [list(knot) for knot in self.formula.knots],
            "settings": self.formula.settings(),
            "published": asdict(self.published), "across": asdict(self.across),
            "across_chosen": asdict(self.across_chosen), "as_spent": asdict(self.as_spent),
            "forward": self.forward and asdict(self.forward),
            "challenger": self.challenger and asdict(self.challenger),
            "why_no_challenger": self.why_no_challenger,
            "of_the_challenger": self.of_the_challenger,
            "frontier": [asdict(one) for one in self.frontier],
            "bands": [asdict(one) for one in self.bands],
            "tenths": [dict(one) for one in self.tenths],
            "gaps": {by: [one.as_json() for one in found] for by, found in self.gaps.items()},
            "deflator": self.deflator and {**asdict(self.deflator), "ratio": self.deflator.ratio},
        }  # fmt: skip

    def points_json(self) -> dict[str, list[int]]:
        """Each question's points, none to every time."""
        return {
            column: self.formula.tables[place].tolist()
            for place, column in enumerate(self.questions)
        }

    def lines(self) -> list[str]:
        """The report for people to read."""
        return [*self._head(), *self._accuracy(), *self._tables(), *self._percentiles(),
                *self._bands(), *self._gaps(), *self._budget()]  # fmt: skip

    def _head(self) -> Iterator[str]:
        yield f"Calibrated from {self.name}: {self.people:,} people, over {self.pack}"
        for why, count in self.left_out.items():
            yield f"    {count:,} left out: {_WHY[why]}"
        yield f"    {self.brought_in:,} plans far from the rest count as the edge of the rest"
        yield f"    {self.nothing_left:,} have no points left, so the formula gives them nothing"
        for name in self.not_known:
            yield f"    {name} is not in the file, so nothing is said of it"

    def _accuracy(self) -> Iterator[str]:
        yield ""
        yield "How near it comes, to people it had not seen"
        yield f"    {'':<44}{'explained':>10}{'off by':>10}{'in 10%':>8}{'in 20%':>8}{'total':>8}"
        yield _score_line("points and curve, fitted to the mean", self.across)
        if self.percentile is not None:
            said = f"with the {self.percentile:.0%} curve that was chosen"
            yield _score_line(said, self.across_chosen)
        yield _score_line("with no plan’s cost brought in", self.as_spent)
        if self.forward:
            said = f"forward in time, {self.forward.after:,} since {self.forward.since}"
            yield _score_line(said, self.forward.score)
        if self.challenger is None:
            yield f"    black box: {self.why_no_challenger}"
        else:
            yield _score_line("a black box (gradient boosting)", self.challenger)
        if (part := self.of_the_challenger) is not None:
            yield f"    The points explain {part:.1%} of what the black box does."
        yield _score_line("the draft, on those it was made from", self.published)

    def _tables(self) -> Iterator[str]:
        yield ""
        yield "Points for each answer: " + ", ".join(level.lower() for level in domains.LEVELS)
        for column, table in self.points_json().items():
            yield f"    {column:<24}{'  '.join(f'{one:>4}' for one in table)}"
        settings = self.formula.settings()
        yield f"    help takes off: {', '.join(f'{one:.0%}' for one in settings['help_shares'])}"
        yield "Points to money, a year"
        for at, amount in self.formula.knots:
            yield f"    {at:>6} points  {money.pounds(amount):>14}"
        for name in (*_ADDED, *(f"reason_{one}_factor" for one in allocation.REASONS)):
            yield f"    {name:<32}{settings[name]}"

    def _percentiles(self) -> Iterator[str]:
        yield ""
        yield "What a percentile costs, on people it had not seen who have points left"
        for one in self.frontier:
            name = "mean" if one.share is None else f"{one.share:.0%}"
            yield (
                f"    {name} curve: covers {one.covered:.0%} of plans, "
                f"and gives {one.total:.2f} of what was spent"
            )

    def _bands(self) -> Iterator[str]:
        yield ""
        yield "Four plans in five came to between these shares of the starting budget"
        for band in self.bands:
            name = domains.REASONS.get(band.group, band.group)
            held = "" if band.covered is None else f"held {band.covered:.0%} of those left out; "
            people = f"({held}{_count(band.people)} people)"
            yield f"    {name:<28}{band.low:.2f} and {band.high:.2f}   {people}"

    def _gaps(self) -> Iterator[str]:
        for by, found in self.gaps.items():
            yield ""
            yield f"Spent against what the answers lead one to expect, by {by.replace('_', ' ')}"
            yield from (f"    {line}" for line in equality.lines(found, say=equality.as_share))
        if self.gaps:
            yield "    What was spent is not need: a group that panels gave less has less here too."

    def _budget(self) -> Iterator[str]:
        if self.deflator is None:
            return
        yield ""
        yield (
            f"To remain in {money.pounds(self.deflator.envelope_pence)} a week: a share of "
            f"{money.decimal(self.deflator.factor)}, which comes to "
            f"{money.pounds(self.deflator.weekly_pence)}"
        )


_ADDED = ("two_person_more_points", "night_sleep_in_year_pence", "night_waking_year_pence",
          "living_alone_factor")  # fmt: skip
_WHY = {
    "blank": "an answer was left blank",
    "repeated": "there before, on the same day",
    "wrong-dates": "dates that cannot be",
}


def _count(people: int) -> str:
    count = equality.counted(people)
    return "under 10" if count is None else f"{count:,}"


def _score_line(words: str, score: Score) -> str:
    return (
        f"    {words:<44}{score.explained:>10.3f}{money.pounds(score.far):>10}"
        f"{score.within_10:>8.0%}{score.within_20:>8.0%}{score.total:>8.2f}"
    )
