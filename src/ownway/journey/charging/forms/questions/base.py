"""What the form of every question about money has."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from ownway.design.fields import AbstractForm
from ownway.journey.charging.forms.words import Asked
from ownway.journey.charging.queries import Question
from ownway.policy.packs import Pack

Answer = dict[str, Any]


class QuestionForm(forms.Form, metaclass=AbstractForm):
    """One question. `said` is the answer to keep; `typed` shows a kept one again."""

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question,
        asked: Asked,
        pack: Pack,
        on: date,
        kept: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        self.question, self.asked, self.pack, self.on = question, asked, pack, on
        super().__init__(data, initial=self.typed(kept) if kept else None, prefix=prefix)
        self.ask()

    def ask(self) -> None:
        """Put the question's own words on the fields."""

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """A kept answer as it would be typed."""
        return dict(kept)

    @property
    def said(self) -> Answer:
        """The answer to keep."""
        return dict(self.cleaned_data)

    @abstractmethod
    def shown(self, kept: Mapping[str, Any]) -> str:
        """A kept answer in words, for a check page."""

    def first(self) -> forms.BoundField:
        """The field that stands for the question."""
        return next(iter(self))
