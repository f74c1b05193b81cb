"""The items of a Questionnaire file, one by one, with every fault noted."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ownway.design.questionnaire import checks, extensions
from ownway.design.questionnaire.item_parts import ItemParts
from ownway.design.questionnaire.jsontext import Json, Path
from ownway.design.questionnaire.model import (
    Condition,
    Item,
    Kind,
    Limits,
    Option,
    Subject,
    SumOfWeights,
    Value,
)
from ownway.design.questionnaire.reading_state import (
    Reading,
    check_extensions,
    children,
    flag,
    raw_items,
    refuse_unknown_keys,
    text,
)
from ownway.design.questionnaire.sums import read_sum, variables_of
from ownway.design.questionnaire.value_sets import contained_options
from ownway.design.questionnaire.values import TYPES_OF, NotAValue, find_value, read_value

MOST_ITEMS = 2_000
MOST_LEVELS = 12
ITEM_KEPT = frozenset(["id", "definition", "code"])
ITEM_READ = frozenset(
    [
        "extension",
        "linkId",
        "prefix",
        "text",
        "type",
        "enableWhen",
        "enableBehavior",
        "required",
        "repeats",
        "readOnly",
        "maxLength",
        "answerValueSet",
        "answerOption",
        "initial",
        "item",
    ]
)
BARE_LENGTH = (
    Kind.STRING,
    Kind.TEXT,
    Kind.OPEN_CHOICE,
    Kind.INTEGER,
    Kind.DECIMAL,
    Kind.BOOLEAN,
)


class ItemReader:
    """Reads the items of one form; knows the link ids of all, for totals."""

    def __init__(self, reading: Reading, root: Mapping[str, Json]) -> None:
        self.reading = reading
        self.root = root
        self.top = [str(item.get("linkId")) for item in children(root)]
        self.every = [str(item.get("linkId")) for item, _ in raw_items(root, ())]

    def items(
        self, source: Mapping[str, Json], path: Path, link_id: str, *, level: int
    ) -> tuple[Item, ...]:
        """The items listed under this object."""
        listed = source.get("item", [])
        at = (*path, "item")
        if not isinstance(listed, list):
            self.reading.refuse(at, link_id, "“item” must be a list")
            return ()
        if level > MOST_LEVELS:
            self.reading.refuse(at, link_id, f"Items are more than {MOST_LEVELS} levels deep")
            return ()
        found = (self.item(raw, (*at, number), level) for number, raw in enumerate(listed))
        return tuple(item for item in found if item)

    def item(self, raw: Json, path: Path, level: int) -> Item | None:
        """One item with all under it; None when it cannot even be named."""
        reading = self.reading
        reading.used += 1
        if reading.used > MOST_ITEMS:
            if reading.used == MOST_ITEMS + 1:
                reading.refuse(path, "", f"The form has more than {MOST_ITEMS} items")
            return None
        if not isinstance(raw, dict):
            reading.refuse(path, "", "An item must be an object")
            return None
        given = raw.get("linkId")
        link_id = given if isinstance(given, str) else ""
        if not link_id or len(link_id) > 255:
            reading.refuse(path, link_id[:60], "An item needs a linkId of 1 to 255 characters")
        refuse_unknown_keys(reading, raw, path, link_id, ITEM_READ | ITEM_KEPT)
        check_extensions(reading, raw, path, link_id, extensions.ACTED_ON_ITEM)
        kind = self._kind(raw, path, link_id)
        inner = self.items(raw, path, link_id, level=level + 1)
        return self._built(raw, path, link_id, kind, inner) if kind else None

    def _kind(self, raw: Mapping[str, Json], path: Path, link_id: str) -> Kind | None:
        named = raw.get("type")
        try:
            return Kind(str(named))
        except ValueError:
            reason = f"Items of type “{str(named)[:40]}” are outside the subset"
            self.reading.refuse(
                (*path, "type"), link_id, reason if named else "An item needs a type"
            )
            return None

    def _built(
        self,
        raw: Mapping[str, Json],
        path: Path,
        link_id: str,
        kind: Kind,
        inner: tuple[Item, ...],
    ) -> Item:
        reading = self.reading
        parts = ItemParts(raw, path, link_id, kind, reading.refuse)
        control = parts.control()
        return Item(
            link_id=link_id,
            kind=kind,
            text=text(reading, raw, "text", path, link_id),
            prefix=text(reading, raw, "prefix", path, link_id),
            items=inner,
            required=flag(reading, raw, "required", path, link_id),
            repeats=flag(reading, raw, "repeats", path, link_id),
            read_only=flag(reading, raw, "readOnly", path, link_id),
            hidden=parts.flag(extensions.HIDDEN),
            limits=self._limits(raw, path, link_id, parts),
            options=self._options(raw, path, link_id, kind),
            value_set=text(reading, raw, "answerValueSet", path, link_id),
            initial=self._initial(raw, path, link_id, kind),
            conditions=self._conditions(raw, path, link_id),
            any_condition=self._any(raw, path, link_id),
            control=control,
            units=parts.units(),
            hint=_hint(inner, parts),
            wording=parts.text(extensions.WORDING),
            other_label=parts.text(extensions.OPEN_LABEL),
            known=parts.text(extensions.KNOWN),
            subject=parts.one_of(extensions.SUBJECT, Subject),
            together=parts.flag(extensions.TOGETHER),
            total=self._total(parts, path, link_id),
            kept={
                key: value
                for key, value in raw.items()
                if key in ITEM_KEPT or key.startswith("_") or key == "initial"
            },
            extensions=parts.listed,
            stated=frozenset(raw) & {"required", "repeats", "readOnly", "enableBehavior", "item"},
        )

    def _limits(
        self, raw: Mapping[str, Json], path: Path, link_id: str, parts: ItemParts
    ) -> Limits:
        length = raw.get("maxLength")
        is_whole = isinstance(length, int) and not isinstance(length, bool) and length > 0
        if length is not None and not (is_whole and parts.kind in BARE_LENGTH):
            reason = "“maxLength” must be a whole number on a question that is written"
            self.reading.refuse((*path, "maxLength"), link_id, reason)
        return Limits(
            length=length if is_whole else None,
            least_length=parts.whole(extensions.LEAST_LENGTH),
            lowest=parts.value(extensions.LEAST),
            highest=parts.value(extensions.MOST),
            decimals=parts.whole(extensions.DECIMALS),
            fewest=parts.whole(extensions.FEWEST),
            most=parts.whole(extensions.MOST_OCCURS),
            is_telephone=parts.flag(extensions.TELEPHONE),
        )

    def _listed(
        self, raw: Mapping[str, Json], key: str, path: Path, link_id: str
    ) -> Iterator[tuple[Path, Mapping[str, Json]]]:
        listed = raw.get(key, [])
        if not isinstance(listed, list):
            self.reading.refuse((*path, key), link_id, f"“{key}” must be a list")
            return
        for number, one in enumerate(listed):
            at = (*path, key, number)
            if isinstance(one, dict):
                yield at, one
            else:
                self.reading.refuse(at, link_id, f"Each part of “{key}” must be an object")

    def _value(
        self, at: Path, link_id: str, source: Mapping[str, Json], prefix: str
    ) -> tuple[str, Value] | None:
        try:
            kind, raw = find_value(source, prefix)
            return kind, read_value(kind, raw)
        except NotAValue as error:
            self.reading.refuse(at, link_id, f"In this {at[-2]}, {error}")
            return None

    def _options(
        self, raw: Mapping[str, Json], path: Path, link_id: str, kind: Kind
    ) -> tuple[Option, ...]:
        found = [
            self._option(at, link_id, source, kind)
            for at, source in self._listed(raw, "answerOption", path, link_id)
        ]
        options = tuple(option for option in found if option)
        if isinstance(raw.get("answerValueSet"), str) and not options:
            try:
                return contained_options(self.root, raw["answerValueSet"])
            except ValueError as error:
                self.reading.refuse((*path, "answerValueSet"), link_id, str(error))
        elif raw.get("answerValueSet") and options:
            reason = "A question has either answerOption or answerValueSet, not both"
            self.reading.refuse((*path, "answerValueSet"), link_id, reason)
        return options

    def _option(
        self, at: Path, link_id: str, source: Mapping[str, Json], kind: Kind
    ) -> Option | None:
        check_extensions(self.reading, source, at, link_id, extensions.ACTED_ON_OPTION)
        found = self._value(at, link_id, source, "value")
        if not found:
            return None
        named, value = found
        if named not in TYPES_OF[kind]:
            self.reading.refuse(at, link_id, f"A {kind} question cannot offer a value{named}")
            return None
        for key in source:
            if key not in ("extension", "id", "initialSelected") and not key.lstrip("_").startswith(
                "value"
            ):
                self.reading.refuse((*at, key), link_id, f"“{key[:60]}” is not part of an option")
        coding = source.get("valueCoding", {})
        if isinstance(coding, dict):
            self._check_coding(coding, (*at, "valueCoding"), link_id)
        parts = ItemParts(source, at, link_id, kind, self.reading.refuse)
        return Option(
            value=value,
            weight=parts.weight() if parts.weight() is not None else _weight_of(coding, parts),
            hint=parts.text(extensions.HINT),
            exclusive=parts.flag(extensions.EXCLUSIVE),
            chosen=source.get("initialSelected") is True,
            source=source,
        )

    def _check_coding(self, coding: Mapping[str, Json], at: Path, link_id: str) -> None:
        check_extensions(self.reading, coding, at, link_id, extensions.WEIGHTS)
        for key, beside in coding.items():
            if key.startswith("_") and isinstance(beside, dict):
                check_extensions(self.reading, beside, (*at, key), link_id, frozenset())

    def _initial(
        self, raw: Mapping[str, Json], path: Path, link_id: str, kind: Kind
    ) -> tuple[Value, ...]:
        found = []
        for at, source in self._listed(raw, "initial", path, link_id):
            value = self._value(at, link_id, source, "value")
            if value and value[0] not in TYPES_OF[kind]:
                reason = f"A {kind} item cannot begin as value{value[0]}"
                self.reading.refuse(at, link_id, reason)
            elif value:
                found.append(value[1])
        return tuple(found)

    def _conditions(
        self, raw: Mapping[str, Json], path: Path, link_id: str
    ) -> tuple[Condition, ...]:
        found = []
        for at, source in self._listed(raw, "enableWhen", path, link_id):
            question = text(self.reading, source, "question", at, link_id)
            operator = source.get("operator")
            if operator not in checks.OPERATORS:
                reason = f"“{str(operator)[:20]}” is not a FHIR operator"
                self.reading.refuse((*at, "operator"), link_id, reason)
                continue
            value = self._value(at, link_id, source, "answer")
            if value:
                found.append(Condition(question, str(operator), value[1], source))
        return tuple(found)

    def _any(self, raw: Mapping[str, Json], path: Path, link_id: str) -> bool:
        behaviour = raw.get("enableBehavior")
        listed = raw.get("enableWhen")
        if behaviour not in (None, "all", "any"):
            reason = "“enableBehavior” must be all or any"
            self.reading.refuse((*path, "enableBehavior"), link_id, reason)
        if behaviour is None and isinstance(listed, list) and len(listed) > 1:
            reason = "Say in enableBehavior whether all conditions must hold, or any"
            self.reading.refuse((*path, "enableWhen"), link_id, reason)
        return bool(behaviour == "any")

    def _total(self, parts: ItemParts, path: Path, link_id: str) -> SumOfWeights | None:
        expression = parts.expression(extensions.CALCULATED)
        held = parts.variables() | ItemParts.of_root(self.root).variables()
        if expression is None:
            if parts.variables():
                reason = "The extension “variable” is taken only for a sum of weights"
                self.reading.refuse((*path, "extension"), link_id, reason)
            return None
        total = read_sum(expression, held, top=self.top, every=self.every)
        unused = set(parts.variables()) - variables_of(expression)
        if total is None or unused:
            reason = "The extension “calculatedExpression” is more than a sum of weights"
            self.reading.refuse((*path, "extension"), link_id, reason)
        return total


def _weight_of(coding: Json, parts: ItemParts) -> Decimal | None:
    if not isinstance(coding, dict):
        return None
    return ItemParts(coding, parts.path, parts.link_id, parts.kind, parts.refuse).weight()


def _hint(items: tuple[Item, ...], parts: ItemParts) -> str:
    """A question's help: our own extension, display items marked as help, or how to write it."""
    helps = [item.text for item in items if item.kind is Kind.DISPLAY and item.control == "help"]
    return parts.text(extensions.HINT) or " ".join(helps) or parts.text(extensions.ENTRY_FORMAT)
