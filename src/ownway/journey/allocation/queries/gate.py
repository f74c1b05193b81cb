"""What must be done before a budget is worked out: the five points, reablement, eligibility."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ownway.design.dates import plain_date
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import Side
from ownway.journey.allocation.queries.budgets import Couple
from ownway.journey.assessment import queries as assessment
from ownway.journey.carers import queries as carers
from ownway.journey.prevention import queries as prevention
from ownway.journey.reablement import queries as reablement
from ownway.policy import allocation
from ownway.policy.packs import Pack

KINDS = {Side.PERSON.value: "adult", Side.CARER.value: "carer"}


@dataclass(frozen=True)
class Missing:
    """One thing still to be done, and the page where it is done. What is not firm can follow."""

    words: str
    link: str
    address: str
    firm: bool = True


def missing(couple: Couple) -> list[Missing]:
    """Everything that keeps this couple's budgets from being worked out; empty when all is done."""
    first, side = couple.person, couple.side
    found = [*_before_money(first, side), *_assessed(first, side, firm=True)]
    if side == Side.PERSON:
        found += _help_of_carers(couple)
    for carer in couple.carers:
        found += _assessed(carer, Side.CARER, firm=False)
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


def _help_of_carers(couple: Couple) -> Iterator[Missing]:
    """Help counts only as far as a carer said that they are willing and able to give it."""
    person = couple.person
    facts = facts_for(person, Side.PERSON)
    given = carers.help_given_to(person)
    over = [
        key
        for key, answer in (facts["answers"] if facts else {}).items()
        if carers.AMOUNTS.index(answer["help"]) > carers.AMOUNTS.index(given[key])
    ]
    if over:
        name, parts = person.formal_name, "part" if len(over) == 1 else "parts"
        yield Missing(
            f"Help for {name} is counted in {len(over)} {parts} of life that no carer has said "
            "they are willing and able to give.",
            "Ask the carer, and write down what they say",
            _where_carers_say(couple),
        )


def _where_carers_say(couple: Couple) -> str:
    known = people.carers_of(couple.person)
    if len(known) == 1:
        return reverse("carer-says", args=[couple.person.pk, known[0].person_id])
    if known:
        return reverse("carer", args=[known[0].person_id])
    return reverse("family", args=[couple.person.pk])


def why_not(found: list[Missing]) -> str:
    """All of it in one sentence."""
    return "The budget cannot be worked out yet. " + " ".join(one.words for one in found)


def _before_money(person: Person, side: str) -> Iterator[Missing]:
    """Reablement is for who draws on care: nobody asks it of a carer."""
    yield from _checklist(person)
    if side == Side.PERSON:
        yield from _reablement(person)


def _checklist(person: Person) -> Iterator[Missing]:
    state = prevention.checklist_state(person)
    if state.is_complete:
        return
    yield Missing(
        f"{person.formal_name}: {state.done} of {state.of} points done; "
        f"missing: {_and(list(state.missing))}.",
        "Open the five-point checklist",
        reverse("checklist", args=[person.pk]),
    )


def _reablement(person: Person) -> Iterator[Missing]:
    gate = reablement.gate(person)
    if not gate.lets_through:
        yield Missing(
            f"{gate.words}, for {person.formal_name}.",
            "Open reablement",
            reverse("reablement", args=[person.pk]),
        )


def _assessed(person: Person, side: str, *, firm: bool) -> Iterator[Missing]:
    """Whose sum it is must be assessed; another carer's that is not done can follow later."""
    done = assessment.latest(person, kind=KINDS[side])
    name, page = person.formal_name, reverse("assessment", args=[person.pk])
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
