"""How a kept decision reads: the sum as rungs of a ladder, in words for whoever is reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ownway.design.dates import plain_date
from ownway.design.ladder import Link, Rung, Table
from ownway.design.money import pounds
from ownway.foundation.council.access import Viewer
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person, Sex
from ownway.foundation.record.models import Decision
from ownway.journey.allocation.models import IndicativeBudget, Side, State
from ownway.journey.allocation.queries.budgets import Couple, pack_of
from ownway.policy import allocation, domains, money
from ownway.policy.packs import Pack

SAID = {"−": "Take away:", "+": "Add:", "×": "Times:", "÷": "Divide by:"}
_FORMS = {
    Sex.MALE: ("he", "him", "his"),
    Sex.FEMALE: ("she", "her", "her"),
}


@dataclass(frozen=True)
class Words:
    """The forms of a name in a sentence: "Harold needs", "you need"."""

    name: str
    whose: str
    he: str
    him: str
    his: str
    s: str

    @property
    def ends(self) -> str:
        """The ending of a verb after the pronoun: he needs, they need."""
        return "s" if self.he in ("he", "she") else ""

    @property
    def Whose(self) -> str:  # noqa: N802 (the same word, at the start of a sentence)
        """At the start of a sentence."""
        return self.whose[:1].upper() + self.whose[1:]


YOU = Words("you", "your", "you", "you", "your", "")


def words_for(person: Person, *, is_reader: bool) -> Words:
    """How to speak of somebody: to them as "you", of them by first name."""
    if is_reader:
        return YOU
    he, him, his = _FORMS.get(Sex(person.sex), ("they", "them", "their"))
    return Words(person.first_name, f"{person.first_name}’s", he, him, his, "s")


@dataclass(frozen=True)
class Reader:
    """Who reads a sum: the person themself, one of their carers, or somebody else."""

    person: Words
    carer: Words
    is_carer: bool
    is_person: bool


def reader_of(
    viewer: Viewer | None, couple: Couple, *, of: IndicativeBudget | None = None
) -> Reader:
    """How to speak to a viewer of a couple's sum, or of one budget in it.

    Nobody in particular reads a public page.
    """
    own = people.own_person(viewer) if viewer is not None else None
    carers = (of.person,) if of and of.side == Side.CARER else couple.carers
    carer = next((c for c in carers if own and c.pk == own.pk), None)
    first = carer or next(iter(carers), None)
    return Reader(
        person=words_for(couple.person, is_reader=bool(own and own.pk == couple.person.pk)),
        carer=words_for(first, is_reader=carer is not None) if first else _A_CARER,
        is_carer=carer is not None,
        is_person=bool(own and own.pk == couple.person.pk),
    )


_A_CARER = Words("a carer", "a carer’s", "they", "them", "their", "s")


@dataclass(frozen=True)
class _Page:
    """What a rung may need to know besides its own step."""

    decision: Decision
    subject: Words
    reader: Reader
    council: str
    owner: str
    is_agreed: bool

    def of(self, name: str) -> Mapping[str, Any] | None:
        """Another step of the same sum."""
        return next((step for step in self.decision.worked["steps"] if step["name"] == name), None)

    def traced(self, name: str) -> str:
        """How a node that is not a step reads."""
        return next((n["shown"] for n in self.decision.worked["trace"] if n["name"] == name), "")


def rungs(
    budget: IndicativeBudget, *, reader: Reader, council: str, owner: str = ""
) -> tuple[Rung, ...]:
    """The sum of a budget, step by step."""
    page = _Page(
        decision=budget.decision,
        subject=reader.person if budget.side == Side.PERSON else reader.carer,
        reader=reader,
        council=council,
        owner=owner,
        is_agreed=budget.state == State.AGREED,
    )
    steps = budget.decision.worked["steps"]
    return tuple(_rung(step, page, last=step is steps[-1]) for step in steps)


def _rung(step: Mapping[str, Any], page: _Page, *, last: bool) -> Rung:
    said = (
        ("Comes to:" if last else "Leaves:") if step["sign"] == "=" else SAID.get(step["sign"], "")
    )
    known = _WORDS.get(step["name"])
    own = known(step, page) if known else _as_the_rules_say(step)
    made: dict[str, Any] = {
        "sign": step["sign"],
        "said": said,
        "figure": step["figure"],
        "unit": step["after"],
        "end": last,
        "total": step["sign"] == "=" and not last,
    } | own
    return Rung(**made)


def _as_the_rules_say(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step we have no words of our own for: those of the rules, and the answers under it."""
    own: dict[str, Any] = {"title": step["label"], "note": step["note"]}
    if not step["rows"]:
        return own
    head = ("About", "Answer", "Comes to")
    rows = tuple((row["label"], row["said"], row["shown"]) for row in step["rows"])
    table = Table(step["caption"] or step["label"], head, rows, ("All", step["shown"]))
    return own | {"show": "Show each line", "hide": "Hide the lines", "table": table}


def _need(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    subject, rows = page.subject, step["rows"]
    if page.decision.facts["who"] == "carer":
        title = (
            "The help you need as a carer"
            if subject.s == ""
            else (f"The help {subject.name} needs as a carer")
        )
    else:
        title = f"The help {subject.name} need{subject.s}"
    about = "" if subject.s == "" else f" about {subject.him}"
    if not rows:
        return {"title": title, "note": "From what you told us."}
    answers = f"From {_whose_answers(page)} {_in_words(len(rows))} answers{about}."
    if subject.s == "":
        answers = f"From your {_in_words(len(rows))} answers."
    total = f"All {_in_words(len(rows))}"
    return {
        "title": title,
        "note": answers,
        "show": "Show the answers",
        "hide": "Hide the answers",
        "table": _table(step, _levels_caption(page), ("About", _said_by(page), "Points"), total),
        "link": Link("Read the answers again", reverse("my-assessment")),
    }


def _whose_answers(page: _Page) -> str:
    return "your" if page.reader.is_carer or page.reader.is_person else "the"


def _said_by(page: _Page) -> str:
    return "Your answer" if _whose_answers(page) == "your" else "Answer"


# Points of help come off a budget: half a point less of them is never a loss.
ROUNDED_DOWN = "Part points are rounded down, so you never lose by it."


def _help(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    carer, person = page.reader.carer, page.reader.person
    wants = "want" if carer.s == "" else "wants"
    note = (
        "You said you are able and happy to do this."
        if carer.s == ""
        else f"{carer.he.capitalize()} said {carer.he} {_is(carer)} able and happy to do this."
    )
    does = "does" if carer.ends else "do"
    person_whose = "your" if person.s == "" else person.whose
    own: dict[str, Any] = {
        "title": f"The help {carer.name} {wants} to go on giving",
        "note": note,
    }
    if not step["rows"]:
        return own
    caption = (
        f"If {carer.he} {does} less, fewer points come off and {person_whose} budget goes up. "
        f"{ROUNDED_DOWN}"
    )
    will = "You will do" if carer.s == "" else f"{carer.name} will do"
    return own | {
        "show": "Show what we counted",
        "hide": "Hide what we counted",
        "table": _table(step, caption, ("About", will, "Points"), f"{carer.Whose} help"),
        "link": Link(
            "See what would change", reverse("try-answers", args=[page.decision.person_id])
        ),
    }


def _is(who: Words) -> str:
    return {"you": "are", "they": "are"}.get(who.he, "is")


def _left(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    return {"title": "The help still to find", "note": step["note"]}


def _price(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    points = page.of("left_points") or page.of("need_points")
    work: tuple[str, ...] = ()
    if points is not None:
        come_to = money.pounds(points["value"] * step["value"])
        work = (f"{points['shown']} at {step['shown']} come to {come_to}.",)
    kind = " for a carer" if page.decision.facts["who"] == "carer" else ""
    return {
        "title": f"The price of one point{kind}",
        "note": f"The same for every{'' if not kind else ' carer'}{'one' if not kind else ''}"
        f" in {page.council}.",
        "show": "Show who set it",
        "hide": "Hide who set it",
        "words": (_who_set_it(page), *work),
        "link": Link("See how a budget is worked out", reverse("how-a-budget-is-worked-out")),
    }


def _who_set_it(page: _Page) -> str:
    version = page.decision.settings_version
    since = (
        f" It has been in use since {plain_date(version.starts_on)} "
        f"(rules version {version.number})."
        if version
        else ""
    )
    owner = f" {page.owner} looks after the rules." if page.owner else ""
    return f"The council set this price.{since}{owner}"


def _factor(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    share = step["value"]
    before = _before_the_share(page)
    after = page.traced("shared_out")
    less, per = money.RATIO - share, money.per_pound
    change = (
        f"Each first budget is made {per(less)} in the £1 smaller."
        if less > 0
        else f"Each first budget is made {per(-less)} in the £1 bigger."
    )
    became = f" {before} becomes {after}." if before and after else ""
    goes_up = f"If {page.subject.whose} plan has to cost more to meet {page.subject.his} needs"
    return {
        "title": "The share we can start with",
        "note": f"{per(share)} in each £1, so there is enough to go round.",
        "unit": "for everyone",
        "show": "Show why",
        "hide": "Hide why",
        "words": (
            change + became,
            f"It can’t be used to say no. {goes_up}, the budget goes up.",
        ),
    }


def _before_the_share(page: _Page) -> str:
    return page.traced("as_they_live") or page.traced("base")


AGREED = "What the plan was agreed on. It can change when needs do."


def _end(step: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    subject = page.subject
    own = " own" if page.decision.facts["who"] == "carer" else ""
    return {
        "title": f"{subject.Whose}{own} budget",
        "note": AGREED if page.is_agreed else f"A guide until {subject.his} plan is agreed.",
    }


_WORDS: dict[str, Callable[[Mapping[str, Any], _Page], dict[str, Any]]] = {
    "need_points": _need,
    "help_points": _help,
    "left_points": _left,
    "point_price": _price,
    "factor": _factor,
    "weekly": _end,
}


def _table(step: Mapping[str, Any], caption: str, head: tuple[str, str, str], total: str) -> Table:
    rows = tuple((row["label"], row["said"], row["shown"]) for row in step["rows"])
    return Table(caption, head, rows, (total, step["figure"]))


def _levels_caption(page: _Page) -> str:
    """Say what each answer is worth, from the rules of that day."""
    answers = page.decision.facts.get("answers", {})
    if not any("level" in answer for answer in answers.values()):
        return "What each part counted for."
    carer = page.decision.facts["who"] == "carer"
    pack = pack_of(page.decision)
    if carer:
        return worth(domains.CARER_LEVELS, pack.number("carer_level_points").table)
    return worth_of_a_person(pack)


def worth_of_a_person(pack: Pack) -> str:
    """What each answer is worth, or that each part of daily life has points of its own."""
    tables = set(allocation.points_by_part(pack).values())
    if len(tables) > 1:
        return "Each part of daily life has points of its own."
    return worth(domains.LEVELS, tables.pop())


def worth(names: tuple[str, ...], points: tuple[int, ...]) -> str:
    """A reminder gives 2 points, some help 4, help most times 6, and help every time 8."""
    first, *rest = (
        (name, point) for name, point in zip(names, points, strict=True) if name != names[0]
    )
    unit = "point" if first[1] == 1 else "points"
    *middle, last = (f"{_low(name)} {point}" for name, point in rest)
    said = ", ".join([f"{first[0]} gives {first[1]} {unit}", *middle])
    return f"{said}, and {last}."


def _low(name: str) -> str:
    return name if name.startswith("I ") else name[:1].lower() + name[1:]


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def one_line(budget: IndicativeBudget) -> str:
    """The sum in one line, as the decision kept it."""
    return str(budget.decision.worked["formula"])


def amount(budget: IndicativeBudget) -> str:
    """£171.00."""
    return pounds(budget.weekly_pence)
