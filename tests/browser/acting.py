"""Somebody at a browser of their own: what they press, type and see."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core import mail
from playwright.sync_api import BrowserContext, Locator, Page, expect

from ownway.demo.cast import MAIL, PASSWORD
from tests.browser.conftest import Faults

expect.set_options(timeout=10_000)


class Actor:
    """One person of the story, at their own browser."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.email = f"{name.lower().replace(' ', '.')}@{MAIL}"
        self.faults = Faults(page)
        page.set_default_timeout(10_000)

    # -- Coming in ---------------------------------------------------------------------------

    def signs_in(self, *, password: str = PASSWORD) -> "Actor":
        """Come in with a password, as staff do."""
        self.opens("/sign-in/")
        self.fills("Your e-mail address", self.email)
        self.fills("Your password", password, exact=True)
        self.presses("Sign in")
        expect(self.page).not_to_have_url(re.compile("sign-in"))
        return self

    def signs_in_by_code(self) -> "Actor":
        """Come in with a code that is read in an e-mail."""
        self.opens("/sign-in/")
        self.follows("We can e-mail you a code")
        self.fills("Your e-mail address", self.email)
        self.presses("Send me a code")
        self.heads("Type your code")
        self.fills("Your code", newest_code(self.email))
        self.presses("Sign in")
        self.heads(re.compile("^Hello"))
        return self

    # -- Doing -------------------------------------------------------------------------------

    def opens(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)

    def follows(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Click the first link of a name."""
        (within or self.page).get_by_role("link", name=name).first.click()

    def presses(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press the first button of a name."""
        (within or self.page).get_by_role("button", name=name).first.click()

    def fills(
        self, label: str, text: str, *, within: Locator | None = None, exact: bool = False
    ) -> None:
        """Type into the box of a label."""
        (within or self.page).get_by_label(label, exact=exact).first.fill(text)

    def fills_date(self, legend: str, day: str, month: str, year: str) -> None:
        """Type a date into its three boxes."""
        group = self.group(legend)
        for label, text in (("Day", day), ("Month", month), ("Year", year)):
            self.fills(label, text, within=group)

    def selects(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from a list."""
        (within or self.page).get_by_label(label).first.select_option(option)

    def picks(self, legend: str, option: str) -> None:
        """Choose one answer of a group."""
        self.group(legend).get_by_label(option, exact=True).check()

    def ticks(self, label: str) -> None:
        """Tick a box, or choose a radio whose name is enough."""
        self.page.get_by_label(label).first.check()

    # -- Seeing ------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        """The page without its head and foot."""
        return self.page.locator("main")

    def group(self, legend: str) -> Locator:
        """A set of answers, by its legend."""
        return self.page.get_by_role("group", name=legend)

    def part(self, heading: str) -> Locator:
        """A part of the page, by its heading."""
        return self.page.get_by_role("region", name=heading)

    def heads(self, words: str | re.Pattern[str]) -> None:
        """See the page of this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def sees(self, *words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """See each of these words."""
        for each in words:
            expect(within or self.main).to_contain_text(each)

    def does_not_see(self, words: str) -> None:
        """These words are nowhere on the page."""
        expect(self.main).not_to_contain_text(words)

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """See this as the answer to what was just done."""
        expect(self.main.get_by_role("status").filter(has_text=words).first).to_be_visible()

    def is_refused(self, *words: str) -> None:
        """See these reasons in the summary of what is wrong."""
        self.sees(*words, within=self.page.get_by_role("alert").first)

    def row(self, name: str) -> Locator:
        """A row of a table, by its words."""
        return self.page.get_by_role("row", name=name).first

    def finds_no_fault(self, name: str) -> None:
        """Accessible, titled, quiet and narrow enough."""
        self.faults.none(name)


@dataclass
class Stage:
    """Everybody of the story; who has not come yet gets a browser when first named."""

    new_context: Callable[[], BrowserContext]
    at: Callable[[str], None]
    actors: dict[str, Actor] = field(default_factory=dict)

    def __call__(self, name: str) -> Actor:
        if name not in self.actors:
            self.actors[name] = Actor(self.new_context().new_page(), name)
        return self.actors[name]

    def staff(self, name: str) -> Actor:
        """A member of staff, signed in once."""
        is_new = name not in self.actors
        actor = self(name)
        return actor.signs_in() if is_new else actor


def newest_code(address: str) -> str:
    """The sign-in code in the newest e-mail to an address."""
    for message in reversed(mail.outbox):
        found = re.search(r"^([A-Z0-9]{3,}-[A-Z0-9]{3,})\s*$", str(message.body), re.MULTILINE)
        if found and address in message.to:
            return found.group(1)
    raise AssertionError(f"No code was sent to {address}")
