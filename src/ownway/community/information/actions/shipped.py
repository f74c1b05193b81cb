"""Bringing in the texts that come with Ownway, for a council to make its own."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from ownway.community.information.models import (
    ENGLISH,
    Choice,
    Page,
    Question,
    Text,
    Version,
    Word,
)
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Staff

TEXTS: Final = Path(__file__).parents[1] / "texts"
NOT_PAGES: Final = ("glossary", "questions")


def shipped() -> dict[str, dict[str, Any]]:
    """Every page that comes with Ownway, by its address."""
    files = sorted(TEXTS.glob("*.toml"))
    return {file.stem: _read(file.stem) for file in files if file.stem not in NOT_PAGES}


def _read(name: str) -> dict[str, Any]:
    with (TEXTS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def texts_of(written: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The texts of a shipped page: language, form, and words."""
    yield ENGLISH.code, Text.Form.PLAIN, written["plain"]
    if "easy" in written:
        yield ENGLISH.code, Text.Form.EASY, written["easy"]
    for other in written.get("also", ()):
        yield other["language"], other.get("form", Text.Form.PLAIN), other


@transaction.atomic
def bring_texts_in(*, by: Staff, at: datetime) -> int:
    """Bring in the pages that are not there yet, as drafts, with words and questions. How many.

    Nothing that a council has written is touched, and nothing is published: each page goes to the
    council's own readers' panel first.
    """
    council.require(by.sign_in, "information.write")
    there = set(Page.objects.values_list("slug", flat=True))
    new = {slug: written for slug, written in shipped().items() if slug not in there}
    pages = Page.objects.bulk_create(
        Page(
            slug=slug, group=w["group"], place=w["place"], audiences=w["audiences"], owner=by,
            made_at=at,
        )
        for slug, w in new.items()
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(page=page, number=1, because="Came with Ownway", made_by=by, made_at=at)
        for page in pages
    )
    Text.objects.bulk_create(
        Text(
            version=version, language=language, form=form, title=said["title"],
            summary=said["summary"], body=said["body"].strip(), changed_at=at,
        )
        for version in versions
        for language, form, said in texts_of(new[version.page.slug])
    )  # fmt: skip
    _bring_words_in()
    _bring_questions_in()
    return len(pages)


def _bring_words_in() -> None:
    there = {term.lower() for term in Word.objects.values_list("term", flat=True)}
    words = _read("glossary")["words"].items()
    Word.objects.bulk_create(
        Word(term=term, meaning=meaning) for term, meaning in words if term.lower() not in there
    )


def _bring_questions_in() -> None:
    if Question.objects.exists():
        return
    listed = _read("questions")["questions"]
    made = Question.objects.bulk_create(
        Question(key=q["key"], title=q["title"], hint=q["hint"], is_first=not place)
        for place, q in enumerate(listed)
    )
    by_key = {question.key: question for question in made}
    pages = {page.slug: page for page in Page.objects.all()}
    Choice.objects.bulk_create(
        Choice(
            question=by_key[q["key"]], key=c["key"], place=place, words=c["words"],
            next_question=by_key.get(c.get("to", "")), next_page=pages.get(c.get("page", "")),
        )
        for q in listed
        for place, c in enumerate(q["choices"])
    )  # fmt: skip
