"""Tells each owner about their week: Monday morning on their own clock, by e-mail and text, once.

Three numbers and the one thing to fix. Letters are rows that are unique by owner and week: however often this runs,
and whatever dies in the middle, a week is told once. Never here: which thing is the worst (`engine.weekly`).
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerback.engine.currency import amount
from answerback.engine.segments import make_plain
from answerback.engine.weekly import Finding, Week, worst
from answerback.ports import registry
from answerback.ports.connection import Connection
from answerback.ports.errors import Unavailable
from answerback.ports.mail import Letter
from answerback.ports.phone import OutgoingText
from answerback.store import models
from answerback.store.queries import agencies, reports, weekly
from answerback.store.queries.letters import write_outcome
from answerback.store.queries.reports import Part, Span
from answerback.store.queries.rows import Cursor
from answerback.store.queries.weekly import Claimed, LetterRow, Owner
from answerback.workflow import clock, directory, one_by_one, transaction, ways_in
from answerback.workflow.letter_page import Number, Page, drawn
from answerback.workflow.letters import LOST_AFTER, handed_over
from answerback.workflow.week import hour_name

log = logging.getLogger("answerback.weekly")

FROM_HOUR, TO_HOUR = 8, 12
WISHES = ("both", "email", "text", "off")
"""What an owner may choose (`weekly_letter` of the business's settings)."""


def run() -> int:
    """Write the letters whose hour has come, and send what waits; returns how many left."""
    now = clock.now()
    write_due(now)
    claimed = transaction.run(lambda cursor: weekly.claim(cursor, now, now - LOST_AFTER))
    return sum(one_by_one.each(partial(_send, now=now), claimed, "weekly.unsent letter=%s", lambda one: one.id))


def write_due(now: datetime) -> int:
    """Write down last week's letters of every owner whose Monday morning it is; returns how many."""
    told: set[tuple[int, date]] | None = None

    def write(owner: Owner) -> int:
        nonlocal told
        if not _is_morning(owner, now):
            return 0
        if told is None:
            told = transaction.run(lambda cursor: weekly.told(cursor, now.date() - timedelta(days=14)))
        rows = [] if (owner.member, _week(owner, now)) in told else _letters(owner, now)
        transaction.run(lambda cursor: weekly.write(cursor, rows))
        return len(rows)

    owners = transaction.run(weekly.owners)
    return sum(one_by_one.each(write, owners, "weekly.broken member=%s", lambda owner: owner.member))


def measured_week(business: int, monday: date) -> tuple[Week, Week]:
    """What this week came to, and the one before."""
    return _week_of(business, monday), _week_of(business, monday - timedelta(days=7))


def fix_in_words(finding: Finding, week: Week) -> str:
    """The one thing to fix, in a sentence an owner can act on."""
    lost = finding.lost
    match finding.fix:
        case "calls_owed":
            return ngettext(
                "%(n)s promised call was never made. Make it today.",
                "%(n)s promised calls were never made. Call them today, oldest first.",
                lost,
            ) % {"n": lost}
        case "no_response":
            return ngettext(
                "%(n)s caller got no text and no call. Look at the reason: a line may not be allowed to text.",
                "%(n)s callers got no text and no call. Look at their reasons: a line may not be allowed to text.",
                lost,
            ) % {"n": lost}
        case "not_booked":
            return ngettext(
                "%(n)s person told you all you need and has no appointment. Call them, or open more times.",
                "%(n)s people told you all you need and have no appointment. Call them, or open more times.",
                lost,
            ) % {"n": lost}
        case "few_replies":
            return _("Only %(replied)s of %(texted)s answered the first text. Try another wording.") % {
                "replied": week.replied,
                "texted": week.texted,
            }
        case "hour":
            return _("%(n)s calls were missed on %(hour)s. Somebody at the phone then would help most.") % {
                "n": lost,
                "hour": hour_name(week.hour),
            }
        case _:
            return _("Nothing stands out. Keep going.")


def missed(calls: int) -> str:
    """So many missed calls, in words."""
    return ngettext("%(n)s missed call", "%(n)s missed calls", calls) % {"n": calls}


def wish(business: int) -> str:
    """How the owners of this business hear about their week."""
    stored = models.Business.objects.values_list("settings__weekly_letter", flat=True).get(id=business)
    return str(stored or "both")


def choose(business: int, wish: str) -> None:
    """From now on they hear about it like this: one of `WISHES`."""
    transaction.run(lambda cursor: chosen(cursor, business, wish))


def chosen(cursor: Cursor, business: int, wish: str) -> None:
    """As `choose`, for callers in a transaction of theirs."""
    cursor.execute(_CHOOSE, [wish, business])


def _is_morning(owner: Owner, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(owner.zone))
    return local.weekday() == 0 and FROM_HOUR <= local.hour < TO_HOUR and owner.wish != "off"


def _week(owner: Owner, now: datetime) -> date:
    return now.astimezone(ZoneInfo(owner.zone)).date() - timedelta(days=7)


def _letters(owner: Owner, now: datetime) -> list[LetterRow]:
    monday = _week(owner, now)
    week, before = measured_week(owner.business, monday)
    if not (week.calls or before.calls):
        return []
    with translation.override(owner.language):
        return _worded(owner, monday, week, before, now)


def _worded(owner: Owner, monday: date, week: Week, before: Week, now: datetime) -> list[LetterRow]:
    said = fix_in_words(worst(week), week)
    row = partial(LetterRow, business_id=owner.business, member_id=owner.member, week=monday, due_at=now)
    found = []
    if settings.MAIL and owner.email and owner.wish in {"both", "email"}:
        subject = _("%(business)s: %(missed)s, %(booked)s booked, %(money)s") % _blanks(owner, week)
        page = _page(owner, monday, week, before, said)
        found.append(row(by="email", to=owner.email, subject=subject, body=plain(page), html=drawn(page)))
    if owner.phone and owner.wish in {"both", "text"}:
        text = _("%(business)s last week: %(missed)s caught, %(booked)s booked, %(money)s recovered.") % _blanks(
            owner, week
        )
        body = make_plain(f"{text} {said} {_address(owner, monday)}")
        found.append(row(by="text", to=owner.phone, subject="", body=body))
    return found


def _page(owner: Owner, monday: date, week: Week, before: Week, said: str) -> Page:
    money = (amount(week.recovered, owner.currency), amount(before.recovered, owner.currency))
    told = (
        (_("Missed calls caught"), str(week.calls), str(before.calls), "calls"),
        (_("Appointments booked"), str(week.booked), str(before.booked), "booked"),
        (_("Revenue recovered"), *money, "recovered"),
    )
    sunday = monday + timedelta(days=6)
    days = {"since": date_format(monday, "MONTH_DAY_FORMAT"), "until": date_format(sunday, "MONTH_DAY_FORMAT")}
    return Page(
        language=owner.language,
        business=owner.name,
        days=_("%(since)s to %(until)s") % days,
        numbers=[
            Number(name=name, now=now, before=_("(the week before: %s)") % was, href=_address(owner, monday, count))
            for name, now, was, count in told
        ],
        fix_title=_("The one thing to fix"),
        fix=said,
        report=_("Every number, and who is behind it"),
        report_href=_address(owner, monday),
        why=_("You get this on Mondays. Change it under Reports, Share."),
    )


def plain(page: Page) -> str:
    """The letter as plain text."""
    numbers = "\n".join(f"  {each.name}: {each.now} {each.before}" for each in page.numbers)
    return (
        f"{page.business}, {page.days}\n\n{numbers}\n\n{page.fix_title}:\n  {page.fix}\n\n"
        f"{page.report}:\n  {page.report_href}\n\n{page.why}\n"
    )


def _blanks(owner: Owner, week: Week) -> dict[str, object]:
    return {
        "business": owner.name,
        "missed": missed(week.calls),
        "booked": week.booked,
        "money": amount(week.recovered, owner.currency),
    }


def _address(owner: Owner, monday: date, count: str = "") -> str:
    """Where the week's report is, or the leads behind one number of it."""
    root, days = ways_in.root(business=owner.business), f"from={monday}&to={monday + timedelta(days=6)}"
    return f"{root}/reports/leads?{days}&count={count}" if count else f"{root}/reports/?{days}"


def _week_of(business: int, monday: date) -> Week:
    span = Span(businesses=(business,), since=monday, until=monday + timedelta(days=6))
    now = reports.totals(span, waits=False)
    hours: Sequence[Part] = reports.breakdown(span, "hour", waits=False)
    worst_hour = max(hours, key=lambda part: part.totals.calls, default=None)
    return Week(
        calls=now.calls,
        called=now.called,
        texted=now.texted,
        replied=now.replied,
        qualified=now.qualified,
        booked=now.booked,
        responded=now.responded,
        owed=now.callbacks_owed,
        kept=now.callbacks_made,
        hour=int(worst_hour.key) if worst_hour else 0,
        in_hour=worst_hour.totals.calls if worst_hour else 0,
        recovered=now.recovered,
    )


def _send(letter: Claimed, now: datetime) -> bool:
    """Hand one letter over and write down what became of it."""
    outcome = handed_over(lambda: _hand_over(letter), letter.tries, now)
    if outcome.problem:
        log.warning("weekly.not_sent letter=%s status=%s", letter.id, outcome.status)
    transaction.run(lambda cursor: write_outcome(cursor, "weekly_letter", letter.id, outcome))
    return outcome.status == "sent"


def _hand_over(letter: Claimed) -> None:
    if letter.by == "email":
        mail = Letter(
            key=f"week-{letter.id}",
            sender=settings.MAIL["sender"],
            sender_name=agencies.name_for(business=letter.business),
            to=letter.to,
            to_name=letter.name,
            subject=letter.subject,
            body=letter.body,
            html=letter.html,
        )
        registry.mail("smtp").send(Connection(id=0, provider="smtp", settings=settings.MAIL), mail)
        return
    line = models.Line.objects.filter(business_id=letter.business, texts_by=None).order_by("id").first()
    account = directory.account(line.connection_id) if line else None
    if line is None or account is None:
        raise Unavailable("The business has no line that can send a text.")
    text = OutgoingText(key=f"week-{letter.id}", sender=line.number, to=letter.to, body=letter.body)
    registry.phone(account.connection.provider).send(account.connection, text)


_CHOOSE = "UPDATE business SET settings = settings || jsonb_build_object('weekly_letter', %s::text) WHERE id = %s"
