"""A first look at each of the people of a contact, and what it sets off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.contact.models import Contact, Screening
from ownway.journey.contact.queries.screening import provisional


@dataclass(frozen=True)
class Screened:
    """What was found of one person: the six answers, or that they care for the other."""

    person: Person
    answers: Mapping[str, str] = field(default_factory=dict)
    is_carer: bool = False
    asks_assessment: bool = True


def screen(
    contact: Contact,
    one: Screened,
    *,
    worker: Staff | None,
    together: Sequence[int],
    by: Staff,
    at: datetime,
) -> None:
    """Keep what was found of one person, name who helps them, and ask for an assessment."""
    facts = _facts(contact, _keep(contact, one, worker=worker, by=by, at=at))
    record.write(
        "contact.screened", about=one.person, by=by.sign_in, at=at,
        words="We took a first look at what you need", **facts,
    )  # fmt: skip
    if one.is_carer and not one.person.is_carer:
        people.change_person(one.person, is_carer=True)
    if worker is not None:
        _name_worker(one.person, worker, by=by, at=at)
    if one.asks_assessment:
        record.write(
            "assessment.asked_for", about=one.person, by=by.sign_in, at=at, is_key=True,
            words="We asked for an assessment of what you need", **facts,
            people=list(together), worker=worker.pk if worker else None,
        )  # fmt: skip


def _keep(
    contact: Contact, one: Screened, *, worker: Staff | None, by: Staff, at: datetime
) -> Screening:
    rules = council.rules(timezone.localtime(at).date())
    first = None if one.is_carer else provisional(one.answers, pack=rules)
    return Screening.objects.create(
        contact=contact,
        person=one.person,
        is_carer=one.is_carer,
        answers=dict(one.answers),
        band=first.band if first else "",
        is_likely_eligible=first.is_likely if first else True,
        decision=first.decision if first else {},
        asks_assessment=one.asks_assessment,
        worker=worker,
        at=at,
        by=by.sign_in,
    )


def _facts(contact: Contact, kept: Screening) -> dict[str, Any]:
    return {
        "contact": contact.pk,
        "person": kept.person_id,
        "who": "carer" if kept.is_carer else "person",
        "band": kept.band,
        "started_at": contact.began_at.isoformat(),
    }


def _name_worker(person: Person, worker: Staff, *, by: Staff, at: datetime) -> None:
    people.name_worker(person, staff=worker, at=at)
    record.write(
        "worker.named", about=person, by=by.sign_in, at=at, is_key=True,
        words=f"{worker.name} will help you", detail=f"{worker.phone}, {worker.email}",
        worker=worker.pk,
    )  # fmt: skip
