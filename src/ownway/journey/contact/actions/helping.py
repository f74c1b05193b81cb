"""Help to find things out for oneself, given in a contact and counted without a name."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ownway.community.information import actions as information
from ownway.community.information import queries as places
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.journey.contact.models import Contact


def count_help(
    contact: Contact, *, did: Sequence[str], minutes: int | None, is_settled: bool,
    by: Staff | OrganisationMember, at: datetime,
) -> None:  # fmt: skip
    """Count what was used together in a contact, once: the guide, the directory, a check.

    Raises:
        PermissionDenied: `by` is staff who do not help there.
    """
    information.record_help(
        places.point_named(contact.place) if contact.place else None, did=did, minutes=minutes,
        is_settled=is_settled, by=by, on=timezone.localtime(at).date(), subject=contact.subject,
    )  # fmt: skip
