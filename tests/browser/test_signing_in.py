"""The second step and passkeys, set up and used in a browser."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import CDPSession, Page, expect

from ownway.demo.cast import PASSWORD
from tests.browser.acting import Actor

pytestmark = pytest.mark.browser


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.usefixtures("alderbrook")
def test_a_code_from_an_app_is_asked_for_once_it_is_on(page: Page) -> None:
    gwen = Actor(page, "Gwen Applegarth").signs_in()
    gwen.opens("/sign-in/second-step/")
    gwen.finds_no_fault("how-you-sign-in")
    gwen.follows("Turn on")
    _types_the_password_again(gwen)
    gwen.finds_no_fault("turn-on-a-code")
    secret = gwen.page.locator("strong.ow-break").inner_text()

    gwen.fills("The code that the app shows", "12")
    gwen.presses("Turn on")
    gwen.is_refused("That code is not right")
    gwen.fills("The code that the app shows", _code(secret))
    gwen.presses("Turn on")
    gwen.heads("Your spare codes")
    gwen.finds_no_fault("spare-codes")
    spare = gwen.page.locator("code").first.inner_text()

    gwen.opens("/desk/")
    gwen.page.locator("summary.ow-bar__me").click()
    gwen.presses("Sign out")
    gwen.opens("/sign-in/")
    gwen.fills("Your e-mail address", gwen.email)
    gwen.fills("Your password", PASSWORD, exact=True)
    gwen.presses(re.compile("^Sign in$"))
    gwen.heads("Your second step")
    gwen.finds_no_fault("second-step")
    gwen.fills("The code from your app", spare)
    gwen.presses(re.compile("^Sign in$"))
    gwen.heads(re.compile("work|contacts", re.IGNORECASE))

    gwen.opens("/sign-in/second-step/recovery-codes/generate/")
    _types_the_password_again(gwen)
    gwen.heads("Make spare codes")
    gwen.finds_no_fault("make-spare-codes")
    gwen.opens("/sign-in/second-step/totp/deactivate/")
    gwen.finds_no_fault("turn-off-a-code")
    gwen.presses("Turn off")
    gwen.is_told("The code from your app is off")


@pytest.mark.usefixtures("alderbrook")
def test_a_passkey_takes_the_place_of_the_password(page: Page, live_server: object) -> None:
    _key(page)
    gwen = Actor(page, "Gwen Applegarth").signs_in()
    gwen.opens("/sign-in/second-step/webauthn/add/")
    _types_the_password_again(gwen)
    gwen.finds_no_fault("add-a-passkey")
    gwen.fills("A name for it", "Desk key")
    gwen.presses("Add it")
    gwen.heads("Your spare codes")
    gwen.opens("/sign-in/second-step/webauthn/")
    gwen.sees("Desk key")
    gwen.finds_no_fault("passkeys")

    gwen.opens("/desk/")
    gwen.page.locator("summary.ow-bar__me").click()
    gwen.presses("Sign out")
    gwen.opens("/sign-in/")
    gwen.finds_no_fault("sign-in")
    gwen.presses("Sign in with a passkey")

    expect(page.locator("summary.ow-bar__me")).to_contain_text("Gwen Applegarth")


def _types_the_password_again(who: Actor) -> None:
    who.heads("Type your password again")
    who.fills("Your password", PASSWORD, exact=True)
    who.presses("Go on")


def _key(page: Page) -> CDPSession:
    """A key that says yes by itself, as a finger would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session
