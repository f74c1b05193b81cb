"""How surely and how soon somebody is found by a misspelt query, among 50,000 people.

Each query is made from one person's details by one kind of slip (`slips.py`). A name that more
than three people share is asked for with the year of birth, as one does on the telephone. Found
means: that very person is among the first five. Time is one call of `people.queries.find`; the
baseline is one person read by key in the same rounds.
"""

import argparse
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from bench._database import copy_in, own_database, settle, told

LEAST_FOUND, MOST_MS, FIRST_ROWS = 0.98, 100.0, 5
MORE_FIRST: Final = (
    "Catherine Kathryn Philip Geoffrey Stephen Steven Sarah Anne Claire Ian Mark John Teresa Brian "
    "Gillian Isabel Lesley Elizabeth Mohammed Nicholas Allan Margaret Robert William James Mary "
    "Patricia Michael David Susan Peter Christopher Dorothy Kenneth Richard Thomas Charles Joan "
    "Jennifer Andrew Paul George Helen Linda Jean Ronald Edward Alan Doreen Maureen Frederick Irene"
)
MORE_LAST: Final = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker "
    "White Roberts Green Hall Wood Jackson Clarke Hughes Edwards Hill Moore Clark Harrison Scott "
    "Young Morris Ward Cooper Morgan Watson Phillips Bell Mitchell Kelly Lee Bailey Hussain "
    "MacDonald O'Brien Price Richardson Cook Shaw Murphy Miller Cox Marshall Collins Begum Kaur"
)


def measure(argv: list[str]) -> int:
    """Raise the people, put the queries, print each kind; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="ownway bench search people", description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--missed", action="store_true", help="print each query that missed")
    wanted, _ = parser.parse_known_args(argv)
    dice = random.Random(wanted.seed)
    with own_database("people"):
        with told(f"{wanted.people:,} people loaded"):
            known = _raise(wanted.people, dice)
        asked = _queries(known, wanted.queries, dice)
        with told(f"{len(asked):,} queries asked"):
            rows = _ask(asked)
        return _report(rows, wanted)


def _raise(count: int, dice: random.Random) -> list[Any]:
    """People with names as common and as rare as names are, each in a home of their own."""
    from bench.search.slips import Known
    from ownway.demo.names import FIRST, surnames
    from ownway.foundation.people.models import Household, Person

    first = sorted({*FIRST["female"], *FIRST["male"], *MORE_FIRST.split()})
    last = MORE_LAST.split() * 6 + surnames()
    names = [(dice.choice(first), dice.choice(last)) for _ in range(count)]
    homes = [{"id": n, "postcode": _postcode(dice)} for n in range(1, count + 1)]
    people = [_person(n, *name, dice) for n, name in enumerate(names, start=1)]
    copy_in(Household, homes)
    copy_in(Person, people)
    settle()
    alike = Counter(names)
    return [
        Known(p["id"], p["first_name"], p["last_name"], p["date_of_birth"], h["postcode"],
              p["nhs_number"], alike[p["first_name"], p["last_name"]])
        for p, h in zip(people, homes, strict=True)
    ]  # fmt: skip


def _person(number: int, one: str, other: str, dice: random.Random) -> dict[str, Any]:
    from ownway.foundation.people.queries import sort_name, sounds_like

    return {
        "id": number,
        "first_name": one,
        "last_name": other,
        "sort_name": sort_name(one, other),
        "sounds_like": sounds_like(other),
        "household_id": number,
        "nhs_number": f"{4_000_000_000 + 7919 * (number - 1)}",
        "date_of_birth": date(1925, 1, 1) + timedelta(days=dice.randrange(29_000)),
        "phone": f"07700 {900_000 + number - 1}",
    }


def _postcode(dice: random.Random) -> str:
    letters = "".join(dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    return f"AL{dice.randrange(1, 21)} {dice.randrange(10)}{letters}"


def _queries(known: list[Any], count: int, dice: random.Random) -> list[tuple[str, str, int]]:
    """So many queries, the kinds in turn: kind, what is typed, who is meant."""
    from bench.search.slips import KINDS

    def made(kind: str) -> Iterator[tuple[str, str, int]]:
        while True:
            one = dice.choice(known)
            if typed := KINDS[kind](one, dice):
                yield kind, typed, one.key

    sources = [made(kind) for kind in KINDS]
    return [next(sources[n % len(sources)]) for n in range(count)]


def _ask(asked: list[tuple[str, str, int]]) -> list[tuple[str, str, bool, float, float]]:
    from ownway.foundation.people.models import Person
    from ownway.foundation.people.queries import find

    viewer = _officer()
    rows = []
    for kind, typed, key in asked:
        start = time.perf_counter()
        Person.objects.filter(pk=key).first()
        base = time.perf_counter() - start
        start = time.perf_counter()
        found = find(viewer, typed, limit=FIRST_ROWS)
        spent = time.perf_counter() - start
        rows.append((kind, typed, any(p.pk == key for p in found), spent * 1000, base * 1000))
    return rows


def _officer() -> Any:
    from ownway.foundation.council.models import Role, SignIn, Staff, Team, TeamKind

    sign_in = SignIn.objects.create_user(email="officer@example.org", name="An Officer")
    team = Team.objects.create(kind=TeamKind.ACCESS, name="Access")
    Staff.objects.create(
        sign_in=sign_in, name="An Officer", role=Role.ACCESS_OFFICER, team=team,
        email="officer@example.org",
    )  # fmt: skip
    return sign_in


def _report(rows: list[tuple[str, str, bool, float, float]], wanted: argparse.Namespace) -> int:
    by_kind: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for kind, _, is_found, ms, _ in rows:
        by_kind[kind].append((is_found, ms))
    line = "{:<30} {:>6} {:>7.1%} {:>10.1f} {:>7.1f}"
    print(f"{'kind of slip':<30} {'asked':>6} {'found':>7} {'median ms':>10} {'p95 ms':>7}")
    for kind, of_kind in by_kind.items():
        share = sum(is_found for is_found, _ in of_kind) / len(of_kind)
        times = [ms for _, ms in of_kind]
        print(
            f"{kind:<30} {len(times):>6} {share:>7.1%} {_median(times):>10.1f} {_p95(times):>7.1f}"
        )
    if wanted.missed:
        print(
            *(f"  missed: {kind}: {typed}" for kind, typed, good, *_ in rows if not good), sep="\n"
        )
    share = sum(row[2] for row in rows) / len(rows)
    times, base = [row[3] for row in rows], _median([row[4] for row in rows])
    print(line.format("all", len(rows), share, _median(times), _p95(times)))
    print(
        f"Baseline, one person by key: {base:.2f} ms; a search costs {_median(times) / base:.0f} "
        f"times that. Longest {max(times):.0f} ms."
    )
    is_kept = share >= LEAST_FOUND and _p95(times) <= MOST_MS
    print("Kept" if is_kept else f"NOT kept: {LEAST_FOUND:.0%} in {MOST_MS:.0f} ms")
    return 0 if is_kept else 1


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
