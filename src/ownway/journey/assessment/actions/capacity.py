"""Recording whether somebody can make one decision, and who may then act for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person, PersonSignIn, Representative
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access
from ownway.journey.assessment.models import Capacity, Matter


@dataclass(frozen=True)
class Test:
    """What was asked and found. `None` is a question not answered yet."""

    matter: str
    decision: str
    impairment: str
    understands: bool | None
    retains: bool | None
    weighs: bool | None
    communicates: bool | None
    evidence: str
    link: str
    support_tried: str
    has_capacity: bool | None
    wishes: str = ""
    consulted: str = ""
    best_interests: str = ""
    suitable_person: Person | None = None
    suitable_because: str = ""
    look_again_on: date | None = None

    @property
    def abilities(self) -> tuple[bool | None, ...]:
        """The four things a decision takes."""
        return (self.understands, self.retains, self.weighs, self.communicates)


class CannotRecord(ValueError):
    """A test of capacity that is not complete or does not hold; all of it, by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


@transaction.atomic
def record_capacity(person: Person, test: Test, *, by: SignIn, at: datetime) -> Capacity:
    """Keep a test of capacity for one decision; a suitable person may act for them from now on.

    Raises:
        PermissionDenied: `by` may not assess this person.
        CannotRecord: something the Act asks for is missing, or the findings do not agree.
    """
    staff = access.require_may_assess(by, person, at=at)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if faults := dict(_faults(person, test)):
        raise CannotRecord(faults)
    kept = _keep(person, test, staff=staff, at=at)
    _footing(kept, by=by, at=at)
    record.write(
        "capacity.recorded",
        about=person,
        by=by,
        at=at,
        words=_words(kept),
        detail=f"About: {kept.decision}"[:300],
        is_key=True,
        capacity=kept.pk,
        matter=kept.matter,
        has_capacity=kept.has_capacity,
    )
    return kept


def _faults(person: Person, test: Test) -> Iterator[tuple[str, str]]:
    """Every reason the record cannot stand.

    Source: MCA 2005 s.1(2) capacity is presumed; s.1(3) all practicable help first; s.2(1) the
    inability must be because of an impairment; s.3(1) any one of the four; s.4 best interests.
    """
    if not test.decision.strip():
        yield "decision", "Say which decision this is about"
    if len(test.support_tried.strip()) < 5:
        yield "support_tried", "Say what was done to help them decide for themselves"
    if len(test.evidence.strip()) < 5:
        yield "evidence", "Say what they said or did that shows this"
    for name in ("understands", "retains", "weighs", "communicates"):
        if getattr(test, name) is None:
            yield name, "Choose yes or no"
    if test.has_capacity is None:
        yield "has_capacity", "Say what you conclude"
    elif None not in test.abilities:
        yield from _agrees(test)
    yield from _suitable(person, test)


def _agrees(test: Test) -> Iterator[tuple[str, str]]:
    if test.has_capacity and not all(test.abilities):
        yield (
            "has_capacity",
            "You found something they cannot do, so they cannot make this decision",
        )
    if test.has_capacity is not False:
        return
    if all(test.abilities):
        yield "has_capacity", "You found that they can do all four, so they can make this decision"
    if not test.impairment.strip():
        yield "impairment", "Name the illness or impairment. Without one, capacity stands"
    if len(test.link.strip()) < 5:
        yield "link", "Say how the illness or impairment causes this"
    if len(test.best_interests.strip()) < 5:
        yield "best_interests", "Say what is best for them, and why"
    if not test.wishes.strip():
        yield "wishes", "Say what the person wants, as far as it can be known"


def _suitable(person: Person, test: Test) -> Iterator[tuple[str, str]]:
    if test.suitable_person is None:
        return
    if test.has_capacity:
        yield "suitable_person", "They can decide for themselves, so nobody decides for them"
    elif test.suitable_person.pk == person.pk:
        yield "suitable_person", "Choose somebody else than the person"
    if len(test.suitable_because.strip()) < 5:
        yield "suitable_because", "Say why they are suitable, and that they agree"


def _keep(person: Person, test: Test, *, staff: Staff, at: datetime) -> Capacity:
    lacks = test.has_capacity is False
    return Capacity.objects.create(
        person=person,
        matter=Matter(test.matter),
        decision=test.decision.strip(),
        at=at,
        by=staff,
        impairment=test.impairment.strip(),
        understands=test.understands is True,
        retains=test.retains is True,
        weighs=test.weighs is True,
        communicates=test.communicates is True,
        evidence=test.evidence.strip(),
        link=test.link.strip(),
        support_tried=test.support_tried.strip(),
        has_capacity=test.has_capacity is True,
        wishes=test.wishes.strip(),
        consulted=test.consulted.strip(),
        best_interests=test.best_interests.strip() if lacks else "",
        suitable_person=test.suitable_person if lacks else None,
        suitable_because=test.suitable_because.strip() if lacks else "",
        look_again_on=test.look_again_on,
    )


def _footing(kept: Capacity, *, by: SignIn, at: datetime) -> None:
    """A suitable person acts by this record; a later record without one ends that."""
    if kept.matter != Matter.BUDGET:
        return
    way_in = PersonSignIn.objects.filter(person=kept.suitable_person).select_related("sign_in")
    acting = way_in.first() if kept.suitable_person else None
    people.stop_acting_for(
        kept.person,
        kind=Representative.Kind.SUITABLE_PERSON,
        but=acting.sign_in if acting else None,
        at=at,
    )
    if acting:
        people.let_act_for(
            acting.sign_in,
            person=kept.person,
            kind=Representative.Kind.SUITABLE_PERSON,
            authority=f"Best-interests decision of {at:%-d %B %Y}: {kept.suitable_because}",
            at=at,
        )


def _words(kept: Capacity) -> str:
    if kept.has_capacity:
        return "We wrote down that you can make this decision yourself"
    if kept.suitable_person:
        return f"{kept.suitable_person.name} may look after this decision for you"
    return "We wrote down that you need others to make this decision with you"
