"""Sends agency admins the month of each of their businesses on paper: once a month, by e-mail, once.

A letter is a row that is unique by admin and month, written on the first of the month when it is morning at every
business, or as soon afterwards as a worker runs. Never here: what stands on the paper. Whoever draws it is told to us
by the composition root (`use_paper`), as the console may not be imported here.
"""

import io
import logging
import zipfile
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerback.ports import registry
from answerback.ports.connection import Connection
from answerback.ports.mail import Attachment, Letter
from answerback.store import models
from answerback.store.queries import agencies, monthly
from answerback.store.queries.letters import write_outcome
from answerback.store.queries.monthly import Admin, Claimed
from answerback.workflow import clock, one_by_one, transaction, ways_in
from answerback.workflow.letters import LOST_AFTER, handed_over
from answerback.workflow.mail_page import Sheet, drawn

log = logging.getLogger("answerback.monthly")

FROM_HOUR = 8
UNTIL_DAY = 20
"""After this day of the month nobody is told of the last one any more: the installation was away, or is new."""

SINGLY = 10
"""Up to so many papers are attached one by one, more of them as one archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Which business and which month, by its first day; its money in this currency."""

    business: int
    name: str
    currency: str
    first: date

    @property
    def last(self) -> date:
        """The month's last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])


Paper = Callable[[Month], bytes]
"""Draws a month as PDF."""


def use_paper(paper: Paper) -> None:
    """From now on months are drawn by this."""
    _drawn_by.clear()
    _drawn_by.append(paper)


def run() -> int:
    """Write the letters whose morning has come, and send what waits; returns how many left."""
    if not settings.MAIL:
        return 0
    now = clock.now()
    write_due(now)
    claimed = transaction.run(lambda cursor: monthly.claim(cursor, now, now - LOST_AFTER))
    return sum(one_by_one.each(partial(_send, now=now), claimed, "monthly.unsent letter=%s", lambda one: one.id))


def write_due(now: datetime) -> int:
    """Write down the letters about last month of every admin whose morning it is; returns how many are new."""

    def month(admin: Admin) -> list[tuple[int, date]]:
        local = now.astimezone(admin.westmost(now))
        before = (local.date().replace(day=1) - timedelta(days=1)).replace(day=1)
        return [(admin.id, before)] if _is_time(local) else []

    admins = transaction.run(monthly.admins)
    found = one_by_one.each(month, admins, "monthly.broken admin=%s", lambda admin: admin.id)
    due = [each for months in found for each in months]
    return transaction.run(lambda cursor: monthly.write(cursor, due, now))


def choose(user: int, agency: int | None, *, wants: bool) -> None:
    """Whether this admin gets the months by e-mail from now on."""
    models.AgencyAdmin.objects.filter(user=user, agency=agency).update(monthly_letter=wants)


def file_name(month: Month) -> str:
    """What the paper is called as a file: the business in plain letters, its number, the month."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in month.name.lower())
    name = "-".join(part for part in kept.split("-") if part) or "business"
    return f"{name}-{month.business}-{month.first:%Y-%m}.pdf"


def _is_time(local: datetime) -> bool:
    """Is the month over everywhere, and the morning come in the last of their businesses?"""
    return local.day <= UNTIL_DAY and (local.day > 1 or local.hour >= FROM_HOUR)


def _send(letter: Claimed, now: datetime) -> bool:
    """Hand one letter over and write down what became of it."""
    outcome = handed_over(lambda: _hand_over(letter), letter.tries, now)
    if outcome.problem:
        log.warning("monthly.not_sent letter=%s status=%s", letter.id, outcome.status)
    transaction.run(lambda cursor: write_outcome(cursor, "monthly_letter", letter.id, outcome))
    return outcome.status == "sent"


def _hand_over(letter: Claimed) -> None:
    with translation.override(letter.language):
        papers = [(file_name(month), _drawn_by[0](month)) for month in _months(letter)]
        brand, colour = agencies.brand_for(agency=letter.agency)
        subject, body = capfirst(_("%(month)s on paper: %(agency)s") % _blanks(letter)), _body(letter, len(papers))
        mail = Letter(
            key=f"month-{letter.id}",
            sender=settings.MAIL["sender"],
            sender_name=brand,
            to=letter.to,
            to_name=letter.name,
            subject=subject,
            body=body,
            html=drawn(Sheet(language=letter.language, brand=brand, colour=colour, subject=subject, body=body)),
            attachments=_attached(letter, papers),
        )
    registry.mail("smtp").send(Connection(id=0, provider="smtp", settings=settings.MAIL), mail)


def _months(letter: Claimed) -> list[Month]:
    rows = models.Business.objects.filter(agency=letter.agency).order_by("name", "id")
    return [Month(business=row.id, name=row.name, currency=row.currency, first=letter.month) for row in rows]


def _attached(letter: Claimed, papers: list[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    if len(papers) <= SINGLY:
        return tuple(Attachment(name=name, kind="application/pdf", content=content) for name, content in papers)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in papers:
            archive.writestr(name, content)
    return (Attachment(name=f"{letter.month:%Y-%m}.zip", kind="application/zip", content=out.getvalue()),)


def _body(letter: Claimed, papers: int) -> str:
    said = ngettext(
        "What the missed calls of your business came to in %(month)s, as a PDF to send on.",
        "What the missed calls of your %(papers)s businesses came to in %(month)s, as PDFs to send on.",
        papers,
    )
    address = f"{ways_in.root(agency=letter.agency)}/reports/everywhere"
    all_of_them = _("All of them side by side")
    why = _("You get this on the first of every month. Change it under Reports, All businesses.")
    return f"{said % (_blanks(letter) | {'papers': papers})}\n\n{all_of_them}:\n  {address}\n\n{why}\n"


def _blanks(letter: Claimed) -> dict[str, str]:
    return {"month": date_format(letter.month, "YEAR_MONTH_FORMAT"), "agency": letter.agency_name}


_drawn_by: list[Paper] = []
