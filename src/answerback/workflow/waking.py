"""Wakes people about a page: a text each, or a line in a list where many cases wait for the same person.

Every page that is open for one person has numbers of its own, so that a reply of "1" never means two cases. Never here:
whose turn it is (`pages`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext

from answerback.engine import page_words
from answerback.engine.effects import PRIORITY
from answerback.engine.page_words import Facts
from answerback.engine.rota import Responder
from answerback.engine.staff_texts import LIST_FROM, first_free
from answerback.store import codec
from answerback.store.queries import our_calls, paging, turns
from answerback.store.queries.paging import Listed, Page, WakeRow
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import to_staff
from answerback.store.queries.turns import TextRow
from answerback.workflow import bell, tongues, ways_in
from answerback.workflow.directory import Known, known
from answerback.workflow.retelling import retold

TO = ":to:"
TEXT_STALE_AFTER = timedelta(minutes=4)
"""A page that could not be texted by then has gone to others, and comes again."""

GRAVEST = "life_safety"
"""Whoever is woken about a danger is rung as well."""

LIST_GATHERS = timedelta(seconds=10)
LIST_EVERY = timedelta(minutes=1)
"""A list waits a moment for more cases, and the next one to the same person a minute."""


def wake(cursor: Cursor, page: Page, people: Sequence[Responder], now: datetime) -> None:
    """Wake these people about this page, in its round and rung."""
    if not people:
        return
    members = [person.id for person in people]
    paging.rest(cursor, page.id, members)
    taken = paging.numbers(cursor, members, page.id, now)
    numbers = {person.id: first_free(taken[person.id]) for person in people}
    alone = [person for person in people if _is_alone(page, numbers[person.id])]
    ours = known(page.business, page.revision, page.playbook)
    texts = [_text(cursor, page, ours, person, number=numbers[person.id], now=now) for person in alone]
    turns.write_texts(cursor, texts)
    paging.write_wakes(cursor, [_row(cursor, page, person, numbers[person.id], now) for person in people])
    ring = [person.id for person in alone if person.rings or page.reason == GRAVEST]
    if ring:
        our_calls.queue_for_wakes(cursor, page.id, ring, page.round, now)
        bell.ring(cursor, bell.PAGE)
    paging.link(cursor, page.id, [(person.id, page.round, _key(page, person.id)) for person in alone])


def send_lists(cursor: Cursor, now: datetime) -> int:
    """Text each person whose list is due the cases that wait for them; returns how many lists left."""
    lists = paging.lists_due(cursor, now)
    for member, waiting in lists.items():
        pages = {page.id: page for page in paging.locked(cursor, [each.page for each in waiting])}
        shown = [each for each in waiting if each.page in pages]
        if shown:
            _send_list(cursor, member, shown, pages, now)
    return len(lists)


def facts(page: Page, ours: Known) -> Facts:
    """What a page says about its case."""
    return Facts(
        case=page.conversation if not page.drill else page.id,
        summary=page.summary,
        opened_at=page.opened_at,
        name=page.name,
        number=page.number,
        service=ours.rules.playbook.service_name(page.service or None, get_language() or "en"),
        answers=codec.plain(page.answers),
        said=page.said,
        place=page.place,
        drill=page.drill,
    )


def note(page: Page, *, to: str, key: str, body: str, line: int, now: datetime) -> TextRow:
    """A text to somebody of the business, ahead of everything else on the line; it hangs on the page's conversation."""
    return to_staff(
        business=page.business,
        conversation=page.conversation,
        contact=page.contact,
        line=line,
        to=to,
        key=key,
        purpose="page",
        body=body,
        epoch=page.epoch,
        priority=PRIORITY["urgent"],
        now=now,
        stale_after=TEXT_STALE_AFTER,
    )


def _text(cursor: Cursor, page: Page, ours: Known, person: Responder, *, number: int, now: datetime) -> TextRow:
    with tongues.speaking_to(cursor, person.id):
        body = page_words.page(
            facts(page, ours),
            ours.rules.playbook.privacy,
            number=number,
            later=ours.rules.settings.page_later_minutes,
            link=f"{ways_in.root(business=page.business)}/c/{page.conversation}",
            now=now,
            gettext=retold,
        )
        if not person.confirmed:
            agreed = gettext("Your answer says that you agree to such texts to this phone; STOP ends them.")
            body = f"{body} {agreed}"
    return note(page, to=person.phone, key=_key(page, person.id), body=body, line=_line(page, ours), now=now)


def _row(cursor: Cursor, page: Page, person: Responder, number: int, now: datetime) -> WakeRow:
    alone = _is_alone(page, number)
    last = None if alone else paging.last_list(cursor, person.id, now - LIST_EVERY)
    return WakeRow(
        business=page.business,
        page=page.id,
        member=person.id,
        round=page.round,
        rung=page.rung,
        by="text" if alone else "list",
        number=number,
        state="asked" if alone else "queued",
        at=now if alone else max(now + LIST_GATHERS, last + LIST_EVERY) if last is not None else now + LIST_GATHERS,
    )


def _is_alone(page: Page, number: int) -> bool:
    """Does it have a text of its own? A danger does however many cases wait: a list leaves late and rings nobody."""
    return number < LIST_FROM or page.reason == GRAVEST


def _send_list(cursor: Cursor, member: int, waiting: Sequence[Listed], pages: dict[int, Page], now: datetime) -> None:
    first = pages[waiting[0].page]
    ours = known(first.business, first.revision, first.playbook)
    cases = [(each.number, facts(pages[each.page], ours)) for each in waiting]
    link = f"{ways_in.root(business=first.business)}/on-call"
    with tongues.speaking_to(cursor, member):
        body = page_words.listed(cases, ours.rules.playbook.privacy, link=link, now=now, gettext=retold)
    key = f"list{TO}{member}:{waiting[0].id}"
    turns.write_texts(cursor, [note(first, to=waiting[0].phone, key=key, body=body, line=_line(first, ours), now=now)])
    paging.list_left(cursor, [each.id for each in waiting], first.conversation, key, now)


def _line(page: Page, ours: Known) -> int:
    """The line this round's texts leave by: the conversation's own, then each other one, as one may be out of order."""
    others = sorted(line for line in ours.lines.values() if line != page.line)
    return (page.line, *others)[(page.round - 1) % (len(others) + 1)]


def _key(page: Page, member: int) -> str:
    return f"{page.key}{TO}{member}:{page.round}"
