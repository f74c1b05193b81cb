"""All answers of a form in order, to check, to read or to print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ownway.design.questionnaire.answers import Answers, Spot, rows_within
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.model import Item, Kind, Questionnaire
from ownway.design.questionnaire.words import Names, all_said, label


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer, to check or to print; `page` is where it can be changed."""

    label: str
    words: str
    page: str = ""
    is_known: bool = False
    choices: tuple[str, ...] = ()
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A group's lines under its title."""

    title: str
    level: int
    lines: list[Line]


def summary(
    form: Questionnaire,
    answers: Answers,
    *,
    known: frozenset[str] = frozenset(),
    names: Names | None = None,
    page_of: Mapping[str, str] | None = None,
    every: bool = False,
) -> list[Part]:
    """The answers in order under the titles of their groups; only what is asked.

    With `every`, all questions, asked or not, and one empty row of each group: a form on paper.
    """
    return list(_Summary(form, answers, known, names or {}, page_of or {}, every).parts())


class _Summary:
    def __init__(
        self,
        form: Questionnaire,
        answers: Answers,
        known: frozenset[str],
        names: Names,
        page_of: Mapping[str, str],
        every: bool,
    ) -> None:
        self.form, self.answers, self.known = form, answers, known
        self.names, self.page_of, self.every = names, page_of, every
        self.asked = Asked(form, answers)

    def _is_asked(self, spot: Spot) -> bool:
        return self.every or self.asked.is_asked(spot)

    def parts(self) -> Iterator[Part]:
        yield from self._parts(self.form.items, (), "", 2)

    def _parts(
        self, items: Sequence[Item], rows: tuple[int, ...], title: str, level: int
    ) -> Iterator[Part]:
        """The title with the questions right under it, then each group in its turn."""
        part = Part(title, level, [])
        for item in items:
            if item.is_question:
                part.lines.extend(self._lines((item,), rows))
            elif self._is_shown_group(item, rows):
                if part.title or part.lines:
                    yield part
                yield from self._group(item, rows, level)
                part = Part("", level, [])
        if part.title or part.lines:
            yield part

    def _is_shown_group(self, item: Item, rows: tuple[int, ...]) -> bool:
        is_group = item.kind is Kind.GROUP and not item.hidden
        return is_group and self._is_asked(Spot(item.link_id, rows))

    def _group(self, item: Item, rows: tuple[int, ...], level: int) -> Iterator[Part]:
        words = label(item, self.names)
        if not item.is_many_rows:
            yield from self._parts(item.items, rows, words, min(level + 1, 4))
            return
        spot = Spot(item.link_id, rows)
        count = rows_within(self.form, spot, self.answers) or int(self.every)
        if not count:
            yield Part("", level, [Line(words, "", self.page_of.get(item.link_id, ""))])
        for row in range(count):
            row_title = f"{words}: {row + 1}" if count > 1 else words
            yield from self._parts(item.items, (*rows, row), row_title, min(level + 1, 4))

    def _lines(self, items: Sequence[Item], rows: tuple[int, ...]) -> Iterator[Line]:
        for item in items:
            spot = Spot(item.link_id, rows)
            if not item.is_question or item.hidden or not self._is_asked(spot):
                continue
            around = self.form.rows_above(item.link_id)
            yield Line(
                label=label(item, self.names),
                words=all_said(self.answers.get(spot, ())),
                page=self.page_of.get(item.link_id, ""),
                is_known=bool(self.known & {item.link_id, *around}),
                choices=_choices(item),
                is_conditional=bool(item.conditions),
            )
            yield from self._lines(item.items, rows)


def _choices(item: Item) -> tuple[str, ...]:
    if item.kind is Kind.BOOLEAN:
        return ("Yes", "No")
    own = (item.other_label or "Something else",) if item.kind is Kind.OPEN_CHOICE else ()
    return tuple(option.words for option in item.options) + (own if item.options else ())
