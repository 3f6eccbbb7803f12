"""Tells owners and the desk of an urgent case of which nobody could be told by phone: by every other way there is.

By e-mail, in browsers and by the services members chose, in quiet hours too: it stands for a page. Once for each page;
a mail server that is away is tried again for a day. Never here: who is woken (`pages`).
"""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from answerback.store.queries import unheard
from answerback.store.queries.rows import Cursor
from answerback.store.queries.unheard import Unheard
from answerback.workflow import bell, mailing, transaction, ways_in

log = logging.getLogger("answerback.unheard")

KIND = "unheard"
"""The kind of the alert about it."""


def note(cursor: Cursor, page: int, now: datetime) -> None:
    """Everybody was tried and nobody reached: they are told otherwise."""
    if unheard.first(cursor, page, now):
        bell.ring(cursor, bell.ALERT)
        log.warning("page.unheard page=%s", page)


def send_due() -> int:
    """Mail what is due; returns about how many pages people were told."""
    return mailing.send_due(unheard.to_mail, _send)


def _send(page: Unheard, now: datetime) -> bool:
    """Tell everybody; True once all were told or refused the letter for good."""
    key = f"unheard-{page.page}-{page.unheard_at:%Y%m%d%H%M%S}"
    told = mailing.tell(page.people, key, lambda: _words(page), business=page.business_id)
    if told:
        transaction.run(lambda cursor: unheard.mailed(cursor, page.page, now))
    return told


def _words(page: Unheard) -> tuple[str, str]:
    """No name and no words of the customer: mail lies open on many screens."""
    base = ways_in.root(business=page.business_id)
    subject = _("%(business)s: urgent, and nobody could be woken") % {"business": page.business}
    case = _("Case %(case)d is urgent and no phone could be reached. Call the customer now:")
    then = _("Then see whose phone is missing or not confirmed:")
    return subject, f"{case % {'case': page.conversation}}\n{base}/c/{page.conversation}\n\n{then} {base}/on-call\n"
