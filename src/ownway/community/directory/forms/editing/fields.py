"""The fields of an entry: what may be typed into each, and how it is told when it is wrong."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from ownway.community.directory.actions import lines
from ownway.community.directory.forms.cleaning import clean
from ownway.community.directory.models import Status
from ownway.design.fields import DateField
from ownway.design.telephones import NotATelephone, checked_phone
from ownway.policy import domains

MOST_LINES: Final = 30
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")


class Words(forms.CharField):
    """Plain words: markup and hidden marks are taken out."""

    def clean(self, value: Any) -> str:
        """Check the length, then take out what is not text."""
        return clean(str(super().clean(value)))


class Lines(forms.CharField):
    """Several lines, each checked and put in order by itself. Clean value: a list."""

    def __init__(self, *, each: Callable[[str], str], what: str, **options: Any) -> None:
        self.each, self.what = each, what
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=3000, **options)
        self.error_messages["max_length"] = f"Write at most 3,000 letters for {what}"

    def clean(self, value: Any) -> Any:
        """Each line that has words, once."""
        typed = [clean(line) for line in super().clean(value).splitlines()]
        found = [line for line in typed if line]
        if len(found) > MOST_LINES:
            raise ValidationError(f"Write at most {MOST_LINES} lines for {self.what}")
        if too_long := next((line for line in found if len(line) > 250), None):
            raise ValidationError(f"Make this line shorter: “{too_long[:40]}…”")
        return list(dict.fromkeys(self.each(line) for line in found))


def _time(line: str) -> str:
    read = lines.spoken_times(line)
    if read.ends_first:
        raise ValidationError(f"“{line}” ends before it starts")
    return read.line if read.is_read else line


def _price(line: str) -> str:
    if re.match(r"£?\s*[-−]\s*\d", line):
        raise ValidationError(f"“{line}” is less than nothing. Write a price like “£2 each”")
    return lines.read_price(line).line


def _phone(line: str) -> str:
    number, _, words = line.partition(",")
    try:
        checked_phone(number.strip())
    except NotATelephone as wrong:
        raise ValidationError(f"“{number.strip()[:40]}”: {wrong}") from wrong
    return f"{number.strip()}, {words.strip()}" if words.strip() else number.strip()


def _as_it_is(line: str) -> str:
    return line


class Postcode(forms.CharField):
    """A postcode, put as it is written."""

    def clean(self, value: Any) -> str:
        """AL1 1AA, however it was typed."""
        typed = super().clean(value)
        if not typed:
            return ""
        found = _POSTCODE.fullmatch(re.sub(r"[\s-]", "", typed).upper())
        if not found:
            raise ValidationError("Enter a full postcode, like AL1 1AA")
        return f"{found[1]} {found[2]}"


class Website(forms.CharField):
    """A web address; https is put before it when it is left out."""

    def clean(self, value: Any) -> str:
        """A whole address of a page, or nothing."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return ""
        whole = typed if re.match(r"[a-z][a-z0-9+.-]*:", typed, re.I) else f"https://{typed}"
        try:
            URLValidator(schemes=["http", "https"])(whole)
        except ValidationError as wrong:
            raise ValidationError("Enter a web address, like www.example.org.uk") from wrong
        return whole


class Email(forms.CharField):
    """An e-mail address."""

    def clean(self, value: Any) -> str:
        """An address, or nothing."""
        typed = str(super().clean(value)).strip()
        if typed:
            try:
                validate_email(typed)
            except ValidationError as wrong:
                raise ValidationError(
                    "Enter an e-mail address, like name@example.org.uk"
                ) from wrong
        return typed


class Age(forms.CharField):
    """An age in years. Clean value: a number, or None."""

    def __init__(self, **options: Any) -> None:
        look = {"inputmode": "numeric", "class": "govuk-input--width-3"}
        super().__init__(max_length=10, widget=forms.TextInput(attrs=look), **options)

    def clean(self, value: Any) -> Any:
        """Whole years."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and int(typed) <= 120):
            raise ValidationError("Enter an age in whole years, like 18")
        return int(typed)


def _text(most: int, what: str, *, width: str = "") -> Callable[..., forms.Field]:
    attrs = {"class": width} if width else {}
    wrong = {"max_length": f"{what} is at most {most} letters long"}

    def made(**options: Any) -> forms.Field:
        return Words(
            max_length=most, widget=forms.TextInput(attrs=attrs), error_messages=wrong, **options
        )

    return made


def _long(most: int, what: str, rows: int) -> Callable[..., forms.Field]:
    wrong = {"max_length": f"{what} is at most {most:,} letters long"}

    def made(**options: Any) -> forms.Field:
        look = forms.Textarea(attrs={"rows": rows})
        return Words(max_length=most, widget=look, error_messages=wrong, **options)

    return made


def _lines(each: Callable[[str], str], what: str) -> Callable[..., forms.Field]:
    return lambda **options: Lines(each=each, what=what, **options)


def _domains(**options: Any) -> forms.Field:
    choices = [(one.key, one.name) for one in domains.NINE]
    return forms.MultipleChoiceField(
        choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


def _status(**options: Any) -> forms.Field:
    labels = {Status.ACTIVE: "Open", Status.CLOSED_FOR_NOW: "Closed for now"}
    ended = {Status.DEFUNCT: "Ended for good: take it out of the directory"}
    choices = [(key.value, label) for key, label in (labels | ended).items()]
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is open"},
        **(options | {"required": True}),
    )


MAKE: Final[Mapping[str, Callable[..., forms.Field]]] = {
    "name": _text(200, "The name"),
    "what": _text(200, "The line"),
    "description": _long(5000, "The text", 8),
    "times": _lines(_time, "the times"),
    "first_day": lambda **options: DateField(like="14 2 2026", **options),
    "last_day": lambda **options: DateField(like="14 2 2026", **options),
    "prices": _lines(_price, "the prices"),
    "fees": _long(1000, "The text", 3),
    "comes_to_you": lambda **options: forms.BooleanField(**options),
    "place_name": _text(200, "The name of the place"),
    "address": _text(255, "The address"),
    "town": _text(120, "The town"),
    "postcode": lambda **options: Postcode(
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"max_length": "Enter a full postcode, like AL1 1AA"},
        **options,
    ),
    "access": _lines(_as_it_is, "getting in"),
    "area": _text(500, "The area"),
    "phones": _lines(_phone, "the phones"),
    "email": lambda **options: Email(
        max_length=254, widget=forms.TextInput(attrs={"inputmode": "email"}), **options
    ),
    "url": lambda **options: Website(
        max_length=500, widget=forms.TextInput(attrs={"inputmode": "url"}), **options
    ),
    "contact_name": _text(160, "The name"),
    "contact_title": _text(160, "The role"),
    "domains": _domains,
    "words": _lines(_as_it_is, "these words"),
    "minimum_age": lambda **options: Age(**options),
    "maximum_age": lambda **options: Age(**options),
    "accreditations": _long(1000, "The text", 3),
    "status": _status,
    "alert": _long(500, "The notice", 3),
    "shown_from": lambda **options: DateField(like="14 2 2026", **options),
    "shown_until": lambda **options: DateField(like="14 2 2026", **options),
}
SAID: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("Name", ""),
    "what": ("What it is, in one line", "People see this line in the list"),
    "description": ("More about it", "In plain words. Say what happens, and for whom"),
    "times": ("Times", "One line each. Like “Mon to Fri 9am to 5pm” or “1st Tuesday 6.30pm”"),
    "first_day": ("First day", "Like 14 2 2026"),
    "last_day": ("Last day", "Like 15 2 2026"),
    "prices": ("Prices", "One line each. Like “£2 each”, “£17.50 an hour” or “free”"),
    "fees": ("More about prices", "Who pays less, what is free, how to pay"),
    "comes_to_you": ("We come to people’s homes", ""),
    "place_name": ("Name of the place", "Like “Meadow Hall”"),
    "address": ("Address", ""),
    "town": ("Town", ""),
    "postcode": ("Postcode", "With it people find you by how near you are"),
    "access": ("Getting in", "One line each. Like “Level way in” or “Hearing loop”"),
    "area": ("Area you serve", ""),
    "phones": ("Phone", "One line each. Words may follow, like “01632 960100, evenings”"),
    "email": ("E-mail", ""),
    "url": ("Website", ""),
    "contact_name": ("Whom to ask for", ""),
    "contact_title": ("Their role", ""),
    "domains": ("What it helps with", "Tick all that fit"),
    "words": ("Words people may search by", "One line each. Like “gardening”"),
    "minimum_age": ("Youngest age", "Leave it empty for all ages"),
    "maximum_age": ("Oldest age", "Leave it empty for all ages"),
    "accreditations": ("Checks and awards", "Like a food hygiene rating or a safety check"),
    "status": ("Open or closed", ""),
    "alert": ("Notice at the top", "Like “Closed until 2 March for building work”"),
    "shown_from": ("Show from", "Leave it empty to show it at once"),
    "shown_until": (
        "Show until",
        "It leaves the directory after this day. Leave it empty for none",
    ),
}
ALWAYS: Final = {"name": "Enter a name", "what": "Say what it is, in one line"}
