"""A real browser against the running product, at the time a test sets."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
LONDON = ZoneInfo("Europe/London")
SHOTS = os.environ.get("OWNWAY_SHOTS")
AXE_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The browser of the machine; nothing is downloaded."""
    names = [
        os.environ.get("OWNWAY_BROWSER"),
        "chromium-headless-shell",
        "chromium",
        "google-chrome",
    ]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "The browser tests need a browser: apt-get install chromium-headless-shell"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return {**browser_type_launch_args, "executable_path": found, "args": [*sandbox, *quiet]}


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, object], live_server: object
) -> dict[str, object]:
    """Every address is of the product under test."""
    return {**browser_context_args, "base_url": str(live_server), "locale": "en-GB"}


class Faults:
    """What no page may have: console errors, axe violations, a bad title, sideways scroll."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen, self.console = page, set[str](), list[str]()
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda e: self.console.append(str(e)))

    def _heard(self, kind: str, words: str) -> None:
        if kind in {"error", "warning"} and "422 (Unprocessable Entity)" not in words:
            self.console.append(words)  # A form that refuses answers 422, and the browser says so.

    def none(self, name: str) -> None:
        """Look at the page as it stands, at its own width and at 320 px."""
        page = self.page
        page.wait_for_load_state("load")
        self._shot(name, "wide")
        found = Axe().run(page, options=AXE_RULES)
        assert not found.response["violations"], f"{name}: {found.generate_report()}"
        assert page.locator("h1").count() == 1, (
            f"{name} has {page.locator('h1').count()} main headings"
        )
        assert " – " in page.title(), f"{name} has the title {page.title()!r}"
        assert not self.console, f"{name}: {self.console}"
        size = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 700})
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self._shot(name, "narrow")
        page.set_viewport_size(size or {"width": 1280, "height": 720})
        assert too_wide <= 0, f"{name} scrolls sideways by {too_wide} px at 320 px"

    def _shot(self, name: str, how: str) -> None:
        if SHOTS and f"{name}-{how}" not in self.seen:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}-{how}.png", full_page=True)
            self.seen.add(f"{name}-{how}")


@pytest.fixture
def faults(page: Page) -> Faults:
    """Checks a page: `faults.none("sum")`."""
    return Faults(page)


@pytest.fixture
def at(transactional_db: None) -> Callable[[str], None]:
    """Move the clock: `at("2026-01-06T10:00")`."""
    from ownway.foundation.council.actions import set_clock

    def move(moment: str) -> None:
        set_clock(datetime.fromisoformat(moment).replace(tzinfo=LONDON))

    return move


@pytest.fixture
def alderbrook(transactional_db: None) -> None:
    """The invented council with its directory, and nobody known yet."""
    from ownway.demo.filling import fill

    for _ in fill(people=0, at=datetime(2026, 1, 5, 10, 0, tzinfo=LONDON)):
        pass
