"""A form one question, or one small group, at a time: which pages, in which order, for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ownway.design.questionnaire.answers import Answers, Spot
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.model import Item, Kind, Questionnaire, Subject
from ownway.design.questionnaire.naming import key_of

SHORT = (Kind.STRING, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME)
MOST_TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it shows, and what stands around that in the form.

    `notes` are words to read first; `sections` the titles of the groups around it. A page
    that `is_alone` asks one question, which is then the page's heading.
    """

    key: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Item, ...]
    sections: tuple[str, ...]
    subject: Subject | None
    is_alone: bool

    @property
    def link_ids(self) -> frozenset[str]:
        """Every question that can be answered on this page."""
        return frozenset(_questions(self.items))


def pages(
    form: Questionnaire, answers: Answers, *, known: frozenset[str] = frozenset()
) -> list[Page]:
    """The pages that are asked, given the answers so far and what the record knows."""
    asked = Asked(form, answers)
    return [page for page in _planned(form.items, (), []) if _is_wanted(form, page, asked, known)]


def page_called(found: Sequence[Page], key: str) -> Page | None:
    """The page with this key, if it is asked."""
    return next((page for page in found if page.key == key), None)


def page_after(found: Sequence[Page], key: str) -> Page | None:
    """The page that follows; None after the last."""
    keys = [page.key for page in found]
    place = keys.index(key) + 1 if key in keys else len(keys)
    return found[place] if place < len(found) else None


def page_before(found: Sequence[Page], key: str) -> Page | None:
    """The page before; None at the first."""
    keys = [page.key for page in found]
    place = keys.index(key) - 1 if key in keys else -1
    return found[place] if place >= 0 else None


def first_unanswered(found: Sequence[Page], answers: Answers) -> Page | None:
    """Where somebody left off: the first page after the last answered one; None at the end."""
    answered = {spot.link_id for spot, values in answers.items() if values}
    places = [place for place, page in enumerate(found) if page.link_ids & answered]
    following = places[-1] + 1 if places else 0
    return found[following] if following < len(found) else None


def _questions(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if item.is_question:
            yield item.link_id
        else:
            yield from _questions(item.items)


def _is_wanted(form: Questionnaire, page: Page, asked: Asked, known: frozenset[str]) -> bool:
    if not page.items:
        return any(asked.is_asked(Spot(note.link_id)) for note in page.notes)
    return any(
        asked.is_asked(Spot(item.link_id)) and _is_open(item, asked, known) for item in page.items
    )


def _is_open(item: Item, asked: Asked, known: frozenset[str]) -> bool:
    """There is something here that somebody can still answer."""
    if item.link_id in known or item.hidden:
        return False
    if item.is_question:
        return not item.read_only and not item.total
    if item.is_many_rows:
        return True
    return any(
        _is_open(inner, asked, known) and asked.is_asked(Spot(inner.link_id))
        for inner in item.items
        if inner.kind is not Kind.DISPLAY
    )


def _planned(items: Sequence[Item], above: tuple[Item, ...], notes: list[Item]) -> Iterator[Page]:
    """The pages of a form in order, before asking which are wanted."""
    for item in items:
        if item.hidden or (item.kind is Kind.DISPLAY and item.control == "help"):
            continue
        if item.kind is Kind.DISPLAY:
            notes.append(item)
        elif item.is_question:
            yield _page(item, (item,), above, notes, is_alone=True)
            yield from _planned(item.items, (*above, item), notes)
        elif item.is_many_rows:
            yield _page(item, (item,), above, notes)
        elif item.together or _is_small(item):
            yield _page(item, item.items, above, notes)
        else:
            yield from _planned(item.items, (*above, item), notes)
    if notes and above:
        yield _page(above[-1], (), above[:-1], notes)


def _page(
    item: Item,
    shown: tuple[Item, ...],
    above: tuple[Item, ...],
    notes: list[Item],
    *,
    is_alone: bool = False,
) -> Page:
    subjects = [one.subject for one in (*above, item) if one.subject]
    read_first = tuple(notes)
    notes.clear()
    return Page(
        key=key_of(item.link_id) if shown else f"read-{key_of(item.link_id)}",
        title=item.text,
        items=shown,
        notes=read_first,
        sections=tuple(one.text for one in above if one.text and not one.is_question),
        subject=subjects[-1] if subjects else None,
        is_alone=is_alone,
    )


def _is_small(group: Item) -> bool:
    """A few short answers that belong together, such as the parts of a name."""
    return (
        bool(group.text)
        and 1 < len(group.items) <= MOST_TOGETHER
        and all(
            item.kind in SHORT and not item.conditions and not item.options and not item.items
            for item in group.items
        )
    )
