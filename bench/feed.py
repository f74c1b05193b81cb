"""The open feed at 100,000 services: what a page costs however deep it is, and that memory is flat.

Feeds of a hundredth and of a tenth are made up and brought in, twice; then all the services are
copied in. Each is published as lines and written out. Every step is a process of its own that says
how much memory it took at most. Then pages are asked for, round after round. Time is what the
server spends on one answer in this process; the baseline is `/health/ready`, one query and no
template, asked in the same rounds.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from bench._database import copy_in, own_database, settle, told

HOUSE: Final = UUID("3f7c6f0e-7d0c-5a53-9a39-6a6a1f6f3a51")
BASE: Final = "/api/oruk/v3/"
READY: Final = "/health/ready"
LIMIT_MS: Final = 50.0
MOST_GROWTH: Final = 1.25
WORDS: Final = (
    *("garden", "lunch", "choir", "memory", "swimming"),
    *("pottery", "chess", "walking", "reading", "cooking"),
)
# Above the rows that feeds brought in.
FIRST_ROW: Final = 10_000_000
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
    with own_database("directory") as folder:
        answer = _measured(folder, said.services, said.rounds)
    print(json.dumps(answer, indent=2) if said.json else "\n".join(_lines(answer)))
    return 0 if _is_kept(answer) else 1


def _measured(folder: Path, services: int, rounds: int) -> dict[str, Any]:
    """Feeds of a hundredth and a tenth there and back; all services read, and their pages."""
    from ownway.community.directory import actions
    from ownway.demo.places import postcodes

    actions.load_postcodes(postcodes())
    memory = {}
    for many in (services // 100, services // 10):
        with told(f"{many:,} services brought in twice and written out"):
            memory[many] = _there_and_back(folder, many)
    with told(f"{services:,} services copied in"):
        copy_services(services)
        settle()
    with told(f"{services:,} services read and written out"):
        memory[services] = _out(folder, services)
    with told("pages asked for"):
        pages = _pages(services, rounds)
    return {"services": services, "memory": memory, "pages": pages}


# -- Feeds -----------------------------------------------------------------------------------------


def _there_and_back(folder: Path, many: int) -> dict[str, Any]:
    """Bring a feed in, twice, read it all as lines, write it out; what each took at most."""
    feed = folder / f"feed-{many}.json"
    with feed.open("w", encoding="utf-8") as file:
        file.writelines(_written(many))
    source = f"made-up-{many}"
    steps = {name: ["import", str(feed), "--source", source] for name in ("import", "again")}
    took = {name: _alone(COMMAND, words) for name, words in steps.items()}
    feed.unlink()
    return took | _out(folder, many)


def _out(folder: Path, many: int) -> dict[str, Any]:
    """Read the services of a feed as lines, and write them out."""
    out = folder / f"out-{many}.json"
    took = {
        "lines": _alone(READ_ALL, [str(_key("owner", many))]),
        "export": _alone(COMMAND, ["export", str(out), "--source", f"made-up-{many}"]),
    }
    out.unlink()
    return took


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


def copy_services(many: int) -> None:
    """Put the services of a feed into the directory without bringing them in one by one."""
    from ownway.community.directory import models

    source = models.Source.objects.create(name=f"made-up-{many}")
    owner = models.Owner.objects.create(
        key=_key("owner", many), source=source, name=f"Clubs of {many}"
    )
    terms = {str(term.key): term.pk for term in models.Term.objects.all()}
    usual = {"source_id": source.pk, "owner_id": owner.pk}
    tables: dict[str, list[dict[str, Any]]] = {}
    for number in range(many):
        for name, row in _rows(_service(number, many), FIRST_ROW + number, terms):
            tables.setdefault(name, []).append(usual | row)
    for name, rows in tables.items():
        copy_in(getattr(models, name), rows)


def _rows(service: dict[str, Any], pk: int, terms: dict[str, int]) -> Iterator[tuple[str, Any]]:
    """A service as a row of each table; tables whose rows others name come first."""
    from ownway.community.directory.queries import grid

    (times,), (cost,), (contact,) = (
        service["schedules"],
        service["cost_options"],
        service["contacts"],
    )
    (at,), (phone,) = service["service_at_locations"], contact["phones"]
    place, part = at["location"], {"id": pk, "entry_id": pk}
    east, north = grid.to_grid(place["latitude"], place["longitude"])
    point = {"easting": east, "northing": north}
    what, _, more = service["description"].partition("\n\n")
    yield (
        "Entry",
        point
        | {"id": pk, "key": service["id"], "slug": f"club-{pk}", "source_key": service["id"]}
        | {"name": service["name"], "what": what, "description": more, "email": service["email"]}
        | {"minimum_age": service["minimum_age"]},
    )
    yield (
        "Place",
        point
        | {"id": pk, "key": place["id"], "name": place["name"], "postcode": "AL1 1AA"}
        | {name: place[name] for name in ("latitude", "longitude")}
        | {"address": "1 High Street", "town": "Alderbrook"},
    )
    yield "EntryPlace", part | {"key": at["id"], "place_id": pk}
    hours = {"opens_at": times["opens_at"], "closes_at": times["closes_at"]}
    yield "Times", part | hours | {"key": times["id"], "days": times["byday"]}
    yield "Cost", part | {"key": cost["id"], "pence": cost["amount"] * 100}
    yield "Contact", part | {"key": contact["id"], "name": contact["name"]}
    yield "Phone", part | {"key": phone["id"], "number": phone["number"]}
    for place_of, link in enumerate(service["attributes"]):
        term = terms[link["taxonomy_term"]["id"]]
        yield "EntryTerm", {"id": 2 * pk + place_of, "entry_id": pk, "term_id": term,
                            "key": link["id"]}  # fmt: skip


# -- Pages -----------------------------------------------------------------------------------------


def _asked(services: int) -> dict[str, str]:
    last = (services + services // 10 + services // 100 + 49) // 50
    term = _key("term", "garden")
    found = {READY: READY}
    for where, number in (("first", 1), ("middle", last // 2), ("last", last)):
        found[f"services, {where} page"] = f"{BASE}services?page={number}"
        found[f"services in full, {where} page"] = f"{BASE}services?full=true&page={number}"
        found[f"at locations, {where} page"] = f"{BASE}service_at_locations?page={number}"
    found |= {
        "a hundred services, last page": f"{BASE}services?per_page=100&page={last // 2}",
        "a hundred in full, last page": f"{BASE}services?full=true&per_page=100&page={last // 2}",
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
    """How many times the memory of the smallest feed the largest takes."""
    sizes = list(answer["memory"].values())
    found = {}
    for name in ("import", "again", "lines", "export"):
        taken = [one[name]["megabytes"] for one in sizes if name in one]
        found[name] = taken[-1] / taken[0]
    return found


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
        cells = (took.get(name) for took in answer["memory"].values())
        row = "".join(f"{one['megabytes']:>12,}" if one else f"{'':>12}" for one in cells)
        late = "" if times <= MOST_GROWTH else "  GROWS"
        yield f"{name:<34}{row}   × {times:.2f}{late}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
