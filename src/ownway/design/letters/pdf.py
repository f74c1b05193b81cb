"""Letters as PDF/UA-1. The compiler refuses what a screen reader could not read."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from ttf_opensans import opensans

TEMPLATE = Path(__file__).with_name("letter.typ")
UNPRINTABLE = "?"
NOT_ALL_PRINTED = "Some signs could not be printed: they stand as ? here. Online you see all."
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
    data = json.dumps({**heading.__dict__, "body": body, "size": SIZES[size]}, ensure_ascii=False)
    try:
        return _compiled(data)
    except LetterFault as fault:
        if "could not be displayed" not in str(fault):
            raise
    printable = "".join(sign if _has_a_shape(sign) else UNPRINTABLE for sign in data)
    whole = json.loads(printable)
    whole["body"].append({"kind": "text", "text": NOT_ALL_PRINTED})
    return _compiled(json.dumps(whole))


def _has_a_shape(sign: str) -> bool:
    """Say whether the typeface can draw a sign: Latin, Greek, Cyrillic and common punctuation."""
    code = ord(sign)
    return code < 0x0530 or 0x1E00 <= code < 0x2070 or code in {0x20AC, 0x2122, 0x2212, 0x2260}


def _compiled(data: str) -> bytes:
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
