"""Checks the product's promises against what really happened: the rows in the database and the texts on the handsets.

It decides nothing and repairs nothing; every breach is one sentence with the number it concerns. Needs Django set up.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import connection

from answerback.adapters.simulator import PhoneWorld
from answerback.adapters.simulator.calls import Call
from answerback.engine.quiet import QuietClass, may_text
from answerback.engine.rules import Settings
from answerback.ports.phone import WITHHELD
from answerback.store import codec, models
from answerback.workflow import directory, places
from answerback.workflow.delivery import KEEPS_HOURS

MISSED = frozenset({"no_answer", "busy", "voicemail", "after_hours", "failed", "abandoned"})
HEARD_WITHIN = timedelta(minutes=6)
"""A call is judged when its facts have settled; one whose end was reported late needs a little longer."""

ALWAYS_ANSWERED = ("opt_out_confirmation", "help_reply")
"""What the law asks for whoever has the conversation: one confirmation of a stop, and who we are."""


def broken(phones: PhoneWorld, callers: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Every promise that does not hold, in words; empty when all is well. `callers` are the numbers that called us."""
    found = [*_missed_calls_without_lead(phones, sorted(set(callers)), now), *_more_on_handset_than_written(phones)]
    found += [breach for check in _CHECKS for breach in check()]
    return tuple(found)


def _missed_calls_without_lead(phones: PhoneWorld, callers: Iterable[str], now: datetime) -> Iterator[str]:
    inside = {
        *models.Line.objects.values_list("number", flat=True),
        *models.Member.objects.values_list("phone", flat=True),
    }
    known = set(models.Lead.objects.values_list("contact__number", flat=True))
    known |= set(models.Appointment.objects.values_list("contact__number", flat=True))
    for number in callers:
        if number in known or number in inside or number == WITHHELD:
            continue
        if any(_was_missed(call, now) for call in phones.calls(number)):
            yield f"1: {number} called, nobody served them, and there is no lead."


def _was_missed(call: Call, now: datetime) -> bool:
    if call.outcome not in MISSED or call.ended_at is None or call.ended_at > now - HEARD_WITHIN or not call.caller:
        return False
    return call.outcome != "abandoned" or call.ring >= Settings().noise_abandon_seconds


def _more_on_handset_than_written(phones: PhoneWorld) -> Iterator[str]:
    """A text that was written once may be on a handset once, whatever happened on the way."""
    written = Counter(models.Message.objects.exclude(author="customer").values_list("to", "body"))
    for number in {to for to, _ in written}:
        arriving = (text.body for text in phones.texts_to(number) if text.failure is None)
        for body, times in Counter(arriving).items():
            if times > written[number, body]:
                yield f"2: {number} got a text {times} times that was written {written[number, body]} times."


def _two_first_texts() -> Iterator[str]:
    for number, gap in _rows(_FIRST_TEXTS, [Settings().first_text_cooldown]):
        yield f"2: {number} got two first texts within {gap}."


def _texts_after_stop() -> Iterator[str]:
    for number, key, at in _rows(_AFTER_STOP):
        yield f"3: {number} had said stop, and the text {key} was taken for sending at {at}."
    for number, times in _rows(_CONFIRMATIONS):
        yield f"3: {number} got {times} more confirmations than it said stop."


def _texts_over_a_person() -> Iterator[str]:
    for number, key, member in _rows(_OVER_A_PERSON, [list(ALWAYS_ANSWERED)]):
        yield f"4: {member} had the conversation with {number}, and the machine sent {key}."


def _without_reason() -> Iterator[str]:
    for number, key, status in _rows(_NO_REASON):
        yield f"5: the text {key} to {number} ({status}) has no reason."
    for number, kind in _rows(_NO_DECISION):
        yield f"5: {kind} of {number} was handled without any decision receipt."


def _lead_after_text() -> Iterator[str]:
    for number, key in _rows(_LEAD_AFTER_TEXT):
        yield f"1: the text {key} to {number} was taken for sending before there was a lead."


def _link_before_answers() -> Iterator[str]:
    conversations = models.Message.objects.filter(author="machine", body__contains="/b/").values("conversation")
    for found in models.Conversation.objects.filter(id__in=conversations).select_related("contact"):
        answers = codec.decode_state(codec.encode(found.state)).answers
        if missing := [slot for slot in _required(found.playbook_id) if slot not in answers]:
            yield f"{found.contact.number} got a booking link before saying: {', '.join(missing)}."


def _urgent_without_person() -> Iterator[str]:
    for (number,) in _rows(_URGENT_ALONE):
        yield f"{number} has an emergency, and nobody was woken."


def _in_quiet_hours() -> Iterator[str]:
    for number, key, text_class, at, zone, playbook in _rows(_UNASKED, [list(KEEPS_HOURS)]):
        where = places.whereabouts(number, ZoneInfo(zone))
        if not may_text(directory.sending_hours(int(playbook)), where, cast("Any", at), cast("QuietClass", text_class)):
            yield f"{number} got {key} at {at:%A %H:%M} UTC, when nobody is texted unasked."


def _glued_addresses() -> Iterator[str]:
    for number, key, word in _rows(_GLUED):
        yield f"{number} got {key} with a mark glued to its address, which phones take into the link: {word}"


def _doubles() -> Iterator[str]:
    for number, what in _rows(_DOUBLES):
        yield f"{number} has two {what}."


def _required(playbook: int) -> tuple[str, ...]:
    return tuple(learn.slot for learn in codec.decode_playbook(_playbook(playbook)).learn if learn.required)


def _playbook(playbook: int) -> str:
    return codec.encode(models.PlaybookVersion.objects.get(id=playbook).body)


def _rows(query: str, values: list[Any] | None = None) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    _lead_after_text,
    _two_first_texts,
    _texts_after_stop,
    _texts_over_a_person,
    _without_reason,
    _link_before_answers,
    _urgent_without_person,
    _in_quiet_hours,
    _glued_addresses,
    _doubles,
)

_GLUED = r"""
SELECT m."to", m.key, substring(m.body FROM 'https?://\S*[.,;:!?](?=\s|$)') FROM message m
WHERE m.author NOT IN ('customer', 'staff') AND m.body ~ 'https?://\S*[.,;:!?](\s|$)'
"""

_LEAD_AFTER_TEXT = """
SELECT m."to", m.key FROM message m LEFT JOIN lead l ON l.conversation_id = m.conversation_id
WHERE m.purpose = 'first_text' AND m.attempt > 0 AND (l.id IS NULL OR l.created_at > m.claimed_at)
"""

_FIRST_TEXTS = """
SELECT a."to", b.claimed_at - a.claimed_at FROM message a
JOIN message b ON b.contact_id = a.contact_id AND b.purpose = a.purpose AND b.id > a.id
WHERE a.purpose = 'first_text' AND a.status NOT IN ('withdrawn', 'refused', 'queued')
  AND b.status NOT IN ('withdrawn', 'refused', 'queued') AND b.claimed_at < a.claimed_at + %s::interval
"""

# A text that was in our hands at the moment of the stop may still arrive, as one that the carrier had already taken.
_AFTER_STOP = """
SELECT m."to", m.key, m.claimed_at::text FROM message m
JOIN suppression s ON s.business_id = m.business_id AND s.number = m."to"
WHERE m.author IN ('machine', 'staff') AND m.attempt > 0 AND m.text_class <> 'opt_out_confirmation'
  AND m.status NOT IN ('withdrawn', 'queued')
  AND m.claimed_at > s.at AND (s.lifted_at IS NULL OR m.claimed_at < s.lifted_at)
"""

_CONFIRMATIONS = """
SELECT k.number, c.times - s.times FROM contact k
JOIN LATERAL (SELECT count(*) AS times FROM message m WHERE m.contact_id = k.id AND m.attempt > 0
              AND m.text_class = 'opt_out_confirmation' AND m.status NOT IN ('withdrawn', 'refused')) c ON true
JOIN LATERAL (SELECT count(*) AS times FROM suppression s
              WHERE s.business_id = k.business_id AND s.number = k.number) s ON true
WHERE c.times > s.times
"""

_OVER_A_PERSON = """
SELECT m."to", m.key, h.body ->> 'member' FROM event h
JOIN message m ON m.conversation_id = h.conversation_id AND m.author = 'machine'
  AND m.attempt > 0 AND m.claimed_at > h.at
WHERE h.kind IN ('TookOver', 'StaffTexted') AND m.text_class <> ALL (%s) AND m.status NOT IN ('withdrawn', 'queued')
  AND NOT EXISTS (
    SELECT 1 FROM event r WHERE r.conversation_id = h.conversation_id AND r.id > h.id AND r.at <= m.claimed_at
      AND r.kind IN ('HandedBack', 'OutcomeMarked', 'ToldToStop'))
"""

_NO_REASON = """
SELECT m."to", m.key, m.status FROM message m
WHERE m.author = 'machine' AND (m.status = 'withdrawn' AND m.detail = '' OR NOT EXISTS (
    SELECT 1 FROM decision_receipt d WHERE d.conversation_id = m.conversation_id AND d.text = m.key))
"""

_NO_DECISION = """
SELECT DISTINCT k.number, e.kind FROM event e
JOIN conversation c ON c.id = e.conversation_id JOIN contact k ON k.id = c.contact_id
WHERE e.kind IN ('CallEnded', 'TextReceived') AND e.handled_at IS NOT NULL AND c.wake_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision_receipt d WHERE d.conversation_id = c.id)
"""

_URGENT_ALONE = """
SELECT k.number FROM conversation c JOIN contact k ON k.id = c.contact_id
WHERE c.state ->> 'urgency' = 'emergency' AND NOT EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = c.id)
"""

# By the places that the number itself tells; an answer that names another place can only narrow the hours.
_UNASKED = """
SELECT m."to", m.key, m.text_class, m.claimed_at, b.zone, c.playbook_id FROM message m
JOIN business b ON b.id = m.business_id JOIN conversation c ON c.id = m.conversation_id
WHERE m.author = 'machine' AND m.text_class = ANY(%s) AND m.sent_at IS NOT NULL
"""

_DOUBLES = """
SELECT number, 'contacts' FROM contact GROUP BY business_id, number HAVING count(*) > 1
UNION ALL
SELECT k.number, 'open conversations' FROM conversation c JOIN contact k ON k.id = c.contact_id
WHERE c.ended_at IS NULL GROUP BY c.business_id, k.number HAVING count(*) > 1
"""
