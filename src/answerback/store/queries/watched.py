"""What became of videos: for each, to how many it went and how far they watched; and what they did in the end."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Count

from answerback.store import models
from answerback.store.queries.rows import Cursor, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many people a video was sent to, and how many of them got how far (`showings.MARKS`)."""

    sent: int = 0
    marks: dict[str, int] = field(default_factory=dict)

    def of(self, mark: str) -> int:
        """People who got this far; without a mark those it was sent to."""
        return self.marks.get(mark, 0) if mark else self.sent

    @property
    def opened(self) -> int:
        """People who opened its page."""
        return self.marks.get("opened", 0)

    @property
    def finished(self) -> int:
        """People who watched it to the end."""
        return self.marks.get("finished", 0)

    @property
    def played(self) -> int:
        """People who started it."""
        return self.marks.get("played", 0)


def of_videos(business: int, video: int | None = None) -> dict[int, Figures]:
    """The figures of each video of this business, or of one; texts that never left count as never sent."""
    shown = models.Showing.objects.filter(business_id=business).exclude(id__in=_never_left(business))
    if video is not None:
        shown = shown.filter(video_id=video)
    sent = dict(shown.values_list("video").annotate(Count("id")))
    marks: dict[int, dict[str, int]] = {}
    rows = models.Watched.objects.filter(showing__in=shown).values_list("showing__video", "what").annotate(Count("id"))
    for of, what, count in rows:
        marks.setdefault(of, {})[what] = count
    return {id: Figures(sent=count, marks=marks.get(id, {})) for id, count in sent.items()}


def _never_left(business: int) -> list[int]:
    """Showings whose text was taken back or refused."""
    found = models.Showing.objects.raw(
        """
        SELECT s.id FROM showing s JOIN message m ON m.conversation_id = s.conversation_id AND m.key = s.text
        WHERE s.business_id = %s AND m.status IN ('withdrawn', 'refused')
        """,
        [business],
    )
    return [row.id for row in found]


@dataclass(frozen=True, slots=True)
class Person:
    """Who was sent a video, in which conversation and when. In the order of `_PEOPLE`."""

    conversation: int
    showing: int
    name: str
    number: str
    at: datetime


def people(video: int, mark: str, *, before: Place | None, rows: int) -> list[Person]:
    """Who was sent this video and got as far as `mark`, or everybody, the last ones first: one more than `rows`."""
    values = {"video": video, "mark": mark, "rows": rows + 1, **Place.values(before)}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, values)
        return [Person(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Group:
    """Leads of one kind and what became of them, as docs/measures.md has it. In the order of `_COMPARED`."""

    name: str
    leads: int
    replied_after: int
    booked: int
    sold: int


def compared(cursor: Cursor, business: int, since: datetime) -> dict[str, Group]:
    """Leads since then by what they got: `watched`, `sent` (and not watched), `held_back`, `none`.

    Only leads that replied and whose service is known: others never came to a moment at which a video is sent.
    """
    cursor.execute(_COMPARED, {"business": business, "since": since})
    return {row[0]: Group(*row) for row in cursor.fetchall()}


def behind(cursor: Cursor, business: int, since: datetime, got: str, *, replied_after: bool) -> tuple[int, ...]:
    """The leads behind a number of `compared`: all of a group, or those that replied after they were sent one."""
    values = {"business": business, "since": since, "got": got, "replied_after": replied_after}
    cursor.execute(_BEHIND, values)
    return tuple(row[0] for row in cursor.fetchall())


_PEOPLE = """
SELECT s.conversation_id, s.id, k.name, k.number, s.at
FROM showing s JOIN contact k ON k.id = s.contact_id
WHERE s.video_id = %(video)s
  AND NOT EXISTS (SELECT FROM message m WHERE m.conversation_id = s.conversation_id AND m.key = s.text
                  AND m.status IN ('withdrawn', 'refused'))
  AND (%(mark)s = '' OR EXISTS (SELECT FROM watched w WHERE w.showing_id = s.id AND w.what = %(mark)s))
  AND (%(before)s::timestamptz IS NULL OR (s.at, s.id) < (%(before)s, %(behind)s))
ORDER BY s.at DESC, s.id DESC LIMIT %(rows)s
"""

# Few decisions are about a video: `decision_about_video` holds those alone.
_EACH = """
WITH each AS (
    SELECT m.lead_id, m.booked, m.sold, CASE WHEN w.played THEN 'watched' WHEN s.id IS NOT NULL THEN 'sent'
        WHEN h.held THEN 'held_back' ELSE 'none' END AS got,
        s.at IS NOT NULL AND EXISTS (SELECT FROM message r WHERE r.conversation_id = l.conversation_id
            AND r.author = 'customer' AND r.created_at > s.at) AS replied_after
    FROM lead_measure m
    JOIN lead l ON l.id = m.lead_id
    LEFT JOIN LATERAL (
        SELECT s.id, s.at FROM showing s JOIN message t ON t.conversation_id = s.conversation_id AND t.key = s.text
        WHERE s.conversation_id = l.conversation_id AND t.status NOT IN ('withdrawn', 'refused') ORDER BY s.at LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT true AS played FROM watched w JOIN showing o ON o.id = w.showing_id
        WHERE o.conversation_id = l.conversation_id AND w.what = 'played' LIMIT 1
    ) w ON true
    LEFT JOIN LATERAL (
        SELECT true AS held FROM decision_receipt d WHERE d.conversation_id = l.conversation_id
        AND d.rule = 'video' AND d.guards @> '[{"name": "hold_out", "passed": false}]'
        AND EXISTS (SELECT FROM video v WHERE v.business_id = %(business)s) LIMIT 1
    ) h ON true
    WHERE m.business_id = %(business)s AND m.began_at >= %(since)s
      AND m.day >= (%(since)s::timestamptz - interval '1 day')::date
      AND m.excluded = '' AND m.replied AND m.service <> ''
)
"""

_COMPARED = f"""
{_EACH}
SELECT got, count(*), count(*) FILTER (WHERE replied_after), count(*) FILTER (WHERE booked),
       count(*) FILTER (WHERE sold)
FROM each GROUP BY got
"""

_BEHIND = f"""
{_EACH}
SELECT lead_id FROM each WHERE got = %(got)s AND (replied_after OR NOT %(replied_after)s::boolean)
"""
