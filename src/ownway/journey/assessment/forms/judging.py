"""The worker's judgement on every criterion of the rules in force, from the answers onwards."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from django import forms

from ownway.design.fields import AbstractForm
from ownway.policy.eligibility import LIMBS
from ownway.policy.packs import Pack
from ownway.policy.refusals import Problem

YES_NO = [("yes", "Yes"), ("no", "No")]
BAND_CHOICES = [
    ("none", "No risk"),
    ("low", "Low"),
    ("moderate", "Moderate"),
    ("substantial", "Substantial"),
    ("critical", "Critical"),
]
BAND_NAMES = {4: "Critical", 3: "Substantial", 2: "Moderate", 1: "Low"}
LIMB_WORDS = {
    "L1": "Needs help, or a prompt",
    "L2": "Pain, distress or worry",
    "L3": "Someone may be hurt",
    "L4": "Takes much longer",
}


class Judge(forms.Form, metaclass=AbstractForm):
    """What every judgement has: the reason that the person will read."""

    because = forms.CharField(
        label="Why, in words the person will read",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence why. The person will read it"},
    )

    groups: list[tuple[str, list[str]]]

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, pack: Pack, start: Mapping[str, Any]
    ) -> None:
        super().__init__(data)
        self.pack, self.start = pack, start
        self.groups = []
        self.build()
        self.order_fields([name for _, names in self.groups for name in names])

    @abstractmethod
    def build(self) -> None:
        """Add the fields of the rules in force."""

    @property
    @abstractmethod
    def judged(self) -> dict[str, Any]:
        """The facts for `policy.eligibility`."""

    def yes_no(self, name: str, label: str) -> str:
        """Add a yes-or-no judgement, begun from the answers where they speak to it."""
        known = self.start.get(name)
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=YES_NO,
            widget=forms.RadioSelect,
            initial=None if known is None else "yes" if known else "no",
            error_messages={"required": f"{label}: choose yes or no"},
        )
        return name

    def said_yes(self, name: str) -> bool:
        """Whether a yes-or-no judgement was yes."""
        return bool(self.cleaned_data[name] == "yes")

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Show what the rules still ask for."""
        for problem in problems:
            name = problem.place.split(".")[-1]
            self.add_error(name if name in self.fields else None, problem.reason)


class JudgeFacs(Judge):
    """Fair Access, an adult: every risk that holds if nothing is done."""

    def build(self) -> None:
        """One list of risks for each band, highest first."""
        chosen = set(self.start.get("risks", ()))
        for band in sorted(BAND_NAMES, reverse=True):
            risks = [item for item in self.pack.lists["risks"] if item["band"] == band]
            name = f"risks-{band}"
            self.fields[name] = forms.MultipleChoiceField(
                label=BAND_NAMES[band],
                choices=[(item["key"], item["name"]) for item in risks],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[item["key"] for item in risks if item["key"] in chosen],
            )
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]
        self.groups.append(("", [f"risks-{band}" for band in sorted(BAND_NAMES, reverse=True)]))

    @property
    def judged(self) -> dict[str, Any]:
        """The risks that hold; every other was judged not to."""
        return {"risks": [r for band in BAND_NAMES for r in self.cleaned_data[f"risks-{band}"]]}


class JudgeFacsCarer(Judge):
    """Fair Access, a carer: the risk to going on, in four areas."""

    def build(self) -> None:
        """Regular and substantial care, then a band for each area."""
        first = self.yes_no("regular_and_substantial", "Gives regular and substantial care")
        self.groups.append(("The care", [first]))
        start = self.start.get("areas", {})
        for item in self.pack.lists["carer_areas"]:
            self.fields[item["key"]] = forms.ChoiceField(
                label=item["name"],
                choices=[("", "Choose"), *BAND_CHOICES],
                initial=start.get(item["key"], ""),
                error_messages={"required": f"{item['name']}: choose a band"},
            )
        areas = [item["key"] for item in self.pack.lists["carer_areas"]]
        self.groups.append(("Risk to going on as a carer", areas))

    @property
    def judged(self) -> dict[str, Any]:
        """The judgement as facts."""
        areas = {
            item["key"]: self.cleaned_data[item["key"]] for item in self.pack.lists["carer_areas"]
        }
        regular = self.said_yes("regular_and_substantial")
        return {"regular_and_substantial": regular, "areas": areas}


class JudgeCareAct(Judge):
    """Care Act, an adult: cause, every outcome with the ways they are unable, and its effect."""

    outcomes_list = "outcomes"
    limbs = tuple(LIMBS)

    def build(self) -> None:
        """The cause, each outcome, and the effect on wellbeing."""
        self.build_first()
        start = self.start.get("outcomes", {})
        names = []
        for item in self.pack.lists[self.outcomes_list]:
            name = f"outcome-{item['key']}"
            self.fields[name] = forms.MultipleChoiceField(
                label=item["name"],
                choices=[(limb, LIMB_WORDS[limb]) for limb in self.limbs],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=start.get(item["key"], []),
            )
            self.fields[name].quietly_optional = True  # type: ignore[attr-defined]
            names.append(name)
        self.groups.append(("What they cannot do without one of these", names))
        last = self.yes_no("significant_impact", "There is, or will be, a big effect on wellbeing")
        self.groups.append(("The effect", [last]))

    def build_first(self) -> None:
        """The cause."""
        name = self.yes_no("needs_from_impairment", "The needs come from an impairment or illness")
        self.groups.append(("The cause", [name]))

    @property
    def judged(self) -> dict[str, Any]:
        """The judgement as facts."""
        return {
            **self.first_judged(),
            "outcomes": {
                item["key"]: self.cleaned_data[f"outcome-{item['key']}"]
                for item in self.pack.lists[self.outcomes_list]
            },
            "significant_impact": self.said_yes("significant_impact"),
        }

    def first_judged(self) -> dict[str, Any]:
        """The cause."""
        return {"needs_from_impairment": self.said_yes("needs_from_impairment")}


class JudgeCareActCarer(JudgeCareAct):
    """Care Act, a carer: taking longer is not one of the ways (regulation 3)."""

    outcomes_list = "carer_outcomes"
    limbs = ("L1", "L2", "L3")

    def build_first(self) -> None:
        """Necessary care, and the carer's health."""
        names = [
            self.yes_no("necessary_care", "Gives necessary care to an adult"),
            self.yes_no("health_at_risk", "Their own health is, or may be, getting worse"),
        ]
        self.groups.append(("The care", names))

    def first_judged(self) -> dict[str, Any]:
        """Necessary care, and health."""
        return {
            "necessary_care": self.said_yes("necessary_care"),
            "health_at_risk": self.said_yes("health_at_risk"),
        }


_FORMS: Mapping[tuple[str, bool], type[Judge]] = {
    ("facs", False): JudgeFacs,
    ("facs", True): JudgeFacsCarer,
    ("care_act", False): JudgeCareAct,
    ("care_act", True): JudgeCareActCarer,
}


def judge_form(
    data: Mapping[str, Any] | None, *, pack: Pack, is_carer: bool, start: Mapping[str, Any]
) -> Judge:
    """The form for the rules in force, begun from what the answers suggest."""
    return _FORMS[(pack.word("eligibility_rule"), is_carer)](data, pack=pack, start=start)
