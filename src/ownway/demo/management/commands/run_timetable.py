"""Run what the timetable would run at this moment of the demo's clock."""

from typing import Any

from django.core.management.base import BaseCommand

from ownway.jobs.timetable import run_due


class Command(BaseCommand):
    """Every job of the timetable, once, in this process."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them."""
        for name, result in run_due():
            self.stdout.write(f"{name}: {result}")
