"""What a `policy` command found, as one page that stands alone: no other file, no network."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from ownway.policy import tables
from ownway.policy.refusals import FactsRefused, Problem

NOT_DRAWN = Markup("")
LOOKS = Path(__file__).parent / "page.html"


@dataclass(frozen=True)
class Table:
    """A table: its caption, its heads, and its rows of words, each named by its first cell."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """A part of a page: what was found in words, drawn where that helps, and its table."""

    title: str
    said: Sequence[str] = ()
    drawn: Markup = NOT_DRAWN
    table: Table | None = None


@dataclass(frozen=True)
class Page:
    """A whole page. `made_from` says which file and which rules it is about."""

    title: str
    lead: str
    made_from: str
    sections: Sequence[Section]


def add(command: argparse.ArgumentParser) -> None:
    """Ask whether a page is wanted too, and where."""
    command.add_argument("--page", type=Path, metavar="PAGE.html",
                         help="write a page that stands alone, too; not there yet")  # fmt: skip


def refuse_name(path: Path | None) -> None:
    """Refuse a name before the work is done, not after."""
    if path is None:
        return
    if path.suffix != ".html":
        raise FactsRefused([Problem(str(path), "is not a name for a page.", "End it in .html.")])
    if not path.parent.is_dir():
        mend = "Make it first, or name another."
        raise FactsRefused([Problem(str(path.parent), "is not a folder.", mend)])
    tables.refuse_if_there(path)


def write(path: Path, page: Page) -> None:
    """Write a page.

    Raises:
        FactsRefused: it cannot be written there.
    """
    try:
        path.write_text(_template().render(page=page), "utf-8")
    except OSError as wrong:
        reason = f"cannot be written: {wrong.strerror}."
        raise FactsRefused([Problem(str(path), reason)]) from None


@cache
def _template() -> Template:
    known = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return known.from_string(LOOKS.read_text("utf-8"))
