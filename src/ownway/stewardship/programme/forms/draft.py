"""Several numbers of the rules, each typed in its own unit, with the reason and the day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from ownway.design.fields import DateField
from ownway.foundation.council.models import SettingsVersion
from ownway.policy import units
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import sections, typed

CHOSEN = "chosen"
_BEFORE = "value-"


@dataclass(frozen=True)
class Row:
    """One number of the draft: what it is now, and the field for what it shall be."""

    number: Number
    field: forms.BoundField

    @property
    def label(self) -> str:
        """What it is, in words."""
        return self.number.label or self.number.name

    @property
    def live(self) -> str:
        """What it says now."""
        return typed.shown(self.number.value, self.number.unit)


class _Day(forms.Form):
    """The day rules start, and why."""

    starts_on = DateField(
        like="1 4 2027",
        label="From",
        help_text="The day the new rules start. Budgets given before stay as they are.",
        error_messages={"required": "Enter the day the new rules start"},
    )
    because = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the rules change"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> date:
        """Today or later: what was decided stays on its rules."""
        starts: date = self.cleaned_data["starts_on"]
        if starts < self.today:
            raise forms.ValidationError("Choose today or a later day")
        return starts


class DraftRules(_Day):
    """A draft. Pressing "Add" shows one more number and refuses nothing yet.

    `moved` is the draft as somebody left it meanwhile, where what was typed is of an older one.
    """

    moved: SettingsVersion | None = None
    add = forms.ChoiceField(label="Change another number", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        pack: Pack,
        changed: Mapping[str, Number],
        asked: Sequence[str] = (),
        today: date,
        **kwargs: Any,
    ) -> None:
        self.is_adding = data is not None and "press_add" in data
        names = data.getlist(CHOSEN) if data is not None else [*changed, *asked]
        if self.is_adding:
            data, names = _with_one_more(data, names, pack)
        super().__init__(data, today=today, **kwargs)
        self.pack = pack
        self.names = [name for name in dict.fromkeys(names) if name in pack.numbers]
        for name in self.names:
            now = changed.get(name, pack.numbers[name])
            self.fields[_BEFORE + name] = _field(pack.numbers[name], initial=typed.as_typed(now))
        self.order_fields([*(_BEFORE + name for name in self.names), "starts_on", "because"])
        add = self.fields["add"]
        assert isinstance(add, forms.ChoiceField)
        add.choices = [("", "Choose a number"), *_choices(pack, leaving_out=self.names)]

    def full_clean(self) -> None:
        """Check what was typed, but not while another number is only being added."""
        if self.is_adding:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """A draft changes something."""
        said = super().clean() or self.cleaned_data
        if not self.names:
            self.add_error("add", "Choose at least one number to change")
        return said

    @property
    def rows(self) -> list[Row]:
        """Each number of the draft with its field."""
        return [Row(self.pack.numbers[name], self[_BEFORE + name]) for name in self.names]

    @property
    def values(self) -> dict[str, object]:
        """What was typed, as a rule pack writes it."""
        return {name: self.cleaned_data[_BEFORE + name] for name in self.names}

    def refuse(self, problems: Iterable[tuple[str, str]]) -> None:
        """Put each refusal beside the number it is about."""
        for name, words in problems:
            if _BEFORE + name in self.fields:
                self.add_error(_BEFORE + name, _about(self.pack.numbers[name], words))
            else:
                self.add_error(None, words)


def _with_one_more(data: Any, names: list[str], pack: Pack) -> tuple[Any, list[str]]:
    """The number that was chosen joins what was typed, as it says now."""
    name = data.get("add", "")
    if name not in pack.numbers or name in names:
        return data, names
    typed_so_far = data.copy()
    typed_so_far[_BEFORE + name] = typed.as_typed(pack.numbers[name])
    return typed_so_far, [*names, name]


class NumberField(forms.CharField):
    """A number of the rules, typed in its unit. Clean value: as a rule pack writes it."""

    def __init__(self, number: Number, **options: Any) -> None:
        self.number = number
        many = number.unit in units.CURVES
        look = {"class": "govuk-input--width-20"}
        widget = forms.Textarea(attrs={"rows": 6}) if many else forms.TextInput(attrs=look)
        super().__init__(max_length=4000, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Read it, or say how to type it."""
        text = super().clean(value)
        try:
            return typed.read(text, self.number)
        except ValueError as wrong:
            raise forms.ValidationError(_about(self.number, str(wrong))) from wrong


def _about(number: Number, words: str) -> str:
    """A refusal that names its number, for it is read in a summary too."""
    return f"{number.label or number.name}: {words[:1].lower()}{words[1:]}"


def _said(word: str, number: Number) -> str:
    return typed.choice(word) if number.unit == "choice" else word


def _field(number: Number, *, initial: str) -> forms.Field:
    label = number.label or number.name
    options: dict[str, Any] = {"label": label, "initial": initial}
    options["error_messages"] = {"required": f"Enter a value: {label}"}
    if words := typed.choices(number):
        field = forms.TypedChoiceField(
            choices=[(one, _said(one, number)) for one in words],
            coerce=lambda text: typed.read(text, number),
            **options,
        )
        return field
    return NumberField(number, help_text=typed.hint(number), **options)


def _choices(pack: Pack, *, leaving_out: Iterable[str]) -> Iterator[tuple[str, str]]:
    for section in sections(pack):
        for line in (*section.used, *section.unused):
            if line.number.name not in leaving_out:
                yield line.number.name, f"{section.name}: {line.label}"


class RollBack(_Day):
    """Why an older version comes back, and from when."""
