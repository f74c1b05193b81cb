"""A FHIR R4 Questionnaire file into a form, or a refusal that names all that is wrong."""

from collections.abc import Mapping
from functools import lru_cache

from ownway.design.questionnaire import checks, extensions
from ownway.design.questionnaire.jsontext import Json, NotJson, Path, load
from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.reading_items import ItemReader
from ownway.design.questionnaire.reading_state import (
    Reading,
    check_extensions,
    raw_items,
    refuse_unknown_keys,
    text,
)
from ownway.design.questionnaire.refusals import Problem, Refused

STATUSES = ("draft", "active", "retired", "unknown")
ROOT_KEPT = frozenset(
    [
        "id",
        "meta",
        "language",
        "text",
        "contained",
        "identifier",
        "derivedFrom",
        "experimental",
        "subjectType",
        "date",
        "publisher",
        "contact",
        "description",
        "useContext",
        "jurisdiction",
        "purpose",
        "copyright",
        "approvalDate",
        "lastReviewDate",
        "effectivePeriod",
        "code",
    ]
)
ROOT_READ = frozenset(["resourceType", "url", "version", "name", "title", "status", "item"])


def parse(raw: bytes | str) -> Questionnaire:
    """Read a form.

    Raises:
        Refused: the file is malformed or outside the subset; it says everything that is.
    """
    return parse_with_notes(raw)[0]


def parse_with_notes(raw: bytes | str) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """Read a form, with what is kept for export but not acted on.

    Raises:
        Refused: as `parse`.
    """
    try:
        reading = Reading(load(raw))
    except NotJson as error:
        raise Refused((Problem(error.line, "", error.reason),)) from error
    form = _read_root(reading)
    if form and not reading.problems:
        for link_id, reason in checks.problems(form):
            reading.refuse(_path_of(reading.loaded.value, link_id), link_id, reason)
    if reading.problems or not form:
        raise Refused(tuple(sorted(reading.problems)))
    return form, tuple(sorted(reading.notes))


@lru_cache(maxsize=64)
def parse_once(text: str) -> Questionnaire:
    """`parse`, remembering the forms read lately: a stored form never changes."""
    return parse(text)


def _read_root(reading: Reading) -> Questionnaire | None:
    root = reading.loaded.value
    if not isinstance(root, dict) or root.get("resourceType") != "Questionnaire":
        reading.refuse((), "", "This is not a FHIR Questionnaire (resourceType)")
        return None
    refuse_unknown_keys(reading, root, (), "", ROOT_READ | ROOT_KEPT | {"extension"})
    check_extensions(reading, root, (), "", frozenset([extensions.VARIABLE]))
    words = {
        key: text(reading, root, key, (), "")
        for key in ("title", "name", "url", "version", "status")
    }
    if words["status"] not in STATUSES:
        reading.refuse(("status",), "", "Say the form’s status: draft, active, retired or unknown")
    if not words["title"] and not words["name"]:
        reading.note((), "", "The form has no title, so it is shown as “Form without a title”")
    if not root.get("item"):
        reading.refuse((), "", "The form has no questions")
    kept = {key: value for key, value in root.items() if key not in ROOT_READ}
    items = ItemReader(reading, root).items(root, (), "", level=1)
    return Questionnaire(items=items, kept=kept, **words)


def _path_of(root: Mapping[str, Json], link_id: str) -> Path:
    """Where the last item with this link id is: of two, the second is the one too many."""
    found = [path for item, path in raw_items(root, ()) if item.get("linkId") == link_id]
    return found[-1] if found else ()
