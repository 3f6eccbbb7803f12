"""Says why a text that a person writes may not go: to that number, from that line, in those words.

The same questions the engine's guards ask of the machine's texts, as far as a person is bound by them: whom they text,
and at which hour, is their own affair. Never here: a stop, which `acting.write` and the database refuse.
"""

from typing import cast

from answerback.engine.events import LineType, SenderState
from answerback.engine.guards import CANNOT_TEXT, MAY_NOT_SEND
from answerback.engine.lint import unfit
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, places
from answerback.workflow.actors import NotAllowed
from answerback.workflow.directory import known


def check(cursor: Cursor, conversation: int, number: str, body: str) -> None:
    """Raise `NotAllowed` where this text of a person may not go, with what to do instead."""
    if wrong := unfit(body):
        raise NotAllowed(f"{wrong} Nothing was sent: change the words.")
    cursor.execute(_KNOWN, {"id": conversation, "now": clock.now()})
    state, paused, untextable, line_type, *whose, line = cursor.fetchone() or ("unknown", False, None, None, 0, 0, 0, 0)
    if says := MAY_NOT_SEND.get(cast("SenderState", state)):
        raise NotAllowed(f"{says} Nothing was sent: call them instead.")
    if paused:
        raise NotAllowed("Texts from this line wait for now. Nothing was sent: call them instead.")
    if reason := untextable or CANNOT_TEXT.get(cast("LineType", line_type or places.of_number(number).line_type)):
        raise NotAllowed(f"This number cannot get texts: {reason}. Nothing was sent: call them instead.")
    if places.of_number(number).region not in known(*whose).on(line).rules.settings.countries:
        raise NotAllowed("Numbers of this country may not be texted. Nothing was sent: call them instead.")


# The line that sends is the conversation's own, or the one that sends for it.
_KNOWN = """
SELECT s.sender_state, COALESCE(s.paused_until > %(now)s, false), k.untextable, k.line_type,
    c.business_id, b.revision, c.playbook_id, c.line_id
FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN line l ON l.id = c.line_id
JOIN business b ON b.id = c.business_id JOIN line s ON s.id = COALESCE(l.texts_by_id, l.id)
WHERE c.id = %(id)s
"""
