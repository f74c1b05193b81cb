"""Who may see and fill in answers, and who keeps the forms."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.forms.models import Answers
from ownway.foundation.people.access import acts_for, visible_to


def answers_for(viewer: Viewer, *, at: datetime) -> QuerySet[Answers]:
    """Answers about people a viewer may see; the other side's once they are finished.

    What a resident has not sent yet is theirs, as what staff have not finished is staff's.
    """
    of_staff = Q(role=Answers.Role.STAFF)
    own_side = of_staff if staff_of(viewer) is not None else ~of_staff
    found = Answers.objects.filter(about__in=visible_to(viewer, at=at))
    return found.filter(own_side | Q(status=Answers.Status.FINISHED))


def may_fill_in(viewer: Viewer) -> bool:
    """Staff whose work is to ask people things."""
    return may(viewer, "contact.take") or may(viewer, "assessment.do")


def may_write(viewer: Viewer, answers: Answers, *, at: datetime) -> bool:
    """Staff write staff's answers, together; the person and whoever acts for them write theirs."""
    if answers.is_finished:
        return False
    if staff_of(viewer) is not None:
        return answers.role == Answers.Role.STAFF and may_fill_in(viewer)
    return answers.role != Answers.Role.STAFF and acts_for(viewer, answers.about, at=at)


def require_may_write(viewer: Viewer, answers: Answers, *, at: datetime) -> None:
    """Refuse somebody who may not write here.

    Raises:
        PermissionDenied: the answers are finished, or another's.
    """
    if not may_write(viewer, answers, at=at):
        raise PermissionDenied("These answers are finished, or are not yours to change")
