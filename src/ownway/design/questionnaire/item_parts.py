"""The extensions of one item or option, read as plain values."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.jsontext import Json, Path
from ownway.design.questionnaire.model import Coding, Kind, Value
from ownway.design.questionnaire.values import (
    NotAValue,
    find_value,
    read_coding,
    read_value,
)

Refuse = Callable[[Path, str, str], None]
Word = TypeVar("Word", bound=StrEnum)


class ItemParts:
    """Asks an object for what its extensions say; refuses one that says it wrongly."""

    def __init__(
        self,
        source: Mapping[str, Json],
        path: Path,
        link_id: str,
        kind: Kind,
        refuse: Refuse,
    ) -> None:
        self.path, self.link_id, self.kind, self.refuse = path, link_id, kind, refuse
        listed = source.get("extension", [])
        self.listed: tuple[Json, ...] = tuple(listed) if isinstance(listed, list) else ()

    @classmethod
    def of_root(cls, root: Mapping[str, Json]) -> "ItemParts":
        """The extensions of the whole form, which are checked elsewhere."""
        return cls(root, (), "", Kind.GROUP, lambda *_: None)

    def _found(self, url: str) -> list[tuple[Path, Mapping[str, Json]]]:
        return [
            ((*self.path, "extension", number), extension)
            for number, extension in enumerate(self.listed)
            if isinstance(extension, dict) and extension.get("url") == url
        ]

    def value(self, url: str, *kinds: str) -> Value | None:
        """The one value of this extension, if it is there and of one of these types."""
        found = self._found(url)
        if not found:
            return None
        at, extension = found[-1]
        name = extensions.short(url)
        try:
            kind, raw = find_value(extension, "value")
            kind = "String" if kind in ("Code", "Markdown") else kind
            value = read_value(kind, raw)
        except NotAValue as error:
            self.refuse(at, self.link_id, f"The extension “{name}”: {error}")
            return None
        if len(found) > 1 or (kinds and kind not in kinds):
            self.refuse(at, self.link_id, f"The extension “{name}” is written wrongly")
            return None
        return value

    def text(self, url: str) -> str:
        """The words this extension holds; empty when it is not there."""
        value = self.value(url, "String")
        return value if isinstance(value, str) else ""

    def flag(self, url: str) -> bool:
        """Whether this extension says true."""
        return self.value(url, "Boolean") is True

    def whole(self, url: str) -> int | None:
        """The whole number this extension holds."""
        value = self.value(url, "Integer")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def one_of(self, url: str, words: type[Word]) -> Word | None:
        """The word this extension holds, which must be one of these."""
        text = self.text(url)
        if not text:
            return None
        try:
            return words(text)
        except ValueError:
            allowed = " or ".join(words)
            name = extensions.short(url)
            self.refuse(self.path, self.link_id, f"The extension “{name}” must be {allowed}")
            return None

    def weight(self) -> Decimal | None:
        """The points of an option, under either of the two names FHIR has used."""
        found = [
            self.value(url, "Decimal", "Integer") for url in extensions.WEIGHTS if self._found(url)
        ]
        weights = [Decimal(value) for value in found if isinstance(value, int | Decimal)]
        return weights[0] if weights else None

    def control(self) -> str:
        """How the item asks to be shown: the code of its itemControl."""
        found = self._found(extensions.CONTROL)
        if not found:
            return ""
        at, extension = found[-1]
        concept = extension.get("valueCodeableConcept")
        codings = concept.get("coding") if isinstance(concept, dict) else None
        first = read_coding(codings[0]) if isinstance(codings, list) and codings else None
        if first is None:
            self.refuse(
                at,
                self.link_id,
                "The extension “questionnaire-itemControl” has no code",
            )
            return ""
        return first.code

    def units(self) -> tuple[Coding, ...]:
        """The units a number may be in."""
        found = self._found(extensions.UNIT) + self._found(extensions.UNIT_OPTION)
        units = []
        for at, extension in found:
            coding = read_coding(extension.get("valueCoding"))
            if coding is None:
                self.refuse(at, self.link_id, "A unit needs a valueCoding with a code")
            else:
                units.append(coding)
        return tuple(units)

    def expression(self, url: str) -> str | None:
        """The text of a FHIRPath expression; one in another language is no sum of ours."""
        found = self._found(url)
        raw = found[-1][1].get("valueExpression") if found else None
        if not isinstance(raw, dict):
            return "" if found else None
        written = raw.get("expression")
        is_path = raw.get("language") == "text/fhirpath"
        return written if is_path and isinstance(written, str) else ""

    def variables(self) -> dict[str, str]:
        """The FHIRPath expressions held under names."""
        held = {}
        for _, extension in self._found(extensions.VARIABLE):
            raw = extension.get("valueExpression")
            if isinstance(raw, dict) and raw.get("language") == "text/fhirpath":
                held[str(raw.get("name"))] = str(raw.get("expression"))
        return held
