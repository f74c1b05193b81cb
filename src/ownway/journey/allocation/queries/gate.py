"""What must be done before a budget is worked out: the five points, reablement, eligibility."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ownway.design.dates import plain_date
from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import Side
from ownway.journey.allocation.queries.budgets import Couple
from ownway.journey.assessment import queries as assessment
from ownway.journey.prevention import queries as prevention
from ownway.journey.reablement import queries as reablement
from ownway.policy import allocation
from ownway.policy.packs import Pack

KINDS = {Side.PERSON.value: "adult", Side.CARER.value: "carer"}


@dataclass(frozen=True)
class Missing:
    """One thing still to be done, and the page where it is done. A firm rule takes no reason."""

    words: str
    link: str
    address: str
    firm: bool = False


def missing(couple: Couple) -> list[Missing]:
    """Everything that keeps this couple's budgets from being worked out; empty when all is done."""
    found = [*_before_money(couple.person), *_assessed(couple.person, Side.PERSON)]
    for carer in couple.carers:
        found += _assessed(carer, Side.CARER)
    return found


def facts_for(person: Person, side: str) -> dict[str, Any] | None:
    """The facts of somebody's sum: validated, eligible and complete; else nothing."""
    done = assessment.latest(person, kind=KINDS[side])
    if done is None or done.decision is None or not done.decision.result["eligible"]:
        return None
    return assessment.facts_of(done)


def with_reason(facts: dict[str, Any], person: Person, pack: Pack) -> dict[str, Any]:
    """The facts, with what the help is mainly for where the rules price help by it."""
    if facts["who"] == "carer" or not allocation.prices_by_reason(pack):
        return facts
    return facts | {"reason": person.support_reason}


def why_not(found: list[Missing]) -> str:
    """All of it in one sentence."""
    return "The budget cannot be worked out yet. " + " ".join(one.words for one in found)


def _before_money(person: Person) -> Iterator[Missing]:
    yield from _checklist(person)
    yield from _reablement(person)


def _checklist(person: Person) -> Iterator[Missing]:
    state = prevention.checklist_state(person)
    if state.is_complete:
        return
    yield Missing(
        f"{state.done} of {state.of} done; missing: {_and(list(state.missing))}.",
        "Open the five-point checklist",
        reverse("checklist", args=[person.pk]),
    )


def _reablement(person: Person) -> Iterator[Missing]:
    gate = reablement.gate(person)
    if not gate.lets_through:
        yield Missing(
            f"{gate.words}.",
            "Open reablement",
            reverse("reablement", args=[person.pk]),
        )


def _assessed(person: Person, side: str) -> Iterator[Missing]:
    """The person's own assessment is firm; a carer's that is not done can follow later."""
    done = assessment.latest(person, kind=KINDS[side])
    name, page = person.formal_name, reverse("assessment", args=[person.pk])
    firm = side == Side.PERSON
    if done is None and not firm:
        return
    if done is None or done.decision is None:
        words = f"The assessment of {name} is not validated."
        yield Missing(words, "Validate the assessment", page, firm)
    elif not done.decision.result["eligible"] and firm:
        on = plain_date(done.decision.decided_on)
        yield Missing(f"{name} was found not eligible on {on}.", "Look at the reasons", page, firm)
    elif assessment.facts_of(done) is None:
        words = f"The answers of {name} are not all given."
        yield Missing(words, "Finish the answers", page, firm)


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
