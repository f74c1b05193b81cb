"""From the parts of life to facts for the sum, and what they come to in points."""

from dataclasses import dataclass
from typing import Any

from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.assessment.models import Assessment, Help, PartOfLife
from ownway.journey.assessment.queries.assessments import domains_of, latest
from ownway.policy import allocation
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing

Facts = dict[str, Any]


def points_facts(person: Person, *, kind: str = "") -> Facts | None:
    """Facts for `policy.allocation.decide`; nothing while a part is still unknown.

    A checked level counts before a said one. Without a carer who helps, help is none.
    """
    assessment = latest(person, kind=kind)
    return facts_of(assessment) if assessment else None


def facts_of(assessment: Assessment) -> Facts | None:
    """The facts of one assessment; nothing while a part is still unknown."""
    rows = {row.key: row for row in PartOfLife.objects.filter(assessment=assessment)}
    keys = [domain.key for domain in domains_of(assessment)]
    if any(key not in rows or rows[key].counts_level is None for key in keys):
        return None
    who = "carer" if assessment.is_about_a_carer else "person"
    facts: Facts = {
        "who": who,
        "called": assessment.person.formal_name,
        "answers": {key: _answer(rows[key], who) for key in keys},
    }
    return facts if who == "carer" else facts | _around(assessment)


def _answer(row: PartOfLife, who: str) -> Facts:
    if who == "carer":
        return {"level": row.counts_level}
    return {
        "level": row.counts_level,
        "help": row.counts_help or Help.NONE.value,
        "two_people": bool(row.two_people),
    }


def _around(assessment: Assessment) -> Facts:
    """What is known besides the nine parts: the nights, and who lives there."""
    found: Facts = {"night": assessment.night} if assessment.night else {}
    if assessment.person.household_id:
        together = people.household_of(assessment.person)
        found["living"] = "with_others" if together else "alone"
    return found


@dataclass(frozen=True)
class Points:
    """What the answers come to: points of need, points a carer meets, and both for each part."""

    need: int
    help: int
    of_part: dict[str, tuple[int, int]]

    @property
    def left(self) -> int:
        """Points that nobody meets yet."""
        return self.need - self.help


def points(assessment: Assessment, pack: Pack) -> Points | None:
    """The points of an assessment under these rules; nothing while a part is unknown."""
    facts = facts_of(assessment)
    if facts is None:
        return None
    if facts["who"] == "person":
        facts = {"night": "none", "living": "with_others", "reason": "unknown"} | facts
    try:
        worked = allocation.decide(facts, pack)
    except FactsMissing:
        return None
    values = {node.name: node.value for node in worked.trace}
    of_part = {
        key: (values[f"needs.{key}"], values.get(f"helped.{key}", 0)) for key in facts["answers"]
    }
    return Points(worked.result["need_points"], worked.result["help_points"], of_part)
