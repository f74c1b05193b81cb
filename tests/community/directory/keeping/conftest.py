"""A council whose directory has an owner with an account, one with an e-mail address, and none."""

from datetime import date

import pytest

from ownway.community.directory.models import Entry, Owner
from ownway.demo.cast import way_in
from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn
from ownway.foundation.people import actions as people
from tests.community.directory.conftest import NOON


def entry_named(name: str) -> Entry:
    """An entry of the small directory."""
    return Entry.objects.select_related("owner__organisation").get(name=name)


@pytest.fixture
def teapot(council: None, town: None) -> Entry:
    """A café that was last checked a year and two days ago; its owner reads e-mail."""
    Owner.objects.filter(name="Teapot Café").update(email="hello@teapot.example")
    return entry_named("Teapot Café")


@pytest.fixture
def hana(teapot: Entry) -> OrganisationMember:
    """Who signs in for the café."""
    organisation = Organisation.objects.get(name="Teapot Café")
    Owner.objects.filter(name="Teapot Café").update(organisation=organisation)
    return OrganisationMember.objects.create(
        sign_in=way_in("Hana Teal"), organisation=organisation, part="provider"
    )


@pytest.fixture
def joy(council: None) -> SignIn:
    """A resident who helps."""
    person = people.add_person(
        first_name="Joy", last_name="Thistlewood", by=None, at=NOON, date_of_birth=date(1954, 6, 1)
    )
    return people.give_way_in(person, email="joy@alderbrook.example", password="a long password")
