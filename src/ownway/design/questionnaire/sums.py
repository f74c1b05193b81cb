"""Totals: the few shapes of FHIRPath that only add up the weights of answers.

Taken: `%resource.item[.where(linkId = 'a' or linkId = 'b')].answer.weight().sum()`, the same with
`!=` and `and`, with `descendants()` for `item`, with `ordinal()` for `weight()`; and a sum of
variables that each hold one question's weight, with or without a test that all exist.
"""

import re
from collections.abc import Mapping, Sequence

from ownway.design.questionnaire.model import SumOfWeights

_STRING = r"'(?:[^'\\]|\\.)*'"
_WHERE = re.compile(
    r"%(?:resource|questionnaireresponse)\.(?P<reach>item|descendants\(\))"
    r"(?:\.where\((?P<where>[^()]*)\))?"
    r"\.answer\.(?:weight|ordinal)\(\)(?P<sum>\.sum\(\))?"
)
_LOOKED_UP = re.compile(
    rf"%questionnaire\.item\.where\(linkId=(?P<id>{_STRING})\)\.answerOption"
    rf"\.where\(valueCoding\.code=%resource\.item\.where\(linkId=(?P=id)\)\.answer\.valueCoding\.code\)"
    rf"\.extension\.where\(url='http://hl7\.org/fhir/StructureDefinition/"
    rf"(?:itemWeight|ordinalValue)'\)\.valueDecimal"
)
_PLUS = r"%\w+(?:\+%\w+)*"
_WHEN_ALL = re.compile(
    rf"iif\((?P<test>%\w+\.exists\(\)(?:and%\w+\.exists\(\))*),(?P<sum>{_PLUS}),\{{\}}\)"
)
_TEST = re.compile(rf"linkId(?P<sign>!=|=)(?P<id>{_STRING})")


def read_sum(
    expression: str,
    variables: Mapping[str, str],
    *,
    top: Sequence[str],
    every: Sequence[str],
) -> SumOfWeights | None:
    """The total this expression asks for, or None when it is anything but a sum of weights.

    `top` are the link ids of the form's outermost items and `every` of all, in order.
    """
    tight = _without_spaces(expression)
    if match := _WHERE.fullmatch(tight):
        within = top if match["reach"] == "item" else every
        chosen = _chosen(match["where"], within) if match["sum"] else None
        return SumOfWeights(chosen) if chosen else None
    added = _added(tight)
    if added is None:
        return None
    link_ids = [_one_weight(variables.get(name, ""), every) for name in added]
    if len(set(added)) < len(added) or not all(link_ids):
        return None
    return SumOfWeights(tuple(link_id for link_id in link_ids if link_id), needs_all=True)


def variables_of(expression: str) -> frozenset[str]:
    """The names of the variables that an expression uses."""
    return frozenset(re.findall(r"%(\w+)", expression))


def _without_spaces(expression: str) -> str:
    parts = re.split(f"({_STRING})", expression)
    return "".join(
        part if number % 2 else re.sub(r"\s+", "", part) for number, part in enumerate(parts)
    )


def _added(tight: str) -> tuple[str, ...] | None:
    if re.fullmatch(_PLUS, tight):
        return tuple(re.findall(r"%(\w+)", tight))
    match = _WHEN_ALL.fullmatch(tight)
    if not match:
        return None
    tested, added = (re.findall(r"%(\w+)", match[part]) for part in ("test", "sum"))
    return tuple(added) if sorted(tested) == sorted(added) else None


def _one_weight(expression: str, every: Sequence[str]) -> str | None:
    tight = _without_spaces(expression)
    if match := _LOOKED_UP.fullmatch(tight):
        return _unquoted(match["id"])
    match = _WHERE.fullmatch(tight)
    chosen = _chosen(match["where"], every) if match and match["where"] else ()
    return chosen[0] if chosen and len(chosen) == 1 else None


def _chosen(where: str | None, within: Sequence[str]) -> tuple[str, ...] | None:
    if not where:
        return tuple(within)
    tests = list(_TEST.finditer(where))
    signs = {test["sign"] for test in tests}
    word = "or" if signs == {"="} else "and"
    if len(signs) != 1 or where != word.join(test.group() for test in tests):
        return None
    named = {_unquoted(test["id"]) for test in tests}
    if not named <= set(within):
        return None
    keep_named = signs == {"="}
    return tuple(link_id for link_id in within if (link_id in named) == keep_named)


def _unquoted(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])
