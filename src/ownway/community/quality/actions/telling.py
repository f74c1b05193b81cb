"""Short messages to those who wrote, and to providers. What was written is not repeated in them."""

from datetime import datetime

from ownway.community.directory.models import Entry
from ownway.community.quality.models import Rating
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox

SIGN_IN = "Sign in to read more and to answer."
MOST = 160


def tell_rater(rating: Rating, *, subject: str, text: str, what: str, at: datetime) -> None:
    """Tell who wrote a rating what became of it, while we know where they are."""
    address = rating.by.email if rating.by else rating.email
    if address:
        key = f"rating:{rating.pk}:{rating.version}:{what}"
        tell_address(address, subject=subject, text=text, key=key, at=at)


def tell_provider(entry: Entry, *, subject: str, text: str, key: str, at: datetime) -> bool:
    """Tell an entry's provider; false when there is no address, and they have to be rung."""
    addresses = provider_addresses(entry)
    for number, address in enumerate(addresses):
        tell_address(
            address, subject=subject, text=f"{text}\n\n{SIGN_IN}", key=f"{key}:{number}", at=at
        )
    return bool(addresses)


def provider_addresses(entry: Entry) -> list[str]:
    """Where a provider is reached: those who sign in for it, or what the directory knows."""
    owner = entry.owner
    if owner is not None and owner.organisation is not None:
        members = owner.organisation.members.select_related("sign_in").order_by("pk")
        if found := [member.sign_in.email for member in members]:
            return found
    known = [owner.email if owner else "", entry.email]
    return [address for address in known if address][:1]


def tell_address(address: str, *, subject: str, text: str, key: str, at: datetime) -> None:
    """Queue a short message; the same key once."""
    letters.queue_message(
        person=None,
        channel=Outbox.Channel.EMAIL,
        address=address,
        subject=subject[:MOST],
        text=text,
        key=key,
        at=at,
    )
