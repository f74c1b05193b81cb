"""Somebody who is known to nobody looks for help, compares, prints, keeps and tells: step 7."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from ownway.community.directory.models import Entry
from ownway.demo.cast import MAIL
from tests.browser.acting import Actor

HOME = "AL3 4QT"


@pytest.fixture
def tuesday(alderbrook: None, at: Callable[[str], None]) -> None:
    """The sixth of January, ten past nine; Green Gate has its stars."""
    at("2026-01-06T09:10")
    green = Entry.objects.get(name="Green Gate")
    Entry.objects.filter(pk=green.pk).update(stars="4.6", rated_by=5)


def _at_a_browser(browser: Browser, live_server: Any, *, name: str = "Joy", **how: Any) -> Actor:
    return Actor(
        browser.new_context(base_url=str(live_server), locale="en-GB", **how).new_page(), name
    )


@pytest.mark.usefixtures("tuesday")
def test_joy_finds_garden_help_without_logging_in(browser: Browser, live_server: Any) -> None:
    joy = _at_a_browser(browser, live_server, java_script_enabled=False)
    joy.opens("/directory/")
    joy.fills("What are you looking for?", "garden help")
    joy.fills("Your postcode", HOME)
    joy.presses("Search")

    names = joy.page.locator(".ow-hit .ow-hit__name")
    expect(names.nth(0)).to_have_text("Green Gate")
    expect(names.nth(1)).to_have_text("Hedge and Co")
    first = joy.page.locator(".ow-hit").first
    joy.sees("Gold mark", "4.6", "Tue to Sat 08:30 to 17:00", within=first)
    joy.sees("Last checked 3 November 2025", within=first)
    joy.follows("Large-print list")
    joy.heads("Help near you: garden help")
    expect(joy.page.locator(".ow-large")).to_be_visible()
    joy.sees("Last checked 18 June 2025")


@pytest.mark.usefixtures("tuesday")
def test_every_page_of_the_directory_is_free_of_faults(browser: Browser, live_server: Any) -> None:
    joy = _at_a_browser(browser, live_server)
    for name, address in (
        ("directory-start", "/directory/"),
        ("directory-found", f"/directory/?what=garden&where={HOME}&home=on"),
        ("directory-nothing", "/directory/?what=gardning&day=SU&free=on"),
        ("directory-map", f"/directory/map/?what=garden&where={HOME}"),
        ("directory-large-print", "/directory/list/?what=garden"),
        ("whats-on", f"/directory/whats-on/?where={HOME}"),
        ("directory-entry", "/directory/teapot-cafe/"),
    ):
        joy.opens(address)
        joy.finds_no_fault(name)

    joy.opens(f"/directory/map/?what=garden&where={HOME}")
    pin = joy.page.get_by_role("link", name="1: Green Gate")
    pin.focus()
    joy.page.keyboard.press("Enter")
    expect(joy.page.locator("#entry-1")).to_be_in_viewport()


@pytest.mark.usefixtures("tuesday")
def test_a_shortlist_is_kept_sent_and_emptied(browser: Browser, live_server: Any) -> None:
    joy = _at_a_browser(browser, live_server)
    joy.opens(f"/directory/?what=garden+help&where={HOME}")
    joy.presses(re.compile("Add to your shortlist.*Green Gate"))
    joy.presses(re.compile("Add to your shortlist.*Hedge and Co"))
    joy.follows("Your shortlist (2)")
    joy.heads("Your shortlist")
    joy.finds_no_fault("shortlist")
    joy.presses("Send the list")
    joy.is_refused("Enter an e-mail address")
    joy.fills("E-mail address", f"niece@{MAIL}")
    joy.presses("Send the list")
    joy.heads("Your list is on its way")
    joy.follows("Back to your shortlist")
    joy.presses(re.compile("Take off your shortlist.*Green Gate"))
    joy.does_not_see("Green Gate")
    joy.sees("Hedge and Co")


@pytest.mark.usefixtures("tuesday")
def test_a_mistake_reaches_who_keeps_the_directory(browser: Browser, live_server: Any) -> None:
    joy = _at_a_browser(browser, live_server)
    joy.opens("/directory/teapot-cafe/")
    joy.follows("Tell us this is wrong")
    joy.presses("Tell us")
    joy.is_refused("Choose what is wrong")
    joy.finds_no_fault("mistake-refused")
    joy.ticks("The times")
    joy.fills("What should it say?", "Fridays now")
    joy.presses("Tell us")
    joy.sees("Thank you")

    gwen = _at_a_browser(browser, live_server, name="Gwen Applegarth").signs_in()
    gwen.opens("/directory/")
    gwen.follows("what people say is wrong")
    gwen.sees("Teapot Café", "Fridays now")
    gwen.finds_no_fault("mistakes")
    gwen.presses("Settled")
    gwen.sees("Settled: Teapot Café", "Nothing waits")
    gwen.follows("What people sought and did not find")
    gwen.sees("break overnight", "Caring for someone else")
    gwen.does_not_see("zumba")
    gwen.finds_no_fault("not-found")
