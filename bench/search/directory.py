"""How soon the public search of the directory answers, with 20,000 entries and with 200,000.

The searches are those people make: plain words, several words, a need or a day alone, with and
without a place and choices, misspelt ones, and those that find nothing. Time is one answer of
`queries.search` in this process. The baseline is one entry read by its key in the same rounds.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bench._database import copy_in, own_database, settle, told
from bench.search.town import FIRST, OFFERS, Town

LIMITS_MS: Final = {20_000: 50.0, 200_000: 100.0}
PLAIN: Final = (
    "garden help",
    "home care",
    "help with washing and dressing",
    "lunch club",
    "meals on wheels",
    "someone to talk to",
    "lonely",
    "dementia",
    "singing",
    "swimming",
    "cleaner",
    "carers",
    "lift to hospital",
    "sign language",
    "pottery",
    "hearing",
    "walk the dog",
    "benefits advice",
    "willow house",
    "older people",
    "volunteers",
    "tea and cake",
    "gard",
    "heron trust, lunch",
    "wheelchair",
)
MISSPELT: Final = (
    "gardning help",
    "dementa cafe",
    "swiming",
    "cleenar",
    "potery",
    "weelchair repair",
    "benifits advise",
    "hairdreser",
    "toenale cutting",
    "choire",
)
NOWHERE: Final = ("zumba", "falconry", "scuba diving", "xqzzyv", "ukulele orchestra", "tarot")
PLACES: Final = ("AL1 1AA", "AL3 4QT", "AL6 2BB", "AL9 9ZZ")


@dataclass(frozen=True)
class Search:
    """One search somebody makes."""

    sort: str
    words: str
    place: str = ""
    choices: tuple[tuple[str, Any], ...] = ()


def searches() -> list[Search]:
    """Every search of the measurement."""
    found = []
    for words in PLAIN:
        found.append(Search("words", words))
        found += [Search("words and place", words, place) for place in PLACES]
        found.append(Search("words, place, choices", words, PLACES[1], (("miles", 3),)))
        found.append(Search("words, place, choices", words, PLACES[0], (("is_free", True),)))
        found.append(Search("words, place, choices", words, PLACES[0], (("day", "TU"),)))
        found.append(Search("words, place, choices", words, "", (("is_marked", True),)))
    for need in ("eating", "people", "work", "toilet"):
        found.append(Search("no words", "", "", (("domain", need),)))
        found += [Search("no words", "", place, (("domain", need),)) for place in PLACES]
        found.append(Search("no words", "", PLACES[2], (("domain", need), ("miles", 5))))
        found.append(Search("no words", "", PLACES[2], (("domain", need), ("day", "SA"))))
        found.append(Search("no words", "", PLACES[2], (("domain", need), ("is_free", True))))
    found += [Search("no words", "", place) for place in PLACES]
    for place in ("", PLACES[1]):
        found += [Search("misspelt", words, place) for words in MISSPELT]
        found += [Search("nothing found", words, place) for words in NOWHERE]
    return found


def fill(many: int) -> None:
    """Put so many made-up entries into an empty directory, by the fastest way in."""
    from ownway.community.directory import actions
    from ownway.community.directory.actions import finding
    from ownway.community.directory.models import Source
    from ownway.demo.places import postcodes

    actions.load_postcodes(postcodes())
    source = Source.objects.get_or_create(name="own")[0].pk
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in Town(many).rows():
        number = row["entry"]["id"]
        row["at"] = {"id": number, "key": row["entry"]["key"], "entry_id": number,
                     "place_id": number}  # fmt: skip
        row["entry"] |= {"source_id": source, "source_key": row["entry"]["key"]}
        row["place"]["source_id"] = source
        for name, values in row.items():
            tables.setdefault(name, []).append(values)
    for name, model in _models().items():
        copy_in(model, tables[name])
    finding.note()
    settle()


def _models() -> dict[str, Any]:
    from ownway.community.directory.models import Cost, Entry, EntryPlace, Place, Times

    return {"entry": Entry, "place": Place, "at": EntryPlace, "times": Times, "cost": Cost}


def timed(ask: Callable[[], Any]) -> float:
    """Milliseconds of one answer."""
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def asked_in_turn(rounds: int) -> tuple[dict[str, list[float]], list[float]]:
    """Milliseconds of each search by its sort, and of the baseline, asked in turn."""
    from ownway.community.directory import queries

    found: dict[str, list[float]] = {}
    base: list[float] = []
    wanted = searches()
    key = "00000000-0000-0000-0000-000000000064"
    for one in wanted:
        _ask(one)
    # What was made to load the directory is not gone through again and again.
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        random.Random(turn).shuffle(wanted)
        for one in wanted:
            found.setdefault(one.sort, []).append(timed(partial(_ask, one)))
            base.append(timed(lambda: queries.entry(key, on=FIRST)))
    return found, base


def _ask(one: Search) -> Any:
    from ownway.community.directory import queries

    near = queries.near_of(one.place)
    choices = queries.Choices(**dict(one.choices))
    return queries.search(one.words, on=FIRST, near=near, choices=choices)


def _late(times: list[float]) -> float:
    return sorted(times)[max(int(len(times) * 0.95) - 1, 0)]


def _report(many: int, found: dict[str, list[float]], base: list[float]) -> bool:
    """Print the table of one size; say whether its limit holds."""
    usual = statistics.median(base)
    print(f"\n{many:,} entries, {len(OFFERS)} sorts; one entry by its key {usual:.2f} ms")
    print(f"{'search':<24} {'asked':>6} {'median ms':>10} {'p95 ms':>8} {'ratio':>7}")
    everything = [ms for times in found.values() for ms in times]
    for sort, times in [*found.items(), ("all", everything)]:
        print(
            f"{sort:<24} {len(times):>6} {statistics.median(times):>10.1f} {_late(times):>8.1f} "
            f"{statistics.median(times) / usual:>7.1f}"
        )
    limit = LIMITS_MS.get(many)
    if limit is None:
        return True
    holds = _late(everything) <= limit
    print(f"p95 {_late(everything):.1f} ms {'<=' if holds else 'OVER'} {limit:.0f} ms")
    return holds


def measure(argv: list[str]) -> int:
    """Fill directories of each size, search them, print the tables. 1 when a limit is passed."""
    parser = argparse.ArgumentParser(prog="ownway bench search", description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=list(LIMITS_MS))
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args(argv)
    with own_database("directory"):
        holds = [_holds(many, wanted.rounds) for many in wanted.entries]
    return 0 if all(holds) else 1


def _holds(many: int, rounds: int) -> bool:
    from django.db import connection

    with told(f"{many:,} entries loaded"):
        with connection.cursor() as cursor:
            tables = ", ".join(f'"{model._meta.db_table}"' for model in _models().values())
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        fill(many)
    with told(f"{len(searches()):,} searches asked, {rounds} times after the first"):
        found, base = asked_in_turn(rounds)
    return _report(many, found, base)
