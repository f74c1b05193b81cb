"""What runs by itself. A stage lists in its `jobs.py` what it does when it is due.

`DUE = {"send what is due": function}`: each a function of the moment that does whatever is due by
then and nothing twice, so that it may run every minute, late, or again after a crash.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import pghistory
from django.apps import apps

from ownway.foundation.council.queries import now
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters import queries as letter_queries
from ownway.jobs import answers

logger = logging.getLogger(__name__)
DueJob = Callable[[datetime], object]


def send_outbox(at: datetime) -> int:
    """Send what waits in the outbox; each row once, whatever dies."""
    return sum(letters.send(row, at=at) for row in letter_queries.still_to_send())


def answer_events(at: datetime) -> int:
    """Answer events that no request has answered."""
    return answers.answer_late(at=at)


@cache
def jobs() -> dict[str, DueJob]:
    """Every job of the timetable, by name, in the order they run."""
    found: dict[str, DueJob] = {"answer events": answer_events}
    for app in apps.get_app_configs():
        if app.name.startswith("ownway.") and find_spec(f"{app.name}.jobs"):
            found |= getattr(import_module(f"{app.name}.jobs"), "DUE", {})
    return found | {"send outbox": send_outbox}


def run_due() -> Iterator[tuple[str, object]]:
    """Run every job once and say what each did."""
    for name, job in jobs().items():
        with pghistory.context(job=name):
            try:
                yield name, job(now())
            except Exception:
                # One job that fails must not stop payments and letters; it runs again in a minute.
                logger.exception("The job %r failed", name)
                yield name, "failed"
