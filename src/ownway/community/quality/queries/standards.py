"""The Standards in force, who signed them, and visits: to everybody, the provider, the visitor."""

from datetime import date

from django.db.models import Q, QuerySet

from ownway.community.directory.models import Entry
from ownway.community.quality.access import may_keep, reviewer_of
from ownway.community.quality.models import LayReviewer, Signing, Standards, Visit
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import OrganisationMember

Status = Visit.Status


def standards_on(on: date) -> Standards | None:
    """The Standards in force on a day: the newest published that have started."""
    published = Standards.objects.filter(published_at__isnull=False, starts_on__lte=on)
    return published.prefetch_related("each").order_by("-starts_on", "-number").first()


def standards_versions() -> QuerySet[Standards]:
    """Every version, newest first."""
    return Standards.objects.prefetch_related("each").select_related("published_by")


def signings(standards: Standards) -> QuerySet[Signing]:
    """Who has signed a version, by name; only what is in the directory now."""
    found = standards.signings.filter(entry__hidden_for=[]).select_related("entry")
    return found.order_by("entry__name", "pk")


def has_signed(entry: Entry, standards: Standards | None) -> Signing | None:
    """The signing of a version for an entry."""
    return entry.signings.filter(standards=standards).first() if standards else None


def reports(entry: Entry | None = None) -> QuerySet[Visit]:
    """Published reports of visits, newest first: of one entry, or all that are in sight."""
    found = Visit.objects.filter(status=Status.PUBLISHED).select_related("entry", "standards")
    found = found.filter(entry=entry) if entry else found.filter(entry__hidden_for=[])
    return found.order_by("-visited_on", "-pk")


def report(pk: int) -> Visit | None:
    """One published report, with its findings and what is asked."""
    found = reports().filter(pk=pk).prefetch_related("findings__standard", "to_do")
    return found.first()


def visits(viewer: Viewer) -> QuerySet[Visit]:
    """Every visit, for those who keep quality."""
    if not may_keep(viewer):
        return Visit.objects.none()
    return Visit.objects.select_related("entry__owner", "reviewer__sign_in", "standards")


def due(viewer: Viewer, *, on: date) -> QuerySet[Visit]:
    """Visits still to be made or to be published, and those whose next one is due."""
    open_now = Q(status__in=[Status.PLANNED, Status.SENT])
    return visits(viewer).filter(open_now).order_by("planned_on", "pk")


def own_visits(viewer: Viewer, *, on: date) -> QuerySet[Visit]:
    """The visits of a lay reviewer."""
    reviewer = reviewer_of(viewer, on=on)
    if reviewer is None:
        return Visit.objects.none()
    found = Visit.objects.filter(reviewer=reviewer).exclude(status=Status.DROPPED)
    return found.select_related("entry__owner", "standards")


def visits_to(member: OrganisationMember) -> QuerySet[Visit]:
    """Visits to an organisation's entries that were sent in, for it to read and answer."""
    found = Visit.objects.filter(
        entry__owner__organisation=member.organisation_id,
        status__in=[Status.SENT, Status.PUBLISHED],
    )
    return found.select_related("entry", "standards").order_by("-visited_on", "-pk")


def reviewers(*, on: date) -> list[LayReviewer]:
    """Those who may be sent: here still, and their check in date."""
    here = Q(left_on=None) | Q(left_on__gt=on)
    found = LayReviewer.objects.filter(here, checked_until_on__gte=on).select_related("sign_in")
    return list(found)
