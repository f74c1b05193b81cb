"""The front door, as those who stand at it see it: one screen, few fields, and nobody queues twice.

Steps 4, 8, 19, 20, 29 and 36 of the demonstration's story; steps 12 to 16 are in test_jones.
"""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from ownway.demo.cast import staff_named
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from tests.browser.acting import Actor, Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    return Stage(new_context, at)


@pytest.fixture
def edith(alderbrook: None) -> Person:
    from tests.conftest import NOON

    return people.add_person(
        first_name="Edith", last_name="Jones", title="Mrs", by=None, at=NOON,
        phone="07700 900117", home=people.home_at(postcode="AL3 4QT", first_line="14 Copper Lane"),
    )  # fmt: skip


class Counted:
    """How many boxes are typed into and how many things are pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.typed, self.clicks = page, 0, 0

    def types(self, label: str, text: str) -> None:
        self.typed += 1
        self.page.get_by_label(label).first.press_sequentially(text)

    def presses(self, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=name).first.click()

    def selects(self, label: str, option: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label).first.select_option(option)


def test_a_known_caller_takes_four_fields_and_eight_clicks(stage: Stage, edith: Person) -> None:
    stage.at("2026-01-06T10:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Contacts")
    desk = Counted(gwen.page)

    desk.presses("Take a call")
    desk.types("Calling", "edyth jnoes")
    desk.presses(re.compile("Use Edith Jones"))
    gwen.heads("Mrs Jones, on the phone")
    desk.selects("What about", "Caring for someone with dementia")
    desk.types("What was said", "She needs an afternoon to herself.")
    desk.types("Search the directory", "Sit-Awhile")
    desk.presses("Pick Sit-Awhile")
    expect(gwen.page.get_by_role("button", name=re.compile("Picked"))).to_be_visible()
    desk.presses("Settle and tell Mrs Jones")

    gwen.heads(re.compile("settled in"))
    assert desk.typed <= 4
    assert desk.clicks <= 8


def test_a_name_typed_before_the_scripts_came_is_looked_for_once_they_are_there(
    stage: Stage, edith: Person
) -> None:
    stage.at("2026-01-06T10:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Contacts")
    waiting: list[Route] = []
    gwen.page.route(re.compile("htmx"), lambda route: waiting.append(route))

    gwen.page.get_by_role("button", name="Take a call").first.click(no_wait_after=True)
    gwen.page.get_by_label("Calling").first.press_sequentially("edyth jnoes")
    for one in waiting:
        one.continue_()

    expect(gwen.page.get_by_role("button", name=re.compile("Use Edith Jones"))).to_be_visible()


def test_a_new_caller_is_asked_twelve_things_at_most(stage: Stage) -> None:
    stage.at("2026-01-06T10:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Contacts")
    gwen.presses("Take a call")
    gwen.page.get_by_role("textbox", name="Calling", exact=True).fill("Nadia Brook")
    gwen.presses("Find who is calling")
    gwen.presses(re.compile("dd a new person"))

    asked = gwen.group("A new person").locator("input:visible, select:visible")
    on_the_call = 3  # What about, what was said, and what she hopes for.
    assert asked.count() + on_the_call <= 12


def test_what_is_urgent_goes_to_its_team_and_never_queues(stage: Stage) -> None:
    ruth = stage.staff("Ruth Calloway")
    stage.at("2026-01-05T11:30")
    ruth.opens("/desk/routing/")
    ruth.heads("Routing table")
    ruth.sees("→ Mental health crisis team", "15 minutes", within=ruth.row("Mental health crisis"))
    ruth.finds_no_fault("routing")

    stage.at("2026-01-12T14:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens("/desk/contact/")
    gwen.presses("Take a call")
    gwen.presses("Urgent lane")
    gwen.fills("What is happening", "Mr Pym is in great distress")
    gwen.finds_no_fault("urgent-lane")
    gwen.presses(re.compile("^Mental health crisis →"))
    gwen.sees("Handed over to Mental health crisis team at 14:00")
    gwen.finds_no_fault("urgent-handed-over")

    address = gwen.page.url
    gwen.opens("/desk/contacts/")
    gwen.sees("Urgent lane: being taken over now")
    expect(gwen.page.get_by_role("table")).to_have_count(0)

    stage.at("2026-01-12T14:06:30")
    gwen.opens(address)
    gwen.fills("Who took it over", "Ana Ferris")
    gwen.presses("They have it: settle")
    gwen.heads(re.compile("settled in 6 minutes"))
    gwen.sees("taken by Ana Ferris at 14:06")
    gwen.finds_no_fault("urgent-settled")


def test_an_email_passed_on_twice_is_counted_and_settled_late(stage: Stage, tmp_path: Path) -> None:
    stage.at("2026-01-08T09:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens("/desk/contacts/email/")
    gwen.finds_no_fault("bring-mail")
    gwen.page.get_by_label("An e-mail saved as .eml").set_input_files(_mail(tmp_path))
    gwen.presses("Bring it in")
    gwen.is_told(re.compile(r"Contact \d+ is open"))
    gwen.sees("due Fri 9 Jan 09:00")
    address = gwen.page.url

    _passes(gwen, "Dev Marlowe")
    dev = stage.staff("Dev Marlowe")
    dev.opens(address)
    _passes(dev, "Gwen Applegarth")
    gwen.opens("/desk/contacts/")
    gwen.sees("passed on 2 times")

    stage.at("2026-01-09T15:10")  # The clock has run on since nine: thirty whole hours have passed.
    gwen.opens(address)
    gwen.presses("Find who is calling")
    gwen.page.get_by_role("textbox", name="Calling", exact=True).fill("Nadia Brook")
    gwen.presses("Find who is calling")
    gwen.presses(re.compile("dd a new person"))
    gwen.presses("Add and use")
    gwen.selects("What about", "Help at home after a fall")
    gwen.page.get_by_role("radio", name=re.compile("^Refer ?Reablement")).check(force=True)
    gwen.selects("Refer to", "Reablement team")
    gwen.fills("Why", "Weak after a fall", exact=True)
    gwen.presses(re.compile("^Settle and tell"))
    gwen.heads(re.compile("settled in 30 hours"))
    expect(gwen.page.locator(".ow-clock--late").first).to_be_visible()
    gwen.sees("Passed by Gwen Applegarth to Dev Marlowe", "Referred: Reablement team")
    gwen.sees("Passed by Dev Marlowe to Gwen Applegarth")


def _mail(folder: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Nadia Brook <nadia@example.com>", "Please help"
    mail["Message-ID"] = "<n1@example.com>"
    mail.set_content("I fell and cannot manage the stairs.")
    path = folder / "nadia.eml"
    path.write_bytes(mail.as_bytes())
    return path


def _passes(actor: Actor, to: str) -> None:
    actor.follows("Pass to someone")
    option = actor.page.get_by_label("Pass to").locator("option", has_text=to).first
    actor.page.get_by_label("Pass to").select_option(option.get_attribute("value"))
    actor.page.get_by_label("Why", exact=True).fill("It is theirs")
    actor.page.get_by_role("main").get_by_role("button").last.click()
    actor.heads("Contacts")


def test_help_at_a_contact_point_is_saved_as_settled(stage: Stage) -> None:
    stage.at("2026-01-06T09:30")
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens("/desk/contacts/visit/")
    gwen.finds_no_fault("visit")
    gwen.fills("Contact point", "Quayside Library")
    gwen.selects("What was it about?", "Home and housing")
    gwen.fills("What did you find together?", "Green Gate can do the garden.")
    gwen.fills("How many minutes did it take?", "20")
    gwen.presses("Save, settled")
    gwen.is_told("settled at Quayside Library")
    gwen.opens("/desk/contacts/?show=settled")
    gwen.sees("Contact point", "Done in 20 minutes")


def test_a_call_back_finds_a_gap_that_commissioners_read(stage: Stage, edith: Person) -> None:
    from datetime import datetime

    from ownway.journey.contact import actions
    from ownway.journey.contact.queries.entries import suggest
    from tests.browser.conftest import LONDON

    ten = datetime(2026, 1, 6, 10, 0, tzinfo=LONDON)
    by = staff_named("Gwen Applegarth")
    call = actions.begin(by=by, at=ten)
    actions.use_person(call, edith, side="caller", by=by, at=ten)
    actions.keep(call, by=by, at=ten, reason="dementia", said="Needs a break")
    for name in ("Sit-Awhile", "Teapot Café"):
        found = suggest(name, near=edith.household, on=ten.date())
        actions.pick(call, next(e for e in found if e.name == name), by=by, at=ten)
    actions.settle_by_signpost(call, by=by, at=ten)

    stage.at("2026-01-20T10:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens(f"/desk/contacts/{call.pk}/call-back/")
    gwen.picks("Does Sit-Awhile suit?", "Suits")
    gwen.picks("Does Teapot Café suit?", "Does not suit")
    gwen.selects("If not, why?", "No transport", within=gwen.part("Teapot Café"))
    gwen.presses("Keep and close the call-back")
    gwen.is_told("Call-back done and kept")

    ivo = stage.staff("Ivo Stannard")
    ivo.opens("/desk/contacts/evidence/")
    ivo.sees("No transport", "Teapot Café")
    ivo.does_not_see("Jones")
    ivo.finds_no_fault("contact-evidence")
