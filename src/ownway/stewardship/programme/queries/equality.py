"""An equality assessment begun from what was measured, so that nobody copies figures by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.council.models import SettingsVersion
from ownway.policy import equality
from ownway.policy.equality import GroupGap
from ownway.stewardship.programme.queries.effect import Effect
from ownway.stewardship.programme.queries.versions import Change


def begun(version: SettingsVersion, effect: Effect, changes: list[Change]) -> dict[str, Any]:
    """What each part starts from: the change, the data, the groups and the finding.

    Of changes that were not measured nothing is found here: a person writes who they affect.
    """
    is_measured = effect.measured or not effect.unmeasured
    return {
        "change": "\n".join(f"{one.label}: from {one.was} to {one.now}." for one in changes),
        "data": _data(version, effect),
        "groups": "\n".join(_groups(effect)) if is_measured else "",
        "finding": " ".join(_finding(effect)) if is_measured else "",
        "unmeasured": "",
        "mitigation": "",
        "decision": "",
        "review_on": _a_year_after(version.starts_on),
    }


def _data(version: SettingsVersion, effect: Effect) -> str:
    over = f"version {version.base.number}" if version.base else "the shipped rules"
    said = (
        f"All current starting budgets ({about(effect.counted.people)}), worked out under {over} "
        f"and under this draft with the same answers, both as of {plain_date(version.starts_on)}."
    )
    if effect.unknown:
        said += f" {words(effect.counted.unknown)} could not be worked out under both."
    return f"{said} {effect.not_measured}".strip()


def words(count: int | None) -> str:
    """A count as it may be shown."""
    return "Under 10" if count is None else f"{count:,}"


def about(count: int | None) -> str:
    """A count as it may be shown inside a sentence, where it has been rounded."""
    return words(count).lower() if not count else f"about {count:,}"


def _groups(effect: Effect) -> Iterator[str]:
    for dimension in effect.dimensions:
        yield f"{dimension.name}: " + "; ".join(_group(one) for one in dimension.groups) + "."


def _group(one: GroupGap) -> str:
    if one.mean is None:
        return f"{one.group} too few to say"
    return f"{one.group} {equality.as_pence(one.mean.value)} a week on average"


def _finding(effect: Effect) -> Iterator[str]:
    count = effect.counted
    at_most = "" if effect.most_loss is None else f", at most {pounds(-effect.most_loss)} a week"
    where = "In starting budgets alone: " if effect.unmeasured else ""
    gain, lose = words(count.gain), words(count.lose).lower()
    yield f"{where}{gain} people get more and {lose} get less{at_most}."
    less = [one for dimension in effect.dimensions for one in dimension.less]
    if not less:
        yield "No group was seen to get less than others; a small gap may still be there."
    for one in less:
        assert one.gap is not None
        yield f"{one.group} get {pounds(round(-one.gap.value))} a week less than everyone else."


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))
