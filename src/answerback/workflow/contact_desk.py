"""What staff and programs of the business change about a contact: who they are, and that they said stop elsewhere."""

from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, contacts, mistakes, transaction
from answerback.workflow.actors import Actor


def change(contact: int, *, name: str | None = None, email: str | None = None) -> None:
    """Write down who this is; None leaves it as it stands."""
    said = {"name": name, "email": email}
    given = {column: value.strip() for column, value in said.items() if value is not None}
    if given:
        models.Contact.objects.filter(id=contact).update(**given)


def stop(business: int, number: str, actor: Actor, evidence: str) -> None:
    """This number said stop; effective from this commit on. Where there is a conversation, it is told."""
    open_one = models.Conversation.objects.filter(business=business, contact__number=number, ended_at=None).first()
    if open_one is not None:
        mistakes.told_to_stop(open_one.id, actor)
        return
    shown = f"{actor.name}: {evidence}" if evidence else f"{actor.name} was told so"
    transaction.run(lambda cursor: _suppress(cursor, business, number, shown, actor.member))


def _suppress(cursor: Cursor, business: int, number: str, shown: str, member: int | None) -> None:
    now = clock.now()
    contacts.suppress(cursor, business, number, shown, now, member=member)
    cursor.execute(_CONSENT, {"business": business, "number": number, "at": now, "evidence": shown[:300]})


_CONSENT = """
WITH known AS (
    UPDATE contact SET consent = 'revoked_all', consent_at = %(at)s
    WHERE business_id = %(business)s AND number = %(number)s)
INSERT INTO consent (business_id, number, at, state, source, evidence, disclosure)
VALUES (%(business)s, %(number)s, %(at)s, 'revoked_all', 'staff', %(evidence)s, '')
"""
