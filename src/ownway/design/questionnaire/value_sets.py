"""Lists of answers carried inside the file: contained ValueSets, read into options."""

from collections.abc import Iterator, Mapping

from ownway.design.questionnaire.jsontext import Json
from ownway.design.questionnaire.model import Coding, Option


def contained_options(root: Mapping[str, Json], reference: str) -> tuple[Option, ...]:
    """The options of a contained ValueSet.

    Raises:
        ValueError: the list is outside the file, or needs a terminology server to fill it.
    """
    if not reference.startswith("#"):
        raise ValueError(f"The list of answers {reference[:100]} is outside the file")
    found = [
        resource
        for resource in _objects(root.get("contained"))
        if resource.get("resourceType") == "ValueSet" and resource.get("id") == reference[1:]
    ]
    if len(found) != 1:
        raise ValueError(f"The file holds no ValueSet called {reference[:100]}")
    options = tuple(Option(coding) for coding in _codings(found[0], reference))
    if not options:
        raise ValueError(f"The ValueSet {reference[:100]} has no answers in it")
    return options


def _codings(value_set: Mapping[str, Json], reference: str) -> Iterator[Coding]:
    expansion = value_set.get("expansion")
    if isinstance(expansion, dict) and expansion.get("contains"):
        yield from _expanded(expansion)
        return
    compose = value_set.get("compose")
    if not isinstance(compose, dict) or compose.get("exclude"):
        raise ValueError(f"The ValueSet {reference[:100]} needs a terminology server")
    for include in _objects(compose.get("include")):
        if "filter" in include or "valueSet" in include or not include.get("concept"):
            raise ValueError(f"The ValueSet {reference[:100]} needs a terminology server")
        for concept in _objects(include["concept"]):
            yield _coding(concept, include.get("system", ""))


def _expanded(source: Mapping[str, Json]) -> Iterator[Coding]:
    for entry in _objects(source.get("contains")):
        if entry.get("code") and entry.get("abstract") is not True:
            yield _coding(entry, entry.get("system", ""))
        yield from _expanded(entry)


def _coding(source: Mapping[str, Json], system: Json) -> Coding:
    parts = (source.get("code"), system, source.get("display", ""))
    if not all(isinstance(part, str) for part in parts) or not parts[0]:
        raise ValueError("A ValueSet has an answer without a code")
    code, system, display = (str(part) for part in parts)
    return Coding(code=code, system=system, display=display)


def _objects(listed: Json) -> Iterator[Mapping[str, Json]]:
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict):
            yield one
