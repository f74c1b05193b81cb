"""Rules on their way: next year's envelope, published, and a change of price still a draft."""

import json
from datetime import date, datetime
from pathlib import Path

from ownway.demo.cast import staff_named
from ownway.foundation.council import actions as council
from ownway.foundation.council.models import SettingsVersion
from ownway.foundation.council.queries import DEFAULT_PROFILE, figures_key
from ownway.journey.allocation.queries import budgets_standing
from ownway.stewardship.programme import actions
from ownway.stewardship.programme.models import Calibration

DATA = Path(__file__).parent / "data"
WEEKS = 52
ROOM = 1.0076
"""The envelope leaves so much room over what budgets come to now."""


def take_up(profile: str, *, at: datetime) -> None:
    """Go over to another profile from today: what was decided before keeps the rules it had."""
    if profile == DEFAULT_PROFILE:
        return
    lena = staff_named("Lena Marchbank")
    version = council.draft_settings(
        profile=profile,
        own={},
        starts_on=at.date(),
        because=f"From today the rules are those of {profile}",
        by=lena,
        at=at,
    )
    review_on = at.date().replace(year=at.year + 1, day=min(at.day, 28))
    said = _TAKEN_UP | {"review_on": review_on}
    of = figures_key(version)
    council.assess_equality(version, said=said, measured=[], of=of, by=lena, at=at)
    council.publish_settings(version, by=staff_named("Sol Whitcombe"), at=at)


def settle_envelope(*, at: datetime) -> SettingsVersion:
    """What the council has for budgets from April, a little over what they come to."""
    weekly = sum(budgets_standing().values_list("weekly_pence", flat=True))
    year = weekly * WEEKS
    envelope = round(year * ROOM / 10_000) * 10_000
    lena = staff_named("Lena Marchbank")
    version = actions.draft_change(
        {"budget_envelope_year_pence": envelope},
        starts_on=_next(4, after=at.date()),
        because="The budget meeting set what there is for the year",
        by=lena,
        at=at,
    )
    said = _ASSESSED | {"review_on": version.starts_on.replace(year=version.starts_on.year + 1)}
    actions.assess(version, said=said, measured=[], of=figures_key(version), by=lena, at=at)
    return actions.publish(version, by=staff_named("Sol Whitcombe"), at=at)


def draft_a_rise(*, at: datetime) -> SettingsVersion:
    """A dearer point and a smaller share: most gain a little, carers lose, and it is just over."""
    return actions.draft_change(
        {"point_price_pence": 1240, "factor": 0.93},
        starts_on=_next(7, after=_next(4, after=at.date())),
        because="Providers’ wages went up. A smaller share keeps it near the envelope.",
        by=staff_named("Lena Marchbank"),
        at=at,
    )


def calibrate_once(*, at: datetime) -> Calibration:
    """A report made from a made-up history, kept as `ownway policy calibrate` gave it."""
    report = json.loads((DATA / "calibration.json").read_text("utf-8"))
    return Calibration.objects.create(
        name=report["history"],
        report=report,
        pack_text=(DATA / "calibration.toml").read_text("utf-8"),
        starts_on=at.date(),
        made_at=at,
        made_by=staff_named("Lena Marchbank"),
    )


def _next(month: int, *, after: date) -> date:
    first = date(after.year, month, 1)
    return first if first > after else first.replace(year=after.year + 1)


_TAKEN_UP = {
    "change": "Other rules say who is eligible, and what people pay.",
    "data": "None: nobody was asked yet for what the new rules ask.",
    "groups": "Client group, age, sex and ethnic group.",
    "finding": "Not known. It can be measured once people were asked.",
    "mitigation": "What was decided before stays as it is until it is looked at again.",
    "decision": "Go on, to try the rules in the demo.",
}
_ASSESSED = {
    "change": "What there is for budgets in a year is said. No number of the sum changes.",
    "data": "All current starting budgets, worked out with and without it.",
    "groups": "Client group, age, sex and ethnic group.",
    "finding": "Nobody’s budget changes.",
    "mitigation": "None is needed.",
    "decision": "Go on.",
}
