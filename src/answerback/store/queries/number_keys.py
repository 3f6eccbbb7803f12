"""The keys numbers of the erased were digested with under secrets that are gone, so that their stops stay known.

A digest cannot be made anew under another secret: nobody knows the number any more. So its key is kept, sealed.
"""

import base64
import logging
from collections.abc import Iterable

from answerback.store.queries.rows import Cursor
from answerback.store.secrets import WrongSecret, seal, unseal

log = logging.getLogger("answerback.secrets")


def earlier(cursor: Cursor) -> list[bytes]:
    """The keys that are kept. One that was sealed under a secret nobody knows is passed over; doctor tells of it."""
    cursor.execute("SELECT id, sealed FROM number_key ORDER BY id")
    found: list[bytes] = []
    for id, sealed in cursor.fetchall():
        try:
            found.append(base64.b64decode(unseal(sealed)["key"]))
        except WrongSecret:
            log.warning("secrets.number_key_unreadable key=%s", id)
    return found


def keep(cursor: Cursor, keys: Iterable[bytes]) -> int:
    """Keep those of these keys that are not kept yet; returns how many they were."""
    standing = earlier(cursor)
    new = [key for key in dict.fromkeys(keys) if key not in standing]
    for key in new:
        cursor.execute("INSERT INTO number_key (sealed) VALUES (%s)", [seal({"key": base64.b64encode(key).decode()})])
    return len(new)


def are_needed(cursor: Cursor) -> bool:
    """Is a digest of any number kept?"""
    cursor.execute(
        """
        SELECT EXISTS (SELECT FROM erasure) OR EXISTS (SELECT FROM suppression WHERE number LIKE 'hmac:%')
            OR EXISTS (SELECT FROM consent WHERE number LIKE 'hmac:%')
        """
    )
    ((needed,),) = cursor.fetchall()
    return bool(needed)
