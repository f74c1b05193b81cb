"""Server time, queries and bytes of each page on the demo's data.

Each page is asked for in turn, round after round, by whoever it is for. Time is what the server
spends on one answer in this process, network left out. The baseline is `/health/ready`, one query
and no template, asked in the same rounds; a page's ratio to it says what the page itself costs.
"""

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

PAGES = [
    ("stranger", "/health/ready"),
    ("stranger", "/"),
    ("stranger", "/directory/?what=garden&where=AL3+4QT"),
    ("stranger", "/how-a-budget-is-worked-out/"),
    ("stranger", "/check/equipment/"),
    ("gwen.applegarth", "/desk/contacts/"),
    ("gwen.applegarth", "/desk/contacts/new/"),
    ("gwen.applegarth", "/desk/people/?q=ashford"),
    ("dev.marlowe", "/desk/"),
    ("dev.marlowe", "/desk/people/{person}/"),
    ("dev.marlowe", "/desk/people/{person}/checklist/"),
    ("dev.marlowe", "/desk/people/{person}/assessment/"),
    ("dev.marlowe", "/desk/people/{person}/budget/"),
    ("ruth.calloway", "/desk/?whose=team"),
    ("ruth.calloway", "/desk/plans/"),
    ("ruth.calloway", "/desk/plans/{plan}/approve/"),
    ("priya.fenwick", "/desk/payments/"),
    ("ivo.stannard", "/council/indicators/"),
    ("lena.marchbank", "/council/policy/"),
    ("{resident}", "/my/"),
    ("{resident}", "/my/plan/"),
    ("{resident}", "/my/money/"),
    ("{resident}", "/my/letters/"),
    ("{resident}", "/my/record/"),
]


def main(argv: list[str]) -> int:
    """Fill a council of so many people, ask for each page so often, and print the table."""
    parser = argparse.ArgumentParser(prog="ownway bench pages", description=__doc__)
    parser.add_argument("--people", type=int, default=3500)
    parser.add_argument("--rounds", type=int, default=40)
    wanted = parser.parse_args(argv)
    from ownway.commands.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="ownway-bench-") as folder:
        server = EmbeddedPostgres(Path(folder) / "data")
        Path(folder).chmod(0o755)
        os.environ["DATABASE_URL"] = server.start()
        try:
            return _measure(wanted.people, wanted.rounds)
        finally:
            server.stop(force=True)


def _measure(people: int, rounds: int) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ownway.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from ownway.commands.assets import COLLECTING

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", **COLLECTING)
    start = time.perf_counter()
    call_command("fill_demo", people=people, clock="2026-01-06T09:55:00+00:00")
    filled = time.perf_counter() - start
    pages = _asked()
    print(f"{people:,} people loaded in {filled:.1f} s; {rounds} rounds; {_machine()}\n")
    _print_table(pages, _rounds(pages, rounds))
    return 0


def _asked() -> list[tuple[str, str]]:
    from ownway.demo.cast import staff_named
    from ownway.foundation.people.models import NamedWorker, PersonSignIn
    from ownway.foundation.plan.models import Plan

    dev = staff_named("Dev Marlowe")
    named = NamedWorker.objects.filter(staff=dev, ends_at=None)
    person = named.filter(person__plans__status="agreed").order_by("pk").first() or named.first()
    offered = Plan.objects.filter(
        status="offered", person__named_workers__staff__team=dev.team
    ).first()
    resident = PersonSignIn.objects.select_related("sign_in").order_by("pk").first()
    names = {
        "person": person.person_id if person else 0,
        "plan": offered.pk if offered else 0,
        "resident": resident.sign_in.email.split("@")[0] if resident else "nobody",
    }
    return [(who.format(**names), page.format(**names)) for who, page in PAGES]


def _rounds(
    pages: list[tuple[str, str]], rounds: int
) -> dict[tuple[str, str], list[tuple[float, int, int, int]]]:
    from django.test import Client

    from ownway.foundation.council.models import SignIn

    clients: dict[str, Client] = {}
    for who in {who for who, _ in pages}:
        clients[who] = Client()
        if sign_in := SignIn.objects.filter(email=f"{who}@alderbrook.example").first():
            clients[who].force_login(sign_in)
    found: dict[tuple[str, str], list[tuple[float, int, int, int]]] = {key: [] for key in pages}
    for n in range(rounds + 3):
        for who, page in pages:
            answer = clients[who].get(page, headers={"host": "127.0.0.1"})
            timing = answer.headers["Server-Timing"]
            spent = float(timing.split("dur=")[1].split(",")[0])
            queries = int(timing.split('desc="')[1].split('"')[0])
            size = len(gzip.compress(answer.content))
            if n >= 3:
                found[(who, page)].append((spent, queries, size, answer.status_code))
    return found


def _print_table(
    pages: list[tuple[str, str]], found: dict[tuple[str, str], list[tuple[float, int, int, int]]]
) -> None:
    base = statistics.median(row[0] for row in found[pages[0]])
    print(
        f"{'page':<52} {'status':>6} {'queries':>7} {'median ms':>9}"
        f" {'p95 ms':>7} {'ratio':>6} {'KB':>5}"
    )
    for who, page in pages:
        rows = found[(who, page)]
        times = sorted(row[0] for row in rows)
        median, late = statistics.median(times), times[int(len(times) * 0.95) - 1]
        name = f"{page} ({who.split('.')[0]})"
        print(
            f"{name:<52} {rows[-1][3]:>6} {max(r[1] for r in rows):>7} {median:>9.1f} {late:>7.1f} "
            f"{median / base:>6.1f} {rows[-1][2] / 1024:>5.1f}"
        )


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
