"""Forms in a real browser: saved as they are filled in by staff, and without scripts by anybody."""

import json
import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ownway.demo.cast import raise_council, staff_named
from ownway.foundation.forms import actions
from ownway.foundation.forms.models import Answers
from ownway.foundation.people import actions as people
from tests.conftest import LONDON, NOON
from tests.foundation.forms.conftest import SMALL, council_form


@pytest.fixture
def dev(transactional_db):
    raise_council(at=datetime(2026, 1, 5, 10, 0, tzinfo=LONDON))
    return staff_named("Dev Marlowe")


@pytest.fixture
def harold(dev):
    by = staff_named("Gwen Applegarth").sign_in
    person = people.add_person(first_name="Harold", last_name="Jones", by=by, at=NOON)
    people.name_worker(person, staff=dev, at=NOON)
    return person


def signed_in(context, live_server, staff):
    client = Client()
    client.force_login(staff.sign_in)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])


def test_staff_fill_in_a_council_form_and_each_change_is_saved(
    page, context, live_server, faults, dev, harold
):
    form = council_form("care-act-assessment")
    begun = actions.start_for_staff(form, about=harold, by=dev.sign_in, at=NOON)
    signed_in(context, live_server, dev)
    page.goto(reverse("form-answers", args=[begun.pk]))
    state, opened = (
        page.get_by_role("status").last,
        page.get_by_role("group", name="Admission date"),
    )
    assert not opened.is_visible()

    group = page.get_by_role("group", name=re.compile("currently staying in a hospital"))
    group.get_by_label("Yes").check()
    opened.wait_for()
    opened.get_by_label("Day").fill("40")
    opened.get_by_label("Day").press("Tab")
    page.get_by_text("The date must have a month and a year").wait_for()

    assert state.inner_text().endswith("but for 1 answer")
    faults.none("form-dense")
    assert Answers.objects.get(pk=begun.pk).version >= 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_is_answered_page_by_page_with_or_without_scripts(
    browser, live_server, dev, scripts
):
    form = actions.bring_in(json.dumps(SMALL), at=NOON).form
    context = browser.new_context(base_url=str(live_server), java_script_enabled=scripts)
    signed_in(context, live_server, dev)
    page = context.new_page()
    go_on = page.locator("button[name=go]")
    page.goto(reverse("form-try-page", args=[form.pk, "start"]))

    page.get_by_label("What is your name?").fill("Edith")
    go_on.click()
    go_on.click()
    assert page.get_by_role("alert").inner_text().startswith("There is a problem")
    page.get_by_label("No", exact=True).check()
    go_on.click()
    page.get_by_label("Who do you live with?").fill("Harold")
    go_on.click()
    page.get_by_label("Name").fill("Ann")
    page.get_by_role("button", name="Add another").click()
    page.get_by_label("Name").nth(1).fill("Ben")
    go_on.click()
    page.get_by_role("button", name="Skip this question for now").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Check your answers"
    assert page.get_by_text("Ben", exact=True).is_visible()
    page.get_by_role("button", name="Send my answers").click()
    assert page.url.split("#")[0].endswith(reverse("form", args=[form.pk]))
    context.close()


def test_the_pages_of_forms_have_no_faults(page, context, live_server, faults, dev, harold):
    form = council_form("telecare-requisition")
    signed_in(context, live_server, dev)

    for name, key in (
        ("form", form.pk),
        ("form-try", form.pk),
        ("form-try-check", form.pk),
        ("form-print", form.pk),
        ("forms-for", harold.pk),
    ):
        page.goto(reverse(name, args=[key]))
        faults.none(name)
    for key in ("1.1.1", "1.1.5", "2.4.1"):
        page.goto(reverse("form-try-page", args=[form.pk, key]))
        page.locator("button[name=go]").click()
        faults.none(f"form-page-{key}")
    page.goto(reverse("forms"))
    faults.none("forms")
