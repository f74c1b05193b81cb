"""Entries that a feed tells of no more: out of sight, and kept for those whose plan names them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from ownway.community.directory.models import Entry, Status
from ownway.community.directory.models.entries import OWN

# A feed that loses more than this at once has more likely been cut than emptied.
MOST_SHARE: Final = 0.5
FEW: Final = 20
AT_ONCE: Final = 1000


class TooManyGone(ValueError):
    """So much of a source is gone that somebody has to say it is right."""

    def __init__(self, gone: int, of: int) -> None:
        super().__init__(
            f"{gone:,} of {of:,} entries are in the feed no more. That is more than half, so they "
            "stay. If it is right, run it again with --most-are-gone"
        )


def gone_from(source_name: str, *, holds: Callable[[str], bool]) -> list[int]:
    """The entries of a source that its feed, asked by their identifiers there, holds no more."""
    return [pk for pk, key in _here(source_name) if not holds(key)]


def _here(source_name: str) -> Iterator[tuple[int, str]]:
    found = Entry.objects.filter(source__name=source_name, gone_on=None)
    yield from found.exclude(source__name=OWN).order_by("pk").values_list("pk", "source_key")


@transaction.atomic
def mark_gone(pks: list[int], *, source_name: str, at: datetime, most: bool = False) -> int:
    """Take entries that are gone from their feed out of sight; the feed can bring them back.

    Raises:
        TooManyGone: they are more than half, and `most` was not said.
    """
    of = Entry.objects.filter(source__name=source_name, gone_on=None).count()
    if len(pks) > max(FEW, of * MOST_SHARE) and not most:
        raise TooManyGone(len(pks), of)
    for some in (pks[n : n + AT_ONCE] for n in range(0, len(pks), AT_ONCE)):
        # Without its fingerprint an entry is new to the feed when it comes again.
        Entry.objects.filter(pk__in=some).update(
            status=Status.INACTIVE, gone_on=localdate(at), changed_at=at, fingerprint=""
        )
    return len(pks)
