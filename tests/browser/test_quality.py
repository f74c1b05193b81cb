"""Ratings, the mark and the Standards: steps 68, 69, 79, 80, 83 and 88 of the story."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from playwright.sync_api import expect

from ownway.demo.cast import PASSWORD, staff_named
from ownway.foundation.people import actions as people
from ownway.jobs.timetable import run_due
from tests.browser.acting import Actor, Stage
from tests.conftest import NOON

pytestmark = pytest.mark.browser

GOOD, POOR = "5 stars, excellent", "2 stars"
STANDARDS = 5


@pytest.fixture
def stage(alderbrook: None, new_context: Callable, at: Callable[[str], None]) -> Iterator[Stage]:
    """The invented council, with its marks, stars and Standards."""
    return Stage(new_context, at)


def a_resident(stage: Stage, name: str) -> Actor:
    """Somebody with a way in of their own."""
    first, last = name.split()
    by = staff_named("Gwen Applegarth").sign_in
    person = people.add_person(first_name=first, last_name=last, by=by, at=NOON)
    email = f"{first}.{last}@alderbrook.example".lower()
    people.give_way_in(person, email=email, password=PASSWORD)
    return stage(name).signs_in()


def rates_bright_dawn(actor: Actor, stars: str, words: str) -> None:
    actor.opens("/directory/bright-dawn/rate/")
    actor.picks("How many stars?", stars)
    actor.fills("What was it like?", words)
    actor.picks("How do you know it?", "I used it")
    actor.presses("Send it")


def test_a_provider_is_rated_checked_audited_and_leaves_the_directory(stage: Stage) -> None:
    carys_rates_with_words_or_not_at_all(stage)
    ivo_asks_for_an_answer_and_shows_it(stage)
    two_more_raise_an_audit(stage)
    the_audit_fails_and_the_fifth_takes_it_off(stage)


def carys_rates_with_words_or_not_at_all(stage: Stage) -> None:
    stage.at("2026-03-11T20:00")
    carys = a_resident(stage, "Carys Quillfeather")
    carys.opens("/directory/bright-dawn/")
    carys.sees("No one has said yet what it was like")
    carys.follows("Have you used it? Say what it was like")
    carys.sees("This may be a safeguarding matter")
    carys.faults.none("rate")
    carys.picks("How many stars?", "1 star, poor")
    carys.presses("Send it")
    carys.is_refused("Say what it was like, in a few words", "Choose how you know it")
    expect(carys.group("How many stars?").get_by_label("1 star, poor")).to_be_checked()
    carys.faults.none("rate-refused")

    carys.fills("What was it like?", "£40 is missing after a visit. Nobody rang back.")
    carys.picks("How do you know it?", "I am family, or I care for someone who used it")
    carys.presses("Send it")
    carys.heads("Thank you. We read it first")
    carys.sees("is not shown yet", "This may be a safeguarding matter")
    for link in ("report a concern", "make a complaint"):
        expect(carys.main.get_by_role("link", name=link)).to_be_visible()
    carys.faults.none("rating-sent")
    carys.follows("What people say about Bright Dawn")
    carys.sees("No one has said yet")


def ivo_asks_for_an_answer_and_shows_it(stage: Stage) -> None:
    stage.at("2026-03-12T10:00")
    ivo = stage.staff("Ivo Stannard")
    ivo.follows("Quality")
    ivo.sees("May be a safeguarding matter", within=ivo.part("Ratings to check"))
    ivo.faults.none("quality")
    ivo.follows("Bright Dawn", within=ivo.part("Ratings to check"))
    ivo.sees("This may be a safeguarding matter", "Who it was is not shown to you")
    ivo.does_not_see("Carys")
    ivo.presses("Show it")
    ivo.is_refused("Give your reason")
    ivo.presses("Ask the provider to answer")
    ivo.is_told("The provider is asked to answer")
    ivo.faults.none("quality-rating")

    marnie = stage("Marnie Holt").signs_in()
    marnie.follows("Quality")
    marnie.sees("Asked by")
    marnie.faults.none("partner-quality")
    marnie.page.get_by_role("table").get_by_role("link").first.click()
    marnie.fills(
        "Your answer", "We are sorry. We have told the council, and our manager will ring."
    )
    marnie.presses("Keep the answer")
    marnie.is_told("Your answer is kept")

    ivo.page.reload()
    ivo.sees("Bright Dawn answered")
    ivo.fills("Your reason", "It tells of what happened; the concern is dealt with apart")
    ivo.presses("Show it")
    ivo.is_told("The rating is in the directory")
    ivo.sees("Poor ratings in the window: 1", "It tells of what happened")
    carys = stage("Carys Quillfeather")
    carys.page.reload()
    carys.sees("1.0", "from 1 rating", "£40 is missing", "Bright Dawn answered", "luck")
    carys.faults.none("entry-ratings")
    carys.opens("/my/ratings/")
    carys.sees("Shown")
    carys.faults.none("my-ratings")


def shows(ivo: Actor) -> None:
    """Check the next rating that waits, and show it."""
    ivo.opens("/council/quality/")
    ivo.follows("Bright Dawn", within=ivo.part("Ratings to check"))
    ivo.fills("Your reason", "It tells of what happened")
    ivo.presses("Show it")
    ivo.is_told("The rating is in the directory")


def two_more_raise_an_audit(stage: Stage) -> None:
    stage.at("2026-03-26T10:00")
    ivo = stage("Ivo Stannard")
    for name in ("Ada Marrow", "Ben Sedge"):
        rates_bright_dawn(a_resident(stage, name), POOR, "Late on most days, and nobody rings.")
        shows(ivo)
    ivo.sees("Poor ratings in the window: 3")
    ivo.opens("/council/quality/")
    ivo.sees("3 poor ratings of 3", within=ivo.part("Audits, and leaving the directory"))
    ivo.follows("Bright Dawn", within=ivo.part("Audits, and leaving the directory"))
    ivo.heads("Audit of Bright Dawn")
    ivo.faults.none("quality-audit")


def the_audit_fails_and_the_fifth_takes_it_off(stage: Stage) -> None:
    stage.at("2026-04-02T10:00")
    ivo = stage("Ivo Stannard")
    ivo.fills("What you found", "No rota, and nobody answers the telephone after six.")
    ivo.picks("Did it pass?", "It failed")
    ivo.presses("Settle the audit")
    ivo.is_told("The audit is settled")
    stage.at("2026-04-10T10:00")
    for name in ("Cal Rush", "Dot Reedham"):
        rates_bright_dawn(a_resident(stage, name), "1 star, poor", "Nobody came at all.")
        shows(ivo)
    ivo.opens("/council/quality/")
    ivo.follows("Bright Dawn", within=ivo.part("Audits, and leaving the directory"))
    ivo.heads("Does Bright Dawn stay in the directory?")
    ivo.sees("5 poor ratings of 5", "failed")
    ivo.picks("What do you decide?", "Off the directory now; the provider may answer afterwards")
    ivo.fills("Your reasons", "The audit failed, and it goes on.")
    ivo.presses("Decide")
    ivo.is_told("Decided, and the provider is told")
    ivo.faults.none("quality-delisting")

    carys = stage("Carys Quillfeather")
    carys.opens("/directory/?what=Bright+Dawn")
    carys.does_not_see("Care workers come to your home")
    assert carys.page.request.get("/directory/bright-dawn/").status == 404
    ivo.opens("/council/quality/entries/bright-dawn/")
    ivo.sees("Off the directory", "Nobody came at all.")
    ivo.faults.none("quality-entry")
    marnie = stage("Marnie Holt")
    marnie.opens("/partner/quality/")
    marnie.sees("The audit failed, and it goes on.")
    marnie.follows("Answer", within=marnie.main)
    marnie.fills("Your answer to the council", "We have a rota now, and a night number.")
    marnie.presses("Send the answer")
    marnie.is_told("Sent. We read it and decide again")


def test_a_visit_by_the_standards_and_a_silver_mark(stage: Stage) -> None:
    hattie_visits_millrace(stage)
    the_report_is_published_and_millrace_asks_for_the_mark(stage)
    pottering_about_is_awarded_silver_and_listed_by_it(stage)
    a_mark_ends_by_itself(stage)


def plans_a_visit(ivo: Actor, slug: str, day: tuple[str, str, str]) -> None:
    ivo.opens(f"/council/quality/entries/{slug}/visit/")
    ivo.fills_date("Day of the visit", *day)
    ivo.selects("Lay reviewer", "Hattie Oaks, cares for someone")
    ivo.presses("Plan the visit")
    ivo.is_told("Hattie Oaks and the provider are told")


def fills_in(hattie: Actor, met: list[str]) -> None:
    for number, level in enumerate(met, start=1):
        hattie.group(f"How far is it met? {number}").get_by_label(level, exact=True).check()
        hattie.fills(f"What did you see and hear? {number}", "People told us so at lunch.")
    hattie.fills("What was it like, all in all?", "A place where people laugh.")


def hattie_visits_millrace(stage: Stage) -> None:
    stage.at("2026-03-20T10:00")
    ivo = stage.staff("Ivo Stannard")
    ivo.opens("/council/quality/?find=mill")
    ivo.follows("Millrace", within=ivo.part("Entries like “mill”"))
    ivo.follows("Plan a visit")
    ivo.faults.none("plan-visit")
    plans_a_visit(ivo, "millrace", ("27", "3", "2026"))

    stage.at("2026-03-27T10:00")
    hattie = stage("Hattie Oaks").signs_in()
    hattie.heads("Your visits")
    hattie.faults.none("lay-visits")
    hattie.follows("Fill in the form")
    hattie.sees("1. I choose who helps me, and how")
    hattie.faults.none("lay-visit")
    hattie.presses("Send it in")
    hattie.is_refused("Say what it was like, all in all")
    fills_in(hattie, ["Met", "Met", "Partly met", "Met", "Met"])
    hattie.fills("Something they should do (1)", "Put the menu in large print")
    hattie.fills_date("By when? (1)", "24", "4", "2026")
    hattie.presses("Send it in")
    hattie.is_told("Sent. Thank you for going")
    hattie.sees("Put the menu in large print, by 24 April 2026", "Partly met")


def the_report_is_published_and_millrace_asks_for_the_mark(stage: Stage) -> None:
    joss = stage("Joss Pemberley").signs_in()
    joss.follows("Quality")
    joss.presses(re.compile("Sign the Quality of Life Standards"))
    joss.is_told("Millrace has signed the Standards")
    joss.follows("Millrace, 27 March 2026")
    joss.fills("Your answer", "Thank you. The menu is at the printer.")
    joss.presses("Keep the reply")
    joss.is_told("Your reply stands beside the report")
    joss.faults.none("partner-visit")

    ivo = stage("Ivo Stannard")
    ivo.opens("/council/quality/")
    ivo.follows("Millrace", within=ivo.part("Visits"))
    ivo.presses("Publish the report")
    ivo.is_told("The report is published")
    ivo.faults.none("quality-visit")
    joss.opens("/quality-of-life/")
    joss.sees("Millrace", within=joss.part("Who has signed them"))
    joss.faults.none("quality-of-life")
    joss.follows("Millrace, 27 March 2026")
    joss.sees("Partly met", "Put the menu in large print", "Millrace replied", "27 March 2027")
    joss.faults.none("visit-report")
    asks_for_silver(joss, "Millrace", "Day service")


def asks_for_silver(actor: Actor, name: str, sort: str) -> None:
    actor.opens("/partner/quality/")
    actor.follows(re.compile("Ask for the Quality Mark"), within=actor.part(name))
    actor.picks("Which mark do you ask for?", "Silver")
    actor.picks("What do you offer?", sort)
    actor.presses("Go on")
    actor.presses("Send it to be assessed")
    actor.is_refused("Say how you meet: People say what they want, and it is written down")
    for box in actor.main.get_by_role("textbox").all():
        box.fill("It is in our folder, with dates.")
    actor.presses("Send it to be assessed")
    actor.is_told("Sent. We look at it and tell you")
    actor.faults.none(f"application-{name.split(maxsplit=1)[0].lower()}")


def pottering_about_is_awarded_silver_and_listed_by_it(stage: Stage) -> None:
    stage.at("2026-03-30T10:00")
    ivo = stage("Ivo Stannard")
    plans_a_visit(ivo, "pottering-about", ("31", "3", "2026"))
    stage.at("2026-03-31T10:00")
    hattie = stage("Hattie Oaks")
    hattie.opens("/visits/")
    hattie.follows(re.compile("Fill in the form.*Pottering About"))
    fills_in(hattie, ["Met", "Met", "Met", "Partly met", "Partly met"])
    hattie.presses("Send it in")
    hattie.is_told("Sent. Thank you for going")

    stage.at("2026-04-01T10:00")
    kit = stage("Kit Sorrel").signs_in()
    asks_for_silver(kit, "Pottering About", "Other help at home or nearby")
    ivo.opens("/council/quality/")
    ivo.follows("Pottering About", within=ivo.part("Asking for a mark"))
    ivo.sees("80%", within=ivo.part("What is counted"))
    for met in ivo.main.get_by_label("Met", exact=True).all():
        met.check()
    ivo.fills("Outcomes achieved", "9")
    ivo.fills("of all outcomes looked at", "12")
    ivo.fills("Where the outcomes come from", "Reviews since October")
    ivo.faults.none("quality-application")
    ivo.presses("Award")
    ivo.is_told("The mark is awarded")
    ivo.sees("9 of 12 outcomes")

    kit.opens("/directory/?what=garden")
    names = kit.main.locator(".ow-hit__name").all_inner_texts()
    order = [n for n in names if n in ("Green Gate", "Pottering About", "Hedge and Co")]
    assert order == ["Green Gate", "Pottering About", "Hedge and Co"]
    kit.sees("Silver mark", within=kit.main.locator(".ow-hit", has_text="Pottering About"))
    kit.follows("What the mark means", within=kit.main)
    kit.sees("A mark cannot be bought")
    kit.faults.none("what-the-mark-means")


def a_mark_ends_by_itself(stage: Stage) -> None:
    stage.at("2028-02-10T09:00")
    assert dict(run_due())["remind of marks"]
    assert any("The mark of Pottering About ends on" in m.subject for m in mail.outbox)
    stage.at("2028-04-02T09:00")
    assert dict(run_due())["end marks"]
    kit = stage("Kit Sorrel")
    kit.opens("/directory/pottering-about/ratings/")
    kit.sees("It does not have our mark")


def test_somebody_without_a_way_in_proves_an_address_first(stage: Stage) -> None:
    stage.at("2026-03-11T20:00")
    joy = stage("Joy Thistlewood")
    joy.opens("/directory/green-gate/rate/")
    joy.picks("How many stars?", GOOD)
    joy.fills("What was it like?", "Our gardener Martin is a gem. Ring him on 01632 960100.")
    joy.picks("How do you know it?", "I used it")
    joy.fills("Your e-mail address", "joy.thistlewood@example.org")
    joy.presses("Send it")
    joy.is_refused("Everybody can read this. Take out “Martin”, “01632 960100”")
    joy.sees("I have looked, and nobody can be known by it")
    joy.faults.none("rate-names")
    joy.fills("What was it like?", "Our gardener is a gem, and sweeps up after.")
    joy.presses("Send it")
    joy.heads("Press the link in your e-mail")
    dict(run_due())
    mine = [one for one in mail.outbox if one.to == ["joy.thistlewood@example.org"]]
    link = re.search(r"https?://\S+/rating/\S+", str(mine[-1].body))
    assert link is not None
    joy.opens(link.group(0))
    joy.sees("sweeps up after")
    joy.faults.none("prove")
    joy.presses("Send it")
    joy.heads("Thank you. We read it first")

    ivo = stage.staff("Ivo Stannard")
    ivo.opens("/council/quality/")
    ivo.follows("Green Gate", within=ivo.part("Ratings to check"))
    ivo.sees("Written without signing in")
    ivo.does_not_see("joy.thistlewood")
    ivo.fills("Your reason", "A fair word")
    ivo.presses("Show it")
    joy.opens("/directory/green-gate/")
    joy.sees("from 6 ratings")
