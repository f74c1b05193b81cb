"""Statements of money: the open one, what it would come to, and the papers with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ownway.foundation.council import actions as council
from ownway.foundation.council import queries as council_queries
from ownway.foundation.council.access import Viewer
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Task
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging.models import Evidence, Statement, Status
from ownway.journey.charging.queries.charges import finances_of
from ownway.journey.charging.queries.facts import facts_for
from ownway.journey.charging.queries.questions import Path, answers_from, path_for
from ownway.policy import charging
from ownway.policy.decision import Decision as Worked
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused

REFUSED = {"light_touch": "refuses_details"}
"""What the rules are told of somebody who does not want to say what they have."""
NO_MONEY = ("setting", "nursing_care")
"""What tells nothing of somebody's money, and still counts when they do not want to say."""
MOST_PAPERS = 12
MOST_BYTES = 8 * 1024 * 1024


def open_statement(person: Person) -> Statement | None:
    """The statement somebody writes or has sent, not yet decided."""
    open_ones = Statement.objects.filter(person=person).exclude(status=Status.DECIDED)
    return open_ones.select_related("person", "sent_by__staff", "begun_by").first()


def due_on(statement: Statement) -> date:
    """The day by which somebody who sent a statement hears what they pay."""
    assert statement.sent_at is not None
    sent = timezone.localtime(statement.sent_at).date()
    return council.working_days_after(sent, council_queries.rules(sent).value("finances_days"))


def last_decided(person: Person) -> Statement | None:
    """The newest statement that was decided."""
    decided = Statement.objects.filter(person=person, status=Status.DECIDED)
    decided = decided.select_related("decided_by__staff", "finances")
    return decided.order_by("-decided_at", "-pk").first()


def answers_to_begin_from(person: Person, *, on: date) -> dict[str, Any]:
    """What counts of somebody's money on a day, so that only what changed is said again.

    Answers are as they were given, but those whose figures were raised or changed since.
    """
    given, before = finances_of(person, on=on), last_decided(person)
    now = dict(answers_from(given.facts)) if given is not None else {}
    if before is None or before.refuses or before.finances is None:
        return now
    then = answers_from(before.finances.facts)
    same = {key: said for key, said in before.answers.items() if now.get(key) == then.get(key)}
    return now | same


def judged_to_begin_from(person: Person, *, on: date) -> dict[str, Any]:
    """What an officer judged of the figures that count on a day, where they were decided here."""
    given, before = finances_of(person, on=on), last_decided(person)
    if before is None or given is None:
        return {}
    return {name: given.facts[name] for name in before.officer_facts if name in given.facts}


def for_officers(person: Person) -> Statement | None:
    """What an officer may read: what was sent, or what staff themselves have begun.

    What a resident has not sent is theirs alone.
    """
    found = open_statement(person)
    if found is None or found.status == Status.SENT:
        return found
    return found if getattr(found.begun_by, "staff", None) is not None else None


def waiting_to_be_decided(viewer: Viewer, *, at: datetime) -> QuerySet[Statement]:
    """Statements that were sent, longest wait first, of the people a viewer may see."""
    sent = Statement.objects.filter(status=Status.SENT, person__in=visible_to(viewer, at=at))
    return sent.select_related("person", "sent_by").order_by("sent_at", "pk")


def path_of(statement: Statement | None, person: Person, *, pack: Pack, on: date) -> Path:
    """The questions of a statement; before it is begun, those it will have."""
    answers = statement.answers if statement else {}
    judged = statement.officer_facts if statement else {}
    return path_for(person, answers, pack=pack, on=on, judged=judged)


def facts_to_keep(statement: Statement, path: Path) -> dict[str, Any]:
    """What a statement says, in the words of the rules, to be kept with the decision."""
    if statement.refuses:
        said = {**statement.answers.get("where", {}), **path.given, **statement.officer_facts}
        return {name: said[name] for name in NO_MONEY if name in said} | REFUSED
    return {**path.given, **statement.officer_facts}


@dataclass(frozen=True)
class WouldPay:
    """What somebody would pay by what is said so far, and the working; or why it is not known."""

    worked: Worked | None
    problems: Mapping[str, str]

    @property
    def charge_pence(self) -> int | None:
        """Pence a week."""
        return self.worked.result["charge_pence"] if self.worked else None


def would_pay(
    person: Person, given: Mapping[str, Any], *, budget_pence: int, pack: Pack, on: date
) -> WouldPay:
    """Work out what somebody would pay; nothing is kept."""
    facts = facts_for(person, given, pack=pack, on=on) | {"budget_pence": budget_pence}
    try:
        return WouldPay(charging.decide(facts, pack), {})
    except PolicyRefused as refused:
        return WouldPay(None, {one.place: one.reason for one in refused.problems})


def full_cost_pence(person: Person) -> int | None:
    """What somebody who does not tell us would pay: their whole budget, where it is known."""
    budget = budgets.budget_of(person)
    return budget.weekly_pence if budget else None


def papers_of(statement: Statement | None) -> list[Evidence]:
    """The papers with a statement, without what is in them."""
    if statement is None:
        return []
    papers = Evidence.objects.filter(statement=statement).defer("content")
    return list(papers.select_related("added_by__staff").order_by("added_at", "pk"))


def paper(viewer: Viewer, evidence_id: int, person: Person, *, at: datetime) -> Evidence | None:
    """One paper of a person, for a viewer who may read it.

    A resident reads those of their own statements; staff those of what was sent or decided.
    """
    papers = Evidence.objects.filter(pk=evidence_id, statement__person=person)
    found = papers.select_related("statement__begun_by__staff").first()
    if found is None or acts_for(viewer, person, at=at):
        return found
    statement = found.statement
    is_own = getattr(statement.begun_by, "staff", None) is not None
    return found if statement.status != Status.DRAFT or is_own else None


def is_asked(person: Person) -> bool:
    """Whether somebody at the council has still to ask, decide or check somebody's money."""
    kinds = ("charge.decide", "charge.check", "charge.ask")
    return Task.objects.filter(person=person, kind__in=kinds, done_at=None).exists()


def to_check(person: Person) -> Task | None:
    """The open task to check what the rules answered at once."""
    return Task.objects.filter(person=person, kind="charge.check", done_at=None).first()
