"""Which numbers of the rules the chosen methods reach, and which of those nobody knows yet."""

from collections.abc import Iterator

from ownway.policy import proving
from ownway.policy.graph import Graph
from ownway.policy.numbers import Number, goes_by_birth
from ownway.policy.packs import Pack

_RESULTS = ("weekly", "charge", "eligible")
_ON_INCOME_ONLY = "protected_income"


def in_use(pack: Pack) -> set[str]:
    """The numbers that the chosen methods of budgets, charges and eligibility read."""
    return {
        name
        for graph in _graphs(pack)
        for node in graph.nodes
        for name in filter(None, node.numbers)
    }


def unknown(pack: Pack) -> list[Number]:
    """Numbers the chosen methods need that have no value on the day the rules are for.

    Needed is what a step reads whoever it is about, and a rate for some people that has run out.
    One for some people that no pack ever held is asked for by name in their own sum. Those that go
    by when somebody was born are known only for a person, so they are not counted.
    """
    used, always = in_use(pack), _always_read(pack)
    return [
        number
        for number in pack.numbers.values()
        if number.name in used
        and number.value is None
        and not goes_by_birth(number.limits)
        and (number.name in always or _has_run_out(number, pack))
    ]


def _always_read(pack: Pack) -> set[str]:
    """Numbers of steps none of whose numbers has a value, so that no choice among them helps."""
    return {
        name
        for graph in _graphs(pack)
        for node in graph.nodes
        if not any(not name or pack.numbers[name].value is not None for name in node.numbers)
        for name in node.numbers
    }


def _has_run_out(number: Number, pack: Pack) -> bool:
    spans = number.limits.get("values", ())
    return any("to" in span and span["to"] <= pack.on for span in spans)


def _graphs(pack: Pack) -> Iterator[Graph]:
    for graph in proving.in_use(pack):
        if "charge" in graph.by_name:
            if _is_chosen(graph.name, pack):
                yield graph
        elif any(result in graph.by_name for result in _RESULTS):
            yield graph


def _is_chosen(charge: str, pack: Pack) -> bool:
    """Whether the method of charging may use a graph: steps of another method begin with its name.

    Over income alone nobody is looked at as in a care home, so no part the NHS pays is asked for.
    """
    chosen = pack.word("charging_method")
    if chosen == _ON_INCOME_ONLY:
        return charge in (chosen, "free")
    others = set(pack.number("charging_method").limits["allowed"]) - {chosen}
    return not any(part.startswith(other) for part in charge.split(", then ") for other in others)
