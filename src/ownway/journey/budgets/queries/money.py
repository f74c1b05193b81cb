"""What somebody sees of their money: yours, promised, spent, left; what comes next, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ownway.foundation.people.models import Person
from ownway.journey.budgets.models import Agreement, Kind, Payment, PaymentStatus, Status, Way
from ownway.journey.budgets.queries import ledger, sums
from ownway.journey.budgets.queries.days import FOUR_WEEKS, period_start

LAST_DAY = FOUR_WEEKS - timedelta(days=1)


@dataclass(frozen=True)
class Money:
    """The money of one agreement in the four weeks a day is in. Promised + spent + left = yours.

    Before the first day nothing has moved: `has_started` is false, and no figure is shown.
    """

    agreement: Agreement
    people: tuple[Person, ...]
    starts_on: date
    ends_on: date
    has_started: bool
    yours: int
    promised: int
    spent: int
    left: int
    account: str
    last_payment: Payment | None
    next_payment: Payment | None
    sum: sums.PaymentSum
    rows: tuple[sums.Row, ...]

    @property
    def calc(self) -> list[tuple[str, str]]:
        """The sum as words and amounts, for the design's `calc`."""
        return [(row.words, row.shown) for row in self.rows]

    @property
    def totals(self) -> int:
        """How many of the last lines are totals."""
        return sums.totals(self.rows)

    @property
    def is_paid_out(self) -> bool:
        """Say whether any money is paid out at all, or the council pays for everything."""
        return self.sum.week_pence > 0 or self.sum.once_pence > 0


def money_of(people: Iterable[Person], *, on: date, reader: Person | None = None) -> Money | None:
    """The money of some people together, or nothing while no way to take it is agreed.

    A constant number of database queries, however many people and payments.
    """
    wanted = [person.pk for person in people]
    agreement = (
        Agreement.objects.filter(status=Status.AGREED, shares__person__in=wanted)
        .select_related("holder", "helper")
        .order_by("pk")
        .first()
    )
    return money_in(agreement, on=on, reader=reader) if agreement else None


def money_in(agreement: Agreement, *, on: date, reader: Person | None = None) -> Money:
    """The money of an agreement on a day."""
    assert agreement.starts_on is not None
    total = sums.sum_agreed(agreement)
    start = period_start(agreement.starts_on, on=max(on, agreement.starts_on))
    people = tuple(share.person for share in total.shares)
    figures = ledger.moved_of(people, first=start, last=start + LAST_DAY)
    last, following = _last_and_next(agreement)
    return Money(
        agreement=agreement,
        people=people,
        starts_on=start,
        ends_on=start + LAST_DAY,
        has_started=-figures.get(Kind.GRANTED, 0) > 0,
        yours=-figures.get(Kind.GRANTED, 0),
        promised=figures.get(Kind.PROMISED, 0),
        spent=figures.get(Kind.SPENT, 0),
        left=figures.get(Kind.LEFT, 0),
        account=account_words(agreement),
        last_payment=last,
        next_payment=following,
        sum=total,
        rows=tuple(sums.rows(total, reader=reader)),
    )


def account_words(agreement: Agreement) -> str:
    """Where the money goes, as a person reads it: "PayPath account"."""
    if agreement.helper:
        return f"{agreement.helper.name} account"
    if agreement.way == Way.COUNCIL:
        return ""
    return (
        f"bank account that ends in {agreement.bank_ends}"
        if agreement.bank_ends
        else "bank account"
    )


def _last_and_next(agreement: Agreement) -> tuple[Payment | None, Payment | None]:
    """The newest payment sent, and the first still to come, to those who hold the money."""
    out = Payment.objects.filter(agreement=agreement, to__kind=Kind.PAYEE)
    sent = out.filter(status=PaymentStatus.SENT).order_by("-due_on", "-pk").first()
    waiting = out.exclude(status__in=[PaymentStatus.SENT, PaymentStatus.STOPPED])
    return sent, waiting.order_by("due_on", "pk").first()
