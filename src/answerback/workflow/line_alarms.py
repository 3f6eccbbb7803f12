"""Tells owners and managers by e-mail that a line is red: a line that may not text cannot tell them so itself.

Once for each finding that turned red, as soon as people are alarmed at all (`line_health`); a mail server that is away
is tried again for a day. Never here: what is red.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings

from answerback.ports import registry
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Unavailable
from answerback.ports.mail import Letter
from answerback.store.queries import line_health
from answerback.store.queries.line_health import Alarm
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

log = logging.getLogger("answerback.line_alarms")

GIVE_UP_AFTER = timedelta(days=1)


def send_due() -> int:
    """Send what is due; returns how many findings people were mailed about."""
    if not settings.MAIL:
        return 0
    now = clock.now()
    due = transaction.run(lambda cursor: line_health.to_mail(cursor, now - GIVE_UP_AFTER))
    return sum(_send(alarm, now) for alarm in due)


def _send(alarm: Alarm, now: datetime) -> bool:
    """Tell everybody who is to know; True once all were told or refused the letter for good."""
    waits = False
    for address, name in alarm.to:
        try:
            registry.mail("smtp").send(
                Connection(id=0, provider="smtp", settings=settings.MAIL), _letter(alarm, address, name)
            )
        except Unavailable as away:
            waits = True
            log.warning("line_alarm.away finding=%s problem=%s", alarm.finding, away.detail)
        except PortError as problem:
            log.warning("line_alarm.refused finding=%s problem=%s", alarm.finding, problem.detail)
    if not waits:
        transaction.run(lambda cursor: _mailed(cursor, alarm, now))
    return not waits


def _mailed(cursor: Cursor, alarm: Alarm, now: datetime) -> None:
    line_health.mailed(cursor, alarm.finding, now)


def _letter(alarm: Alarm, address: str, name: str) -> Letter:
    where = f"{settings.PUBLIC_URL or settings.LOCAL_URL}/health"
    fix = f"What to do: {alarm.fix}\n\n" if alarm.fix else ""
    meanwhile = "Missed calls are to-dos meanwhile, and nobody is texted from this number."
    return Letter(
        key=f"line-{alarm.finding}-{alarm.alarmed_at:%Y%m%d%H%M%S}",
        sender=settings.MAIL["sender"],
        sender_name="answerback",
        to=address,
        to_name=name,
        subject=f"{alarm.business}: line {alarm.number} needs you",
        body=f"{alarm.says}\n\n{fix}{meanwhile}\n\n{where}\n",
    )
