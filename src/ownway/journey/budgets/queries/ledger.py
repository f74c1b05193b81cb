"""What the ledger says: balances, and whether everything in it balances."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from ownway.foundation.council.models import Organisation
from ownway.foundation.people.models import Person
from ownway.journey.budgets.models import Account, Entry, Kind, Transaction


def account(
    kind: Kind, *, person: Person | None = None, organisation: Organisation | None = None
) -> Account | None:
    """The account of a kind that somebody has, when they have one."""
    return Account.objects.filter(kind=kind, person=person, organisation=organisation).first()


def balance(account: Account) -> int:
    """What an account holds, in pence."""
    return Entry.objects.filter(account=account).aggregate(all=Sum("pence"))["all"] or 0


def balances(accounts: Iterable[int]) -> dict[int, int]:
    """What some accounts hold, by their keys; one database query however many."""
    wanted = list(accounts)
    found = (
        Entry.objects.filter(account__in=wanted)
        .values("account")
        .order_by("account")
        .annotate(all=Sum("pence"))
    )
    return dict.fromkeys(wanted, 0) | {row["account"]: row["all"] for row in found}


def moved(person: Person, *, first: date, last: date) -> dict[str, int]:
    """What moved in each of somebody's budget accounts in some days."""
    return moved_of([person], first=first, last=last)


def moved_of(people: Iterable[Person], *, first: date, last: date) -> dict[str, int]:
    """What moved in the budget accounts of some people in some days, by kind of account."""
    rows = (
        Entry.objects.filter(
            account__person__in=list(people), transaction__counts_on__range=(first, last)
        )
        .values("account__kind")
        .order_by("account__kind")
        .annotate(all=Sum("pence"))
    )
    return {row["account__kind"]: row["all"] for row in rows}


def entries_of(which: Transaction) -> list[Entry]:
    """A transaction's entries with their accounts, in the order they were written."""
    found = Entry.objects.filter(transaction=which)
    return list(found.select_related("account").order_by("pk"))


def trading_accounts() -> QuerySet[Account]:
    """Accounts of the council's own services, with what they hold and how often they were paid."""
    own = Account.objects.filter(kind=Kind.PROVIDER, organisation__kind="in_house")
    sessions = Count("entries", filter=Q(entries__pence__gt=0))
    return own.annotate(holds=Sum("entries__pence", default=0), sessions=sessions).order_by(
        "name", "pk"
    )


@dataclass(frozen=True)
class Fault:
    """Something in the ledger that cannot be: which transaction or person, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Proof:
    """What was looked at, and every fault found; none when the ledger is right."""

    transactions: int
    entries: int
    people: int
    faults: tuple[Fault, ...]


def prove() -> Proof:
    """Work out again, over everything, that the ledger balances."""
    faults = [*_unbalanced(), *_budgets_that_differ(), *_below_nothing(), *_sent_amiss()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM budgets_transaction), (SELECT count(*) FROM"
            " budgets_entry), (SELECT count(*) FROM budgets_account WHERE kind = 'granted')"
        )
        transactions, entries, people = cursor.fetchone()
    return Proof(transactions, entries, people, tuple(faults))


def _unbalanced() -> list[Fault]:
    """Transactions without entries, or that do not balance in a book or for a person."""
    sql = """
        WITH books AS (
            SELECT entry.transaction_id AS id, sum(entry.pence) AS pence, count(*) AS entries
            FROM budgets_entry AS entry
            JOIN budgets_account AS account ON account.id = entry.account_id
            GROUP BY entry.transaction_id,
                CASE WHEN account.kind IN ('granted', 'left', 'promised', 'spent')
                    THEN account.person_id END
        ), sums AS (
            SELECT id, bool_and(pence = 0) AS balances, sum(entries) AS entries
            FROM books GROUP BY id
        )
        SELECT header.id, header.key, coalesce(sums.entries, 0)
        FROM budgets_transaction AS header LEFT JOIN sums ON sums.id = header.id
        WHERE sums.id IS NULL OR NOT sums.balances OR sums.entries < 2 ORDER BY header.id
    """
    return [
        Fault(
            f"transaction {number} ({key})",
            "does not balance" if entries else "has no entries",
        )
        for number, key, entries in _rows(sql)
    ]


def _budgets_that_differ() -> list[Fault]:
    """People whose budget is not what is left, promised and spent."""
    sql = """
        SELECT account.person_id,
            -sum(entry.pence) FILTER (WHERE account.kind = 'granted'),
            sum(entry.pence) FILTER (WHERE account.kind <> 'granted')
        FROM budgets_entry AS entry JOIN budgets_account AS account ON account.id = entry.account_id
        WHERE account.kind IN ('granted', 'left', 'promised', 'spent')
        GROUP BY account.person_id HAVING sum(entry.pence) <> 0 ORDER BY account.person_id
    """
    return [
        Fault(
            f"person {person}",
            f"was granted {granted or 0} pence, but left, promised and spent make {used or 0}",
        )
        for person, granted, used in _rows(sql)
    ]


def _below_nothing() -> list[Fault]:
    sql = """
        SELECT account.id, account.kind, sum(entry.pence)
        FROM budgets_entry AS entry JOIN budgets_account AS account ON account.id = entry.account_id
        WHERE account.kind IN ('left', 'promised', 'spent', 'payee')
        GROUP BY account.id HAVING sum(entry.pence) < 0 ORDER BY account.id
    """
    return [
        Fault(f"account {number} ({kind})", f"holds {pence} pence, less than nothing")
        for number, kind, pence in _rows(sql)
    ]


def _sent_amiss() -> list[Fault]:
    """Payments whose transaction did not put their amount into their account."""
    sql = """
        SELECT payment.id, payment.pence, coalesce(sum(entry.pence), 0)
        FROM budgets_payment AS payment
        LEFT JOIN budgets_entry AS entry ON entry.transaction_id = payment.transaction_id
            AND entry.account_id = payment.to_id
        WHERE payment.status = 'sent' GROUP BY payment.id
        HAVING coalesce(sum(entry.pence), 0) <> payment.pence ORDER BY payment.id
    """
    return [
        Fault(f"payment {number}", f"of {pence} pence booked {booked} pence")
        for number, pence, booked in _rows(sql)
    ]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
