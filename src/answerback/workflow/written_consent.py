"""Keeps that somebody agreed in writing to be texted: who, when, to which words, by which way; never edited.

The record holds what 16 CFR 310.5(a)(8) asks for. It is the one way to `marketing_written`; no import and no model has
it. A stop is stronger: after one only the customer's own START leads back. Never here: a text of advertising.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from answerback.engine.desk_events import AgreedInWriting
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction
from answerback.workflow.acting import act
from answerback.workflow.actors import Actor, NotAllowed

WAYS: Mapping[str, str] = {"paper": "on paper", "web": "in a web form", "email": "by e-mail", "text": "by text message"}
"""How somebody can agree in writing."""

LEAST_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was agreed to. `words` are the words they had before them, `kept` says where the original lies."""

    name: str
    on: date | None
    way: str
    words: str
    kept: str = ""


def record(contact: int, actor: Actor, written: Written) -> None:
    """Keep this; it counts from now on. Raises `NotAllowed` for a record that would prove nothing, or after a stop."""
    today = clock.now().date()
    if not written.name.strip():
        raise NotAllowed("Write the name of the person who agreed. Nothing was kept.", "name")
    if written.on is None or written.on > today:
        raise NotAllowed("Say on which day they agreed; it cannot be later than today. Nothing was kept.", "on")
    if written.way not in WAYS:
        raise NotAllowed("Say how they agreed: on paper, in a web form, by e-mail or by text. Nothing was kept.", "way")
    if len(written.words.strip()) < LEAST_WORDS:
        raise NotAllowed("Copy the words they agreed to, as they had them before them. Nothing was kept.", "words")
    transaction.run(lambda cursor: _record(cursor, contact, actor, written))


def _record(cursor: Cursor, contact: int, actor: Actor, written: Written) -> None:
    cursor.execute(
        """
        SELECT o.id, EXISTS (SELECT 1 FROM suppression s WHERE s.business_id = k.business_id AND s.number = k.number
                             AND s.lifted_at IS NULL)
        FROM contact k JOIN conversation o ON o.contact_id = k.id WHERE k.id = %s
        ORDER BY o.ended_at IS NULL DESC, o.id DESC LIMIT 1
        """,
        [contact],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("They have neither called nor written to you yet. Nothing was kept.")
    if row[1]:
        raise NotAllowed("They said stop. Only their own START lets you text them again. Nothing was kept.")
    kept = f" The original: {written.kept.strip()}." if written.kept.strip() else ""
    evidence = f"{written.name.strip()} agreed on {written.on} {WAYS[written.way]}; entered by {actor.name}.{kept}"
    event = AgreedInWriting(at=clock.now(), member=actor.name, evidence=evidence[:300], words=written.words.strip())
    act(cursor, row[0], actor, event, holds=None)
