"""What is typed while on the telephone. Nothing is required until a contact is settled."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from ownway.design.fields import DateField, PhoneField
from ownway.foundation.council.models import Staff
from ownway.foundation.people.actions import (
    NotABirthDate,
    NotAnNhsNumber,
    NotAPostcode,
    checked_birth_date,
    checked_postcode,
    nhs_number_for,
)
from ownway.foundation.people.models import Format, Person
from ownway.journey.contact.actions import Result
from ownway.journey.contact.models import (
    Agreed,
    Channel,
    ConcessionKind,
    Contact,
    Outcome,
    Reason,
    ReferTo,
    Signpost,
    Urgency,
    WhyNot,
)
from ownway.journey.contact.models import Result as Found
from ownway.journey.contact.queries import QUESTIONS

KEPT = (
    "channel",
    "urgency",
    "reason",
    "said",
    "hope",
    "looked_for",
    "own_words",
    "refer_to",
    "refer_because",
    "agreed",
    "place",
)


CALLER, ABOUT, BOTH, NOBODY = "caller", "about", "both", "nobody"


class Quiet(forms.Form):
    """A form whose empty fields are not marked as optional, for most of them stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.quietly_optional = True  # type: ignore[attr-defined]

    def refuse(self, problems: Iterable[tuple[str, str]]) -> None:
        """Show the reasons of a refusal, each beside its field."""
        for name, words in problems:
            self.add_error(name if name in self.fields else None, words)


class Typed(Quiet):
    """All that the one screen takes down, beside the people themselves."""

    find_caller = forms.CharField(max_length=120, required=False, label="Who is calling")
    find_about = forms.CharField(max_length=120, required=False, label="About")
    tie = forms.ChoiceField(required=False)
    channel = forms.ChoiceField(choices=Channel.choices, required=False, label="How it came")
    urgency = forms.ChoiceField(choices=Urgency.choices, required=False, label="How soon")
    reason = forms.ChoiceField(
        choices=[("", "Choose"), *Reason.choices], required=False, label="What about"
    )
    said = forms.CharField(
        max_length=5000,
        required=False,
        label="What was said",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    hope = forms.CharField(max_length=300, required=False)
    looked_for = forms.CharField(max_length=120, required=False, label="Search the directory")
    settle = forms.ChoiceField(choices=Outcome.choices, required=False, label="Settle it")
    call_back = forms.BooleanField(required=False)
    equipment = forms.BooleanField(required=False, label="Then ask the equipment questions")
    own_words = forms.CharField(
        max_length=1500,
        required=False,
        label="In your own words instead",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    open_for = forms.ChoiceField(required=False, label="Open an assessment for")
    refer_to = forms.ChoiceField(
        choices=[("", "Choose"), *ReferTo.choices], required=False, label="Refer to"
    )
    refer_because = forms.CharField(max_length=300, required=False, label="Why")
    agreed = forms.ChoiceField(
        choices=Agreed.choices, required=False, label="May we give their name to who may help?"
    )
    place = forms.CharField(max_length=120, required=False, label="At which contact point")
    ask_provider = forms.BooleanField(required=False)
    urgent_because = forms.CharField(max_length=300, required=False, label="What is happening")
    taken_by = forms.CharField(max_length=120, required=False, label="Who took it over")
    concern = forms.CharField(
        max_length=300, required=False, label="What is the worry, and who may be harmed?"
    )

    def __init__(
        self,
        data: Any = None,
        *,
        contact: Contact,
        ties: Sequence[tuple[str, str]],
        tie_now: str,
        workers: Sequence[tuple[Staff, int]],
    ) -> None:
        first = {name: getattr(contact, name) for name in KEPT}
        first |= {"settle": Outcome.SIGNPOST, "call_back": True, "tie": tie_now}
        first |= {"open_for": BOTH if tie_now.endswith(":carer") else ""}
        super().__init__(data, initial=first)
        self._offer(contact, ties, workers)

    def _offer(
        self,
        contact: Contact,
        ties: Sequence[tuple[str, str]],
        workers: Sequence[tuple[Staff, int]],
    ) -> None:
        tie = self.fields["tie"]
        assert isinstance(tie, forms.ChoiceField)
        tie.choices = list(ties)
        self._offer_assessments(contact)
        self.fields["worker"] = forms.ChoiceField(
            choices=[
                (str(s.pk), f"{s.name}, {s.team.name}, {n} {'person' if n == 1 else 'people'} now")
                for s, n in workers
            ],
            required=False,
            label="Who will help them",
        )
        for question in QUESTIONS:
            self.fields[f"screen_{question.key}"] = forms.ChoiceField(
                choices=[("", "Choose"), *question.choices], required=False, label=question.words
            )
        for one in self.fields.values():
            one.quietly_optional = True  # type: ignore[attr-defined]

    def _offer_assessments(self, contact: Contact) -> None:
        """For one of the two, for both, or for nobody; with one person there is less to ask."""
        sides = [(ABOUT, contact.about), (CALLER, contact.caller)]
        known = [(side, person.formal_name) for side, person in sides if person is not None]
        both = [(BOTH, "Both")] if len(known) > 1 else []
        asked = self.fields["open_for"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [*known, *both, (NOBODY, "Nobody yet")]
        if len(known) == 1:
            self.initial["open_for"] = known[0][0]

    def kept(self) -> dict[str, Any]:
        """What may be kept at once: all that is well typed of what the contact holds."""
        self.is_valid()
        clean = {name: self.cleaned_data.get(name) for name in KEPT if name in self.data}
        chosen = ("channel", "urgency")
        return {k: v for k, v in clean.items() if v is not None and (v or k not in chosen)}

    def not_kept(self) -> list[str]:
        """What of it could not be kept as it stands, and why."""
        return [
            f"{self[name].label}: {self.errors[name][0]}" for name in KEPT if name in self.errors
        ]

    def answers(self) -> dict[str, str]:
        """The screening answers given so far."""
        return {q.key: self.cleaned_data.get(f"screen_{q.key}", "") for q in QUESTIONS}


def _birth_date(typed: date | None, *, on: date) -> date | None:
    try:
        return checked_birth_date(typed, on=on)
    except NotABirthDate as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


TITLES = [("", "None"), *((t, t) for t in ("Mrs", "Mr", "Ms", "Miss", "Mx", "Dr"))]


class NewPerson(Quiet):
    """Somebody who is not known yet."""

    title = forms.ChoiceField(choices=TITLES, required=False, label="Title")
    first_name = forms.CharField(
        max_length=80, label="First name", error_messages={"required": "Enter their first name"}
    )
    last_name = forms.CharField(
        max_length=80, label="Last name", error_messages={"required": "Enter their last name"}
    )
    date_of_birth = DateField(required=False, label="Date of birth")
    phone = PhoneField(required=False, label="Telephone")
    first_line = forms.CharField(max_length=120, required=False, label="House and street")
    postcode = forms.CharField(max_length=10, required=False, label="Postcode")
    lives_with_caller = forms.BooleanField(required=False)
    because = forms.CharField(max_length=200, required=False, label="Why this is another person")

    def __init__(
        self, data: Any = None, *, on: date, prefix: str, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.on = on

    @classmethod
    def typed_so_far(cls, data: Any, *, prefix: str) -> dict[str, Any]:
        """What was typed of somebody not added yet, unread; nothing when the form was not there."""
        typed = {
            name: one.widget.value_from_datadict(data, {}, f"{prefix}-{name}")
            for name, one in cls.base_fields.items()
        }
        return typed if typed["first_name"] is not None else {}

    @property
    def is_begun(self) -> bool:
        """Somebody's name was typed."""
        return bool(self["first_name"].value() or self["last_name"].value())

    def clean_date_of_birth(self) -> date | None:
        """Not after today."""
        return _birth_date(self.cleaned_data["date_of_birth"], on=self.on)

    def clean_postcode(self) -> str:
        """A postcode, or the half of it that they know."""
        try:
            return checked_postcode(self.cleaned_data["postcode"])
        except NotAPostcode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def known(self) -> dict[str, Any]:
        """What is put on the record of the person."""
        names = ("title", "first_name", "last_name", "date_of_birth", "phone")
        return {name: self.cleaned_data[name] for name in names}

    def home(self) -> dict[str, str]:
        """Where they live, as typed."""
        typed = self.cleaned_data
        return {"first_line": typed["first_line"], "postcode": typed["postcode"]}


class PassOn(Quiet):
    """To whom a contact goes, and why."""

    to = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Pass to",
        empty_label="Choose",
        error_messages={"required": "Choose a colleague"},
    )
    because = forms.CharField(
        max_length=200, label="Why", error_messages={"required": "Say why you pass it on"}
    )

    def __init__(self, data: Any = None, *, colleagues: Any) -> None:
        super().__init__(data)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = colleagues


class Invite(Quiet):
    """A way in by e-mail, and for whom else."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address like name@example.com",
        },
    )
    act_for = forms.BooleanField(required=False)
    authority = forms.CharField(
        max_length=300, required=False, label="Who agreed to this, and how?"
    )

    def __init__(self, data: Any = None, *, person: Person, other: Person | None) -> None:
        way = getattr(person, "way_in", None)
        super().__init__(data, initial={"email": way.sign_in.email if way else person.email})
        if other is None:
            del self.fields["act_for"], self.fields["authority"]
        else:
            self.fields["act_for"].label = f"May act for {other.formal_name} too"


class Facts(Quiet):
    """What everybody is asked once."""

    phone = PhoneField(required=False, label="Telephone")
    best_time = forms.CharField(max_length=60, required=False, label="Best time to ring")
    email = forms.EmailField(
        required=False,
        label="E-mail",
        max_length=254,
        error_messages={"invalid": "Enter an e-mail address like name@example.com"},
    )
    date_of_birth = DateField(required=False, label="Date of birth")
    nhs_number = forms.CharField(max_length=14, required=False, label="NHS number")
    ethnic_group = forms.CharField(max_length=60, required=False, label="Ethnic group")
    first_language = forms.CharField(max_length=40, required=False, label="First language")
    likes_to_be_called = forms.CharField(max_length=80, required=False, label="Likes to be called")
    formats = forms.MultipleChoiceField(
        choices=Format.choices,
        required=False,
        label="How they need to be told",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, person: Person, on: date, formats: Sequence[str] = ()
    ) -> None:
        known = {name: getattr(person, name) for name in self.base_fields if name != "formats"}
        super().__init__(data, initial=known | {"formats": list(formats)})
        self.person, self.on = person, on

    def clean_date_of_birth(self) -> date | None:
        """Not after today."""
        return _birth_date(self.cleaned_data["date_of_birth"], on=self.on)

    def clean_nhs_number(self) -> str | None:
        """Ten digits whose last one checks the others, and nobody else's."""
        try:
            return nhs_number_for(self.person, self.cleaned_data["nhs_number"] or "")
        except NotAnNhsNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class CallBack(Quiet):
    """Whether each entry suits, and why not."""

    def __init__(self, data: Any = None, *, sent: Iterable[Signpost]) -> None:
        super().__init__(data)
        self.sent = list(sent)
        for one in self.sent:
            self._ask(one)
        for field in self.fields.values():
            field.quietly_optional = True  # type: ignore[attr-defined]

    def _ask(self, one: Signpost) -> None:
        self.fields[f"result-{one.pk}"] = forms.ChoiceField(
            choices=Found.choices, required=False, label=one.name, widget=forms.RadioSelect
        )
        self.fields[f"why-{one.pk}"] = forms.ChoiceField(
            choices=[("", "Choose"), *WhyNot.choices], required=False, label="If not, why?"
        )
        self.fields[f"words-{one.pk}"] = forms.CharField(
            max_length=300, required=False, label="In their words"
        )

    def results(self) -> dict[int, Result]:
        """What was found, entry by entry; an entry without an answer is left out."""
        typed = self.cleaned_data
        return {
            one.pk: Result(
                typed[f"result-{one.pk}"], typed[f"why-{one.pk}"], typed[f"words-{one.pk}"]
            )
            for one in self.sent
            if typed[f"result-{one.pk}"]
        }


class FirstCall(Quiet):
    """How the first call of a named worker went."""

    words = forms.CharField(
        max_length=300,
        label="How did the call go?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write how the call went",
            "max_length": "Keep it under 300 letters",
        },
    )


class Apply(Quiet):
    """Which concession, and for whom."""

    person = forms.ChoiceField(
        label="For", widget=forms.RadioSelect, error_messages={"required": "Choose for whom"}
    )
    kind = forms.ChoiceField(
        label="What for",
        choices=ConcessionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they apply for"},
    )

    def __init__(self, data: Any = None, *, persons: Sequence[Person]) -> None:
        super().__init__(data, initial={"person": str(persons[0].pk)} if persons else {})
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(one.pk), one.formal_name) for one in persons]
