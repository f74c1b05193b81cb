"""How to plan, and sending plans."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from ownway.foundation.council.models import Organisation
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import How, Plan
from ownway.journey.planning.forms.remembering import by_plan, reason
from ownway.journey.planning.queries import Weighed


class ChooseHow(forms.Form):
    """Five ways to plan, and help for one part of it."""

    how = forms.ChoiceField(
        label="How would you like to plan?",
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you would like to plan"},
    )
    money_help = forms.BooleanField(
        label="I would like help with the money part",
        help_text="Someone helps you with what things cost, and with nothing else.",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choice_hints = {  # type: ignore[attr-defined]
            How.MYSELF: "You write it yourself. You can ask for help at any time.",
            How.FAMILY: "Someone close to you helps. You can tell us who.",
            How.PEER: "We find someone who has made a plan of their own.",
            How.BROKER: "Someone from a group that is not part of the council helps you.",
            How.COUNCIL: "Your worker sits down with you and you write it together.",
        }


class WhoHelps(forms.Form):
    """Who close to them helps to plan."""

    helper = forms.CharField(
        label="Who will help you?",
        help_text="We will not contact them unless you ask us to.",
        max_length=120,
        error_messages={
            "required": "Write who will help you",
            "max_length": "Keep it under 120 letters",
        },
    )


class ChooseBroker(forms.Form):
    """Which organisation helps to plan; choosing one lets it read the plan."""

    broker = forms.ChoiceField(
        label="Who would you like to help you?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who you would like to help you"},
    )

    def __init__(self, *args: Any, brokers: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.brokers = {str(one.pk): one for one in brokers}
        broker = self.fields["broker"]
        assert isinstance(broker, forms.ChoiceField)
        broker.choices = [(pk, one.name) for pk, one in self.brokers.items()]
        broker.choice_hints = {  # type: ignore[attr-defined]
            pk: one.get_kind_display() for pk, one in self.brokers.items()
        }

    @property
    def chosen(self) -> Organisation:
        """The organisation chosen."""
        return self.brokers[self.cleaned_data["broker"]]


class AskFirst(forms.Form):
    """What somebody asks for that goes past what they may change without asking."""

    words = forms.CharField(
        label="What would you like to change?",
        max_length=120,
        error_messages={
            "required": "Write what you would like to change",
            "max_length": "Keep it under 120 letters",
        },
    )


class Send(forms.Form):
    """Why a plan takes more or less than was worked out; one box for each that does."""

    def __init__(
        self, *args: Any, weighed: Sequence[Weighed], own: Person | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for one in weighed:
            if one.differs:
                is_own = own is not None and own.pk == one.plan.person_id
                whose = "your" if is_own else f"{one.plan.person.first_name}’s"
                self.fields[_because(one.plan.pk)] = reason(
                    f"Why is {whose} plan not the same as the budget we worked out?",
                    initial=one.plan.departure_because,
                )

    @property
    def because(self) -> dict[int, str]:
        """The reasons given, by plan."""
        return by_plan(self.cleaned_data, "because_")

    def refuse(self, message: str, *, plan: Plan | None) -> None:
        """Put a refusal beside its box, or at the top of the page."""
        name = _because(plan.pk) if plan else ""
        self.add_error(name if name in self.fields else None, message)


def _because(plan_id: int) -> str:
    return f"because_{plan_id}"
