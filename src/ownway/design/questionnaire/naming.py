"""Names for places in a form that are safe in HTML and in an address, and back again."""

import re

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Questionnaire

MOST_ROWS = 30
_PLAIN = re.compile(r"[A-Za-z0-9.-]")
_ROWS = re.compile(r"(?:~\d{1,2})*")


def key_of(link_id: str) -> str:
    """A link id with every unusual character spelled as its number between underscores."""
    return "".join(c if _PLAIN.fullmatch(c) else f"_{ord(c):x}_" for c in link_id)


def name_of(spot: Spot) -> str:
    """The name of a place's field: `q-1.1.2`, or `q-1.1.2~0` in the first row of a group."""
    return f"q-{key_of(spot.link_id)}" + "".join(f"~{row}" for row in spot.rows)


def spot_of(form: Questionnaire, name: str) -> Spot | None:
    """The place this name stands for; None when the form has no such place."""
    key, _, tail = name.removeprefix("q-").partition("~")
    link_id = _link_ids(form).get(key)
    rows = f"~{tail}" if tail else ""
    if link_id is None or not name.startswith("q-") or not _ROWS.fullmatch(rows):
        return None
    numbers = tuple(int(row) for row in rows.split("~")[1:])
    if len(numbers) != len(form.rows_above(link_id)) or any(n >= MOST_ROWS for n in numbers):
        return None
    return Spot(link_id, numbers)


def _link_ids(form: Questionnaire) -> dict[str, str]:
    """Every key of the form; worked out once for each form and kept beside it."""
    held: dict[str, str] | None = form.__dict__.get("_link_ids")
    if held is None:
        held = {key_of(link_id): link_id for link_id in form.by_link_id}
        form.__dict__["_link_ids"] = held
    return held
