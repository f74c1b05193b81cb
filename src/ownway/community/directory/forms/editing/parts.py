"""One page of an entry, or all of them together, as a form over its plain values."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from ownway.community.directory.actions import lines
from ownway.community.directory.forms.editing import fields as entry_fields
from ownway.community.directory.forms.editing.templates import Part, parts_of
from ownway.community.directory.queries.content import DAYS, Content
from ownway.community.directory.queries.places import UnknownPostcode, spot
from ownway.design.dates import plain_date

PAIRS = {
    "last_day": ("first_day", "The last day is before the first"),
    "shown_until": ("shown_from", "The day it goes is before the day it comes"),
    "maximum_age": ("minimum_age", "The oldest age is below the youngest"),
}


class _OverContent(forms.Form):
    """Fields of an entry. `values` are the clean ones as plain values, to be kept."""

    def __init__(
        self, parts: Iterable[Part], kind: str, data: QueryDict | None, *, content: Content
    ) -> None:
        self.kind = kind
        names = {name: part for part in parts for name in part.fields}
        super().__init__(data, initial={name: typed(name, content[name]) for name in names})
        for name, part in names.items():
            self.fields[name] = _field(name, part, kind)

    def clean(self) -> dict[str, Any]:
        """What must fit together."""
        found = super().clean() or {}
        for name, (other, wrong) in PAIRS.items():
            after, before = found.get(name), found.get(other)
            if after is not None and before is not None and after < before:
                self.add_error(name, wrong)
        self._known_postcode(found.get("postcode"))
        if found.get("first_day") and found.get("times"):
            found["times"] = _on_the_day(found["times"], found["first_day"], found.get("last_day"))
        return found

    def _known_postcode(self, postcode: str | None) -> None:
        if postcode and self.initial.get("postcode") != postcode:
            try:
                spot(postcode)
            except UnknownPostcode:
                self.add_error(
                    "postcode", "We do not know this postcode. Check it, or leave it empty"
                )

    @property
    def values(self) -> Content:
        """What was typed, as it is kept."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class EditPart(_OverContent):
    """One page of a template."""

    def __init__(self, part: Part, kind: str, data: QueryDict | None, *, content: Content) -> None:
        super().__init__([part], kind, data, content=content)


class EditEntry(_OverContent):
    """Every page of a template together, for a keeper."""

    def __init__(self, kind: str, data: QueryDict | None, *, content: Content) -> None:
        super().__init__(parts_of(kind), kind, data, content=content)


def _field(name: str, part: Part, kind: str) -> forms.Field:
    label, hint = part.words.get(name, entry_fields.SAID[name])
    options: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    made = entry_fields.MAKE[name](**options)
    wrong = entry_fields.ALWAYS.get(name)
    if name == "first_day" and kind == "event":
        wrong = "Enter the first day of the event"
    if wrong:
        made.required = True
        made.error_messages["required"] = wrong
    return made


def _on_the_day(times: list[str], first: date, last: date | None) -> list[str]:
    """Hours of an event of one day, with its date, so that it stands among what is on."""
    if last not in (None, first):
        return times
    every_day = re.compile("^Every day ")
    return [
        lines.read_times(every_day.sub(f"{plain_date(first)} ", line)).line
        if every_day.match(line)
        else line
        for line in times
    ]


def typed(name: str, value: Any) -> Any:
    """A plain value as a field shows it."""
    if name in DAYS and value:
        return date.fromisoformat(value)
    if isinstance(value, list) and name != "domains":
        return "\n".join(value)
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
