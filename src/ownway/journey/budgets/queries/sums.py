"""How much is paid for a budget, and why: the one sum shown before and after choosing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ownway.design.money import pounds
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import PlanLine
from ownway.journey.budgets.models import Agreement, PaidBy, Share, ShareLine, Way
from ownway.journey.budgets.queries import others
from ownway.journey.budgets.queries.days import first_monday

WEEKS = 4


@dataclass(frozen=True)
class LineSum:
    """A line of the plan: what it costs and who pays it."""

    words: str
    payee: str
    organisation_id: int | None
    paid_by: str
    week_pence: int
    once_pence: int
    plan_line_id: int | None

    @property
    def by_council(self) -> bool:
        """Say whether the council pays it, so that it is not in the money paid out."""
        return self.paid_by in (PaidBy.AT_SOURCE, PaidBy.COUNCIL, PaidBy.KEPT)

    @property
    def has_no_payee(self) -> bool:
        """Say whether the council is to pay it, and the plan names nobody whom to pay."""
        return self.paid_by == PaidBy.COUNCIL and self.organisation_id is None

    def to_provider_pence(self, *, is_first: bool) -> int:
        """What the council pays the provider for four weeks; once-only costs in the first.

        Weeks of the council's own services are paid as they come, session by session.
        """
        if self.organisation_id is None or not self.by_council or self.paid_by == PaidBy.KEPT:
            return 0
        weeks = WEEKS * self.week_pence if self.paid_by == PaidBy.COUNCIL else 0
        return weeks + (self.once_pence if is_first else 0)


@dataclass(frozen=True)
class ShareSum:
    """One person's part of the sum, in pence."""

    person: Person
    contribution_week_pence: int
    lines: tuple[LineSum, ...]

    @property
    def budget_week_pence(self) -> int:
        """The whole weekly budget of their agreed plan."""
        return sum(line.week_pence for line in self.lines)

    @property
    def pays_week_pence(self) -> int:
        """What they pay of it: never more than all of it, whatever was worked out."""
        return others.paid_of_plan(self.contribution_week_pence, self.budget_week_pence)

    @property
    def once_pence(self) -> int:
        """What the plan pays for once only."""
        return sum(line.once_pence for line in self.lines)

    @property
    def reserve_week_pence(self) -> int:
        """What is put by each week."""
        put_by = (PaidBy.RESERVE, PaidBy.KEPT)
        return sum(line.week_pence for line in self.lines if line.paid_by in put_by)


@dataclass(frozen=True)
class Row:
    """A line of the sum as it is read: its words, its sign, and its pence."""

    words: str
    sign: str
    pence: int

    @property
    def shown(self) -> str:
        """£209.00, or − £52.00."""
        return f"{self.sign} {pounds(self.pence)}".strip()


@dataclass(frozen=True)
class PaymentSum:
    """The whole sum for one agreement, a couple's two budgets together."""

    shares: tuple[ShareSum, ...]
    add_on_week_pence: int
    helper: str
    first_on: date
    is_gross: bool = False

    @property
    def budget_week_pence(self) -> int:
        """All the budgets, a week."""
        return sum(share.budget_week_pence for share in self.shares)

    @property
    def contribution_week_pence(self) -> int:
        """All that the people pay, a week."""
        return sum(share.pays_week_pence for share in self.shares)

    @property
    def by_council(self) -> list[LineSum]:
        """The lines the council pays."""
        return [line for share in self.shares for line in share.lines if line.by_council]

    @property
    def _before_nothing(self) -> int:
        council = sum(line.week_pence for line in self.by_council)
        after = self.budget_week_pence - council + self.add_on_week_pence
        return after - (0 if self.is_gross else self.contribution_week_pence)

    @property
    def week_pence(self) -> int:
        """What is paid out, a week; never less than nothing."""
        return max(0, self._before_nothing)

    @property
    def still_to_pay_week_pence(self) -> int:
        """What the people pay us: all of it where money is paid gross, else what cannot be kept."""
        if self.is_gross:
            return self.contribution_week_pence
        return max(0, -self._before_nothing)

    @property
    def kept_week_pence(self) -> int:
        """What of their own part is kept from the money paid out."""
        return self.contribution_week_pence - self.still_to_pay_week_pence

    def paying(self, contributions: Mapping[int, int]) -> "PaymentSum":
        """The same sum where people pay something else, by person; others pay as they do."""
        shares = (
            replace(
                share,
                contribution_week_pence=contributions.get(
                    share.person.pk, share.contribution_week_pence
                ),
            )
            for share in self.shares
        )
        return replace(self, shares=tuple(shares))

    @property
    def four_weeks_pence(self) -> int:
        """What is paid out every four weeks."""
        return WEEKS * self.week_pence

    @property
    def once_pence(self) -> int:
        """What is added to the first payment, once."""
        return sum(line.once_pence for s in self.shares for line in s.lines if not line.by_council)


def rows(total: PaymentSum, *, reader: Person | None = None) -> list[Row]:
    """The sum as lines to read, for a person in it or for anybody else."""
    found = [Row(f"{_budgets(total, reader)}, each week", "", total.budget_week_pence)]
    found += [
        Row(_paid_for_you(line), "−", line.week_pence)
        for line in total.by_council
        if line.week_pence
    ]
    found += [
        Row(f"Take away what {_who(share.person, reader)}", "−", share.pays_week_pence)
        for share in total.shares
        if share.pays_week_pence and not total.is_gross
    ]
    if total.add_on_week_pence:
        fee = f"Add {total.helper}’s fee, which we give you on top"
        found.append(Row(fee, "+", total.add_on_week_pence))
    if total.still_to_pay_week_pence and not total.is_gross:
        return [*found, Row("You pay us, each week", "", total.still_to_pay_week_pence)]
    found.append(Row("Each week", "", total.week_pence))
    found.append(Row("Every four weeks", "", total.four_weeks_pence))
    if total.once_pence:
        found.append(Row("Once only, with the first payment", "+", total.once_pence))
    if total.is_gross and total.still_to_pay_week_pence:
        found.append(Row("We send a bill for, each week", "", total.still_to_pay_week_pence))
    return found


def totals(found: Sequence[Row]) -> int:
    """How many of the last rows are totals, to be ruled off."""
    first = ("Each week", "You pay us, each week")
    return next((len(found) - n for n, row in enumerate(found) if row.words in first), 0)


def _budgets(total: PaymentSum, reader: Person | None) -> str:
    if len(total.shares) > 1:
        return "Your two budgets" if reader else "The two budgets"
    person = total.shares[0].person
    return "Your budget" if person == reader else f"{person.first_name}’s budget"


def _paid_for_you(line: LineSum) -> str:
    if line.paid_by == PaidBy.KEPT:
        return "Take away what we keep by for you"
    return f"Take away {line.payee}, which we pay for you"


def _who(person: Person, reader: Person | None) -> str:
    return "you pay" if person == reader else f"{person.first_name} pays"


def sum_so_far(agreement: Agreement, people: Sequence[Person], *, on: date) -> PaymentSum:
    """The sum by the answers so far, from the agreed plans as they stand."""
    terms = others.terms(on)
    lines = others.budget_lines(others.agreed_plans(list(people)))
    shares = tuple(
        _drafted(person, lines.get(person.pk, []), agreement, on=on) for person in people
    )
    has_helper = agreement.helper is not None and agreement.way != Way.COUNCIL
    return PaymentSum(
        shares,
        terms.add_on_week_pence if has_helper else 0,
        agreement.helper.name if agreement.helper and has_helper else "",
        first_monday(on, at_least=terms.first_payment_days),
        terms.is_gross and agreement.way != Way.COUNCIL,
    )


def sum_agreed(agreement: Agreement) -> PaymentSum:
    """The sum as it was agreed."""
    assert agreement.starts_on is not None
    return PaymentSum(
        tuple(_agreed(share) for share in shares_of(agreement)),
        agreement.add_on_week_pence,
        agreement.helper.name if agreement.helper else "",
        agreement.starts_on,
        agreement.is_gross,
    )


def shares_of(agreement: Agreement) -> list[Share]:
    """The shares of an agreement, with their people and lines."""
    shares = Share.objects.filter(agreement=agreement).select_related("person")
    return list(shares.prefetch_related("lines__organisation").order_by("pk"))


def without_payee(person: Person) -> list[ShareLine]:
    """Lines that the council is to pay for somebody, with nobody named whom to pay."""
    lines = ShareLine.objects.filter(
        share__person=person, share__is_over=False, paid_by=PaidBy.COUNCIL, organisation=None
    )
    return list(lines.select_related("share__person", "share__agreement").order_by("pk"))


def _drafted(person: Person, lines: list[PlanLine], agreement: Agreement, *, on: date) -> ShareSum:
    return ShareSum(
        person,
        others.contribution_week_pence(person, on=on) or 0,
        tuple(_drafted_line(line, agreement) for line in lines),
    )


def _drafted_line(line: PlanLine, agreement: Agreement) -> LineSum:
    weekly = line.often == "weekly"
    return LineSum(
        words=line.support or line.wish,
        payee=line.organisation.name if line.organisation else line.support or line.wish,
        organisation_id=line.organisation_id,
        paid_by=paid_by(line, agreement),
        week_pence=line.cost_pence if weekly else 0,
        once_pence=0 if weekly else line.cost_pence,
        plan_line_id=line.pk,
    )


def paid_by(line: PlanLine, agreement: Agreement) -> str:
    """Who pays for a line of the plan, by the way chosen.

    The council's own services are always paid at source: a direct payment may not buy them.
    Source: Dudley 2013; Care and Support (Direct Payments) Regulations 2014.
    """
    by_council = agreement.way == Way.COUNCIL
    if line.is_reserve:
        return PaidBy.KEPT if by_council else PaidBy.RESERVE
    own = line.organisation is not None and line.organisation.kind == "in_house"
    if own or (line.at_source and line.organisation is not None):
        return PaidBy.AT_SOURCE
    asked_for = agreement.way == Way.MIXED and line.pk in agreement.lines_for_council
    return PaidBy.COUNCIL if by_council or asked_for else PaidBy.HOLDER


def _agreed(share: Share) -> ShareSum:
    return ShareSum(
        share.person,
        share.contribution_week_pence,
        tuple(
            LineSum(
                line.words,
                line.organisation.name if line.organisation else line.words,
                line.organisation_id,
                line.paid_by,
                line.week_pence,
                line.once_pence,
                line.plan_line_id,
            )
            for line in share.lines.all()
        ),
    )
