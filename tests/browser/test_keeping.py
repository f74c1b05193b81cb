"""The directory is kept true: a volunteer checks (step 18), owners change, keepers answer."""

import re
from collections.abc import Callable, Iterator

import pytest

from ownway.demo.cast import MAIL, PASSWORD
from ownway.demo.keeping import give_owners_addresses
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import actions as people
from ownway.jobs.timetable import run_due
from tests.browser.acting import Actor, Stage
from tests.conftest import NOON

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    """The invented council, and Joy, who lives next door to the Joneses."""
    give_owners_addresses()
    joy = people.add_person(first_name="Joy", last_name="Thistlewood", by=None, at=NOON)
    people.give_way_in(joy, email=f"joy.thistlewood@{MAIL}", password=PASSWORD)
    return Stage(new_context, at)


def test_joy_checks_the_cafe_and_its_owner_puts_it_right(stage: Stage) -> None:
    she_takes_the_check_and_reports_changed_times(stage)
    its_owner_gets_a_reminder_and_changes_the_times(stage)
    it_is_approved_and_last_checked_today(stage)


def she_takes_the_check_and_reports_changed_times(stage: Stage) -> None:
    stage.at("2026-01-06T11:30")
    joy = stage("Joy Thistlewood").signs_in()
    joy.opens("/my/")
    joy.follows("Check if one is still right")
    joy.sees("Teapot Café", "Last checked 4 January 2025")
    joy.finds_no_fault("checks")
    joy.presses("Take this one")
    joy.heads("Check Teapot Café")
    joy.finds_no_fault("check")
    joy.picks("Is all of it still right?", "No, something has changed")
    joy.presses("Tell us")
    joy.is_refused("Say what has changed", "Say how you found out")
    joy.finds_no_fault("check-refused")
    joy.fills("What has changed?", "They meet on Fridays now, 10 to 12")
    joy.ticks("I called them")
    joy.presses("Tell us")
    joy.is_told("We have told Teapot Café what you found")
    joy.finds_no_fault("checks-done")


def its_owner_gets_a_reminder_and_changes_the_times(stage: Stage) -> None:
    list(run_due())
    reminder = Outbox.objects.filter(subject__startswith="Teapot Café: somebody says").get()
    assert "They meet on Fridays now" in reminder.text
    owner = stage("The café")
    owner.opens(_link_in(reminder.text))
    owner.heads("Is your entry still right?")
    owner.sees("It was last checked on 4 January 2025")
    owner.finds_no_fault("own-entry-link")
    owner.presses("Something has changed")
    owner.finds_no_fault("own-change-begun")
    owner.follows("When you meet")
    owner.fills("When you meet", "Fridays 2pm to 1pm")
    owner.presses("Save")
    owner.is_refused("ends before it starts")
    owner.finds_no_fault("own-part-refused")
    owner.fills("When you meet", "Fridays 10am to 12")
    owner.presses("Save")
    owner.sees("Thu 10:00 to 12:00", "Fri 10:00 to 12:00")
    owner.finds_no_fault("own-change")
    owner.presses("Send it to us")
    owner.sees("It waits for us")
    owner.finds_no_fault("own-change-sent")


def _link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/directory/keep/\S+)", text)
    assert found, text
    return found[1]


def it_is_approved_and_last_checked_today(stage: Stage) -> None:
    gwen = stage.staff("Gwen Applegarth")
    gwen.follows("Keep entries")
    gwen.sees("Teapot Café", "4 January 2026")
    gwen.finds_no_fault("keep-entries")
    gwen.follows("Teapot Café")
    gwen.sees("Owner asked once", "Joy Thistlewood", "Fridays now")
    gwen.finds_no_fault("keep-entry")
    gwen.follows("Look at it and answer")
    gwen.finds_no_fault("keep-change")
    gwen.presses("Approve and publish")
    gwen.is_told("Teapot Café is published")
    gwen.sees("6 January 2026, by its owner")
    gwen.follows("As everybody sees it")
    gwen.sees("Fri 10:00 to 12:00", "Last checked 6 January 2026")


def test_a_provider_changes_its_entry_and_is_told_what_to_mend(stage: Stage) -> None:
    stage.at("2026-01-06T12:00")
    nell = stage("Nell Harker").signs_in()
    nell.opens("/partner/directory/")
    nell.finds_no_fault("own-entries")
    nell.follows("Brightsteps")
    nell.finds_no_fault("own-entry")
    nell.presses("Something has changed")
    nell.follows("Prices")
    nell.fills("More about prices", "The first visit is free")
    nell.finds_no_fault("own-part")
    nell.presses("Save")
    nell.presses("Send it to us")
    _gwen_sends_it_back(stage)
    nell.opens("/partner/directory/")
    nell.sees("sent back", "Say how long the first visit is")
    nell.follows("Brightsteps")
    nell.presses("Go on with your change")
    nell.sees("The first visit is free")


def _gwen_sends_it_back(stage: Stage) -> None:
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens("/desk/directory/changes/")
    gwen.finds_no_fault("keep-changes")
    gwen.follows("Brightsteps")
    gwen.fills("Why it is sent back", "Say how long the first visit is")
    gwen.presses("Send it back")
    gwen.is_told("is sent back to its owner")


def test_a_keeper_edits_brings_a_sheet_in_and_puts_a_version_back(stage: Stage) -> None:
    stage.at("2026-01-06T12:00")
    gwen = stage.staff("Gwen Applegarth")
    gwen.opens("/desk/directory/?show=all&q=green+gate")
    gwen.follows("Green Gate")
    gwen.follows("Change it")
    gwen.finds_no_fault("keep-edit")
    gwen.fills("More about prices", "Less for a whole day")
    gwen.presses("Save and publish")
    gwen.is_told("Green Gate is published")
    gwen.opens("/desk/directory/sheet/")
    gwen.finds_no_fault("send-sheet")
    _sends(gwen, "name,what\nGreen Gate,Gardens and paths\n,Nobody\n")
    gwen.sees("Nothing can be taken yet: 1 row is bad")
    gwen.finds_no_fault("look-at-bad-sheet")
    gwen.opens("/desk/directory/sheet/")
    _sends(gwen, "name,what\nGreen Gate,Gardens and paths\nNew Club,Tea\n")
    gwen.finds_no_fault("look-at-sheet")
    gwen.presses("Take all of it")
    gwen.is_told("Taken: 2 entries are new or changed")
    gwen.opens("/desk/directory/?show=all&q=green+gate")
    gwen.follows("Green Gate")
    gwen.follows("Compare, or put one back")
    gwen.finds_no_fault("keep-versions")
    gwen.presses("Put version 2 back")
    gwen.is_told("Green Gate is as it was in version 2")


def _sends(gwen: Actor, text: str) -> None:
    gwen.page.locator("input[type=file]").set_input_files(
        {"name": "ours.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    gwen.presses("Look at it first")
