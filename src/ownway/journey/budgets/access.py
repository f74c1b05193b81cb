"""Who may see and do what with money."""

from datetime import datetime

from django.db.models import QuerySet

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.access import acts_for
from ownway.journey.budgets.models import Agreement, Payment, Share


def payments_for(viewer: Viewer) -> QuerySet[Payment]:
    """Every payment for those who prepare or release; none for anybody else."""
    if may(viewer, "pay.prepare") or may(viewer, "pay.release"):
        return Payment.objects.all()
    return Payment.objects.none()


def may_choose(viewer: Viewer, agreement: Agreement, *, at: datetime) -> bool:
    """Only those choose who act for every person whose money it is."""
    shares = Share.objects.filter(agreement=agreement).select_related("person")
    people = [share.person for share in shares]
    return bool(people) and all(acts_for(viewer, person, at=at) for person in people)
