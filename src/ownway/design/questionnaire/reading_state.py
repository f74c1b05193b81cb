"""A file being read: where its lines are, and what is wrong with it so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.jsontext import Json, Loaded, Path
from ownway.design.questionnaire.refusals import Problem


@dataclass
class Reading:
    """One file being read: its lines, and the problems and notes found so far."""

    loaded: Loaded
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    used: int = 0

    def refuse(self, path: Path, link_id: str, reason: str) -> None:
        """Say what is wrong, and where."""
        self.problems.append(Problem(self.loaded.line(path), link_id, reason))

    def note(self, path: Path, link_id: str, reason: str) -> None:
        """Say what is kept but not acted on."""
        self.notes.append(Problem(self.loaded.line(path), link_id, reason))


def refuse_unknown_keys(
    reading: Reading,
    source: Mapping[str, Json],
    path: Path,
    link_id: str,
    taken: frozenset[str],
) -> None:
    """Refuse what FHIR R4 does not have, and what changes the meaning of a form."""
    for key in source:
        at = (*path, key)
        if key in ("modifierExtension", "implicitRules"):
            reading.refuse(at, link_id, f"“{key}” changes what the form means; we do not take it")
        elif key.startswith("_") and key[1:] in taken:
            beside = source[key] if isinstance(source[key], dict) else {}
            check_extensions(reading, beside, at, link_id, frozenset())
        elif key not in taken:
            reason = f"“{key[:60]}” is not part of a FHIR R4 Questionnaire"
            reading.refuse(at, link_id, reason)


def check_extensions(
    reading: Reading,
    source: Mapping[str, Json],
    path: Path,
    link_id: str,
    acted_on: frozenset[str],
) -> None:
    """Refuse the extensions that would change the form, and note those that may not."""
    listed = source.get("extension", [])
    if not isinstance(listed, list):
        reading.refuse((*path, "extension"), link_id, "“extension” must be a list")
        return
    for number, extension in enumerate(listed):
        at = (*path, "extension", number)
        url = extension.get("url") if isinstance(extension, dict) else None
        if not isinstance(url, str):
            reading.refuse(at, link_id, "An extension has no “url”")
        elif url in acted_on or url in extensions.KEPT:
            continue
        elif extensions.is_published(url):
            reading.refuse(
                at,
                link_id,
                f"The extension “{extensions.short(url)}” is outside the subset",
            )
        else:
            reading.note(at, link_id, f"The extension {url[:200]} is kept but not acted on")


def text(reading: Reading, source: Mapping[str, Json], key: str, path: Path, link_id: str) -> str:
    """Words under a key; empty when there are none."""
    value = source.get(key, "")
    if not isinstance(value, str):
        reading.refuse((*path, key), link_id, f"“{key}” must be text")
        return ""
    return value


def flag(reading: Reading, source: Mapping[str, Json], key: str, path: Path, link_id: str) -> bool:
    """True or false under a key; false when it is not there."""
    value = source.get(key, False)
    if not isinstance(value, bool):
        reading.refuse((*path, key), link_id, f"“{key}” must be true or false")
        return False
    return value


def children(source: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    """The raw items right under this object."""
    listed = source.get("item", [])
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            yield item


def raw_items(source: Mapping[str, Json], path: Path) -> Iterator[tuple[Mapping[str, Json], Path]]:
    """Every raw item under this object, with where it stands."""
    listed = source.get("item", [])
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, dict):
            at = (*path, "item", number)
            yield item, at
            yield from raw_items(item, at)
