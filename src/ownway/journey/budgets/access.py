"""Who may see and do what with money."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.access import acts_for, visible_to
from ownway.journey.budgets.models import Agreement, Payment, Share


def payments_for(viewer: Viewer, *, at: datetime) -> QuerySet[Payment]:
    """For those who prepare or release: the payments to people all of whom they may see.

    Finance sees everybody; a manager the people of the team, or with a reason.
    """
    if not (may(viewer, "pay.prepare") or may(viewer, "pay.release")):
        return Payment.objects.none()
    if may(viewer, "people.see_all"):
        return Payment.objects.all()
    seen = visible_to(viewer, at=at).values("pk")
    shares = Share.objects.filter(agreement=OuterRef("agreement"))
    return Payment.objects.filter(
        Exists(shares.filter(person__in=seen)), ~Exists(shares.exclude(person__in=seen))
    )


def may_choose(viewer: Viewer, agreement: Agreement, *, at: datetime) -> bool:
    """Only those choose who act for every person whose money it is."""
    shares = Share.objects.filter(agreement=agreement).select_related("person")
    people = [share.person for share in shares]
    return bool(people) and all(acts_for(viewer, person, at=at) for person in people)
