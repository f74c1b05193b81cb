"""Somebody who has a broker help with her plan, so that a broker finds work on the first page."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ownway.demo.cast import MAIL, PASSWORD, staff_named
from ownway.foundation.council.models import Organisation
from ownway.foundation.people import actions as people
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.journey.planning import actions as planning

ASKED = datetime(2025, 12, 9, 14, 30, tzinfo=ZoneInfo("Europe/London"))
WORDS = {
    "strengths": "I ran a bakery for thirty years.\nI know everybody on Weir Close.",
    "matters": "I bake on Fridays.\nI go out on my own two feet.",
}
WISHES = ("I get to the market on Fridays", "Somebody helps me with heavy shopping")


def show_brokered_plan() -> None:
    """Bring in Winifred Larkin, who lives alone and chose Many Voices to help her plan."""
    gwen, dev = staff_named("Gwen Applegarth"), staff_named("Dev Marlowe")
    home = people.home_at(postcode="AL1 4WC", first_line="9 Weir Close", town="Alderbrook")
    winifred = people.add_person(
        title="Miss", first_name="Winifred", last_name="Larkin", by=gwen.sign_in, at=ASKED,
        home=home, date_of_birth=date(1947, 6, 30), sex="female", phone="01632 960147",
    )  # fmt: skip
    her = people.give_way_in(winifred, email=f"winifred.larkin@{MAIL}", password=PASSWORD)
    people.name_worker(winifred, staff=dev, at=ASKED)
    step: dict[str, Any] = {"by": her, "at": ASKED}
    plan = plans.open_plan(winifred, **step)
    seen = Plan.objects.get(pk=plan.pk).version
    plans.write_words(plan, WORDS, seen=seen, **step)
    for wish in WISHES:
        planning.add_wish(plan, wish=wish, **step)
    many_voices = Organisation.objects.get(name="Many Voices")
    planning.choose_how([plan], how="broker", broker=many_voices, **step)
