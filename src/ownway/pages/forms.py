"""What was typed on pages that span stages, into clean values."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.timezone import localtime

from ownway.design.fields import DateField, PhoneField
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people import queries
from ownway.foundation.people.models import Format, FormatNeed, Person, RelationshipKind, Sex
from ownway.foundation.record import actions as record


class GiveReason(forms.Form):
    """Why a record that is not yours must be opened."""

    because = forms.CharField(
        label="Why do you need to open this record?",
        help_text="The person can read your name and this reason.",
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you need to open this record",
            "min_length": "Say a little more about why you need to open this record",
        },
    )


class WriteNote(forms.Form):
    """A note for the record."""

    note = forms.CharField(
        label="Your note",
        help_text="The person can read it. Write it so that you would not mind.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Write the note",
            "max_length": "Keep it under 5,000 letters, or write two notes",
        },
    )


class AddToFamily(forms.Form):
    """Somebody found on the record, and what they are to the person."""

    who = forms.ChoiceField(
        label="Who",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it is", "invalid_choice": "Choose who it is"},
    )
    kind = forms.ChoiceField(
        label="What they are to the person",
        choices=[("", "Choose"), *RelationshipKind.choices],
        error_messages={"required": "Choose what they are to the person"},
    )
    cares = forms.ChoiceField(
        label="Does one care for the other?",
        choices=[
            ("", "No"),
            ("they", "They care for the person"),
            ("person", "The person cares for them"),
        ],
        required=False,
    )
    lives_here = forms.BooleanField(label="They live at the same address", required=False)

    def __init__(self, data: Any, *, person: Person, found: list[Person]) -> None:
        self.person = person
        self.found = {str(one.pk): one for one in found}
        super().__init__(data)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(key, _known_as(one)) for key, one in self.found.items()]
        self.fields["cares"].quietly_optional = True  # type: ignore[attr-defined]

    @transaction.atomic
    def carry_out(self, *, by: SignIn, at: datetime) -> None:
        """Tie them, and give them one home where one of them has none or it was said."""
        other, said = self.found[self.cleaned_data["who"]], self.cleaned_data
        cares = said["cares"]
        people.tie(other, to=self.person, kind=said["kind"], cares_for=cares == "they")
        if cares == "person":
            people.tie(self.person, to=other, kind="relative", cares_for=True)
        if said["lives_here"] and self.person.household_id:
            people.change_person(other, household=self.person.household)
        elif said["lives_here"] and other.household_id:
            people.change_person(self.person, household=other.household)
        record.write(
            "tie.said",
            about=self.person,
            by=by,
            at=at,
            words="We wrote down who is close to you",
            other=other.pk,
            tie=said["kind"],
            cares_for=cares == "they",
        )


def _known_as(person: Person) -> str:
    born = f", born {person.date_of_birth.year}" if person.date_of_birth else ""
    lives = f", {person.household.postcode}" if person.household else ""
    return f"{person.name}{born}{lives}"


class ChangeDetails(forms.Form):
    """What is known about a person. Fields start from the record; the worker may change."""

    title = forms.CharField(label="Title", max_length=20, required=False)
    first_name = forms.CharField(
        label="First name", max_length=80, error_messages={"required": "Enter the first name"}
    )
    last_name = forms.CharField(
        label="Last name", max_length=80, error_messages={"required": "Enter the last name"}
    )
    likes_to_be_called = forms.CharField(label="Likes to be called", max_length=80, required=False)
    date_of_birth = DateField(label="Date of birth", required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices)
    ethnic_group = forms.CharField(
        label="Ethnic group, in their words", max_length=60, required=False
    )
    first_language = forms.CharField(label="First language", max_length=40, required=False)
    phone = PhoneField(label="Telephone", required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )
    nhs_number = forms.CharField(label="NHS number", max_length=20, required=False)
    formats = forms.MultipleChoiceField(
        label="How they need to be told",
        choices=Format.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    worker = forms.ChoiceField(label="Named worker", required=False)

    def __init__(self, data: Any, *, person: Person, workers: list[Staff], on: date) -> None:
        self.person, self.on = person, on
        self.workers = {str(staff.pk): staff for staff in workers}
        named = queries.named_worker(person)
        names = ["title", "first_name", "last_name", "likes_to_be_called", "date_of_birth", "sex"]
        names += ["ethnic_group", "first_language", "phone", "email", "nhs_number"]
        initial = {name: getattr(person, name) for name in names}
        initial["formats"] = [need.format for need in queries.format_needs(person)]
        initial["worker"] = str(named.pk) if named else ""
        super().__init__(data, initial=initial)
        options = [(key, f"{s.name}, {s.get_role_display()}") for key, s in self.workers.items()]
        nobody = [] if named else [("", "Nobody yet")]
        self.fields["worker"].choices = [*nobody, *options]  # type: ignore[attr-defined]

    def clean_date_of_birth(self) -> date | None:
        """Nobody is born in days to come."""
        try:
            return people.checked_birth_date(self.cleaned_data["date_of_birth"], on=self.on)
        except people.NotABirthDate as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_nhs_number(self) -> str:
        """Ten digits whose check digit fits, and nobody else's."""
        try:
            number = people.checked_nhs_number(self.cleaned_data["nhs_number"] or "")
        except people.NotAnNhsNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        other = (
            Person.objects.filter(nhs_number=number).exclude(pk=self.person.pk) if number else None
        )
        if other is not None and other.exists():
            raise forms.ValidationError("Somebody else on the record has this NHS number")
        return number or ""

    @transaction.atomic
    def carry_out(self, *, by: SignIn, at: datetime) -> None:
        """Write the changes and tell the record; nothing is written when nothing changed."""
        clean = dict(self.cleaned_data)
        formats, worker = clean.pop("formats"), clean.pop("worker")
        changed = {name: value for name, value in clean.items() if name in self.changed_data}
        if changed:
            people.change_person(self.person, **changed)
        FormatNeed.objects.filter(person=self.person).exclude(format__in=formats).delete()
        for name in formats:
            if not FormatNeed.objects.filter(person=self.person, format=name).exists():
                people.need_format(self.person, format=name, on=localtime(at).date())
        if worker and "worker" in self.changed_data:
            self._name(self.workers[worker], by=by, at=at)
        if self.changed_data:
            record.write(
                "details.changed",
                about=self.person,
                by=by,
                at=at,
                words="Your details were put right",
                fields=sorted(self.changed_data),
            )

    def _name(self, staff: Staff, *, by: SignIn, at: datetime) -> None:
        people.name_worker(self.person, staff=staff, at=at)
        record.write(
            "worker.named",
            about=self.person,
            by=by,
            at=at,
            words=f"{staff.name} is now the one you can ask for",
            staff=staff.pk,
        )
