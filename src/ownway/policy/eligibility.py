"""Who has eligible needs, with a reason for every criterion, met or not.

Source: Fair Access to Care Services bands (facs-2010); SI 2015/313 regs 2 and 3 (careact-2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, units, words
from ownway.policy.decision import Decision, Row
from ownway.policy.facts import Choice, Fact, Flag, Group, Settings, Some, Words
from ownway.policy.packs import Pack

_TOP: dict[str, Fact] = {
    "who": Choice("whose needs these are", ("adult", "carer")),
    "called": Words("the name to use in the sentences", most=100),
    "settings": Settings(),
}


def decide(given: Mapping[str, Any], pack: Pack) -> Decision:
    """Decide whether needs are eligible under this pack.

    Raises:
        FactsMissing: a judgement has not been made yet.
        FactsRefused: a fact cannot be right.
    """
    who = words.who(given, ("adult", "carer"))
    known = facts.read(fields(pack, who), given)
    pack = pack.with_settings(known.get("settings", {}))
    rule = _RULES[(pack.word("eligibility_rule"), who)]
    return rule(known, pack)


def fields(pack: Pack, who: str) -> Group:
    """The facts this pack decides eligibility from."""
    own = _FIELDS[(pack.word("eligibility_rule"), who)](pack)
    return Group(f"facts for the eligibility of {'a carer' if who == 'carer' else 'an adult'}",
                 {**_TOP, **own})  # fmt: skip


def _keys(pack: Pack, name: str) -> tuple[str, ...]:
    return tuple(item["key"] for item in pack.lists[name])


# -- Fair Access to Care Services ------------------------------------------------------------


def _facs_adult_fields(pack: Pack) -> dict[str, Fact]:
    return {
        "risks": Some(
            "the risks found, if nothing is done; [] for none", _keys(pack, "risks")
        ),
        "risks_not_known": Some("risks not judged yet", _keys(pack, "risks")),
    }


def _facs_adult(known: dict[str, Any], pack: Pack) -> Decision:
    facts.require(
        known, [("risks", "is not known yet. List the risks found, or [] for none.")]
    )
    facts.refuse_missing(
        (f"risks.{key}", "has not been judged yet.")
        for key in known.get("risks_not_known", ())
    )
    inputs = {f"risk.{key}": int(key in known["risks"]) for key in _keys(pack, "risks")}
    graph = pack.graph("eligible_adult")
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    rows = tuple(_risk_rows(pack, values))
    return _banded(known, pack, values, graph="eligible_adult", rows={"risks": rows})


def _risk_rows(pack: Pack, values: Mapping[str, int]) -> Iterator[Row]:
    for item in pack.lists["risks"]:
        met = values[f"risk.{item['key']}"]
        band = units.BANDS[item["band"]]
        yield Row(item["key"], item["name"], "Yes" if met else "No", met, band)


def _facs_carer_fields(pack: Pack) -> dict[str, Fact]:
    band = Choice("the risk here to going on as a carer", units.BANDS)
    return {
        "regular_and_substantial": Flag("gives regular and substantial care"),
        "areas": Group(
            "the four areas", dict.fromkeys(_keys(pack, "carer_areas"), band)
        ),
    }


def _facs_carer(known: dict[str, Any], pack: Pack) -> Decision:
    areas = _keys(pack, "carer_areas")
    wanted = ["regular_and_substantial", *(f"areas.{key}" for key in areas)]
    facts.require(known, [(path, "has not been judged yet.") for path in wanted])
    inputs = {f"area.{key}": units.BANDS.index(known["areas"][key]) for key in areas}
    inputs["regular_and_substantial"] = int(known["regular_and_substantial"])
    graph = pack.graph("eligible_carer")
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    rows = tuple(_area_rows(pack, values))
    return _banded(known, pack, values, graph="eligible_carer", rows={"areas": rows})


def _area_rows(pack: Pack, values: Mapping[str, int]) -> Iterator[Row]:
    for item in pack.lists["carer_areas"]:
        band = values[f"area.{item['key']}"]
        yield Row(item["key"], item["name"], units.BANDS[band], band, units.BANDS[band])


def _banded(
    known: dict[str, Any], pack: Pack, values: Mapping[str, int], *, graph: str,
    rows: dict[str, tuple[Row, ...]],
) -> Decision:  # fmt: skip
    eligible = bool(values["eligible"])
    result = {
        "who": known["who"],
        "eligible": eligible,
        "band": units.BANDS[values["band"]],
        "threshold": units.BANDS[values["threshold"]],
        "eligible_bands": list(units.BANDS[: values["threshold"] - 1 : -1]),
        "route": "budget" if eligible else "prevention",
        "reasons": [
            {
                "criterion": row.key,
                "label": row.label,
                "band": row.shown,
                "met": bool(row.value),
            }
            for table in rows.values()
            for row in table
        ],
    }
    if "regular_and_substantial" in values:
        met = bool(values["regular_and_substantial"])
        label = "Gives regular and substantial care"
        result["reasons"].insert(
            0, {"criterion": "regular_and_substantial", "label": label, "met": met}
        )  # type: ignore[attr-defined]
    return _decided(result, known, pack, values, graph=graph, rows=rows)


def _decided(
    result: dict[str, Any], known: dict[str, Any], pack: Pack, values: Mapping[str, int], *,
    graph: str, rows: dict[str, tuple[Row, ...]],
) -> Decision:  # fmt: skip
    whole = pack.graph(graph)
    steps = deciding.explain(
        whole, values, pack=pack, words=words.forms(known), rows=rows
    )
    return deciding.decided(
        "eligibility", result=result, steps=steps, graph=whole, values=values, facts=known,
        pack=pack,
    )  # fmt: skip


_FIELDS: dict[tuple[str, str], Callable[[Pack], dict[str, Fact]]] = {
    ("facs", "adult"): _facs_adult_fields,
    ("facs", "carer"): _facs_carer_fields,
}
_RULES: dict[tuple[str, str], Callable[[dict[str, Any], Pack], Decision]] = {
    ("facs", "adult"): _facs_adult,
    ("facs", "carer"): _facs_carer,
}
