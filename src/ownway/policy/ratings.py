"""When a rating of a provider waits for a check. Source: Dudley 2013, quality marks and ratings."""

from __future__ import annotations

from ownway.policy.packs import Pack

STARS = range(1, 6)


def is_held(stars: int, *, pack: Pack) -> bool:
    """Whether a rating is looked at by the council before it is shown.

    Raises:
        ValueError: a rating is from 1 to 5 stars.
    """
    if stars not in STARS:
        raise ValueError(f"a rating is from 1 to 5 stars, not {stars}")
    return stars <= pack.value("rating_held_up_to")
