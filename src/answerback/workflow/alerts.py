"""Alerts members by ways of their own: sends what is due, respects their quiet hours, writes down what came of it.

Never pages: who must be woken is woken (`workflow.pages`), at any hour. Never here: what is worth an alert (the
triggers of migration 0037). The network is never inside a transaction.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.engine import wording
from answerback.engine.effects import PRIORITY
from answerback.ports import registry
from answerback.ports.alerts import Answer, Words
from answerback.ports.calls import PlacesCalls
from answerback.store import models
from answerback.store.queries import alerts, our_calls, turns
from answerback.store.queries.alerts import Claimed
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import Handset, to_staff
from answerback.store.secrets import WrongSecret, seal, unseal
from answerback.workflow import alert_words, bell, clock, phones, push, tongues, transaction, unheard

log = logging.getLogger("answerback.alerts")

PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""Before the second try, the third, ..."""

TEXT_STALE_AFTER = timedelta(hours=1)

LATER = frozenset({"text", "call"})
"""Ways whose provider answers later."""

NO_LINE = gettext_lazy("There is no line to reach you by yet.")


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
    until = quiet_until(now, ZoneInfo(alert.zone), alert.quiet_from, alert.quiet_to)
    if until is not None and alert.kind != unheard.KIND:
        transaction.run(lambda cursor: alerts.put_off(cursor, alert, until))
        return
    about = transaction.run(lambda cursor: alerts.about(cursor, alert.kind, alert.subject))
    if about is None:
        transaction.run(lambda cursor: alerts.drop(cursor, alert))
        return
    language = transaction.run(lambda cursor: tongues.languages(cursor, [alert.member])).get(alert.member, "en")
    with translation.override(language):
        _tell(alert, alert_words.words(alert.business, alert.kind, alert.thread, alert.zone, about))


def _tell(alert: Claimed, words: Words) -> None:
    sending = Sending(
        way=alert.way,
        by=alert.by,
        business=alert.business,
        member=alert.member,
        phone=alert.phone,
        sealed=alert.sealed,
        words=words,
        key=f"alert-{alert.id}-{alert.at:%y%m%d%H%M%S}",
        alert=alert.id,
        thread=alert.thread,
    )
    answer = _send(sending)
    transaction.run(lambda cursor: _write(cursor, alert, sending, answer, clock.now()))


def test(way: models.AlertWay) -> Answer:
    """Send a test by this way now, in quiet hours too: whoever pressed the button is awake."""
    now = clock.now()
    sending = Sending(
        way=way.id,
        by=way.kind,
        business=way.business_id,
        member=way.member_id,
        phone=phones.reachable(way.member),
        sealed=bytes(way.sealed),
        words=alert_words.test(way.business_id),
        key=f"alert-test-{way.id}-{now:%y%m%d%H%M%S}",
    )
    answer = _send(sending)
    transaction.run(lambda cursor: _said(cursor, sending, answer, now))
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One alert on its way: `alert` is 0 and `thread` None for a test."""

    way: int
    by: str
    business: int
    member: int
    phone: str
    sealed: bytes
    words: Words
    key: str
    alert: int = 0
    thread: int | None = None


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


def _send(sending: Sending) -> Answer:
    try:
        match sending.by:
            case "text" | "call":
                return transaction.run(lambda cursor: _by_phone(cursor, sending))
            case "push":
                return push.send(sending.sealed, sending.words, sending.key)
            case _:
                address = unseal(sending.sealed)["address"]
                return registry.alerts("apprise").send(address, sending.words)
    except WrongSecret as wrong:
        return Answer(arrived=False, says=str(wrong))


def _write(cursor: Cursor, alert: Claimed, sending: Sending, answer: Answer, now: datetime) -> None:
    again = not answer.arrived and alert.tries <= len(PAUSES)
    status = "sent" if answer.arrived else "waiting" if again else "failed"
    alerts.wrote(cursor, alert, status, answer.says, now + PAUSES[alert.tries - 1] if again else now)
    _said(cursor, sending, answer, now)
    if not answer.arrived:
        log.info("alert.failed alert=%s way=%s try=%s", alert.id, alert.way, alert.tries)


def _said(cursor: Cursor, sending: Sending, answer: Answer, now: datetime) -> None:
    """What the service answered, for the way's page; a way that leads nowhere any more is removed."""
    if answer.gone:
        alerts.gone(cursor, sending.way, answer.says, now, sealed=seal({}))
        return
    key = sending.key if answer.arrived and sending.by in LATER else ""
    alerts.said(cursor, sending.way, answer.says, now, worked=answer.arrived, key=key)


def _by_phone(cursor: Cursor, sending: Sending) -> Answer:
    """Text or ring the member's own phone, where they have one that wants it and the business a line."""
    if not sending.phone:
        return Answer(arrived=False, says=phones.why_not(sending.member))
    now = clock.now()
    found = phones.own_line(cursor, sending.business, now)
    if found is None:
        return Answer(arrived=False, says=str(NO_LINE))
    line, thread = found
    if sending.by == "text":
        return _text(cursor, sending, line, thread, now)
    return _call(cursor, sending, thread, now)


def _text(cursor: Cursor, sending: Sending, line: models.Line, thread: Handset, now: datetime) -> Answer:
    """Write a text to the member's own phone, as staff texts go: by the business's line, in its thread with its own."""
    text = to_staff(
        business=sending.business,
        conversation=thread.conversation,
        contact=thread.contact,
        line=line.id,
        to=sending.phone,
        key=sending.key,
        purpose="alert",
        body=f"{sending.words.body} {sending.words.link}",
        priority=PRIORITY["nudge"],
        now=now,
        stale_after=TEXT_STALE_AFTER,
    )
    turns.write_texts(cursor, [text])
    bell.ring(cursor, bell.TEXT)
    return Answer(arrived=True, says=_("A text to %(phone)s is on its way.") % {"phone": wording.phone(sending.phone)})


def _call(cursor: Cursor, sending: Sending, thread: Handset, now: datetime) -> Answer:
    """Ring the member's own phone, over the line of the conversation it is about."""
    conversation = sending.thread or thread.conversation
    provider = our_calls.ends(cursor, conversation, sending.member)[0]
    if not isinstance(registry.phone_if_installed(provider), PlacesCalls):
        return Answer(arrived=False, says=_("This line cannot place calls. Choose a text instead."))
    our_calls.queue_alert(cursor, conversation, sending.member, sending.alert, key=sending.key, now=now)
    bell.ring(cursor, bell.PAGE)
    return Answer(arrived=True, says=_("A call to %(phone)s is on its way.") % {"phone": wording.phone(sending.phone)})
