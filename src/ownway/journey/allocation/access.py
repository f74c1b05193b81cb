"""Who may work out a budget, and who may ask that it be looked at again."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied

from ownway.foundation.council.access import Viewer, require
from ownway.foundation.council.models import Staff
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import ImpactAssessment


def require_may_work_out(viewer: Viewer) -> Staff:
    """Staff whose role works out budgets.

    Raises:
        PermissionDenied: their role does not.
    """
    return require(viewer, "budget.work_out")


def whose_sums(viewer: Viewer, people: Iterable[Person], *, at: datetime) -> frozenset[int]:
    """Whose sums somebody may read, of those worked out together: of whom they may see, no more.

    To see one of a couple, or to act for one, does not open the sum of the other.
    """
    seen = visible_to(viewer, at=at).filter(pk__in=[person.pk for person in people])
    return frozenset(seen.values_list("pk", flat=True))


def require_acts_for(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person, or somebody who acts for them now.

    Raises:
        PermissionDenied: neither.
    """
    if not acts_for(viewer, person, at=at):
        raise PermissionDenied("Only the person, or somebody who acts for them, may ask this")


def require_may_ask_for_more(viewer: Viewer, person: Person, *, at: datetime) -> None:
    """The person, whoever acts for them, or staff who may see them and help with plans.

    Raises:
        PermissionDenied: none of these.
    """
    if acts_for(viewer, person, at=at):
        return
    require(viewer, "plan.help")
    if not visible_to(viewer, at=at).filter(pk=person.pk).exists():
        raise PermissionDenied("This person is not one of yours")


def require_may_decide_more(by: Staff, asked: ImpactAssessment, *, at: datetime) -> None:
    """A manager who may see the person, and did not ask themselves.

    Raises:
        PermissionDenied: their role does not allow it, or this is their own request.
    """
    require(by.sign_in, "plan.agree")
    if asked.asked_by_id == by.sign_in.pk or acts_for(by.sign_in, asked.budget.person, at=at):
        raise PermissionDenied("Nobody decides what they asked for themselves")
    if not visible_to(by.sign_in, at=at).filter(pk=asked.budget.person_id).exists():
        raise PermissionDenied("This person is not one of your team’s")
