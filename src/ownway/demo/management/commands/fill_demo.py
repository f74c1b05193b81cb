"""Make the invented council, once. Refuses a database that holds anything else."""

import time
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ownway.demo.filling import fill
from ownway.foundation.council.actions import set_clock
from ownway.foundation.council.models import Identity, Staff
from ownway.foundation.council.queries import DEFAULT_PROFILE, live_settings, today
from ownway.foundation.people.models import Person


class Command(BaseCommand):
    """All or nothing: a kill in the middle leaves an empty council, and the next start fills it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people, what time it is, and whose rules."""
        parser.add_argument("--people", type=int, default=3500)
        parser.add_argument("--clock", required=True)
        parser.add_argument("--profile", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, unless it is filled already."""
        council = Identity.objects.first()
        if council and council.is_invented:
            if options["profile"]:
                _refuse_other(options["profile"])
            self.stdout.write("         The council is there already; nothing is made again")
            return
        if council or Person.objects.exists() or Staff.objects.exists():
            raise CommandError(
                "This database holds a real council. The demo only fills an empty one: "
                "unset DATABASE_URL, or name an empty database."
            )
        moment = datetime.fromisoformat(options["clock"])
        profile = options["profile"] or DEFAULT_PROFILE
        began = time.monotonic()
        with transaction.atomic(), pghistory.context(job="fill_demo"):
            made = fill(people=options["people"], at=moment - timedelta(minutes=5), profile=profile)
            for words in made:
                self.stdout.write(f"         {time.monotonic() - began:5.1f} s  {words}")
            set_clock(moment)


def _refuse_other(profile: str) -> None:
    """The rules of a demo that is there are not changed behind the back of whoever looks at it."""
    live = live_settings(today())
    if live is not None and live.profile != profile:
        raise CommandError(
            f"The demo that is there was made with {live.profile}. Begin it anew with "
            f"./ownway demo --again --profile {profile}, or leave --profile {profile} out."
        )
