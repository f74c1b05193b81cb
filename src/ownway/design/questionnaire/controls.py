"""The GOV.UK component, and its options, for one question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from markupsafe import Markup

from ownway.design.govuk import govuk
from ownway.design.questionnaire.answers import Values
from ownway.design.questionnaire.model import Coding, Item, Kind, Quantity, Value
from ownway.design.questionnaire.reading_typed import HERE, OTHER, Fault, Post
from ownway.design.questionnaire.words import said

Options = dict[str, Any]
MOST_RADIOS = 20
MOST_RADIOS_DENSE = 6
SHORT_WORDS = 34
MOST_WORDS_BESIDE = 110
MOST_REMEMBERED = 5_000
_EMPTY_FIELDS: Final[dict[str, Markup]] = {}


@dataclass(frozen=True, slots=True)
class Control:
    """A component by its attribute name, its options, and a field shown inside its last item."""

    component: str
    options: Options
    inside: "Control | None" = None
    is_empty: bool = False

    @property
    def html(self) -> Markup:
        """The component, set. Fields nobody has filled in look the same for everybody."""
        if not self.is_empty:
            return self._set()
        key = f"{self.component} {self.options!r}"
        if key not in _EMPTY_FIELDS:
            if len(_EMPTY_FIELDS) >= MOST_REMEMBERED:
                _EMPTY_FIELDS.clear()
            _EMPTY_FIELDS[key] = self._set()
        return _EMPTY_FIELDS[key]

    def _set(self) -> Markup:
        return getattr(govuk, self.component)(self._filled())  # type: ignore[no-any-return]

    def _filled(self) -> Options:
        """The options with the inner field shown under the item that wants it."""
        if self.inside is None:
            return self.options
        items = [
            {**item, "conditional": {"html": self.inside.html}} if item["value"] == OTHER else item
            for item in self.options["items"]
        ]
        return {**self.options, "items": items}


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it is put here: its words, what is in it, and what is wrong with it."""

    item: Item
    name: str
    label: str
    values: Values
    post: Post | None = None
    fault: Fault | None = None
    size: str = "s"
    is_heading: bool = False
    dense: bool = False

    def typed(self, end: str, otherwise: str) -> str:
        """What stands in a box: what was just typed, or else the answer that is kept."""
        return self.post.shown(self.name + end) if self.post else otherwise

    @property
    def first(self) -> Value | None:
        """The first answer, if there is one."""
        return self.values[0] if self.values else None


def controls(asking: Asking) -> tuple[Control, ...]:
    """The components that ask this question."""
    made = (_pick(asking),) if asking.item.options else _BY_KIND[asking.item.kind](asking)
    is_empty = not (asking.values or asking.post or asking.fault)
    return tuple(replace(one, is_empty=is_empty) for one in made)


def anchor(item: Item, name: str, fault: Fault | None) -> str:
    """The id of the first box to mend, which the error summary links to."""
    if fault and fault.anchor:
        return fault.anchor
    if item.options or item.kind not in (Kind.DATE, Kind.DATETIME):
        if fault and OTHER in fault.parts:
            return f"{name}-{OTHER}"
        return f"{name}-unit" if fault and "unit" in fault.parts else name
    wrong = [part for part in ("day", "month", "year", "time") if fault and part in fault.parts]
    return f"{name}-{wrong[0] if wrong else 'day'}"


def is_wide(item: Item) -> bool:
    """Needs the whole breadth of a dense page."""
    wordy = any(len(option.words) > SHORT_WORDS for option in item.options)
    return len(item.options) > (2 if wordy else 4) or len(item.text) > MOST_WORDS_BESIDE


def _about(asking: Asking) -> Options:
    options: Options = {"name": asking.name}
    if asking.item.hint:
        options["hint"] = {"text": asking.item.hint}
    if asking.fault:
        options["errorMessage"] = {"text": asking.fault.message}
    return options


def _fieldset(asking: Asking) -> Options:
    legend = {"text": asking.label, "classes": f"govuk-fieldset__legend--{asking.size}"}
    return {"legend": legend | {"isPageHeading": asking.is_heading}}


def _label(asking: Asking) -> Options:
    classes = f"govuk-label--{asking.size}"
    return {"text": asking.label, "classes": classes, "isPageHeading": asking.is_heading}


def _pick(asking: Asking) -> Control:
    item = asking.item
    most = MOST_RADIOS_DENSE if asking.dense else MOST_RADIOS
    wants_list = item.control in ("drop-down", "autocomplete") or len(item.options) > most
    if wants_list and not item.repeats and item.kind is not Kind.OPEN_CHOICE:
        return _select(asking)
    return _boxes(asking)


def _boxes(asking: Asking) -> Control:
    """Radios, or checkboxes when several may be ticked; the last may be their own words."""
    item = asking.item
    chosen = _chosen(asking)
    items = [
        _option(item, number, str(number) in chosen, asking) for number in range(len(item.options))
    ]
    inside = None
    if item.kind is Kind.OPEN_CHOICE:
        label = item.other_label or "Something else"
        items.append({"value": OTHER, "text": label, "checked": OTHER in chosen})
        inside = _own_words(asking, label)
    if asking.dense and chosen and not item.repeats and not item.required:
        items.append({"value": "", "text": "Not answered", "checked": False})
    about = {**_about(asking), "idPrefix": asking.name, "fieldset": _fieldset(asking)}
    return Control(
        "checkboxes" if item.repeats else "radios",
        {**about, "items": items, "classes": _box_classes(asking)},
        inside,
    )


def _box_classes(asking: Asking) -> str:
    kind = "checkboxes" if asking.item.repeats else "radios"
    if not asking.dense:
        hinted = any(option.hint for option in asking.item.options)
        return "ow-levels" if hinted and kind == "radios" else ""
    short = all(len(option.words) <= SHORT_WORDS for option in asking.item.options)
    few = len(asking.item.options) <= 3 and asking.item.kind is Kind.CHOICE
    inline = " govuk-radios--inline" if short and few and kind == "radios" else ""
    return f"govuk-{kind}--small{inline}"


def _chosen(asking: Asking) -> set[str]:
    if asking.post:
        return set(asking.post.every(asking.name))
    numbers = {option.value: str(n) for n, option in enumerate(asking.item.options)}
    return {numbers.get(value, OTHER) for value in asking.values}


def _option(item: Item, number: int, is_chosen: bool, asking: Asking) -> Options:
    option = item.options[number]
    shown: Options = {"value": str(number), "text": _option_words(option.value)}
    shown["checked"] = is_chosen
    if option.hint and not asking.dense:
        shown["hint"] = {"text": option.hint}
    if option.exclusive and item.repeats:
        shown["behaviour"] = "exclusive"
    return shown


def _option_words(value: Value) -> str:
    return said(value).strip() or "–"


def _own_words(asking: Asking, label: str) -> Control:
    own = [value for value in asking.values if isinstance(value, str)]
    name = f"{asking.name}-{OTHER}"
    kept = own[-1] if own and _chosen(asking) & {OTHER} else ""
    options = {
        "id": name,
        "name": name,
        "label": {"text": f"{label}: say what"},
        "value": asking.typed(f"-{OTHER}", kept),
    }
    return Control("input", options)


def _select(asking: Asking) -> Control:
    chosen = _chosen(asking)
    items: list[Options] = [{"value": "", "text": "Choose an answer"}]
    items += [
        {"value": str(n), "text": _option_words(option.value), "selected": str(n) in chosen}
        for n, option in enumerate(asking.item.options)
    ]
    about = {**_about(asking), "id": asking.name, "label": _label(asking)}
    return Control("select", {**about, "items": items})


def _yes_no(asking: Asking) -> tuple[Control, ...]:
    now = asking.typed("", "" if asking.first is None else str(asking.first).lower())
    items: list[Options] = [
        {"value": "true", "text": "Yes", "checked": now == "true"},
        {"value": "false", "text": "No", "checked": now == "false"},
    ]
    if asking.dense and now and not asking.item.required:
        items.append({"value": "", "text": "Not answered"})
    classes = "govuk-radios--inline" + (" govuk-radios--small" if asking.dense else "")
    about = {**_about(asking), "idPrefix": asking.name, "fieldset": _fieldset(asking)}
    return (Control("radios", {**about, "items": items, "classes": classes}),)


def _line(asking: Asking, **extra: Any) -> Control:
    kept = said(asking.first) if asking.first is not None else ""
    about = {**_about(asking), "id": asking.name, "label": _label(asking)}
    return Control("input", {**about, "value": asking.typed("", kept), **extra})


def _string(asking: Asking) -> tuple[Control, ...]:
    return (_line(asking),)


def _text(asking: Asking) -> tuple[Control, ...]:
    kept = str(asking.first) if asking.first is not None else ""
    about = {**_about(asking), "id": asking.name, "label": _label(asking)}
    rows = 3 if asking.dense else 5
    options = {**about, "value": asking.typed("", kept), "rows": rows}
    length = asking.item.limits.length
    if length:
        return (Control("character_count", {**options, "maxlength": length}),)
    return (Control("textarea", options),)


def _whole(asking: Asking) -> tuple[Control, ...]:
    return (_line(asking, inputmode="numeric", classes="govuk-input--width-5"),)


def _amount(asking: Asking) -> tuple[Control, ...]:
    return (_line(asking, inputmode="decimal", classes="govuk-input--width-5"),)


def _quantity(asking: Asking) -> tuple[Control, ...]:
    held = asking.first if isinstance(asking.first, Quantity) else None
    units = asking.item.units
    extra: Options = {"inputmode": "decimal", "classes": "govuk-input--width-5"}
    kept = said(Quantity(held.value)) if held else ""
    about = {**_about(asking), "id": asking.name, "label": _label(asking)}
    if len(units) == 1:
        extra["suffix"] = {"text": units[0].words}
    line = Control("input", {**about, "value": asking.typed("", kept), **extra})
    if len(units) < 2:
        return (line,)
    now = asking.typed("-unit", _unit_number(units, held))
    items = [{"value": "", "text": "Choose"}] + [
        {"value": str(n), "text": unit.words, "selected": str(n) == now}
        for n, unit in enumerate(units)
    ]
    name = f"{asking.name}-unit"
    words = {"text": f"What it counts: {asking.label}", "classes": "govuk-visually-hidden"}
    return (line, Control("select", {"id": name, "name": name, "label": words, "items": items}))


def _unit_number(units: tuple[Coding, ...], held: Quantity | None) -> str:
    for number, unit in enumerate(units):
        if held and unit.code == held.code and unit.system == held.system:
            return str(number)
    return ""


def _date(asking: Asking) -> tuple[Control, ...]:
    held = asking.first if isinstance(asking.first, date) else None
    if isinstance(held, datetime) and held.tzinfo:
        held = held.astimezone(HERE)
    boxes = (("day", 2), ("month", 2), ("year", 4))
    wrong = asking.fault.parts if asking.fault else frozenset()
    items = [
        {
            "name": part,
            "value": asking.typed(f"-{part}", str(getattr(held, part)) if held else ""),
            "classes": f"govuk-input--width-{width}{_wrong(asking.fault, wrong, part)}",
        }
        for part, width in boxes
    ]
    about = _about(asking)
    del about["name"]
    if asking.dense is False and "hint" not in about:
        about["hint"] = {"text": "For example, 27 3 2026"}
    options = {"id": asking.name, "namePrefix": asking.name, "fieldset": _fieldset(asking)}
    return (Control("date_input", {**about, **options, "items": items}),)


def _wrong(fault: Fault | None, parts: frozenset[str], part: str) -> str:
    return " govuk-input--error" if fault and (not parts or part in parts) else ""


def _time(asking: Asking) -> tuple[Control, ...]:
    shown = _line(asking, classes="govuk-input--width-5")
    shown.options.setdefault("hint", {"text": "For example, 9:30am or 14:00"})
    return (shown,)


def _datetime(asking: Asking) -> tuple[Control, ...]:
    held = asking.first if isinstance(asking.first, datetime) else None
    kept = said(held.astimezone(HERE).time() if held.tzinfo else held.time()) if held else ""
    name = f"{asking.name}-time"
    words = {"text": "Time"}
    clock = {
        "id": name,
        "name": name,
        "label": words,
        "hint": {"text": "For example, 9:30am or 14:00"},
        "value": asking.typed("-time", kept),
        "classes": "govuk-input--width-5"
        + (" govuk-input--error" if asking.fault and "time" in asking.fault.parts else ""),
    }
    return (*_date(asking), Control("input", clock))


_BY_KIND: Mapping[Kind, Callable[[Asking], tuple[Control, ...]]] = {
    Kind.BOOLEAN: _yes_no,
    Kind.STRING: _string,
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _amount,
    Kind.QUANTITY: _quantity,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
}
