"""Every link on a person's page leads somewhere for whoever is shown it."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from ownway.foundation.council.models import Role, SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.pages.links import OPENED_BY
from tests.conftest import NOON
from tests.house.test_who_sees_whom import PERSONAL, of_harold
from tests.journey.budgets import joneses

__all__ = ["of_harold"]

IN_MAIN = re.compile(r"<main.*</main>", re.S)
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')


def _with_role(role: str, dev: Staff) -> Staff:
    """Somebody of a role who has a record of theirs to open: of the worker's own team."""
    staff = Staff.objects.filter(role=role).order_by("pk")[0]
    if role != Role.ACCESS_OFFICER:
        staff.team = dev.team
        staff.save(update_fields=["team"])
    return staff


@pytest.mark.parametrize("role", list(Role.values))
def test_every_link_on_a_persons_page_opens_for_each_role(
    role: str, of_harold: dict[str, object], harold: Person, edith: Person, dev: Staff,
    as_: Callable[[Staff | SignIn], Client], the_time: Callable[[datetime], None],
) -> None:  # fmt: skip
    the_time(joneses.CHOSEN)
    client, refused, seen = as_(_with_role(role, dev)), [], 0

    for person in (harold, edith):
        for show in ("", "?show=letters"):
            page = client.get(f"/desk/people/{person.pk}/{show}", follow=True)
            if page.status_code != 200:
                continue
            found = IN_MAIN.search(page.text)
            assert found is not None
            for address in dict.fromkeys(LINK.findall(found[0])):
                seen += 1
                answer = client.get(address.replace("&amp;", "&"), follow=True)
                refused += [f"{address}: {answer.status_code}"] * (answer.status_code != 200)

    assert refused == []
    opens = {Role.ACCESS_OFFICER, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.FINANCE_OFFICER}
    assert seen > 8 or role not in opens


def test_the_pages_that_ask_for_a_power_are_pages_there_are() -> None:
    asked_of_nobody = {"applications", "new-contact", "outbox", "payments", "find-payee"}

    assert set(OPENED_BY) - asked_of_nobody <= set(PERSONAL)


def test_an_access_officer_is_not_led_to_what_they_may_not_open(
    harold: Person, gwen: Staff, as_: Callable[[Staff | SignIn], Client]
) -> None:
    people.name_worker(harold, staff=gwen, at=NOON)

    text = as_(gwen).get(f"/desk/people/{harold.pk}/").text

    assert "Reablement" in text
    assert f"/desk/people/{harold.pk}/reablement/" not in text
    assert f"/desk/people/{harold.pk}/checklist/" in text
