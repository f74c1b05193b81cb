"""Later stages answer at once what somebody has just done, so that nobody waits for a job."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ownway.foundation.council.models import SignIn
from ownway.foundation.council.queries import now
from ownway.jobs import answers

logger = logging.getLogger(__name__)


class AnswerEvents:
    """After a change, let later stages answer the events it wrote, before the next page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what fails here is logged, and the timetable tries again."""
        response = self.get_response(request)
        if request.method == "POST" and isinstance(request.user, SignIn):
            try:
                answers.answer_now(request.user, at=now())
            except Exception:
                logger.exception("An event could not be answered at once")
        return response
