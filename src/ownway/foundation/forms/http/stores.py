"""Where a page's answers are kept: in the database, or only in the session while trying a form."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from django.contrib.sessions.backends.base import SessionBase

from ownway.design.questionnaire import answers as places
from ownway.design.questionnaire.answers import Spot, Values
from ownway.design.questionnaire.facts import Facts, known_ids, with_known
from ownway.design.questionnaire.jsontext import Json, dump, load
from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.reading_typed import Fault
from ownway.design.questionnaire.responses import from_response, to_response
from ownway.design.questionnaire.scoring import with_totals
from ownway.design.questionnaire.typed import missing
from ownway.foundation.council.models import SignIn
from ownway.foundation.forms import access, actions
from ownway.foundation.forms.models import Answers, Form


class Store(Protocol):
    """What the pages need of answers, wherever they are kept."""

    form: Questionnaire
    title: str
    facts: Facts
    may_write: bool
    is_finished: bool

    @property
    def values(self) -> Mapping[Spot, Values]:
        """The answers, with what the record knows in its place."""

    @property
    def version(self) -> int:
        """How often they were saved; a page sends it back."""

    @property
    def saved_at(self) -> datetime | None:
        """When they were last saved."""

    @property
    def clashes(self) -> Mapping[str, Json]:
        """What two people answered at the same time, by field."""

    def save(self, typed: Mapping[Spot, Values], *, seen: int) -> frozenset[str]:
        """Keep what a page sent; say which fields somebody else had changed."""

    def take_out_row(self, group: Spot, row: int) -> None:
        """Take a row out of a repeating group."""

    def settle(self, name: str, *, use_other: bool) -> None:
        """Choose between two answers."""

    def finish(self) -> None:
        """Finish, or raise `CannotFinish`."""

    def still_needed(self) -> Mapping[str, Fault]:
        """What must be answered before finishing."""


class StoredAnswers:
    """Answers in the database, read and written for one viewer at one moment."""

    def __init__(
        self, answers: Answers, *, by: SignIn, at: datetime, facts: Facts, words: str = ""
    ) -> None:
        self.answers, self.by, self.at, self.facts, self.words = answers, by, at, facts, words
        self.form = answers.form.questionnaire
        self.title = answers.form.title
        self.may_write = access.may_write(by, answers, at=at)
        self.is_finished = answers.is_finished

    @property
    def values(self) -> Mapping[Spot, Values]:
        """The answers; while in progress the record's facts lie over them."""
        if self.is_finished:
            return self.answers.values
        return with_known(self.form, self.answers.values, self.facts)

    @property
    def version(self) -> int:
        """The version kept now."""
        return self.answers.version

    @property
    def saved_at(self) -> datetime | None:
        """When they were last saved."""
        return self.answers.saved_at

    @property
    def clashes(self) -> Mapping[str, Json]:
        """As kept."""
        clashes: Mapping[str, Json] = self.answers.clashes
        return clashes

    def save(self, typed: Mapping[Spot, Values], *, seen: int) -> frozenset[str]:
        """Merge what a page sent into what is kept."""
        saved = actions.save_page(
            self.answers, typed, seen=seen, by=self.by, at=self.at, facts=self.facts
        )
        self.answers = saved.answers
        return saved.clashes

    def take_out_row(self, group: Spot, row: int) -> None:
        """Take a row out."""
        self.answers = actions.take_out_row(self.answers, group, row, by=self.by, at=self.at)

    def settle(self, name: str, *, use_other: bool) -> None:
        """Choose between two answers."""
        self.answers = actions.settle_clash(
            self.answers, name, use_other=use_other, by=self.by, at=self.at
        )

    def finish(self) -> None:
        """Finish for good."""
        self.answers = actions.finish(
            self.answers, by=self.by, at=self.at, facts=self.facts, words=self.words
        )

    def still_needed(self) -> Mapping[str, Fault]:
        """What must be answered before finishing."""
        return actions.still_needed(self.answers, self.values, self.facts)


class TriedAnswers:
    """Answers to a form being tried: kept in the session, about nobody, never in the database."""

    may_write = True
    is_finished = False
    saved_at = None
    facts: Facts = MappingProxyType({})
    clashes: Mapping[str, Json] = MappingProxyType({})

    def __init__(self, form: Form, session: SessionBase) -> None:
        self.form, self.title = form.questionnaire, form.title
        self.session, self.key = session, f"tried-form-{form.pk}"
        self._read: tuple[str, Mapping[Spot, Values]] = ("", {})  # A page asks several times.

    @property
    def values(self) -> Mapping[Spot, Values]:
        """What was tried so far; at first, what the form begins with."""
        held = self.session.get(self.key)
        if held is None:
            return with_totals(self.form, places.begun(self.form))
        if held != self._read[0]:
            self._read = (held, from_response(self.form, load(held).value))
        return self._read[1]

    @property
    def version(self) -> int:
        """Only one person tries."""
        return 0

    def save(self, typed: Mapping[Spot, Values], *, seen: int) -> frozenset[str]:
        """Keep in the session."""
        self._hold(places.squeezed(self.form, {**self.values, **typed}))
        return frozenset()

    def _hold(self, values: Mapping[Spot, Values]) -> None:
        self.session[self.key] = dump(to_response(self.form, with_totals(self.form, values)))

    def take_out_row(self, group: Spot, row: int) -> None:
        """Take a row out."""
        self._hold(places.without_row(self.form, self.values, group, row))

    def settle(self, name: str, *, use_other: bool) -> None:
        """Nobody else answers here."""

    def finish(self) -> None:
        """Forget what was tried; complain first, as finishing would."""
        if faults := self.still_needed():
            raise actions.CannotFinish(faults)
        self.session.pop(self.key, None)

    def still_needed(self) -> Mapping[str, Fault]:
        """What must be answered before finishing."""
        return missing(self.form, self.values, known_ids(self.form, self.facts))
