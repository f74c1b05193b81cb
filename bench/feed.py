"""The open feed at 100,000 services: what a page costs however deep it is, and that memory is flat.

Two feeds are made up, one ten times the other, and brought in, published and written out, each in
a process of its own that says how much memory it took at most. Then pages are asked for, round
after round. Time is what the server spends on one answer in this process; the baseline is
`/health/ready`, one query and no template, asked in the same rounds.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

HOUSE: Final = UUID("3f7c6f0e-7d0c-5a53-9a39-6a6a1f6f3a51")
BASE: Final = "/api/oruk/v3/"
READY: Final = "/health/ready"
LIMIT_MS: Final = 50.0
MOST_GROWTH: Final = 1.25
WORDS: Final = (
    *("garden", "lunch", "choir", "memory", "swimming"),
    *("pottery", "chess", "walking", "reading", "cooking"),
)
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Run in a process of its own: what it does, then how much memory it took at most.
ALONE: Final = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "ownway.config.settings"
import django
django.setup()
{doing}
# Not what the system says of a child's most: that counts the process it was made from.
told = open("/proc/self/status").read()
print("peak", int(told.split("VmHWM:")[1].split()[0]) // 1024)
"""
COMMAND: Final = """
from ownway.commands import directory
assert directory.main(sys.argv[1:]) == 0
"""
READ_ALL: Final = """
from django.test import Client
answer = Client().get("/api/oruk/v3/services?format=ndjson&organization_id=" + sys.argv[1],
                      headers={"host": "127.0.0.1"})
print("lines", sum(piece.count(b"\\n") for piece in answer.streaming_content))
"""


def main(argv: list[str]) -> int:
    """Make the feeds up, measure, print, and fail when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="ownway bench feed", description=__doc__)
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    said = parser.parse_args(argv)
    from ownway.commands.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="ownway-bench-") as name:
        Path(name).chmod(0o755)
        server = EmbeddedPostgres(Path(name) / "data")
        os.environ["DATABASE_URL"] = server.start()
        try:
            answer = _measured(Path(name), said.services, said.rounds)
        finally:
            server.stop(force=True)
    print(json.dumps(answer, indent=2) if said.json else "\n".join(_lines(answer)))
    return 0 if _is_kept(answer) else 1


def _measured(folder: Path, services: int, rounds: int) -> dict[str, Any]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ownway.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from ownway.community.directory import actions
    from ownway.demo.places import postcodes

    actions.load_postcodes(postcodes())
    small, large = services // 10, services
    memory = {many: _there_and_back(folder, many) for many in (small, large)}
    _settle()
    return {"services": services, "memory": memory, "pages": _pages(services, rounds)}


# -- Feeds -----------------------------------------------------------------------------------------


def _there_and_back(folder: Path, many: int) -> dict[str, Any]:
    """Bring a feed in, read it all as lines, and write it out; what each took at most."""
    feed, out = folder / f"feed-{many}.json", folder / f"out-{many}.json"
    with feed.open("w", encoding="utf-8") as file:
        file.writelines(_written(many))
    source = f"made-up-{many}"
    steps = {
        "import": (COMMAND, ["import", str(feed), "--source", source]),
        "again": (COMMAND, ["import", str(feed), "--source", source]),
        "lines": (READ_ALL, [str(_key("owner", many))]),
        "export": (COMMAND, ["export", str(out), "--source", source]),
    }
    took = {name: _alone(doing, arguments) for name, (doing, arguments) in steps.items()}
    megabytes = {"feed": feed.stat().st_size >> 20}
    feed.unlink()
    out.unlink()
    return took | megabytes


def _alone(doing: str, arguments: list[str]) -> dict[str, float]:
    begun = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", ALONE.format(doing=doing), *arguments],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    peak = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("peak "))
    return {"seconds": round(time.perf_counter() - begun, 1), "megabytes": peak}


def _written(many: int) -> Iterator[str]:
    yield '{"contents": ['
    for number in range(many):
        yield ("," if number else "") + "\n" + json.dumps(_service(number, many))
    yield "\n]}\n"


def _key(*names: object) -> UUID:
    return uuid5(HOUSE, "/".join(map(str, names)))


def _service(number: int, many: int) -> dict[str, Any]:
    """A made-up service with a place, times, a price, a number to ring and two terms."""
    chance = random.Random(f"{many}/{number}")
    words = chance.sample(WORDS, 3)
    key = str(_key(many, number))
    terms = [{"id": str(_key("term", w)), "name": w, "taxonomy": "Interests"} for w in words[:2]]
    return {
        "id": key,
        "name": f"{words[0].title()} club {number}",
        "description": f"A {words[1]} group.\n\n" + f"Come for {' and '.join(words)}. " * 8,
        "status": "active",
        "email": f"club{number}@example.org",
        "minimum_age": chance.choice((None, 18, 50, 65)),
        "last_modified": "2026-01-05T10:00:00Z",
        "organization": {"id": str(_key("owner", many)), "name": f"Clubs of {many}"},
        "schedules": [
            {"id": str(_key(key, "times")), "freq": "WEEKLY", "byday": chance.choice(DAYS),
             "opens_at": f"{chance.randrange(8, 20):02}:00", "closes_at": "21:00"}
        ],
        "cost_options": [{"id": str(_key(key, "cost")), "amount": chance.randrange(20)}],
        "contacts": [
            {"id": str(_key(key, "contact")), "name": "The secretary",
             "phones": [{"id": str(_key(key, "phone")), "number": "01632 960000"}]}
        ],
        "service_at_locations": [
            {"id": str(_key(key, "at")), "location": _place(key, chance)}
        ],
        "attributes": [
            {"id": str(_key(key, term["id"])), "taxonomy_term": term} for term in terms
        ],
    }  # fmt: skip


def _place(key: str, chance: random.Random) -> dict[str, Any]:
    return {
        "id": str(_key(key, "place")),
        "location_type": "physical",
        "name": "A hall",
        "latitude": 52.4 + chance.random() / 5,
        "longitude": -1.4 + chance.random() / 3,
        "addresses": [
            {"id": str(_key(key, "address")), "address_1": "1 High Street", "city": "Alderbrook",
             "state_province": "", "postal_code": "AL1 1AA", "country": "GB",
             "address_type": "physical"}
        ],
    }  # fmt: skip


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


# -- Pages -----------------------------------------------------------------------------------------


def _asked(services: int) -> dict[str, str]:
    last = (services + services // 10 + 49) // 50
    term = _key("term", "garden")
    found = {READY: READY}
    for where, number in (("first", 1), ("middle", last // 2), ("last", last)):
        found[f"services, {where} page"] = f"{BASE}services?page={number}"
        found[f"services in full, {where} page"] = f"{BASE}services?full=true&page={number}"
        found[f"at locations, {where} page"] = f"{BASE}service_at_locations?page={number}"
    found |= {
        "a hundred services, last page": f"{BASE}services?per_page=100&page={last // 2}",
        "words": f"{BASE}services?search=garden+chess&page=50",
        "a day and a time": f"{BASE}services?day=TU&start_time=18:00&page=50",
        "an age": f"{BASE}services?minimum_age=60&page=200",
        "a term": f"{BASE}services?taxonomy_term_id={term}&page=200",
        "near a postcode": f"{BASE}services?postcode=AL1+1AA&proximity=3000",
        "one service": f"{BASE}services/{_key(services, 7)}",
        "organizations": f"{BASE}organizations",
        "taxonomy terms": f"{BASE}taxonomy_terms",
    }
    return found


def _pages(services: int, rounds: int) -> dict[str, dict[str, float]]:
    from django.test import Client

    client, asked = Client(), _asked(services)
    took: dict[str, list[float]] = {name: [] for name in asked}
    first: dict[str, float] = {}
    for _ in range(rounds + 1):
        for name, address in asked.items():
            begun = time.perf_counter()
            answer = client.get(address, headers={"host": "127.0.0.1"})
            spent = (time.perf_counter() - begun) * 1000
            assert answer.status_code == 200, answer.content
            if name not in first:
                first[name] = spent
            else:
                took[name].append(spent)
    ready = statistics.median(took[READY])
    return {name: _row(times, first[name], ready) for name, times in took.items()}


def _row(times: list[float], first: float, ready: float) -> dict[str, float]:
    median = statistics.median(times)
    return {
        "median_ms": round(median, 2),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 2),
        "ratio": round(median / ready, 1),
        "first_ms": round(first, 1),
    }


# -- What it comes to ------------------------------------------------------------------------------


def _growth(answer: dict[str, Any]) -> dict[str, float]:
    """How many times the memory a feed ten times as big takes."""
    small, large = answer["memory"].values()
    steps = ("import", "again", "lines", "export")
    return {name: large[name]["megabytes"] / small[name]["megabytes"] for name in steps}


def _is_kept(answer: dict[str, Any]) -> bool:
    is_quick = all(row["median_ms"] <= LIMIT_MS for row in answer["pages"].values())
    return is_quick and all(times <= MOST_GROWTH for times in _growth(answer).values())


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    load, cores = os.getloadavg()[0], os.cpu_count()
    yield f"{answer['services']:,} services; the limit of a page is {LIMIT_MS:.0f} ms"
    yield f"{load:.1f} processes wanted the {cores} cores of this machine"
    yield f"{'':<34}{'median ms':>10}{'95% ms':>9}{'× ready':>9}{'first ms':>10}"
    for name, row in answer["pages"].items():
        late = "" if row["median_ms"] <= LIMIT_MS else "  TOO SLOW"
        yield (f"{name:<34}{row['median_ms']:>10.1f}{row['p95_ms']:>9.1f}{row['ratio']:>9.1f}"
               f"{row['first_ms']:>10.1f}{late}")  # fmt: skip
    yield ""
    yield f"{'most memory, MB':<34}" + "".join(f"{many:>12,}" for many in answer["memory"])
    for name, times in _growth(answer).items():
        cells = (took[name] for took in answer["memory"].values())
        told = "".join(f"{one['megabytes']:>12,}" for one in cells)
        late = "" if times <= MOST_GROWTH else "  GROWS"
        yield f"{name:<34}{told}   × {times:.2f}{late}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
