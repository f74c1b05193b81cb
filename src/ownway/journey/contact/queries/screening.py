"""A first look: six questions whose answers give a provisional band under the live rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ownway.policy import eligibility
from ownway.policy.packs import Pack

FINE = "fine"
APPEARS = "appears to need support"


@dataclass(frozen=True)
class Question:
    """One question; each choice names the risk of the rules that it stands for."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]


QUESTIONS = (
    Question(
        "health",
        "Life and health",
        (
            (FINE, "No danger to life or health"),
            ("serious_health", "Serious health problems have come or will come"),
            ("life_in_danger", "Life is in danger"),
        ),
    ),
    Question(
        "harm",
        "Hurt, robbed or left without care",
        (
            (FINE, "No sign of it"),
            ("abuse", "It has happened, or it may"),
            ("serious_abuse", "It is serious"),
        ),
    ),
    Question(
        "say",
        "Say over their own day",
        (
            (FINE, "They decide for themselves"),
            ("partial_say", "They decide only in part"),
            ("almost_no_say", "They decide almost nothing that is vital"),
        ),
    ),
    Question(
        "care",
        "Washing, meals and the home, with no help",
        (
            (FINE, "Manages all of it"),
            ("some_personal_care", "Cannot do one or two things"),
            ("several_personal_care", "Cannot do several things"),
            ("most_personal_care", "Cannot do most things"),
            ("vital_personal_care", "Cannot do things that are vital"),
        ),
    ),
    Question(
        "ties",
        "Seeing people",
        (
            (FINE, "Sees the people they want to"),
            ("some_social", "One or two ties at risk"),
            ("several_social", "Several ties at risk"),
            ("most_social", "Most ties cannot go on"),
            ("vital_social", "Vital ties cannot go on"),
        ),
    ),
    Question(
        "roles",
        "Family and other roles",
        (
            (FINE, "Goes on as before"),
            ("some_family", "One or two roles at risk"),
            ("several_family", "Several roles at risk"),
            ("most_family", "Most roles cannot go on"),
            ("vital_family", "Vital roles cannot go on"),
        ),
    ),
)


@dataclass(frozen=True)
class Provisional:
    """What a first look says: a band, whether support is likely, and how it was worked out."""

    band: str
    is_likely: bool
    decision: dict[str, Any]


def provisional(answers: Mapping[str, str], *, pack: Pack) -> Provisional:
    """Give a provisional band from the six answers, under the rules in force.

    Under the Care Act there are no bands: an appearance of need is enough to assess.
    Source: FACS bands as in the pack; Care Act 2014 s.9(1) and (3).
    """
    risks = [said for said in answers.values() if said != FINE]
    if pack.word("eligibility_rule") != "facs":
        facts = {"answers": dict(answers), "pack": pack.name, "pack_hash": pack.hash}
        return Provisional(APPEARS if risks else "none", bool(risks), facts)
    decision = eligibility.decide({"who": "adult", "risks": risks}, pack)
    result = decision.result
    return Provisional(str(result["band"]), bool(result["eligible"]), dict(decision.as_json()))
