"""Audits and delistings, and an entry with all that is known of its quality."""

from django.db.models import QuerySet

from ownway.community.directory.models import Entry
from ownway.community.quality.access import may_keep
from ownway.community.quality.models import Audit, Delisting
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import OrganisationMember, Role, Staff
from ownway.foundation.council.queries import staff_members


def keeper() -> Staff | None:
    """Who is given what has to be done: the first commissioner, or else the director."""
    for role in (Role.COMMISSIONER, Role.DIRECTOR):
        if found := staff_members().filter(role=role).order_by("pk").first():
            return found
    return None


def entry_named(slug: str) -> Entry | None:
    """An entry by its address, in sight or not."""
    return Entry.objects.select_related("owner__organisation").filter(slug=slug).first()


def entries_like(words: str, *, most: int = 20) -> list[Entry]:
    """Entries whose name holds these words, in sight or not, for whoever keeps quality."""
    return list(Entry.objects.filter(name__icontains=words.strip()).order_by("name", "pk")[:most])


def audits(viewer: Viewer) -> QuerySet[Audit]:
    """Every audit, for those who keep quality."""
    if not may_keep(viewer):
        return Audit.objects.none()
    return Audit.objects.select_related("entry__owner", "raised_by", "settled_by")


def open_audits(viewer: Viewer) -> QuerySet[Audit]:
    """Audits to be made, soonest due first."""
    return audits(viewer).filter(status=Audit.Status.OPEN).order_by("due_on", "pk")


def delistings(viewer: Viewer) -> QuerySet[Delisting]:
    """Every delisting, for those who keep quality."""
    if not may_keep(viewer):
        return Delisting.objects.none()
    return Delisting.objects.select_related("entry__owner", "decided_by")


def open_delistings(viewer: Viewer) -> QuerySet[Delisting]:
    """Those to be decided, under notice, or hidden: all that may still turn out otherwise."""
    standing = [Delisting.Status.OPEN, Delisting.Status.NOTICED, Delisting.Status.HIDDEN]
    return delistings(viewer).filter(status__in=standing).order_by("due_on", "pk")


def own_delistings(member: OrganisationMember) -> QuerySet[Delisting]:
    """Notices that an organisation has had, and may answer."""
    noticed = [Delisting.Status.NOTICED, Delisting.Status.HIDDEN]
    mine = Delisting.objects.filter(entry__owner__organisation=member.organisation_id)
    return mine.filter(status__in=noticed).select_related("entry")


def delisting_of(entry: Entry) -> Delisting | None:
    """The delisting of an entry that is not at an end."""
    standing = [Delisting.Status.OPEN, Delisting.Status.NOTICED, Delisting.Status.HIDDEN]
    return entry.delistings.filter(status__in=standing).first()
