"""Kill what moves money at every boundary between two statements, and see what is left.

Run by `test_killing.py` as a process of its own, on the database of the test. For each boundary a
child is forked that does one step and kills itself there, as the machine would: SIGKILL, no
warning. Prints what was found as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from ownway.foundation.letters.models import Outbox  # noqa: E402
from ownway.foundation.record import actions as record  # noqa: E402
from ownway.foundation.record.models import Event  # noqa: E402
from ownway.journey.budgets import actions, queries  # noqa: E402
from ownway.journey.budgets.models import Entry, Payment, Transaction  # noqa: E402
from tests.journey.budgets.joneses import FIRST_DAY  # noqa: E402

MONDAY, A_MONTH_ON = date(2026, 2, 16), date(2026, 3, 16)


@dataclass
class Found:
    """What killing one step showed."""

    kills: int = 0
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Kill each step at every boundary; then let it be, and see that it is there once."""
    start, *others = actions.starts_due(on=MONDAY)
    found = {"open": kill_everywhere(lambda: actions.open_four_weeks(start, at=FIRST_DAY))}
    run_alone(lambda: [actions.open_four_weeks(other, at=FIRST_DAY) for other in others])
    session = actions.sessions_due(on=MONDAY)[0]
    found["session"] = kill_everywhere(lambda: actions.pay_session(session, at=FIRST_DAY))
    payment = queries.to_send(by=MONDAY)[0]
    found["send"] = kill_everywhere(lambda: actions.send(payment, at=FIRST_DAY))
    found["run"] = kill_the_run()
    found["careless"] = kill_everywhere(carelessly)
    sys.stdout.write(json.dumps({name: vars(one) for name, one in found.items()}))


def carelessly() -> None:
    """What money must never do: two halves of one step in two transactions."""
    for half in ("first", "second"):
        words = f"The {half} half"
        record.write("careless", about=None, by=None, at=FIRST_DAY, words=words)


def kill_everywhere(step: Callable[[], object]) -> Found:
    """Whenever a step is killed, all of it is there or nothing; done again, it adds nothing."""
    found, before, seen = Found(), state(), set()
    for boundary in range(1, 500):
        killed = run_killed(step, at_boundary=boundary)
        seen.add(state())
        found.faults += [f"{boundary}: {fault.what} {fault.why}" for fault in prove()]
        if not killed:
            break
        found.kills += 1
    run_alone(step)
    done = state()
    if done == before:
        found.faults.append("nothing was done in the end")
    found.faults += [f"left half done: {half}" for half in sorted(seen - {before, done})]
    return found


def kill_the_run() -> Found:
    """A morning four weeks on, killed a little later each time, until it gets through."""
    found = Found()
    for boundary in range(1, 2_000):
        killed = run_killed(lambda: actions.run(on=A_MONTH_ON, at=FIRST_DAY), at_boundary=boundary)
        found.faults += [f"{boundary}: {fault.what} {fault.why}" for fault in prove()]
        if not killed:
            return found
        found.kills += 1
    found.faults.append("the run never got through")
    return found


def run_killed(step: Callable[[], object], *, at_boundary: int) -> bool:
    """Do a step in a child that kills itself at a boundary; false when it got through."""
    connection.close()
    child = os.fork()
    if child == 0:
        Boundaries(at_boundary).watch()
        step()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the step failed by itself"
    return False


def run_alone(step: Callable[[], object]) -> int:
    """Do a step in a child that nobody kills."""
    return int(run_killed(step, at_boundary=1_000_000))


class Boundaries:
    """Counts what the database is asked, commits too, and kills before and after each."""

    def __init__(self, last: int) -> None:
        self.passed, self.last = 0, last

    def watch(self) -> None:
        """Count from now on."""
        connection.ensure_connection()
        database: Any = connection
        connection.execute_wrappers.append(self.around)
        commit = database._commit

        def counted() -> None:
            self.step()
            commit()
            self.step()

        database._commit = counted

    def around(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """One statement, with a boundary before it and one after."""
        self.step()
        answer = execute(sql, params, many, context)
        self.step()
        return answer

    def step(self) -> None:
        """Pass a boundary, or end here."""
        self.passed += 1
        if self.passed >= self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def prove() -> tuple[queries.Fault, ...]:
    """What the ledger's own check finds."""
    return queries.prove().faults


def state() -> tuple[int, ...]:
    """How much there is of all that a step writes."""
    connection.close()
    return (
        Transaction.objects.count(),
        Entry.objects.count(),
        Event.objects.count(),
        Outbox.objects.count(),
        Payment.objects.filter(status="sent").count(),
    )


if __name__ == "__main__":
    main()
