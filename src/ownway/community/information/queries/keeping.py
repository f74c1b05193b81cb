"""How pages stand: their panel, their checks, and how useful readers found them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from ownway.community.information.models import (
    ENGLISH,
    Opinion,
    Page,
    ReadDay,
    Reader,
    Reading,
    Text,
    Version,
)
from ownway.community.information.queries.pages import titles_of
from ownway.foundation.council.access import Viewer

SCORE_DAYS: Final = 365


@dataclass(frozen=True)
class Score:
    """How many found a page useful in the last year."""

    useful: int = 0
    votes: int = 0

    @property
    def percent(self) -> int | None:
        """The share that found it useful; nothing without a vote."""
        return round(100 * self.useful / self.votes) if self.votes else None

    @property
    def words(self) -> str:
        """83% of 12."""
        return f"{self.percent}% of {self.votes}" if self.votes else "No answers yet"


@dataclass(frozen=True)
class Standing:
    """One page of the list: where it is on its way, and what is due."""

    page: Page
    title: str
    open: Version | None
    score: Score
    reads: int
    panel: str
    state: str
    is_late: bool

    @property
    def _texts(self) -> list[Text]:
        """The texts of the live version; of the open one while none is live."""
        version = self.page.live or self.open
        return list(version.texts.all()) if version else []

    @property
    def languages(self) -> list[str]:
        """The other languages it is in."""
        return sorted({t.tongue.english for t in self._texts if t.language != ENGLISH.code})

    @property
    def has_easy(self) -> bool:
        """Whether it has an easy read text."""
        return any(t.form == Text.Form.EASY for t in self._texts)


def standings(*, on: date) -> list[Standing]:
    """Every page, late ones first, in a constant number of queries."""
    open_versions = Version.objects.filter(status__in=["draft", "with_panel"])
    pages = list(
        Page.objects.select_related("owner", "live").prefetch_related(
            "live__texts",
            "live__readings",
            Prefetch(
                "versions", open_versions.prefetch_related("readings", "texts"), to_attr="opened"
            ),
        )
    )
    titles, found, read = titles_of(pages), scores(on=on), reads(on=on)
    listed = [
        _standing(
            page,
            titles.get(page.pk, page.slug),
            found.get(page.pk, Score()),
            read.get(page.pk, 0),
            on,
        )
        for page in pages
    ]
    return sorted(listed, key=lambda one: _first_late(one, on))


def _first_late(one: Standing, on: date) -> tuple[bool, bool, date, int, str]:
    due = one.page.next_check_on or date.max
    return (not one.is_late, one.open is None, due, one.page.place, one.title)


def _standing(page: Page, title: str, score: Score, read: int, on: date) -> Standing:
    opened: list[Version] = getattr(page, "opened", [])
    version = opened[0] if opened else None
    return Standing(
        page, title, version, score, read, panel_words(version or page.live), state_of(page, on),
        page.is_late(on),
    )  # fmt: skip


def state_of(page: Page, on: date) -> str:
    """Where a page is, in two or three words."""
    if page.taken_down_on is not None:
        return "Taken down"
    if page.is_late(on):
        return "Check is late"
    if page.is_live:
        return "Published"
    return "Not published yet"


def panel_words(version: Version | None) -> str:
    """What the readers' panel said of a version: 2 yes, 1 no."""
    if version is None:
        return "Not sent"
    said = list(version.readings.all())
    yes = sum(one.is_yes for one in said)
    if not said:
        return str(version.get_status_display()) if version.is_open else "No readings kept"
    return f"{yes} yes" + (f", {len(said) - yes} no" if yes < len(said) else "")


def scores(*, on: date) -> dict[int, Score]:
    """The usefulness of each page in the last year, by the page's number."""
    since = on - timedelta(days=SCORE_DAYS)
    rows = Opinion.objects.filter(on__gt=since, on__lte=on).order_by().values_list("page")
    counted = rows.annotate(votes=Count("pk"), useful=Count("pk", filter=Q(is_useful=True)))
    return {page: Score(useful, votes) for page, votes, useful in counted}


def reads(*, on: date) -> dict[int, int]:
    """How often each page was read in the last year."""
    since = on - timedelta(days=SCORE_DAYS)
    days = ReadDay.objects.filter(on__gt=since, on__lte=on).order_by().values_list("page")
    return dict(days.annotate(all=Sum("reads")))


def opinions_of(page: Page) -> QuerySet[Opinion]:
    """What readers wrote about a page, newest first."""
    return page.opinions.exclude(words="")


def reader_of(viewer: Viewer) -> Reader | None:
    """The panel reader behind a sign-in, while they take part."""
    if not viewer.is_authenticated:
        return None
    return Reader.objects.filter(sign_in_id=viewer.pk, left_on=None).first()


def readers() -> QuerySet[Reader]:
    """Everybody on the readers' panel now."""
    return Reader.objects.filter(left_on=None).select_related("sign_in")


def to_read(reader: Reader) -> list[Text]:
    """The first text of each version that waits for this reader, longest wait first."""
    waiting = Version.objects.filter(status=Version.Status.WITH_PANEL).exclude(
        readings__reader=reader
    )
    texts = Text.objects.filter(version__in=waiting, language=ENGLISH.code, form=Text.Form.PLAIN)
    return list(texts.select_related("version__page").order_by("version__sent_at", "version_id"))


def waiting_for(viewer: Viewer) -> int:
    """How many pages wait for somebody to read with the panel; none for who is not on it."""
    reader = reader_of(viewer)
    return len(to_read(reader)) if reader else 0


def have_read(reader: Reader) -> QuerySet[Reading]:
    """What a reader has said so far, newest first."""
    return reader.readings.select_related("version__page").order_by("-at")


def version_with_panel(slug: str) -> Version | None:
    """The version of a page that the panel reads now."""
    waiting = Version.objects.filter(status=Version.Status.WITH_PANEL, page__slug=slug)
    return waiting.select_related("page__owner").prefetch_related("texts").first()


def missing_readings(version: Version, *, needed: int) -> int:
    """How many more yeses a version needs before it may be published."""
    yes = sum(one.is_yes for one in version.readings.all())
    return max(needed - yes, 0)


def unanswered_noes(version: Version) -> list[Reading]:
    """The noes whose writer has had no reply yet."""
    return [one for one in version.readings.all() if not one.is_yes and not one.reply]
