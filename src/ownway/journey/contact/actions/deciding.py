"""An application for a badge, a card or a pass, decided; whoever applied is told."""

from datetime import datetime

from django.db import transaction

from ownway.foundation.council import access as council_access
from ownway.foundation.council.models import Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.record import actions as record
from ownway.journey.contact import access
from ownway.journey.contact.models import Application, ApplicationStatus


class CannotDecide(Exception):
    """It is decided already, or a refusal gives no reason."""

    def __init__(self, message: str, field: str = "status") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def decide_application(
    application: Application, *, status: str, because: str, by: Staff, at: datetime
) -> Application:
    """Grant or refuse it, with the reason where it is refused; a letter says so.

    Raises:
        PermissionDenied: `by` does not take contacts.
        CannotDecide: it is decided already, or a refusal has no reason.
    """
    council_access.require(by.sign_in, access.TAKE)
    held = Application.objects.select_for_update(of=("self",)).select_related("person__household")
    application = held.get(pk=application.pk)
    if application.status != ApplicationStatus.RECEIVED:
        raise CannotDecide(f"{application.number} is decided already")
    if status not in (ApplicationStatus.GRANTED, ApplicationStatus.REFUSED):
        raise CannotDecide("Choose whether it is granted or refused")
    if status == ApplicationStatus.REFUSED and not because.strip():
        raise CannotDecide("Say why it is refused: they will read it", "because")
    application.status, application.decided_because = status, because.strip()[:300]
    application.decided_at, application.decided_by = at, by.sign_in
    application.save()
    _tell(application, by=by, at=at)
    return application


def _tell(application: Application, *, by: Staff, at: datetime) -> None:
    what = application.get_kind_display().lower()
    said = application.get_status_display().lower()
    record.write(
        "application.decided", about=application.person, by=by.sign_in, at=at, is_key=True,
        words=f"Your application for a {what} was {said}", detail=application.decided_because,
        application=application.pk, status=application.status,
    )  # fmt: skip
    body = [{"kind": "text", "text": f"We {said} your application for a {what}."},
            {"kind": "text", "text": f"Its number is {application.number}."}]  # fmt: skip
    if application.decided_because:
        body.append({"kind": "text", "text": f"Why: {application.decided_because}"})
    if application.status == ApplicationStatus.REFUSED:
        body.append({"kind": "text", "text": "If you do not agree, ask us to look again."})
    letters.write_letter(
        "application.decided", about=application.person, to=application.person,
        title=f"Your {what}", body=body, by=by.sign_in, at=at,
    )  # fmt: skip
