"""The ledger balances at commit, is written once by key, never overdrawn, and never changed."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ownway.commands import ledger as command
from ownway.foundation.people.models import Person
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.actions import Posting
from ownway.journey.budgets.models import Account, Entry, Kind, Transaction
from tests.conftest import NOON

DAY = date(2026, 2, 16)


def money(person: Person) -> tuple[Account, Account]:
    """The council's care budget, and somebody's own account."""
    council = actions.open_account(Kind.COUNCIL, name="Care budget")
    return council, actions.open_account(Kind.PAYEE, name=f"Account of {person}", person=person)


def budget(person: Person) -> dict[Kind, Account]:
    """Somebody's four budget accounts."""
    kinds = (Kind.GRANTED, Kind.LEFT, Kind.PROMISED, Kind.SPENT)
    return {kind: actions.open_account(kind, name=kind.label, person=person) for kind in kinds}


def paid(key: str, council: Account, payee: Account, pence: int = 100) -> Posting:
    """Money from the council to an account."""
    return Posting(key, DAY, "Paid", ((council, -pence), (payee, pence)))


def settle_now() -> None:
    """Check now what is otherwise checked at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@transaction.atomic
def post_and_settle(posting: Posting) -> None:
    """Post, and check at once as at commit."""
    actions.post(posting, by=None, at=NOON)
    settle_now()


def test_a_transaction_is_written_with_its_entries_and_moves_the_balances(harold: Person) -> None:
    council, payee = money(harold)

    actions.post(paid("one", council, payee, 54600), by=None, at=NOON)

    settle_now()
    assert queries.balances([council.pk, payee.pk]) == {council.pk: -54600, payee.pk: 54600}


def test_what_does_not_balance_is_refused(harold: Person) -> None:
    council, payee = money(harold)
    wrong = Posting("wrong", DAY, "Wrong", ((council, -100), (payee, 99)))

    with pytest.raises(IntegrityError, match="does not balance"):
        post_and_settle(wrong)

    assert not Transaction.objects.exists()


def test_a_transaction_without_entries_is_refused(harold: Person) -> None:
    with pytest.raises(IntegrityError, match="does not balance"):
        post_and_settle(Posting("empty", DAY, "Empty", ()))


def test_an_entry_added_later_is_refused(harold: Person) -> None:
    council, payee = money(harold)
    written = actions.post(paid("one", council, payee), by=None, at=NOON)
    settle_now()
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")

    Entry.objects.create(transaction=written, account=payee, pence=5)

    with pytest.raises(IntegrityError, match="does not balance"):
        settle_now()


def test_money_cannot_leak_from_one_book_into_the_other(harold: Person) -> None:
    council, _ = money(harold)
    left = budget(harold)[Kind.LEFT]

    with pytest.raises(IntegrityError, match="does not balance"):
        post_and_settle(Posting("leak", DAY, "Leak", ((council, -100), (left, 100))))


def test_one_persons_budget_cannot_pay_for_another(harold: Person, edith: Person) -> None:
    his, hers = budget(harold), budget(edith)
    moved = ((his[Kind.GRANTED], -100), (hers[Kind.LEFT], 100))

    with pytest.raises(IntegrityError, match="does not balance"):
        post_and_settle(Posting("other", DAY, "Other", moved))


def test_an_entry_of_nothing_is_refused(harold: Person) -> None:
    council, payee = money(harold)
    nothing = Posting("nothing", DAY, "Nothing", ((council, 0), (payee, 0)))

    with pytest.raises(IntegrityError, match="an_entry_moves_something"), transaction.atomic():
        actions.post(nothing, by=None, at=NOON)


def test_the_same_key_is_written_once(harold: Person) -> None:
    council, payee = money(harold)

    first = actions.post(paid("one", council, payee), by=None, at=NOON)
    again = actions.post(paid("one", council, payee), by=None, at=NOON)

    assert first == again
    assert queries.balance(payee) == 100


def test_the_same_key_with_another_amount_is_refused(harold: Person) -> None:
    council, payee = money(harold)
    actions.post(paid("one", council, payee, 100), by=None, at=NOON)

    with pytest.raises(actions.CannotPost, match="was used for another"):
        actions.post(paid("one", council, payee, 101), by=None, at=NOON)


def test_nothing_is_taken_that_is_not_there(harold: Person) -> None:
    council, payee = money(harold)
    actions.post(paid("in", council, payee, 100), by=None, at=NOON)

    with pytest.raises(actions.CannotPost, match=r"holds £1\.00"):
        actions.post(paid("out", payee, council, 101), by=None, at=NOON)

    assert queries.balance(payee) == 100


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE budgets_entry SET pence = 5",
        "DELETE FROM budgets_entry",
        "UPDATE budgets_transaction SET words = 'Nothing happened'",
        "DELETE FROM budgets_transaction",
    ],
)
def test_what_is_written_is_never_changed_or_taken_out(harold: Person, change: str) -> None:
    actions.post(paid("one", *money(harold)), by=None, at=NOON)

    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"), transaction.atomic():
        connection.cursor().execute(change)


def test_what_is_wrong_is_put_right_by_its_opposite_once(harold: Person) -> None:
    council, payee = money(harold)
    wrong = actions.post(paid("one", council, payee, 700), by=None, at=NOON)

    for _ in range(2):
        actions.reverse(wrong, because="Paid to the wrong person", by=None, at=NOON, on=DAY)

    settle_now()
    assert queries.balance(payee) == 0
    assert Transaction.objects.count() == 2
    assert wrong.reversed_by.words == "Put right: Paid to the wrong person"


def test_putting_right_needs_a_reason(harold: Person) -> None:
    wrong = actions.post(paid("one", *money(harold)), by=None, at=NOON)

    with pytest.raises(actions.CannotPost, match="Say why"):
        actions.reverse(wrong, because=" ", by=None, at=NOON, on=DAY)


def test_the_check_is_green_when_all_balances(
    harold: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.post(paid("one", *money(harold)), by=None, at=NOON)

    assert command.main(["check"]) == 0
    assert "The ledger balances: 1 transactions, 2 entries" in capsys.readouterr().out


def planted(sql: str) -> None:
    """Do what no way of the product allows: write past the triggers."""
    settle_now()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budgets_entry DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE budgets_entry ENABLE TRIGGER USER")


def test_the_check_goes_red_and_names_a_transaction_that_does_not_balance(
    harold: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.post(paid("sound", *money(harold)), by=None, at=NOON)
    actions.post(paid("broken", *money(harold)), by=None, at=NOON)
    planted(
        "UPDATE budgets_entry SET pence = pence + 1 WHERE id = (SELECT max(id) FROM budgets_entry)"
    )

    assert command.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "(broken) does not balance" in said
    assert "sound" not in said


def test_the_check_goes_red_on_a_transaction_without_entries(
    harold: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.post(paid("bare", *money(harold)), by=None, at=NOON)
    planted("DELETE FROM budgets_entry")

    assert command.main(["check", "--json"]) == 1
    assert "(bare)" in capsys.readouterr().out


def test_the_check_goes_red_when_a_budget_is_not_left_promised_and_spent(
    harold: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    his = budget(harold)
    granted = ((his[Kind.GRANTED], -900), (his[Kind.LEFT], 200), (his[Kind.PROMISED], 700))
    actions.post(Posting("granted", DAY, "Granted", granted), by=None, at=NOON)
    planted("UPDATE budgets_entry SET pence = 699 WHERE pence = 700")

    assert command.main(["check"]) == 1
    said = capsys.readouterr().err
    assert f"person {harold.pk} was granted 900 pence" in said


def _seconds(many: int, postings: Callable[[int], list[Posting]]) -> float:
    start = time.perf_counter()
    with transaction.atomic():
        actions.post_all(postings(many), by=None, at=NOON)
    return time.perf_counter() - start


@pytest.mark.django_db(transaction=True)
def test_posting_in_bulk_grows_no_faster_than_its_rows(council: None) -> None:
    care = actions.open_account(Kind.COUNCIL, name="Care budget")
    other = Account.objects.create(kind=Kind.PAYEE, person=_somebody(), name="Somebody")

    def postings(many: int) -> list[Posting]:
        return [paid(f"bulk:{many}:{n}", care, other) for n in range(many)]

    _seconds(200, postings)
    small, large = _seconds(2_500, postings), _seconds(20_000, postings)

    assert queries.balance(other) == 100 * (200 + 2_500 + 20_000)
    assert large < 8 * small * 2.5, f"{small:.2f} s for 2,500; {large:.2f} s for 20,000"


def _somebody() -> Person:
    return Person.objects.create(first_name="Some", last_name="Body", sort_name="body some")


def in_parallel(jobs: list[Callable[[], object]]) -> list[object]:
    """Run jobs at once, each on a connection of its own; refusals come back as they are."""

    def alone(job: Callable[[], object]) -> object:
        try:
            return job()
        except actions.CannotPost as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(alone, jobs))


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_many_at_once_is_written_once(council: None) -> None:
    care = actions.open_account(Kind.COUNCIL, name="Care budget")
    other = Account.objects.create(kind=Kind.PAYEE, person=_somebody(), name="Somebody")

    found = in_parallel(
        [lambda: actions.post(paid("one", care, other), by=None, at=NOON)] * 8,
    )

    assert len({made.pk for made in found if isinstance(made, Transaction)}) == 1
    assert Transaction.objects.count() == 1
    assert queries.balance(other) == 100


@pytest.mark.django_db(transaction=True)
def test_many_at_once_cannot_take_more_than_there_is(council: None) -> None:
    care = actions.open_account(Kind.COUNCIL, name="Care budget")
    other = Account.objects.create(kind=Kind.PAYEE, person=_somebody(), name="Somebody")
    actions.post(paid("in", care, other, 500), by=None, at=NOON)

    def take(n: int) -> Callable[[], object]:
        return lambda: actions.post(paid(f"out:{n}", other, care, 100), by=None, at=NOON)

    found = in_parallel([take(n) for n in range(8)])

    refused = [one for one in found if isinstance(one, actions.CannotPost)]
    assert len(refused) == 3
    assert queries.balance(other) == 0


@pytest.mark.django_db(transaction=True)
def test_the_refusal_comes_at_commit_and_leaves_nothing(council: None) -> None:
    care = actions.open_account(Kind.COUNCIL, name="Care budget")
    other = Account.objects.create(kind=Kind.PAYEE, person=_somebody(), name="Somebody")
    wrong = Posting("wrong", DAY, "Wrong", ((care, -100), (other, 99)))

    with pytest.raises(IntegrityError, match="does not balance"):
        actions.post(wrong, by=None, at=NOON)

    assert not Transaction.objects.exists()
    assert not Entry.objects.exists()
