"""Words of the glossary, and questions with their choices."""

from typing import Any

from django import forms

from ownway.community.information.models import Page, Question
from ownway.community.information.queries.pages import titles_of

MOST_CHOICES = 8


class ExplainWord(forms.Form):
    """A word and what it means."""

    term = forms.CharField(
        label="Word",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": "Enter the word", "max_length": "Use at most 60 letters"},
    )
    meaning = forms.CharField(
        label="What it means, in plain words",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what the word means",
            "max_length": "Use at most 400 letters",
        },
    )


class WriteQuestion(forms.Form):
    """A question of the guide, and up to eight answers, each leading to one place."""

    title = forms.CharField(
        label="Question",
        max_length=120,
        error_messages={"required": "Write the question", "max_length": "Use at most 120 letters"},
    )
    hint = forms.CharField(
        label="A word of help under it", required=False, max_length=250,
        error_messages={"max_length": "Use at most 250 letters"},
    )  # fmt: skip

    def __init__(self, *args: Any, question: Question | None = None, **options: Any) -> None:
        options["initial"] = _as_typed(question)
        super().__init__(*args, **options)
        self.questions = {
            q.pk: q for q in Question.objects.all() if question is None or q != question
        }
        self.pages = {page.pk: page for page in Page.objects.filter(taken_down_on=None)}
        titles = titles_of(self.pages.values())
        places = [
            ("", "Nothing"),
            ("Another question", [(f"q{pk}", q.title) for pk, q in self.questions.items()]),
            ("A page", [(f"p{pk}", titles.get(pk, p.slug)) for pk, p in self.pages.items()]),
        ]
        for number in range(MOST_CHOICES):
            self.fields[f"words{number}"] = forms.CharField(
                label=f"Answer {number + 1}", required=False, max_length=120
            )
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=f"Answer {number + 1} leads to", required=False, choices=places
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The boxes of each answer."""
        return [(self[f"words{n}"], self[f"to{n}"]) for n in range(MOST_CHOICES)]

    def clean(self) -> dict[str, Any]:
        """Each answer has words and a place, and no answer is there twice."""
        cleaned = super().clean() or {}
        seen = set[str]()
        for number in range(MOST_CHOICES):
            words, to = cleaned.get(f"words{number}", "").strip(), cleaned.get(f"to{number}", "")
            if words and not to:
                self.add_error(f"to{number}", f"Say where “{words[:40]}” leads")
            if to and not words:
                self.add_error(f"words{number}", "Write the answer that leads there")
            if words and words.lower() in seen:
                self.add_error(f"words{number}", "This answer is there twice")
            seen.add(words.lower())
        return cleaned

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The answers that were filled in, in order."""
        filled = [
            (self.cleaned_data[f"words{n}"].strip(), self.cleaned_data[f"to{n}"])
            for n in range(MOST_CHOICES)
        ]
        return [
            {
                "words": words,
                "hint": "",
                "next_question": self.questions.get(int(to[1:])) if to[0] == "q" else None,
                "next_page": self.pages.get(int(to[1:])) if to[0] == "p" else None,
            }
            for words, to in filled
            if words and to
        ]


def _as_typed(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    typed = {"title": question.title, "hint": question.hint}
    for number, choice in enumerate(question.choices.all()[:MOST_CHOICES]):
        typed[f"words{number}"] = choice.words
        typed[f"to{number}"] = (
            f"q{choice.next_question_id}" if choice.next_question_id else f"p{choice.next_page_id}"
        )
    return typed
