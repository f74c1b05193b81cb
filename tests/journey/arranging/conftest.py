"""A plan that was sent, with Brightsteps and Millrace in it, and a broker chosen."""

import pytest

from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan, PlanLine, Status
from tests.conftest import NOON


@pytest.fixture
def plan(harold: Person, edith_in: SignIn) -> Plan:
    """His plan, sent, with a line of each provider, of hers alone, and a wish not met."""
    made = plans.open_plan(harold, by=edith_in, at=NOON)
    for wish, name in (("A clean home", "Brightsteps"), ("Good company", "Millrace")):
        plans.add_line(
            made,
            wish=wish,
            support=name,
            paid_from="budget",
            cost_pence=5200,
            organisation=Organisation.objects.get(name=name),
            by=edith_in,
            at=NOON,
        )
    plans.add_line(made, wish="He has me", paid_from="family", by=edith_in, at=NOON)
    Plan.objects.update(status=Status.OFFERED, offered_at=NOON, strengths="His garden")
    made.refresh_from_db()
    return made


@pytest.fixture
def brightsteps(council: None) -> OrganisationMember:
    return OrganisationMember.objects.get(organisation__name="Brightsteps")


@pytest.fixture
def millrace(council: None) -> OrganisationMember:
    return OrganisationMember.objects.get(organisation__name="Millrace")


@pytest.fixture
def petra(council: None) -> OrganisationMember:
    return OrganisationMember.objects.get(organisation__name="Many Voices")


@pytest.fixture
def her_line(plan: Plan) -> PlanLine:
    """The line that Brightsteps supports."""
    return PlanLine.objects.get(plan=plan, organisation__name="Brightsteps")
