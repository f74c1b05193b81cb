"""A letter's one text in many formats: tagged PDF/UA-1 in standard or large print, HTML, plain.

A body is a list of blocks:
    {"kind": "text", "text": "..."}
    {"kind": "heading", "text": "..."}
    {"kind": "list", "items": ["...", ...]}
    {"kind": "table", "caption": "...", "head": ["...", ...], "rows": [["...", ...], ...],
     "total": ["...", ...]}            the first column is the row's head; total may be left out
"""

from ownway.design.letters.pdf import as_pdf
from ownway.design.letters.plain import as_text

__all__ = ["as_pdf", "as_text"]
