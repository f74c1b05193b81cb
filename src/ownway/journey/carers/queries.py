"""What carers said they will do, their emergency plans, and the support they had."""

from dataclasses import dataclass
from datetime import datetime

from ownway.foundation.council.access import Viewer
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Decision
from ownway.journey.assessment import queries as assessment
from ownway.journey.carers.models import Activation, EmergencyPlan, Statement, Support
from ownway.policy import domains

WISHES = {
    "hours": "A few hours off in the day",
    "overnight": "A night off, now and then",
    "week": "A week or more away",
}

AMOUNTS = tuple(domains.HELP)


def statement_of(carer: Person, cares_for: Person) -> Statement | None:
    """What a carer is willing and able to do for somebody, as it stands now."""
    found = Statement.objects.filter(carer=carer, cares_for=cares_for, ended_at=None)
    return found.select_related("carer", "cares_for").first()


def statements_of(carer: Person) -> list[Statement]:
    """Everything a carer said they will do, newest first, ended ones too."""
    found = Statement.objects.filter(carer=carer).select_related("cares_for", "given_by", "carer")
    return list(found.order_by("-given_at", "-pk"))


def help_given_to(person: Person) -> dict[str, str]:
    """How much of every part of life carers do, as they say now; of several carers, the most.

    A part that no carer named is help that nobody gives.
    """
    standing = Statement.objects.filter(cares_for=person, ended_at=None)
    said = list(standing.values_list("helps", flat=True))
    return {
        key: max((helps.get(key, "none") for helps in said), key=AMOUNTS.index, default="none")
        for key in domains.KEYS
    }


def helps_in_words(statement: Statement) -> list[tuple[str, str]]:
    """For each part of life, how much of it the carer will go on doing."""
    words = {"all": "All that I do now", "half": "About half", "little": "A little", "none": "None"}
    return [
        (domain.name, words[statement.helps[domain.key]])
        for domain in domains.NINE
        if domain.key in statement.helps
    ]


def emergency_plan_of(carer: Person) -> EmergencyPlan | None:
    """A carer's emergency plan."""
    return EmergencyPlan.objects.filter(carer=carer).select_related("carer").first()


def emergency_plans_about(person: Person) -> list[EmergencyPlan]:
    """The plans that matter for a person: their own as a carer, and those of who cares for them."""
    carers = [tie.person_id for tie in people.carers_of(person)]
    found = EmergencyPlan.objects.filter(carer__in=[person.pk, *carers])
    return list(found.select_related("carer").order_by("carer__sort_name", "pk"))


def plan_numbered(number: str) -> EmergencyPlan | None:
    """The plan with a number, however it is typed."""
    squeezed = number.replace(" ", "").upper()
    return EmergencyPlan.objects.filter(number=squeezed).select_related("carer").first()


def open_activation(plan: EmergencyPlan) -> Activation | None:
    """The time it is in use now."""
    return Activation.objects.filter(plan=plan, ended_at=None).select_related("by").first()


def support_of(carer: Person) -> list[Support]:
    """The support a carer has or was offered, newest first."""
    return list(Support.objects.filter(carer=carer).select_related("by").order_by("-at", "-pk"))


@dataclass(frozen=True)
class CarerView:
    """Everything staff see of a carer on one page."""

    carer: Person
    cared_for: list[Person]
    statements: list[Statement]
    wishes: assessment.CarerWishes | None
    plan: EmergencyPlan | None
    in_use: Activation | None
    support: list[Support]
    decision: Decision | None


def carer_view(carer: Person) -> CarerView:
    """What is known of a carer."""
    own = assessment.latest(carer, kind="carer")
    plan = emergency_plan_of(carer)
    return CarerView(
        carer=carer,
        cared_for=[tie.other for tie in people.cared_for_by(carer)],
        statements=statements_of(carer),
        wishes=assessment.carer_wishes(own) if own and own.answered_at else None,
        plan=plan,
        in_use=open_activation(plan) if plan else None,
        support=support_of(carer),
        decision=record.decision_of(carer, "eligibility"),
    )


def own_carer(viewer: Viewer, *, at: datetime) -> Person | None:
    """The carer behind a resident's sign-in; nothing for anybody else."""
    own = people.own_person(viewer)
    return own if own and (own.is_carer or people.cared_for_by(own)) else None
