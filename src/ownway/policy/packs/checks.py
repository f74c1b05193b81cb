"""What makes a pack unfit to decide with: each fault with its place and its mend."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ownway.policy import numbers, units
from ownway.policy.graph import Graph
from ownway.policy.numbers import Value
from ownway.policy.packs import graphs
from ownway.policy.refusals import PackRefused, Problem

Raw = dict[str, Any]
_PACK_KEYS = {
    "name",
    "title",
    "version",
    "parts",
    "numbers",
    "lists",
    "graphs",
    "runs",
    "usual_day",
    "starts",
    "exceptions",
}
_PROFILE_KEYS = {"name", "title", "version", "base", "numbers", "under", "exceptions"}
_NUMBER_KEYS = {
    "unit", "label", "values", "source", "confirmed", "allowed", "least", "most", "because",
    "may_be_none", "otherwise", "dated_by",
}  # fmt: skip
_EXCEPTION_KEYS = ("graph", "input", "claim", "because", "signed_by", "signed_on")
EXCEPTED = ("need", "keeps", "protected")
"""Claims a council may go without, for a reason somebody signed."""
_OWN_KEYS = {"values", "source", "confirmed"}
_SPAN_KEYS = {"from", "to", "value", "source", "confirmed"}


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise PackRefused(found)


def refuse_bad_shape(raw: Raw, over: Raw | None) -> None:
    """Refuse a pack or profile whose outermost keys or types are not those of a pack."""
    _refuse(_shape_faults(raw, "pack", _PACK_KEYS))
    if over is not None:
        _refuse(_shape_faults(over, "profile", _PROFILE_KEYS))


def _shape_faults(raw: Any, what: str, known: set[str]) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield Problem(what, "is not a table.")
        return
    for key in sorted(set(raw) - known, key=str):
        yield Problem(f"{what}.{key}", "is an unknown key.", f"Use: {', '.join(sorted(known))}.")
    for key in ("name", "title", "version"):
        if not isinstance(raw.get(key), str) or not raw.get(key):
            yield Problem(f"{what}.{key}", "is not given.", "Give it in quotes.")
    for key in ("numbers", "lists", "graphs", "under"):
        if not isinstance(raw.get(key, {}), dict):
            yield Problem(f"{what}.{key}", "is not a table of named things.")
    for key in ("usual_day", "starts"):
        if key in raw and type(raw[key]) is not date:
            yield Problem(f"{what}.{key}", "is not a date.", "Write it as 2015-04-01.")
    for key in ("parts", "runs"):
        listed = raw.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            yield Problem(f"{what}.{key}", "is not a list of names.")


def refuse_unknown_parts(parts: Iterable[str], *, known: Iterable[str]) -> None:
    """Refuse a pack that brings in a part that is not shipped."""
    mend = f"Use: {', '.join(known)}."
    _refuse(
        Problem(f"pack.parts {name[:60]!a}", "is not a part that is shipped.", mend)
        for name in parts
        if name not in known
    )


def refuse_twice_given(parts: Mapping[str, Raw]) -> None:
    """Refuse a pack that gives again what a part it brings in already gives."""
    seen: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for part, raw in parts.items():
        for key in ("numbers", "lists", "graphs"):
            for name in raw.get(key, {}):
                if (key, name) in seen:
                    reason = f"is given twice: in the part {seen[key, name]} and here."
                    mend = "Give it another name, or set a number's value in a profile."
                    problems.append(Problem(f"{key}.{name}", reason, mend))
                seen[key, name] = part
    _refuse(problems)


def refuse_bad_lists(lists: Mapping[str, Any], graphs: Mapping[str, Any]) -> None:
    """Refuse lists whose items have no key and name of their own, and graphs not made of nodes."""
    _refuse(
        (
            *(fault for name, items in lists.items() for fault in _list_faults(name, items)),
            *(
                Problem(f"graphs.{name}", "is not a list of nodes.", "Write [[graphs.name]] nodes.")
                for name, nodes in graphs.items()
                if not _is_tables(nodes)
            ),
        )
    )


def _is_tables(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(item, dict) for item in items)


def _list_faults(name: str, items: Any) -> Iterator[Problem]:
    if not _is_tables(items) or not items:
        yield Problem(f"lists.{name}", "is not a list of items.", "Write [[lists.name]] items.")
        return
    for place, item in enumerate(items):
        for key in ("key", "name"):
            if not isinstance(item.get(key), str) or not item[key]:
                yield Problem(f"lists.{name}[{place}].{key}", "is not given.", "Give it in quotes.")
    keys = [item.get("key") for item in items]
    for key in keys:
        if isinstance(key, str) and keys.count(key) > 1:
            yield Problem(f"lists.{name}", f"has {key!r} twice.", "Give each a key of its own.")


def refuse_bad_profile(
    over: Raw, base: Mapping[str, Any], *, pack: str, packs: Iterable[str]
) -> None:
    """Refuse a profile that names a number the pack has not, or changes more than its value."""
    _refuse(_under_faults(over, packs=packs))
    own = profile_numbers(over, pack)
    _refuse(p for name, item in own.items() for p in _own_faults(name, item, over, base, pack))


def _under_faults(over: Raw, *, packs: Iterable[str]) -> Iterator[Problem]:
    for name, under in over.get("under", {}).items():
        place = f"profile {over['name']}: under.{name}"
        if name not in packs:
            yield Problem(place, "is not a pack.", f"Use one of: {', '.join(packs)}.")
        if not isinstance(under, dict) or set(under) - {"numbers"}:
            yield Problem(place, "holds more than numbers.", "Give it only numbers.")


def profile_numbers(over: Raw, pack: str) -> Raw:
    """The numbers a profile sets over this pack: its own, and those for this pack alone."""
    under = over.get("under", {}).get(pack, {})
    own = under.get("numbers", {}) if isinstance(under, dict) else {}
    return {**over.get("numbers", {}), **(own if isinstance(own, dict) else {})}


def _own_faults(
    name: str, item: Any, over: Raw, base: Mapping[str, Any], pack: str
) -> Iterator[Problem]:
    place = f"profile {over['name']}: numbers.{name}"
    if name not in base:
        mend = "Name a number of the pack, or move it under the pack it belongs to."
        yield Problem(place, f"is not a number of {pack}.", mend)
    if not isinstance(item, dict):
        yield Problem(place, "is not a table.", "Give it source and values.")
        return
    for key in sorted(set(item) - _OWN_KEYS, key=str):
        mend = f"A profile gives only {', '.join(sorted(_OWN_KEYS))}."
        yield Problem(f"{place}.{key}", "may not be changed by a profile.", mend)


def refuse_bad_numbers(merged: Raw) -> None:
    """Refuse numbers without a unit or dates, out of range, or with gaps or overlaps in time."""
    _refuse(
        problem
        for name, item in merged["numbers"].items()
        for problem in _number_faults(_place(name, item), name, item)
    )


def refuse_bad_followers(declared: Mapping[str, Any]) -> None:
    """Refuse a number that would take its value from one that is not there, or is not alike."""
    _refuse(
        Problem(f"{_place(name, item)}.otherwise", f"{item['otherwise']!r} {fault}", mend)
        for name, item in declared.items()
        if "otherwise" in item and (fault := _follower_fault(item, declared))
        for mend in ["Name a number of the same unit that has values of its own."]
    )


def _follower_fault(item: Raw, declared: Mapping[str, Any]) -> str:
    other = declared.get(item["otherwise"]) if isinstance(item["otherwise"], str) else None
    if other is None:
        return "is not a number of this pack."
    if other["unit"] != item["unit"]:
        return f"is in {other['unit']}, not {item['unit']}."
    return "has another to follow." if "otherwise" in other else ""


def _place(name: str, item: Any) -> str:
    whose = item.get("profile") if isinstance(item, dict) else None
    return f"profile {whose}: numbers.{name}" if whose else f"numbers.{name}"


def _number_faults(place: str, name: str, item: Any) -> Iterator[Problem]:
    if not isinstance(item, dict):
        yield Problem(place, "is not a table.", "Give it unit, label, source and values.")
        return
    for key in sorted(set(item) - _NUMBER_KEYS - {"profile"}, key=str):
        yield Problem(f"{place}.{key}", "is an unknown key.", f"Use: {sorted(_NUMBER_KEYS)}.")
    unit = item.get("unit")
    if unit not in units.ALL:
        yield Problem(
            f"{place}.unit", f"{unit!r} is unknown.", f"Use one of: {', '.join(units.ALL)}."
        )
        return
    if name.endswith("_pence") != (unit in units.PENCE):
        mend = "A name ending _pence is an amount in pence, and only such a name."
        yield Problem(f"{place}.unit", f"{unit!r} does not suit this name.", mend)
    for key in ("label", "source"):
        if not isinstance(item.get(key), str) or not item.get(key):
            yield Problem(f"{place}.{key}", "is not given.", "Give it in quotes.")
    limits = list(_limit_faults(place, item, str(unit)))
    yield from limits
    if not limits:
        yield from _span_faults(place, item, str(unit))


def _limit_faults(place: str, item: Raw, unit: str) -> Iterator[Problem]:
    allowed = item.get("allowed", [])
    if not isinstance(allowed, list) or not all(isinstance(one, str) for one in allowed):
        yield Problem(f"{place}.allowed", "is not a list of words.", 'Write it as ["a", "b"].')
    for key in ("least", "most"):
        try:
            _bound(item.get(key), unit.removesuffix(" by level"))
        except ValueError as wrong:
            yield Problem(f"{place}.{key}", str(wrong))
    if not isinstance(item.get("because", ""), str):
        yield Problem(f"{place}.because", "is not words.", "Write it in quotes.")
    if item.get("dated_by", "day") not in ("day", "birth"):
        mend = "Use birth where its dates are dates of birth, or leave it out."
        yield Problem(f"{place}.dated_by", "is neither day nor birth.", mend)
    for key in ("confirmed", "may_be_none"):
        if not isinstance(item.get(key, True), bool):
            yield Problem(f"{place}.{key}", "is not true or false.")


def _span_faults(place: str, item: Raw, unit: str) -> Iterator[Problem]:
    spans = item.get("values")
    if not isinstance(spans, list) or not all(isinstance(s, dict) for s in spans):
        yield Problem(f"{place}.values", "is not a list of dated values.",
                      "Write it as [{ from = 2026-04-06, value = 1200 }].")  # fmt: skip
        return
    faults = [p for i, s in enumerate(spans) for p in _one_span(f"{place}.values[{i}]", s, unit)]
    yield from faults
    if faults:
        return
    for i, span in enumerate(spans):
        try:
            in_range_of(item, numbers.whole(span["value"], unit), unit)
        except ValueError as wrong:
            yield Problem(f"{place}.values[{i}]", str(wrong))
    yield from _date_faults(place, spans)


def _one_span(place: str, span: Raw, unit: str) -> Iterator[Problem]:
    for key in sorted(set(span) - _SPAN_KEYS, key=str):
        yield Problem(f"{place}.{key}", "is an unknown key.", f"Use: {sorted(_SPAN_KEYS)}.")
    for key in ("from", "to"):
        if (key in span and type(span[key]) is not date) or (key == "from" and key not in span):
            yield Problem(f"{place}.{key}", "is not a date.", "Write it as 2026-04-06.")
    if not isinstance(span.get("confirmed", True), bool):
        yield Problem(f"{place}.confirmed", "is not true or false.")
    if "value" not in span:
        yield Problem(f"{place}.value", "is not given.")
        return
    try:
        numbers.whole(span["value"], unit)
    except (ValueError, TypeError) as wrong:
        yield Problem(f"{place}.value", str(wrong))


def _date_faults(place: str, spans: list[Raw]) -> Iterator[Problem]:
    for i, span in enumerate(spans):
        if "to" in span and span["to"] <= span["from"]:
            yield Problem(f"{place}.values[{i}]", "ends before it starts.", "Put from before to.")
    for i, (one, after) in enumerate(itertools.pairwise(spans), start=1):
        if "to" not in one or one["to"] > after["from"]:
            yield Problem(f"{place}.values[{i}]", "overlaps the one before.",
                          f"End the one before with to = {after['from']}.")  # fmt: skip
        elif one["to"] < after["from"]:
            yield Problem(f"{place}.values[{i}]", f"leaves a gap from {one['to']}.",
                          f"Start it on {one['to']}, or end the one before later.")  # fmt: skip


def in_range_of(item: Mapping[str, Any], value: Value, unit: str) -> None:
    """Refuse a value outside what the pack allows for this number.

    Raises:
        ValueError: saying why, and what is allowed.
    """
    because = f" {item['because']}" if item.get("because") else ""
    if "allowed" in item and value not in item["allowed"]:
        raise ValueError(f"must be {' or '.join(item['allowed'])}.{because}")
    if value == numbers.MOST and not item.get("may_be_none"):
        raise ValueError("may not be none. Give an amount.")
    single = value if isinstance(value, tuple) and unit in units.TABLES else (value,)
    for one in single:
        _refuse_out_of_range(item, one, unit, because)


def _refuse_out_of_range(item: Mapping[str, Any], value: object, unit: str, because: str) -> None:
    unit = unit.removesuffix(" by level")
    if isinstance(value, int):
        least, most = (_bound(item.get(key), unit) for key in ("least", "most"))
        if (least is not None and value < least) or (most is not None and value > most):
            said = [f"{k} {item[k]}" for k in ("least", "most") if k in item]
            raise ValueError(f"is out of range: {', '.join(said)}.{because}")


def _bound(raw: object, unit: str) -> int | None:
    value = None if raw is None else numbers.whole(raw, unit)
    return value if isinstance(value, int) else None


def refuse_bad_graphs(built: Mapping[str, Graph], declared: Mapping[str, Any]) -> None:
    """Refuse graphs that read unknown numbers, mix units, or have words that fill in nothing."""
    _refuse(problem for graph in built.values() for problem in graphs.faults(graph, declared))


def refuse_bad_exceptions(exceptions: Any, built: Mapping[str, Graph]) -> None:
    """Refuse an exception that nobody signed, or of something that is not there."""
    if not _is_tables(exceptions):
        _refuse([Problem("exceptions", "is not a list.", "Write [[exceptions]] tables.")])
    _refuse(
        Problem(f"exceptions[{place}].{key}", reason, mend)
        for place, one in enumerate(exceptions)
        for key, reason, mend in _exception_faults(one, built)
    )


def _exception_faults(one: Raw, built: Mapping[str, Graph]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(one) - set(_EXCEPTION_KEYS), key=str):
        yield str(key), "is an unknown key.", f"Use: {', '.join(_EXCEPTION_KEYS)}."
    for key in _EXCEPTION_KEYS[:-1]:
        if not isinstance(one.get(key), str) or not one[key].strip():
            yield key, "is not given.", "Give it in quotes."
    if type(one.get("signed_on")) is not date:
        yield "signed_on", "is not a date.", "Write it as 2026-04-06."
    if one.get("claim") not in EXCEPTED:
        yield "claim", f"is {one.get('claim')!r}.", f"Use one of: {', '.join(EXCEPTED)}."
    graph = built.get(one["graph"]) if isinstance(one.get("graph"), str) else None
    if graph is None:
        yield "graph", "is not a run of this pack.", "Name it as `ownway policy prove` does."
    elif one.get("input") not in {n for i in graph.inputs for n in (i.name, i.name.split(".")[0])}:
        yield "input", f"is not an input of {one['graph']}.", "Name one the proof names."
