"""Who may see and fill in answers, and who keeps the forms."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from ownway.foundation.council.access import Viewer, may, staff_of
from ownway.foundation.forms.models import Answers
from ownway.foundation.people.access import visible_to


def answers_for(viewer: Viewer, *, at: datetime) -> QuerySet[Answers]:
    """Answers about people a viewer may see; residents see staff's once they are finished."""
    found = Answers.objects.filter(about__in=visible_to(viewer, at=at))
    if staff_of(viewer) is not None:
        return found
    return found.filter(~Q(role=Answers.Role.STAFF) | Q(status=Answers.Status.FINISHED))


def may_fill_in(viewer: Viewer) -> bool:
    """Staff whose work is to ask people things."""
    return may(viewer, "contact.take") or may(viewer, "assessment.do")


def may_write(viewer: Viewer, answers: Answers) -> bool:
    """Staff write staff's answers, together; residents write only what they began themselves."""
    if answers.is_finished:
        return False
    if staff_of(viewer) is not None:
        return answers.role == Answers.Role.STAFF and may_fill_in(viewer)
    return answers.role != Answers.Role.STAFF and answers.written_by_id == viewer.pk


def require_may_write(viewer: Viewer, answers: Answers) -> None:
    """Refuse somebody who may not write here.

    Raises:
        PermissionDenied: the answers are finished, or another's.
    """
    if not may_write(viewer, answers):
        raise PermissionDenied("These answers are finished, or are not yours to change")
