"""What was sought and not found, and what people say is wrong."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from ownway.community.directory.models import Mistake, NotFound
from ownway.foundation.council.access import Viewer, require
from ownway.policy import domains

MONTHS = 12
NEEDS = {domain.key: domain.name for domain in domains.NINE}


@dataclass(frozen=True)
class Sought:
    """One thing that was sought so often, and not found."""

    what: str
    times: int


@dataclass(frozen=True)
class Unmet:
    """What was sought in a year and not found. Counts under `least` are not shown, but summed."""

    words: list[Sought]
    needs: list[Sought]
    districts: list[Sought]
    total: int
    least: int
    since: date


def not_found(viewer: Viewer, *, on: date, least: int) -> Unmet:
    """The searches of the last twelve months without result, most often sought first."""
    require(viewer, "directory.evidence")
    since = on.replace(year=on.year - 1, day=1)
    rows = NotFound.objects.filter(month__gte=since)
    needs = _summed(rows.exclude(need=""), "need", least)
    return Unmet(
        words=_summed(rows.exclude(words=""), "words", least),
        needs=[Sought(NEEDS.get(one.what, one.what), one.times) for one in needs],
        districts=_summed(rows.exclude(district=""), "district", least),
        total=rows.aggregate(all=Sum("times"))["all"] or 0,
        least=least,
        since=since,
    )


def has_evidence() -> bool:
    """Say whether any search without result was ever counted."""
    return NotFound.objects.exists()


def _summed(rows: QuerySet[NotFound], name: str, least: int) -> list[Sought]:
    summed = rows.order_by().values_list(name).annotate(many=Sum("times"))
    return [Sought(what, many) for what, many in summed.order_by("-many", name) if many >= least][
        :100
    ]


def mistakes(viewer: Viewer) -> QuerySet[Mistake]:
    """What was told and is not settled, the oldest first."""
    require(viewer, "directory.keep")
    return Mistake.objects.filter(settled_at=None).select_related("entry")
