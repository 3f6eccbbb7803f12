"""Tells owners and managers by e-mail that a line is red: a line that may not text cannot tell them so itself.

Once for each finding that turned red, as soon as people are alarmed at all (`line_health`); a mail server that is away
is tried again for a day. Never here: what is red.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from answerback.engine.wording import phone
from answerback.store.queries import line_health
from answerback.store.queries.line_health import Alarm
from answerback.workflow import mailing, transaction, ways_in
from answerback.workflow.retelling import retold


def send_due() -> int:
    """Send what is due; returns how many findings people were mailed about."""
    return mailing.send_due(line_health.to_mail, _send)


def _send(alarm: Alarm, now: datetime) -> bool:
    """Tell everybody who is to know; True once all were told or refused the letter for good."""
    key = f"line-{alarm.finding}-{alarm.alarmed_at:%Y%m%d%H%M%S}"
    told = mailing.tell(alarm.to, key, lambda: _words(alarm), business=alarm.business_id)
    if told:
        transaction.run(lambda cursor: line_health.mailed(cursor, alarm.finding, now))
    return told


def _words(alarm: Alarm) -> tuple[str, str]:
    """A finding is written down in English, and said again in the reader's language."""
    base = ways_in.root(business=alarm.business_id)
    subject = _("%(business)s: line %(number)s needs you") % {"business": alarm.business, "number": phone(alarm.number)}
    fix = _("What to do: %(fix)s") % {"fix": retold(alarm.fix)} if alarm.fix else ""
    meanwhile = _("Missed calls are to-dos meanwhile, and nobody is texted from this number.")
    says = retold(alarm.says)
    return subject, "\n\n".join(each for each in (says, fix, meanwhile, f"{base}/health\n") if each)
