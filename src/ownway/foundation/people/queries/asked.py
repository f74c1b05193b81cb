"""What somebody typed to find a person, read apart: a name, a birth date, a postcode, a number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from ownway.foundation.people.queries.names import sort_name

TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "lord", "rev", "prof"])
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATES = (
    re.compile(r"\b(?P<d>\d{1,2})\s*[/. -]\s*(?P<m>\d{1,2})\s*[/. -]\s*(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{'|'.join(MONTHS)})[a-z]*\.?,?\s+"
        r"(?P<y>\d{4}|\d{2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})(?!\d)"),
)
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
# Letters and digits that are taken for each other on the telephone and on paper.
AS_LETTERS, AS_DIGITS = str.maketrans("015", "OIS"), str.maketrans("OILS", "0115")
NHS_DIGITS = 10
LEAST_PHONE_DIGITS = 6
EMAIL = re.compile(r"\S+@\S*")


@dataclass(frozen=True)
class Asked:
    """The parts of what was typed. What is not there is empty; nothing is thrown away as wrong."""

    words: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    year: int | None = None
    postcodes: tuple[str, ...] = ()
    outward: str = ""
    digits: str = ""
    email: str = ""


def read(text: str) -> Asked:
    """Read apart what was typed, in any order."""
    rest, email = _email_in(text)
    rest, born = _born_in(rest)
    tokens = re.split(r"[\s,;]+", rest.strip())
    tokens, postcodes, outward = _postcode_in([one for one in tokens if one])
    digits = re.sub(r"\D", "", " ".join(one for one in tokens if re.fullmatch(r"[\d+()-]+", one)))
    year = int(digits) if re.fullmatch(r"(19|20)\d\d", digits) else None
    named = [one for one in tokens if not re.search(r"\d", one)]
    words = tuple(word for word in sort_name("", " ".join(named)).split() if word not in TITLES)
    return Asked(
        words=words,
        born=born,
        year=year,
        postcodes=postcodes,
        outward=outward,
        digits=national(digits) if len(digits) >= LEAST_PHONE_DIGITS else "",
        email=email,
    )


def _email_in(text: str) -> tuple[str, str]:
    found = EMAIL.search(text)
    return (EMAIL.sub(" ", text, count=1), found[0].lower()) if found else (text, "")


def national(digits: str) -> str:
    """A telephone number as it is dialled at home: 07700 900123 for +44 7700 900123."""
    return f"0{digits[2:]}" if digits.startswith("44") and len(digits) == NHS_DIGITS + 2 else digits


def _born_in(text: str) -> tuple[str, tuple[date, ...]]:
    """The dates that may be meant, as typed first, then with day and month swapped."""
    for pattern in DATES:
        if found := pattern.search(text):
            parts = found.groupdict()
            name = (parts.get("name") or "").lower()
            month = MONTHS.index(name) + 1 if name else int(parts["m"])
            meant = tuple(_dates(int(parts["d"]), month, parts["y"]))
            if meant:
                return text[: found.start()] + " " + text[found.end() :], meant
    return text, ()


def _dates(day: int, month: int, year: str) -> Iterator[date]:
    years = [int(year)] if len(year) > 2 else [1900 + int(year), 2000 + int(year)]
    orders = dict.fromkeys([(day, month), (month, day)])
    for (d, m), y in product(orders, years):
        try:
            yield date(y, m, d)
        except ValueError:
            continue


def _postcode_in(tokens: list[str]) -> tuple[list[str], tuple[str, ...], str]:
    """The whole postcode, however it is spaced; else its first half; and what is left."""
    runs = [(at, n) for n in (4, 3, 2, 1) for at in range(len(tokens) - n + 1)]
    meant = {run: _as_postcodes("".join(tokens[run[0] : sum(run)])) for run in runs}
    if read := {run: found for run, found in meant.items() if found}:
        at, n = next(iter(read))
        every = [one for found in read.values() for one in found]
        return tokens[:at] + tokens[at + n :], tuple(dict.fromkeys(every)), ""
    for at, token in enumerate(tokens):
        if OUTWARD.fullmatch(token.upper()):
            return tokens[:at] + tokens[at + 1 :], (), token.upper()
    return tokens, (), ""


def _as_postcodes(squeezed: str) -> list[str]:
    """A run of signs as a postcode: as it stands, or with O for 0 and I for 1 put right."""
    text = squeezed.upper()
    letters = sum(sign.isalpha() for sign in text)
    if not 5 <= len(text) <= 7 or not 2 <= letters < len(text):
        return []
    inward = text[-3].translate(AS_DIGITS) + text[-2:].translate(AS_LETTERS)
    mended = [text[:n].translate(AS_LETTERS) + text[n:-3].translate(AS_DIGITS) for n in (2, 1)]
    read = dict.fromkeys([text[:-3], *mended])
    return [f"{outward} {inward}" for outward in read if POSTCODE.fullmatch(outward + inward)]


def nearly(number: str) -> list[str]:
    """An NHS number as typed, then those that one slip of the hand turns into it."""
    swapped = [
        number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(len(number) - 1)
    ]
    changed = [
        number[:i] + digit + number[i + 1 :] for i in range(len(number)) for digit in "0123456789"
    ]
    left_out = [number[:i] + number[i + 1 :] for i in range(len(number))]
    missing = [
        number[:i] + digit + number[i:] for i in range(len(number) + 1) for digit in "0123456789"
    ]
    meant = _of_ten([number, *swapped, *changed, *left_out, *missing])
    return list(dict.fromkeys(meant))


def _of_ten(numbers: Iterable[str]) -> Iterator[str]:
    return (number for number in numbers if len(number) == NHS_DIGITS)
