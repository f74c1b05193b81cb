"""What goes wrong in a real browser: a second press, a lost sign-in, no scripts, keys alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from ownway.demo.cast import staff_named
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan.actions import open_plan
from ownway.foundation.plan.models import PlanLine
from ownway.foundation.record.models import Event
from ownway.journey.assessment import actions as assessment
from ownway.journey.assessment.models import Assessment
from ownway.journey.contact.models import Contact
from tests.browser.acting import Actor
from tests.conftest import NOON

pytestmark = pytest.mark.browser

Joins = Callable[..., Actor]


@pytest.fixture
def joins(alderbrook: None, new_context: Callable[..., BrowserContext], at: Callable) -> Joins:
    """Somebody at a browser of their own, with or without scripts."""
    at("2026-01-06T12:00")

    def join(name: str, *, scripts: bool = True) -> Actor:
        return Actor(new_context(java_script_enabled=scripts).new_page(), name)

    return join


@pytest.fixture
def edith(alderbrook: None) -> Person:
    """Mrs Jones has her own pages, a plan, and questions to answer about Mr Jones and herself."""
    gwen, dev = staff_named("Gwen Applegarth"), staff_named("Dev Marlowe")
    home = people.home_at(postcode="AL3 4QT", first_line="14 Copper Lane", town="Alderbrook")
    known = {"last_name": "Jones", "home": home, "by": gwen.sign_in, "at": NOON}
    his = people.add_person(first_name="Harold", title="Mr", **known)
    hers = people.add_person(
        first_name="Edith", title="Mrs", not_a_duplicate_because="His wife", **known
    )
    people.tie(hers, to=his, kind="wife", cares_for=True)
    way = people.give_way_in(
        hers, email="edith.jones@alderbrook.example", password="a long password"
    )
    people.let_act_for(way, person=his, kind="family", authority="He agreed", at=NOON)
    for person, kind in ((his, "adult"), (hers, "carer")):
        people.name_worker(person, staff=dev, at=NOON)
        open_plan(person, by=gwen.sign_in, at=NOON)
        assessment.open_assessment(person, kind=kind, led_by="self", by=dev.sign_in, at=NOON)
    return hers


def takes_a_call(gwen: Actor) -> None:
    gwen.opens("/desk/contacts/")
    gwen.presses("Take a call")
    gwen.heads("Someone on the phone")
    gwen.selects("What about", "Something else")
    gwen.fills("What was said", "Asks when the library opens.")
    gwen.page.locator("summary", has_text="Change the words").click()
    gwen.fills("In your own words instead", "The library opens at nine.")


def test_two_presses_settle_a_contact_once(joins: Joins) -> None:
    gwen = joins("Gwen Applegarth").signs_in()
    takes_a_call(gwen)

    gwen.page.get_by_role("button", name="Settle", exact=True).dblclick()

    gwen.heads(re.compile("settled in"))
    contact = Contact.objects.get()
    assert contact.is_settled
    assert contact.told == "The library opens at nine."


def test_a_page_sent_twice_from_two_windows_says_that_it_is_settled(joins: Joins) -> None:
    gwen = joins("Gwen Applegarth").signs_in()
    takes_a_call(gwen)
    second = gwen.page.context.new_page()
    second.goto(gwen.page.url)
    gwen.page.get_by_role("button", name="Settle", exact=True).click()
    gwen.heads(re.compile("settled in"))

    second.get_by_role("button", name="Settle", exact=True).click()

    expect(second.get_by_role("status").first).to_contain_text("was settled already")
    assert Contact.objects.count() == 1


def test_an_expired_sign_in_loses_nothing_that_was_typed(joins: Joins, edith: Person) -> None:
    dev = joins("Dev Marlowe").signs_in()
    dev.opens(f"/desk/people/{edith.pk}/note/")
    dev.page.get_by_role("textbox", name="note").fill("A long visit 🌼. He was in the garden.")
    dev.page.context.clear_cookies(name="sessionid")

    dev.presses("Save the note")
    dev.heads("Sign in")
    dev.fills("Your e-mail address", dev.email)
    dev.fills("Your password", "alderbrook-is-invented", exact=True)
    dev.presses("Sign in")
    dev.heads("This page was open too long")
    dev.finds_no_fault("kept")
    dev.presses("Send it again")

    dev.is_told("Note written")
    note = Event.objects.get(kind="note.written")
    assert note.facts["note"] == "A long visit 🌼. He was in the garden."


def loses_the_sign_in_in_a_call(gwen: Actor) -> None:
    takes_a_call(gwen)
    gwen.fills("What they hope for", "To borrow books")
    gwen.page.context.clear_cookies(name="sessionid")


def signs_in_again(gwen: Actor) -> None:
    gwen.heads("Sign in")
    gwen.fills("Your e-mail address", gwen.email)
    gwen.fills("Your password", "alderbrook-is-invented", exact=True)
    gwen.presses("Sign in")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sign_in_that_ends_in_a_call_loses_nothing(joins: Joins, scripts: bool) -> None:
    gwen = joins("Gwen Applegarth", scripts=scripts).signs_in()
    loses_the_sign_in_in_a_call(gwen)
    if scripts:
        gwen.page.get_by_label("What was said").press_sequentially(" And when it shuts.")
        expect(gwen.page.get_by_role("alert")).to_contain_text("You have been signed out")
        gwen.sees("Not saved")
    else:
        gwen.fills("What was said", "Asks when the library opens. And when it shuts.")

    gwen.page.get_by_role("button", name="Settle", exact=True).click()
    signs_in_again(gwen)
    gwen.heads("This page was open too long")
    gwen.presses("Send it again")

    gwen.heads(re.compile("settled in"))
    kept = Contact.objects.get()
    assert kept.said == "Asks when the library opens. And when it shuts."
    assert (kept.hope, kept.told) == ("To borrow books", "The library opens at nine.")
    expect(gwen.page.get_by_text("before you were signed out")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_who_goes_to_the_call_itself_is_offered_what_was_typed(joins: Joins, scripts: bool) -> None:
    gwen = joins("Gwen Applegarth", scripts=scripts).signs_in()
    loses_the_sign_in_in_a_call(gwen)
    gwen.fills("What was said", "A word nobody saved")
    call = gwen.page.url
    gwen.page.get_by_role("button", name="Find in the directory").click()
    gwen.heads("Sign in")

    gwen.opens(call)
    signs_in_again(gwen)
    expect(gwen.page).to_have_url(call)
    gwen.follows("See it and send it")
    gwen.presses("Send it again")

    expect(gwen.page.get_by_label("What was said")).to_have_value("A word nobody saved")
    expect(gwen.page.get_by_text("before you were signed out")).to_have_count(0)
    assert Contact.objects.get().said == "A word nobody saved"


def test_a_note_may_hold_anything_but_nothing_and_too_much(joins: Joins, edith: Person) -> None:
    dev = joins("Dev Marlowe").signs_in()
    dev.opens(f"/desk/people/{edith.pk}/note/")
    box = dev.page.get_by_role("textbox", name="note")

    dev.presses("Save the note")
    dev.is_refused("Write the note")
    dev.finds_no_fault("note-empty")
    box.fill("x" * 20_000)
    dev.presses("Save the note")
    dev.is_refused("Keep it under 5,000 letters, or write two notes")
    expect(box).to_have_value("x" * 20_000)
    box.evaluate("(box) => { box.value = 'Sang\\u0000 <b>all day</b> 🎶' }")
    dev.presses("Save the note")

    dev.is_told("Note written")
    dev.sees("Sang <b>all day</b> 🎶")


def test_without_scripts_help_is_asked_for_and_found(joins: Joins) -> None:
    joy = joins("Joy Thistlewood", scripts=False)
    joy.opens("/get-help/")
    joy.page.get_by_text("Start", exact=True).click()
    joy.presses("Go on")
    joy.is_refused("Choose")
    goes_through_the_questions(joy)
    joy.heads("Check what you wrote")
    joy.presses("Send")
    joy.heads("We have what you sent")
    contact = Contact.objects.get()
    assert contact.said == "The stairs are hard 🙂"

    joy.opens("/directory/")
    joy.fills("What are you looking for?", "garden help")
    joy.presses("Search")
    joy.sees("Green Gate")


def goes_through_the_questions(joy: Actor) -> None:
    while "/get-help/check/" not in joy.page.url:
        choices = joy.main.get_by_role("radio")
        if choices.count():
            choices.first.check()
        for box in joy.main.locator("textarea").all():
            box.fill("The stairs are hard 🙂")
        if joy.main.get_by_label("Phone").count():
            joy.fills("Your name", "Joy Thistlewood")
            joy.fills("Phone", "01632 960112")
        before = joy.page.url
        joy.presses("Go on")
        expect(joy.page).not_to_have_url(before)


def test_without_scripts_the_desk_takes_a_call(joins: Joins) -> None:
    gwen = joins("Gwen Applegarth", scripts=False).signs_in()
    takes_a_call(gwen)
    gwen.fills("Search the directory", "Sit-Awhile")
    gwen.presses("Find in the directory")
    gwen.presses("Pick Sit-Awhile")
    expect(gwen.page.get_by_label("What was said")).to_have_value("Asks when the library opens.")

    gwen.page.get_by_role("button", name="Settle", exact=True).click()

    gwen.heads(re.compile("settled in"))
    assert Contact.objects.get().signposts.get().name == "Sit-Awhile"


def test_without_scripts_a_question_is_answered_and_a_line_is_written(
    joins: Joins, edith: Person
) -> None:
    her = joins("Edith Jones", scripts=False).signs_in(password="a long password")
    her.follows("Go to the questions")
    her.presses("Start")
    her.heads("Eating and drinking")
    her.presses("Save and go on")
    her.is_refused(re.compile("."))
    her.picks("How much help does Harold need", "Some help")
    her.fills("Say it in your own words", "I cut his food up.")
    her.picks("How much of this do you want to go on doing?", "A little")
    her.presses("Save and go on")
    her.heads("Washing and dressing")

    her.opens("/my/plan/")
    her.page.get_by_text("Add something you want").click()
    her.fills("What do you want?", "I swim each week")
    her.presses("Save and go on")
    her.heads("Who or what could help?")
    her.presses("No one found yet: keep my wish")
    her.sees("Not found yet: I swim each week")
    assert [line.wish for line in PlanLine.objects.all()] == ["I swim each week"]


def test_a_question_is_answered_by_keyboard_alone(joins: Joins, edith: Person) -> None:
    her = joins("Edith Jones").signs_in(password="a long password")
    her.opens("/my/assessment/")
    press = her.page.keyboard.press
    her.page.get_by_role("button", name="Start").focus()
    press("Enter")
    her.heads("Eating and drinking")

    tab_to(her, "input[type=radio]")
    press("ArrowDown")
    press("ArrowDown")
    tab_to(her, "textarea")
    her.page.keyboard.type("I cut his food up.")
    tab_to(her, "input[name$='help']")
    press("Space")
    tab_to(her, "button[name=go]")
    press("Enter")

    her.heads("Washing and dressing")
    answers = Assessment.objects.get(person__first_name="Harold").answers
    assert answers is not None
    assert "I cut his food up." in str(answers.values)


def test_a_contact_is_settled_by_keyboard_alone(joins: Joins) -> None:
    gwen = joins("Gwen Applegarth").signs_in()
    takes_a_call(gwen)

    gwen.page.get_by_label("What was said").focus()
    gwen.page.keyboard.press("Control+Enter")

    gwen.heads(re.compile("settled in"))
    assert Contact.objects.get().is_settled


def tab_to(actor: Actor, selector: str, *, most: int = 30) -> None:
    """Press Tab until the focus is on what a selector names, as somebody without a mouse does."""
    for _ in range(most):
        actor.page.keyboard.press("Tab")
        if actor.page.evaluate("(what) => document.activeElement.matches(what)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")
