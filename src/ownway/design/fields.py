"""From a Django form's field to the options of the GOV.UK component that shows it."""

from abc import ABCMeta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from markupsafe import Markup

from ownway.design.govuk import govuk
from ownway.design.money import TooMuch, to_pence
from ownway.design.telephones import NotATelephone, checked_phone


class AbstractForm(ABCMeta, DeclarativeFieldsMetaclass):
    """The metaclass of a form that says what its kinds must have."""


def field(bound: BoundField, **options: Any) -> Markup:
    """Show a field with its label, hint and error. Options go to the component as they are."""
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return Markup(bound.as_hidden())  # noqa: S704 (Django escapes what it renders)
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return govuk.checkboxes(_choices(bound) | options)
    if isinstance(widget, forms.RadioSelect):
        return govuk.radios(_choices(bound) | options)
    if isinstance(widget, forms.CheckboxInput):
        return govuk.checkboxes(_single_box(bound) | options)
    if isinstance(widget, forms.Select):
        return govuk.select(_select(bound) | options)
    if isinstance(widget, DateParts):
        return govuk.date_input(_date_parts(bound) | options)
    if isinstance(widget, forms.Textarea):
        return govuk.textarea(_text(bound) | {"rows": widget.attrs.get("rows", 5)} | options)
    return govuk.input(_text(bound) | _input_extras(bound) | options)


def errors(*typed: forms.BaseForm | None, title: str = "There is a problem") -> Markup:
    """The error summary of a page's forms, each error linked to its field; empty without any."""
    items = [
        {"text": text, "href": f"#{_first_control(form[name])}"}
        if name != NON_FIELD_ERRORS
        else {"text": text}
        for form in typed
        if form is not None
        for name, found in _in_order(form)
        for text in found
    ]
    return govuk.error_summary({"titleText": title, "errorList": items}) if items else Markup("")


def _in_order(form: forms.BaseForm) -> list[tuple[str, list[str]]]:
    """The errors of a form as its fields stand on the page; what is about all of it comes first."""
    places = {name: place for place, name in enumerate(form.fields)}
    found = [(name, [str(text) for text in texts]) for name, texts in form.errors.items()]
    return sorted(found, key=lambda error: places.get(error[0], -1))


class DateParts(forms.MultiWidget):
    """A date typed as day, month and year, so that each stays as it was typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput}, attrs
        )

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into what the three boxes show."""
        return [value.day, value.month, value.year] if value else [None, None, None]


EARLIEST, LATEST = 1880, 2200
"""Outside these years a date is a slip of the pen."""


class DateField(forms.MultiValueField):
    """A date in three boxes. Clean value: a date, or None when left empty and not required."""

    widget = DateParts

    def __init__(self, *, like: str = "14 5 1951", **options: Any) -> None:
        self.like = like
        parts = (
            forms.CharField(max_length=10),
            forms.CharField(max_length=10),
            forms.CharField(max_length=10),
        )
        options.setdefault("require_all_fields", False)
        super().__init__(parts, **options)
        for part in parts:
            part.required = False

    def compress(self, data_list: list[str]) -> Any:
        """Make a date of the parts, or say which part is wrong."""
        from datetime import date

        if not any(data_list):
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            if year < 1000:
                raise forms.ValidationError("Enter the year in full, like 1951")
            if not EARLIEST <= year <= LATEST:
                how = "long ago" if year < EARLIEST else "far ahead"
                raise forms.ValidationError(f"Check the year: {year} is too {how}")
            return date(year, month, day)
        except (TypeError, ValueError, OverflowError) as problem:
            raise forms.ValidationError(f"Enter a real date, like {self.like}") from problem


MOST_PENCE = 100_000_00
"""A hundred thousand pounds: more is a slip of the pen."""


class MoneyField(forms.CharField):
    """An amount typed in pounds. Clean value: pence, or None when left empty and not required."""

    def __init__(self, *, most_pence: int = MOST_PENCE, **options: Any) -> None:
        self.most_pence = most_pence
        look = {"inputmode": "decimal", "class": "govuk-input--width-5"}
        options.setdefault("widget", forms.TextInput(attrs=look))
        super().__init__(max_length=30, **options)
        self.error_messages["max_length"] = "Enter an amount, like 12.50"

    def clean(self, value: Any) -> Any:
        """Read the pounds, or say how to type them."""
        typed = super().clean(value)
        if not typed:
            return None
        most = f"This is more than £{self.most_pence // 100:,}. Check the amount"
        try:
            pence = to_pence(typed)
        except TooMuch as wrong:
            raise forms.ValidationError(most) from wrong
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if pence > self.most_pence:
            raise forms.ValidationError(most)
        return pence


class PhoneField(forms.CharField):
    """A telephone number. Clean value: as typed, or empty when left empty and not required."""

    def __init__(self, **options: Any) -> None:
        look = {"autocomplete": "off", "inputmode": "tel"}
        options.setdefault("widget", forms.TextInput(attrs=look))
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Read the number, or say how to type it."""
        try:
            return checked_phone(super().clean(value))
        except NotATelephone as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def _base(bound: BoundField) -> dict[str, Any]:
    options: dict[str, Any] = {"name": bound.html_name}
    if bound.help_text:
        options["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        options["errorMessage"] = {"text": bound.errors[0]}
    return options


def _label(bound: BoundField) -> str:
    optional = not bound.field.required and not getattr(bound.field, "quietly_optional", False)
    return f"{bound.label} (optional)" if optional else str(bound.label)


def _text(bound: BoundField) -> dict[str, Any]:
    value = bound.value()
    return _base(bound) | {
        "id": bound.auto_id,
        "label": {"text": _label(bound)},
        "value": "" if value is None else str(value),
        "attributes": _attributes(bound),
    }


def _attributes(bound: BoundField) -> dict[str, Any]:
    # With a maxlength the browser cuts off what is pasted, and says nothing.
    kept = {"rows", "class", "autocomplete", "inputmode", "maxlength"}
    return {k: v for k, v in bound.field.widget.attrs.items() if k not in kept}


def _input_extras(bound: BoundField) -> dict[str, Any]:
    attrs = bound.field.widget.attrs
    extras: dict[str, Any] = {"type": getattr(bound.field.widget, "input_type", "text")}
    for ours, theirs in (
        ("autocomplete", "autocomplete"),
        ("inputmode", "inputmode"),
        ("class", "classes"),
    ):
        if ours in attrs:
            extras[theirs] = attrs[ours]
    if extras["type"] == "number":
        extras |= {"type": "text", "inputmode": "numeric"}
    if extras["type"] == "password":
        extras["value"] = ""
    return extras


def _items(bound: BoundField) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = {str(v) for v in value} if isinstance(value, list | tuple) else {str(value)}
    hints = getattr(bound.field, "choice_hints", {})
    items = []
    for key, label in getattr(bound.field, "choices", []):
        item: dict[str, Any] = {
            "value": str(key),
            "text": str(label),
            "checked": str(key) in chosen,
        }
        if hint := hints.get(key):
            item["hint"] = {"text": hint}
        items.append(item)
    return items


def _choices(bound: BoundField) -> dict[str, Any]:
    return _base(bound) | {
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}},
        "items": [item for item in _items(bound) if item["value"] != ""],
    }


def _single_box(bound: BoundField) -> dict[str, Any]:
    options = _base(bound)
    hint = options.pop("hint", None)
    item: dict[str, Any] = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if hint:
        item["hint"] = hint
    return options | {"idPrefix": bound.auto_id, "items": [item]}


def _select(bound: BoundField) -> dict[str, Any]:
    items = [
        {"value": item["value"], "text": item["text"], "selected": item["checked"]}
        for item in _items(bound)
    ]
    return _base(bound) | {"id": bound.auto_id, "label": {"text": _label(bound)}, "items": items}


def _date_parts(bound: BoundField) -> dict[str, Any]:
    value = bound.value()
    widget = bound.field.widget
    assert isinstance(widget, DateParts)
    parts = value if isinstance(value, list) else widget.decompress(value)
    bad = " govuk-input--error" if bound.errors else ""
    names = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
    items = [
        {
            "id": f"{bound.auto_id}_{name}",
            "name": f"{bound.html_name}_{name}",
            "label": label,
            "value": "" if part is None else str(part),
            "classes": f"govuk-input--width-{width}{bad}",
        }
        for (name, label, width), part in zip(names, parts, strict=True)
    ]
    base = _base(bound)
    base.pop("name")
    legend = {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}
    return base | {"id": bound.auto_id, "fieldset": {"legend": legend}, "items": items}


def _first_control(bound: BoundField) -> str:
    """The id that an error links to: of a date, its first box; of choices, the first choice."""
    return (
        f"{bound.auto_id}_day" if isinstance(bound.field.widget, DateParts) else str(bound.auto_id)
    )
