"""What the invented people pay: their income as they told it, and the charge decided from it.

Written in bulk as the actions would have written it, each sum worked out by the rules of its day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import numpy as np
from django.utils import timezone

from ownway.demo.cast import staff_named
from ownway.demo.histories import answered
from ownway.demo.population import SEED, Life
from ownway.demo.writing import write
from ownway.design.dates import age_on, plain_date
from ownway.design.money import pounds
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion, SignIn
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record.actions import decision_of
from ownway.foundation.record.models import Answered, Decision, Event
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.charging import queries
from ownway.journey.charging.models import Charge, Finances
from ownway.policy import charging
from ownway.policy.packs import Pack

NEW_RATES = date(2025, 4, 7)
"""Whoever was charged before was charged anew from this day."""
PENSION_AGE = 66
DOES_NOT_TELL = 0.03
DECIDED_BEFORE = timedelta(days=6)


@dataclass(frozen=True)
class Paying:
    """Somebody who is charged: for which budget, on what figures, and from when."""

    budget: IndicativeBudget
    finances: Finances
    starts_on: date
    by: SignIn

    @property
    def at(self) -> datetime:
        """When it was decided."""
        return self.finances.given_at


def charge(lives: Sequence[Life], *, at: datetime) -> str:
    """Write what everybody pays whose support has started; say how many pay something."""
    paying = list(_paying(lives, on=timezone.localtime(at).date()))
    write(Finances, [one.finances for one in paying])
    rules_of = cache(_rules_of)
    decisions = write(Decision, [_decision(one, *rules_of(one.starts_on)) for one in paying])
    pairs = zip(paying, decisions, strict=True)
    charges = write(Charge, [_charge(one, decision) for one, decision in pairs])
    events = write(Event, [_told(one) for one in charges])
    write(Answered, list(answered(events)))
    some = sum(one.charge_pence > 0 for one in charges)
    return f"{len(charges):,} people were told what they pay, {some:,} of them something"


def _paying(lives: Sequence[Life], *, on: date) -> Iterator[Paying]:
    rng = np.random.default_rng(SEED + 3)
    people = [life.person for life in lives if life.stage == "active"]
    agreed = Plan.objects.filter(person__in=people, status=Status.AGREED, starts_on__lte=on)
    starts = {plan.person_id: plan.starts_on or on for plan in agreed}
    budgets = IndicativeBudget.objects.filter(person__in=list(starts), side=Side.PERSON)
    priya = staff_named("Priya Fenwick").sign_in
    for budget in budgets.select_related("person").order_by("pk"):
        starts_on = max(starts[budget.person_id], NEW_RATES)
        told = timezone.make_aware(datetime.combine(starts_on - DECIDED_BEFORE, time(11)))
        facts = _facts(rng, age=age_on(budget.person.date_of_birth, starts_on))
        given = Finances(person=budget.person, facts=facts, given_at=told, given_by=priya)
        yield Paying(budget, given, starts_on, priya)


def _facts(rng: np.random.Generator, *, age: int | None) -> dict[str, Any]:
    """A pension and perhaps one from work; or the benefits of somebody of working age."""
    if rng.random() < DOES_NOT_TELL:
        return {"light_touch": "refuses_details"}
    is_old = age is not None and age >= PENSION_AGE
    least, more = (20_200, 6_400) if is_old else (14_900, 5_200)
    return {"income_pence": least + 5 * int(rng.gamma(1.3, more) / 5)}


def _decision(one: Paying, rules: Pack, version: SettingsVersion | None) -> Decision:
    facts = queries.facts_of(
        one.budget.person, one.finances.facts, pack=rules, on=one.starts_on, has_partner=False
    )
    worked = charging.decide(facts | {"budget_pence": one.budget.weekly_pence}, rules)
    return decision_of(
        worked, person=one.budget.person, by=one.by, at=one.at, because="", version=version
    )


def _rules_of(on: date) -> tuple[Pack, SettingsVersion | None]:
    return council.rules(on), council.live_settings(on)


def _charge(one: Paying, decision: Decision) -> Charge:
    result = decision.result
    return Charge(
        person=one.budget.person,
        finances=one.finances,
        budget=one.budget,
        decision=decision,
        starts_on=one.starts_on,
        charge_pence=result["charge_pence"],
        council_pays_pence=result["council_pays_pence"],
        budget_pence=result["budget_pence"],
        at=one.at,
        by=one.by,
    )


def _told(charge: Charge) -> Event:
    pays = pounds(charge.charge_pence)
    return Event(
        kind="charge.worked_out",
        person=charge.person,
        by=charge.by,
        at=charge.at,
        words=f"What you pay was worked out: {pays} a week"
        if charge.charge_pence
        else "You pay nothing towards your budget",
        detail=f"From {plain_date(charge.starts_on)}. "
        f"The council pays {pounds(charge.council_pays_pence)}",
        facts={"charge": charge.pk, "charge_pence": charge.charge_pence},
    )
