"""Who may speak for a carer, and who may see what carers said."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from ownway.foundation.council.access import may
from ownway.foundation.council.models import SignIn
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person


def may_speak_for(by: SignIn, carer: Person, *, at: datetime) -> bool:
    """The carer, those who act for them, and staff who assess and may see them."""
    if acts_for(by, carer, at=at):
        return True
    return may(by, "assessment.do") and visible_to(by, at=at).filter(pk=carer.pk).exists()


def require_may_speak_for(by: SignIn, carer: Person, *, at: datetime) -> None:
    """Refuse somebody who may not speak for a carer.

    Raises:
        PermissionDenied: it is not theirs to say.
    """
    if not may_speak_for(by, carer, at=at):
        raise PermissionDenied("Only the carer can say this")
