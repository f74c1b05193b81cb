"""From answers to a starting budget: a guide, never a limit on what is finally agreed.

Source: the ten steps are declared as graphs in packs/parts/allocation.toml. A starting point is
lawful only as that (R (Savva) v Kensington 2010), so a figure over the cap sets a route, and
nothing here can lower a final budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import domains, facts, interpret, units, words
from ownway.policy.decision import Decision, Row, Table
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


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Work out a starting budget and show the sum.

    Units: whole pence a week unless a name says otherwise.
    Source: the pack's graphs person_* and carer_*; each node names its step.
    Raises:
        FactsMissing: a fact is not known yet.
        FactsRefused: a fact cannot be right, or two do not go together.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(CARER if who == "carer" else PERSON, given)
    pack = pack.with_settings(known.get("settings", {}))
    return _carer(known, pack) if who == "carer" else _person(known, pack)


def inputs(given: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    """The graph these facts are worked by, and a value for each of its inputs.

    A caseload worked at once has one column for each of these names.
    Raises:
        FactsMissing, FactsRefused: as `decide` does.
    """
    who = words.who(given, ("person", "carer"))
    known = facts.read(CARER if who == "carer" else PERSON, given)
    pack = pack.with_settings(known.get("settings", {}))
    return _carer_inputs(known) if who == "carer" else _person_inputs(known, pack)


def _person_inputs(known: Mapping[str, Any], pack: Pack) -> tuple[str, dict[str, int]]:
    shape = _shape(known)
    method = pack.word("ras_method")
    facts.refuse(_clashes(known, shape, method))
    facts.require(known, _wanted(known, pack, shape))
    if method == "component":
        return COMPONENTS, _extras(known, method) | _points(known, shape)
    return (
        f"person_{shape}, then person_by_{method}",
        _extras(known, method) | _points(known, shape),
    )


def _carer_inputs(known: Mapping[str, Any]) -> tuple[str, dict[str, int]]:
    shape = _shape(known)
    facts.refuse(_both_ways(known, shape))
    facts.require(known, _points_wanted(known, shape, domains.CARER_KEYS, helped=False))
    return f"carer_{shape}, then carer_by_price", _carer_points(known, shape)


def _person(known: dict[str, Any], pack: Pack) -> Decision:
    name, given = _person_inputs(known, pack)
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=given, numbers=pack.numbers)
    return deciding.decided(
        "allocation",
        result=_result(values, "person"),
        steps=deciding.explain(
            graph, values, pack=pack, words=words.forms(known),
            tables=_tables(known, _shape(known), values, pack),
        ),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _carer(known: dict[str, Any], pack: Pack) -> Decision:
    name, given = _carer_inputs(known)
    graph = pack.graph(name)
    values = interpret.run(graph, inputs=given, numbers=pack.numbers)
    return deciding.decided(
        "allocation",
        result=_result(values, "carer"),
        steps=deciding.explain(
            graph, values, pack=pack, words=words.forms(known),
            tables=_carer_tables(known, _shape(known), values, pack),
        ),
        graph=graph, values=values, facts=known, pack=pack,
    )  # fmt: skip


def _shape(known: Mapping[str, Any]) -> str:
    """Which way the points are given: levels, points for each part, or only the totals."""
    answers = known.get("answers")
    if answers is None:
        return "totals" if "need_points" in known or "help_points" in known else "levels"
    if any("points" in one or "help_points" in one for one in answers.values()):
        return "points"
    return "levels"


def _wanted(known: Mapping[str, Any], pack: Pack, shape: str) -> Iterator[tuple[str, str]]:
    """Yield every fact this pack needs: what changes nothing here is not asked for."""
    yield from _points_wanted(known, shape, domains.KEYS, helped=True)
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


def _points_wanted(
    known: Mapping[str, Any], shape: str, keys: Iterable[str], *, helped: bool
) -> Iterator[tuple[str, str]]:
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


def _both_ways(known: Mapping[str, Any], shape: str) -> Iterator[Problem]:
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


def _clashes(known: Mapping[str, Any], shape: str, method: str) -> Iterator[Problem]:
    yield from _both_ways(known, shape)
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


def _extras(known: Mapping[str, Any], method: str) -> dict[str, int]:
    breaks = "breaks_yearly_pence" if method == "table" else "breaks_pence"
    return {
        "night": NIGHT.index(known.get("night", "none")),
        "living": LIVING.index(known.get("living", "with_others")),
        "reason": REASONS.index(known.get("reason", "unknown")),
        "breaks": known.get(breaks, 0),
    }


def _points(known: Mapping[str, Any], shape: str) -> dict[str, int]:
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


def _carer_points(known: Mapping[str, Any], shape: str) -> dict[str, int]:
    if shape == "totals":
        return {"need_points": known["need_points"]}
    name, field = ("level", "level") if shape == "levels" else ("needs", "points")
    return {f"{name}.{key}": known["answers"][key][field] for key in domains.CARER_KEYS}


def _tables(
    known: Mapping[str, Any], shape: str, values: Mapping[str, int], pack: Pack
) -> dict[str, Table]:
    """The two tables of answers: what is needed, and what a carer will do."""
    if shape == "totals":
        return {}
    if "need_minutes" in values:
        return _component_tables(known, values)
    whose = words.forms(known)["whose"]
    less = f"If a carer does less, fewer points come off and {whose} budget goes up."
    scale = _person_scale(pack) if shape == "levels" else ""
    return {
        "answers": Table(tuple(_answer_rows(known, values)), scale),
        "help": Table(tuple(_help_rows(known, shape, values)), less),
    }


def _component_tables(known: Mapping[str, Any], values: Mapping[str, int]) -> dict[str, Table]:
    """What is needed, what a carer will do, and what is left at its price an hour."""
    needed = [one for one in domains.NINE if values[f"minutes.{one.key}"]]
    rows: dict[str, list[Row]] = {"minutes": [], "help": [], "prices": []}
    for one in needed:
        answer, key = known["answers"][one.key], one.key
        need, met = values[f"minutes.{key}"], values[f"helped_minutes.{key}"]
        left, price = values[f"minutes_left.{key}"], values[f"price.{key}"]
        hourly = units.shown(values[f"hour_price.{key}"], "pence an hour")
        said = domains.LEVELS[answer["level"]]
        helps = domains.HELP[answer.get("help", "none")]
        rows["minutes"].append(Row(key, one.name, said, need, units.shown(need, "minutes")))
        rows["help"].append(Row(key, one.name, helps, met, units.shown(met, "minutes")))
        at = f"{units.shown(left, 'minutes')} at {hourly} an hour"
        rows["prices"].append(Row(key, one.name, at, price, units.shown(price, "pence a week")))
    return {name: Table(tuple(listed)) for name, listed in rows.items()}


def _person_scale(pack: Pack) -> str:
    """Say what each answer gives, where it gives the same in every part of daily life."""
    if "scale" not in pack.kept:
        tables = points_by_part(pack)
        alike = len(set(tables.values())) == 1
        pack.kept["scale"] = (
            _scale(domains.LEVELS, tables[domains.KEYS[0]])
            if alike
            else "Each part of daily life has points of its own."
        )
    said: str = pack.kept["scale"]
    return said


def _scale(levels: Sequence[str], points: Sequence[int]) -> str:
    """Say what each answer gives: A reminder gives 2 points, some help 4, …"""
    said = list(zip(levels, points, strict=True))[1:]
    (first, gives), *rest = said
    more = [f"{_inside(level)} {value}" for level, value in rest]
    return f"{first} gives {units.shown(gives, 'points')}, {', '.join(more[:-1])} and {more[-1]}."


def _inside(answer: str) -> str:
    """An answer as it is written inside a sentence; what someone says stays as they say it."""
    return f"“{answer}”" if answer.startswith("I ") else f"{answer[:1].lower()}{answer[1:]}"


def _answer_rows(known: Mapping[str, Any], values: Mapping[str, int]) -> Iterator[Row]:
    for domain in domains.NINE:
        answer, need = known["answers"][domain.key], values[f"needs.{domain.key}"]
        said = domains.LEVELS[answer["level"]] if "level" in answer else units.shown(need, "points")
        yield Row(domain.key, domain.name, said, need, str(need))


def _help_rows(known: Mapping[str, Any], shape: str, values: Mapping[str, int]) -> Iterator[Row]:
    for domain in domains.NINE:
        answer = known["answers"][domain.key]
        need, met = values[f"needs.{domain.key}"], values[f"helped.{domain.key}"]
        if need:
            said = (
                domains.HELP[answer.get("help", "none")] if shape == "levels" else _part(met, need)
            )
            yield Row(domain.key, domain.name, said, met, f"{met} of {need}")


def _part(met: int, need: int) -> str:
    if met in (0, need):
        return "All" if met else "None"
    return "Part"


def _carer_tables(
    known: Mapping[str, Any], shape: str, values: Mapping[str, int], pack: Pack
) -> dict[str, Table]:
    if shape == "totals":
        return {}
    points = pack.number("carer_level_points").table
    scale = _scale(domains.CARER_LEVELS, points) if shape == "levels" else ""
    return {"answers": Table(tuple(_carer_rows(known, values)), scale)}


def _carer_rows(known: Mapping[str, Any], values: Mapping[str, int]) -> Iterator[Row]:
    for domain in domains.CARER_NINE:
        answer, points = known["answers"][domain.key], values[f"needs.{domain.key}"]
        said = units.shown(points, "points")
        if "level" in answer:
            said = domains.CARER_LEVELS[answer["level"]]
        yield Row(domain.key, domain.name, said, points, str(points))


def _result(values: Mapping[str, int], who: str) -> dict[str, Any]:
    over = any(values.get(name, 0) for name in ("above_cap", "above_table"))
    result: dict[str, Any] = {
        "who": who,
        "need_points": values["need_points"],
        "help_points": values.get("help_points", 0),
        "points_left": values.get("left_points", values["need_points"]),
        "weekly_pence": values["weekly"],
        "four_weekly_pence": values["four_weekly"],
        "indicative": True,
        "route": "individual_costing" if over else "budget",
    }
    if "need_minutes" in values:
        names = ("need_minutes", "help_minutes", "left_minutes")
        result |= {name: values[name] for name in names}
    if "yearly" in values:
        result["yearly_pence"] = values["yearly"]
        result["uncapped_yearly_pence"] = values["floored"]
    elif "floored" in values:
        result["uncapped_weekly_pence"] = values["floored"]
    return result
