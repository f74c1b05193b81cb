"""Pages as the public reads them: the guide's contents, one page, and the search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Prefetch, QuerySet

from ownway.community.information.models import (
    ENGLISH,
    LANGUAGES,
    Audience,
    Group,
    Language,
    Page,
    Text,
    Version,
    Word,
)

MOST_FOUND: Final = 20
# Words people type that say nothing about what they seek.
NOISE: Final = frozenset(
    re.findall(
        r"[a-z]+",
        """a about an and any are at be can do does for from get have help how i in is it me my need
        of on or our should the to we what when where who will with you your""",
    )
)
_VECTOR: Final = (
    SearchVector("title", weight="A", config="english")
    + SearchVector("summary", weight="B", config="english")
    + SearchVector("body", weight="C", config="english")
)


@dataclass(frozen=True)
class Reading:
    """One page for one reader: the text they asked for, and what other texts there are."""

    page: Page
    text: Text
    others: tuple[Text, ...]
    is_older: bool

    @property
    def is_easy(self) -> bool:
        """Whether it is in easy read."""
        return self.text.form == Text.Form.EASY

    @property
    def other_form(self) -> Text | None:
        """The same language in the other form, if there is one."""
        return next((t for t in self.others if t.language == self.text.language), None)

    @property
    def languages(self) -> tuple[Language, ...]:
        """Other languages it can be read in."""
        found = {t.language: t.tongue for t in self.others if t.language != self.text.language}
        return tuple(found.values())


def live_pages() -> QuerySet[Page]:
    """Every page that anybody may read."""
    return Page.objects.filter(live__isnull=False, taken_down_on=None).select_related("owner")


def live_texts() -> QuerySet[Text]:
    """The English texts of live pages, in the order of the guide."""
    texts = Text.objects.filter(
        version__page__live_id=F("version_id"),
        version__page__taken_down_on=None,
        language=ENGLISH.code,
    )
    return texts.select_related("version__page").order_by(
        "version__page__place", "version__page__slug"
    )


def contents(audience: str = "") -> list[tuple[str, list[Text]]]:
    """The guide's pages by group, for everybody or for one audience."""
    texts = [t for t in live_texts().filter(form=Text.Form.PLAIN) if _is_for(t, audience)]
    return [
        (str(group.label), found)
        for group in Group
        if group != Group.ANSWER and (found := [t for t in texts if t.version.page.group == group])
    ]


def _is_for(text: Text, audience: str) -> bool:
    return not audience or audience in text.version.page.audiences


def audiences() -> list[tuple[str, str]]:
    """Whom a page may be for, but for everybody."""
    return [(a.value, str(a.label)) for a in Audience if a != Audience.EVERYBODY]


def page_to_read(slug: str, *, language: str = "", form: str = "") -> Reading | None:
    """A live page in a language and form; in English or standard where there is no such text."""
    page = live_pages().select_related("live").filter(slug=slug).first()
    return _reading(page, page.live, language, form) if page and page.live else None


def version_to_read(version: Version, *, language: str = "", form: str = "") -> Reading | None:
    """Any version as it would be read, for the panel and for staff."""
    return _reading(version.page, version, language, form)


def _reading(page: Page, version: Version, language: str, form: str) -> Reading | None:
    texts = list(version.texts.all())
    wanted = [(language, form), (language, "plain"), (ENGLISH.code, form), (ENGLISH.code, "plain")]
    by_key = {(t.language, t.form): t for t in texts}
    found = next((by_key[key] for key in wanted if key in by_key), texts[0] if texts else None)
    if found is None:
        return None
    main = by_key.get((ENGLISH.code, "plain"), found)
    others = tuple(t for t in texts if t.pk != found.pk)
    return Reading(page, found, others, is_older=found.changed_at < main.changed_at)


def search(words: str) -> list[Text]:
    """Live English texts with these words, best first: all of them, or else any."""
    asked = [w for w in re.findall(r"[\w’']+", words.lower())[:12] if len(w) < 40]
    useful = [w for w in asked if w not in NOISE] or asked
    if not useful:
        return []
    texts = live_texts().filter(form=Text.Form.PLAIN).annotate(vector=_VECTOR)
    for join in (and_, or_):
        query = reduce(join, [_starts(word) for word in useful])
        found = texts.filter(vector=query).annotate(rank=SearchRank(_VECTOR, query))
        hits: list[Text] = [*found.order_by("-rank", "pk")[:MOST_FOUND]]
        if hits:
            return hits
    return []


def _starts(word: str) -> SearchQuery:
    letters = re.sub(r"\W", "", word) or "x"
    stem = SearchQuery(letters, config="english")
    return stem | SearchQuery(f"{letters}:*", search_type="raw", config="simple")


def glossary(words: str = "") -> QuerySet[Word]:
    """The words we explain, all of them or those that fit."""
    found = Word.objects.all()
    return found.filter(term__icontains=words.strip()[:60]) if words.strip() else found


def titles_of(pages: Iterable[Page]) -> dict[int, str]:
    """The English title of the newest text of each page, by the page's number."""
    texts = Text.objects.filter(
        version__page__in=list(pages), language=ENGLISH.code, form=Text.Form.PLAIN
    )
    newest = texts.order_by("version__page_id", "-version__number").distinct("version__page_id")
    return dict(newest.values_list("version__page_id", "title"))


def whole(page_slug: str) -> Page | None:
    """One page with its versions and their texts, for those who write it."""
    versions = Version.objects.select_related("made_by", "published_by").prefetch_related(
        "texts", "readings__reader__sign_in"
    )
    pages = Page.objects.select_related("owner__sign_in", "live")
    return pages.prefetch_related(Prefetch("versions", versions)).filter(slug=page_slug).first()


def slugs() -> frozenset[str]:
    """The address of every page, live or not, that a text may lead to."""
    return frozenset(Page.objects.values_list("slug", flat=True))


def language_codes() -> tuple[str, ...]:
    """The languages a page may be written in."""
    return tuple(one.code for one in LANGUAGES)
