"""Who may see, answer and decide an assessment, and who may record capacity."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from ownway.foundation.council import access as council
from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people.access import acts_for, visible_to
from ownway.foundation.people.models import Person
from ownway.journey.assessment.models import Assessment, Capacity


def assessments_for(viewer: Viewer, *, at: datetime) -> QuerySet[Assessment]:
    """Assessments of the people a viewer may see."""
    return Assessment.objects.filter(person__in=visible_to(viewer, at=at))


def capacity_for(viewer: Viewer, *, at: datetime) -> QuerySet[Capacity]:
    """Records of capacity of the people a viewer may see."""
    return Capacity.objects.filter(person__in=visible_to(viewer, at=at))


def may_answer(viewer: Viewer, assessment: Assessment, *, at: datetime) -> bool:
    """The person and those who act for them, while it is open."""
    return assessment.is_open and acts_for(viewer, assessment.person, at=at)


def require_may_answer(viewer: Viewer, assessment: Assessment, *, at: datetime) -> None:
    """Refuse somebody who may not answer.

    Raises:
        PermissionDenied: it is not theirs, or it is finished.
    """
    if not may_answer(viewer, assessment, at=at):
        raise PermissionDenied("These questions are finished, or are not yours to answer")


def may_assess(viewer: Viewer) -> bool:
    """Staff whose work it is to assess."""
    return council.may(viewer, "assessment.do")


def require_may_assess(by: SignIn, person: Person, *, at: datetime) -> Staff:
    """Return the member of staff who may assess this person.

    Raises:
        PermissionDenied: their role does not allow it, or the person is not theirs to see.
    """
    staff = council.require(by, "assessment.do")
    if not visible_to(by, at=at).filter(pk=person.pk).exists():
        raise PermissionDenied("Give a reason to open this record first")
    return staff
