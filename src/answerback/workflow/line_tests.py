"""Tries a line's forwarding out with a real call: from the line to the shop's own number, and do we see it come back?

The shop's phone rings for it, so it is made only where somebody asked for it, on weekdays in the middle of the day. The
call carries the line's own number, which is nobody's lead and gets no text. Never here: what a lost one means
(`line_health`).
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from django.conf import settings

from answerback.ports.errors import PortError, Refused
from answerback.ports.numbers import country_of, typed
from answerback.ports.registry import phone
from answerback.ports.setup import PlacesTestCalls
from answerback.store import models
from answerback.store.queries import line_tests
from answerback.store.queries.line_tests import Due
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import WrongSecret
from answerback.workflow import clock, directory, one_by_one, transaction
from answerback.workflow.actors import NotAllowed

log = logging.getLogger("answerback.line_tests")

EveryDays = Literal[0, 1, 7, 30]
"""How often a line's forwarding is tried out, in days; 0 is never by itself."""

FROM_HOUR, TO_HOUR = 10, 16
LOST_AFTER = timedelta(minutes=3)
AGAIN_AFTER = timedelta(hours=1)
"""One lost call may have been answered by somebody: it is tried again before anybody is alarmed."""


def watch(line: models.Line, shop: str, every_days: int) -> None:
    """This number of the shop forwards to the line; try it out so often (0: never by itself). Empty forgets it.

    Raises `NotAllowed` for what is no number, or the line's own.
    """
    if every_days not in get_args(EveryDays):
        raise NotAllowed("It can be tried out every day, every week, every month, or never by itself.", "often")
    number = typed(shop, country_of(line.number)) if shop.strip() else ""
    if number is None:
        raise NotAllowed("Write the shop's number like +15125550177. Nothing was changed.", "shop")
    if number == line.number:
        raise NotAllowed("That is this line itself: give the shop's own number. Nothing was changed.", "shop")
    models.Line.objects.filter(id=line.id).update(forwards_from=number, test_every_days=every_days)


def run() -> int:
    """Settle what came back, and place the calls whose time it is; returns how many were placed."""
    now = clock.now()
    watched = transaction.run(lambda cursor: _settle_and_look(cursor, now))
    placed = one_by_one.each(partial(_place_if_due, now=now), watched, "line_test.broken line=%s", lambda due: due.line)
    return sum(placed)


def place(due: Due) -> bool:
    """Place one test call now; False when it could not be, with the reason written down."""
    now = clock.now()
    try:
        call = _call(due)
    except (PortError, WrongSecret) as problem:
        why = str(problem)
        transaction.run(lambda cursor: line_tests.placed(cursor, due, now, problem=why))
        log.warning("line_test.not_placed line=%s", due.line)
        return False
    transaction.run(lambda cursor: line_tests.placed(cursor, due, now, call=call))
    return True


def of_line(line: int) -> Due | None:
    """What a test of this line would be; None where nobody has said which number of the shop forwards to it."""
    return next(iter(transaction.run(lambda cursor: line_tests.watched(cursor, line))), None)


def _settle_and_look(cursor: Cursor, now: datetime) -> list[Due]:
    line_tests.settle(cursor, now, now - LOST_AFTER)
    return line_tests.watched(cursor)


def _place_if_due(due: Due, now: datetime) -> bool:
    return _is_due(due, now) and place(due)


def _is_due(due: Due, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(due.zone))
    if due.every_days <= 0 or local.weekday() > 4 or not FROM_HOUR <= local.hour < TO_HOUR:
        return False
    if due.last_at is None:
        return True
    wait = AGAIN_AFTER if due.last_state == "lost" else timedelta(days=due.every_days)
    return due.last_state != "waiting" and now >= due.last_at + wait


def _call(due: Due) -> str:
    ours = directory.account(due.connection)
    adapter: object = phone(ours.connection.provider) if ours else None
    if ours is None or not isinstance(adapter, PlacesTestCalls):
        raise Refused("The provider of this line places no test calls. Call the shop from a cell phone instead.")
    root = settings.PUBLIC_URL or settings.LOCAL_URL
    hooks = f"{root}/hooks/{ours.connection.provider}/{ours.connection.id}"
    return adapter.place_test_call(ours.connection, due.number, due.shop, hooks)
