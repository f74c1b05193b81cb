"""A signed link that opens one entry to whoever answers for it, for some days, with no account."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.timezone import localdate

from ownway.community.directory.models import Entry
from ownway.foundation.council import queries as council

SALT: Final = "ownway.directory.keep"


def link_for(entry: Entry, *, at: datetime) -> str:
    """The address to send to its owner."""
    days = council.setting("directory_link_days", localdate(at))
    said = [entry.pk, entry.owner_id, (at + timedelta(days=days)).isoformat()]
    address = reverse("keep-entry", args=[signing.dumps(said, salt=SALT)])
    return f"{settings.PUBLIC_ADDRESS}{address}"


def opened_by(token: str, *, at: datetime) -> Entry | None:
    """The entry a link opens; nothing when it is no link of ours, is over, or the owner changed."""
    try:
        entry_id, owner_id, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if at > datetime.fromisoformat(until):
        return None
    return Entry.objects.filter(pk=entry_id, owner_id=owner_id).select_related("owner").first()
