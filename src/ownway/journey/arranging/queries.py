"""What providers and brokers see of plans, and who sees what of somebody's plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Organisation
from ownway.foundation.people.models import Consent
from ownway.foundation.plan import queries as plans
from ownway.foundation.plan.access import PART, WHOLE, consent_scope
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.journey.arranging import access


def parts(viewer: Viewer, *, at: datetime) -> QuerySet[PlanLine]:
    """A provider's own parts of plans, by person. One database query."""
    shared = access.parts(viewer, at=at).select_related("plan__person", "organisation")
    return shared.order_by("plan__person__sort_name", "plan", "place", "pk")


def part(viewer: Viewer, line_id: int, *, at: datetime) -> PlanLine | None:
    """One part, while it is shared."""
    return parts(viewer, at=at).filter(pk=line_id).first()


def whole_plans(viewer: Viewer, *, at: datetime) -> QuerySet[Plan]:
    """The plans of people who chose a broker, by person. One database query."""
    shared = access.whole_plans(viewer, at=at).select_related("person", "broker")
    wishes = Count("lines", filter=Q(lines__not_found=True), distinct=True)
    return shared.annotate(wishes=wishes).order_by("person__sort_name", "pk")


def whole_plan(viewer: Viewer, plan_id: int, *, at: datetime) -> Plan | None:
    """One plan of a broker's, while it is shared."""
    return whole_plans(viewer, at=at).filter(pk=plan_id).first()


@dataclass(frozen=True)
class Sharing:
    """An organisation and a plan: what it would see, and whether it may see it now."""

    plan: Plan
    organisation: Organisation
    what: str
    lines: tuple[PlanLine, ...]
    since: datetime | None

    @property
    def is_shared(self) -> bool:
        """Whether they may see it now."""
        return self.since is not None

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole plan."""
        return self.what == WHOLE


def sharings(chosen: Sequence[Plan], *, at: datetime) -> list[Sharing]:
    """Every organisation that a line or a choice brings into these plans, with its consent."""
    standing = _standing(chosen, at=at)
    found = []
    by_organisation: dict[tuple[int, int], list[PlanLine]] = {}
    for line in plans.lines_of_all(chosen):
        if line.organisation_id and not line.not_found:
            by_organisation.setdefault((line.plan_id, line.organisation_id), []).append(line)
    for plan in chosen:
        if plan.broker:
            found.append(_sharing(plan, plan.broker, WHOLE, [], standing))
        for (plan_id, _), lines in by_organisation.items():
            organisation = lines[0].organisation
            if plan_id == plan.pk and organisation:
                found.append(_sharing(plan, organisation, PART, lines, standing))
    return found


def _standing(chosen: Sequence[Plan], *, at: datetime) -> dict[tuple[int, str], datetime]:
    consents = Consent.objects.filter(
        person__in=[plan.person_id for plan in chosen], withdrawn_at=None, given_at__lte=at
    )
    return {(c.person_id, c.scope): c.given_at for c in consents if not c.until or c.until > at}


def _sharing(
    plan: Plan,
    organisation: Organisation,
    what: str,
    lines: list[PlanLine],
    standing: dict[tuple[int, str], datetime],
) -> Sharing:
    since = standing.get((plan.person_id, consent_scope(what, organisation.pk)))
    return Sharing(plan, organisation, what, tuple(lines), since)
