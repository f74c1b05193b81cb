"""The way of Mr and Mrs Jones, from her first call to the first payment, as each of them sees it.

One story, told by the real pages alone: only the clock is moved, and the morning's jobs are run.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from playwright.sync_api import expect

from ownway.commands.ledger import main as ledger
from ownway.jobs.timetable import run_due
from tests.browser.acting import Actor, Stage

pytestmark = pytest.mark.browser

NEEDS = {
    "Eating and drinking": ("Some help", "All that I do now"),
    "Washing and dressing": ("Help most times", "All that I do now"),
    "Using the toilet": ("Some help", "All that I do now"),
    "Moving about at home": ("A reminder", "All that I do now"),
    "The home, money and letters": ("Help every time", "A little"),
    "Health, memory and being safe": ("Help every time", "About half"),
    "Seeing people and getting out": ("Help most times", "About half"),
    "Work, learning and pastimes": ("A reminder", "None"),
    "Caring for someone else": ("None", ""),
}
HERS = {
    "Your own health and sleep": "Hard most days",
    "Time with family and friends": "Hard at times",
    "Rest and things you enjoy": "Hard most days",
}


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    """The invented council on the morning before anybody has called."""
    return Stage(new_context, at)


def test_the_joneses_go_from_first_call_to_first_payment(stage: Stage, capsys) -> None:
    she_calls(stage)
    she_is_pointed_on_and_things_are_ordered(stage)
    a_badge_a_way_in_and_an_assessment(stage)
    her_own_page_names_her_worker(stage)
    her_worker_rings_as_promised(stage)
    a_budget_waits_for_five_points_and_reablement(stage)
    she_begins_to_answer_and_stops(stage)
    she_is_called_back(stage)
    she_answers_the_rest(stage)
    capacity_is_recorded(stage)
    the_assessments_are_validated(stage)
    the_budgets_are_worked_out_and_a_letter_is_sent(stage)
    she_reads_the_sum_and_says_what_he_has(stage)
    she_chooses_how_to_plan(stage)
    she_writes_both_plans(stage)
    she_adds_a_risk_and_sends_them(stage)
    an_empty_network_holds_them_back(stage)
    they_are_agreed_by_three_tests(stage)
    she_chooses_how_the_money_comes(stage)
    two_people_let_the_payment_go(stage)
    support_starts_and_the_money_goes(stage)
    assert ledger(["check"]) == 0
    assert "The ledger balances" in capsys.readouterr().out


# -- The first day -------------------------------------------------------------------------------


def she_calls(stage: Stage) -> None:
    stage.at("2026-01-06T10:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.finds_no_fault("desk-work-empty")
    gwen.follows("Contacts")
    gwen.heads("Contacts")
    gwen.finds_no_fault("contacts-empty")
    stage.at("2026-01-06T10:00")
    gwen.presses("Take a call")
    gwen.heads("Someone on the phone")
    gwen.sees("0 minutes used, due Wed 7 Jan 10:00")
    gwen.finds_no_fault("contact-begun")

    adds_a_person(gwen, "caller", "Edith", title="Mrs", born=("2", "3", "1957"))
    gwen.heads("Mrs Jones, on the phone")
    adds_a_person(gwen, "about", "Harold", title="Mr", born=("14", "5", "1951"))
    gwen.sees("14 Copper Lane, AL3 4QT", within=gwen.part("Who"))
    he_is_known_already(gwen)

    gwen.selects("Mrs Jones is his", "Wife and main carer")
    gwen.picks("How soon", "This week")
    gwen.selects("What about", "Caring for someone with dementia")
    gwen.fills("What was said", "She left work to care for her husband. He has Alzheimer’s.")
    gwen.fills("What she hopes for", "One night of sleep, and an afternoon of my own")


def adds_a_person(
    gwen: Actor, side: str, first_name: str, *, title: str, born: tuple[str, str, str]
) -> None:
    label = {"caller": "Calling", "about": "About"}[side]
    gwen.page.get_by_role("textbox", name=label, exact=True).fill(f"{first_name} Jones")
    gwen.presses("Find who is calling" if side == "caller" else "Find whom it is about")
    gwen.presses(re.compile("dd a new person"))
    new = gwen.group("A new person")
    gwen.selects("Title", title, within=new)
    gwen.fills("First name", first_name, within=new)
    gwen.fills("Last name", "Jones", within=new)
    gwen.fills_date("Date of birth", *born)
    if side == "caller":
        gwen.fills("Telephone", "01632 960171", within=new)
        gwen.fills("House and street", "14 Copper Lane", within=new)
        gwen.fills("Postcode", "AL3 4QT", within=new)
    else:
        gwen.ticks("Lives with Mrs Jones")
    gwen.presses("Add and use", within=new)


def he_is_known_already(gwen: Actor) -> None:
    gwen.presses("Change whom it is about")
    adds_a_person(gwen, "about", "Harold", title="Mr", born=("14", "5", "1951"))
    gwen.sees("Already known: Harold Jones. Use the one we know", "same address")
    gwen.is_refused("Already known: Harold Jones")
    gwen.finds_no_fault("contact-known")
    gwen.presses("Use Harold Jones")
    gwen.sees("Harold Jones, 74", within=gwen.part("Who"))


def she_is_pointed_on_and_things_are_ordered(stage: Stage) -> None:
    gwen = stage("Gwen Applegarth")
    for name in ("Sit-Awhile", "Teapot Café"):
        gwen.fills("Search the directory", name)
        gwen.presses("Find in the directory")
        gwen.presses(f"Pick {name}")
        expect(gwen.page.get_by_role("button", name=re.compile("Picked"))).to_be_visible()
    gwen.sees("I will ring you on Tuesday 20 January to ask if they suit")
    gwen.finds_no_fault("desk-contact")
    stage.at("2026-01-06T10:10")
    gwen.presses("Send what is picked, keep the call open")
    gwen.is_told("Mrs Jones was told. The call is still open")
    gwen.sees("Told about Sit-Awhile and Teapot Café. Call-back Tue 20 Jan")

    stage.at("2026-01-06T10:15")
    gwen.follows("equipment questions")
    gwen.heads("Things that help Mr Jones at home")
    answers_about_equipment(gwen)
    helps = gwen.part("What may help")
    expect(helps.get_by_label("Door sensor")).to_be_checked()
    expect(helps.get_by_label("Memory clock")).to_be_checked()
    gwen.finds_no_fault("equipment")
    gwen.presses("Order and tell them")
    gwen.is_told("Ordered: Door sensor, Memory clock. Charge £0.00. Mrs Jones was told")
    gwen.sees("£0.00", "We bring it", within=gwen.row("Door sensor"))
    gwen.sees("£0.00", re.compile(r"Shop code \w{4}-\w{4}"), within=gwen.row("Memory clock"))


def answers_about_equipment(gwen: Actor) -> None:
    gwen.picks("Is any of this true right now", "None of these")
    gwen.ticks("Losing track of the day or the time")
    gwen.ticks("Going out and not finding the way back")
    gwen.picks("Falls in the last year", "No")
    gwen.picks("Moving about", "None of these")
    gwen.picks("Safe at home", "None of these")
    gwen.picks("Sore or red skin", "No")
    gwen.picks("call for help", "No")
    gwen.presses("See what may help")


def a_badge_a_way_in_and_an_assessment(stage: Stage) -> None:
    gwen = stage("Gwen Applegarth")
    stage.at("2026-01-06T10:25")
    gwen.follows("Contacts")
    gwen.finds_no_fault("contacts")
    gwen.follows(re.compile(r"^Contact \d+"), within=gwen.main)
    gwen.follows("badge, card or pass")
    gwen.picks("For", "Mr Jones")
    gwen.ticks("Parking badge")
    gwen.finds_no_fault("apply")
    gwen.presses("Start the application")
    gwen.is_told(re.compile(r"Parking badge for Mr Jones: received, number PB-\d{5}"))

    gwen.follows("her own pages")
    gwen.fills("E-mail address", "edith.jones@alderbrook.example")
    gwen.ticks("May act for Mr Jones too")
    gwen.fills("Who agreed to this, and how?", "He agreed, on the phone")
    gwen.finds_no_fault("way-in")
    gwen.presses("Send the e-mail")
    gwen.is_told("An e-mail with the way in goes to edith.jones@alderbrook.example")

    screens_them_both(gwen)
    stage.at("2026-01-06T10:40:30")
    gwen.presses("Settle and tell Mrs Jones")
    gwen.heads(re.compile(r"^Contact \d+ settled in 40 minutes$"))
    gwen.sees("Caring for someone with dementia, this week")
    gwen.sees("Provisional band: substantial. Assessment asked for", "Carer. Assessment asked for")
    gwen.finds_no_fault("contact-settled")
    gwen.follows("Harold Jones")
    gwen.heads("Harold Jones")
    gwen.sees("Edith Jones, wife, carer", "Day 0 of 28, due Tue 3 Feb")
    gwen.finds_no_fault("desk-person")


def screens_them_both(gwen: Actor) -> None:
    gwen.page.get_by_role("radio", name="Screen").check()
    gwen.selects("Life and health", "No danger to life or health")
    gwen.selects("Hurt, robbed or left without care", "No sign of it")
    gwen.selects("Say over their own day", "They decide only in part")
    gwen.selects("Washing, meals and the home", "Cannot do most things")
    gwen.selects("Seeing people", "Several ties at risk")
    gwen.selects("Family and other roles", "Most roles cannot go on")
    gwen.picks("Open an assessment for", "Both")
    gwen.selects("Who will help them", "Dev Marlowe, Long-term, 0 people now")
    gwen.finds_no_fault("contact-screen")


def her_own_page_names_her_worker(stage: Stage) -> None:
    list(run_due())
    assert any("edith.jones@alderbrook.example" in sent.to for sent in mail.outbox)
    edith = stage("Edith Jones")
    edith.opens("/sign-in/")
    edith.finds_no_fault("sign-in")
    edith.signs_in_by_code()
    edith.heads("Hello, Edith")
    worker = edith.part("Dev Marlowe")
    edith.sees(
        "Your social worker", "01632 960118", "dev.marlowe@alderbrook.example", within=worker
    )
    edith.sees("Tell us about Harold and you", within=edith.part("Tell us about"))
    edith.finds_no_fault("my-first")
    edith.follows("Open your plan")
    edith.heads("Your plan")
    edith.sees("this plan is yours. It goes hand in hand with Harold’s")
    edith.sees("Begun on 6 January 2026", "Sit-Awhile", "Door sensor")
    edith.finds_no_fault("plan-begun")
    edith.opens("/my/record/")
    edith.finds_no_fault("my-record")


# -- Getting to know -----------------------------------------------------------------------------


def her_worker_rings_as_promised(stage: Stage) -> None:
    stage.at("2026-01-08T09:00")
    dev = stage.staff("Dev Marlowe")
    dev.sees("Waiting for their answers", within=dev.row("Assessment of Mr Jones"))
    dev.sees("Waiting for their answers", within=dev.row("Carer’s assessment of Mrs Jones"))
    dev.sees("Thu 8 Jan 17:00", within=dev.row("Ring Mrs Jones"))
    dev.finds_no_fault("desk-work")
    dev.follows("Ring Mrs Jones: you are the named worker now")
    dev.sees("01632 960171", "She left work to care for her husband")
    dev.presses("Write it down")
    dev.is_refused("Write how the call went")
    dev.fills("How did the call go?", "She answers online, with help if she likes")
    dev.finds_no_fault("first-call")
    dev.presses("Write it down")
    dev.is_told("Call written down")
    dev.heads("Edith Jones")
    dev.sees("Dev rang, as promised")


def finds(staff: Actor, name: str) -> None:
    staff.page.get_by_role("searchbox", name="Find a person").fill(name)
    staff.page.keyboard.press("Enter")
    staff.follows(re.compile(f"^{name}"), within=staff.main)
    staff.heads(name)


def a_budget_waits_for_five_points_and_reablement(stage: Stage) -> None:
    stage.at("2026-01-14T10:00")
    dev = stage("Dev Marlowe")
    finds(dev, "Harold Jones")
    dev.follows("Reablement")
    dev.ticks("Cannot follow a plan, even with help")
    dev.fills("What this means for this person", "He cannot hold two steps in mind")
    dev.selects("Considered with", "Imogen Strand")
    dev.finds_no_fault("reablement")
    dev.presses("Record the exception")
    dev.sees("Reablement: excepted, 14 January 2026", "Dev Marlowe and Imogen Strand")

    stage.at("2026-01-14T10:30")
    dev.follows("Back to Mr Jones")
    dev.follows(re.compile("Prevention"))
    dev.heads("Five points before a budget")
    dev.sees("3 of 5 done.", "Missing: disability benefits, carer support")
    dev.finds_no_fault("checklist")
    dev.follows("Back to Mr Jones")
    dev.follows(re.compile("^Budget"))
    dev.sees("Mr Jones: 3 of 5 points done; missing: disability benefits and carer support")
    dev.finds_no_fault("budget-gate")
    dev.presses("Work out for both")
    dev.is_refused("disability benefits and carer support")
    dev.sees("Not worked out yet")


def she_begins_to_answer_and_stops(stage: Stage) -> None:
    stage.at("2026-01-16T15:00")
    edith = stage("Edith Jones")
    edith.opens("/my/")
    edith.follows("Go to the questions")
    edith.heads("Your life and the help you need")
    edith.finds_no_fault("my-assessment")
    edith.presses("Start")
    edith.sees("Your names and address are filled in. We won’t ask again.")
    edith.fills("Say it in your own words", "I cut his food up.")
    edith.finds_no_fault("question")
    answers_a_need(edith, "Eating and drinking")
    edith.heads("Washing and dressing")
    edith.presses("Save and come back later")
    edith.sees("Your answers are saved. Go on when you like.")
    edith.sees("1 of 9 subjects answered", "0 of 9 subjects answered")
    expect(edith.main.get_by_text("Saved as draft")).to_have_count(2)
    edith.finds_no_fault("my-assessment-paused")
    edith.opens("/my/")
    edith.sees("Your answers are saved.", "Go on with your answers")


def answers_a_need(edith: Actor, subject: str) -> None:
    edith.heads(subject)
    level, help_given = NEEDS[subject]
    edith.picks("How much help does Harold need", level)
    if help_given:
        edith.picks("How much of this do you want to go on doing?", help_given)
    edith.presses("Save and go on")


def she_is_called_back(stage: Stage) -> None:
    stage.at("2026-01-20T10:00")
    gwen = stage("Gwen Applegarth")
    gwen.opens("/desk/")
    gwen.sees("Tue 20 Jan 17:00", within=gwen.row("Call back Mrs Jones"))
    gwen.follows(re.compile("Call back Mrs Jones"))
    gwen.finds_no_fault("call-back")
    gwen.picks("Does Sit-Awhile suit?", "Suits")
    gwen.picks("Does Teapot Café suit?", "Does not suit")
    gwen.selects("If not, why?", "No transport", within=gwen.part("Teapot Café"))
    gwen.presses("Keep and close the call-back")
    gwen.sees("Suits", within=gwen.main)
    gwen.sees("Does not suit: no transport")


def she_answers_the_rest(stage: Stage) -> None:
    stage.at("2026-01-22T16:00")
    edith = stage("Edith Jones")
    edith.opens("/my/")
    edith.follows("Go on with your answers")
    edith.presses("Go on with your answers")
    for subject in list(NEEDS)[1:]:
        answers_a_need(edith, subject)
    says_more_about_him(edith)
    edith.heads("Your own health and sleep")
    edith.finds_no_fault("question-carer")
    for _ in range(9):
        subject = edith.page.get_by_role("heading", level=1).inner_text()
        edith.picks("How is this, next to the care you give?", HERS.get(subject, "Fine"))
        edith.presses("Save and go on")
        expect(edith.page.get_by_role("heading", level=1)).not_to_have_text(subject)
    says_more_about_herself(edith)
    edith.heads("Check your answers")
    edith.sees("Harold Jones", "14 Copper Lane, AL3 4QT", "From your record. We don’t ask again.")
    edith.finds_no_fault("check-answers")
    edith.presses("Finish and send my answers")
    edith.sees("Thank you. Your answers are in.", "Dev reads your answers with you")
    edith.opens("/my/")
    edith.sees("Dev reads your answers with you", "Your emergency plan is ready")
    edith.sees(re.compile(r"Number EP\d{4}"))
    edith.finds_no_fault("my-answered")
    edith.opens("/my/emergency-plan/")
    edith.sees(re.compile(r"EP\d{4}"), "Joy Thistlewood", "01632 960112")
    edith.finds_no_fault("emergency-plan")
    edith.opens("/my/what-i-can-do/")
    edith.finds_no_fault("what-i-can-do")
    sees_the_points(stage)


def says_more_about_him(edith: Actor) -> None:
    edith.heads("At night")
    edith.picks("Does Harold need help at night?", "No")
    edith.presses("Save and go on")
    edith.heads("What is good, and what you hope for")
    edith.fills("What is Harold good at", "He sings. He knows every tune.")
    edith.presses("Save and go on")
    edith.heads("Before you finish")
    edith.picks("Does Harold agree", "Yes")
    edith.picks("May we talk with Harold’s doctor", "Yes")
    edith.presses("Save and go on")


def says_more_about_herself(edith: Actor) -> None:
    edith.heads("The care you give")
    edith.ticks("50 hours or more")
    edith.presses("Save and go on")
    edith.heads("A break")
    edith.ticks("A night off")
    edith.presses("Save and go on")
    edith.heads("If you could not be there")
    edith.fills("Who should we call?", "Joy Thistlewood")
    edith.fills("What is their phone number?", "01632 960112")
    edith.fills("Who are they to you?", "Neighbour")
    edith.presses("Save and go on")
    edith.heads("Before you finish")
    edith.picks("May we share your answers", "Yes")
    edith.presses("Save and go on")


def sees_the_points(stage: Stage) -> None:
    dev = stage("Dev Marlowe")
    dev.opens("/desk/")
    dev.follows("Read the answers of Mr Jones and decide")
    dev.sees("Mr Jones: 40 points, 25 met by Mrs Jones. 15 left.")
    dev.sees("“I cut his food up.”")
    dev.finds_no_fault("assessment")
    dev.opens("/desk/")
    dev.follows("Read the answers of Mrs Jones and decide")
    dev.sees("Mrs Jones: 5 points.", "Break wished for: A night off")
    dev.finds_no_fault("assessment-carer")


def capacity_is_recorded(stage: Stage) -> None:
    stage.at("2026-01-23T10:00")
    dev = stage("Dev Marlowe")
    finds(dev, "Harold Jones")
    dev.follows(re.compile("Assessment"))
    dev.follows("Capacity")
    dev.sees(
        "Nobody is named. Without a record that names one, “suitable person” cannot be chosen."
    )
    dev.fills("The decision, in a sentence", "Whether he can look after his own budget")
    dev.fills("What was done to help them decide", "Asked at home, in the morning, with pictures")
    for test, answer in (
        ("They understand what it is about", "No"),
        ("They hold it in mind", "No"),
        ("They can use it and weigh it up", "No"),
        ("They can tell us", "Yes"),
    ):
        dev.picks(test, answer)
    dev.fills("What they said or did that shows this", "He named no bill when he was shown one")
    dev.ticks("cannot make this decision")
    dev.fills("Illness or impairment", "Alzheimer’s disease")
    dev.fills("How it causes this", "He cannot hold figures in mind")
    dev.fills("What they want", "That Edith sees to it")
    dev.fills("Who was asked", "Edith Jones and Imogen Strand")
    dev.fills("What is best for them, and why", "That Edith does it, as she does the bills")
    dev.selects("Suitable person to look after the budget", "Edith Jones")
    dev.fills("Why they are suitable, and that they agree", "She has kept their money. She agrees")
    dev.fills_date("Look at this again on", "23", "7", "2026")
    dev.finds_no_fault("capacity")
    dev.presses("Keep this record")
    dev.is_told("The record of capacity is kept")
    dev.sees("Edith Jones may look after the budget for Mr Jones.", "Best interests: That Edith")


# -- The budgets ---------------------------------------------------------------------------------


def the_assessments_are_validated(stage: Stage) -> None:
    stage.at("2026-01-30T09:00")
    dev = stage("Dev Marlowe")
    finds(dev, "Harold Jones")
    dev.follows(re.compile("Prevention"))
    dev.follows("Keep a benefit check")
    dev.fills("Money gained, £ a week", "0")
    dev.finds_no_fault("benefits")
    dev.presses("Keep the check")
    carer = dev.group("Carer support")
    dev.fills("Evidence", "A sitting service, and her own assessment", within=carer)
    dev.selects("How it stands", "Done", within=carer)
    dev.page.get_by_role("button", name="Keep", exact=True).click()
    dev.is_told("5 of 5 done")

    dev.opens("/desk/")
    dev.follows("Read the answers of Mr Jones and decide")
    dev.follows("Validate and decide")
    dev.fills("Why, in words the person will read", "You need help with most of the day.")
    dev.finds_no_fault("decide")
    dev.presses("Confirm and tell Mr Jones")
    dev.sees("Band confirmed: substantial, eligible", "Assessment day 24 of 28")
    dev.sees("Cannot do most personal care or home tasks")
    expect(
        dev.main.locator(".ow-clock--good", has_text="Assessment day 24 of 28").first
    ).to_be_visible()
    dev.finds_no_fault("decided")

    dev.opens("/desk/")
    dev.follows("Read the answers of Mrs Jones and decide")
    dev.follows("Validate and decide")
    dev.fills("Why, in words the person will read", "You care day and night, and do not rest.")
    dev.finds_no_fault("decide-carer")
    dev.presses("Confirm and tell Mrs Jones")
    dev.sees("Band confirmed: substantial, eligible", "Assessment day 24 of 28")
    dev.sees("You give care that is regular and substantial")
    expect(
        dev.main.locator(".ow-clock--good", has_text="Assessment day 24 of 28").first
    ).to_be_visible()


def the_budgets_are_worked_out_and_a_letter_is_sent(stage: Stage) -> None:
    stage.at("2026-01-30T09:30")
    dev = stage("Dev Marlowe")
    finds(dev, "Harold Jones")
    dev.follows(re.compile("^Budget"))
    dev.presses("Work out for both")
    dev.is_told("Worked out: £171.00 + £38.00 = £209.00 a week. Indicative")
    dev.sees("(40 − 25) × £12.00 × 0.95 = £171.00", "5 × £8.00 × 0.95 = £38.00")
    dev.sees("£209.00 a week for both · indicative · settings version 1")
    dev.finds_no_fault("budget")

    stage.at("2026-01-30T09:45")
    dev.follows("Read and send the letter")
    dev.sees("Nothing has been sent yet", "(40 − 25) × £12.00 × 0.95 = £171.00")
    dev.finds_no_fault("budget-letter")
    dev.presses(re.compile("Send"), within=dev.main)
    dev.is_told("Letter sent to Mrs Jones")


def she_reads_the_sum_and_says_what_he_has(stage: Stage) -> None:
    stage.at("2026-01-30T10:00")
    edith = stage("Edith Jones")
    reads_the_letter(edith)
    edith.opens("/my/money/")
    edith.sees("Together, £209.00 a week. This is a guide until your plan is agreed.")
    edith.finds_no_fault("my-money")
    edith.follows("How we worked out Harold’s budget")
    edith.heads("How we worked out Harold’s budget")
    edith.sees("This is a guide, not a limit", "In one line: (40 − 25) × £12.00 × 0.95 = £171.00")
    edith.sees("5 × £8.00 × 0.95 = £38.00. With Harold’s £171.00, that makes £209.00 a week")
    edith.page.get_by_text("Show the answers").click()
    edith.sees("All nine40")
    edith.finds_no_fault("sum")

    edith.follows("Tell us about Harold’s money")
    edith.finds_no_fault("finances")
    edith.presses("Start")
    edith.heads("What money does Harold get?")
    edith.presses("Save and go on")
    edith.is_refused("Enter an amount")
    edith.finds_no_fault("finances-question")
    edith.fills("How much?", "245.00")
    edith.presses("Save and go on")
    edith.heads("Check what you said")
    edith.sees("£245.00, every week", "Harold would pay £30.00 a week")
    edith.finds_no_fault("finances-check")
    edith.ticks("What I said is true")
    edith.presses("Send, and work out what Harold pays")
    edith.is_told("Harold pays £30.00 a week, and the council pays £141.00")
    edith.sees("£245.00", "− £215.00", within=edith.part("What Harold pays"))
    edith.follows("Try other services")
    for name, cost in (("A day centre", "52.00"), ("More home help", "150.00")):
        edith.fills("Service 1", name, within=edith.group("Service 1"))
        edith.fills("Cost each week", cost, within=edith.group("Service 1"))
        edith.presses("See what changes")
        edith.sees(f"£{cost}")
        edith.sees("Harold pays £30.00 a week, the same as now")
    edith.finds_no_fault("services")
    edith.opens("/my/money/")
    edith.follows("How we worked out your own budget")
    edith.sees("You pay nothing towards this budget", "Carers pay nothing for their own support")
    edith.finds_no_fault("sum-carer")


def reads_the_letter(edith: Actor) -> None:
    edith.opens("/my/letters/")
    edith.finds_no_fault("letters")
    edith.follows("How we worked out Harold’s budget")
    edith.sees("40 points", "25 points", "£12.00 a week", "0.95 for everyone")
    edith.sees("(40 − 25) × £12.00 × 0.95 = £171.00", "look again")
    edith.finds_no_fault("letter")
    for name in ("Standard print", "Large print"):
        link = edith.page.get_by_role("link", name=re.compile(name)).first
        paper = edith.page.request.get(str(link.get_attribute("href")))
        assert paper.ok, f"{name}: {paper.status}"
        assert paper.body().startswith(b"%PDF-")


# -- The plans -----------------------------------------------------------------------------------


def she_chooses_how_to_plan(stage: Stage) -> None:
    stage.at("2026-01-30T10:30")
    edith = stage("Edith Jones")
    edith.opens("/my/money/")
    edith.follows("How we worked out Harold’s budget")
    edith.follows("Choose how to plan")
    expect(edith.main.get_by_role("radio")).to_have_count(5)
    edith.finds_no_fault("how-to-plan")
    edith.ticks("On my own")
    edith.ticks("I would like help with the money part")
    edith.presses("Save and go on")
    edith.is_told("Dev will help you with the money part")
    dev = stage("Dev Marlowe")
    dev.opens("/desk/")
    dev.sees("Mrs Jones: help with the money part of the plan")


def she_writes_both_plans(stage: Stage) -> None:
    stage.at("2026-02-03T10:00")
    edith = stage("Edith Jones")
    edith.opens("/my/plan/")
    writes(edith, "what is strong", "What is strong", "We laugh a lot\nHarold knows every tune")
    writes(edith, "what matters", "What matters", "We stay together in our own home")
    edith.follows(re.compile(r"Write\s*: What we want soon"))
    edith.fills("In the next few weeks", "I swim once a week")
    edith.fills("In a year or more", "We are still at home together")
    edith.finds_no_fault("plan-words")
    edith.presses("Save")
    writes(edith, "Add a film", "Web address", "https://films.example/our-week")
    writes(edith, "Say what you think", "What you think", "It lets me breathe.")
    adds_lines_for_him(edith)
    adds_lines_for_her(edith)
    adds_what_costs_the_budget_nothing(edith)
    sees_the_lines(edith)


def writes(edith: Actor, link: str, label: str, words: str) -> None:
    edith.follows(re.compile(link, re.IGNORECASE))
    edith.fills(label, words)
    edith.presses("Save")
    edith.heads("Your plan")


def begins_a_line(edith: Actor, whose: str, wish: str) -> None:
    edith.opens("/my/plan/")
    edith.presses("Add something you want" if whose == "Edith" else f"Add something {whose} wants")
    edith.fills("What do you want?" if whose == "Edith" else f"What does {whose} want?", wish)
    edith.presses("Save and go on")
    edith.heads("Who or what could help?")


def finds_in_the_directory(edith: Actor, name: str, *, part: str) -> None:
    edith.fills("What are you looking for?", name)
    edith.presses("Search")
    edith.selects("Which part of life is this for?", part)
    edith.finds_no_fault(f"line-support-{name.lower().replace(' ', '-')}")
    edith.presses(f"Choose {name}")
    edith.heads("Who pays, and how much?")


def adds_lines_for_him(edith: Actor) -> None:
    begins_a_line(edith, "Harold", "The house is clean and there is a meal")
    finds_in_the_directory(edith, "Brightsteps", part="The home, money and letters")
    edith.ticks("Harold’s budget")
    edith.fills("Hours a week", "4")
    edith.finds_no_fault("line-cost")
    edith.page.get_by_role("button", name="Save", exact=True).click()
    edith.is_told("£68.00 a week is planned, of £171.00")
    begins_a_line(edith, "Harold", "A day among friends, with songs")
    finds_in_the_directory(edith, "Millrace", part="Seeing people and getting out")
    edith.ticks("Harold’s budget")
    edith.page.get_by_role("button", name="Save", exact=True).click()
    edith.is_told("£120.00 a week is planned, of £171.00")
    begins_a_line(edith, "Harold", "He digs and potters, and is not alone outside")
    finds_in_the_directory(edith, "Pottering About", part="Work, learning and pastimes")
    edith.ticks("Harold’s budget")
    edith.fills("Hours a week", "2")
    edith.page.get_by_role("button", name="Save", exact=True).click()
    edith.is_told("£158.00 a week is planned, of £171.00")
    edith.follows(re.compile("Put some by.*for Harold"))
    expect(edith.page.get_by_label("How much a week?")).to_have_value("13.00")
    edith.finds_no_fault("put-by")
    edith.presses("Save")
    edith.is_told("£171.00 a week is planned. That is all of it.")


def adds_a_line(
    edith: Actor, whose: str, wish: str, support: str, *, who_pays: str, cost: str = ""
) -> None:
    begins_a_line(edith, whose, wish)
    edith.fills("Who or what could help?", support)
    edith.presses("Save and go on")
    edith.heads("Who pays, and how much?")
    edith.ticks(who_pays)
    if cost:
        edith.fills("Or what it costs in all", cost)
    if "bench" in wish:
        edith.picks("How often?", "Once")
    edith.page.get_by_role("button", name="Save", exact=True).click()
    edith.heads("Your plan")


def adds_lines_for_her(edith: Actor) -> None:
    swim = "I swim and have coffee with friends"
    adds_a_line(edith, "Edith", swim, "Swim and coffee", who_pays="Your budget", cost="18.00")
    adds_a_line(
        edith, "Edith", "I get there and back", "Taxi", who_pays="Your budget", cost="10.00"
    )
    edith.follows(re.compile("Put some by, just in case"))
    edith.presses("Save")
    edith.is_told("£38.00 a week is planned. That is all of it.")


def adds_what_costs_the_budget_nothing(edith: Actor) -> None:
    adds_a_line(
        edith, "Harold", "Someone reads to him", "Joy reads aloud", who_pays="The time bank"
    )
    adds_a_line(
        edith,
        "Harold",
        "I go on looking after him",
        "Edith, each day",
        who_pays="Family or friends help",
    )
    adds_a_line(
        edith, "Harold", "A bench in the garden", "A garden bench",
        who_pays="Harold’s own money", cost="60.00",
    )  # fmt: skip


def sees_the_lines(edith: Actor) -> None:
    line = edith.main.get_by_role("listitem")
    for words, cost in (
        ("Brightsteps, Home help: cleaning, shopping, meals: 4 hours at £17.00", "£68.00"),
        ("Millrace", "£52.00"),
        ("Pottering About, Garden companion: garden together: 2 hours at £19.00", "£38.00"),
        ("Swim and coffee", "£18.00"),
        ("Taxi", "£10.00"),
        ("Sit-Awhile", "Free"),
        ("Joy reads aloud", "Time bank"),
        ("Door sensor", "Free"),
        ("Memory clock", "Free"),
        ("Edith, each day", "You and family"),
        ("A garden bench", "£60.00"),
    ):
        expect(line.filter(has_text=words)).to_have_count(1)
        expect(line.filter(has_text=words)).to_contain_text(cost)
    edith.does_not_see("Teapot Café")
    edith.sees("Not found yet: A night off", "£209.00", "Watch or hear what we made")
    edith.finds_no_fault("plan")


def she_adds_a_risk_and_sends_them(stage: Stage) -> None:
    stage.at("2026-02-03T10:40")
    edith = stage("Edith Jones")
    edith.follows("Write down a risk")
    edith.fills("What is the risk?", "Harold is alone in the garden while I rest")
    edith.fills("What is good about it?", "He is happy there, and I can sit down")
    edith.fills("What worries you?", "He may go out by the gate")
    edith.fills("What will you do if it goes wrong?", "The door sensor tells me; the sitter comes")
    edith.finds_no_fault("risk")
    edith.presses("Save")
    edith.sees("What is good about it", "What worries us", "What we do if so")
    edith.follows("See who may read your plan")
    edith.finds_no_fault("sharing")
    edith.opens("/my/plan/send/")
    edith.finds_no_fault("send-plan")
    edith.presses("Send both plans to be agreed")
    edith.is_told("Your plans were sent to be agreed")
    edith.sees("We look at your plan", "Ruth Calloway")


def an_empty_network_holds_them_back(stage: Stage) -> None:
    stage.at("2026-02-06T09:00")
    ruth = stage.staff("Ruth Calloway")
    ruth.follows("Agree the plans of Edith and Harold Jones")
    ruth.heads("Approve the plans of Harold and Edith Jones")
    ruth.sees("Nothing here needs the risk panel", "Mrs Jones is the suitable person")
    ruth.finds_no_fault("approve")
    ruth.picks("Is it effective?", "Met")
    ruth.presses("Approve both plans")
    ruth.is_refused("“How will support grow the network?” is empty in Mr Jones’s plan")
    ruth.is_refused("“How will support grow the network?” is empty in Mrs Jones’s plan")
    ruth.finds_no_fault("approve-refused")


def they_are_agreed_by_three_tests(stage: Stage) -> None:
    stage.at("2026-02-06T09:20")
    edith = stage("Edith Jones")
    edith.opens("/my/plan/")
    edith.follows(re.compile(r"Write\s*: How support helps us know"))
    edith.fills("How will it help you meet people", "We meet the neighbours at number 12")
    edith.presses("Save")
    edith.sees("We meet the neighbours at number 12")

    ruth = stage("Ruth Calloway")
    ruth.opens("/desk/plans/")
    ruth.finds_no_fault("plans")
    ruth.opens("/desk/")
    ruth.follows("Agree the plans of Edith and Harold Jones")
    for test in ("Is it legal?", "Is it effective?", "Is it affordable?"):
        ruth.picks(test, "Met")
    ruth.presses("Approve both plans")
    ruth.is_told("The plans were agreed, and a letter was sent")
    ruth.sees("Agreed Fri 6 Feb by Ruth Calloway: £38.00 a week")
    ruth.sees("first review Mon 30 Mar, 10% of a line may change without asking")
    ruth.sees("The budget may not buy: Not for gambling")
    ruth.sees("I swim once a week", "We are still at home together")
    ruth.finds_no_fault("desk-plan")
    edith.opens("/my/plan/")
    edith.sees("Agreed on Friday 6 February", "up to 10% of any line: £6.80 a week for Brightsteps")
    edith.finds_no_fault("plan-agreed")


# -- The money -----------------------------------------------------------------------------------


def she_chooses_how_the_money_comes(stage: Stage) -> None:
    stage.at("2026-02-06T09:40")
    edith = stage("Edith Jones")
    edith.opens("/my/")
    edith.sees("Choose how you take the money")
    edith.finds_no_fault("my-agreed")
    edith.follows("Choose how you take the money")
    expect(edith.main.get_by_role("radio")).to_have_count(5)
    edith.sees("Take away Millrace, which we pay for you")
    edith.finds_no_fault("money-way")
    edith.ticks("A simple account, kept for you")
    edith.presses("Save and go on")
    edith.heads("Who will look after the money?")
    edith.page.get_by_role("radio", name=re.compile("^Harold Jones")).check()
    edith.presses("Save and go on")
    edith.is_refused("A record says that Harold Jones cannot look after money.")
    edith.finds_no_fault("money-holder")
    edith.page.get_by_role("radio", name=re.compile("^You, for yourself")).check()
    edith.presses("Save and go on")
    edith.ticks("PayPath")
    edith.finds_no_fault("money-helper")
    edith.presses("Save and go on")
    edith.heads("Check how your money is paid")
    sees_the_payment(edith)
    edith.finds_no_fault("money-check")
    edith.ticks("I have read this")
    edith.presses("Agree to this")
    edith.heads("How your money is paid")
    edith.sees("Edith Jones looks after the money", "£546.00 is paid to you")
    sees_the_payment(edith)
    edith.finds_no_fault("money-agreed")


def sees_the_payment(edith: Actor) -> None:
    for words in ("£209.00", "− £52.00", "− £30.00", "+ £9.50", "£136.50", "£546.00"):
        edith.sees(words)
    edith.sees("16 February" if edith.page.url.endswith("/check/") else "Millrace")


def two_people_let_the_payment_go(stage: Stage) -> None:
    stage.at("2026-02-06T11:00")
    priya = stage.staff("Priya Fenwick")
    priya.follows("Payments")
    priya.sees("PayPath account of Edith Jones", "Mon 16 Feb", "£546.00")
    priya.finds_no_fault("payments")
    priya.presses("Prepare what is ticked")
    priya.is_told("1 payment, £546.00, prepared")
    priya.presses("Release what is ticked")
    priya.is_refused("was prepared by you. A second person must release it")
    stage.at("2026-02-06T11:30")
    owen = stage.staff("Owen Tarrant")
    owen.follows("Payments")
    owen.presses("Release what is ticked")
    owen.is_told("1 payment, £546.00, released")


def support_starts_and_the_money_goes(stage: Stage) -> None:
    stage.at("2026-02-16T07:59")
    list(run_due())
    owen = stage("Owen Tarrant")
    owen.opens("/desk/payments/")
    owen.sees("Sent in the last four weeks 0, £0.00")
    stage.at("2026-02-16T08:00")
    for _ in range(2):
        list(run_due())
    owen.opens("/desk/payments/")
    owen.sees("Sent in the last four weeks 1, £546.00")
    owen.sees("1", "£52.00", within=owen.row("Millrace"))
    owen.finds_no_fault("payments-sent")
    owen.follows(re.compile("Edith Jones"), within=owen.main)
    owen.sees("Priya Fenwick", "Owen Tarrant", "£136.50")
    owen.sees("£546.00", within=owen.row("PayPath account of Edith Jones"))
    owen.sees("It sums to nothing, and is written once")
    owen.finds_no_fault("payment")

    edith = stage("Edith Jones")
    edith.opens("/my/")
    edith.sees("Your support has started", "£546.00 was paid to your PayPath account")
    edith.sees("£836.00", "£692.00", "£52.00", "£92.00", within=edith.part("Your money"))
    edith.finds_no_fault("my")
    edith.opens("/my/money/")
    edith.finds_no_fault("my-money-agreed")
    edith.follows("How we worked out Harold’s budget")
    edith.heads("How we worked out Harold’s budget")
    edith.finds_no_fault("sum-agreed")
