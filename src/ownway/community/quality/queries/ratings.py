"""What people said, what waits to be checked, and what the ratings of an entry come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from ownway.community.directory.models import Entry
from ownway.community.directory.queries.listings import shown
from ownway.community.quality.access import is_resident, may_keep
from ownway.community.quality.models import (
    AT_AN_END,
    STANDING,
    Audit,
    Delisting,
    Rating,
    RatingStatus,
)
from ownway.design.dates import months_later
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import OrganisationMember
from ownway.foundation.council.queries import rules
from ownway.foundation.plan import queries as plans
from ownway.foundation.record.models import Event
from ownway.policy import narratives, ratings
from ownway.policy.packs import Pack

PUBLISHED = RatingStatus.PUBLISHED


def published(entry: Entry) -> QuerySet[Rating]:
    """What everybody may read of an entry, newest first."""
    return Rating.objects.filter(entry=entry, status=PUBLISHED)


@dataclass(frozen=True)
class Spread:
    """How many gave each number of stars, best first, and all together."""

    counts: tuple[tuple[int, int], ...]
    total: int
    stars: Decimal | None


def spread(entry: Entry) -> Spread:
    """How the published ratings of an entry are spread. One query."""
    rows = published(entry).order_by().values_list("stars").annotate(n=Count("pk"))
    found = {int(stars): int(n) for stars, n in rows}
    each = [stars for stars, n in found.items() for _ in range(n)]
    tenths = ratings.average_tenths(each)
    counts = tuple((stars, found.get(stars, 0)) for stars in reversed(ratings.STARS))
    return Spread(counts, len(each), None if tenths is None else Decimal(tenths) / 10)


def own_rating(viewer: Viewer, entry: Entry) -> Rating | None:
    """What somebody who has signed in said of an entry, while it stands."""
    if not viewer.is_authenticated:
        return None
    return Rating.objects.filter(entry=entry, by_id=viewer.pk, status__in=STANDING).first()


def own_ratings(viewer: Viewer) -> QuerySet[Rating]:
    """All that a resident has said, newest first, with what became of it."""
    if not is_resident(viewer):
        return Rating.objects.none()
    return Rating.objects.filter(by_id=viewer.pk).select_related("entry")


def to_rate(viewer: Viewer, *, at: datetime) -> list[Entry]:
    """What is used by a resident's own plan, and by those they act for, and is not rated yet.

    Left out is what they told us does not suit, and what nobody can rate: it is not shown.
    """
    lines = plans.lines_of_all(plans.plans_of_a_resident(viewer, at=at))
    unfit = _told_unfit({line.plan.person_id for line in lines})
    used_lines = [one for one in lines if (one.plan.person_id, one.entry_key) not in unfit]
    keys = {line.entry_key for line in used_lines if line.entry_key and not line.not_found}
    names = {line.organisation_id for line in used_lines if line.organisation_id}
    used = Q(key__in=_whole(keys)) | Q(owner__organisation__in=names)
    rated = Rating.objects.filter(by_id=viewer.pk, status__in=STANDING).values("entry")
    return list(shown().filter(used).exclude(pk__in=rated).order_by("name", "pk"))


def _told_unfit(person_ids: set[int]) -> set[tuple[int, str]]:
    """By person, the entries that their last call-back said do not suit."""
    told = Event.objects.filter(kind="contact.called_back", person__in=person_ids)
    rows = told.order_by("at", "pk").values_list("person", "facts__entry", "facts__result")
    last = {(person, entry): result for person, entry, result in rows}
    return {key for key, result in last.items() if result == "does_not_suit"}


def _whole(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if len(key) == 36]


def held(viewer: Viewer) -> QuerySet[Rating]:
    """What waits for a check, soonest due first."""
    return kept(viewer).filter(status=RatingStatus.HELD).order_by("due_on", "pk")


def kept(viewer: Viewer) -> QuerySet[Rating]:
    """Every rating that was sent, for those who keep quality; what nobody proved is left out."""
    if not may_keep(viewer):
        return Rating.objects.none()
    found = Rating.objects.exclude(status=RatingStatus.UNPROVED)
    return found.select_related("entry__owner", "settled_by", "by")


def around(viewer: Viewer, rating: Rating) -> list[Rating]:
    """Other ratings of the same entry and by the same person, to see a pattern by; newest first."""
    same = Q(source=rating.source) if rating.source else Q(by=rating.by_id)
    return list(kept(viewer).filter(Q(entry=rating.entry) | same).exclude(pk=rating.pk)[:12])


def of_link(pk: int, *, version: int) -> Rating | None:
    """The rating that a link led to, as it was then; nothing once it was changed or is gone."""
    found = Rating.objects.filter(pk=pk, version=version).select_related("entry")
    return found.exclude(status__in=AT_AN_END).first()


def to_answer(member: OrganisationMember) -> QuerySet[Rating]:
    """What an organisation may answer, not answered first: shown, or held and asked about."""
    may_see = Q(status=PUBLISHED) | Q(status=RatingStatus.HELD, asked_at__isnull=False)
    found = Rating.objects.filter(may_see, entry__owner__organisation=member.organisation_id)
    unanswered_first = F("replied_at").desc(nulls_first=True)
    return found.select_related("entry").order_by(unanswered_first, "-given_at", "-pk")


def day(moment: datetime) -> date:
    """The day on the council's wall."""
    return timezone.localtime(moment).date()


def patterns(rating: Rating, *, pack: Pack) -> list[str]:
    """What about this rating and those around it looks like a campaign. Two queries."""
    if not ratings.is_held(rating.stars, pack=pack):
        return []
    on = day(rating.given_at)
    low = Rating.objects.filter(stars__lte=pack.value("rating_held_up_to")).exclude(
        status__in=[RatingStatus.UNPROVED, RatingStatus.TAKEN_BACK]
    )
    others = low.filter(given_at__lte=rating.given_at).exclude(pk=rating.pk)
    mine = others.filter(source=rating.source) if rating.source else others.filter(by=rating.by)
    return list(
        ratings.patterns(
            by_source=[on, *_days(mine)],
            of_entry=[on, *_days(others.filter(entry=rating.entry))],
            on=on,
            pack=pack,
        )
    )


def _days(found: QuerySet[Rating]) -> list[date]:
    return [day(moment) for moment in found.values_list("given_at", flat=True)]


def not_people(entry: Entry) -> list[str]:
    """Names that may stand in what is said of an entry: its own, its provider's, its area's."""
    return [entry.name, entry.what, entry.area, entry.owner.name if entry.owner else ""]


def reasons_to_hold(rating: Rating, *, pack: Pack) -> list[str]:
    """Why a rating is not shown before somebody has looked; none, and it is shown at once."""
    found = []
    if ratings.is_held(rating.stars, pack=pack):
        found.append("1 star" if rating.stars == 1 else f"{rating.stars} stars")
    if rating.by_id is None:
        found.append("Written without signing in")
    if narratives.hints_at_harm(rating.words):
        found.append("May be a safeguarding matter")
    if names := narratives.personal_in(rating.words, not_people=not_people(rating.entry)):
        found.append(f"May point to a person: {', '.join(names)}"[:200])
    return found + patterns(rating, pack=pack)


def tally(entry: Entry, *, on: date) -> ratings.Tally:
    """What the published ratings of the window come to, and what they ask for. Three queries."""
    pack = rules(on)
    rows = published(entry).values_list("stars", "given_at")
    audited = Audit.objects.filter(entry=entry).exclude(status=Audit.Status.OPEN)
    done = [Delisting.Status.KEPT, Delisting.Status.RETURNED]
    decided = Delisting.objects.filter(entry=entry, status__in=done)
    return ratings.tally(
        [ratings.Given(stars, day(moment)) for stars, moment in rows],
        audited_on=_last_day(audited.values_list("settled_at", flat=True)),
        decided_on=_last_day(decided.values_list("decided_at", flat=True)),
        since=months_later(on, -pack.value("ratings_window_months")),
        pack=pack,
    )


def _last_day(moments: Iterable[datetime | None]) -> date | None:
    return max((day(moment) for moment in moments if moment), default=None)
