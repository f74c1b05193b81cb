"""What the forms of quality share: words that all may read are looked at for names first."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from ownway.policy.narratives import personal_in

CHECKED = "has_checked"


class Refusable(forms.Form):
    """A form that shows why an action refused, at the top or beside a field."""

    def refuse(self, words: str | Exception, *, field: str | None = None) -> None:
        """Show a reason."""
        self.add_error(field if field in self.fields else None, str(words))


class ForEverybody(Refusable):
    """A form whose words everybody may read. What looks like a name asks the writer to look again.

    The box to say that one has looked appears only when there is something to look at.
    """

    public_fields: tuple[str, ...] = ("words",)

    def __init__(self, *args: Any, not_people: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_people = tuple(not_people)
        self.fields[CHECKED] = forms.BooleanField(
            required=False, label="I have looked, and nobody can be known by it"
        )
        self.fields[CHECKED].quietly_optional = True  # type: ignore[attr-defined]
        self.asks_to_look = False

    def clean(self) -> dict[str, Any] | None:
        """Ask to look again, unless they said that they have."""
        clean = super().clean()
        self.asks_to_look = bool(self._found()) or bool(self.data.get(CHECKED))
        if not self.cleaned_data.get(CHECKED):
            for name, found in self._found().items():
                self.add_error(name, self._ask(found))
        return clean

    def _found(self) -> dict[str, tuple[str, ...]]:
        typed = {name: self.cleaned_data.get(name) or "" for name in self._public()}
        found = {
            name: personal_in(text, not_people=self.not_people) for name, text in typed.items()
        }
        return {name: words for name, words in found.items() if words}

    def _public(self) -> Iterable[str]:
        return self.public_fields

    @staticmethod
    def _ask(found: tuple[str, ...]) -> str:
        told = ", ".join(f"“{one}”" for one in found[:3])
        return f"Everybody can read this. Take out {told} if a person could be known by it"


def long_text(
    label: str, *, most: int = 2000, rows: int = 4, required: str = "", hint: str = ""
) -> forms.CharField:
    """A box for several lines. `required` is what is said when it is left empty."""
    made = forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required,
            "max_length": f"Use {most:,} letters or fewer",
        },
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def one_of(
    label: str, choices: Iterable[tuple[Any, str]], *, required: str = "", hint: str = ""
) -> forms.ChoiceField:
    """One answer of a few."""
    made = forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=bool(required),
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": required or "Choose one of these"},
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def rows_of(
    form: forms.Form, make: Callable[[int], dict[str, forms.Field]], count: int
) -> list[list[str]]:
    """Give a form so many rows of the same fields; say the names of each row."""
    rows = []
    for number in range(count):
        made = {f"{name}_{number}": one for name, one in make(number).items()}
        form.fields.update(made)
        rows.append(list(made))
    return rows
