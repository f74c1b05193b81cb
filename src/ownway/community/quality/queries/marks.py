"""The criteria in force, applications and awards, and what is known of a provider for a mark."""

from datetime import date

from django.db.models import QuerySet

from ownway.community.directory.models import Entry
from ownway.community.quality.access import may_keep
from ownway.community.quality.models import (
    Application,
    Audit,
    Award,
    Criteria,
    Criterion,
    Evidence,
    Level,
    Visit,
)
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import OrganisationMember
from ownway.policy.marks import NAMES, MarkFacts
from ownway.policy.packs import Pack

Status = Application.Status


def criteria_on(on: date) -> Criteria | None:
    """The criteria in force on a day: the newest published that have started."""
    published = Criteria.objects.filter(published_at__isnull=False, starts_on__lte=on)
    return published.order_by("-starts_on", "-number").first()


def criteria_versions() -> QuerySet[Criteria]:
    """Every version, newest first."""
    return Criteria.objects.prefetch_related("each").select_related("published_by")


def asked_of(criteria: Criteria, *, level: int, sort: str) -> list[Criterion]:
    """What is asked for a level of a sort of provider: Gold asks all that Silver does, and more."""
    each = criteria.each.filter(level__lte=level)
    return [one for one in each if not one.sorts or sort in one.sorts]


def applications(viewer: Viewer) -> QuerySet[Application]:
    """Applications that were sent, for those who keep quality."""
    if not may_keep(viewer):
        return Application.objects.none()
    found = Application.objects.exclude(status=Status.BEGUN)
    return found.select_related("entry__owner", "settled_by", "criteria", "begun_by")


def waiting(viewer: Viewer) -> QuerySet[Application]:
    """Applications to be assessed, soonest due first."""
    return applications(viewer).filter(status=Status.SENT).order_by("due_on", "pk")


def evidence_of(application: Application) -> list[Evidence]:
    """Each criterion of an application with what is shown for it."""
    return list(application.evidence.select_related("criterion"))


def own_application(member: OrganisationMember, pk: int) -> Application | None:
    """An application of an organisation's own."""
    mine = Application.objects.filter(entry__owner__organisation=member.organisation_id)
    return mine.select_related("entry__owner", "criteria").filter(pk=pk).first()


def open_application(entry: Entry) -> Application | None:
    """The application that is being written or waits, if any."""
    return Application.objects.filter(entry=entry, status__in=[Status.BEGUN, Status.SENT]).first()


def award_of(entry: Entry) -> Award | None:
    """The mark that stands, or is suspended."""
    return entry.awards.filter(status__in=[Award.Status.STANDS, Award.Status.SUSPENDED]).first()


def awards(viewer: Viewer) -> QuerySet[Award]:
    """Marks that stand or are suspended, the first to end first."""
    if not may_keep(viewer):
        return Award.objects.none()
    standing = Award.objects.filter(status__in=[Award.Status.STANDS, Award.Status.SUSPENDED])
    return standing.select_related("entry__owner", "awarded_by").order_by("until_on", "pk")


def last_visit(entry: Entry) -> Visit | None:
    """The newest visit that was made, published or sent in."""
    made = entry.visits.filter(visited_on__isnull=False).exclude(status=Visit.Status.DROPPED)
    return made.prefetch_related("findings").order_by("-visited_on", "-pk").first()


def shares_asked(pack: Pack) -> dict[str, int]:
    """What each level asks of the two shares that are counted, in whole percent."""
    names = [f"{level}_{share}" for level in NAMES.values() for share in ("standards", "outcomes")]
    return {name: pack.value(f"mark_{name}") // 100 for name in names}


def facts(application: Application, *, level: Level) -> MarkFacts:
    """What is known for a mark of a level: judged evidence, the last visit, outcomes, audits."""
    evidence = [one for one in evidence_of(application) if one.criterion.level <= level]
    visit = last_visit(application.entry)
    return MarkFacts(
        level=level,
        unmet=[str(e.criterion) for e in evidence if e.judged == Evidence.Judged.NOT_MET],
        unjudged=[str(e.criterion) for e in evidence if not e.judged],
        standards=[finding.met for finding in visit.findings.all()] if visit else None,
        outcomes_met=application.outcomes_met,
        outcomes_of=application.outcomes_of,
        is_under_audit=application.entry.audits.filter(status=Audit.Status.OPEN).exists(),
        is_hidden=bool(application.entry.hidden_for),
    )
