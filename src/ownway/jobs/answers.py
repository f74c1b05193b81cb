"""How a later stage answers what happened in an earlier one.

A stage never imports a later one. It writes an event; the later stage lists in its `jobs.py`
what it answers: `ANSWERS = {"assessment.asked_for": open_assessment}`, each a function of the
event and the moment. Here those lists are brought together and each event is answered once: at
once after the request that wrote it (`http.AnswerEvents`), and by the timetable if that failed.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction

from ownway.foundation.council.models import SignIn
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as events
from ownway.foundation.record.models import Event

logger = logging.getLogger(__name__)
Answer = Callable[[Event, datetime], object]
SOON = timedelta(minutes=1)
LATE = timedelta(days=14)


@cache
def answers() -> Mapping[str, Mapping[str, Answer]]:
    """What every stage answers: by stage, then by kind of event."""
    found = {}
    for app in apps.get_app_configs():
        if app.name.startswith("ownway.") and find_spec(f"{app.name}.jobs"):
            listed = getattr(import_module(f"{app.name}.jobs"), "ANSWERS", {})
            if listed:
                found[app.label] = listed
    return found


def answer_now(by: SignIn, *, at: datetime) -> int:
    """Answer what somebody has just done; say how many answers were given."""
    kinds = {kind for listed in answers().values() for kind in listed}
    if not events.has_done(by, kinds, since=at - SOON):
        return 0  # One question instead of one for each stage: most presses write nothing.
    return _answer_since(at - SOON, by=by, at=at)


def answer_late(*, at: datetime) -> int:
    """Answer whatever is still unanswered from the last two weeks."""
    return _answer_since(at - LATE, by=None, at=at)


def _answer_since(since: datetime, *, by: SignIn | None, at: datetime) -> int:
    return sum(
        _try(event, stage=stage, answer=listed[event.kind], at=at)
        for stage, listed in answers().items()
        for event in events.not_answered(stage, listed, since=since, by=by)
    )


def _try(event: Event, *, stage: str, answer: Answer, at: datetime) -> bool:
    """One answer that fails must not keep the others from being given; it is tried again."""
    try:
        return _give(event, stage=stage, answer=answer, at=at)
    except Exception:
        logger.exception("%s could not answer event %s (%s)", stage, event.pk, event.kind)
        return False


@transaction.atomic
def _give(event: Event, *, stage: str, answer: Answer, at: datetime) -> bool:
    if not record.claim_answer(event, stage=stage, at=at):
        return False
    answer(event, at)
    return True
