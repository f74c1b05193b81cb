"""What was said travels in the page itself, signed: no cookie, no session, no row is made."""

from typing import Any

from django.core import signing

SALT = "ownway.money_check"
LONGEST = 20_000


class Lost(Exception):
    """What the page carried cannot be read."""


def carried(said: dict[str, Any]) -> str:
    """What was said, signed, to be carried in the page."""
    return signing.dumps(said, salt=SALT, compress=True)


def read(carried: str) -> dict[str, Any]:
    """What the page carried.

    Raises:
        Lost: it was changed on the way, or was never ours.
    """
    if not carried:
        return {}
    if len(carried) > LONGEST:
        raise Lost
    try:
        said = signing.loads(carried, salt=SALT)
    except signing.BadSignature as changed:
        raise Lost from changed
    if not isinstance(said, dict):
        raise Lost
    return said
