"""Writing in the ledger: posting once, in bulk, and putting right by reversing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ownway.design.money import pounds
from ownway.foundation.council.models import Organisation, SignIn
from ownway.foundation.people.models import Person
from ownway.journey.budgets import queries
from ownway.journey.budgets.models import NEVER_BELOW_NOTHING, Account, Entry, Kind, Transaction


class CannotPost(Exception):
    """Something the ledger does not take; the message says why."""


@dataclass(frozen=True)
class Posting:
    """A transaction about to be written: its key, its day, its words, and (account, pence)."""

    key: str
    counts_on: date
    words: str
    entries: tuple[tuple[Account, int], ...]


def open_account(
    kind: Kind, *, name: str, person: Person | None = None, organisation: Organisation | None = None
) -> Account:
    """Open an account, or return the one there is."""
    made, _ = Account.objects.get_or_create(
        kind=kind, person=person, organisation=organisation, defaults={"name": name[:160]}
    )
    return made


@transaction.atomic
def post(
    posting: Posting, *, by: SignIn | None, at: datetime, reverses: Transaction | None = None
) -> Transaction:
    """Write a transaction, once: posting the same key again returns what was written.

    Raises:
        CannotPost: an account would hold less than nothing, or the key was used for another.
        IntegrityError: at commit, when it does not balance.
    """
    header, is_new = Transaction.objects.get_or_create(
        key=posting.key,
        defaults={
            "at": at,
            "by": by,
            "counts_on": posting.counts_on,
            "words": posting.words[:200],
            "reverses": reverses,
        },
    )
    if not is_new:
        _refuse_another(header, posting)
        return header
    _refuse_overdraft([posting])
    _write_entries([(header, posting)])
    return header


@transaction.atomic
def post_all(postings: Sequence[Posting], *, by: SignIn | None, at: datetime) -> int:
    """Write many new transactions at once, all or none, and say how many.

    Raises:
        CannotPost: an account would hold less than nothing, or a key was used before.
    """
    headers = [
        Transaction(key=one.key, at=at, by=by, counts_on=one.counts_on, words=one.words[:200])
        for one in postings
    ]
    try:
        with transaction.atomic():
            written = Transaction.objects.bulk_create(headers, batch_size=5000)
    except IntegrityError as clash:
        raise CannotPost("A key among these was used before; nothing was written") from clash
    _refuse_overdraft(postings)
    _write_entries(zip(written, postings, strict=True))
    return len(written)


@transaction.atomic
def reverse(
    wrong: Transaction, *, because: str, by: SignIn | None, at: datetime, on: date
) -> Transaction:
    """Put a transaction right by writing its opposite, once. Both stay to be seen.

    Raises:
        CannotPost: no reason was given, or what it brought has been used since.
    """
    if not because.strip():
        raise CannotPost("Say why this is put right")
    opposite = tuple((entry.account, -entry.pence) for entry in queries.entries_of(wrong))
    posting = Posting(f"reverse:{wrong.pk}", on, f"Put right: {because.strip()}", opposite)
    return post(posting, by=by, at=at, reverses=wrong)


def _refuse_another(header: Transaction, posting: Posting) -> None:
    """The same key with other entries is a fault of whoever asks, never a second transaction."""
    written = sorted((entry.account_id, entry.pence) for entry in queries.entries_of(header))
    if written != sorted((account.pk, pence) for account, pence in posting.entries):
        raise CannotPost(f"The key {posting.key} was used for another transaction")


def _write_entries(pairs: Iterable[tuple[Transaction, Posting]]) -> None:
    Entry.objects.bulk_create(
        [
            Entry(transaction=header, account=account, pence=pence)
            for header, posting in pairs
            for account, pence in posting.entries
        ],
        batch_size=5000,
    )


def _refuse_overdraft(postings: Sequence[Posting]) -> None:
    """Lock the accounts that money is taken from, in one order, and see that there is enough."""
    out: defaultdict[int, int] = defaultdict(int)
    for posting in postings:
        for account, pence in posting.entries:
            out[account.pk] += pence if account.kind in NEVER_BELOW_NOTHING else 0
    taken = [key for key, pence in out.items() if pence < 0]
    if not taken:
        return
    locked = Account.objects.filter(pk__in=taken).select_for_update(no_key=True).order_by("pk")
    accounts = list(locked)
    held = queries.balances(account.pk for account in accounts)
    for account in accounts:
        if held[account.pk] + out[account.pk] < 0:
            raise CannotPost(
                f"{account.name} holds {pounds(held[account.pk])}; "
                f"{pounds(-out[account.pk])} cannot be taken from it"
            )
