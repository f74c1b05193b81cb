"""The answers under each step of a starting budget, as tables a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ownway.policy import domains, units, words
from ownway.policy.allocation.shape import points_by_part
from ownway.policy.decision import Row, Table
from ownway.policy.packs import Pack


def for_person(
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


def for_carer(
    known: Mapping[str, Any], shape: str, values: Mapping[str, int], pack: Pack
) -> dict[str, Table]:
    """The table of a carer's answers."""
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
