"""`ownway demo`: everything set up, seeded, served and explained, in one command."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date, datetime
from types import FrameType
from zoneinfo import ZoneInfo

from ownway.commands import children
from ownway.commands.assets import COLLECTING
from ownway.commands.migrate import bring_up_to_date
from ownway.commands.postgres import EmbeddedPostgres, data_folder
from ownway.policy import packs
from ownway.policy.refusals import PolicyRefused

START_OF_STORY = "2026-01-06T09:55"


def main(argv: list[str]) -> int:
    """Serve the invented council until Ctrl-C."""
    wanted = _parser().parse_args(argv)
    try:
        moment = datetime.fromisoformat(wanted.clock).replace(tzinfo=ZoneInfo("Europe/London"))
    except ValueError:
        print(
            f"--clock takes a moment like {START_OF_STORY}, not {wanted.clock!r}", file=sys.stderr
        )
        return 2
    if not 1 <= wanted.port <= 65535 or not 0 <= wanted.people <= 1_000_000:
        print("--port is 1 to 65535; --people is 0 to 1,000,000", file=sys.stderr)
        return 2
    if wanted.profile and (refusal := unfit(wanted.profile, on=moment.date())):
        print(refusal, file=sys.stderr)
        return 1
    if _is_taken(wanted.port):
        print(
            f"Port {wanted.port} is taken: another demo may be running. "
            f"Stop it, or choose another: ./ownway demo --port {wanted.port + 1}",
            file=sys.stderr,
        )
        return 1
    os.environ["OWNWAY_DEMO"] = "1"
    return Demo(
        moment,
        people=wanted.people,
        port=wanted.port,
        again=wanted.again,
        profile=wanted.profile,
    ).run()


def unfit(profile: str, *, on: date) -> str:
    """Why the demo cannot run on a profile on a day, or nothing: it must know what people pay."""
    try:
        if profile not in packs.profiles():
            return f"There is no profile {profile!r}. Use one of: {', '.join(packs.profiles())}."
        pack = packs.load(profile, on=on)
    except PolicyRefused as refusal:
        return str(refusal)
    if pack.word("charging_method") == "protected_income":
        return ""
    if pack.number("capital_upper_pence").value is not None:
        return ""
    return (
        f"The demo cannot run on {profile}: what its people pay is worked out with national "
        f"rates that are not known for {on.day} {on:%B %Y}. Read its numbers with "
        f"./ownway policy show {profile}, or use --profile alderbrook-care-act to see savings, "
        "couples and care homes count."
    )


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ownway demo", description=__doc__)
    parser.add_argument("--people", type=int, default=3500, help="how many people (default 3,500)")
    parser.add_argument(
        "--profile",
        help="whose rules: alderbrook, or alderbrook-care-act, which counts savings, couples and "
        "care homes (default: those the demo was made with, at first alderbrook)",
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--again", action="store_true", help="throw away what is in the demo, and begin it anew"
    )
    parser.add_argument(
        "--clock", default=START_OF_STORY, help="what time it is when the demo is first made"
    )
    return parser


class Demo:
    """The demo's processes: database, web pages, jobs; each is started again when it dies."""

    def __init__(
        self,
        moment: datetime,
        *,
        people: int,
        port: int,
        again: bool = False,
        profile: str | None = None,
    ) -> None:
        self.profile = profile
        self.moment, self.people, self.port, self.again = moment, people, port, again
        self.database: EmbeddedPostgres | None = None
        self.running: dict[str, tuple[list[str], subprocess.Popen[bytes]]] = {}
        self.ended = False
        self.began = time.monotonic()

    def run(self) -> int:
        """Start everything, say how to get in, and keep watch."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._end)
        os.environ.setdefault("OWNWAY_ADDRESS", self.address)
        try:
            self._step("Starting the database")
            self._start_database()
            if refusal := self._fill():
                print(refusal, file=sys.stderr)
                return 1
            self._step("Starting the web pages and the jobs")
            self._start_children()
            if not self._answers():
                print("The web pages did not answer. See above for why.", file=sys.stderr)
                return 1
            print(self._welcome(), flush=True)
            self._watch()
        finally:
            self._stop()
        return 0

    def _step(self, words: str) -> None:
        print(f"{time.monotonic() - self.began:5.1f} s  {words}", flush=True)

    def _start_database(self) -> None:
        if os.environ.get("DATABASE_URL"):
            return
        self.database = EmbeddedPostgres(data_folder())
        os.environ["DATABASE_URL"] = self.database.start()

    def _fill(self) -> str:
        """Migrate, and make the council when there is none. Returns a refusal, or nothing."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownway.config.settings")
        import django
        from django.core.management import CommandError, call_command

        django.setup()
        if self.again and (refusal := self._begin_again()):
            return refusal
        self._step("Bringing the tables up to date")
        bring_up_to_date(verbosity=0)
        call_command("collectstatic", **COLLECTING)
        self._step("Making the invented council (the first time only)")
        try:
            call_command(
                "fill_demo",
                people=self.people,
                clock=self.moment.isoformat(),
                profile=self.profile,
            )
        except CommandError as refusal:
            return str(refusal)
        from django.db import connection

        connection.close()
        return ""

    def _begin_again(self) -> str:
        from django.core.management import CommandError, call_command

        if self.database and self.database.is_shared():
            return "Another ./ownway uses the demo’s database. Stop it first, then begin anew."
        self._step("Throwing away what was in the demo")
        try:
            call_command("empty_demo")
        except CommandError as refusal:
            return str(refusal)
        return ""

    def _start_children(self) -> None:
        web = children.web_command(host="127.0.0.1", port=self.port, workers=1)
        for name, command in (("web pages", web), ("jobs", children.jobs_command())):
            self.running[name] = (command, children.start(command))

    def _answers(self) -> bool:
        end = time.monotonic() + 60
        while time.monotonic() < end and not self.ended:
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2) as answer:  # noqa: S310 (our own address)
                    return bool(answer.status == 200)
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        return False

    @property
    def address(self) -> str:
        """Where the demo is served."""
        return f"http://127.0.0.1:{self.port}"

    def _welcome(self) -> str:
        from django.core.management import call_command

        return str(
            call_command(
                "demo_ways_in",
                address=self.address,
                spent=time.monotonic() - self.began,
                kept_in=str(self.database.base) if self.database else "the database you named",
            )
        )

    def _watch(self) -> None:
        """Look after the processes once a second until told to end."""
        while not self.ended:
            time.sleep(0.5)
            if self.database and not self.database.is_alive():
                self._step("The database stopped; starting it again")
                self.database.revive()
            for name, (command, child) in list(self.running.items()):
                if child.poll() is not None:
                    self._step(f"The {name} stopped; starting them again")
                    self.running[name] = (command, children.start(command))
                    time.sleep(1)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ended = True

    def _stop(self) -> None:
        for _, child in self.running.values():
            children.stop(child)
        if self.database:
            self.database.stop()
        print("Stopped. Nothing is lost: start again with ./ownway demo", flush=True)
