"""Everybody's current starting budget, as columns: the stored facts, worked out all at once.

Two database queries take the answers of people and of carers out of their decisions in the
database itself; a third takes facts that were given in another way. Names are not asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.apps import apps
from django.db.models import Count, F, Max, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from numpy.typing import NDArray

from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.allocation.queries import budgets_standing
from ownway.policy import domains, population
from ownway.policy.allocation import HELP, LIVING, NIGHT, REASONS, prices_by_reason
from ownway.policy.packs import Pack
from ownway.policy.whatif import Prepared

Whole = NDArray[np.int64]
UNKNOWN = -1
_FACTS = "decision__facts"
_ANSWERS = f"{_FACTS}__answers"
_WHO = ("pk", "person__sex", "person__ethnic_group", "person__support_reason",
        "person__date_of_birth", "weekly_pence")  # fmt: skip
_EXTRAS = ("night", "living", "reason", "breaks_pence", "breaks_yearly_pence")
_KEYS: Mapping[str, tuple[str, ...]] = {
    Side.PERSON.value: domains.KEYS,
    Side.CARER.value: domains.CARER_KEYS,
}


@dataclass(frozen=True)
class Whose:
    """What may be said of whose budget it is, for comparing groups and nothing else."""

    budget: int
    side: str
    sex: str
    ethnic_group: str
    support_reason: str
    born: date | None
    weekly: int = 0
    """What they have now, in pence a week."""


@dataclass(frozen=True)
class Group:
    """People whose facts were given in one way: their columns, a fact not known being −1."""

    side: str
    shape: str
    whose: tuple[Whose, ...]
    columns: Mapping[str, Whole]

    def __len__(self) -> int:
        return len(self.whose)


@dataclass(frozen=True)
class Outcome:
    """What rules give everybody: pence a week and points left, in the order of `Caseload.whose`.

    Where a fact that the rules need is not known, `known` is false, and `missing` counts why.
    """

    weekly: Whole
    points: Whole
    known: NDArray[np.bool_]
    missing: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Caseload:
    """Everybody with a current starting budget."""

    groups: tuple[Group, ...]

    @property
    def whose(self) -> list[Whose]:
        """Whose budgets, group after group."""
        return [one for group in self.groups for one in group.whose]

    def under(self, pack: Pack) -> Outcome:
        """Work everybody's budget out under some rules: one run for each way facts were given."""
        missing: Counter[str] = Counter()
        parts = [_worked(group, pack, missing) for group in self.groups]
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            return Outcome(none, none, none.astype(bool))
        weekly, points, known = (np.concatenate(one) for one in zip(*parts, strict=True))
        return Outcome(weekly, points, known, missing)

    def prepared(self, pack: Pack, *, of: NDArray[np.bool_]) -> Prepared:
        """Those of the caseload who are meant, ready to be asked what another number would do."""
        ends = np.cumsum([len(group) for group in self.groups])[:-1]
        wanted = zip(self.groups, np.split(of, ends), strict=True)
        return Prepared.together(
            [_prepared(group, pack, rows) for group, rows in wanted if rows.any()]
        )


def caseload(*, afresh: bool = False) -> Caseload:
    """The newest budget of each living person on each side, with the facts it came from.

    Kept in memory until a budget is added or anything about a person changes, which two small
    queries tell: budgets and the history of people only ever grow. `afresh` reads all again.
    """
    if afresh:
        return _read()
    return _held(_mark_of(IndicativeBudget), _mark_of(apps.get_model("people", "PersonEvent")))


def _mark_of(model: type[Model]) -> tuple[int, int]:
    """The newest row and how many there are: a row with a lower number may be committed later."""
    found = model._default_manager.aggregate(newest=Max("pk"), rows=Count("pk"))
    return int(found["newest"] or 0), int(found["rows"])


@lru_cache(maxsize=1)
def _held(budgets: tuple[int, int], changes: tuple[int, int]) -> Caseload:
    return _read()


def _read() -> Caseload:
    groups = [group for side in _KEYS if len(group := _by_levels(side))]
    return Caseload((*groups, *_given_otherwise()))


def _newest(side: str) -> QuerySet[IndicativeBudget]:
    return budgets_standing().filter(side=side).order_by("pk")


def _otherwise(side: str) -> Q:
    """Facts that are not nine answers by level: totals, points, or numbers of their own."""
    points = Q()
    for key in _KEYS[side]:
        points |= Q(**{f"{_ANSWERS}__{key}__has_any_keys": ["points", "help_points"]})
    return (
        points | ~Q(**{f"{_FACTS}__has_key": "answers"}) | Q(**{f"{_FACTS}__has_key": "settings"})
    )


def _by_levels(side: str) -> Group:
    keys = _KEYS[side]
    asked = [_fact("answers", key, "level") for key in keys]
    if side == Side.PERSON:
        asked += [_fact("answers", key, what) for what in ("help", "two_people") for key in keys]
        asked += [_fact(name) for name in _EXTRAS]
    found = list(_newest(side).exclude(_otherwise(side)).values_list(*_WHO, *asked))
    cells = list(zip(*found, strict=True))[len(_WHO) :] if found else [()] * len(asked)
    read = _person_columns(cells) if side == Side.PERSON else _levels(cells, keys)
    return Group(side, "levels", tuple(Whose(row[0], side, *row[1:6]) for row in found), read)


def _fact(*path: str) -> KeyTextTransform:
    """One stored fact as text, taken out by the database."""
    at: Combinable = F(_FACTS)
    for key in path[:-1]:
        at = KeyTransform(key, at)
    return KeyTextTransform(path[-1], at)


_HELP = {name: place for place, name in enumerate(HELP)}
_NIGHT = {name: place for place, name in enumerate(NIGHT)}
_LIVING = {name: place for place, name in enumerate(LIVING)}
_REASON = {name: place for place, name in enumerate(REASONS)}
_FLAG = {"true": 1, "false": 0}
Cells = Sequence[Sequence[Any]]


def _person_columns(cells: Cells) -> dict[str, Whole]:
    keys = domains.KEYS
    n = len(keys)
    columns = _levels(cells[:n], keys)
    for key, level, helped, two in zip(keys, cells[:n], cells[n : 2 * n], cells[2 * n :][:n],
                                       strict=True):  # fmt: skip
        given = _words(helped, _HELP)
        columns[f"help.{key}"] = np.where(_none_needed(level) & (given < 0), 0, given)
        columns[f"two_people.{key}"] = _words(two, _FLAG)
    return columns | _extras(dict(zip(_EXTRAS, cells[3 * n :], strict=True)))


def _levels(cells: Cells, keys: Iterable[str]) -> dict[str, Whole]:
    return {f"level.{key}": _numbers(column) for key, column in zip(keys, cells, strict=True)}


def _none_needed(level: Sequence[Any]) -> NDArray[np.bool_]:
    return np.array([one == "0" for one in level], dtype=bool)


def _extras(cells: Mapping[str, Sequence[Any]]) -> dict[str, Whole]:
    return {
        "night": _words(cells["night"], _NIGHT),
        "living": _words(cells["living"], _LIVING),
        "reason": _words(cells["reason"], _REASON),
        "breaks_pence": _numbers(cells["breaks_pence"]),
        "breaks_yearly_pence": _numbers(cells["breaks_yearly_pence"]),
    }


def _words(cells: Sequence[Any], places: Mapping[str, int]) -> Whole:
    found = [places.get(one, UNKNOWN) for one in cells]
    return np.array(found, dtype=np.int64)


def _numbers(cells: Sequence[Any]) -> Whole:
    return np.array([UNKNOWN if one is None else int(float(one)) for one in cells], dtype=np.int64)


# -- Facts given in another way ----------------------------------------------------------------


def _given_otherwise() -> Iterator[Group]:
    """Totals, or points for each part; few, so their facts are read whole in one query."""
    people, carers = (_newest(side).filter(_otherwise(side)) for side in _KEYS)
    rows = (people | carers).values_list(*_WHO, "side", _FACTS)
    by_way: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in rows:
        by_way.setdefault((row[-2], _shape(row[-1])), []).append(row)
    for (side, shape), found in by_way.items():
        whose = tuple(Whose(row[0], side, *row[1:6]) for row in found)
        yield Group(side, shape, whose, _columns_of([row[-1] for row in found], side, shape))


def _shape(facts: Mapping[str, Any]) -> str:
    if "settings" in facts:
        return "own numbers"
    return "points" if facts.get("answers") else "totals"


def _columns_of(found: list[Mapping[str, Any]], side: str, shape: str) -> dict[str, Whole]:
    if shape == "own numbers":
        return {}
    asked = {} if shape == "totals" else _points_of(found, _KEYS[side], side)
    names = ("need_points", "help_points", "two_person_points") if shape == "totals" else ()
    asked |= {name: _values(facts.get(name) for facts in found) for name in names}
    if side == Side.CARER:
        return {name: one for name, one in asked.items() if name.startswith("need")}
    extras = {name: [_text(facts.get(name)) for facts in found] for name in _EXTRAS}
    return asked | _extras(extras)


def _points_of(found: list[Mapping[str, Any]], keys: Sequence[str], side: str) -> dict[str, Whole]:
    columns = {}
    for key in keys:
        answers = [facts["answers"].get(key, {}) for facts in found]
        columns[f"needs.{key}"] = _values(one.get("points") for one in answers)
        if side == Side.PERSON:
            columns[f"helped.{key}"] = _values(one.get("help_points") for one in answers)
            two = [_text(one.get("two_people")) for one in answers]
            columns[f"two_people.{key}"] = _words(two, _FLAG)
    return columns


def _values(found: Iterable[Any]) -> Whole:
    return np.array([UNKNOWN if one is None else int(one) for one in found], dtype=np.int64)


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


# -- Working it out ----------------------------------------------------------------------------

Worked = tuple[Whole, Whole, NDArray[np.bool_]]
_FACTS_IN_WORDS = {
    "night": "help at night",
    "living": "who they live with",
    "reason": "what the help is mainly for",
    "two_people": "help that takes two people",
    "help": "what a carer does",
    "breaks": "breaks for a carer, by this method",
}


def _worked(group: Group, pack: Pack, missing: Counter[str]) -> Worked:
    people = len(group)
    weekly = np.zeros(people, dtype=np.int64)
    points = np.zeros(people, dtype=np.int64)
    if not group.columns:
        missing["numbers of their own"] += people
        return weekly, points, np.zeros(people, dtype=bool)
    inputs, known = _inputs(group, pack, missing)
    if known.any():
        graph = pack.graph(_graph(group, pack))
        run = population.run(graph, inputs=_only(inputs, known), numbers=pack.numbers)
        weekly[known] = run["weekly"]
        points[known] = run.get("left_points", run["need_points"])
    return weekly, points, known


def _prepared(group: Group, pack: Pack, rows: NDArray[np.bool_]) -> Prepared:
    inputs, _ = _inputs(group, pack, Counter())
    return Prepared(pack, _only(inputs, rows), graph=_graph(group, pack))


def _only(inputs: Mapping[str, Whole], rows: NDArray[np.bool_]) -> dict[str, Whole]:
    return {name: column[rows] for name, column in inputs.items()}


def _graph(group: Group, pack: Pack) -> str:
    return f"{group.side}_{group.shape}, then {_second(group.side, pack)}"


def _second(side: str, pack: Pack) -> str:
    return "carer_by_price" if side == Side.CARER else f"person_by_{pack.word('ras_method')}"


def _inputs(
    group: Group, pack: Pack, missing: Counter[str]
) -> tuple[dict[str, Whole], NDArray[np.bool_]]:
    """The columns these rules ask for, and who has them all; what changes nothing is not asked."""
    inputs = {name: one for name, one in group.columns.items() if name not in _EXTRAS}
    known = np.ones(len(group), dtype=bool)
    if group.side == Side.PERSON:
        inputs |= _person_extras(group.columns, pack, known, missing)
    asked = _asked(pack)
    for name, column in list(inputs.items()):
        stem = name.split(".")[0]
        if asked.get(stem, True):
            lacking = column < 0
            missing[_FACTS_IN_WORDS.get(stem, "answers")] += int(np.sum(lacking & known))
            known &= ~lacking
        inputs[name] = np.where(column < 0, _NOT_SAID.get(stem, 0), column)
    missing += Counter()
    return inputs, known


_NOT_SAID = {"reason": _REASON["unknown"]}


def _asked(pack: Pack) -> dict[str, bool]:
    """Which extras change something under these rules."""
    period = "week" if pack.word("ras_method") == "price" else "year"
    living = pack.value("living_alone_factor") != pack.value("living_with_others_factor")
    two = bool(pack.value("two_person_uplift"))
    kinds = ("sleep_in", "waking")
    return {
        "night": any(pack.value(f"night_{kind}_{period}_pence") for kind in kinds),
        "living": living,
        "reason": prices_by_reason(pack),
        "two_people": two,
        "two_person_points": two,
        "breaks": False,
    }


def _person_extras(
    columns: Mapping[str, Whole], pack: Pack, known: NDArray[np.bool_], missing: Counter[str]
) -> dict[str, Whole]:
    names = ("breaks_pence", "breaks_yearly_pence")
    mine, other = names if pack.word("ras_method") == "price" else names[::-1]
    clash = columns[other] >= 0
    missing[_FACTS_IN_WORDS["breaks"]] += int(np.sum(clash & known))
    known &= ~clash
    same = {name: columns[name] for name in ("night", "living", "reason")}
    return same | {"breaks": columns[mine]}
