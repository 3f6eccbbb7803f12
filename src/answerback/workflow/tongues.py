"""Speaks to people of the business in their own language: the one they chose for the console, else the business's.

Never here: what customers are told (a playbook's wordings, in the customer's language).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext_lazy

from answerback.store.queries.rows import Cursor

SUMMARIES = (
    gettext_lazy("Urgent: call now"),
    gettext_lazy("Someone may be in danger: call now"),
    gettext_lazy("An urgent text came: answer now"),
    gettext_lazy("Said stop, and it sounds urgent: call now"),
    gettext_lazy("Urgent voicemail: listen and call now"),
    gettext_lazy("Urgent call from a hidden number: listen to it now"),
    gettext_lazy("A customer with an appointment cannot reach anybody: call now"),
    gettext_lazy("Somebody keeps calling and reaches nobody: call now"),
    gettext_lazy("Pressed the key for an emergency and reached nobody: call now"),
    gettext_lazy("Urgent, and nobody has called yet: call now"),
    gettext_lazy("Please answer as for a real case"),
)
"""What the engine writes into pages, named here to be found for the catalogue: it knows of no language but its own."""


def languages(cursor: Cursor, members: Sequence[int]) -> dict[int, str]:
    """The language of each of these members."""
    cursor.execute(
        """
        SELECT m.id, COALESCE(NULLIF(u.language, ''), b.language) FROM member m JOIN business b ON b.id = m.business_id
        LEFT JOIN account u ON u.id = m.user_id WHERE m.id = ANY(%s)
        """,
        [list(members)],
    )
    return dict(cursor.fetchall())


@contextmanager
def speaking_to(cursor: Cursor, member: int) -> Iterator[str]:
    """For the length of the block `gettext` speaks this member's language, which is handed out."""
    language = languages(cursor, [member]).get(member, "en")
    with translation.override(language):
        yield language
