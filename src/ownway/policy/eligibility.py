"""Who has eligible needs, with a reason for every criterion, met or not.

Source: Fair Access to Care Services bands (facs-2010); SI 2015/313 regs 2 and 3 (careact-2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ownway.policy import decision as deciding
from ownway.policy import facts, interpret, units, words
from ownway.policy.decision import Decision, Row, Table
from ownway.policy.facts import Choice, Fact, Flag, Group, Settings, Some, Words
from ownway.policy.graph import Graph
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

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
        "risks": Some("the risks found, if nothing is done; [] for none", _keys(pack, "risks")),
        "risks_not_known": Some("risks not judged yet", _keys(pack, "risks")),
        "risks_met": Some(
            "of the risks found, those that somebody willing keeps away now", _keys(pack, "risks")
        ),
    }


def _facs_adult(known: dict[str, Any], pack: Pack) -> Decision:
    facts.require(known, [("risks", "is not known yet. List the risks found, or [] for none.")])
    facts.refuse_missing(
        (f"risks.{key}", "has not been judged yet.") for key in known.get("risks_not_known", ())
    )
    facts.refuse(
        Problem(
            f"risks_met.{key}", "is not among the risks found.", "Take it out, or add the risk."
        )
        for key in known.get("risks_met", ())
        if key not in known["risks"]
    )
    inputs = {f"risk.{key}": int(key in known["risks"]) for key in _keys(pack, "risks")}
    graph = pack.graph("eligible_adult")
    values = interpret.run(graph, inputs=inputs, numbers=pack.numbers)
    rows = tuple(_risk_rows(pack, values))
    decision = _banded(known, pack, values, graph="eligible_adult", rows={"risks": rows})
    decision.result["needs_left"] = _needs_left(decision.result, known)
    return decision


def _needs_left(result: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    """Eligible needs that nobody willing meets now: those the council must meet.

    Source: Fair Access to Care Services: the need is judged first, and the help only then.
    """
    met = known.get("risks_met", ())
    return [
        one["criterion"]
        for one in result["reasons"]
        if one["counts"] and one["criterion"] not in met
    ]


def _risk_rows(pack: Pack, values: Mapping[str, int]) -> Iterator[Row]:
    for item in pack.lists["risks"]:
        met = values[f"risk.{item['key']}"]
        band = units.BANDS[item["band"]]
        yield Row(item["key"], item["name"], "Yes" if met else "No", met, band)


def _facs_carer_fields(pack: Pack) -> dict[str, Fact]:
    band = Choice("the risk here to going on as a carer", units.BANDS)
    return {
        "regular_and_substantial": Flag("gives regular and substantial care"),
        "areas": Group("the four areas", dict.fromkeys(_keys(pack, "carer_areas"), band)),
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
    result: dict[str, Any] = {
        "who": known["who"],
        "eligible": eligible,
        "band": units.BANDS[values["band"]],
        "threshold": units.BANDS[values["threshold"]],
        "eligible_bands": list(units.BANDS[: values["threshold"] - 1 : -1]),
        "route": "budget" if eligible else "prevention",
        "reasons": _banded_reasons(rows, threshold=values["threshold"]),
    }
    if "regular_and_substantial" in values:
        met = bool(values["regular_and_substantial"])
        label = "Gives regular and substantial care"
        result["reasons"].insert(
            0, {"criterion": "regular_and_substantial", "label": label, "met": met}
        )
    return _decided(result, known, pack, values, graph=graph, rows=rows)


def _judged(whole: Graph, values: Mapping[str, int]) -> list[dict[str, Any]]:
    """The yes-or-no judgements a decision rests on, each met or not."""
    return [
        {"criterion": node.name, "label": node.label, "met": bool(values[node.name])}
        for node in whole.inputs
        if node.show == "always"
    ]


def _banded_reasons(rows: Mapping[str, tuple[Row, ...]], *, threshold: int) -> list[dict[str, Any]]:
    """Each risk: whether it was found, its band, and whether that band counts here."""
    return [
        {
            "criterion": row.key,
            "label": row.label,
            "band": row.shown,
            "met": bool(row.value),
            "counts": bool(row.value) and units.BANDS.index(row.shown) >= threshold,
        }
        for table in rows.values()
        for row in table
    ]


# -- Care Act 2014 ------------------------------------------------------------------------------

LIMBS = {"L1": "needs_help", "L2": "distress", "L3": "danger", "L4": "slow"}
"""How someone is unable: L1 needs help, L2 pain or distress, L3 danger, L4 takes much longer."""

_UNABLE = "how the person is unable: L1 needs help, L2 distress, L3 danger, L4 much slower; [] able"
WELLBEING = (
    "dignity", "health", "protection", "control", "work", "social_and_economic", "relationships",
    "accommodation", "contribution",
)  # fmt: skip


def _care_act_fields(pack: Pack, name: str) -> dict[str, Fact]:
    limbs = Some(_UNABLE, tuple(LIMBS))
    return {
        "outcomes": Group("every outcome", dict.fromkeys(_keys(pack, name), limbs)),
        "significant_impact": Flag("this has, or will likely have, a big effect on wellbeing"),
        "wellbeing": Some("the areas of wellbeing it affects", WELLBEING),
        "evidence": Group(
            "what shows it, outcome by outcome; kept, and not used to decide",
            dict.fromkeys(_keys(pack, name), Words("what was seen or said", most=2000)),
        ),
    }


def _care_act_adult_fields(pack: Pack) -> dict[str, Fact]:
    return {
        "needs_from_impairment": Flag("needs come from a physical or mental impairment or illness"),
        **_care_act_fields(pack, "outcomes"),
        "help_now": Words("who helps now; kept, and not used to decide", most=2000),
    }


def _care_act_carer_fields(pack: Pack) -> dict[str, Fact]:
    return {
        "necessary_care": Flag("gives necessary care to an adult"),
        "health_at_risk": Flag("physical or mental health is, or may be, getting worse"),
        **_care_act_fields(pack, "carer_outcomes"),
    }


def _care_act_adult(known: dict[str, Any], pack: Pack) -> Decision:
    judged = {"cause": "needs_from_impairment", "significant": "significant_impact"}
    return _care_act(known, pack, judged=judged, outcomes="outcomes", graph="eligible_adult")


def _care_act_carer(known: dict[str, Any], pack: Pack) -> Decision:
    judged = {
        "necessary": "necessary_care",
        "health_at_risk": "health_at_risk",
        "significant": "significant_impact",
    }
    return _care_act(known, pack, judged=judged, outcomes="carer_outcomes", graph="eligible_carer")


def _care_act(
    known: dict[str, Any], pack: Pack, *, judged: Mapping[str, str], outcomes: str, graph: str
) -> Decision:
    keys = _keys(pack, outcomes)
    wanted = (*judged.values(), *(f"outcomes.{key}" for key in keys))
    facts.require(known, [(path, "has not been judged yet.") for path in wanted])
    whole = pack.graph(graph)
    inputs = {name: int(known[path]) for name, path in judged.items()}
    for limb, name in LIMBS.items():
        named = {f"{name}.{key}": int(limb in known["outcomes"][key]) for key in keys}
        inputs |= {name: flag for name, flag in named.items() if name in whole.by_name}
    values = interpret.run(whole, inputs=inputs, numbers=pack.numbers)
    rows = {"outcomes": tuple(_outcome_rows(known, pack, values, outcomes))}
    result = _care_act_result(known, values, rows["outcomes"], whole=pack.graph(graph))
    return _decided(result, known, pack, values, graph=graph, rows=rows)


def _outcome_rows(
    known: Mapping[str, Any], pack: Pack, values: Mapping[str, int], outcomes: str
) -> Iterator[Row]:
    for item in pack.lists[outcomes]:
        limbs = known["outcomes"][item["key"]]
        unable = values[f"unable.{item['key']}"]
        said = "; ".join(_LIMB_WORDS[limb] for limb in limbs) or "Can do this"
        yield Row(item["key"], item["name"], said, unable, "Counts" if unable else "Does not count")


_LIMB_WORDS = {
    "L1": "Needs help, or a reminder",
    "L2": "Only with pain, distress or worry",
    "L3": "Someone may be hurt",
    "L4": "Takes much longer",
}


def _care_act_result(
    known: Mapping[str, Any], values: Mapping[str, int], rows: tuple[Row, ...], *, whole: Graph
) -> dict[str, Any]:
    eligible = bool(values["eligible"])
    outcomes = [
        {"criterion": row.key, "label": row.label, "met": bool(row.value), "because": row.said}
        for row in rows
    ]
    return {
        "who": known["who"],
        "eligible": eligible,
        "outcomes_unable": values["unable_count"],
        "outcomes_needed": values["wanted"],
        "route": "budget" if eligible else "prevention",
        "wellbeing": list(known.get("wellbeing", ())),
        "reasons": [*_judged(whole, values), *outcomes],
    }


def _decided(
    result: dict[str, Any], known: dict[str, Any], pack: Pack, values: Mapping[str, int], *,
    graph: str, rows: dict[str, tuple[Row, ...]],
) -> Decision:  # fmt: skip
    whole = pack.graph(graph)
    tables = {name: Table(listed) for name, listed in rows.items()}
    steps = deciding.explain(whole, values, pack=pack, words=words.forms(known), tables=tables)
    return deciding.decided(
        "eligibility", result=result, steps=steps, graph=whole, values=values, facts=known,
        pack=pack,
    )  # fmt: skip


_FIELDS: dict[tuple[str, str], Callable[[Pack], dict[str, Fact]]] = {
    ("facs", "adult"): _facs_adult_fields,
    ("facs", "carer"): _facs_carer_fields,
    ("care_act", "adult"): _care_act_adult_fields,
    ("care_act", "carer"): _care_act_carer_fields,
}
_RULES: dict[tuple[str, str], Callable[[dict[str, Any], Pack], Decision]] = {
    ("facs", "adult"): _facs_adult,
    ("facs", "carer"): _facs_carer,
    ("care_act", "adult"): _care_act_adult,
    ("care_act", "carer"): _care_act_carer,
}
