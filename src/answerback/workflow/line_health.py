"""Looks whether each line does its work: calls reach us, texts leave and arrive, nothing answers in a person's place.

Every minute from the rows alone, so that a provider's blocking error is known within one; every quarter of an hour the
provider is asked too. What is red is told to people once, over another line where there is one. It changes nothing
else and texts no customer. Never here: what a finding looks like on a page.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from django.conf import settings

from answerback.ports.errors import PortError
from answerback.ports.listening import Listens
from answerback.ports.phone import KnowsSenders, MaySendNone
from answerback.ports.registry import NotInstalled, gone, phone, phone_if_installed
from answerback.store import models
from answerback.store.queries import line_health, line_tests
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import WrongSecret
from answerback.workflow import bell, clock, one_by_one, pages, transaction
from answerback.workflow.directory import account

log = logging.getLogger("answerback.line_health")

Level = Literal["green", "amber", "red"]

BLOCKED = "Texts from this number are blocked."
NO_TEXTS = "This number's phone system sends no texts."
NO_TEST_CALL = "No test call could be made."
"""Sentences of ours on their own: the provider's words stand behind some of them, and are told apart on pages."""

LATELY = timedelta(days=1)
SILENT_AFTER = timedelta(minutes=30)
QUIET = timedelta(days=14)
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)

LEAST_SILENT = 3
LEAST_FILTERED = 3
LEAST_ALWAYS = 3
LEAST_ANSWERS = 4
"""So many answers after the same number of seconds are no chance."""

EARLIEST_BOX = 12
"""No carrier's voicemail answers sooner; people do."""

BEFORE_THE_BOX = 4
"""The shop should ring so many seconds less than it takes its voicemail to answer."""


AT_ONCE = 5
"""Seconds: no carrier forwards a call that is not answered sooner."""

INSTALL_AGAIN = (
    "Install its adapter again and restart the server, or move the line to another provider. Its texts wait."
)

CANCEL = "Cancel unconditional forwarding (##21# on GSM, *73 on Verizon), then forward missed calls only."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was looked at: how it is, and what to do about it."""

    name: str
    level: Level
    says: str
    fix: str = ""


def check_all(*, ask: bool = False) -> int:
    """Check every line from the rows, and with `ask` at its provider too; then tell people what is red.

    Returns how many findings people were newly told of.
    """
    now = clock.now()
    asked: dict[int, tuple[Said, ...]] = {}
    known: dict[int, bool] = {}

    def check(line: models.Line) -> None:
        found = transaction.run(partial(from_rows, line=line, now=now, texts=can_text(line, known)))
        if ask:
            found += at_provider(line, asked)
        _write(line, found, now)

    lines = models.Line.objects.select_related("connection", "texts_by").order_by("id")
    one_by_one.each(check, lines, "line_health.broken line=%s", lambda line: line.id)
    red = [row[0] for row in transaction.run(line_health.to_alarm)]
    return sum(one_by_one.each(partial(_alarm, now=now), red, "line_health.untold finding=%s"))


def look_again(business: int) -> None:
    """Check the lines of this business from the rows, before the minute is over; nobody is told of anything here."""
    now = clock.now()
    known: dict[int, bool] = {}
    for line in models.Line.objects.filter(business=business).select_related("connection", "texts_by").order_by("id"):
        _write(line, transaction.run(partial(from_rows, line=line, now=now, texts=can_text(line, known))), now)


def from_rows(cursor: Cursor, line: models.Line, now: datetime, *, texts: bool) -> tuple[Said, ...]:
    """What our own rows say about this line, whose phone system sends `texts` or none."""
    found = (_calls(cursor, line, now), _voicemail(cursor, line, now), *_forwarding(cursor, line))
    if line.texts_by_id:
        return (*found, _listener(line))
    return (*found, _listener(line), *_texts(cursor, line, now, texts=texts))


def at_provider(line: models.Line, asked: dict[int, tuple[Said, ...]]) -> tuple[Said, ...]:
    """What the provider says: of the connection (asked once, `asked` remembers), and of this number."""
    if line.connection_id not in asked:
        asked[line.connection_id] = _connection(line)
    found = asked[line.connection_id]
    return (*found, _number(line)) if found and found[0].level == "green" else found


def _texts(cursor: Cursor, line: models.Line, now: datetime, *, texts: bool) -> tuple[Said, ...]:
    lately = line_health.texts(cursor, line.id, now - LATELY, now - SILENT_AFTER)
    return (_sender(line, lately, now, texts=texts), _filtered(lately), _receipts(lately))


def _sender(line: models.Line, lately: line_health.Texts, now: datetime, *, texts: bool) -> Said:
    """May this number text? The provider's refusals count until a text arrived after them."""
    paused = line.paused_until is not None and line.paused_until > now
    since = lately.blocked_at is not None and (lately.delivered_at is None or lately.delivered_at < lately.blocked_at)
    is_refused = paused or since or line.sender_state in {"unregistered", "blocked"}
    if not texts:
        fix = "Let its texts leave by another line, on this line's page; missed calls are to-dos meanwhile."
        return Said(name="texting", level="red" if is_refused else "amber", says=NO_TEXTS, fix=fix)
    if is_refused:
        why = line.sender_says or lately.blocked_says or "The provider refuses texts from this number."
        fix = "Finish the number's registration at the provider; missed calls are to-dos meanwhile."
        return Said(name="texting", level="red", says=f"{BLOCKED} {why}"[:500], fix=fix)
    if line.sender_state == "pending":
        says = "The number's registration is under way."
        return Said(name="texting", level="amber", says=says, fix="Nothing to do but wait; it takes days to weeks.")
    says = f"Texts sent in the last day: {lately.sent}." if lately.sent else "No text was refused."
    return Said(name="texting", level="green", says=says)


def can_text(line: models.Line, known: dict[int, bool]) -> bool:
    """Is its phone system one that sends texts, and set up for it? What cannot be said now is taken for yes.

    Each connection is opened once: `known` remembers.
    """
    if line.connection_id not in known:
        known[line.connection_id] = _sends(line)
    return known[line.connection_id]


def _sends(line: models.Line) -> bool:
    adapter: object = phone_if_installed(line.connection.provider)
    if not isinstance(adapter, MaySendNone):
        return True
    try:
        ours = account(line.connection_id)
    except WrongSecret:  # said of the connection already
        return True
    return ours is None or adapter.sends(ours.connection)


def _filtered(lately: line_health.Texts) -> Said:
    if lately.filtered < LEAST_FILTERED:
        return Said(name="filtering", level="green", says="Carriers let our texts through.")
    says = f"Carriers held back {lately.filtered} texts of the last day as unwanted."
    fix = "Look at the wording: plain words, the business's name, no public link shortener."
    return Said(name="filtering", level="red" if lately.filtered > lately.sent / 2 else "amber", says=says, fix=fix)


def _receipts(lately: line_health.Texts) -> Said:
    if lately.silent < LEAST_SILENT or lately.delivered_at is not None:
        return Said(name="receipts", level="green", says="The provider says what becomes of texts.")
    says = f"{lately.silent} texts left over half an hour ago, and nobody has said whether they arrived."
    fix = "Give this installation its public address, and see that the provider reaches it."
    if settings.PUBLIC_URL:
        fix = f"See that the provider reaches {settings.PUBLIC_URL}."
    return Said(name="receipts", level="amber", says=says, fix=fix)


def _calls(cursor: Cursor, line: models.Line, now: datetime) -> Said:
    """Do calls reach us, and only those that were missed?"""
    week = line_health.calls(cursor, line.connection_id, line.number, now - WEEK)
    if week.always >= LEAST_ALWAYS and week.always * 2 > week.forwarded:
        says = f"{week.always} of {week.forwarded} calls of the week came at once: the shop's phone never rang."
        return Said(name="calls", level="red", says=says, fix=CANCEL)
    ever = line_health.calls(cursor, line.connection_id, line.number, now - QUIET)
    if ever.last_at is None:
        is_new = now - line.connection.created_at < QUIET
        never = "No call has reached us on this number yet."
        says = never if is_new else "No call has reached us on this number for two weeks."
        fix = "Call it from a cell phone and let it ring out. If no lead appears, set the forwarding again (below)."
        return Said(name="calls", level="amber", says=says, fix=fix)
    return Said(name="calls", level="green", says=f"Calls that reached us in the last week: {week.calls}.")


def _forwarding(cursor: Cursor, line: models.Line) -> tuple[Said, ...]:
    """What the last test calls came to, where somebody asked for them; one that was lost may have been answered."""
    tried = line_tests.last(cursor, line.id) if line.forwards_from else []
    if not tried:
        return ()
    newest, shop = tried[0], line.forwards_from
    if newest.state == "reached":
        return (_came(tried, shop),)
    if newest.state == "failed":
        fix = "Call the shop from a cell phone and let it ring out."
        return (Said(name="forwarding", level="amber", says=f"{NO_TEST_CALL} {newest.says}", fix=fix),)
    again = len(tried) > 1 and tried[1].state == "lost"
    says = f"{'Two test calls' if again else 'A test call'} to {shop} did not come to us."
    fix = "If nobody picked up: set the forwarding again with the codes below, then test it on the line's page."
    return (Said(name="forwarding", level="red" if again else "amber", says=says, fix=fix),)


def _came(tried: list[line_tests.Tried], shop: str) -> Said:
    """A test call came to us: after some ringing at the shop, or at once, as every call does that is forwarded always.

    A shop whose phone is busy sends it on at once too, so it takes two to be sure.
    """
    soon = [each.state == "reached" and each.says.isdigit() and int(each.says) < AT_ONCE for each in tried]
    if not soon[0]:
        return Said(name="forwarding", level="green", says=f"A test call to {shop} came to us.")
    if soon != [True, True]:
        says = f"The test call to {shop} came to us at once, without ringing there."
        fix = "Was the phone busy? Test it again. If not, calls are forwarded always: see the codes below."
        return Said(name="forwarding", level="amber", says=says, fix=fix)
    return Said(
        name="forwarding", level="red", says=f"Two test calls to {shop} came to us at once: it never rings.", fix=CANCEL
    )


def _voicemail(cursor: Cursor, line: models.Line, now: datetime) -> Said:
    """Does a cell phone's own voicemail take calls in a person's place? It answers after the same time each time."""
    rings = line_health.rings_before_answer(cursor, line.connection_id, line.number, now - MONTH)
    point = voicemail_point(rings)
    if point is None:
        return Said(name="voicemail", level="green", says="Nothing answers in a person's place.")
    ring = max(10, point - BEFORE_THE_BOX)
    if line.voicemail_after is not None and abs(line.voicemail_after - point) <= 1:
        says = f"The shop's own voicemail answers after {point} s; such answers are not taken for a person."
        return Said(name="voicemail", level="green", says=says)
    many = sum(count for seconds, count, _ in rings if abs(seconds - point) <= 1)
    says = f"{many} calls of the month were answered after {point} s, the same each time: the carrier's voicemail."
    fix = f"Let the shop ring {ring} s at most, or ask whoever answers to press 1."
    return Said(name="voicemail", level="red", says=says, fix=fix)


def voicemail_point(rings: list[tuple[int, int, int]]) -> int | None:
    """After how many seconds a box answers, out of (seconds, answers, short talks); None where nothing stands out.

    Four answers within a second of each other, most of them short, and a third of all answers that late.
    """
    late = [each for each in rings if each[0] >= EARLIEST_BOX]
    best: tuple[int, int] | None = None
    for point, _, _ in late:
        near = [each for each in late if abs(each[0] - point) <= 1]
        count, short = sum(each[1] for each in near), sum(each[2] for each in near)
        if count >= LEAST_ANSWERS and short * 2 >= count and (best is None or count > best[1]):
            best = (point, count)
    whole = sum(each[1] for each in late)
    return best[0] if best and best[1] * 3 >= whole else None


def _listener(line: models.Line) -> Said:
    """Is its adapter here, is a phone system that has to be heard heard, and could its lists be read?"""
    if phone_if_installed(line.connection.provider) is None:
        return Said(name="connection", level="red", says=gone(line.connection.provider), fix=INSTALL_AGAIN)
    watch = models.Watch.objects.filter(connection=line.connection_id).first()
    if watch is not None and watch.trouble:
        level: Level = "red" if isinstance(phone_if_installed(line.connection.provider), Listens) else "amber"
        fix = "Whoever runs this installation can check it. Meanwhile calls on this line may not be seen."
        return Said(name="connection", level=level, says=watch.trouble, fix=fix)
    return Said(name="connection", level="green", says="Nothing is wrong with the connection.")


def _connection(line: models.Line) -> tuple[Said, ...]:
    try:
        ours = account(line.connection_id)
        found = phone(ours.connection.provider).check(ours.connection) if ours else ()
    except NotInstalled as problem:
        return (Said(name="provider", level="red", says=problem.detail, fix=INSTALL_AGAIN),)
    except WrongSecret:
        says = "The connection's secrets cannot be read."
        return (Said(name="provider", level="red", says=says, fix="Enter its keys again."),)
    bad = [finding for finding in found if not finding.ok]
    if bad:
        return (Said(name="provider", level="red", says=bad[0].says[:500], fix=bad[0].fix[:500]),)
    return (Said(name="provider", level="green", says=found[0].says[:500] if found else "Nothing to ask."),)


def _number(line: models.Line) -> Said:
    """What the provider says of this number; one that it does not list may be on its way to another carrier."""
    ours = account(line.connection_id)
    adapter: object = phone_if_installed(ours.connection.provider) if ours else None
    if ours is None or not isinstance(adapter, KnowsSenders):
        return Said(name="number", level="green", says="The provider cannot be asked about single numbers.")
    try:
        senders = adapter.senders(ours.connection, [line.number])
    except PortError as problem:
        return Said(name="number", level="amber", says=problem.detail[:500], fix="It is asked again in a while.")
    if not senders:
        says = "The provider does not list this number."
        fix = "Is it being ported to another carrier? Until that is done neither calls nor texts are sure to work."
        return Said(name="number", level="red", says=says, fix=fix)
    (sender, *_) = senders
    models.Line.objects.filter(id=line.id).exclude(sender_state=sender.state, media=sender.media).update(
        sender_state=sender.state, media=sender.media, sender_says=sender.says[:300]
    )
    return Said(name="number", level="green", says=sender.says[:500] or "The provider lists this number.")


def _write(line: models.Line, found: tuple[Said, ...], now: datetime) -> None:
    rows = [{"business": line.business_id, "line": line.id, **asdict(each)} for each in found]
    transaction.run(lambda cursor: line_health.write(cursor, rows, now))


def _alarm(finding: int, now: datetime) -> int:
    """Tell people of what is red and was not told yet; 0 where another process is just doing so."""
    return transaction.run(lambda cursor: _tell(cursor, finding, now))


def _tell(cursor: Cursor, finding: int, now: datetime) -> int:
    told = line_health.to_alarm(cursor, finding)
    for id, business, line, number, name, says, _ in told:
        log.error("line.red business=%s line=%s finding=%s", business, line, name)
        summary = f"Line {number}: {says}"[:300]
        if pages.line_is_down(cursor, business, line, summary, key=f"line:{line}:{name}", now=now):
            bell.ring(cursor, bell.TEXT)
        line_health.alarmed(cursor, id, now)
    return len(told)
