"""Background tasks: upkeep of what is kept, on a timetable. Each may run twice or late without harm."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerback.workflow import clock, transaction

SECURITY_EVENTS_KEPT = timedelta(days=90)
RAW_KEPT = timedelta(days=365)


@app.periodic(cron="17 3 * * *")
@app.task(name="answerback.forget", retry=RetryStrategy(max_attempts=5, exponential_wait=4), queueing_lock="forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate hands over the time of the timetable
    """Forget what is past its time: security events after 90 days, raw payloads and bodies after 12 months."""
    now = clock.now()
    transaction.run(
        lambda cursor: [
            cursor.execute("DELETE FROM security_event WHERE at < %s", [now - SECURITY_EVENTS_KEPT]),
            cursor.execute("UPDATE event SET raw = NULL WHERE at < %s AND raw IS NOT NULL", [now - RAW_KEPT]),
            cursor.execute("UPDATE message SET body = '' WHERE created_at < %s AND body <> ''", [now - RAW_KEPT]),
        ]
    )
