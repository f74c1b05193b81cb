"""Somebody who pays for their own care asks for what is offered; somebody sees to it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council import actions as council_actions
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.journey.charging import access, queries
from ownway.journey.charging.models import Offer, OfferKind

WITHIN = 5
ASKED = {
    OfferKind.ARRANGE: "You asked us to arrange your care",
    OfferKind.DEFER: "You asked to pay later from your home",
}


class NotOffered(Exception):
    """This is not offered to somebody, or was asked for already."""


@transaction.atomic
def ask_for(person: Person, *, kind: str, words: str, by: SignIn, at: datetime) -> Offer:
    """Ask for what is offered to somebody who pays for their own care.

    Raises:
        PermissionDenied: neither the person nor acting for them.
        NotOffered: it is not offered to them, or was asked for already.
    """
    access.require_acts_for(by, person, at=at)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found = queries.own_care(person, on=timezone.localtime(at).date())
    if found is None or not found.may_ask(kind):
        raise NotOffered("We have this already, or cannot offer it. Call us if you are not sure")
    offer = Offer.objects.create(
        person=person,
        kind=OfferKind(kind),
        fee_pence=(found.fee_pence or 0) if kind == OfferKind.ARRANGE else 0,
        words=words.strip(),
        asked_at=at,
        asked_by=by,
    )
    _give(offer, by=by, at=at)
    return offer


def _give(offer: Offer, *, by: SignIn, at: datetime) -> None:
    person = offer.person
    finance = council.staff_members().filter(role="finance_officer").order_by("pk").first()
    worker = people.named_worker(person)
    owner = (worker or finance) if offer.kind == OfferKind.ARRANGE else (finance or worker)
    due = council_actions.working_days_after(timezone.localtime(at).date(), WITHIN)
    if owner is not None:
        record.give_task(
            "charge.offer",
            person=person,
            words=f"{person.formal_name} asked: {offer.get_kind_display().lower()}",
            owner=owner,
            due_at=timezone.make_aware(datetime(due.year, due.month, due.day, 17)),
            at=at,
            address=reverse("charge", args=[person.pk]),
            subject=f"offer:{offer.pk}",
        )
    record.write(
        "charge.offer_asked",
        about=person,
        by=by,
        at=at,
        words=ASKED[OfferKind(offer.kind)],
        detail=f"{owner.name} is in touch by {due.day} {due:%B}" if owner else "",
        offer=offer.pk,
    )


@transaction.atomic
def settle_offer(offer: Offer, *, by: Staff, at: datetime) -> Offer:
    """Say that what was asked for is seen to. Twice is once.

    Raises:
        PermissionDenied: `by` may not work out charges.
    """
    access.require_may_decide(by.sign_in, offer.person, at=at)
    offer = Offer.objects.select_for_update(of=("self",)).select_related("person").get(pk=offer.pk)
    if offer.settled_at is not None:
        return offer
    offer.settled_at, offer.settled_by = at, by
    offer.save(update_fields=["settled_at", "settled_by"])
    subject = f"offer:{offer.pk}"
    record.finish_tasks("charge.offer", person=offer.person, by=by.sign_in, at=at, subject=subject)
    words = f"{by.first_name} saw to what you asked: {offer.get_kind_display().lower()}"
    record.write("charge.offer_settled", about=offer.person, by=by.sign_in, at=at, words=words)
    return offer
