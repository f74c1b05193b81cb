"""Forms that know what they were typed over, and boxes for long answers."""

from collections.abc import Mapping
from typing import Any

from django import forms

LONG = 4000
TOO_LONG = f"This is longer than {LONG:,} letters. Keep what matters most"


class Remembering(forms.Form):
    """A form that knows which version of a thing it was typed over."""

    needs_asking = False
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen_now: Any = self.data.get("seen", version) if self.is_bound else version

    @property
    def version(self) -> int:
        """The version it was typed over; none that ever was, when that was lost."""
        return self.cleaned_data.get("seen") or 0

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, without what the form needs for itself."""
        return {name: v for name, v in self.cleaned_data.items() if name not in {"seen", "also"}}

    def show_clashes(self, clashes: Mapping[str, Any], *, version: int) -> None:
        """Show what somebody else wrote meanwhile beside what was typed; saving again keeps it."""
        self.seen_now = version
        shown = [name for name in clashes if name in self.fields]
        for name in shown:
            theirs = clashes[name]
            said = f"It now says: “{theirs}”" if theirs not in ("", None) else "It is now empty"
            self.add_error(
                name,
                f"Somebody changed this while you were writing. {said}. "
                "Write here what you both want, then save",
            )
        if not shown:
            self.add_error(None, "Somebody changed this while you were writing. Look at it again")


def reason(label: str, *, hint: str = "", initial: str = "", rows: int = 3) -> forms.CharField:
    """A box for a few sentences that may stay empty."""
    made = forms.CharField(
        label=label,
        help_text=hint,
        initial=initial,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


def by_plan(typed: Mapping[str, Any], prefix: str) -> dict[int, Any]:
    """What was typed in the boxes of one kind, by plan."""
    return {
        int(name.removeprefix(prefix)): said
        for name, said in typed.items()
        if name.startswith(prefix)
    }
