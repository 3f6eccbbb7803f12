"""Alerts members by ways of their own: sends what is due, respects their quiet hours, writes down what came of it.

Never pages: who must be woken is woken (`workflow.pages`), at any hour. Never here: what is worth an alert (the
triggers of migration 0037). The network is never inside a transaction.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from answerback.engine import page_words, wording
from answerback.engine.effects import PRIORITY
from answerback.engine.page_words import Facts
from answerback.ports import registry
from answerback.ports.alerts import Answer, Words
from answerback.store import models
from answerback.store.queries import alerts, staff_texts, turns
from answerback.store.queries.alerts import About, Claimed
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import TextRow
from answerback.store.secrets import WrongSecret, unseal
from answerback.workflow import bell, clock, transaction
from answerback.workflow.directory import known

log = logging.getLogger("answerback.alerts")

PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""Before the second try, the third, ..."""

TEXT_STALE_AFTER = timedelta(hours=1)

PLACES = {"lead": "/c/{}", "reply": "/c/{}", "todo": "/todos", "appointment": "/c/{}", "line_red": "/health"}
"""Where each kind leads, with the conversation."""


def run(limit: int = 50) -> int:
    """Send what is due, one after the other; returns how many."""
    taken = claim(limit)
    for alert in taken:
        tell(alert)
    return len(taken)


def claim(limit: int) -> Sequence[Claimed]:
    """Take alerts that are due; each must be handed to `tell`."""
    return transaction.run(lambda cursor: alerts.claim(cursor, limit, clock.now()))


def next_due() -> datetime | None:
    """When the next alert is due."""
    return transaction.run(alerts.next_due)


def tell(alert: Claimed) -> None:
    """Send one, unless its member wants quiet now or there is nothing left to tell."""
    now = clock.now()
    if until := quiet_until(now, ZoneInfo(alert.zone), alert.quiet_from, alert.quiet_to):
        transaction.run(lambda cursor: alerts.put_off(cursor, alert, until))
        return
    about = transaction.run(lambda cursor: alerts.about(cursor, alert.kind, alert.subject))
    if about is None:
        transaction.run(lambda cursor: alerts.drop(cursor, alert))
        return
    words = _words(alert, about)
    answer = _send(alert.business, alert.by, alert.sealed, alert.phone, words=words, key=f"alert:{alert.id}")
    transaction.run(lambda cursor: _write(cursor, alert, answer, clock.now()))


def test(way: models.AlertWay) -> Answer:
    """Send a test by this way now, in quiet hours too: whoever pressed the button is awake."""
    now = clock.now()
    words = Words(title="answerback", body="This is a test. Alerts reach you here.", link=_base())
    key = f"alert:test:{way.id}:{now:%Y%m%d%H%M%S}"
    answer = _send(way.business_id, way.kind, bytes(way.sealed), way.member.phone, words=words, key=key)
    transaction.run(lambda cursor: alerts.said(cursor, way.id, answer.says, now, worked=answer.arrived))
    return answer


def quiet_until(now: datetime, zone: ZoneInfo, start: time | None, end: time | None) -> datetime | None:
    """The end of the quiet hours this moment lies in; None when it lies in none. They may cross midnight."""
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(zone)
    at, crosses = local.time(), start > end
    if not ((at >= start or at < end) if crosses else (start <= at < end)):
        return None
    day = local.date() + timedelta(days=1 if crosses and at >= start else 0)
    return datetime.combine(day, end, zone)


def _send(business: int, by: str, sealed: bytes, phone: str, *, words: Words, key: str) -> Answer:
    if by == "text":
        return transaction.run(lambda cursor: _text(cursor, business, phone, words, key))
    try:
        address = unseal(sealed)["address"]
    except WrongSecret as wrong:
        return Answer(arrived=False, says=str(wrong))
    return registry.alerts("apprise").send(address, words)


def _write(cursor: Cursor, alert: Claimed, answer: Answer, now: datetime) -> None:
    again = not answer.arrived and alert.tries <= len(PAUSES)
    status = "sent" if answer.arrived else "waiting" if again else "failed"
    alerts.wrote(cursor, alert, status, answer.says, now + PAUSES[alert.tries - 1] if again else now)
    alerts.said(cursor, alert.way, answer.says, now, worked=answer.arrived)
    if not answer.arrived:
        log.info("alert.failed alert=%s way=%s try=%s", alert.id, alert.way, alert.tries)


def _words(alert: Claimed, about: About) -> Words:
    business = models.Business.objects.get(id=alert.business)
    privacy: page_words.Privacy = "clinic"
    if business.playbook_id is not None:
        privacy = known(business.id, business.revision, business.playbook_id).rules.playbook.privacy
    when = wording.moment(about.starts_at, ZoneInfo(alert.zone), "en") if about.starts_at else ""
    facts = Facts(
        case=alert.thread or 0, summary=about.says, opened_at=clock.now(), name=about.name, number=about.number
    )
    body = page_words.alert(alert.kind, facts, privacy, when=when)
    return Words(title=business.name, body=body, link=_base() + PLACES[alert.kind].format(alert.thread))


def _base() -> str:
    return settings.PUBLIC_URL or settings.LOCAL_URL


def _text(cursor: Cursor, business: int, phone: str, words: Words, key: str) -> Answer:
    """Write a text to the member's own phone, as staff texts go: by the business's line, in its thread with its own."""
    row = models.Business.objects.get(id=business)
    line = models.Line.objects.filter(business=row, texts_by=None).order_by("id").first()
    if not phone:
        return Answer(arrived=False, says="Your phone number is not known here. The owner can add it under People.")
    if line is None or row.playbook_id is None:
        return Answer(arrived=False, says="There is no line to text from yet.")
    now = clock.now()
    thread = staff_texts.own_thread(cursor, business, line.id, row.playbook_id, now)
    text = TextRow(
        business=business,
        conversation=thread.conversation,
        contact=thread.contact,
        line=line.id,
        author="page",
        to=phone,
        key=key,
        purpose="alert",
        text_class="staff_alert",
        body=f"{words.body} {words.link}",
        status="queued",
        epoch=0,
        priority=PRIORITY["nudge"],
        due_at=now,
        stale_at=now + TEXT_STALE_AFTER,
        cooldown_until=None,
        detail="",
        media=None,
        created_at=now,
    )
    turns.write_texts(cursor, [text])
    bell.ring(cursor, bell.TEXT)
    return Answer(arrived=True, says=f"A text to {wording.phone(phone)} is on its way.")
