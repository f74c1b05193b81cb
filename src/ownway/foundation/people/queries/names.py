"""How names and postcodes are filed, and how those who share them are told apart."""

import re
import unicodedata
from collections.abc import Iterable

from ownway.foundation.people.models import Person

# Letters that no accent makes, marks that people leave out, and a hyphen, which is a space.
AS_HEARD = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "-": " "}
    | dict.fromkeys("'’‘`´.", "")
)


def sort_name(first: str, last: str) -> str:
    """How a name is filed: last name first, lower case, accents and apostrophes taken off."""
    apart = unicodedata.normalize("NFD", f"{last} {first}".lower().translate(AS_HEARD))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # Put together again: what is one letter to its readers, like 김, is one letter in the file.
    return " ".join(unicodedata.normalize("NFC", plain).split())


def sounds_like(last: str) -> str:
    """A key that names of one sound share: Jonson and Johnson; Smyth and Smith."""
    text = re.sub(r"[^a-z]", "", sort_name("", last))
    for old, new in (("ph", "f"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("mc", "mac"), ("ck", "k")):
        text = text.replace(old, new)
    groups = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")
    first, coded = text[:1], text.translate(groups)
    digits = "".join(c if c.isdigit() else "0" if c in "aeiouy" else "" for c in coded[1:])
    squeezed = re.sub(r"(.)\1+", r"\1", digits).replace("0", "")
    return (first + squeezed)[:6]


def tell_apart(persons: Iterable[Person]) -> None:
    """Have those on one page who share title and last name called by their whole names there."""
    persons = list(persons)
    of_name: dict[tuple[str, str], set[int]] = {}
    for person in persons:
        of_name.setdefault((person.title, person.last_name.casefold()), set()).add(person.pk)
    for person in persons:
        person.has_namesake = len(of_name[person.title, person.last_name.casefold()]) > 1


def spaced_postcode(text: str) -> str:
    """AL3 4QT for al34qt."""
    squeezed = re.sub(r"\s", "", text).upper()
    return f"{squeezed[:-3]} {squeezed[-3:]}"
