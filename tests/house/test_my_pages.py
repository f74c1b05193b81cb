"""What is a resident's own is theirs: staff and organisations find nothing at a /my/ address."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan import queries as plan_queries
from ownway.foundation.record.models import AccessLog
from ownway.journey.assessment import actions as assessment
from tests.conftest import NOON


def _own_pages(resolver: URLResolver | None = None, before: str = "") -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _own_pages(pattern, route)
        elif route.startswith("my/"):
            yield pattern


# The first page of all sends whoever signed in to the first page of their own.
FIRST = "my"
PAGES = sorted({page.name: page for page in _own_pages()}.items())


@pytest.fixture
def ids(edith: Person, edith_in: SignIn, dev: Staff) -> dict[str, object]:
    """Something real for each part of an address, which the worker of both may see at the desk."""
    people.name_worker(edith, staff=dev, at=NOON)
    plan = plans.open_plan(edith, by=edith_in, at=NOON)
    opened = assessment.open_assessment(edith, kind="carer", by=dev.sign_in, at=NOON)
    return {
        "person_id": edith.pk,
        "plan_id": plan.pk,
        "assessment_id": opened.pk,
        "organisation_id": Organisation.objects.get(name="Brightsteps").pk,
        "key": "start",
        "evidence_id": 1,
        "pk": 1,
    }


@pytest.mark.parametrize("who", ["dev.marlowe", "gwen.applegarth", "nell.harker", "petra.windle"])
def test_nobody_but_residents_finds_a_page_at_an_address_of_their_own(
    who: str, ids: dict[str, object], client: Client
) -> None:
    client.force_login(SignIn.objects.get(email=f"{who}@alderbrook.example"))

    for name, pattern in PAGES:
        parts = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
        address = reverse(name, kwargs={part: ids[part] for part in parts})
        answers = {client.get(address).status_code, client.post(address).status_code}

        assert answers == {302} if name == FIRST else answers <= {404, 405}, name
    assert not AccessLog.objects.exists()


def test_staff_have_no_plans_of_a_resident_though_they_may_see_some(
    ids: dict[str, object], dev: Staff
) -> None:
    at_the_desk = plan_queries.plans(dev.sign_in, at=NOON)

    own = plan_queries.plans_of_a_resident(dev.sign_in, at=NOON)

    assert at_the_desk.count() == 1
    assert own == []
