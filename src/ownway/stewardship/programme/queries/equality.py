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
from ownway.stewardship.programme.queries.moved import Moved
from ownway.stewardship.programme.queries.versions import Change


def begun(version: SettingsVersion, effect: Effect, changes: list[Change]) -> dict[str, Any]:
    """What each part starts from: the change, the data, the groups and the finding.

    Of changes that were not measured nothing is found here: a person writes who they affect.
    """
    return {
        "change": "\n".join(f"{one.label}: from {one.was} to {one.now}." for one in changes),
        "data": _data(version, effect),
        "groups": "\n".join(_groups(effect)),
        "finding": " ".join(_finding(effect)),
        "unmeasured": "",
        "mitigation": "",
        "decision": "",
        "review_on": _a_year_after(version.starts_on),
    }


def _data(version: SettingsVersion, effect: Effect) -> str:
    over = f"version {version.base.number}" if version.base else "the shipped rules"
    said = [
        f"All current starting budgets ({about(effect.counted.people)}), worked out under {over} "
        f"and under this draft with the same answers, both as of {plain_date(version.starts_on)}."
    ]
    if effect.pays:
        said.append(
            f"What everybody pays who is charged ({about(effect.pays.counted.people)}), worked out "
            "under both from their figures and the budget they have."
        )
    for moved in filter(None, (effect, effect.pays)):
        if moved.unknown:
            said.append(f"{words(moved.counted.unknown)} could not be worked out under both.")
    return " ".join([*said, effect.not_measured]).strip()


def words(count: int | None) -> str:
    """A count as it may be shown."""
    return "Under 10" if count is None else f"{count:,}"


def about(count: int | None) -> str:
    """A count as it may be shown inside a sentence, where it has been rounded."""
    return words(count).lower() if not count else f"about {count:,}"


def _groups(effect: Effect) -> Iterator[str]:
    if _shows_budgets(effect):
        yield from _means(effect, "")
    if effect.pays and effect.pays.people:
        yield from _means(effect.pays, "What is paid, by ")


def _shows_budgets(effect: Effect) -> bool:
    """Whether budgets are what the draft is about, or nothing else is."""
    return bool(effect.measured) or not effect.beside_budgets


def _means(moved: Moved, lead: str) -> Iterator[str]:
    for dimension in moved.dimensions:
        name = f"{lead}{dimension.name.lower()}" if lead else dimension.name
        yield f"{name}: " + "; ".join(_group(one) for one in dimension.groups) + "."


def _group(one: GroupGap) -> str:
    if one.mean is None:
        return f"{one.group} too few to say"
    return f"{one.group} {equality.as_pence(one.mean.value)} a week on average"


def _finding(effect: Effect) -> Iterator[str]:
    count = effect.counted
    if _shows_budgets(effect):
        where = "In starting budgets alone: " if effect.beside_budgets else ""
        gain, lose = words(count.gain), words(count.lose).lower()
        at_most = _at_most(effect.most_loss)
        yield f"{where}{gain} people get more and {lose} get less{at_most}."
        yield from _gaps(effect, "starting budgets", worse="less")
    if effect.pays and effect.pays.people:
        pays = effect.pays.counted
        more, less = words(pays.gain), words(pays.lose).lower()
        at_most = _at_most(effect.pays.most_gain)
        yield f"{more} people pay more{at_most}, and {less} pay less."
        yield from _gaps(effect.pays, "what is paid", worse="more")


def _at_most(pence: int | None) -> str:
    return "" if pence is None else f", at most {pounds(abs(pence))} a week"


def _gaps(moved: Moved, of: str, *, worse: str) -> Iterator[str]:
    """Each group whose change is worse than everyone else’s: of the change, not of what they have.

    A group of whom nobody moves may still fare worse, where the others gain.
    """
    groups = [one for dimension in moved.dimensions for one in dimension.groups]
    found = [one for one in groups if one.gap and one.mean and one.gap.finding == worse]
    if not found:
        yield f"No group’s change in {of} was seen to be worse; a small gap may still be there."
    for one in found:
        assert one.gap is not None
        assert one.mean is not None
        yield (
            f"{one.group}: {of} change by {equality.as_pence(one.mean.value)} a week on average, "
            f"{pounds(abs(round(one.gap.value)))} {_WAY[worse]} than for everyone else."
        )


_WAY = {"less": "lower", "more": "higher"}


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))
