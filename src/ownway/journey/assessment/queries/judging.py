"""What the answers suggest for eligibility: a start for the worker's judgement, no more.

The rules need a person's judgement on every criterion. Here the answers are read into the boxes
that they speak to; everything the answers do not speak to is left for the worker.
"""

from collections.abc import Mapping
from typing import Any

from ownway.foundation.people.models import Person
from ownway.journey.assessment.models import Assessment
from ownway.journey.assessment.queries.assessments import parts_of
from ownway.journey.assessment.queries.wishes import care_given
from ownway.policy.packs import Pack

Facts = dict[str, Any]
Levels = Mapping[str, int]

PERSONAL_CARE = ("eating", "washing", "toilet", "moving", "home")
SIZES = ("", "some", "several", "many", "many")
# The Fair Access name for a large share differs from list to list.
LARGE = {"personal_care": "most", "work": "many", "social": "most", "family": "most"}
OUTCOMES = {
    "eating": ("nutrition",),
    "washing": ("hygiene", "clothing"),
    "toilet": ("toilet",),
    "moving": ("home_safety",),
    "home": ("habitable_home",),
    "people": ("relationships", "community"),
    "work": ("work",),
    "caring": ("child_care",),
}
CARER_OUTCOMES = {
    "children": "child_care",
    "others": "care_of_others",
    "home": "habitable_home",
    "eating": "nutrition",
    "people": "relationships",
    "work": "work",
    "community": "community",
    "rest": "recreation",
}
CARER_AREAS = {
    "autonomy": ("work",),
    "health_and_safety": ("health",),
    "daily_routines": ("home", "eating", "children", "others"),
    "involvement": ("people", "community", "rest"),
}
BANDS_BY_LEVEL = ("none", "low", "substantial", "substantial")


def suggested(assessment: Assessment, pack: Pack) -> Facts:
    """The facts of `policy.eligibility` that the answers speak to, as a start."""
    levels = {
        part.domain.key: part.row.counts_level
        for part in parts_of(assessment)
        if part.row and part.row.counts_level is not None
    }
    rule = pack.word("eligibility_rule")
    if assessment.is_about_a_carer:
        return _facs_carer(assessment, levels) if rule == "facs" else _care_act_carer(levels)
    return _facs_adult(levels, pack) if rule == "facs" else _care_act_adult(levels, assessment)


def _facs_adult(levels: Levels, pack: Pack) -> Facts:
    offered = {item["key"] for item in pack.lists["risks"]}
    found = [
        _risk("personal_care", _size_of_care(levels)),
        _risk("work", levels.get("work", 0)),
        _risk("social", levels.get("people", 0)),
        _risk("family", levels.get("caring", 0)),
    ]
    return {"risks": [risk for risk in found if risk in offered]}


def _size_of_care(levels: Levels) -> int:
    """How large a share of personal care and home tasks needs a hand: 0 none to 3 most."""
    hard = sum(levels.get(key, 0) >= 2 for key in PERSONAL_CARE)
    light = any(levels.get(key, 0) for key in PERSONAL_CARE)
    return 3 if hard >= 3 else 2 if hard == 2 else 1 if light else 0


def _risk(area: str, level: int) -> str:
    size = LARGE[area] if level >= 3 else SIZES[level]
    return f"{size}_{area}" if size else ""


def _facs_carer(assessment: Assessment, levels: Levels) -> Facts:
    areas = {
        area: BANDS_BY_LEVEL[max((levels.get(key, 0) for key in keys), default=0)]
        for area, keys in CARER_AREAS.items()
    }
    given = care_given(assessment)
    return {"areas": areas} | ({"regular_and_substantial": given} if given is not None else {})


def _care_act_adult(levels: Levels, assessment: Assessment) -> Facts:
    """Needing help, a prompt included, is one way of being unable; a carer's help is ignored."""
    outcomes = {
        outcome: ["L1"] if levels.get(key, 0) else []
        for key, named in OUTCOMES.items()
        for outcome in named
    }
    known = _has_known_reason(assessment.person)
    return {"outcomes": outcomes} | ({"needs_from_impairment": True} if known else {})


def _has_known_reason(person: Person) -> bool:
    return person.support_reason not in ("unknown", "social")


def _care_act_carer(levels: Levels) -> Facts:
    outcomes = {
        outcome: ["L1"] if levels.get(key, 0) >= 2 else []
        for key, outcome in CARER_OUTCOMES.items()
    }
    return {"outcomes": outcomes, "health_at_risk": levels.get("health", 0) >= 2}
