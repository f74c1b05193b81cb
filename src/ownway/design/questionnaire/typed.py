"""What somebody typed into a form's fields, read into clean answers or plain messages.

Only fields that say they were on the page (in the hidden field `asked`) are read, so half a
page that arrives changes only what it holds. Nothing here raises: what cannot be read becomes
a message beside its field, and what was typed stays with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ownway.design.questionnaire.answers import (
    Answers,
    Spot,
    Values,
    rows_within,
    spots,
)
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.model import Item, Kind, Questionnaire
from ownway.design.questionnaire.naming import MOST_ROWS, name_of, spot_of
from ownway.design.questionnaire.reading_typed import Fault, Post, read

ASKED = "asked"


@dataclass(frozen=True)
class Typed:
    """Clean answers to what was on the page, messages by field name, and what was typed."""

    answers: Mapping[Spot, Values]
    errors: Mapping[str, Fault]
    post: Post = field(repr=False)

    @property
    def is_valid(self) -> bool:
        """Everything on the page could be taken."""
        return not self.errors


def validate(
    form: Questionnaire,
    raw: Mapping[str, Sequence[str]],
    *,
    answers: Answers,
    only: frozenset[str] | None = None,
    demand: bool = True,
    known: frozenset[str] = frozenset(),
) -> Typed:
    """Read what was typed.

    `only` limits it to these link ids (one page); `demand` asks for required answers too;
    `known` are the link ids that the record fills, which nobody may overwrite here.
    """
    post = Post(raw)
    found: dict[Spot, Values] = {}
    errors: dict[str, Fault] = {}
    for spot in _on_the_page(form, post, only, known):
        item = form.by_link_id[spot.link_id]
        try:
            found[spot] = read(item, name_of(spot), post)
        except Fault as fault:
            errors[name_of(spot)] = fault
    asked = Asked(form, {**answers, **found})
    errors = {name: fault for name, fault in errors.items() if _still_asked(form, asked, name)}
    if demand:
        errors |= _missing(form, asked, found, errors)
        errors |= _too_few_rows(form, asked, post, only)
    return Typed(found, errors, post)


def _on_the_page(
    form: Questionnaire, post: Post, only: frozenset[str] | None, known: frozenset[str]
) -> list[Spot]:
    named = dict.fromkeys(name for words in post.every(ASKED) for name in words.split())
    found = (spot_of(form, name) for name in list(named)[:5000])
    return [
        spot
        for spot in found
        if spot
        and _is_open(form.by_link_id[spot.link_id])
        and not known & {spot.link_id, *form.rows_above(spot.link_id)}
        and (only is None or spot.link_id in only)
    ]


def _is_open(item: Item) -> bool:
    return item.is_question and not item.read_only and not item.total and not item.hidden


def _still_asked(form: Questionnaire, asked: Asked, name: str) -> bool:
    spot = spot_of(form, name)
    return spot is not None and asked.is_asked(spot)


def _missing(
    form: Questionnaire,
    asked: Asked,
    found: Mapping[Spot, Values],
    errors: Mapping[str, Fault],
) -> dict[str, Fault]:
    """A message for each required question left empty, except in a row left empty whole."""
    begun = {(form.rows_above(spot.link_id), spot.rows) for spot, values in found.items() if values}
    return {
        name_of(spot): Fault(ask_for(form.by_link_id[spot.link_id]))
        for spot, values in found.items()
        if name_of(spot) not in errors
        and len(values) < _fewest(form.by_link_id[spot.link_id])
        and asked.is_asked(spot)
        and (not spot.rows or (form.rows_above(spot.link_id), spot.rows) in begun)
    }


def _fewest(item: Item) -> int:
    return max(item.limits.fewest or 0, 1) if item.required else 0


def _too_few_rows(
    form: Questionnaire, asked: Asked, post: Post, only: frozenset[str] | None
) -> dict[str, Fault]:
    names = [name for words in post.every(ASKED) for name in words.split()]
    on_page = {spot.link_id for name in names if (spot := spot_of(form, name))}
    return {
        name: fault
        for name, fault in missing_rows(form, asked.answers).items()
        if (spot := spot_of(form, name))
        and (only is None or spot.link_id in only)
        and any(item.link_id in on_page for item in form.by_link_id[spot.link_id].items)
    }


def missing(form: Questionnaire, answers: Answers, known: frozenset[str]) -> dict[str, Fault]:
    """A message for every required question that is asked and has no answer yet."""
    asked = Asked(form, answers)
    questions = {
        name_of(spot): Fault(ask_for(item))
        for item, spot in spots(form, form.items, (), answers)
        if len(answers.get(spot, ())) < _fewest(item)
        and _is_open(item)
        and not known & {item.link_id, *form.rows_above(item.link_id)}
        and asked.is_asked(spot)
    }
    return questions | {
        name: fault
        for name, fault in missing_rows(form, answers).items()
        if (spot := spot_of(form, name)) and spot.link_id not in known
    }


def missing_rows(form: Questionnaire, answers: Answers) -> dict[str, Fault]:
    """A message for every outermost repeating group with fewer rows than it needs."""
    asked = Asked(form, answers)
    found = {}
    for item, above in form.walk():
        spot = Spot(item.link_id)
        if not item.is_many_rows or any(group.is_many_rows for group in above) or item.hidden:
            continue
        few = rows_within(form, spot, answers) < _fewest(item)
        if few and asked.is_asked(spot):
            found[name_of(spot)] = Fault("Fill in at least one", anchor=_first_field(item))
    return found


def _first_field(group: Item) -> str:
    for item in group.items:
        if item.is_question:
            ends = "-day" if item.kind in (Kind.DATE, Kind.DATETIME) else ""
            return name_of(Spot(item.link_id, (0,))) + ends
    return name_of(Spot(group.link_id))


def ask_for(item: Item) -> str:
    """What to say when a required question has no answer."""
    if item.options:
        return "Tick at least one answer" if item.repeats else "Choose an answer"
    words = {
        Kind.BOOLEAN: "Choose yes or no",
        Kind.DATE: "Enter a date",
        Kind.DATETIME: "Enter a date and a time",
        Kind.TIME: "Enter a time",
        Kind.INTEGER: "Enter a whole number",
        Kind.DECIMAL: "Enter a number",
        Kind.QUANTITY: "Enter a number",
    }
    return words.get(item.kind, "Write an answer")


__all__ = ["ASKED", "MOST_ROWS", "Fault", "Typed", "missing", "validate"]
