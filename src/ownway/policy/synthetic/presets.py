"""What each invented council looks like: marginals with their source, and assumptions.

An assumption has no source: it is a guess that makes a council one can work with, and no finding
about any real council may be drawn from it. Each is marked so where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ownway.policy import domains

REASONS = tuple(domains.REASONS)[1:]
SEXES = ("woman", "man")
ETHNIC_GROUPS = ("white", "asian", "black", "mixed", "other", "not recorded")
AGE_BANDS = ((18, 25), (26, 35), (36, 45), (46, 55), (56, 65), (66, 75), (76, 85), (86, 101))

# Assumption: what help is mainly for. Learning disability is near Hatton on NHS data (135,205 and
# 19,125 people of 858,720); how the rest divides is not sourced.
_REASONS = (0.11, 0.40, 0.02, 0.13, 0.18, 0.12, 0.04)

# One mostly rural council's equality report, 2022-23; women 59.8%.
_AGES = (0.046, 0.066, 0.055, 0.075, 0.106, 0.120, 0.236, 0.296)
_SEXES = (0.598, 0.402)

# England, people with long-term support, 31 March 2021 (gov.uk): Asian 5.1%, Black 4.5%. How the
# rest divides is an assumption.
_ETHNIC = (0.835, 0.051, 0.045, 0.014, 0.012, 0.043)

# Assumption: a town whose people are of many backgrounds.
_ETHNIC_SLOUGH = (0.52, 0.32, 0.08, 0.02, 0.02, 0.04)

# Assumption: how likely each reason is in each band of age, before raking.
AGE_BY_REASON = (
    (1, 2, 3, 4, 6, 8, 12, 12),
    (1, 1, 2, 3, 6, 12, 30, 42),
    (1, 1, 1, 2, 3, 5, 8, 10),
    (0.01, 0.01, 0.05, 0.3, 1, 6, 22, 26),
    (22, 22, 15, 15, 14, 8, 3, 1),
    (8, 14, 14, 16, 14, 8, 5, 3),
    (4, 5, 5, 6, 6, 6, 6, 6),
)
# Assumption: women in each band of age, and the white share of each band, before raking.
WOMEN_BY_AGE = (0.42, 0.43, 0.47, 0.50, 0.52, 0.56, 0.64, 0.70)
WHITE_LEAN_BY_AGE = (0.75, 0.75, 0.8, 0.9, 1.0, 1.1, 1.3, 1.5)


@dataclass(frozen=True)
class Preset:
    """One council to invent. Shares are in the order of the names above."""

    name: str
    title: str
    people: int
    mean_week_pence: int
    """What a plan costs a week, over everyone."""
    first_day: date
    last_day: date
    sources: Mapping[str, str]
    reasons: tuple[float, ...] = _REASONS
    ages: tuple[float, ...] = _AGES
    sexes: tuple[float, ...] = _SEXES
    ethnic_groups: tuple[float, ...] = _ETHNIC
    areas: int = 6
    on_time: float = 0.872
    """The share assessed within 28 days of asking."""
    assumptions: Mapping[str, str] = field(default_factory=dict)


_SHARED = {
    "ages": "one mostly rural council’s equality report, 2022-23",
    "sexes": "one mostly rural council’s equality report, 2022-23",
    "ethnic_groups": "England, 31 March 2021 (gov.uk): Asian 5.1%, Black 4.5%",
}
_GUESSED = {
    "reasons": "how people divide by what their help is mainly for, but for learning disability",
    "needs": "how nine parts of life hang together, and how hard each question is",
    "help": "60% have unpaid help; how much of each part it meets",
    "price": "hours for an answer, and how far they differ by what the help is for",
    "scatter": "what panels decide that needs do not explain: log standard deviation 0.40",
    "living": "42% live alone; nights and two-person help follow need",
    "areas": "six areas of one price",
}

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            name="dudley-2012",
            title="A council of the size of Dudley in 2011/12",
            people=14_745,
            mean_week_pence=round(7_820_000_000 / 14_745 / 52),
            first_day=date(2009, 4, 1),
            last_day=date(2012, 3, 31),
            sources=_SHARED
            | {
                "people": "Dudley 2011/12: 14,745 people supported",
                "mean_week_pence": "Dudley 2011/12: £78.2m over 14,745 people and 52 weeks",
                "on_time": "Dudley 2011/12: 87.2% assessed within four weeks",
            },
            assumptions=_GUESSED,
        ),
        Preset(
            name="slough-2010",
            title="A council of the size of Slough in 2010",
            people=3_500,
            mean_week_pence=24_000,
            first_day=date(2007, 4, 1),
            last_day=date(2010, 3, 31),
            sources=_SHARED
            | {"people": "Slough 2010: about 3,500 people supported"}
            | {"ethnic_groups": "assumption: a town whose people are of many backgrounds"},
            ethnic_groups=_ETHNIC_SLOUGH,
            assumptions=_GUESSED | {"mean_week_pence": "£240 a week", "on_time": "as Dudley’s"},
        ),
        Preset(
            name="load",
            title="A council of any size, to load what must carry it",
            people=100_000,
            mean_week_pence=34_000,
            first_day=date(2021, 4, 1),
            last_day=date(2024, 3, 31),
            sources=_SHARED,
            assumptions=_GUESSED | {"mean_week_pence": "£340 a week", "on_time": "as Dudley’s"},
        ),
    )
}
