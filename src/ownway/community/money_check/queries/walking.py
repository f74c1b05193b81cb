"""From what was said so far to the next question, or to the answer. Nothing is kept anywhere.

The rules themselves say what they still need. The way is walked anew each time, so that a changed
answer drops the questions that no longer belong, and keeps what was typed for those that do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ownway.community.money_check.queries import catalogue
from ownway.community.money_check.queries.catalogue import NOBODY, Question
from ownway.policy import charging
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack
from ownway.policy.refusals import FactsMissing, FactsRefused

Said = Mapping[str, Any]
UNKNOWN_PRICE = 10**8
"""A million pounds a week stands for a price that is not known, so that it never is the least."""
MOST_QUESTIONS = 60
PRICES = ("budget_pence", "direct_care_pence")

EVERY = {
    "week": ("a week", 1, 1),
    "two_weeks": ("every two weeks", 1, 2),
    "four_weeks": ("every four weeks", 1, 4),
    "month": ("a month", 12, 52),
    "year": ("a year", 1, 52),
}
# What the rules can use and do not insist on: the input of the sum, and the fact behind it.
ALSO = {
    "children": "children",
    "passed": "passed_to_partner_pence",
    "nursing": "nursing_care",
}


@dataclass(frozen=True)
class Walk:
    """How far somebody has come: the questions answered, and what is next.

    Just one of `question`, `decision`, `unknown` and `refused` is there.
    """

    path: tuple[tuple[Question, Any], ...]
    question: Question | None = None
    decision: Decision | None = None
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def walk(said: Said, pack: Pack) -> Walk:
    """Walk the way of these answers as far as they reach."""
    path: list[tuple[Question, Any]] = []
    known: dict[str, Any] = {}
    for _ in range(MOST_QUESTIONS):
        try:
            worked = charging.decide(_any_price(known) | _facts(known, pack), pack)
        except FactsMissing as missing:
            found = _missing(missing, known, pack)
        except FactsRefused as wrong:
            return Walk(tuple(path), refused=tuple(str(p.place) for p in wrong.problems))
        else:
            found = _also(worked, known)
            if not found:
                return Walk(tuple(path), decision=worked)
        if unknown := tuple(name for name in found if name.startswith("settings.")):
            return Walk(tuple(path), unknown=unknown)
        asked = _first(found, known, pack)
        if asked is None:
            return Walk(tuple(path), refused=tuple(found))
        if asked.key not in said:
            return Walk(tuple(path), question=asked)
        known[asked.key] = said[asked.key]
        path.append((asked, said[asked.key]))
    return Walk(tuple(path), refused=("too many questions",))


def _any_price(known: Said) -> dict[str, int]:
    """The price is asked last, and only where it matters: until then it stands as not known."""
    return dict.fromkeys(PRICES, UNKNOWN_PRICE) if "who" in known else {}


def _missing(missing: FactsMissing, known: Said, pack: Pack) -> list[str]:
    """What the rules ask for, and first of all whether the law makes it free.

    Whoever says what they have saved says first whether some of it is shared.
    """
    names = list(missing.names)
    if "capital_pence" in names and "household" not in known:
        names.append("household")
    offered = charging.fields(pack).fields
    if known.get("who") == "person" and "free_because" in offered and "free_because" not in known:
        return ["free_because"]
    return names


def _also(worked: Decision, known: Said) -> list[str]:
    """Facts the sum can use that nobody has asked for yet."""
    if worked.result["is_free"]:
        return []
    inputs = {node.name for node in worked.trace if node.kind == "input"}
    also = [fact for name, fact in ALSO.items() if name in inputs]
    also = [fact for fact in also if _fits(fact, known)]
    price = PRICES[1] if worked.facts.get("setting") == "reablement" else PRICES[0]
    return [fact for fact in (*also, price) if fact not in known]


def _fits(fact: str, known: Said) -> bool:
    """Whether a fact can be so for somebody: a partner to pass money to, a home with a nurse."""
    if fact == "passed_to_partner_pence":
        return bool(known.get("household") == "couple")
    return fact != "nursing_care" or bool(known.get("setting") == "care_home")


def _first(names: list[str], known: Said, pack: Pack) -> Question | None:
    """The best one to ask now, of those that were not asked yet."""
    keys = sorted(dict.fromkeys(map(_key, names)), key=catalogue.place_of)
    left = [key for key in keys if key not in known]
    return (
        catalogue.question(left[0], pack, setting=str(known.get("setting", ""))) if left else None
    )


def _key(name: str) -> str:
    return "income_pence" if name in ("income", "income_pence") else name


# -- From what was said to facts ------------------------------------------------------------------


def _facts(known: Said, pack: Pack) -> dict[str, Any]:
    """The facts of the rules, of which each is exactly what somebody said."""
    facts: dict[str, Any] = {"called": "you"} if "who" in known else {}
    for key, value in known.items():
        if key == "income_pence":
            facts["income"] = dict(_income(value, known, pack))
        elif not key.startswith("income."):
            asked = catalogue.question(key, pack, setting=str(known.get("setting", "")))
            if (fact := fact_of(asked, value)) is not None:
                facts[key] = fact
    return facts


def _income(chosen: Any, known: Said, pack: Pack) -> Iterator[tuple[str, int | None]]:
    """Each kind that counts, with its amount once it is said; what does not count is not asked."""
    counted = catalogue.counted(pack)
    for name in chosen:
        if name in counted:
            key = f"income.{name}_pence"
            yield (
                f"{name}_pence",
                weekly_pence(known[key], counts="income") if key in known else None,
            )


def fact_of(asked: Question, value: Any) -> Any:
    """One answer as a fact; None where it says nothing that the rules would want to know."""
    if asked.kind == "yes_no":
        return value == "yes"
    if asked.kind == "date":
        return str(value)
    if asked.kind == "choice":
        return None if value == NOBODY else value
    if asked.kind == "many":
        return [one for one in value if one != NOBODY]
    if asked.kind == "weekly":
        return weekly_pence(value, counts=asked.counts)
    return int(value)


def weekly_pence(value: Mapping[str, Any], *, counts: str) -> int:
    """An amount as pence a week; a part of a penny goes in the person's favour.

    Source: SI 2014/2672: fractions of a penny in favour of the person.
    """
    if value["pence"] is None:
        return UNKNOWN_PRICE
    _, times, by = EVERY[value["every"]]
    whole = int(value["pence"]) * times
    return whole // by if counts == "income" else -(-whole // by)
