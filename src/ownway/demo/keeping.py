"""What keepers, owners and volunteers of the directory have to do in Alderbrook; all invented."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid5

from django.utils.text import slugify
from django.utils.timezone import localdate

from ownway.community.directory.actions import changing, freshness, publishing
from ownway.community.directory.models import Entry, Owner, Source
from ownway.community.directory.models.entries import OWN
from ownway.community.directory.queries.publishing import HOUSE
from ownway.demo.cast import MAIL, staff_named
from ownway.foundation.council.models import OrganisationMember

# How long before now the ladder was climbed for the walkers, to where volunteers are asked.
CLIMBED_DAYS_AGO: Final = (50, 36, 22, 8)
WALKERS: Final = {
    "kind": "group",
    "name": "Canal Walkers",
    "what": "A slow walk by the water, and tea after it",
    "description": "Two miles, flat all the way. Wheelchairs and dogs are welcome.",
    "times": ["Wed 10:30 to 12:00"],
    "prices": ["Free"],
    "address": "Lock Cottage, Canal Walk",
    "town": "Alderbrook",
    "postcode": "AL1 1FQ",
    "phones": ["01632 960388"],
    "domains": ["people", "health"],
}
FAIR: Final = {
    "kind": "event",
    "name": "Carers’ day at Meadow Hall",
    "what": "A day off for people who care, with lunch and advice",
    "times": ["14 February 2026, 10:00 to 16:00"],
    "prices": ["Free"],
    "address": "Meadow Hall, 3 Mill Street",
    "town": "Alderbrook",
    "postcode": "AL1 1FQ",
    "phones": ["01632 960302"],
    "domains": ["caring", "people"],
    "first_day": "2026-02-14",
    "shown_from": "2026-01-20",
}


def give_owners_addresses() -> None:
    """An e-mail address for each owner of an entry of ours who has none."""
    owners = list(Owner.objects.filter(source__name=OWN, email=""))
    for owner in owners:
        owner.email = f"{slugify(owner.name)[:50]}@{MAIL}"
    Owner.objects.bulk_update(owners, ["email"])


def show_keeping(*, at: datetime) -> None:
    """An owner's change that waits, an event to come, and a group whose owner never answered."""
    _an_entry_nobody_checked(at=at)
    _an_event_to_come(at=at)
    _a_change_that_waits(at=at)
    freshness.climb(at=at)


def _an_entry_nobody_checked(*, at: datetime) -> None:
    gwen = staff_named("Gwen Applegarth")
    owner = Owner.objects.create(
        key=uuid5(HOUSE, "canal walkers"),
        source=Source.objects.get(name=OWN),
        name="Canal Walkers",
        email=f"canal.walkers@{MAIL}",
    )
    walkers = publishing.add(
        WALKERS,
        owner=owner,
        how=publishing.How.STAFF,
        by=gwen.sign_in,
        at=at - timedelta(days=430),
    )
    checked_on = date(localdate(at).year - 2, 11, 10)
    Entry.objects.filter(pk=walkers.pk).update(checked_on=checked_on, email=f"canal.walkers@{MAIL}")
    for days in CLIMBED_DAYS_AGO:
        freshness.climb(at=at - timedelta(days=days))


def _an_event_to_come(*, at: datetime) -> None:
    gwen = staff_named("Gwen Applegarth")
    owner = Owner.objects.get(source__name=OWN, name="Many Voices")
    fair = publishing.add(FAIR, owner=owner, how=publishing.How.STAFF, by=gwen.sign_in, at=at)
    freshness.checked(fair, on=localdate(at), who="the council", by=gwen.sign_in, at=at)


def _a_change_that_waits(*, at: datetime) -> None:
    nell = OrganisationMember.objects.select_related("sign_in").get(
        sign_in__email=f"nell.harker@{MAIL}"
    )
    entry = Entry.objects.filter(owner__organisation=nell.organisation).order_by("pk")[0]
    words = "Nell Harker, Brightsteps"
    change = changing.begin(entry, by=nell.sign_in, by_words=words, at=at - timedelta(days=1))
    change = changing.save_part(
        change,
        {"fees": "From 1 February a first visit of one hour is free."},
        version=change.version,
        by=nell.sign_in,
        by_words=words,
    )
    changing.send(change, version=change.version, at=at - timedelta(hours=20))
