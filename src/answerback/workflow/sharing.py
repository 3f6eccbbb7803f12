"""Shows a report to people without a sign-in: a signed link that expires, can be ended, and opens numbers only.

Never here: names, numbers or words of customers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction, ways_in
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

LIVES = {7: timedelta(days=7), 30: timedelta(days=30), 90: timedelta(days=90)}
"""How long a link may be good for, by days."""

_SALT = "answerback report link"


class NotShared(Exception):
    """There is no such link, or its time is over."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A report somebody may see. In the order of `_OPEN`."""

    business: int
    name: str
    zone: str
    days: int
    expires_at: datetime
    currency: str
    language: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is good still. In the order of `_STANDING`, with where we are for the business behind it."""

    id: int
    by: str
    days: int
    expires_at: datetime
    opened: int
    root: str

    @property
    def address(self) -> str:
        """Where it leads."""
        return f"{self.root}/r/{signing.dumps(self.id, salt=_SALT)}"


def share(business: int, actor: Actor, *, days: int, lives: timedelta) -> int:
    """Make a link to the report of the last `days`; returns its id."""
    now = clock.now()
    values: dict[str, object] = {
        "business": business,
        "member": actor.member,
        "days": days,
        "at": now,
        "expires": now + lives,
    }
    return transaction.run(lambda cursor: _make(cursor, values))


def end(business: int, link: int) -> Undo | None:
    """The link opens nothing from now on; None where it had been ended before."""
    now = clock.now()
    values = {"id": link, "business": business, "at": now}
    ended = transaction.run(lambda cursor: _end(cursor, values))
    return Undo(act="link", business=business, id=link, at=now) if ended else None


def go_on(asked: Undo, _actor: Actor) -> None:
    """A link that was ended by mistake opens what it opened. Raises `NotAllowed` where somebody has ended it since."""
    values: dict[str, object] = {"id": asked.id, "business": asked.business, "at": asked.at}
    transaction.run(lambda cursor: _go_on(cursor, values))


def standing(business: int) -> list[Link]:
    """Links of this business that are good still, the newest first."""
    root = ways_in.root(business=business)
    return transaction.run(lambda cursor: _standing(cursor, business, root, clock.now()))


def opened(token: str) -> Shared:
    """What this link shows; counts that it was opened. Raises `NotShared`."""
    try:
        link = int(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as problem:
        raise NotShared from problem
    return transaction.run(lambda cursor: _opened(cursor, link, clock.now()))


def _make(cursor: Cursor, values: dict[str, object]) -> int:
    cursor.execute(_MAKE, values)
    return int((cursor.fetchone() or (0,))[0])


def _end(cursor: Cursor, values: dict[str, object]) -> bool:
    cursor.execute(_END, values)
    return cursor.rowcount == 1


def _go_on(cursor: Cursor, values: dict[str, object]) -> None:
    cursor.execute(_GO_ON, values)
    if cursor.rowcount == 0:
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")


def _standing(cursor: Cursor, business: int, root: str, now: datetime) -> list[Link]:
    cursor.execute(_STANDING, [business, now])
    return [Link(*(*row, root)) for row in cursor.fetchall()]


def _opened(cursor: Cursor, link: int, now: datetime) -> Shared:
    cursor.execute(_OPEN, {"id": link, "now": now})
    row = cursor.fetchone()
    if row is None:
        raise NotShared
    return Shared(*row)


_MAKE = """
INSERT INTO report_link (business_id, member_id, days, made_at, expires_at, opened)
VALUES (%(business)s, %(member)s, %(days)s, %(at)s, %(expires)s, 0) RETURNING id
"""

_END = "UPDATE report_link SET ended_at = %(at)s WHERE id = %(id)s AND business_id = %(business)s AND ended_at IS NULL"

_GO_ON = "UPDATE report_link SET ended_at = NULL WHERE id = %(id)s AND business_id = %(business)s AND ended_at = %(at)s"

_STANDING = """
SELECT r.id, m.name, r.days, r.expires_at, r.opened FROM report_link r JOIN member m ON m.id = r.member_id
WHERE r.business_id = %s AND r.ended_at IS NULL AND r.expires_at > %s ORDER BY r.id DESC
"""

_OPEN = """
UPDATE report_link r SET opened = r.opened + 1 FROM business b
WHERE r.id = %(id)s AND b.id = r.business_id AND r.ended_at IS NULL AND r.expires_at > %(now)s
RETURNING r.business_id, b.name, b.zone, r.days, r.expires_at, b.currency, b.language
"""
