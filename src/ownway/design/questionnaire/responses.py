"""Answers as a FHIR QuestionnaireResponse, both ways."""

from collections.abc import Iterator, Mapping
from typing import Any

from ownway.design.questionnaire.answers import Answers, Spot, Values, rows_within
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.jsontext import Json
from ownway.design.questionnaire.model import Item, Kind, Questionnaire
from ownway.design.questionnaire.refusals import Problem, Refused
from ownway.design.questionnaire.values import (
    TYPES_OF,
    NotAValue,
    find_value,
    read_value,
    write_value,
)

IN_PROGRESS, COMPLETED = "in-progress", "completed"


def to_response(
    form: Questionnaire,
    answers: Answers,
    *,
    finished: bool = False,
    about: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """The answers as FHIR. Finished, only what is asked is in them; before, all that was said.

    `about` adds what FHIR keeps around the answers: subject, author, authored.
    """
    canonical = "|".join(part for part in (form.url, form.version) if part) if form.url else ""
    writer = _Writer(form, answers, Asked(form, answers) if finished else None)
    items = list(writer.items(form.items, ()))
    return {
        "resourceType": "QuestionnaireResponse",
        **({"questionnaire": canonical} if canonical else {}),
        "status": COMPLETED if finished else IN_PROGRESS,
        **(about or {}),
        **({"item": items} if items else {}),
    }


def write_values(values: Values) -> list[dict[str, Json]]:
    """Values as the `answer` list of FHIR."""
    return [{f"value{kind}": raw} for kind, raw in map(write_value, values)]


def read_values(item: Item, listed: Json) -> Values:
    """The `answer` list of FHIR as values.

    Raises:
        NotAValue: an answer is not of the question's type.
    """
    if not isinstance(listed, list):
        raise NotAValue("“answer” must be a list")
    values = []
    for raw in listed:
        kind, value = find_value(raw if isinstance(raw, dict) else {}, "value")
        if kind not in TYPES_OF[item.kind]:
            raise NotAValue(f"a {item.kind} question cannot be answered with value{kind}")
        values.append(read_value(kind, value))
    if len(values) > 1 and not item.repeats:
        raise NotAValue("this question takes one answer")
    return tuple(values)


class _Writer:
    def __init__(self, form: Questionnaire, answers: Answers, asked: Asked | None) -> None:
        self.form, self.answers, self.asked = form, answers, asked

    def items(self, items: tuple[Item, ...], rows: tuple[int, ...]) -> Iterator[dict[str, Json]]:
        for item in items:
            spot = Spot(item.link_id, rows)
            if item.kind is Kind.DISPLAY or (self.asked and not self.asked.is_asked(spot)):
                continue
            if item.is_many_rows:
                for row in range(rows_within(self.form, spot, self.answers)):
                    yield from self._group(item, (*rows, row))
            elif item.kind is Kind.GROUP:
                yield from self._group(item, rows)
            else:
                yield from self._question(item, spot)

    def _group(self, item: Item, rows: tuple[int, ...]) -> Iterator[dict[str, Json]]:
        inner = list(self.items(item.items, rows))
        if inner:
            yield {**_head(item), "item": inner}

    def _question(self, item: Item, spot: Spot) -> Iterator[dict[str, Json]]:
        answer = write_values(self.answers.get(spot, ()))
        inner = list(self.items(item.items, spot.rows))
        if answer and inner:
            answer[0]["item"] = inner
        if answer:
            yield {**_head(item), "answer": answer}


def _head(item: Item) -> dict[str, Json]:
    return {"linkId": item.link_id, **({"text": item.text} if item.text else {})}


def from_response(form: Questionnaire, response: Mapping[str, Any]) -> dict[Spot, Values]:
    """The answers in a FHIR QuestionnaireResponse to this form.

    Raises:
        Refused: it answers something the form does not ask, or not in the way it asks.
    """
    if response.get("resourceType") != "QuestionnaireResponse":
        raise Refused((Problem(1, "", "This is not a FHIR QuestionnaireResponse"),))
    reader = _Reader(form)
    reader.items(response, form.items, ())
    if reader.problems:
        raise Refused(tuple(reader.problems))
    return reader.found


class _Reader:
    def __init__(self, form: Questionnaire) -> None:
        self.form = form
        self.found: dict[Spot, Values] = {}
        self.problems: list[Problem] = []

    def items(
        self, source: Mapping[str, Json], items: tuple[Item, ...], rows: tuple[int, ...]
    ) -> None:
        here = {item.link_id: item for item in items}
        seen: dict[str, int] = {}
        listed = source.get("item", [])
        for raw in listed if isinstance(listed, list) else []:
            link_id = str(raw.get("linkId")) if isinstance(raw, dict) else ""
            item = here.get(link_id)
            row = seen.get(link_id, 0)
            seen[link_id] = row + 1
            if item is None:
                self._refuse(link_id, "The form has no such question here")
            elif row and not item.is_many_rows:
                self._refuse(link_id, "This is answered twice")
            elif item.kind is Kind.GROUP:
                self.items(raw, item.items, (*rows, row) if item.is_many_rows else rows)
            elif item.is_question:
                self._question(item, raw, rows)

    def _question(self, item: Item, raw: Mapping[str, Json], rows: tuple[int, ...]) -> None:
        listed = raw.get("answer", [])
        try:
            values = read_values(item, listed)
        except NotAValue as error:
            self._refuse(item.link_id, str(error).capitalize())
            return
        if values:
            self.found[Spot(item.link_id, rows)] = values
        for answer in listed:
            self.items(answer, item.items, rows)

    def _refuse(self, link_id: str, reason: str) -> None:
        self.problems.append(Problem(1, link_id[:60], reason))
