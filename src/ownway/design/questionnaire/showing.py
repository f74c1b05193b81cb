"""A form with its answers as blocks for a template to set, on public pages and on dense ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from ownway.design.questionnaire.answers import Answers, Spot, Values, rows_within
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.controls import Asking, Control, anchor, controls, is_wide
from ownway.design.questionnaire.model import Item, Kind, Questionnaire
from ownway.design.questionnaire.naming import MOST_ROWS, name_of, spot_of
from ownway.design.questionnaire.reading_typed import Fault, Post, slots
from ownway.design.questionnaire.typed import ASKED, Typed
from ownway.design.questionnaire.words import Names, all_said, label, paragraphs, said


@dataclass(frozen=True, slots=True)
class Words:
    """Something to read."""

    what: ClassVar[str] = "words"

    name: str
    paragraphs: list[list[str]]
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A question that is not asked here, with what is already known or added up."""

    what: ClassVar[str] = "told"

    name: str
    label: str
    words: str
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A question to answer."""

    what: ClassVar[str] = "field"

    name: str
    label: str
    controls: tuple[Control, ...]
    error: str = ""
    anchor: str = ""
    clash: "Clash | None" = None
    add: str = ""
    is_asked: bool = True
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else answered to the same question at the same time."""

    name: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Section:
    """A group: a heading and what is under it."""

    what: ClassVar[str] = "section"

    name: str
    title: str
    blocks: "list[Block]"
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One filling-in of a repeating group."""

    number: int
    blocks: "list[Block]"
    remove: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A repeating group: its rows, and the name of the button that adds one."""

    what: ClassVar[str] = "rows"

    name: str
    title: str
    hint: str
    rows: list[Row]
    add: str
    error: str = ""
    is_asked: bool = True


Block: TypeAlias = Words | Told | Field | Section | Rows


@dataclass(frozen=True)
class View:
    """Everything that decides how a form looks: answers, what was typed, who is meant."""

    form: Questionnaire
    answers: Answers
    typed: Typed | None = None
    known: frozenset[str] = frozenset()
    names: Names = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    dense: bool = False
    may_write: bool = True
    faults: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def errors(self) -> Mapping[str, Fault]:
        """What is wrong, by field."""
        return {**self.faults, **(self.typed.errors if self.typed else {})}


class Showing:
    """Sets out the items of a form for one view of it."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.form = view.form
        self.answers: Answers = {**view.answers, **(view.typed.answers if view.typed else {})}
        self.asked = Asked(self.form, self.answers)
        self.post: Post | None = view.typed.post if view.typed else None
        self._posted = self._posted_spots()

    def _posted_spots(self) -> set[str]:
        every = self.post.every(ASKED) if self.post else []
        return {name for words in every for name in words.split()}

    def blocks(
        self, items: Sequence[Item], rows: tuple[int, ...] = (), *, heading: bool = False
    ) -> list[Block]:
        """The blocks of these items. With `heading`, the one question is the page's heading."""
        return list(self._blocks(items, rows, heading))

    def _blocks(
        self, items: Sequence[Item], rows: tuple[int, ...], heading: bool
    ) -> Iterator[Block]:
        for item in items:
            spot = Spot(item.link_id, rows)
            is_asked = self.asked.is_asked(spot)
            is_help = item.kind is Kind.DISPLAY and item.control == "help"
            if item.hidden or is_help or not (is_asked or self.view.dense):
                continue
            if item.is_question:
                yield self._question(item, spot, is_asked, heading)
                yield from self._blocks(item.items if not heading else (), rows, False)
            elif item.kind is Kind.DISPLAY:
                yield Words(name_of(spot), paragraphs(item.text), is_asked)
            elif item.is_many_rows:
                yield self._rows(item, spot, is_asked)
            else:
                inner = self.blocks(item.items, rows)
                yield Section(name_of(spot), label(item, self.view.names), inner, is_asked)

    def _question(self, item: Item, spot: Spot, is_asked: bool, heading: bool) -> Block:
        name, values = name_of(spot), self.answers.get(spot, ())
        words = label(item, self.view.names)
        if self._is_told(item):
            return Told(name, words, all_said(values), is_asked)
        fault = self.view.errors.get(name)
        post = self.post if self.post and name in self._posted else None
        asking = Asking(
            item=item,
            name=name,
            label=_marked(words, item, dense=self.view.dense),
            values=values,
            post=post,
            fault=fault,
            size=_size(words, self.view.dense, heading),
            is_heading=heading,
            dense=self.view.dense,
        )
        return Field(
            name=name,
            label=words,
            controls=self._controls(asking, name in self.view.more),
            error=fault.message if fault else "",
            anchor=anchor(item, name, fault),
            clash=self.view.clashes.get(name),
            add=name if item.repeats and not item.options else "",
            is_asked=is_asked,
            is_wide=is_wide(item),
        )

    def _is_told(self, item: Item) -> bool:
        rows = self.form.rows_above(item.link_id)
        is_known = bool(self.view.known & {item.link_id, *rows})
        return is_known or item.read_only or item.total is not None or not self.view.may_write

    def _controls(self, asking: Asking, more: bool) -> tuple[Control, ...]:
        """One set of boxes, or one for each answer where a question takes many."""
        if asking.item.options or not asking.item.repeats:
            return controls(asking)
        held = len(slots(asking.name, asking.post)) if asking.post else len(asking.values)
        count = min(max(held, 1) + (1 if more else 0), MOST_ROWS)
        made: list[Control] = []
        for number in range(count):
            part = Asking(
                item=asking.item,
                name=f"{asking.name}!{number}",
                label=asking.label if number == 0 else f"{asking.item.text} {number + 1}",
                values=asking.values[number : number + 1],
                post=asking.post,
                fault=asking.fault if number == 0 else None,
                size=asking.size if number == 0 else "s",
                is_heading=asking.is_heading and number == 0,
                dense=asking.dense,
            )
            made.extend(controls(part))
        return tuple(made)

    def _rows(self, item: Item, spot: Spot, is_asked: bool) -> Rows:
        name = name_of(spot)
        fault = self.view.errors.get(name)
        is_closed = item.link_id in self.view.known or not self.view.may_write
        count = self._row_count(item, spot, is_closed)
        rows = [
            Row(
                number=number + 1,
                blocks=self.blocks(item.items, (*spot.rows, number)),
                remove="" if is_closed else f"{name}~{number}",
            )
            for number in range(count)
        ]
        return Rows(
            name=name,
            title=_marked(label(item, self.view.names), item, dense=self.view.dense),
            hint=item.hint,
            rows=rows,
            add="" if is_closed or count >= MOST_ROWS else name,
            error=fault.message if fault else "",
            is_asked=is_asked,
        )

    def _row_count(self, item: Item, spot: Spot, is_closed: bool) -> int:
        kept = rows_within(self.form, spot, self.answers)
        if is_closed:
            return kept
        depth = len(spot.rows)
        posted = [
            place.rows[depth] + 1
            for one in self._posted
            if (place := spot_of(self.form, one))
            and len(place.rows) > depth
            and place.rows[:depth] == spot.rows
            and self.form.rows_above(place.link_id)[depth] == item.link_id
        ]
        more = 1 if name_of(spot) in self.view.more else 0
        most = min(item.limits.most or MOST_ROWS, MOST_ROWS)
        return min(max(kept, 1, *posted, 0) + more, most)


def _marked(words: str, item: Item, *, dense: bool) -> str:
    """Public pages say what is optional; dense ones star what must be answered."""
    if dense:
        return f"{words} *" if item.required else words
    return words if item.required else f"{words} (optional)"


def _size(words: str, dense: bool, heading: bool) -> str:
    if dense:
        return "s"
    if not heading:
        return "m"
    return "xl" if len(words) <= 60 else "l"


def fields_in(blocks: Sequence[Block]) -> Iterator[Field]:
    """Every question to answer in these blocks."""
    for block in blocks:
        if isinstance(block, Field):
            yield block
        elif isinstance(block, Section):
            yield from fields_in(block.blocks)
        elif isinstance(block, Rows):
            for row in block.rows:
                yield from fields_in(row.blocks)


def error_list(
    blocks: Sequence[Block], errors: Mapping[str, Fault], *, with_labels: bool
) -> list[dict[str, str]]:
    """The lines of the error summary, each linked to the box to mend."""
    lines = [
        {
            "text": f"{_cut(one.label)}: {one.error}" if with_labels else one.error,
            "href": f"#{one.anchor}",
        }
        for one in fields_in(blocks)
        if one.error
    ]
    groups = [rows for rows in _groups_in(blocks) if rows.error]
    return lines + [
        {"text": f"{_cut(rows.title)}: {rows.error}", "href": f"#{errors[rows.name].anchor}"}
        for rows in groups
    ]


def _groups_in(blocks: Sequence[Block]) -> Iterator[Rows]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _groups_in(block.blocks)
        elif isinstance(block, Rows):
            yield block


def _cut(words: str) -> str:
    return words if len(words) <= 80 else words[:77].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer, to check or to print; `page` is where it can be changed."""

    label: str
    words: str
    page: str = ""
    is_known: bool = False
    choices: tuple[str, ...] = ()


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
        lines = list(self._lines(items, rows))
        if lines or title:
            yield Part(title, level, lines)
        for item in items:
            spot = Spot(item.link_id, rows)
            if item.kind is not Kind.GROUP or item.hidden or not self._is_asked(spot):
                continue
            words = label(item, self.names)
            if not item.is_many_rows:
                yield from self._parts(item.items, rows, words, min(level + 1, 4))
                continue
            count = rows_within(self.form, spot, self.answers) or int(self.every)
            if not count:
                yield Part(words, level, [Line(words, "", self.page_of.get(item.link_id, ""))])
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
            )
            yield from self._lines(item.items, rows)


def _choices(item: Item) -> tuple[str, ...]:
    if item.kind is Kind.BOOLEAN:
        return ("Yes", "No")
    own = (item.other_label or "Something else",) if item.kind is Kind.OPEN_CHOICE else ()
    return tuple(option.words for option in item.options) + (own if item.options else ())


def words_of(values: Values) -> str:
    """Answers in words on one line."""
    return ", ".join(said(value) for value in values)
