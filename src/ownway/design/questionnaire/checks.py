"""What must hold of a whole form once each item has been read."""

from collections import Counter
from collections.abc import Iterator

from ownway.design.questionnaire.conditions import is_equal
from ownway.design.questionnaire.model import Condition, Item, Kind, Questionnaire, Value
from ownway.design.questionnaire.values import TYPES_OF, write_value
from ownway.design.questionnaire.words import said

OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
ORDERED = (
    Kind.DECIMAL,
    Kind.INTEGER,
    Kind.DATE,
    Kind.DATETIME,
    Kind.TIME,
    Kind.QUANTITY,
)

Found = Iterator[tuple[str, str]]


def problems(form: Questionnaire) -> Found:
    """Yield every fault of a form as (link id, reason)."""
    yield from _written_twice(form)
    for item, above in form.walk():
        yield from _shape(item, above)
        for condition in item.conditions:
            yield from _condition(form, item, condition)
    yield from _circles(form)


def _written_twice(form: Questionnaire) -> Found:
    counts = Counter(item.link_id for item, _ in form.walk())
    for link_id, count in counts.items():
        if count > 1:
            yield link_id, f"{count} items have this linkId"


def _shape(item: Item, above: tuple[Item, ...]) -> Found:
    if item.kind is Kind.GROUP and not item.items:
        yield item.link_id, "A group has no items in it"
    if item.kind is Kind.DISPLAY and item.items:
        yield item.link_id, "A display item cannot have items in it"
    if item.kind is Kind.DISPLAY and (item.required or item.repeats):
        yield item.link_id, "A display item cannot be required or repeat"
    if item.is_question:
        yield from _question(item)


def _question(item: Item) -> Found:
    if not item.text:
        yield item.link_id, "A question has no text to show"
    if item.kind in (Kind.CHOICE, Kind.OPEN_CHOICE) and not item.options:
        yield item.link_id, "A choice question has no answers to choose from"
    if item.repeats and any(inner.kind is not Kind.DISPLAY for inner in item.items):
        yield (
            item.link_id,
            "Questions under a question with many answers are outside the subset",
        )
    if len(item.initial) > 1 and not item.repeats:
        yield item.link_id, "Only a question that repeats can begin with many answers"
    if len({option.value for option in item.options}) < len(item.options):
        yield item.link_id, "The same answer is offered twice"
    if item.total and item.kind not in (Kind.DECIMAL, Kind.INTEGER, Kind.QUANTITY):
        yield item.link_id, "A total must be a decimal, an integer or a quantity"


def _condition(form: Questionnaire, item: Item, condition: Condition) -> Found:
    asked = form.by_link_id.get(condition.question)
    if asked is None:
        yield (
            item.link_id,
            f"A condition asks about {condition.question[:60]}, which is not here",
        )
        return
    if not asked.is_question:
        yield (
            item.link_id,
            f"A condition asks about {asked.link_id}, which is no question",
        )
        return
    named, _ = write_value(condition.answer)
    if condition.operator == "exists":
        if named != "Boolean":
            yield item.link_id, "A condition with “exists” needs answerBoolean"
    elif named not in TYPES_OF[asked.kind]:
        yield (
            item.link_id,
            f"A condition compares {asked.link_id} ({asked.kind}) with answer{named}",
        )
    elif condition.operator not in ("=", "!=") and asked.kind not in ORDERED:
        yield (
            item.link_id,
            f"A {asked.kind} question ({asked.link_id}) cannot be more or less than an answer",
        )
    elif not _may_be_picked(asked, condition.answer):
        yield (
            item.link_id,
            f"A condition waits for “{said(condition.answer)[:60]}”, which is none of the answers "
            f"of {asked.link_id}",
        )


def _may_be_picked(asked: Item, answer: Value) -> bool:
    """Whether a question with answers to choose from offers this one; others take any."""
    if asked.kind is not Kind.CHOICE or not asked.options:
        return True
    return any(is_equal(option.value, answer) for option in asked.options)


def _circles(form: Questionnaire) -> Found:
    """Items whose being asked depends, in the end, on themselves."""
    done: set[str] = set()
    for start in form.by_link_id:
        circle = _circle_from(form, start, done)
        if circle:
            yield circle[0], "Conditions go round in a circle: " + " → ".join(circle)
            done.update(circle)


def _circle_from(form: Questionnaire, start: str, done: set[str]) -> tuple[str, ...]:
    trail: list[str] = []
    stack: list[tuple[str, Iterator[str]]] = [(start, iter(_depends_on(form, start)))]
    trail.append(start)
    while stack:
        link_id, onward = stack[-1]
        following = next(onward, None)
        if following is None:
            done.add(link_id)
            stack.pop()
            trail.pop()
        elif following in trail:
            return (*trail[trail.index(following) :], following)
        elif following not in done:
            stack.append((following, iter(_depends_on(form, following))))
            trail.append(following)
    return ()


def _depends_on(form: Questionnaire, link_id: str) -> tuple[str, ...]:
    above = tuple(item.link_id for item in form.above[link_id][-1:])
    asked = (condition.question for condition in form.by_link_id[link_id].conditions)
    return above + tuple(question for question in asked if question in form.by_link_id)
