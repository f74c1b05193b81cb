"""Judging plans: three tests, the words still missing, and reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from ownway.foundation.plan.models import Plan, Risk
from ownway.journey.planning.forms.remembering import LONG, TOO_LONG, by_plan, reason
from ownway.journey.planning.queries import Approval, Weighed
from ownway.policy.planning import NETWORK_QUESTION, TESTS, USUAL_RESTRICTIONS, Objection


@dataclass(frozen=True)
class Refusal:
    """One line of the error summary of a judgement, and the place that mends it."""

    text: str
    href: str


class Judge(forms.Form):
    """The three judgements, filled in from the evidence, and the reasons that go with them."""

    reasons = reason("Your reasons, if you return it or ask the panel")

    def __init__(self, *args: Any, approval: Approval, **options: Any) -> None:
        super().__init__(*args, **options)
        self.approval = approval
        self.refusals: list[Refusal] = []
        self.gives_way = False
        for test in TESTS:
            self.fields[test] = _met(test, filled_in=approval.is_met(test))
        for one in approval.weighed:
            self._add_boxes(one)
        self.fields["restrictions"] = reason(
            "What the budget may not buy",
            initial=approval.weighed[0].plan.restrictions or USUAL_RESTRICTIONS,
            rows=2,
        )
        self.fields["all_the_same"] = reason("Approve all the same, because", rows=2)
        if risks := [risk for one in approval.weighed for risk in one.risks]:
            self.fields["panel_risks"] = _for_panel(risks)

    def _add_boxes(self, one: Weighed) -> None:
        pk, name = one.plan.pk, one.plan.person.formal_name
        self.fields[f"seen_{pk}"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        if not one.plan.network.strip():
            self.fields[f"network_{pk}"] = reason(
                NETWORK_QUESTION, hint=f"{name}’s plan, in the person’s own words", rows=2
            )
        if one.differs:
            self.fields[f"departure_{pk}"] = reason(
                "Why the plan is not what was worked out",
                hint=f"{name}’s plan",
                initial=one.plan.departure_because,
                rows=2,
            )

    @property
    def panel_risks(self) -> list[int]:
        """The risks that the risk panel has to look at before a plan is agreed."""
        return [int(pk) for pk in self.cleaned_data.get("panel_risks", [])]

    @property
    def network(self) -> dict[int, str]:
        """Words taken down for the network question, by plan."""
        return by_plan(self.cleaned_data, "network_")

    @property
    def departure(self) -> dict[int, str]:
        """Why a plan is not what was worked out, by plan."""
        return by_plan(self.cleaned_data, "departure_")

    @property
    def seen(self) -> dict[int, int]:
        """The versions that were read, by plan."""
        return {pk: int(v or 0) for pk, v in by_plan(self.cleaned_data, "seen_").items()}

    @property
    def judged(self) -> dict[str, bool | None]:
        """What was chosen for each test; None where nothing was."""
        said = {"met": True, "not": False}
        return {test: said.get(self.cleaned_data.get(test, "")) for test in TESTS}

    def refuse(self, found: Iterable[tuple[Plan | None, Objection]], *, gives_way: bool) -> None:
        """Show every objection, each linked to the place that mends it."""
        self.gives_way = gives_way
        for plan, objection in found:
            name = f"{objection.field}_{plan.pk}" if plan else objection.field
            name = name.replace("departure_because_", "departure_")
            self._refuse_one(objection.text, name, objection.field)
        if gives_way:
            self.refusals.append(Refusal("Or say why you approve all the same", "#id_all_the_same"))

    def refuse_field(self, name: str, message: str) -> None:
        """Refuse for one field."""
        self._refuse_one(message, name, name)

    def _refuse_one(self, text: str, name: str, where: str) -> None:
        if name in self.fields and not isinstance(self.fields[name].widget, forms.HiddenInput):
            self.add_error(name, text)
            self.refusals.append(Refusal(text, f"#id_{name}"))
        else:
            self.refusals.append(Refusal(text, f"#{PLACES.get(where, 'tests')}"))


# Where on the page an objection is explained that no box on it can mend.
PLACES = {
    "strengths": "effective",
    "goals": "effective",
    "needs": "effective",
    "risks": "effective",
    "lines": "planned",
    "views": "legal",
    "budget": "legal",
    "status": "legal",
    "panel": "panel",
    "seen": "planned",
}


def _met(test: str, *, filled_in: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Is it {test}?",
        choices=[("met", "Met"), ("not", "Not met")],
        widget=forms.RadioSelect,
        required=False,
        initial="met" if filled_in else None,
    )


def _for_panel(risks: Sequence[Risk]) -> forms.MultipleChoiceField:
    made = forms.MultipleChoiceField(
        label="Which of these must the risk panel look at first?",
        help_text="Leave it empty when none of them must.",
        required=False,
        initial=[str(risk.pk) for risk in risks if risk.needs_panel],
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(risk.pk), risk.what) for risk in risks],
    )
    made.quietly_optional = True  # type: ignore[attr-defined]
    return made


class PanelAnswer(forms.Form):
    """What the risk panel decided."""

    answer = forms.CharField(
        label="What the risk panel decided, and on what conditions",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what the panel decided", "max_length": TOO_LONG},
    )
