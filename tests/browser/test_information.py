"""Information in a real browser: contact points, a campaign, the guide, and the readers' panel.

Steps 5 to 11 and 17 of the story, as each of them sees it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import expect

from ownway.demo.cast import MAIL, PASSWORD, staff_named
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from tests.browser.acting import Stage
from tests.conftest import LONDON

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    """The invented council; Joy can sign in, and nobody else is known."""
    gwen = staff_named("Gwen Applegarth").sign_in
    made = datetime(2026, 1, 5, 9, 0, tzinfo=LONDON)
    joy = people.add_person(first_name="Joy", last_name="Thistlewood", by=gwen, at=made)
    people.give_way_in(joy, email=f"joy.thistlewood@{MAIL}", password=PASSWORD)
    return Stage(new_context, at)


def test_a_contact_point_comes_onto_the_map_with_its_third_training(stage: Stage) -> None:
    ruth_registers_quayside_library(stage)
    two_of_three_do_not_show_it(stage)
    the_third_puts_it_on_the_map(stage)
    a_helper_counts_what_they_did_together(stage)


def test_joy_reads_the_guide_and_its_words_and_is_led_by_questions(stage: Stage) -> None:
    sol_plans_a_campaign(stage)
    joy_reads_personal_budgets(stage)
    she_is_led_by_questions(stage)
    she_would_pay_for_her_own_care(stage)
    a_benefit_is_found_for_her(stage)


def test_a_page_is_published_when_the_panel_has_read_it(stage: Stage) -> None:
    it_waits_for_the_panel(stage)
    joy_joins_and_says_yes(stage)
    it_is_published_with_its_owner_and_next_check(stage)


# -- Contact points ------------------------------------------------------------------------------


def ruth_registers_quayside_library(stage: Stage) -> None:
    stage.at("2026-01-05T12:00")
    ruth = stage.staff("Ruth Calloway")
    ruth.follows("Information")
    ruth.follows("Contact points")
    ruth.heads("Contact points")
    ruth.follows("Register a contact point")
    ruth.presses("Keep the contact point")
    ruth.is_refused("Enter the name", "Enter the address", "Enter the postcode")
    ruth.finds_no_fault("point-refused")
    ruth.fills("Name", "Quayside Library", exact=True)
    ruth.fills("Address", "Quay Street, Alderbrook")
    ruth.fills("Postcode", "al1 2bd")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        ruth.fills(day, "9:00 to 17:00")
    ruth.fills("When it is busy", "Thursday mornings are busy")
    ruth.presses("Keep the contact point")
    ruth.heads("Quayside Library")
    ruth.sees("Not on the public map", "0 of 3 trainings")


def _train(stage: Stage, topic: str) -> None:
    ruth = stage("Ruth Calloway")
    ruth.picks("Training", topic)
    ruth.fills_date("When it was held", "5", "1", "2026")
    ruth.presses("Record the training")


def two_of_three_do_not_show_it(stage: Stage) -> None:
    ruth, joy = stage("Ruth Calloway"), stage("Joy Thistlewood")
    _train(stage, "How social care works")
    _train(stage, "The directory and the guide")
    ruth.is_told("2 of 3 trainings. Quayside Library is not on the map yet")
    ruth.sees("Missing: Keeping people safe")
    ruth.finds_no_fault("point-two-of-three")
    joy.opens("/contact-points/")
    joy.heads("Contact points near you")
    joy.does_not_see("Quayside Library")
    joy.sees("There is none on our map right now")
    joy.finds_no_fault("contact-points-none")


def the_third_puts_it_on_the_map(stage: Stage) -> None:
    ruth, joy = stage("Ruth Calloway"), stage("Joy Thistlewood")
    _train(stage, "Keeping people safe")
    ruth.is_told("3 of 3 trainings. Quayside Library is on the map")
    ruth.finds_no_fault("point-on-the-map")
    ruth.follows("Contact points")
    ruth.sees("3 of 3", "On the map", within=ruth.row("Quayside Library"))
    ruth.finds_no_fault("points")
    joy.opens("/")
    joy.follows("Have someone near you help you with this site")
    joy.fills("Your postcode", "AL3 4QT")
    joy.presses("Show the nearest")
    joy.sees("Quayside Library", "2.1 miles away", "Monday to Friday: 09:00 to 17:00", "Open now")
    expect(joy.page.get_by_role("link", name="1: Quayside Library")).to_be_visible()
    joy.finds_no_fault("contact-points")
    joy.follows("Large-print list")
    joy.sees("Quayside Library", "Thursday mornings are busy")
    joy.finds_no_fault("contact-points-list")


def a_helper_counts_what_they_did_together(stage: Stage) -> None:
    stage.at("2026-01-06T09:10")
    joy = stage("Joy Thistlewood")
    joy.opens("/directory/?what=garden+help&where=AL3+4QT")
    text = joy.main.inner_text()
    assert text.index("Green Gate") < text.index("Hedge and Co")
    joy.follows("Large-print list")
    joy.sees("Green Gate", "Gold mark", "Last checked")

    stage.at("2026-01-06T09:30")
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Information")
    gwen.follows("Contact points")
    gwen.follows("Quayside Library")
    gwen.presses("Count this help")
    gwen.is_refused("Choose what you did together", "Choose yes or no")
    gwen.ticks("Looked for help in the directory")
    gwen.ticks("Printed something to take home")
    gwen.fills("How many minutes it took", "20")
    gwen.picks("Did they get what they came for?", "Yes")
    gwen.presses("Count this help")
    gwen.is_told("Counted. No name is kept")
    gwen.sees("1 visit, 1 got what they came for, 20 minutes in all")
    gwen.finds_no_fault("point-help")


# -- The guide -----------------------------------------------------------------------------------


def sol_plans_a_campaign(stage: Stage) -> None:
    stage.at("2026-01-05T14:00")
    sol, joy = stage.staff("Sol Whitcombe"), stage("Joy Thistlewood")
    joy.opens("/")
    joy.does_not_see("Stay steady at home")
    sol.opens("/council/information/campaigns/")
    sol.follows("Add a campaign")
    sol.finds_no_fault("campaign-new")
    sol.fills("Name", "Stay steady at home", exact=True)
    sol.fills("Audience", "People over 65 who have had a fall")
    sol.fills("Message", "Most falls can be stopped. See what you can do this week.")
    sol.selects("Where the banner leads", "Guide: Falls, and how to stop them")
    sol.ticks("Leaflets and posters")
    sol.ticks("Contact points")
    sol.presses("Put it in the plan")
    sol.is_told("“Stay steady at home” is in the communication plan")
    sol.finds_no_fault("campaign")
    sol.follows("Communication plan")
    row = sol.row("Stay steady at home")
    sol.sees("People over 65", "This website, Leaflets and posters", "Sol Whitcombe", within=row)
    sol.finds_no_fault("campaigns")
    joy.opens("/")
    joy.sees("Stay steady at home", "Most falls can be stopped")
    joy.finds_no_fault("home-with-banner")
    joy.follows("Find out more about Stay steady at home")
    joy.heads("Falls, and how to stop them")
    sol.follows("Stay steady at home")
    sol.sees("1 followed the banner", "The page was read 1 time")


def joy_reads_personal_budgets(stage: Stage) -> None:
    stage.at("2026-01-06T09:35")
    joy = stage("Joy Thistlewood")
    joy.opens("/")
    joy.follows("Guide")
    joy.heads("The guide to care and support")
    joy.finds_no_fault("guide")
    joy.follows("Personal budgets")
    joy.heads("Personal budgets")
    joy.sees("Each point is worth £12.00 a week", "We start with 0.95")
    joy.finds_no_fault("guide-page")
    joy.follows("Easy read")
    joy.sees("It is money to pay for your support")
    joy.sees("hear within 5 working days", within=joy.part("What to expect and how to challenge"))
    meaning = joy.page.get_by_role("dialog", name="reablement")
    expect(meaning).to_be_hidden()
    joy.presses("reablement")
    expect(meaning).to_contain_text("Free help for a few weeks")
    joy.finds_no_fault("guide-easy-read-with-a-word")
    joy.presses("Close", within=meaning)
    expect(meaning).to_be_hidden()
    joy.follows(re.compile("Arabic"))
    article = joy.main.get_by_role("article")
    expect(article).to_have_attribute("dir", "rtl")
    expect(article).to_have_attribute("lang", "ar")
    joy.finds_no_fault("guide-arabic")
    joy.follows("English")
    joy.follows("Large print")
    joy.finds_no_fault("guide-large-print")
    joy.follows("Back to the page")
    joy.presses("Send")
    joy.is_refused("Choose yes or no")
    joy.picks("Was this page useful?", "Yes")
    joy.presses("Send")
    joy.sees("Thank you")


def she_is_led_by_questions(stage: Stage) -> None:
    joy = stage("Joy Thistlewood")
    joy.opens("/guide/")
    joy.presses("Find what fits you")
    joy.heads("Who is this about?")
    joy.presses("Go on")
    joy.is_refused("Choose the answer that fits best")
    joy.finds_no_fault("guide-ask")
    joy.ticks("Someone I care for")
    joy.presses("Go on")
    joy.ticks("The one I care for")
    joy.presses("Go on")
    joy.ticks("What it will cost")
    joy.presses("Go on")
    joy.ticks("What I would pay")
    joy.presses("Go on")
    joy.heads("What you pay")
    joy.sees("You told us", "What it will cost", "We leave you at least £215.00 a week")
    joy.finds_no_fault("guide-answer")
    joy.follows(re.compile(r"Change\s*: What is hardest"))
    joy.ticks("Memory")
    joy.presses("Go on")
    joy.heads("Worried about memory")
    joy.follows("Back to the question")
    joy.heads("What is hardest right now?")
    assert not joy.page.context.cookies()


def she_would_pay_for_her_own_care(stage: Stage) -> None:
    stage.at("2026-01-06T09:45")
    joy = stage("Joy Thistlewood")
    joy.opens("/check/money/")
    joy.presses("Start")
    for answer in ("Someone who needs care or support", "No, or I do not know"):
        joy.ticks(answer)
        joy.presses("Go on")
    joy.ticks("A pension from work")
    joy.presses("Go on")
    for pounds in ("600", "100"):
        joy.page.get_by_role("textbox").first.fill(pounds)
        joy.presses("Go on")
    joy.heads("You may pay £100.00 a week")
    joy.sees("The council would pay £0.00", "It is not a decision")
    joy.finds_no_fault("money-check-answer")
    joy.opens("/check/money/paying-yourself/")
    joy.sees("No budget is needed")
    expect(joy.main.get_by_role("link", name="Open your plan")).to_be_visible()


def a_benefit_is_found_for_her(stage: Stage) -> None:
    person = Person.objects.get(first_name="Joy", last_name="Thistlewood")
    priya = stage.staff("Priya Fenwick")
    priya.opens(f"/desk/people/{person.pk}/charge/benefits/")
    found = priya.part("Attendance Allowance")
    priya.selects("How it stands", "Awarded", within=found)
    priya.fills("More a week", "70", within=found)
    for label, text in (("Day", "6"), ("Month", "1"), ("Year", "2026")):
        priya.fills(label, text, within=found)
    priya.presses("Keep the check")
    priya.sees("Gained: £70.00 a week, £3,640.00 a year")


# -- The readers' panel --------------------------------------------------------------------------


def it_waits_for_the_panel(stage: Stage) -> None:
    stage.at("2026-01-06T10:55")
    lena = stage.staff("Lena Marchbank")
    lena.follows("Information")
    lena.sees("Waiting for readers’ panel", "Lena Marchbank", within=lena.row("Breaks for carers"))
    lena.finds_no_fault("information")
    lena.follows("Breaks for carers")
    lena.presses("Publish")
    lena.sees("Waiting for readers’ panel: 1 more yes needed")
    lena.finds_no_fault("information-page")
    assert lena.page.goto("/guide/breaks-for-carers/").status == 404
    lena.faults.console.clear()


def joy_joins_and_says_yes(stage: Stage) -> None:
    stage.at("2026-01-06T11:00")
    joy = stage("Joy Thistlewood").signs_in()
    joy.opens("/my/panel/")
    joy.finds_no_fault("panel-join")
    joy.presses("Join the readers’ panel")
    joy.opens("/my/")
    expect(joy.main.get_by_role("link", name="Check if one is still right")).to_be_visible()
    joy.opens("/my/panel/")
    joy.sees("One page waits for you")
    joy.finds_no_fault("panel")
    joy.follows("Breaks for carers")
    joy.heads("Breaks for carers")
    joy.ticks("No, something should change")
    joy.presses("Send what you say")
    joy.is_refused("Say what should change")
    joy.finds_no_fault("panel-read")
    joy.ticks("Yes, I understand it all")
    joy.presses("Send what you say")
    joy.is_told("“Breaks for carers” is published now")


def it_is_published_with_its_owner_and_next_check(stage: Stage) -> None:
    lena, joy = stage("Lena Marchbank"), stage("Joy Thistlewood")
    joy.opens("/guide/breaks-for-carers/")
    joy.heads("Breaks for carers")
    joy.sees("Looked after by Lena Marchbank", "next check 6 January 2027")
    lena.opens("/council/information/")
    row = lena.row("Breaks for carers")
    lena.sees("Published", "1 yes", "6 January 2027", within=row)
    lena.follows("Breaks for carers")
    lena.sees("Joy Thistlewood")
    lena.opens("/council/information/words/")
    lena.finds_no_fault("words")
    lena.opens("/council/information/questions/need/")
    lena.finds_no_fault("question")
    lena.opens("/council/information/pages/direct-payments/")
    lena.fills("Why it changes", "New rules")
    lena.presses("Begin a new version")
    lena.follows(re.compile(r"Direct payments\s*, English, standard"))
    lena.fills("The page", "Pay {nobody_knows} and [go](nowhere).")
    lena.presses("Keep")
    lena.is_refused("There is no number called “nobody_knows”", "leads nowhere")
    lena.finds_no_fault("information-text")
