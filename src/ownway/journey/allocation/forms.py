"""What is typed on the pages of a budget."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms import BoundField

from ownway.design.fields import MoneyField
from ownway.journey.allocation.models import LookAgain
from ownway.journey.allocation.queries import fact_at
from ownway.policy import domains, facts


class SendLetter(forms.Form):
    """To whom a budget letter is written."""

    to = forms.ChoiceField(label="To", widget=forms.RadioSelect)

    def __init__(self, *args: Any, readers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in readers]
        field.error_messages["required"] = "Choose who the letter is for"


class NoteCall(forms.Form):
    """How a promised call went."""

    words = forms.CharField(
        label="How did the call go?",
        max_length=300,
        error_messages={"required": "Write how the call went"},
    )


class Answer(forms.Form):
    """What was found when a budget was looked at again."""

    answer = forms.CharField(
        label="What you found",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The person gets these words in a letter.",
        error_messages={"required": "Write what you found, in words the person can read"},
    )


class LookAgainForm(forms.Form):
    """What somebody thinks is wrong, and who should look."""

    words = forms.CharField(
        label="What do you think is wrong?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="A few words are enough. You can call us if that is easier.",
        error_messages={"required": "Tell us what you think is wrong"},
    )
    who = forms.ChoiceField(
        label="Who should look at it?",
        help_text="Someone new did not make the first choice. You may ask for the same person.",
        choices=[(one.value, one.label) for one in (LookAgain.Who.NEW, LookAgain.Who.SAME)],
        initial=LookAgain.Who.NEW,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who should look at it"},
    )


class AskForMore(forms.Form):
    """What a draft plan shows: what is short, what was tried, and what it means."""

    shortfall = forms.CharField(
        label="What does the budget not pay for?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say which help in the plan, and what it costs.",
        error_messages={"required": "Say what the budget does not pay for"},
    )
    tried = forms.CharField(
        label="What else have you looked at?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It may be free help, a lower price, or other people.",
    )
    impact = forms.CharField(
        label="What happens if the budget stays as it is?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what happens if it stays as it is"},
    )

    def refuse(self, reasons: Iterable[tuple[str, str]]) -> None:
        """Show each reason beside its box, or at the top of the page."""
        for words, name in reasons:
            self.add_error(name if name in self.fields else None, words)


class DecideMore(forms.Form):
    """How much a budget is from now, and why."""

    weekly_pence = MoneyField(
        label="Budget each week from now",
        most_pence=10_000_00,
        help_text="It may be any sum that meets the needs: what was worked out is no limit.",
        error_messages={"required": "Enter the budget each week, also when it stays the same"},
    )
    because = forms.CharField(
        label="Why, in words the person will read",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="If it stays as it is, say how the needs are met all the same.",
        error_messages={"required": "Say why, in words the person can read"},
    )

    def refuse(self, reasons: Iterable[tuple[str, str]]) -> None:
        """Show each reason beside its box, or at the top of the page."""
        for words, name in reasons:
            self.add_error(name if name in self.fields else None, words)


class Part:
    """One part of life on a trial form: its name and its choices."""

    def __init__(self, name: str, fields: list[BoundField]) -> None:
        self.name = name
        self.fields = fields


class Answers(forms.Form):
    """Every fact the rules ask for, to try. Nothing of it is kept.

    `wanted` are the names of those facts, as the rules give them; `start` what is known of some.
    """

    def __init__(
        self, *args: Any, who: str, wanted: Sequence[str], start: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        self.paths = {_field_name(path): path for path in wanted}
        for name, path in self.paths.items():
            self.fields[name] = _asked(path, who, facts.at(start, path))

    def parts(self) -> Iterator[Part]:
        """The nine parts in order, each with what is asked about it."""
        for part in domains.CARER_NINE if self.who == "carer" else domains.NINE:
            inside = f"answers.{part.key}."
            own = [self[n] for n, path in self.paths.items() if path.startswith(inside)]
            if own:
                yield Part(part.name, own)

    def around(self) -> list[BoundField]:
        """What is asked besides: the nights, who lives there, and what other rules may ask."""
        return [self[n] for n, path in self.paths.items() if not path.startswith("answers.")]

    @property
    def tried(self) -> dict[str, Any]:
        """What was chosen, as the rules read it."""
        known: dict[str, Any] = {"who": self.who}
        for name, path in self.paths.items():
            *above, last = path.split(".")
            inner = known
            for key in above:
                inner = inner.setdefault(key, {})
            inner[last] = self._read(name, path)
        return known

    @property
    def link(self) -> str:
        """The same choices as the end of an address."""
        return urlencode({name: self.data[name] for name in self.paths if name in self.data})

    def _read(self, name: str, path: str) -> Any:
        said = self.cleaned_data[name]
        fact = fact_at(path, self.who)
        if isinstance(fact, facts.Flag):
            return said == "yes"
        return int(said) if isinstance(fact, facts.Whole) else said


def _field_name(path: str) -> str:
    """`answers.eating.level` is the field eating; beside it are eating_help and more."""
    if not path.startswith("answers."):
        return path
    _, part, last = path.split(".")
    return part if last == "level" else f"{part}_{last}"


_ASKED = {
    "level": "Help needed",
    "help": "Help from family or friends",
    "two_people": "Does it take two people?",
    "night": "Help at night",
    "living": "Who lives in the home?",
    "reason": "What is the help mainly for?",
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "help": domains.HELP,
    "night": {
        "none": "None",
        "sleep_in": "Someone sleeps in, and helps now and then",
        "waking": "Someone stays awake all night",
    },
    "living": {"with_others": "Lives with others", "alone": "Lives alone"},
}


def _asked(path: str, who: str, known: Any) -> forms.Field:
    last = path.rpartition(".")[2]
    fact = fact_at(path, who)
    label = _ASKED.get(last, _plain(last))
    if last == "level":
        levels = domains.CARER_LEVELS if who == "carer" else domains.LEVELS
        return _choice(label, enumerate(levels), known or 0)
    if isinstance(fact, facts.Flag):
        return _choice(label, {"no": "No", "yes": "Yes"}.items(), "yes" if known else "no")
    if isinstance(fact, facts.Choice):
        said = _CHOICES.get(last, {})
        options = [(one, said.get(one) or _plain(one)) for one in fact.options]
        return _choice(label, options, known or fact.options[0])
    return _number(label, fact, known or 0)


def _plain(name: str) -> str:
    words = name.removesuffix("_pence").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _choice(label: str, choices: Any, initial: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(value), words) for value, words in choices],
        initial=str(initial),
        error_messages={
            "required": f"{label}: choose one of the answers",
            "invalid_choice": f"{label}: choose one of the answers",
        },
    )


def _number(label: str, fact: facts.Fact, initial: Any) -> forms.IntegerField:
    least, most = getattr(fact, "least", 0), getattr(fact, "most", 10**6)
    words = f"{label}: enter a whole number from {least} to {most:,}"
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )
