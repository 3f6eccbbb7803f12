"""Finds what was said by its words: texts in and out, what voicemails and forms say, notes. The newest first.

The newest `NEWEST` texts of the business are walked, and a part of the others (ADR 58); whoever asks for older ones
has the next `FURTHER` walked. Nothing here guards who may see it: `access` does that first. Who was erased is not
found, and what a business has said to its own people is no customer's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from answerback.store.queries.keeping import ERASED
from answerback.store.queries.search_words import Word

ROWS = 25
NEWEST = 10_000
"""So many texts are looked through while somebody types: some ten milliseconds."""

FURTHER = 30_000
"""So many each time that somebody wants older ones: they wait for it."""

TO_ONE_OTHER = 5
"""Of notes, and of what voicemails and forms say, a fifth as many: they are rarer than texts."""

Kind = Literal["text", "event", "note"]
"""As the timeline names its rows: a text, what a voicemail or a form says, a note."""

KINDS: tuple[Kind, ...] = ("text", "event", "note")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, and by whom to whom. In the order of `_FOUND`."""

    kind: Kind
    id: int
    conversation: int
    at: datetime
    author: str
    member: int | None
    said_by: str
    status: str
    body: str
    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins: behind the text, the event and the note with these ids; None is the newest."""

    text: int | None = None
    event: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of what was found, and where the next one begins. `since` says how far back was looked where there are
    texts before that: the next page looks further.
    """

    rows: tuple[Said, ...]
    behind: Place | None
    since: datetime | None = None


def said(business: int, words: Sequence[Word], place: Place) -> Page:
    """What was said with all of these words in it, behind this place."""
    if not words:
        return Page(rows=(), behind=None)
    newest = NEWEST if place == Place() else FURTHER
    values: dict[str, Any] = {
        "business": business,
        "erased": ERASED,
        "newest": newest,
        "others": max(newest // TO_ONE_OTHER, ROWS),
        "rows": ROWS + 1,
        **{f"word{at}": word.anywhere for at, word in enumerate(words)},
        **{f"before_{kind}": getattr(place, kind) for kind in KINDS},
    }
    found = [Said(*row) for row in _rows(_FOUND.format(**_conditions(words)), values)]
    first = _newest_first(found)[:ROWS]
    shown = sorted(first, key=lambda row: row.at, reverse=True)  # a text may have waited long after it was written
    if len(found) > ROWS:
        return Page(rows=tuple(shown), behind=_behind(first, place))
    *walked, since = _rows(_WALKED, values)[0]
    if not any(walked):
        return Page(rows=tuple(shown), behind=None)
    text, event, note = (last or 0 for last in walked)  # nothing stands behind the first of all
    return Page(rows=tuple(shown), behind=Place(text=text, event=event, note=note), since=since)


def _newest_first(found: Sequence[Said]) -> list[Said]:
    """The three lists as one; each keeps its own order, which is that of its ids."""
    lists = {kind: [row for row in found if row.kind == kind] for kind in KINDS}
    merged: list[Said] = []
    while any(lists.values()):
        newest = max((rows for rows in lists.values() if rows), key=lambda rows: rows[0].at)
        merged.append(newest.pop(0))
    return merged


def _behind(shown: Sequence[Said], place: Place) -> Place:
    last: dict[str, int | None] = {kind: getattr(place, kind) for kind in KINDS}
    return Place(**(last | {row.kind: row.id for row in shown}))


def _conditions(words: Sequence[Word]) -> dict[str, str]:
    return {
        name: " AND ".join(f"{column} ~ %(word{at})s" for at in range(len(words)))
        for name, column in (("of_text", "m.body"), ("of_event", "e.said"), ("of_note", "n.body"))
    }


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


# Each list is walked from the newest, and no further than its page is full. By the index of the business: with `=`
# PostgreSQL goes by the ids alone where it can, past the texts of everybody else. Each order is the index's, or all of
# a walk would be sorted.
_OF_BUSINESS = "business_id BETWEEN %(business)s AND %(business)s"
_TEXTS = f"""
    SELECT m.* FROM message m
    WHERE m.{_OF_BUSINESS} AND NOT m.status IN ('queued', 'sending')
      AND (%(before_text)s::bigint IS NULL OR m.id < %(before_text)s)
    ORDER BY m.business_id DESC, m.id DESC
"""
_EVENTS = f"""
    SELECT e.business_id, e.id, e.conversation_id, e.at, e.kind,
           COALESCE(e.body ->> 'text', e.body #>> '{{{{answers,message}}}}', e.body ->> 'title') AS said
    FROM event e
    WHERE e.{_OF_BUSINESS} AND e.kind IN ('FormSent', 'VoicemailTranscribed')
      AND (%(before_event)s::bigint IS NULL OR e.id < %(before_event)s)
    ORDER BY e.business_id, e.id DESC
"""
_NOTES = f"""
    SELECT n.* FROM note n
    WHERE n.{_OF_BUSINESS} AND (%(before_note)s::bigint IS NULL OR n.id < %(before_note)s)
    ORDER BY n.business_id, n.id DESC
"""

_FOUND = f"""
SELECT s.kind, s.id, s.conversation_id, s.at, s.author, s.member_id, COALESCE(b.name, ''), s.status, s.body,
       k.name, k.number
FROM (
    (SELECT 'text' AS kind, m.id, m.conversation_id, COALESCE(m.sent_at, m.created_at) AS at, m.author, m.member_id,
            m.status, m.body
     FROM ({_TEXTS} LIMIT %(newest)s) m
     WHERE m.author <> 'page' AND m.status <> 'withdrawn' AND m.body <> %(erased)s AND {{of_text}}
       AND m.contact_id <> ALL(ARRAY(
           SELECT o.id FROM contact o WHERE o.business_id = %(business)s AND o.number = 'staff'))
     ORDER BY m.business_id DESC, m.id DESC LIMIT %(rows)s)
    UNION ALL
    (SELECT 'event', e.id, e.conversation_id, e.at, e.kind, NULL, '', e.said
     FROM ({_EVENTS} LIMIT %(others)s) e
     WHERE e.said <> %(erased)s AND {{of_event}} ORDER BY e.business_id, e.id DESC LIMIT %(rows)s)
    UNION ALL
    (SELECT 'note', n.id, n.conversation_id, n.at, 'note', n.member_id, '', n.body
     FROM ({_NOTES} LIMIT %(others)s) n
     WHERE n.kind = 'note' AND n.removed_at IS NULL AND n.body <> %(erased)s AND {{of_note}}
     ORDER BY n.business_id, n.id DESC LIMIT %(rows)s)
) s
JOIN conversation c ON c.id = s.conversation_id
JOIN contact k ON k.id = c.contact_id AND k.number NOT LIKE 'erased %%'
LEFT JOIN member b ON b.id = s.member_id
ORDER BY s.kind, s.id DESC
"""

# The last of those that were walked, where there are more behind it, and when that text was.
_WALKED = f"""
WITH w AS MATERIALIZED (SELECT
    (SELECT min(id) FROM ({_TEXTS} LIMIT %(newest)s) m HAVING count(*) = %(newest)s) AS text,
    (SELECT min(id) FROM ({_EVENTS} LIMIT %(others)s) e HAVING count(*) = %(others)s) AS event,
    (SELECT min(id) FROM ({_NOTES} LIMIT %(others)s) n HAVING count(*) = %(others)s) AS note)
SELECT w.*, (SELECT m.created_at FROM message m WHERE m.id = w.text) FROM w
"""
