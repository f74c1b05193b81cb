"""How a provider's own entries stand, together."""

from collections.abc import Sequence
from dataclasses import dataclass

from ownway.community.directory.models import Entry
from ownway.community.quality.models import Application, Award, Signing, Standards


@dataclass(frozen=True)
class Standing:
    """One entry with its mark, what is asked for it, and whether it has signed."""

    entry: Entry
    award: Award | None
    application: Application | None
    signing: Signing | None


def standings(entries: Sequence[Entry], *, standards: Standards | None) -> list[Standing]:
    """How these entries stand. Three queries, however many they are."""
    standing = [Award.Status.STANDS, Award.Status.SUSPENDED]
    waiting = [Application.Status.BEGUN, Application.Status.SENT]
    awards = {
        one.entry_id: one for one in Award.objects.filter(entry__in=entries, status__in=standing)
    }
    asked = {
        one.entry_id: one
        for one in Application.objects.filter(entry__in=entries, status__in=waiting)
    }
    signed = {
        one.entry_id: one for one in Signing.objects.filter(entry__in=entries, standards=standards)
    }
    return [
        Standing(one, awards.get(one.pk), asked.get(one.pk), signed.get(one.pk)) for one in entries
    ]
