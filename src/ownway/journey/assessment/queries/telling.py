"""The decision as the person reads it: in a letter, and on their page."""

from collections.abc import Mapping
from typing import Any

from ownway.foundation.council.queries import rules
from ownway.foundation.record.models import Decision
from ownway.journey.assessment.models import Assessment
from ownway.journey.assessment.queries.assessments import changed_parts

Block = dict[str, Any]

BANDS = {
    "critical": "Your need is very high (critical).",
    "substantial": "Your need is high (substantial).",
    "moderate": "Your need is medium (moderate).",
    "low": "Your need is low (low).",
    "none": "We found no risk to you now.",
}

TOLD_TO_CARERS = {
    "regular_and_substantial": "You give care that is regular and substantial",
    "autonomy": "Having a say over your own life",
    "health_and_safety": "Your health and safety",
    "daily_routines": "Managing each day",
    "involvement": "Family, friends, work and interests",
}


# Of the criteria, those that each must be met, however high the need is.
STANDS_IN_THE_WAY = {
    "regular_and_substantial": "The rules ask that a carer gives regular and substantial care. "
    "We did not find that you do, so the answer is no, however high your need.",
    "cause": "The rules ask that your needs come from an illness, or from a condition of body or "
    "mind. We did not find that they do.",
    "necessary": "The rules ask that the care you give is needed. We did not find that it is.",
    "significant": "The rules ask that all this has a big effect on your life. "
    "We did not find that it does.",
}


def letter_title(assessment: Assessment) -> str:
    """What the letter is about."""
    if assessment.is_about_a_carer:
        return "What we decided about you as a carer"
    return "What we decided about your care and support"


def letter_body(assessment: Assessment, decision: Decision) -> list[Block]:
    """The whole letter: the answer, why, what we saw otherwise, what next, how to challenge."""
    blocks: list[Block] = [_text(sentence) for sentence in answer_sentences(decision)]
    blocks += [_heading("Why we decided this"), _text(decision.because)]
    if found := reasons_met(decision):
        blocks += [_text("We found:"), {"kind": "list", "items": found}]
    blocks.append(_criteria_block(decision))
    if changed := changes_told(assessment):
        blocks += [
            _heading("Where we saw it differently from you"),
            {"kind": "list", "items": changed},
        ]
    blocks += [_heading("What happens next"), _text(next_sentence(assessment, decision))]
    blocks += [
        _heading("If you think we are wrong"),
        _text(
            "Tell us. Call or write to us, and we will look at it again. You can ask for all of "
            "your answers and for how we decided. It will not change how we treat you."
        ),
        {"kind": "list", "items": _how_to_challenge(decision)},
    ]
    return blocks


def _how_to_challenge(decision: Decision) -> list[str]:
    days = rules(decision.decided_on).value("answer_days")
    return [
        f"Someone who did not decide it looks again. You hear within {days} working days.",
        "You can complain, and then go to the Ombudsman. Both are free.",
        "Someone can speak up with you. That is an advocate, and it is free.",
    ]


def answer_sentences(decision: Decision) -> list[str]:
    """The answer first."""
    result = decision.result
    words = (
        ["You can get help that the council pays for, or pays towards."]
        if result["eligible"]
        else ["The council will not pay for help for you at this time.", *_why_not(decision)]
    )
    if "band" in result:
        least = result["threshold"]
        words.append(f"{BANDS[result['band']]} Here, the council helps from “{least}” up.")
    else:
        count, needed = result["outcomes_unable"], result["outcomes_needed"]
        words.append(
            f"There are {count} things in daily life that count. The law asks for {needed}."
        )
    return words


def _why_not(decision: Decision) -> list[str]:
    """What stands in the way, however high the need is: said first, and plainly."""
    unmet = {reason["criterion"] for reason in decision.result["reasons"] if not reason["met"]}
    return [words for criterion, words in STANDS_IN_THE_WAY.items() if criterion in unmet]


def why_not(decision: Decision) -> str:
    """The reason for a no, for staff, in a sentence; empty where the need is just too low."""
    unmet = [
        reason["label"]
        for reason in decision.result["reasons"]
        if not reason["met"] and reason["criterion"] in STANDS_IN_THE_WAY
    ]
    if decision.result["eligible"] or not unmet:
        return ""
    return "Not eligible because this was not found: " + "; ".join(unmet)


def reasons_met(decision: Decision) -> list[str]:
    """What was found, in words; for a carer each area of life with the risk there."""
    is_carer = decision.result["who"] == "carer"
    return [
        _reason(reason, is_carer=is_carer) for reason in decision.result["reasons"] if reason["met"]
    ]


def _criteria_block(decision: Decision) -> Block:
    """Every rule that was looked at, met or not, so that nobody has to ask for it."""
    return {
        "kind": "table",
        "caption": "Each thing we looked at, and what we found",
        "head": ["What we looked at", "What we found"],
        "rows": [list(row) for row in criteria(decision)],
    }


def criteria(decision: Decision) -> list[tuple[str, str]]:
    """Every criterion of the rules with what was found: met, and how; or not met."""
    is_carer = decision.result["who"] == "carer"
    counting = decision.result.get("eligible_bands")
    return [
        (_called(reason, is_carer=is_carer), _found(reason, counting))
        for reason in decision.result["reasons"]
    ]


def _called(reason: Mapping[str, Any], *, is_carer: bool) -> str:
    label: str = reason["label"]
    return TOLD_TO_CARERS.get(reason["criterion"], label) if is_carer else label


def _found(reason: Mapping[str, Any], counting: list[str] | None) -> str:
    """Yes or no; of a risk its band, and of a part of life how somebody is unable."""
    said = str(reason.get("because") or reason.get("band") or "")
    if not reason["met"]:
        return f"No: {said[:1].lower()}{said[1:]}" if reason.get("because") else "No"
    words = f"Yes: {said[:1].lower()}{said[1:]}" if said else "Yes"
    is_low = counting is not None and "band" in reason and reason["band"] not in counting
    return f"{words}, lower than where our money starts" if is_low else words


def _reason(reason: Mapping[str, Any], *, is_carer: bool) -> str:
    label: str = reason["label"]
    if reason.get("because"):
        return f"{label}: {reason['because']}"
    if not is_carer:
        return label
    told = TOLD_TO_CARERS.get(reason["criterion"], label)
    return f"{told}: {reason['band']} risk" if "band" in reason else told


def changes_told(assessment: Assessment) -> list[str]:
    """Each part where staff found something else, with the reason."""
    return [
        f"{part.domain.name}: you said “{part.said.lower()}”, we found “{part.found.lower()}”. "
        f"{part.row.because}"
        for part in changed_parts(assessment)
        if part.row
    ]


def next_sentence(assessment: Assessment, decision: Decision) -> str:
    """What happens next, and who does it."""
    worker = assessment.validated_by
    name = worker.first_name if worker else "We"
    if decision.result["eligible"]:
        return f"{name} works out with you how much money there is for your support."
    return (
        f"{name} will tell you about help near you that is free or low in cost. "
        f"If things change, call us and we start again."
    )


def _text(words: str) -> Block:
    return {"kind": "text", "text": words}


def _heading(words: str) -> Block:
    return {"kind": "heading", "text": words}
