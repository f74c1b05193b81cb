"""The facts that a starting budget is worked out from: their names, what must be known, clashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ownway.policy import domains, facts
from ownway.policy.facts import Choice, Fact, Flag, Group, Settings, Whole, Words
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

HELP = tuple(domains.HELP)
NIGHT = ("none", "sleep_in", "waking")
LIVING = ("with_others", "alone")
REASONS = tuple(domains.REASONS)
COMPONENTS = "person_components, then person_by_component"
_MOST_POINTS = 10_000

_ANSWER = Group(
    "one part of daily life",
    {
        "level": Whole("the answer, 0 none to 4 help every time", most=4),
        "help": Choice("how much of this a carer is willing and able to go on doing", HELP),
        "points": Whole("points for this part, in place of a level", most=1000),
        "help_points": Whole("points of this part that a carer meets", most=1000),
        "two_people": Flag("this help takes two people, and that has been tested"),
    },
)
_CARER_ANSWER = Group(
    "one part of a carer’s life",
    {
        "level": Whole("the answer, 0 fine to 3 cannot do it", most=3),
        "points": Whole("points for this part, in place of a level", most=1000),
    },
)
_TOP: dict[str, Fact] = {
    "called": Words("the name to use in the sentences", most=100),
    "need_points": Whole("all points of need, in place of answers", most=_MOST_POINTS),
    "settings": Settings(),
}
PERSON = Group(
    "facts for a person’s starting budget",
    {
        "who": Choice("whose budget this is", ("person",)),
        **_TOP,
        "answers": Group("the nine parts of daily life", dict.fromkeys(domains.KEYS, _ANSWER)),
        "carer_called": Words("the carer’s name to use in the sentences", most=100),
        "help_points": Whole("all points a willing carer meets", most=_MOST_POINTS),
        "two_person_points": Whole("points left that take two people", most=_MOST_POINTS),
        "night": Choice("help needed at night", NIGHT),
        "living": Choice("who the person lives with", LIVING),
        "reason": Choice("what the help is mainly for", REASONS),
        "breaks_pence": Whole("breaks for the carer, a week; used with a price", most=10**6),
        "breaks_yearly_pence": Whole(
            "breaks for the carer, a year; used with a table", most=52 * 10**6
        ),
    },
)
CARER = Group(
    "facts for a carer’s own starting budget",
    {
        "who": Choice("whose budget this is", ("carer",)),
        **_TOP,
        "answers": Group(
            "the nine parts of a carer’s life",
            dict.fromkeys(domains.CARER_KEYS, _CARER_ANSWER),
        ),
    },
)


def shape_of(known: Mapping[str, Any]) -> str:
    """Which way the points are given: levels, points for each part, or only the totals."""
    answers = known.get("answers")
    if answers is None:
        return "totals" if "need_points" in known or "help_points" in known else "levels"
    if any("points" in one or "help_points" in one for one in answers.values()):
        return "points"
    return "levels"


def wanted(known: Mapping[str, Any], pack: Pack, shape: str) -> Iterator[tuple[str, str]]:
    """Yield every fact this pack needs: what changes nothing here is not asked for."""
    yield from points_wanted(known, shape, domains.KEYS, helped=True)
    period = "year" if pack.word("ras_method") == "table" else "week"
    if any(pack.value(f"night_{kind}_{period}_pence") for kind in ("sleep_in", "waking")):
        yield "night", f"is not known yet. Say {' or '.join(NIGHT)}."
    if pack.value("living_alone_factor") != pack.value("living_with_others_factor"):
        yield "living", f"is not known yet. Say {' or '.join(LIVING)}."
    if prices_by_reason(pack):
        yield "reason", f"is not known yet. Say {', '.join(REASONS[:-1])} or {REASONS[-1]}."
    if _adds_for_two(pack):
        yield from _two_people_wanted(shape)


def _adds_for_two(pack: Pack) -> bool:
    by_table = pack.word("ras_method") == "table"
    names = ["two_person_uplift", *(["two_person_more_points"] if by_table else [])]
    return any(pack.value(name) for name in names)


def prices_by_reason(pack: Pack) -> bool:
    """Say whether what the help is mainly for changes a budget here."""
    return len({pack.value(f"reason_{reason}_factor") for reason in REASONS}) > 1


def points_by_part(pack: Pack) -> dict[str, tuple[int, ...]]:
    """The points of each answer, least first, for each of the nine parts of daily life."""
    return {key: pack.number(f"level_points_{key}").table for key in domains.KEYS}


def _two_people_wanted(shape: str) -> Iterator[tuple[str, str]]:
    if shape == "totals":
        yield (
            "two_person_points",
            "is not known yet. Give 0 if no help takes two people.",
        )
        return
    for key in domains.KEYS:
        yield f"answers.{key}.two_people", "is not known yet. Say true or false."


def points_wanted(
    known: Mapping[str, Any], shape: str, keys: Iterable[str], *, helped: bool
) -> Iterator[tuple[str, str]]:
    """Yield the points, or the answers they come from, that are still to find."""
    if shape == "totals":
        yield (
            "need_points",
            "is not known yet. Give the points, or answers for all nine parts.",
        )
        if helped:
            yield (
                "help_points",
                "is not known yet. Give 0 if no willing carer meets any.",
            )
        return
    for key in keys:
        yield (
            f"answers.{key}.{'level' if shape == 'levels' else 'points'}",
            "is not known yet.",
        )
        if helped and facts.at(known, f"answers.{key}.level") != 0:
            name, none = ("help", "none") if shape == "levels" else ("help_points", "0")
            yield (
                f"answers.{key}.{name}",
                f"is not known yet. Say {none} if nobody does this.",
            )


def both_ways(known: Mapping[str, Any], shape: str) -> Iterator[Problem]:
    """Yield what is given twice over, in two ways."""
    if "answers" in known:
        for name in ("need_points", "help_points", "two_person_points"):
            if name in known:
                yield Problem(name, "is given beside answers. Give one or the other.")
    other = ("level", "help") if shape == "points" else ()
    for key, answer in known.get("answers", {}).items():
        for name in other:
            if name in answer:
                yield Problem(
                    f"answers.{key}.{name}",
                    "is given beside points. Give one or the other.",
                )


def clashes(known: Mapping[str, Any], shape: str, method: str) -> Iterator[Problem]:
    """Yield facts that do not go together, or not with this way from answers to money."""
    yield from both_ways(known, shape)
    if method == "component" and shape != "levels":
        place = "answers" if shape == "points" else "need_points"
        yield Problem(place, "is in points, and hours of help go by levels.", "Give levels.")
    mine, other = ("breaks_pence", "breaks_yearly_pence")[:: -1 if method == "table" else 1]
    if other in known:
        yield Problem(other, f"is not used here. This pack works with {mine}.")
    pairs = [("", known)] if shape == "totals" else []
    if shape == "points":
        pairs = [(f"answers.{key}.", answer) for key, answer in known["answers"].items()]
    for at, one in pairs:
        need, helped = (
            one.get("need_points", one.get("points", 0)),
            one.get("help_points", 0),
        )
        if helped > need:
            said = f"is {helped}, more than the {need} points of need."
            yield Problem(f"{at}help_points", said, "Give no more than the need.")
    if {"need_points", "help_points", "two_person_points"} <= set(known):
        left = known["need_points"] - known["help_points"]
        if known["two_person_points"] > max(left, 0):
            yield Problem("two_person_points", f"is more than the {left} points left.")


def extras(known: Mapping[str, Any], method: str) -> dict[str, int]:
    """What is told besides the answers, as the graphs read it."""
    breaks = "breaks_yearly_pence" if method == "table" else "breaks_pence"
    return {
        "night": NIGHT.index(known.get("night", "none")),
        "living": LIVING.index(known.get("living", "with_others")),
        "reason": REASONS.index(known.get("reason", "unknown")),
        "breaks": known.get(breaks, 0),
    }


def points(known: Mapping[str, Any], shape: str) -> dict[str, int]:
    """The answers, or the points given in their place, as the graphs read them."""
    if shape == "totals":
        names = ("need_points", "help_points", "two_person_points")
        return {name: known.get(name, 0) for name in names}
    inputs: dict[str, int] = {}
    for key in domains.KEYS:
        answer = known["answers"][key]
        inputs[f"two_people.{key}"] = int(answer.get("two_people", False))
        if shape == "levels":
            inputs[f"level.{key}"] = answer["level"]
            inputs[f"help.{key}"] = HELP.index(answer.get("help", "none"))
        else:
            inputs[f"needs.{key}"] = answer["points"]
            inputs[f"helped.{key}"] = answer["help_points"]
    return inputs


def carer_points(known: Mapping[str, Any], shape: str) -> dict[str, int]:
    """A carer's answers, or the points given in their place, as the graphs read them."""
    if shape == "totals":
        return {"need_points": known["need_points"]}
    name, field = ("level", "level") if shape == "levels" else ("needs", "points")
    return {f"{name}.{key}": known["answers"][key][field] for key in domains.CARER_KEYS}
