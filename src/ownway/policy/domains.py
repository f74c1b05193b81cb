"""The nine parts of daily life that a self-assessment asks about, and its possible answers.

Each has a key that is stored, the plain name a resident reads, and the Care Act outcomes it
bears on. Points for an answer, and how much a carer's help takes off, are numbers of the pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Domain:
    """One part of daily life. `outcomes` are the letters of regulation 2(2)."""

    key: str
    name: str
    outcomes: str = ""


NINE: Final = (
    Domain("eating", "Eating and drinking", "a"),
    Domain("washing", "Washing and dressing", "bd"),
    Domain("toilet", "Using the toilet", "c"),
    Domain("moving", "Moving about at home", "e"),
    Domain("home", "The home, money and letters", "f"),
    Domain("health", "Health, memory and being safe"),
    Domain("people", "Seeing people and getting out", "gi"),
    Domain("work", "Work, learning and pastimes", "h"),
    Domain("caring", "Caring for someone else", "j"),
)
LEVELS: Final = (
    "None",
    "A reminder",
    "Some help",
    "Help most times",
    "Help every time",
)
HELP: Final = {"none": "None", "little": "A little", "half": "About half", "all": "All"}
"""How much of the need someone is willing and able to go on meeting, least first."""

CARER_NINE: Final = (
    Domain("health", "Your own health and sleep"),
    Domain("home", "Looking after your home"),
    Domain("eating", "Shopping, cooking and eating"),
    Domain("children", "Caring for a child"),
    Domain("others", "Caring for other people"),
    Domain("people", "Time with family and friends"),
    Domain("work", "Work, training and helping out"),
    Domain("community", "Getting out and about near home"),
    Domain("rest", "Rest and things you enjoy"),
)
CARER_LEVELS: Final = ("Fine", "Hard at times", "Hard most days", "I can’t do it")

KEYS: Final = tuple(domain.key for domain in NINE)
CARER_KEYS: Final = tuple(domain.key for domain in CARER_NINE)

REASONS: Final = {
    "unknown": "Not known yet",
    "physical_access": "Getting about",
    "physical_care": "Personal care",
    "sensory": "Sight and hearing",
    "memory": "Memory and understanding",
    "learning": "A learning disability",
    "mental_health": "Mental health",
    "social": "Social support",
}
"""What someone's help is mainly for, by the keys of the national returns."""
