"""Letters as PDF/UA-1. The compiler refuses what a screen reader could not read."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from ttf_opensans import opensans

TEMPLATE = Path(__file__).with_name("letter.typ")
SIZES = {"standard": "12pt", "large_print": "18pt"}


@dataclass(frozen=True)
class Heading:
    """What stands at the top of a letter."""

    council: str
    council_address: list[str]
    to: list[str]
    on: str
    title: str
    greeting: str
    sign_off: list[str]


class LetterFault(Exception):
    """A letter that would not be accessible; the compiler's own words."""


def as_pdf(heading: Heading, body: list[dict[str, Any]], *, size: str = "standard") -> bytes:
    """Compile a letter. Text goes in as data, never as source, so nothing typed can be code.

    Raises:
        LetterFault: the result would not be PDF/UA-1, or a letter shape has no typeface.
    """
    data = json.dumps({**heading.__dict__, "body": body, "size": SIZES[size]})
    try:
        made, warnings = _compiler().compile_with_warnings(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": data}
        )
    except typst.TypstError as fault:
        raise LetterFault(str(fault)) from fault
    if warnings:
        raise LetterFault("; ".join(str(w) for w in warnings))
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = Path(opensans().path).parent
    return typst.Compiler(str(TEMPLATE), font_paths=[str(fonts)], ignore_system_fonts=True)
