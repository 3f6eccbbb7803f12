"""Background tasks: upkeep of what is kept, on a timetable. Each may run twice or late without harm."""

from datetime import datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, measuring, transaction

SECURITY_EVENTS_KEPT = timedelta(days=90)
WORDS_KEPT = timedelta(days=365)


@app.periodic(cron="17 3 * * *")
@app.task(name="answerback.forget", retry=RetryStrategy(max_attempts=5, exponential_wait=4), queueing_lock="forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate hands over the time of the timetable
    """Forget what is past its time: security events after 90 days, raw payloads and bodies after 12 months."""
    transaction.run(lambda cursor: _forget(cursor, clock.now()))


@app.periodic(cron="* * * * *")
@app.task(name="answerback.measure", queueing_lock="measure", lock="measure")
def measure(timestamp: int) -> None:  # noqa: ARG001  as above
    """Measure the leads of every business that something happened to since the last time."""
    for business in measuring.businesses():
        measuring.refresh(business)


@app.periodic(cron="41 2 * * *")
@app.task(name="answerback.measure_all", queueing_lock="measure_all", lock="measure")
def measure_all(timestamp: int) -> None:  # noqa: ARG001  as above
    """Measure every lead again: the receipts that came days late, and a new version of the definitions."""
    for business in measuring.businesses():
        measuring.recount(business)


def _forget(cursor: Cursor, now: datetime) -> None:
    cursor.execute("DELETE FROM security_event WHERE at < %s", [now - SECURITY_EVENTS_KEPT])
    cursor.execute(
        """
        UPDATE event SET raw = NULL, body = CASE WHEN body ? 'text' AND kind IN ('TextReceived', 'VoicemailTranscribed')
                                                 THEN jsonb_set(body, '{text}', '""') ELSE body END
        WHERE at < %s AND raw IS NOT NULL
        """,
        [now - WORDS_KEPT],
    )
    cursor.execute("UPDATE message SET body = '' WHERE created_at < %s AND body <> ''", [now - WORDS_KEPT])
