"""How an invented council is made: who people are, what they answer, what it costs, and when.

Source: the shape of the model (a few common causes behind nine parts of life, graded answers,
unpaid help, a price, and panels that scatter around need) is ours; its numbers are assumptions
unless `presets` names a source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ownway.policy import domains
from ownway.policy.refusals import FactsRefused, Problem
from ownway.policy.synthetic import presets, raking
from ownway.policy.synthetic.chance import Chance
from ownway.policy.synthetic.planting import GROUPS, Gap
from ownway.policy.synthetic.presets import Preset

Floats: TypeAlias = NDArray[np.float64]
Columns: TypeAlias = dict[str, NDArray[Any]]

# -- Assumptions, none of them sourced ---------------------------------------------------------

# How much each part of life follows general need, the body, and the mind.
_LOADS = {
    "eating": (1.0, 0.9, 0.1), "washing": (1.0, 0.8, 0.2), "toilet": (0.9, 0.8, 0.2),
    "moving": (0.9, 0.9, 0.1), "home": (0.9, 0.4, 0.5), "health": (0.8, 0.2, 0.8),
    "people": (0.8, 0.3, 0.6), "work": (0.7, 0.2, 0.6), "caring": (0.5, 0.2, 0.3),
}  # fmt: skip
_HARDNESS = {
    "eating": 0.4, "washing": 0.0, "toilet": 0.5, "moving": 0.2, "home": -0.3, "health": 0.1,
    "people": 0.2, "work": 0.5, "caring": 1.3,
}  # fmt: skip
_WEIGHTS = {
    "eating": 2.6, "washing": 3.2, "toilet": 2.2, "moving": 1.6, "home": 1.5, "health": 2.2,
    "people": 1.4, "work": 1.1, "caring": 0.8,
}  # fmt: skip
"""Hours a week, in fours, that the greatest need in each part takes."""
# General need, the body and the mind by what help is mainly for, in the order of REASONS.
_GENERAL = (-0.2, 0.1, -0.2, 0.4, 0.5, -0.1, -0.6)
_BODY = (0.4, 0.3, 0.1, -0.1, -0.2, -0.6, -0.3)
_MIND = (-0.6, -0.5, -0.3, 0.6, 0.4, 0.6, 0.0)
_PRICE = (0.95, 1.0, 0.95, 0.9, 1.35, 1.05, 0.95)
"""What an hour comes to by what the help is mainly for, against personal care."""
_CUTS = (-0.6, 0.1, 0.8, 1.6)
_HOURS = np.array([0, 0.14, 0.40, 0.72, 1.0])
_KEPT = np.array([1, 0.78, 0.5, 0.2])
"""The share of the hours still to find with no unpaid help, a little, half, and all."""
_HOUR_PENCE = 2_356
_NIGHT_PENCE = np.array([0, 9_000, 36_000])
_ALONE_PENCE = 900.0
_TWO_PEOPLE = 0.45
_LEAST_PENCE = 1_500
_FOR_TWO = ("washing", "toilet", "moving")
_HELPED = 0.60
_ALONE = 0.42
_REFERENCE = 20_000


@dataclass(frozen=True)
class Knobs:
    """What may be changed of a council.

    `questions` is how many are asked about each part of life. `scatter` is the log standard
    deviation of what panels decide beyond need. `tangle` puts into the truth what no table of
    points can write: parts of life that cost more together (0 none, 1 much). `drift` is how much
    dearer the same plan is a year later. `missing`, `repeated` and `wrong_dates` are shares: of
    answers left blank, of people who are there twice, of people whose dates cannot be.
    """

    questions: int = 1
    scatter: float = 0.40
    tangle: float = 0.0
    drift: float = 0.0
    missing: float = 0.0
    repeated: float = 0.0
    wrong_dates: float = 0.0
    gaps: tuple[Gap, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse what no council can have."""
        limits = {"questions": (1, 20), "scatter": (0, 2), "tangle": (0, 1), "drift": (-0.5, 1),
                  "missing": (0, 1), "repeated": (0, 1), "wrong_dates": (0, 1)}  # fmt: skip
        wrong = [
            Problem(name, f"must be from {least} to {most}.")
            for name, (least, most) in limits.items()
            if not least <= getattr(self, name) <= most
        ]
        if wrong:
            raise FactsRefused(wrong)


@dataclass(frozen=True)
class Council:
    """An invented council: a preset, a seed, and what was changed of it."""

    preset: Preset
    seed: int = 1
    knobs: Knobs = Knobs()

    def people(self, count: int, *, first: int = 0) -> Columns:
        """So many people, from a place on. Those there twice come again at the end.

        Shapes: each column (people,). Units: names ending _pence are whole pence a week;
            answers, help, nights, living and reason are the codes that `policy run` reads.
        """
        chance = Chance(self.seed, np.arange(first, first + count, dtype=np.uint64))
        who = self._who(chance)
        answers = self._answers(chance, who)
        columns = {**who, **answers, **self._when(chance)}
        columns |= self._money(chance, self._truth(who, answers) * self._scale, columns)
        return self._faulted(chance, columns)

    @cached_property
    def _scale(self) -> float:
        """What brings the mean of a plan to the preset's, by a fixed draw of its own."""
        chance = Chance(0, np.arange(_REFERENCE, dtype=np.uint64))
        who = self._who(chance)
        plain = self._truth(who, self._answers(chance, who))
        return self.preset.mean_week_pence / float(plain.mean())

    def _who(self, chance: Chance) -> Columns:
        cells = raking.cells(self.preset)
        place = np.searchsorted(np.cumsum(cells.ravel()), chance.uniform("who"))
        place = np.minimum(place, cells.size - 1)
        reason, band, sex, ethnic = np.unravel_index(place, cells.shape)
        low, high = np.array(presets.AGE_BANDS).T
        age = low[band] + np.floor(chance.uniform("age") * (high - low + 1)[band]).astype(np.int64)
        area = np.floor(chance.uniform("area") * self.preset.areas).astype(np.int64) + 1
        return {
            "person": chance.people.astype(np.int64) + 1,
            "reason": (reason + 1).astype(np.uint8),
            "age": age.astype(np.uint8),
            "sex": np.array(presets.SEXES)[sex],
            "ethnic_group": np.array(presets.ETHNIC_GROUPS)[ethnic],
            "area": area.astype(np.uint8),
        }

    def _answers(self, chance: Chance, who: Columns) -> Columns:
        reason = who["reason"].astype(np.int64) - 1
        general = 0.75 * chance.normal("general") + np.array(_GENERAL)[reason]
        body = 0.6 * chance.normal("body") + np.array(_BODY)[reason]
        mind = 0.6 * chance.normal("mind") + np.array(_MIND)[reason]
        helped, willing = chance.happens("helped", _HELPED), chance.share("willing")
        columns: Columns = {}
        for key in domains.KEYS:
            loads = np.array(_LOADS[key]) @ np.stack([general, body, mind])
            need = loads - _HARDNESS[key] + 0.45 * chance.normal(f"need.{key}")
            columns |= self._levels(chance, key, need)
            help_ = np.rint(willing * 3 + 0.6 * chance.normal(f"help.{key}")).clip(0, 3)
            columns[f"help.{key}"] = np.where(helped, help_, 0).astype(np.uint8)
            two = (general + body + 0.5 * chance.normal("two")) > 1.7
            columns[f"two_people.{key}"] = (two & (key in _FOR_TWO)).astype(np.uint8)
        night = general + 0.5 * mind + 0.5 * chance.normal("night")
        columns["night"] = np.searchsorted([1.5, 2.1], night).astype(np.uint8)
        columns["living"] = chance.happens("alone", _ALONE).astype(np.uint8)
        columns["breaks"] = np.zeros(len(reason), dtype=np.int32)
        return columns

    def _levels(self, chance: Chance, key: str, need: Floats) -> Columns:
        asked = self.knobs.questions
        hard = Chance(7, np.arange(asked, dtype=np.uint64)).uniform(f"hard.{key}") - 0.5
        columns: Columns = {}
        for place in range(asked):
            name = question(key, place, of=asked)
            said = need - (hard[place] if asked > 1 else 0) + 0.55 * chance.normal(name)
            columns[name] = np.searchsorted(_CUTS, said).astype(np.uint8)
        return columns

    def _truth(self, who: Columns, answers: Columns) -> Floats:
        """What a plan would cost by need alone, before the preset's price level."""
        asked = self.knobs.questions
        hours = np.zeros(len(who["reason"]))
        body = np.zeros(len(hours))
        for key in domains.KEYS:
            names = [question(key, place, of=asked) for place in range(asked)]
            level = np.mean([_HOURS[answers[name]] for name in names], axis=0)
            kept = _KEPT[answers[f"help.{key}"]] * (1 + _TWO_PEOPLE * answers[f"two_people.{key}"])
            hours += _WEIGHTS[key] * 4.2 * level**1.2 * kept
            body += level / len(domains.KEYS) if key in _FOR_TWO else 0
        hours *= 1 + self.knobs.tangle * 3 * body * (
            answers["living"] + (answers["help.health"] == 0)
        )
        cost = hours * _HOUR_PENCE * np.array(_PRICE)[who["reason"].astype(np.int64) - 1]
        cost += _NIGHT_PENCE[answers["night"]] + _ALONE_PENCE * answers["living"]
        needed: Floats = np.maximum(cost, _LEAST_PENCE)
        return needed

    def _when(self, chance: Chance) -> Columns:
        days = (self.preset.last_day - self.preset.first_day).days
        decided = np.datetime64(self.preset.first_day) + np.floor(
            chance.uniform("decided") * (days + 1)
        ).astype("timedelta64[D]")
        plan = np.floor(5 + 40 * chance.uniform("plan")).astype("timedelta64[D]")
        # Waiting is exponential, so that the preset's share have waited 28 days or less.
        wait = -np.log(chance.uniform("wait")) * 28 / -np.log(1 - self.preset.on_time)
        waited = np.ceil(wait).astype("timedelta64[D]")
        return {
            "asked_on": decided - plan - waited,
            "assessed_on": decided - plan,
            "decided_on": decided,
        }

    def _money(self, chance: Chance, truth: Floats, columns: Columns) -> Columns:
        spread = self.knobs.scatter
        scatter = np.exp(spread * chance.normal("panel") - spread**2 / 2)
        since = columns["decided_on"] - np.datetime64(self.preset.first_day)
        drifted = truth * (1 + self.knobs.drift) ** (since.astype(np.float64) / 365.25)
        actual = drifted * scatter
        for gap in self.knobs.gaps:
            value = GROUPS[gap.by].index(gap.group) if gap.by == "reason" else gap.group
            actual = np.where(columns[gap.by] == value, actual * (1 + gap.share), actual)
        return {
            "cost_pence": np.rint(actual).astype(np.int64),
            "truth_pence": np.rint(drifted).astype(np.int64),
        }

    def _faulted(self, chance: Chance, columns: Columns) -> Columns:
        """The same people as a real file might have them: blanks, people twice, wrong dates."""
        if self.knobs.missing:
            for name in [one for one in columns if one.startswith("level.")]:
                blank = chance.happens(f"blank.{name}", self.knobs.missing)
                columns[name] = np.ma.masked_array(columns[name], mask=blank)
        if self.knobs.wrong_dates:
            wrong = chance.happens("wrong dates", self.knobs.wrong_dates)
            later = columns["assessed_on"] - np.timedelta64(400, "D")
            columns["decided_on"] = np.where(wrong, later, columns["decided_on"])
        if self.knobs.repeated:
            again = np.flatnonzero(chance.happens("repeated", self.knobs.repeated))
            columns = {
                name: np.ma.concatenate([column, column[again]])
                if isinstance(column, np.ma.MaskedArray)
                else np.concatenate([column, column[again]])
                for name, column in columns.items()
            }
        return columns


def question(key: str, place: int, *, of: int) -> str:
    """The column of a question: level.eating, or level.eating.1 where a part has several."""
    return f"level.{key}" if of == 1 else f"level.{key}.{place + 1}"
