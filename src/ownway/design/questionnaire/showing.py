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
            label=_marked(words, item, dense=self.view.dense, in_row=bool(spot.rows)),
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
            hint=item.hint or ("" if self.view.dense else "Leave out what you do not know."),
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


def _marked(words: str, item: Item, *, dense: bool, in_row: bool = False) -> str:
    """Public pages say what is optional; dense ones star what must be answered."""
    if dense:
        return f"{words}\N{NO-BREAK SPACE}*" if item.required else words
    return words if item.required or in_row else f"{words} (optional)"


def _size(words: str, dense: bool, heading: bool) -> str:
    if dense:
        return "s"
    return "l" if heading and len(words) <= 110 else "m"


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
            "text": named_error(one.label, one.error) if with_labels else one.error,
            "href": f"#{one.anchor}",
        }
        for one in fields_in(blocks)
        if one.error
    ]
    groups = [rows for rows in _groups_in(blocks) if rows.error]
    return lines + [
        {"text": named_error(rows.title, rows.error), "href": f"#{errors[rows.name].anchor}"}
        for rows in groups
    ]


def _groups_in(blocks: Sequence[Block]) -> Iterator[Rows]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _groups_in(block.blocks)
        elif isinstance(block, Rows):
            yield block


def named_error(words: str, error: str) -> str:
    """An error with the question it is about, which may be long."""
    words = words.rstrip("*\N{NO-BREAK SPACE} ")
    short = words if len(words) <= 80 else words[:77].rstrip() + "…"
    return f"{short} {error}" if short.endswith(("?", "…")) else f"{short}: {error}"


def words_of(values: Values) -> str:
    """Answers in words on one line."""
    return ", ".join(said(value) for value in values)
