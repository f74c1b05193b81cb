"""What the jobs process runs: every minute, whatever the timetable says is due."""

import logging

from procrastinate.contrib.django import app

from ownway.jobs.timetable import run_due

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="timetable", queueing_lock="timetable", name="timetable")
def timetable(timestamp: int = 0) -> None:
    """Run what is due. The clock is asked anew for each job; a real council's is the real one."""
    for name, result in run_due():
        logger.info("%s: %s", name, result)
