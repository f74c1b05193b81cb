"""How a telephone number is read, one rule for every box that asks for one."""

import re

_NUMBER = re.compile(r"(?P<main>\+?[0-9 ().-]+?) ?((ext|extension|x)\.? ?[0-9]{1,6})?", re.ASCII)
_DASHES = str.maketrans("\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}", "---")
FEWEST, FEWEST_ABROAD, MOST = 10, 8, 15


class NotATelephone(ValueError):
    """Nobody can be rung on this."""


def checked_phone(typed: str) -> str:
    """Read a telephone number as it was typed, its spaces set right; empty stays empty.

    Units: 10 to 15 digits with the area code, 8 or more after the + of a country; an extension
        may follow.
    Source: ITU-T E.164 for the longest, the National Telephone Numbering Plan for the shortest.
    Raises:
        NotATelephone: nobody can be rung on it.
    """
    said = " ".join(typed.split()).translate(_DASHES)
    if not said:
        return ""
    read = _NUMBER.fullmatch(said.lower())
    digits = re.sub(r"[^0-9]", "", read["main"]) if read else ""
    fewest = FEWEST_ABROAD if said.startswith("+") else FEWEST
    if not fewest <= len(digits) <= MOST:
        raise NotATelephone("Enter a phone number with its area code, like 01632 960001")
    return said
