"""Services to try: what each costs, kept nowhere."""

from typing import Any

from django import forms

from ownway.journey.charging.forms.fields import money


class Services(forms.Form):
    """Four services and what each costs, to try."""

    ROWS = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, self.ROWS + 1):
            self.fields[f"words_{place}"] = forms.CharField(
                label=f"Service {place}", max_length=120, required=False
            )
            self.fields[f"cost_{place}_pence"] = money(
                label="Cost each week", empty="Enter the cost", required=False
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each service with its cost."""
        places = range(1, self.ROWS + 1)
        return [(self[f"words_{place}"], self[f"cost_{place}_pence"]) for place in places]

    def clean(self) -> dict[str, Any]:
        """A name needs a cost, and a cost a name."""
        cleaned = super().clean() or {}
        for place in range(1, self.ROWS + 1):
            words, cost = cleaned.get(f"words_{place}"), cleaned.get(f"cost_{place}_pence")
            if words and cost is None and f"cost_{place}_pence" not in self.errors:
                self.add_error(f"cost_{place}_pence", f"Enter what {words} costs each week")
            if cost is not None and not words:
                self.add_error(f"words_{place}", "Name the service this cost is for")
        return cleaned

    @property
    def services(self) -> list[tuple[str, int]]:
        """What was typed."""
        found = []
        for place in range(1, self.ROWS + 1):
            words = self.cleaned_data.get(f"words_{place}")
            cost = self.cleaned_data.get(f"cost_{place}_pence")
            if words and cost is not None:
                found.append((words, cost))
        return found
