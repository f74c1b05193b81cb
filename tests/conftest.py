"""A throw-away PostgreSQL, the invented council, and people to test with."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from ownway.commands.migrations_in_place import in_place
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.models import Person

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 1, 6, 12, 0, tzinfo=LONDON)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Make the database of the tests as quickly as that of a first start."""
    with in_place():
        yield


def pytest_collection_finish() -> None:
    """Look no more for garbage among what was loaded to begin with: it stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(autouse=True)
def no_looks_left(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Empty the log of looks after a test that committed: no clean-up but this one knows it."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE record_accesslog")
            cursor.execute("UPDATE record_accesslog_head SET chain = ''")


@pytest.fixture
def council(db: None) -> None:
    """Alderbrook, with its staff, organisations and settings version 1."""
    from ownway.demo.cast import raise_council

    raise_council(at=datetime(2026, 1, 5, 10, 0, tzinfo=LONDON))


def _staff(name: str) -> Staff:
    from ownway.demo.cast import staff_named

    return staff_named(name)


@pytest.fixture
def gwen(council: None) -> Staff:
    """An access officer."""
    return _staff("Gwen Applegarth")


@pytest.fixture
def dev(council: None) -> Staff:
    """A social worker."""
    return _staff("Dev Marlowe")


@pytest.fixture
def ruth(council: None) -> Staff:
    """A team manager."""
    return _staff("Ruth Calloway")


@pytest.fixture
def priya(council: None) -> Staff:
    """A finance officer."""
    return _staff("Priya Fenwick")


@pytest.fixture
def lena(council: None) -> Staff:
    """A policy owner."""
    return _staff("Lena Marchbank")


@pytest.fixture
def harold(gwen: Staff) -> Person:
    """Mr Jones, who draws on care, at home in Copper Lane."""
    from ownway.foundation.people import actions as people

    home = people.home_at(postcode="AL3 4QT", first_line="14 Copper Lane", town="Alderbrook")
    return people.add_person(
        title="Mr",
        first_name="Harold",
        last_name="Jones",
        by=gwen.sign_in,
        at=NOON,
        home=home,
        date_of_birth=datetime(1951, 5, 14).date(),
    )


@pytest.fixture
def edith(harold: Person, gwen: Staff) -> Person:
    """Mrs Jones, his wife and carer."""
    from ownway.foundation.people import actions as people

    person = people.add_person(
        title="Mrs",
        first_name="Edith",
        last_name="Jones",
        by=gwen.sign_in,
        at=NOON,
        home=harold.household,
        date_of_birth=datetime(1957, 3, 2).date(),
        not_a_duplicate_because="His wife",
    )
    people.tie(person, to=harold, kind="wife", cares_for=True)
    return person


@pytest.fixture
def edith_in(edith: Person, harold: Person) -> SignIn:
    """Mrs Jones's own way in; she may act for her husband."""
    from ownway.foundation.people import actions as people

    sign_in = people.give_way_in(
        edith, email="edith.jones@alderbrook.example", password="a long password"
    )
    people.let_act_for(
        sign_in, person=harold, kind="family", authority="His wife; he agreed", at=NOON
    )
    return sign_in


@pytest.fixture
def the_time(db: None) -> object:
    """Set what time it is: `the_time(moment)`."""
    from ownway.foundation.council import actions as council

    return council.set_clock


@pytest.fixture
def as_(client: Client) -> object:
    """Sign the test client in: `as_(gwen)` for staff, `as_(edith_in)` for a sign-in."""

    def signed_in(who: Staff | SignIn) -> Client:
        client.force_login(who.sign_in if isinstance(who, Staff) else who)
        return client

    return signed_in


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
