"""The plain question behind each fact that the charging rules may ask for."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ownway.policy import charging, facts
from ownway.policy.packs import Pack

WORDS = Path(__file__).parent.parent / "questions.toml"
DISABILITY_BENEFIT = "disability_benefit"
NOBODY = "none"
YES_NO = (("yes", "Yes", ""), ("no", "No", ""))


@dataclass(frozen=True)
class Question:
    """One question as it is asked: its key, its words, and the answers it may have.

    `counts` says what a weekly amount is: income, a cost, or the price of the support.
    """

    key: str
    kind: str
    title: str
    short: str
    hint: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    counts: str = ""
    may_be_unknown: bool = False
    least: int = 0
    most: int = 130

    def said(self, value: str) -> str:
        """The words of a choice."""
        return next((words for key, words, _ in self.choices if key == value), value)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text("utf-8"))


def income_words() -> dict[str, str]:
    """The plain name of each kind of income."""
    return dict(_words()["income_kinds"])


def order() -> tuple[str, ...]:
    """Every key in the order questions are best asked."""
    keys = (key.split("@")[0] for key in _words()["questions"])
    return tuple(dict.fromkeys(keys))


def place_of(key: str) -> int:
    """Where a key stands in that order; what has no words of its own comes before the price."""
    keys = order()
    written = key if key in keys else f"{key.split('.')[0]}."
    return keys.index(written) if written in keys else len(keys) - 3


def question(key: str, pack: Pack, *, setting: str = "") -> Question:
    """The question behind a fact; one with no words of its own is asked in the rules' words."""
    found = _words()["questions"]
    if key.startswith("income."):
        return _of_income(key, found["income."], pack)
    written = found.get(f"{key}@{setting}") or found.get(key)
    if written is None:
        return _from_the_rules(key, pack)
    asked = _written(key, written)
    if key == "income_pence":
        return replace(asked, choices=(*kinds(pack), (NOBODY, "None of these", "")))
    return _in_bounds(_offered(asked, pack), pack)


def _written(key: str, written: Mapping[str, Any]) -> Question:
    known = {k: v for k, v in written.items() if k not in ("choices", "none", "nobody")}
    choices = [tuple(one) for one in written.get("choices", ())]
    if written["kind"] == "yes_no":
        choices = list(YES_NO)
    if written.get("none"):
        choices.append((NOBODY, written["none"], ""))
    elif written["kind"] == "many":
        choices.append((NOBODY, written.get("nobody", "None of these"), ""))
    return Question(key=key, **known, choices=tuple(choices))


def _offered(asked: Question, pack: Pack) -> Question:
    """Only the answers that these rules know; one without words here is said in theirs."""
    fact = charging.fields(pack).fields.get(asked.key)
    if not isinstance(fact, facts.Choice | facts.Some):
        return asked
    named = {key for key, _, _ in asked.choices}
    kept = [c for c in asked.choices if c[0] in fact.options or c[0] == NOBODY]
    more = [(one, _plain(one), "") for one in fact.options if one not in named]
    more = more if asked.key != "free_because" else []
    ends = [c for c in kept if c[0] == NOBODY]
    return replace(asked, choices=tuple([c for c in kept if c[0] != NOBODY] + more + ends))


def _in_bounds(asked: Question, pack: Pack) -> Question:
    fact = charging.fields(pack).fields.get(asked.key)
    if asked.kind == "number" and isinstance(fact, facts.Whole):
        return replace(asked, least=fact.least, most=fact.most)
    return asked


def _of_income(key: str, written: Mapping[str, Any], pack: Pack) -> Question:
    name = key.removeprefix("income.").removesuffix("_pence")
    said = {k: words for k, words, _ in kinds(pack)}.get(name, _plain(name))
    if name == DISABILITY_BENEFIT:
        written = {**written, "title": "How much do you get for care or daily living?"}
    return replace(_written(key, written), short=said, hint=f"{said}. {written['hint']}")


def kinds(pack: Pack) -> tuple[tuple[str, str, str], ...]:
    """Every kind of income these rules know, whether it counts or not."""
    words = income_words()
    names = [(item["key"], item["name"]) for item in pack.lists["income"]]
    names.insert(2, (DISABILITY_BENEFIT, ""))
    return tuple((key, words.get(key, name), "") for key, name in names)


def counted(pack: Pack) -> frozenset[str]:
    """The kinds of income of which something is counted."""
    own = {item["key"] for item in pack.lists["income"] if item["counts"]}
    return frozenset(own | {DISABILITY_BENEFIT})


def _from_the_rules(key: str, pack: Pack) -> Question:
    """A fact of new rules that has no question here yet: still asked, by its own words."""
    fact = charging.fields(pack).fields.get(key)
    said = str(getattr(fact, "words", _plain(key)))
    title = f"{said[:1].upper()}{said[1:]}?"
    if isinstance(fact, facts.Flag):
        return Question(key, "yes_no", title, _plain(key), choices=YES_NO)
    if isinstance(fact, facts.Choice):
        return Question(key, "choice", title, _plain(key), choices=_as_choices(fact.options))
    if isinstance(fact, facts.Some):
        choices = (*_as_choices(fact.options), (NOBODY, "None of these", ""))
        return Question(key, "many", title, _plain(key), choices=choices)
    if isinstance(fact, facts.Day):
        return Question(key, "date", title, _plain(key))
    if key.endswith("_pence"):
        return Question(key, "weekly", title, _plain(key), counts="cost")
    least, most = getattr(fact, "least", 0), getattr(fact, "most", 130)
    return Question(key, "number", title, _plain(key), least=least, most=most)


def _as_choices(options: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one, _plain(one), "") for one in options)


def _plain(name: str) -> str:
    words = name.removesuffix("_pence").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"
