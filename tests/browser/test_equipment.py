"""Steps 14, 24, 31 and 32: things that help, a fall, five points, and a home with care.

Anybody asks online, the desk starts from those answers, and a therapist hands things over.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from ownway.demo.cast import staff_named
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.journey.prevention.models import OrderedItem
from tests.browser.acting import Actor, Stage
from tests.conftest import NOON

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    """The invented council with its store, shops and partners."""
    return Stage(new_context, at)


def known(first: str, last: str, *, title: str = "Mr", worker: str = "Imogen Strand") -> Person:
    """Somebody we know, with a worker."""
    home = people.home_at(postcode="AL3 4QT", first_line="2 Copper Lane", town="Alderbrook")
    by = staff_named("Gwen Applegarth").sign_in
    made = people.add_person(
        title=title, first_name=first, last_name=last, by=by, at=NOON, home=home
    )
    people.name_worker(made, staff=staff_named(worker), at=NOON)
    return made


def answers(actor: Actor, *said: str | None) -> None:
    """Answer question after question; with nothing to say, none of them."""
    for one in said:
        actor.ticks(one or "None of these")
        actor.presses("Go on")


def test_anybody_asks_for_things_and_the_desk_starts_from_the_answers(stage: Stage) -> None:
    stage.at("2026-01-06T10:00")
    walter = stage("Walter Pike")
    walter.opens("/check/equipment/")
    walter.presses("Start")
    walter.finds_no_fault("equipment-now")
    answers(walter, None, "Me", "Losing track", "Yes, once", "Using the bath", None, "No")
    walter.heads("If something went wrong, could you call for help?")
    walter.ticks("Yes, at any time")
    walter.presses("Go on")
    walter.heads("About how much do you weigh?")
    walter.ticks("Up to 25 stone")
    walter.presses("Go on")
    walter.heads("What may help you")
    walter.sees("Memory clock", "Fall detector", "Made for up to 120 kg")
    walter.finds_no_fault("equipment-answer")
    walter.presses("Ask for these")
    walter.finds_no_fault("equipment-wanted")
    walter.presses("Go on")
    walter.presses("Go on")
    walter.is_refused("Enter your name")
    walter.fills("Your name", "Walter Pike")
    walter.fills("Phone", "01632 960555")
    walter.finds_no_fault("equipment-reach")
    walter.presses("Go on")
    walter.finds_no_fault("equipment-send")
    walter.presses("Send it")
    walter.heads("We have what you sent")
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Contacts")
    gwen.sees("Walter Pike")


def test_a_smell_of_gas_stops_the_questions(stage: Stage) -> None:
    anybody = stage("Anybody")
    anybody.opens("/check/equipment/now/")
    answers(anybody, "A smell of gas")
    anybody.heads("Do this now")
    anybody.sees("0800 111 999")
    anybody.finds_no_fault("equipment-gas")


def test_a_frame_and_a_detector_are_issued_and_a_fall_leads_to_a_partner(stage: Stage) -> None:
    stage.at("2026-01-10T11:30")
    walter = known("Walter", "Pike")
    imogen = stage.staff("Imogen Strand")
    imogen.opens(f"/desk/people/{walter.pk}/equipment/")
    imogen.finds_no_fault("equipment-desk-empty")
    for legend, said in (
        ("Is any of this", "None of these"),
        ("Memory", "None of these"),
        ("Falls in the last", "Yes, more than once, or badly hurt"),
        ("Moving about", "Walking indoors"),
        ("Safe at home", "None of these"),
        ("Sore or red skin", "No"),
        ("Could Mr Pike call", "Yes, at any time"),
        ("About how much", "Up to 15 stone 10 (100 kg)"),
    ):
        imogen.picks(legend, said)
    imogen.presses("See what may help")
    imogen.sees("Falls: ring and look at why", "Fall detector", "Walking frame")
    imogen.ticks("I have it here and hand it over now")
    imogen.presses("Order and tell them")
    imogen.is_told("Charge £0.00")
    imogen.sees("With the person", "£0.00")
    imogen.finds_no_fault("equipment-desk")
    _sends_to_falls(imogen)
    imogen.opens("/desk/equipment/store/fall_detector/")
    imogen.sees("Given out", "59")
    imogen.finds_no_fault("stock-line")
    _tries(imogen, stage, walter)


def _sends_to_falls(imogen: Actor) -> None:
    imogen.follows("Refer to Up and Steady")
    imogen.presses("Ask Up and Steady")
    imogen.is_refused("Say what they need", "Nobody is sent to a partner without their agreement")
    imogen.fills("What they need", "He fell twice in December")
    imogen.ticks("They know what is shared")
    imogen.finds_no_fault("partner-refer")
    imogen.presses("Ask Up and Steady")
    imogen.is_told("Up and Steady was asked")
    imogen.picks("What they said", "Yes, they help")
    imogen.presses("Keep the answer")
    imogen.sees("yes, they help")
    imogen.finds_no_fault("partner-referral")


def _tries(imogen: Actor, stage: Stage, walter: Person) -> None:
    stage.at("2026-02-07T10:00")
    frame = OrderedItem.objects.get(person=walter, key="walking_frame")
    imogen.opens(f"/desk/people/{walter.pk}/equipment/{frame.pk}/")
    imogen.picks("Does it help?", "It helps")
    imogen.fills("In their words", "I walk to the shop again")
    imogen.finds_no_fault("equipment-item")
    imogen.presses("Keep how it went")
    imogen.sees("I walk to the shop again", "7 February 2027")
    imogen.opens("/desk/equipment/loans/")
    imogen.sees("Walking frame", "Walter Pike")
    imogen.finds_no_fault("loans")
    imogen.opens(f"/desk/people/{walter.pk}/checklist/")
    imogen.sees("2 of 5 done")
    no = imogen.group("Carer support")
    imogen.selects("How it stands", "They said no", within=no)
    imogen.presses("Keep")
    imogen.is_refused("Write why they said no: carer support", "Say who said no: carer support")
    imogen.finds_no_fault("checklist-refused")


def test_a_home_with_care_is_shown_where_a_care_home_is_asked_for(stage: Stage) -> None:
    stage.at("2026-01-16T09:00")
    ambrose = known("Ambrose", "Hale")
    imogen = stage.staff("Imogen Strand")
    imogen.opens(f"/desk/people/{ambrose.pk}/partners/")
    imogen.follows("A care home was asked for")
    imogen.heads(re.compile("Instead of a care home, for Mr Hale"))
    imogen.sees("Brook House Extra Care", "3 free", "Willow Court", "1 free")
    imogen.finds_no_fault("instead-of-a-care-home")


def test_what_the_council_keeps_can_be_read_and_changed(stage: Stage) -> None:
    stage.at("2026-01-06T09:00")
    ruth = stage.staff("Ruth Calloway")
    ruth.follows("Equipment")
    ruth.heads("Equipment in store")
    ruth.finds_no_fault("store")
    for name in ("Recalls", "Catalogue", "Shops", "Partners"):
        ruth.follows(name, within=ruth.page.get_by_role("navigation", name="Equipment and"))
        ruth.finds_no_fault(f"equipment-{name.lower()}")
    ruth.opens("/desk/equipment/catalogue/things/memory_clock/")
    ruth.finds_no_fault("catalogue-item")
    ruth.fills("Price to us", "29.00")
    ruth.presses("Keep it")
    ruth.is_refused("Say why it changes")
    ruth.fills("Why it changes", "A new supplier")
    ruth.presses("Keep it")
    ruth.sees("£29.00", within=ruth.row("Memory clock"))
