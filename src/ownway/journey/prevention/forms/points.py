"""The five points, and what a benefit check found."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ownway.design.dates import short_date
from ownway.design.money import to_pence
from ownway.foundation.record.models import Event
from ownway.journey.prevention.models import Mark
from ownway.journey.prevention.queries import PointState, Stand


class Points(forms.Form):
    """The five points; those left as they were are not written again."""

    def __init__(
        self, data: Any = None, *, points: Sequence[PointState], evidence: Sequence[Event]
    ) -> None:
        super().__init__(data)
        self.points = points
        shown_by = [("", "Nothing on the record"), *((str(e.pk), _in_a_line(e)) for e in evidence)]
        for point in points:
            self._add(point, [*shown_by, *_own(point.shown_by, shown_by)])

    def _add(self, point: PointState, shown_by: list[tuple[str, str]]) -> None:
        stand = point.stand
        fields: dict[str, forms.Field] = {
            "mark": forms.ChoiceField(
                choices=[("", "Still open"), *Mark.choices],
                required=False,
                label=point.name.capitalize(),
                initial=stand.mark,
            ),
            "evidence": forms.CharField(
                max_length=300, required=False, label="Evidence", initial=stand.evidence
            ),
            "shown_by": forms.ChoiceField(
                choices=shown_by,
                required=False,
                label="Shown on the record by",
                initial=str(stand.shown_by or ""),
            ),
            "said_by": forms.CharField(
                max_length=120, required=False, label="Who said no", initial=stand.said_by
            ),
            "was_informed": forms.BooleanField(
                required=False,
                label="They knew what it is and what it could do",
                initial=stand.was_informed,
            ),
        }
        for name, made in fields.items():
            made.quietly_optional = True  # type: ignore[attr-defined]
            self.fields[f"{point.key}-{name}"] = made

    def clean(self) -> dict[str, Any]:
        """What somebody else settled meanwhile is shown before it is written over."""
        typed: dict[str, Any] = super().clean() or {}
        for point in self.points:
            is_stale = self._seen(point) != point.as_seen
            mine = self._stand(point, typed).as_seen
            if is_stale and mine not in (self._seen(point), point.as_seen):
                self.add_error(
                    f"{point.key}-mark",
                    f"Somebody changed “{point.name}” meanwhile. It says now: "
                    f"{point.full_words}. Keep again to replace it",
                )
        return typed

    def _seen(self, point: PointState) -> str:
        return str(self.data.get(f"{point.key}-seen", point.as_seen))

    def _stand(self, point: PointState, typed: dict[str, Any]) -> Stand:
        def said(name: str) -> str:
            return str(typed.get(f"{point.key}-{name}") or "").strip()

        is_no = said("mark") == Mark.DECLINED
        return Stand(
            point.key,
            said("mark"),
            said("evidence"),
            said("said_by") if is_no else "",
            is_no and bool(typed.get(f"{point.key}-was_informed")),
            int(said("shown_by")) if said("shown_by") else None,
        )

    def changed(self) -> list[Stand]:
        """Points that were changed from what was seen."""
        said = [(point, self._stand(point, self.cleaned_data)) for point in self.points]
        return [
            stand
            for point, stand in said
            if stand.as_seen not in (self._seen(point), point.as_seen)
        ]


def _in_a_line(event: Event) -> str:
    return f"{short_date(event.at)}: {event.words[:70]}"


def _own(event: Event | None, listed: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What bears a point out stays to be chosen, however long ago it was."""
    if event is None or str(event.pk) in dict(listed):
        return []
    return [(str(event.pk), _in_a_line(event))]


class Benefits(forms.Form):
    """What a benefit check found."""

    gain = forms.CharField(
        max_length=12,
        label="Money gained, £ a week",
        help_text="0 if no more is due",
        error_messages={"required": "Enter how much was gained a week, or 0"},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )
    found = forms.CharField(max_length=200, required=False, label="Which benefit")
    found.quietly_optional = True  # type: ignore[attr-defined]

    def clean_gain(self) -> int:
        """Whole pence."""
        try:
            pence = to_pence(self.cleaned_data["gain"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if pence > 200_000:
            raise forms.ValidationError("Enter a weekly amount below £2,000.00")
        return pence
