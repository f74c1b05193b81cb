"""Everything the demonstration starts with, in order; each step says what it made."""

from collections.abc import Iterator
from datetime import datetime

from ownway.demo import charges, direct_payments, histories, population, rules
from ownway.demo.brokered import show_brokered_plan
from ownway.demo.cast import raise_council
from ownway.demo.directory import fill_directory
from ownway.demo.information import fill_guide, show_information
from ownway.demo.keeping import show_keeping
from ownway.demo.prevention import fill_prevention, lend
from ownway.demo.quality import fill_quality, show_quality
from ownway.demo.showcase import show_couple
from ownway.foundation.council.queries import DEFAULT_PROFILE
from ownway.journey.assessment.actions import bring_forms_in
from ownway.journey.contact.actions import lay_usual_routes


def fill(*, people: int, at: datetime, profile: str = DEFAULT_PROFILE) -> Iterator[str]:
    """Make the council as it stands at a moment; from that day on it has a profile’s rules."""
    raise_council(at=at)
    lay_usual_routes(on=at.date())
    yield "Alderbrook has staff, teams, organisations, a routing table and settings version 1"
    fill_directory(at=at)
    yield "The directory has its entries"
    yield f"Behind its marks are awards, and behind its stars {fill_quality(at=at)} ratings"
    fill_guide(at=at)
    yield "Its guide is published, and one page waits for the readers’ panel"
    lines = fill_prevention(at=at)
    yield f"Its store has {lines} lines, shops take its codes, and partners offer their help"
    bring_forms_in(at=at)
    yield "Its forms are FHIR Questionnaires"
    if people:
        show_information(at=at)
        yield "Contact points and a campaign are on, and Joy Thistlewood reads with the panel"
        show_keeping(at=at)
        yield "An owner’s change waits, an event is to come, and an entry waits for a volunteer"
        show_couple()
        yield "Rosa and Thomas Fernley have gone all the way, and can be looked at"
        show_quality(at=at)
        yield "Ratings wait for a check, Brightsteps asks for Gold, and Hattie Oaks visits"
        show_brokered_plan()
        yield "Winifred Larkin asked Many Voices to help her plan"
        lives = population.make_lives(count=people, at=at)
        yield f"{people:,} people live here"
        yield from histories.live(lives, at=at)
        yield lend(lives, at=at)
        yield charges.charge(lives, at=at)
        yield direct_payments.take_money(lives, at=at)
        rules.take_up(profile, at=at)
        rules.settle_envelope(at=at)
        rules.draft_a_rise(at=at)
        rules.calibrate_once(at=at)
        yield "An envelope is settled from April, and a change of price is a draft"
