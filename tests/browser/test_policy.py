"""A change of the rules, from a draft to a published version, by two people in a browser."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from ownway.demo import histories, population
from tests.browser.acting import Actor
from tests.browser.conftest import LONDON

DRAFT = "/council/policy/drafts/2"


@pytest.fixture
def sixty(alderbrook: None, at: Callable[[str], None]) -> None:
    """Sixty people, some of them with a budget."""
    at("2026-01-06T10:00")
    moment = datetime(2026, 1, 6, 10, 0, tzinfo=LONDON)
    lives = population.make_lives(count=60, at=moment)
    for _ in histories.live(lives, at=moment):
        pass


def _at_a_browser(browser: Browser, name: str, live_server: object) -> Actor:
    page = browser.new_context(base_url=str(live_server), locale="en-GB").new_page()
    return Actor(page, name).signs_in()


@pytest.mark.usefixtures("sixty")
def test_two_people_change_a_price(browser: Browser, live_server: object) -> None:
    lena = _at_a_browser(browser, "Lena Marchbank", live_server)
    _drafts(lena)

    lena.follows("See its effect on everybody")
    lena.sees("all agree to the penny", "By group")
    lena.finds_no_fault("policy-effect")
    lena.page.get_by_role("button", name="in the draft").click()
    lena.is_told("is in the draft now")

    lena.opens(f"{DRAFT}/equality/")
    lena.fills("What will be done about it", "Looked at again in autumn")
    lena.fills("The decision", "Go on")
    lena.presses("Keep the assessment")
    lena.sees("Every part is written")
    lena.finds_no_fault("policy-equality")

    lena.opens(f"{DRAFT}/publish/")
    lena.sees("You drafted it, so a second person publishes it")
    expect(lena.page.get_by_role("button", name="Publish from")).to_have_count(0)
    lena.finds_no_fault("policy-publish-own")
    sol = _at_a_browser(browser, "Sol Whitcombe", live_server)
    sol.opens(f"{DRAFT}/publish/")
    sol.presses("Publish from 1 July 2026")
    sol.is_told("Version 2 is published")
    sol.finds_no_fault("policy-version")


def _drafts(lena: Actor) -> None:
    """Two numbers, one of them first typed as no amount; nothing typed is lost on the way."""
    lena.opens("/council/policy/")
    lena.finds_no_fault("policy")
    lena.opens("/council/policy/drafts/new/")
    for number in ("The price of one point", "What the council has for budgets in a year"):
        lena.selects("Change another number", f"The starting budget: {number}")
        lena.presses("Add this number")
    lena.fills("The price of one point", "a lot", exact=True)
    lena.presses("Keep as a draft")
    lena.sees("The price of one point: enter it in pounds")
    lena.finds_no_fault("policy-draft-refused")
    expect(lena.page.get_by_label("The price of one point", exact=True)).to_have_value("a lot")
    lena.fills("The price of one point", "£13.00", exact=True)
    lena.fills("What the council has for budgets in a year", "£400,000")
    lena.fills_date("From", "1", "7", "2026")
    lena.fills("Why", "Wages went up")
    lena.presses("Keep as a draft")
    lena.finds_no_fault("policy-draft")
