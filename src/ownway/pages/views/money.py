"""A resident's money pages: what each budget is, how it was worked out, and what is paid."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.council.models import Staff
from ownway.foundation.council.queries import identity, now, today
from ownway.foundation.letters import queries as letters
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment import queries as assessment
from ownway.journey.assessment.models import Assessment
from ownway.journey.charging import queries as charges
from ownway.journey.charging.models import Charge
from ownway.journey.planning import queries as planning

WHY = "To see how the budget was worked out"


@dataclass(frozen=True)
class Row:
    """One person's money on the first money page."""

    person: Person
    budget: IndicativeBudget | None
    subject: budgets.Words
    charge: Charge | None
    refused: Assessment | None


@resident_page
def my_money(request: SignedIn) -> HttpResponse:
    """The budgets of a resident and of those they act for, and what is paid towards each."""
    at = now()
    own = people.own_person(request.user)
    everybody = ([own] if own else []) + people.acted_for(request.user, at=at)
    on = timezone.localtime(at).date()
    rows = []
    for person in everybody:
        record.log_look(request.user, person, what="your money", why=WHY, at=at)
        found = [b for b in budgets.together(person).budgets if b.person_id == person.pk]
        is_reader = own is not None and person.pk == own.pk
        subject = budgets.words_for(person, is_reader=is_reader)
        budget = found[0] if found else None
        refused = None if budget else assessment.found_not_eligible(person)
        rows.append(Row(person, budget, subject, charges.contribution(person, on=on), refused))
    known = [row.budget for row in rows if row.budget]
    total = sum(budget.weekly_pence for budget in known)
    context = {
        "rows": rows,
        "total_pence": total if len(known) > 1 else None,
        "is_agreed": bool(known) and all(budget.state == "agreed" for budget in known),
        "worker": people.named_worker(everybody[0]) if everybody else None,
    }
    return render(request, "pages/my_money.html", context)


@resident_page
def my_sum(request: SignedIn, person_id: int) -> HttpResponse:
    """One sum, step by step; what is paid; the carer's own; and how to say it is wrong."""
    at = now()
    person = record.open_person(request.user, person_id, what="your budget", why=WHY, at=at)
    found = budgets.together_for(request.user, person, at=at)
    budget = next((b for b in found.budgets if b.person_id == person.pk), None)
    worker = people.named_worker(person) or people.named_worker(found.couple.person)
    if budget is None:
        refused = assessment.found_not_eligible(person)
        none = {"person": person, "worker": worker, "refused": refused}
        return render(request, "pages/no_sum.html", none)
    reader = budgets.reader_of(request.user, found.couple, of=budget)
    subject = reader.person if budget.side == "person" else reader.carer
    rules = budgets.rules_now(today())
    charge = charges.contribution(person, on=timezone.localtime(at).date())
    context = {
        "person": person,
        "budget": budget,
        "found": found,
        "reader": reader,
        "subject": subject,
        "rungs": budgets.rungs(
            budget,
            reader=reader,
            council=identity().short_name,
            owner=rules.owner.name if rules.owner else "",
        ),
        "worked_out_by": getattr(budget.decision.by, "name", ""),
        "charge": charge,
        "to_come": charges.contribution_to_come(person, on=timezone.localtime(at).date()),
        "pays_own_care": charge is not None and charges.pays_for_own_care(charge),
        "charge_rows": charges.how_we_got_there(charge, subject=subject) if charge else [],
        "others": [b for b in found.budgets if b.pk != budget.pk],
        "visible": _visible(request, found, at=at),
        "letter": _letter(request, found),
        "waiting": budgets.open_request(budget),
        "would_move": budgets.would_move(budget),
        "next": _next(found, worker),
        "worker": worker,
    }
    return render(request, "pages/my_sum.html", context)


def _visible(request: SignedIn, found: budgets.Together, *, at: datetime) -> set[int]:
    """Whose own sums this reader may open too."""
    both = [one.pk for one, _ in found.couple.everybody]
    seen = people.people(request.user, at=at).filter(pk__in=both)
    return set(seen.values_list("pk", flat=True))


def _letter(request: SignedIn, found: budgets.Together) -> object:
    about = letters.letters_about(request.user, found.couple.person, at=now())
    first = found.budgets[0]
    return about.filter(kind="budget", written_at__gte=first.decision.at).first()


def _next(found: budgets.Together, worker: Staff | None) -> planning.Next:
    """Choosing how to plan has the day of the promised call; after that, planning says."""
    plan = plans.plan_of(found.couple.person)
    if plan is not None and (plan.status != "open" or plan.how):
        manager = planning.manager_for(found.couple.person)
        return planning.next_in_words([plan], worker=worker, manager=manager)
    return _start_a_plan(found, worker)


def _start_a_plan(found: budgets.Together, worker: Staff | None) -> planning.Next:
    calls = budgets.calls_to_make(found.couple.person)
    helper = worker.first_name if worker else "We"
    choose = (
        "Choose how you want to plan: on your own, with family or a friend, with a helper, "
        "or with us."
    )
    call = f"You don’t have to start on this day. {helper} will call to ask how you are getting on."
    return planning.Next(
        "You start to write your plan",
        (choose, call) if calls else (choose,),
        f"you. {worker.first_name} will help with the money part if you ask." if worker else "you",
        on=timezone.localtime(calls[0].due_at).date() if calls else None,
        address=reverse("choose-how"),
        press="Choose how to plan",
    )
