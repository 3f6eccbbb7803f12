"""Opens pages and lets them go on: rung by rung, until a person takes or closes them.

A page is opened in the turn of the text it is about, and its first person is woken in that same transaction. Never
here: who is on duty (`rotas`), what their answers do (`answers`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from answerback.engine.effects import ClosePages, PageStaff
from answerback.engine.ladder import Asked, Ladder, Paging, WakeState, climb, nobody_told, standing
from answerback.engine.rota import Rota, Scope
from answerback.store.queries import paging
from answerback.store.queries.paging import Page, Woken
from answerback.store.queries.receipts import Fate
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import Woken as Conversation
from answerback.workflow import bell, clock, rotas, transaction, unheard, waking, ways_in
from answerback.workflow.directory import known

BATCH = 50


def open_page(cursor: Cursor, woken: Conversation, page: PageStaff, service: str, now: datetime) -> None:
    """Open this page and wake the first rung; one that is open already goes on, anew where this is graver."""
    opened = paging.open_one(
        cursor,
        business=woken.business,
        conversation=woken.id,
        key=page.key,
        reason=page.reason,
        summary=page.summary,
        service=service,
        now=now,
    )
    if opened is None:
        standing = paging.open_page_of(cursor, woken.id)
        if standing is not None and page.reason == waking.GRAVEST != standing[1]:
            opened = paging.raise_open(cursor, woken.id, page.reason, page.summary, now)
    if opened is not None:
        _go_on(cursor, paging.locked(cursor, [opened]), now)


def open_again(
    cursor: Cursor, business: int, conversation: int, *, key: str, summary: str, now: datetime, drill: bool = False
) -> int | None:
    """Open a page outside of a turn: about a to-do nobody has done, or as a drill; None where one is open."""
    opened = paging.open_one(
        cursor,
        business=business,
        conversation=conversation,
        key=key,
        reason="drill" if drill else "overdue",
        summary=summary,
        service="",
        now=now,
        drill=drill,
    )
    if opened is not None:
        _go_on(cursor, paging.locked(cursor, [opened]), now)
    return opened


def close(cursor: Cursor, conversation: int, effect: ClosePages, now: datetime) -> None:
    """What the conversation's page asked for has happened."""
    end_of(cursor, conversation, None, effect.how, now)


def end_of(cursor: Cursor, conversation: int, member: int | None, how: str, now: datetime) -> None:
    """End the open page of this conversation, if there is one."""
    standing = paging.open_page_of(cursor, conversation)
    if standing is not None:
        paging.end(cursor, standing[0], member, how, now)


def run(limit: int = BATCH) -> int:
    """Let pages that are due go on, and lists leave; returns how many did."""
    return transaction.run(lambda cursor: _run(cursor, clock.now(), limit))


def next_due() -> datetime | None:
    """When the next page goes on, None when none is open."""
    return transaction.run(paging.next_due)


def pass_on(cursor: Cursor, failed: Sequence[Fate], now: datetime) -> int:
    """Page texts that did not arrive: the page goes on at once where nobody else of its rung was reached."""
    pages = paging.fail(cursor, [fate.message for fate in failed], failed[0].failure if failed else "", now)
    return _go_on(cursor, paging.locked(cursor, pages), now) if pages else 0


def go_on(cursor: Cursor, page: int, now: datetime) -> None:
    """Look at this page now: somebody said no."""
    _go_on(cursor, paging.locked(cursor, [page]), now)


def line_is_down(cursor: Cursor, business: int, line: int, summary: str, *, key: str, now: datetime) -> bool:
    """Wake people because a line does not do its work; True when a page was opened, over another line of the business.

    The page hangs on the line's latest conversation; without any it is seen on the page of the lines only.
    """
    cursor.execute(_LATEST_ON, {"business": business, "line": line})
    row = cursor.fetchone()
    if row is None:
        return False
    opened = paging.open_one(
        cursor,
        business=business,
        conversation=row[0],
        key=f"{key}:{now:%Y%m%d%H%M}",
        reason="line",
        summary=f"{summary} {ways_in.root(business=business)}/health",
        service="",
        now=now,
        line=row[1],
    )
    return opened is not None and _go_on(cursor, paging.locked(cursor, [opened]), now) > 0


# Over a line of another connection where there is one: what stops one number of a provider may stop them all.
_LATEST_ON = """
SELECT o.id, l.id FROM conversation o
LEFT JOIN LATERAL (SELECT n.id FROM line n JOIN line d ON d.id = %(line)s
              WHERE n.business_id = o.business_id AND n.id <> d.id AND n.texts_by_id IS NULL
              ORDER BY n.connection_id = d.connection_id, n.id LIMIT 1) l ON true
WHERE o.business_id = %(business)s AND (o.line_id = %(line)s OR EXISTS (
    SELECT 1 FROM message m WHERE m.conversation_id = o.id AND m.line_id = %(line)s))
  AND NOT EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = o.id AND p.taken_at IS NULL)
ORDER BY o.last_at DESC LIMIT 1
"""


def _run(cursor: Cursor, now: datetime, limit: int) -> int:
    due = paging.due(cursor, now, limit)
    _go_on(cursor, due, now)
    return len(due) + waking.send_lists(cursor, now)


def _go_on(cursor: Cursor, pages: Sequence[Page], now: datetime) -> int:
    """The next step of each of these locked pages; returns how many people were woken."""
    woken = paging.woken(cursor, pages) if pages else {}
    count = 0
    for page in pages:
        paging_now = _paging(page, woken.get(page.id, []))
        step = climb(paging_now, _ladder(page, now), now)
        progress = (step.round, step.round_at, step.rung, step.rung_at, step.is_last, step.next_at)
        paging.write_progress(cursor, page.id, progress)
        waking.wake(cursor, replace(page, round=step.round, rung=step.rung), step.wake, now)
        count += len(step.wake)
        if nobody_told(paging_now, step):
            unheard.note(cursor, page.id, now)
    if count:
        waking.send_lists(cursor, now)
        bell.ring(cursor, bell.TEXT)
    return count


def _ladder(page: Page, now: datetime) -> Ladder:
    """Who is woken about this page, whoever has the conversation first."""
    rules = known(page.business, page.revision, page.playbook).rules
    plan: Rota = rotas.rota(page.business, page.revision)
    scope = Scope(location=page.location, service=page.service)
    holder = plan.person(page.held_by) if page.held_by is not None else None
    return standing(plan, now, scope, rules, page.reason, holder=holder)


def _paging(page: Page, woken: Sequence[Woken]) -> Paging:
    """How far the page has come; of one person's text and call the better news counts."""
    states: dict[int, str] = {}
    here: set[int] = set()
    for each in woken:
        if each.rung == page.rung:
            here.add(each.member)
        known_state = states.get(each.member)
        if known_state is None or _HOPE[each.state] > _HOPE[known_state]:
            states[each.member] = each.state
    return Paging(
        round=page.round,
        round_at=page.round_at,
        rung=page.rung,
        rung_at=page.rung_at,
        asked=tuple(Asked(member=member, state=cast("WakeState", state)) for member, state in states.items()),
        here=tuple(sorted(here)),
        is_last=page.is_last,
    )


_HOPE = {"over": 0, "failed": 1, "queued": 2, "asked": 3, "passed": 4, "took": 5}
"""A no is news that settles it; a call nobody picked up leaves the hope that the text is read."""
