"""Mails one piece of news to several people, each in their own language: all of them, or all of them again.

What it is about remembers that it was mailed, once nobody is left to try. A letter keeps its key, so a second copy is
known for one. Never here: who is told and of what, or letters that are written down before they leave (`letters`).
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.utils import translation

from answerback.ports import registry
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Unavailable
from answerback.ports.mail import Letter
from answerback.store.queries import agencies
from answerback.store.queries.recipients import Recipient
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, one_by_one, transaction
from answerback.workflow.mail_page import Sheet, drawn

log = logging.getLogger("answerback.mailing")

News = TypeVar("News")

GIVE_UP_AFTER = timedelta(days=1)
"""A mail server that is away is tried again for so long."""


def send_due(due: Callable[[Cursor, datetime], Sequence[News]], send: Callable[[News, datetime], bool]) -> int:
    """Mail all news that is `due` (not older than the moment it is handed); returns how many `send` says were told."""
    if not settings.MAIL:
        return 0
    now = clock.now()
    news = transaction.run(lambda cursor: due(cursor, now - GIVE_UP_AFTER))
    return sum(
        one_by_one.each(lambda one: send(one, now), news, "mailing.broken about=%s", lambda one: type(one).__name__)
    )


def _kind(news: object) -> str:
    return type(news).__name__


def tell(
    people: Sequence[Recipient],
    key: str,
    words: Callable[[], tuple[str, str]],
    *,
    business: int | None = None,
    agency: int | None = None,
) -> bool:
    """Mail each of these people of a business or of an agency (subject, body), asked for in their language.

    True once all have it or refused it for good; False where a mail server is away and all are to be told again.
    """
    told, (brand, colour) = True, agencies.brand_for(business=business, agency=agency)
    for person in people:
        with translation.override(person.language):
            subject, body = words()
        letter = Letter(
            key=key,
            sender=settings.MAIL["sender"],
            sender_name=brand,
            to=person.address,
            to_name=person.name,
            subject=subject,
            body=body,
            html=drawn(Sheet(language=person.language, brand=brand, colour=colour, subject=subject, body=body)),
        )
        try:
            registry.mail("smtp").send(Connection(id=0, provider="smtp", settings=settings.MAIL), letter)
        except Unavailable as away:
            told = False
            log.warning("mailing.away key=%s problem=%s", key, away.detail)
        except PortError as problem:
            log.warning("mailing.refused key=%s problem=%s", key, problem.detail)
    return told
