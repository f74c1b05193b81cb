"""A second opinion on a Questionnaire file, from a library that knows all of FHIR.

Used only when a form comes in, so it is loaded on demand.
"""

from ownway.design.questionnaire.jsontext import Path, load
from ownway.design.questionnaire.refusals import Problem


def second_check(raw: bytes | str) -> tuple[Problem, ...]:
    """What the library objects to in a file that we would take; nothing when it agrees."""
    from fhir.resources.R4B.questionnaire import Questionnaire
    from pydantic import ValidationError

    loaded = load(raw)
    try:
        Questionnaire.model_validate(loaded.value)
    except ValidationError as error:
        return tuple(
            Problem(loaded.line(path), _link_id(loaded.value, path), f"FHIR: {one['msg'][:200]}")
            for one in error.errors()
            for path in (_path(one["loc"]),)
        )
    return ()


def _path(loc: tuple[int | str, ...]) -> Path:
    return tuple(loc)


def _link_id(value: object, path: Path) -> str:
    """The link id of the innermost item on the way to where the problem is."""
    found = ""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            break
        if isinstance(value, dict) and isinstance(value.get("linkId"), str):
            found = value["linkId"]
    return found
