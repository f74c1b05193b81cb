"""`ownway pay`: what is due, and letting it go by two people. Exit 1 with a sentence on refusal."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ownway.design.money import pounds

if TYPE_CHECKING:
    from ownway.foundation.council.models import Staff
    from ownway.journey.budgets.actions import Ran
    from ownway.journey.budgets.models import Payment


def main(argv: list[str]) -> int:
    """Run `pay list`, `pay prepare`, `pay release` or `pay run`."""
    words = _words().parse_args(argv)
    from django.core.exceptions import PermissionDenied

    from ownway.foundation.council import queries as council
    from ownway.journey.budgets.actions import CannotPay

    words.on = words.on or council.today()
    try:
        if words.what == "run":
            return _run(words)
        if words.what == "list":
            return _list(words)
        return _move(words)
    except (CannotPay, PermissionDenied) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _run(words: argparse.Namespace) -> int:
    """What the morning does: support starts, own services are paid, released money is sent."""
    from ownway.journey.budgets import actions

    if words.dry_run:
        return _tell(actions.would_run(on=words.on), words, done=False)
    return _tell(actions.run(on=words.on, at=_moment(words.on)), words, done=True)


def _tell(ran: "Ran", words: argparse.Namespace, *, done: bool) -> int:
    if words.json:
        print(
            json.dumps(
                {
                    "on": words.on.isoformat(),
                    "started": len(ran.starts),
                    "sessions": [
                        {
                            "service": str(one.line.organisation),
                            "number": one.number,
                            "pence": one.line.week_pence,
                        }
                        for one in ran.sessions
                    ],
                    "sent": [_as_json(payment) for payment in ran.sent],
                    "waiting": [_as_json(payment) for payment in ran.waiting],
                }
            )
        )
        return 0
    for payment in ran.sent:
        sent = "sent" if done else "would be sent"
        print(f"Payment {pounds(payment.pence)} {sent} to {payment.to.name}")
    for one in ran.sessions:
        name = one.line.organisation
        print(f"{name} account +{pounds(one.line.week_pence)} (session {one.number})")
    for payment in ran.waiting:
        print(f"Waits, {payment.get_status_display().lower()}: {_line(payment)}")
    print(
        f"{words.on}: {len(ran.starts)} budgets opened, {len(ran.sessions)} sessions paid at"
        f" source, {len(ran.sent)} payments sent, {len(ran.waiting)} waiting."
        + ("" if done else " Nothing was changed.")
    )
    return 0


def _list(words: argparse.Namespace) -> int:
    from ownway.journey.budgets import queries

    found = list(queries.due(by=words.on + queries.AHEAD))
    if words.json:
        print(json.dumps([_as_json(payment) for payment in found]))
        return 0
    for payment in found:
        print(f"{payment.get_status_display():<9} {_line(payment)}")
    print(f"{len(found)} payments due by {words.on + queries.AHEAD}, {pounds(_total(found))}.")
    return 0


def _move(words: argparse.Namespace) -> int:
    """Prepare or release what is due within two weeks, in somebody's name."""
    from ownway.journey.budgets import actions, queries

    by = _staff(words.by)
    if by is None:
        print(f"Nobody here signs in as {words.by}. Give --by EMAIL", file=sys.stderr)
        return 1
    until = words.on + queries.AHEAD
    is_release = words.what == "release"
    waiting = queries.to_release(by=until) if is_release else queries.to_prepare(by=until)
    keys = [payment.pk for payment in waiting]
    if not keys:
        print(f"Nothing to {words.what} that is due by {until}.")
        return 0
    if words.dry_run:
        print(f"Would {words.what} {len(keys)} payments, {pounds(_total(waiting))}.")
        return 0
    act = actions.release if is_release else actions.prepare
    moved = act(keys, by=by, at=_moment(words.on))
    print(f"{by.name} {words.what}d {len(moved)} payments, {pounds(_total(moved))}.")
    return 0


def _staff(email: str | None) -> "Staff | None":
    from ownway.foundation.council import queries as council

    return council.staff_members().filter(sign_in__email=(email or "").lower()).first()


def _moment(on: date) -> datetime:
    """Now, or the morning of another day that was asked for."""
    from django.utils import timezone

    from ownway.foundation.council import queries as council

    if on == council.today():
        return council.now()
    return timezone.make_aware(datetime.combine(on, time(8)))


def _total(payments: "Iterable[Payment]") -> int:
    return sum(payment.pence for payment in payments)


def _line(payment: "Payment") -> str:
    return f"{payment.due_on} {pounds(payment.pence):>12} to {payment.to.name}"


def _as_json(payment: "Payment") -> dict[str, object]:
    return {
        "payment": payment.pk,
        "to": payment.to.name,
        "due_on": payment.due_on.isoformat(),
        "pence": payment.pence,
        "status": payment.status,
    }


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway pay",
        description="What is due to be paid. One person prepares, another releases, and the"
        " morning's run sends what both let go, each payment once.",
    )
    parser.add_argument(
        "what",
        choices=["list", "prepare", "release", "run"],
        help="list what is due; prepare or release it; run what the morning does",
    )
    parser.add_argument("--on", type=date.fromisoformat, help="the day, like 2026-02-16")
    parser.add_argument("--by", metavar="EMAIL", help="who prepares or releases")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser
