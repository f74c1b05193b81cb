"""The timetable: what runs by itself, and how often. Each job calls one action."""

import pghistory
from procrastinate.contrib.django import app

from ownway.foundation.council.queries import now
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters import queries as letter_queries
from ownway.jobs import answers


@app.periodic(cron="* * * * *")
@app.task(queue="timetable", queueing_lock="send_outbox", name="send_outbox")
def send_outbox(timestamp: int = 0) -> int:
    """Send what waits in the outbox; each row once, whatever dies."""
    with pghistory.context(job="send_outbox"):
        return sum(letters.send(row, at=now()) for row in letter_queries.still_to_send())


@app.periodic(cron="* * * * *")
@app.task(queue="timetable", queueing_lock="answer_events", name="answer_events")
def answer_events(timestamp: int = 0) -> int:
    """Let later stages answer events that were not answered at once."""
    with pghistory.context(job="answer_events"):
        return answers.answer_late(at=now())
