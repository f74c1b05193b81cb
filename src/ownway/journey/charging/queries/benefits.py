"""Benefits: which there are and for whom, what stands of each for somebody, and money gained."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.people.models import Person
from ownway.journey.charging.models import BenefitLook, Claim, ClaimState, Finances
from ownway.journey.charging.queries.charges import finances_of, simple
from ownway.journey.prevention.models import BenefitCheck
from ownway.policy.charging import is_pension_age
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused

FILE = Path(__file__).parents[1] / "benefits.toml"
A_YEAR_OF_WEEKS = 52


@dataclass(frozen=True)
class Benefit:
    """One benefit, for whom it is, and the line of income that an award of it adds to."""

    key: str
    name: str
    plain: str
    age: str
    line: str
    rates: tuple[str, ...]


@cache
def benefits() -> Mapping[str, Benefit]:
    """Every benefit that a check looks at, by its key."""
    found = tomllib.loads(FILE.read_text("utf-8"))["benefits"]
    return {one["key"]: Benefit(**{**one, "rates": tuple(one["rates"])}) for one in found}


@dataclass(frozen=True)
class Rate:
    """A rate of a benefit on a day, by the rules in force."""

    words: str
    weekly_pence: int


@dataclass(frozen=True)
class Look:
    """One benefit for somebody: what it is, its rates where known, and what stands of it."""

    benefit: Benefit
    rates: tuple[Rate, ...]
    claim: Claim | None


def to_look_at(person: Person, *, pack: Pack) -> list[Look]:
    """The benefits that may be for somebody of their age; all where the age is not known."""
    claims = {claim.benefit: claim for claim in claims_of(person)}
    return [
        Look(benefit, _rates(benefit, pack), claims.get(benefit.key))
        for benefit in benefits().values()
        if benefit.key in claims or benefit.age in ("any", *_ages(person, pack))
    ]


def _ages(person: Person, pack: Pack) -> tuple[str, ...]:
    born = person.date_of_birth
    try:
        old = is_pension_age({"born_on": born.isoformat()}, pack) if born else None
    except PolicyRefused:
        old = None
    return ("working", "pension") if old is None else ("pension",) if old else ("working",)


def _rates(benefit: Benefit, pack: Pack) -> tuple[Rate, ...]:
    found = []
    for name in benefit.rates:
        try:
            found.append(Rate(pack.number(name).label, pack.value(name)))
        except PolicyRefused:
            continue
    return tuple(found)


def claims_of(person: Person) -> list[Claim]:
    """What stands of each benefit for somebody."""
    claims = Claim.objects.filter(person=person).exclude(state=ClaimState.ENDED)
    return list(claims.select_related("look__by__staff").order_by("pk"))


def claim_in(claim_id: int, person: Person) -> Claim | None:
    """One claim of a person."""
    return Claim.objects.select_related("person").filter(pk=claim_id, person=person).first()


def looks_of(person: Person) -> list[BenefitLook]:
    """Every benefit check of somebody, newest first."""
    return list(BenefitLook.objects.filter(person=person).select_related("by__staff"))


def to_rework(person: Person) -> list[Claim]:
    """Awards that may change what somebody pays, told of and not worked out anew yet."""
    awarded = Claim.objects.filter(
        person=person, state=ClaimState.AWARDED, told_at__isnull=False, reworked_at=None
    )
    counted = [key for key, benefit in benefits().items() if benefit.line]
    return list(awarded.filter(benefit__in=counted).select_related("person").order_by("pk"))


def with_award(finances: Finances, claim: Claim, *, pack: Pack) -> dict[str, Any]:
    """Somebody's figures with what an award adds a week to what is counted of it already."""
    facts, more = dict(finances.facts), claim.weekly_pence - claim.counted_pence
    line = benefits()[claim.benefit].line
    if simple(pack) or "income" not in facts:
        facts["income_pence"] = max(0, (facts.get("income_pence") or 0) + more)
        return facts
    income = dict(facts["income"])
    income[line] = max(0, (income.get(line) or 0) + more)
    return facts | {"income": income}


def may_be_counted(given: Finances, claim: Claim, *, pack: Pack) -> bool:
    """Whether figures given since the person was told hold more than before: perhaps this award."""
    if claim.told_at is None or given.given_at <= claim.told_at:
        return False
    before = Finances.objects.filter(person=claim.person_id, given_at__lte=claim.told_at).first()
    now = _counted(given.facts, claim, pack=pack)
    return before is None or now > _counted(before.facts, claim, pack=pack)


def in_doubt(claims: Sequence[Claim]) -> set[int]:
    """The awards of which somebody has to say whether the figures hold them already, by key."""
    found = set()
    for claim in claims:
        day = claim.charged_from_on
        given = finances_of(claim.person, on=day) if day else None
        if day and given and may_be_counted(given, claim, pack=council.rules(day)):
            found.add(claim.pk)
    return found


def _counted(facts: Mapping[str, Any], claim: Claim, *, pack: Pack) -> int:
    """What is counted on the line of an award, or in all where income is one sum."""
    if simple(pack) or "income" not in facts:
        return facts.get("income_pence") or 0
    return facts["income"].get(benefits()[claim.benefit].line) or 0


# -- Money gained --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gained:
    """Money that benefit checks brought people: how many, a week on the last day, and in all."""

    people: int
    weekly_pence: int
    pence: int

    @property
    def yearly_pence(self) -> int:
        """What it comes to in a year of 52 weeks."""
        return self.weekly_pence * A_YEAR_OF_WEEKS


def gained(*, first: date, last: date, person: Person | None = None) -> Gained:
    """Money gained between two days, both included: by everybody, or by one person.

    Each award counts day by day from its first to its last; what was paid for the past counts on
    the first. Checks kept before a claim had a record of its own count from the day of the check.
    Units: whole pence; days that are part of a week are counted as sevenths, downwards.
    """
    awards = _awards(first=first, last=last, person=person)
    checks = _checks(last=last, person=person)
    pence = sum(_in_days(award, first=first, last=last) for award in awards)
    pence += sum(week * _days(begin, None, first, last) // 7 for _, begin, week in checks)
    running = [a for a in awards if a.ends_on is None or a.ends_on >= last]
    people = {award.person_id for award in awards} | {person_id for person_id, _, _ in checks}
    weekly = sum(award.weekly_pence for award in running) + sum(week for _, _, week in checks)
    return Gained(len(people), weekly, pence)


def gained_by_month(*, first: date, last: date) -> list[tuple[date, Gained]]:
    """Money gained in each month from one day to another."""
    months, begin = [], first.replace(day=1)
    while begin <= last:
        following = (begin + timedelta(days=32)).replace(day=1)
        end = min(following - timedelta(days=1), last)
        months.append((begin, gained(first=max(begin, first), last=end)))
        begin = following
    return months


def _awards(*, first: date, last: date, person: Person | None) -> Sequence[Claim]:
    awards: QuerySet[Claim] = Claim.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=first),
        state__in=[ClaimState.AWARDED, ClaimState.ENDED],
        weekly_pence__gt=0,
        starts_on__lte=last,
    )
    return list(awards.filter(person=person) if person else awards)


def _in_days(award: Claim, *, first: date, last: date) -> int:
    assert award.starts_on is not None
    paid = award.weekly_pence * _days(award.starts_on, award.ends_on, first, last) // 7
    return paid + (award.backdated_pence if first <= award.starts_on <= last else 0)


def _days(begin: date, end: date | None, first: date, last: date) -> int:
    until = last if end is None else min(end, last)
    return max(0, (until - max(begin, first)).days + 1)


def _checks(*, last: date, person: Person | None) -> list[tuple[int, date, int]]:
    kept = BenefitCheck.objects.filter(gain_pence_a_week__gt=0, at__date__lte=last)
    kept = kept.filter(person=person) if person else kept
    return [
        (check.person_id, timezone.localtime(check.at).date(), check.gain_pence_a_week)
        for check in kept
    ]
