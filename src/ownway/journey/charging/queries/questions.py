"""Which questions a statement of money has: those the rules in force cannot do without, no more.

A question is asked when it gives a fact that the rules ask for by name. What the record holds is
not asked. An answer may open further questions, or close the rest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ownway.foundation.people.models import Person
from ownway.journey.charging.queries.charges import simple
from ownway.journey.charging.queries.facts import facts_of, lives_with_partner, wanted
from ownway.policy.packs import Pack

Answer = Mapping[str, Any]
Facts = dict[str, Any]

A_WEEK: Mapping[str, Fraction] = {
    "week": Fraction(1),
    "two_weeks": Fraction(1, 2),
    "four_weeks": Fraction(1, 4),
    "month": Fraction(12, 52),
    "year": Fraction(1, 52),
}
"""How often money comes or goes, and the part of it that falls on one of 52 weeks."""


def weekly(pence: int, often: str, *, is_cost: bool = False) -> int:
    """What an amount comes to a week, to the person's good: income down, costs up."""
    exact = pence * A_WEEK[often]
    return -(-exact.numerator // exact.denominator) if is_cost else int(exact)


def _as_given(name: str) -> Callable[[Answer], Facts]:
    return lambda answer: {name: answer[name]}


def _amount(name: str, *, is_cost: bool = False) -> Callable[[Answer], Facts]:
    return lambda answer: {name: weekly(answer["pence"], answer["often"], is_cost=is_cost)}


def _income(name: str) -> Callable[[Answer], Facts]:
    return lambda answer: {"income": {name: weekly(answer["pence"], answer["often"])}}


def _home(answer: Answer) -> Facts:
    if not answer["owns"]:
        return {"home_value_pence": 0}
    return {"home_value_pence": answer["value_pence"], "home_debts_pence": answer["owed_pence"]}


def _before(answer: Answer) -> Facts:
    if not answer["before"]:
        return {"disregard_weeks_used": 0}
    return {"disregard_weeks_used": answer["weeks"], "left_care_home_on": answer["ended"]}


def _costs(answer: Answer) -> Facts:
    rows = answer["rows"]
    total = sum(weekly(row["pence"], row["often"], is_cost=True) for row in rows)
    return {"disability_expenses_pence": total}


def _of_partner(facts: Callable[[Answer], Facts]) -> Callable[[Answer], Facts]:
    return lambda answer: {"partner": facts(answer)}


def _partner_too(answer: Answer) -> Facts:
    """Who agrees is asked of the partner from then on; who does not is looked at alone."""
    return {"partner": {"income_pence": None}} if answer["yes"] else {}


@dataclass(frozen=True)
class Question:
    """One question: the facts it gives, how, and when it is asked though no rule insists on it."""

    key: str
    kind: str
    gives: frozenset[str]
    facts: Callable[[Answer], Facts]
    also: Callable[[Facts], bool] = lambda facts: False
    label: str = ""


def _with_work_pension(facts: Facts) -> bool:
    """Half a work pension may pass to a partner at home; none is taken where none is named."""
    in_home = facts.get("setting") == "care_home" and facts.get("household") == "couple"
    return in_home and bool((facts.get("income") or {}).get("work_pension_pence"))


def _looked_at_at_home(facts: Facts) -> bool:
    """One of a couple at home whose own side is known: then it is seen what both have together."""
    is_couple = facts.get("household") == "couple" and facts.get("setting") == "home"
    return is_couple and "housing_costs_pence" in facts and "disability_expenses_pence" in facts


def _q(key: str, kind: str, gives: str, facts: Callable[[Answer], Facts]) -> Question:
    return Question(key, kind, frozenset({gives}), facts)


FIRST: tuple[Question, ...] = (
    _q("money-coming-in", "amount", "income_pence", _amount("income_pence")),
    Question("birth-date", "birth", frozenset({"age", "born_on"}),
             lambda answer: {"born": answer["born"]}),
    _q("where", "setting", "setting", _as_given("setting")),
    _q("home-life", "household", "household", _as_given("household")),
    _q("savings", "savings", "capital_pence", _as_given("capital_pence")),
    _q("shared-savings", "savings", "joint_capital_pence", _as_given("joint_capital_pence")),
    Question("your-home", "home", frozenset({"home_value_pence", "home_debts_pence"}), _home),
    _q("who-lives-there", "living", "living_at_home", _as_given("living_at_home")),
    _q("moved-in", "day", "week", lambda answer: {"moved_in_on": answer["day"]}),
    Question("care-home-before", "before",
             frozenset({"disregard_weeks_used", "weeks_since_disregard"}), _before),
)  # fmt: skip
LAST: tuple[Question, ...] = (
    _q("disability-benefit", "amount", "income.disability_benefit_pence",
       _income("disability_benefit_pence")),
    _q("night-care", "yes_no", "night_care", lambda answer: {"night_care": answer["yes"]}),
    _q("extra-parts", "premiums", "premiums", _as_given("premiums")),
    _q("child-alone", "yes_no", "lone_parent", lambda answer: {"lone_parent": answer["yes"]}),
    _q("children", "number", "children", _as_given("children")),
    _q("housing", "amount", "housing_costs_pence", _amount("housing_costs_pence", is_cost=True)),
    _q("extra-costs", "costs", "disability_expenses_pence", _costs),
    Question("passed-on", "amount", frozenset(), _amount("passed_to_partner_pence", is_cost=True),
             also=_with_work_pension),
)  # fmt: skip
PARTNER: tuple[Question, ...] = (
    Question("partner-too", "yes_no", frozenset(), _partner_too, also=_looked_at_at_home),
    Question("partner-birth", "birth", frozenset({"partner.age", "partner.born_on"}),
             _of_partner(lambda answer: {"born_on": answer["born"]})),
    _q("partner-income", "amount", "partner.income_pence", _of_partner(_amount("income_pence"))),
    _q("partner-savings", "savings", "partner.capital_pence",
       _of_partner(lambda answer: {"capital_pence": answer["partner.capital_pence"]})),
    _q("partner-extra-parts", "premiums", "partner.premiums",
       _of_partner(lambda answer: {"premiums": answer["partner.premiums"]})),
    _q("partner-housing", "amount", "partner.housing_costs_pence",
       _of_partner(_amount("housing_costs_pence", is_cost=True))),
    _q("partner-extra-costs", "costs", "partner.disability_expenses_pence", _of_partner(_costs)),
)  # fmt: skip
"""The partner’s side, asked only where the person says that it may be looked at."""
OFFICERS_ONLY = ("notional",)
"""Lines of income that are for an officer to judge, and no person is asked for."""


def catalogue(pack: Pack) -> tuple[Question, ...]:
    """Every question there may be under a pack, in the order they are asked."""
    if simple(pack):
        return FIRST[:1]
    lines = (
        Question(
            f"income-{item['key']}",
            "amount",
            frozenset({f"income.{item['key']}_pence"}),
            _income(f"{item['key']}_pence"),
            label=item["name"],
        )
        for item in pack.lists["income"]
        if item["counts"] and item["key"] not in OFFICERS_ONLY
    )
    return (*FIRST[1:], *lines, *LAST, *PARTNER)


@dataclass(frozen=True)
class Path:
    """The questions of one statement as its answers stand, and the facts they give."""

    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    facts: Facts
    asked_of_nobody: tuple[str, ...]

    @property
    def first_open(self) -> Question | None:
        """The first question with no answer yet."""
        return next((one for one in self.questions if one.key not in self.answers), None)

    @property
    def is_complete(self) -> bool:
        """Whether every question is answered."""
        return self.first_open is None

    def by_key(self, key: str) -> Question | None:
        """A question of this path."""
        return next((one for one in self.questions if one.key == key), None)

    def place(self, question: Question) -> int:
        """Where a question stands, 1 first."""
        return self.questions.index(question) + 1

    def after(self, question: Question) -> Question | None:
        """The question that follows one."""
        place = self.place(question)
        return self.questions[place] if place < len(self.questions) else None

    def before(self, question: Question) -> Question | None:
        """The question that comes before one."""
        place = self.place(question)
        return self.questions[place - 2] if place > 1 else None

    @property
    def given(self) -> Facts:
        """What the answers say, to be kept: without what the record holds."""
        return {name: value for name, value in self.facts.items() if value is not None}


NURSE = "nursing_care"


def path_for(
    person: Person, answers: Mapping[str, Answer], *, pack: Pack, on: date, judged: Facts
) -> Path:
    """Walk the questions from the first: what the rules ask for, given what is known so far.

    judged: facts an officer settled; they are not asked of the person again.
    """
    # No question hangs on a nurse; the rules refuse one before it is said that it is a care home.
    given: Facts = _start(pack) | {name: judged[name] for name in judged if name != NURSE}
    has_partner = not simple(pack) and lives_with_partner(person)
    found: list[Question] = []
    open_names: set[str] = set()
    while True:
        facts = facts_of(person, given, pack=pack, on=on, has_partner=has_partner)
        missing = set(wanted(facts, pack)) - open_names
        question = _next(pack, facts, missing, found)
        if question is None:
            return Path(tuple(found), answers, given, tuple(sorted(missing)))
        found.append(question)
        if question.key in answers:
            given = merged(given, question.facts(answers[question.key]))
        else:
            open_names |= question.gives


def _start(pack: Pack) -> Facts:
    """Under a means test income is asked for line by line; what does not count is not asked."""
    if simple(pack):
        return {}
    lines = {f"{item['key']}_pence": None for item in pack.lists["income"] if item["counts"]}
    known = dict.fromkeys((f"{key}_pence" for key in OFFICERS_ONLY), 0)
    return {"setting": None, "income": {**lines, "disability_benefit_pence": None, **known}}


def _next(pack: Pack, facts: Facts, missing: set[str], found: list[Question]) -> Question | None:
    waiting = (one for one in catalogue(pack) if one not in found)
    asked = (one for one in waiting if one.gives & missing or one.also(facts))
    return next(asked, None)


def merged(facts: Facts, more: Facts) -> Facts:
    """Facts with more of them; lines of income, and facts of a partner, are put together."""
    inside = {
        name: {**(facts.get(name) or {}), **(more.get(name) or {})}
        for name in ("income", "partner")
    }
    return {**facts, **more, **{name: found for name, found in inside.items() if found}}


def answers_from(facts: Mapping[str, Any]) -> dict[str, Answer]:
    """Figures that were kept without questions, as the answers they would be; the rest is asked."""
    found: dict[str, Answer] = {
        key: {name: facts[name]} for key, name in _AS_GIVEN.items() if name in facts
    }
    amounts = {key: facts.get(name) for key, name in _AMOUNTS.items()}
    income = facts.get("income") or {}
    amounts |= {f"income-{name.removesuffix('_pence')}": pence for name, pence in income.items()}
    amounts["disability-benefit"] = income.get("disability_benefit_pence")
    partner = facts.get("partner") or {}
    amounts |= {
        "partner-income": partner.get("income_pence"),
        "partner-housing": partner.get("housing_costs_pence"),
    }
    found |= {
        key: {"pence": pence, "often": "week"}
        for key, pence in amounts.items()
        if pence is not None
    }
    return found | _of_partner_as_answers(partner)


def _of_partner_as_answers(partner: Mapping[str, Any]) -> dict[str, Answer]:
    found: dict[str, Answer] = {"partner-too": {"yes": True}} if partner else {}
    if "born_on" in partner:
        found["partner-birth"] = {"born": partner["born_on"]}
    for key, name in (("partner-savings", "capital_pence"), ("partner-extra-parts", "premiums")):
        if name in partner:
            found[key] = {f"partner.{name}": partner[name]}
    return found


_AS_GIVEN = {
    "where": "setting",
    "home-life": "household",
    "savings": "capital_pence",
    "shared-savings": "joint_capital_pence",
    "extra-parts": "premiums",
    "children": "children",
    "who-lives-there": "living_at_home",
}
_AMOUNTS = {
    "money-coming-in": "income_pence",
    "housing": "housing_costs_pence",
    "passed-on": "passed_to_partner_pence",
}


def answered(path: Path) -> Iterator[tuple[Question, Answer]]:
    """Each answered question of a path, in order."""
    for question in path.questions:
        if question.key in path.answers:
            yield question, path.answers[question.key]
