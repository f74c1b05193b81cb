"""What was answered beside the nine parts: strengths, hopes, care given, breaks, emergencies."""

from dataclasses import dataclass

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Coding, Value
from ownway.journey.assessment.models import Assessment

REGULAR = ("20-49", "50")


def codes(assessment: Assessment, link_id: str) -> tuple[str, ...]:
    """The codes picked for a question; none when it was not answered."""
    return tuple(one.code for one in _values(assessment, link_id) if isinstance(one, Coding))


def picked(assessment: Assessment, link_id: str) -> tuple[str, ...]:
    """What was picked for a question, in the words of its form; none when it was not answered."""
    if assessment.answers is None:
        return ()
    item = assessment.answers.form.questionnaire.by_link_id[link_id]
    chosen = codes(assessment, link_id)
    return tuple(
        option.words
        for option in item.options
        if isinstance(option.value, Coding) and option.value.code in chosen
    )


def words(assessment: Assessment, link_id: str) -> str:
    """What was written for a question."""
    return next((one for one in _values(assessment, link_id) if isinstance(one, str)), "").strip()


def flag(assessment: Assessment, link_id: str) -> bool | None:
    """A yes or no; nothing when it was not answered."""
    return next((one for one in _values(assessment, link_id) if isinstance(one, bool)), None)


def _values(assessment: Assessment, link_id: str) -> tuple[Value, ...]:
    return assessment.answers.values.get(Spot(link_id), ()) if assessment.answers else ()


def care_given(assessment: Assessment) -> bool | None:
    """Whether the hours a carer gives suggest regular and substantial care; unknown is None."""
    hours = codes(assessment, "care.hours")
    return hours[0] in REGULAR if hours else None


@dataclass(frozen=True)
class CarerWishes:
    """What a carer said they want for themselves, and whom to call when they cannot be there."""

    breaks: tuple[str, ...]
    break_words: str
    mind: str
    call: str
    phone: str
    relation: str
    to_know: str


def carer_wishes(assessment: Assessment) -> CarerWishes:
    """A carer's own wishes, as answered."""
    return CarerWishes(
        breaks=tuple(one for one in codes(assessment, "break.wish") if one != "none"),
        break_words=words(assessment, "break.words"),
        mind=words(assessment, "care.words"),
        call=words(assessment, "emergency.name"),
        phone=words(assessment, "emergency.phone"),
        relation=words(assessment, "emergency.relation"),
        to_know=words(assessment, "emergency.words"),
    )


@dataclass(frozen=True)
class Hopes:
    """What is good, and what somebody hopes for, in their own words."""

    strengths: str
    hopes: str


def hopes(assessment: Assessment) -> Hopes:
    """Strengths and hopes, as answered."""
    return Hopes(words(assessment, "good.strengths"), words(assessment, "good.hopes"))
