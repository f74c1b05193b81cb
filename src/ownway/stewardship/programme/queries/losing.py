"""Those who would get less under a draft, by name, for those who may see them."""

from dataclasses import dataclass
from datetime import datetime

from ownway.foundation.council.models import SettingsVersion, SignIn
from ownway.foundation.people import access as people
from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import equality
from ownway.policy.equality import Count
from ownway.stewardship.programme.queries.effect import Loss, effect_of

A_PAGE = 50


@dataclass(frozen=True)
class Losing:
    """Who of them a viewer may see, largest loss first, and how many there are about."""

    rows: tuple[tuple[Person, Loss], ...]
    seen: int
    total: Count


def seen_by(viewer: SignIn, draft: SettingsVersion, *, at: datetime) -> Losing:
    """The largest losses among those a viewer may see. To be named, `actions.look_at` logs it."""
    losses = {one.budget: one for one in effect_of(draft).losers()}
    visible = people.visible_to(viewer, at=at)
    whose = IndicativeBudget.objects.filter(pk__in=list(losses), person__in=visible)
    pairs = dict(whose.values_list("pk", "person_id"))
    mine = [one for one in losses.values() if one.budget in pairs]
    first = mine[:A_PAGE]
    named = Person.objects.in_bulk([pairs[one.budget] for one in first])
    rows = tuple((named[pairs[one.budget]], one) for one in first)
    return Losing(rows, len(mine), equality.counted(len(losses)))
