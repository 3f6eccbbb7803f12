"""Notices that an agency's host name leads here no longer: what is sent then leads to the installation's own address.

Every host name that somebody has come in by is asked once a day for a proof that only we can give of that name. Two
days without one, and its agency's admins are mailed, once; the first proof, or the first of its people who signs in by
it, puts it back. A day on which we do not reach ourselves by our own address says nothing of others, nor does a name
inside a private network, which nobody asks. Never here: HTTP (`use_reader`).
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from answerback.ports.errors import Refused, Unavailable
from answerback.store import models
from answerback.store.queries import agencies
from answerback.store.queries.recipients import Recipient
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, mailing, one_by_one, ways_in

log = logging.getLogger("answerback.host_watch")

EVERY = timedelta(days=1)
PLACE = "/here/"
"""Where the proof is asked for, with what nobody could know beforehand behind it."""

Reader = Callable[[str], str]
"""Reads the beginning of a page; raises `Refused` for one in a private network, else `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A host name that leads here no longer, and who is to know."""

    agency: int
    host: str
    lost_at: datetime
    to: tuple[Recipient, ...]


def use_reader(read: Reader) -> None:
    """From now on pages are read by this."""
    _read_by.clear()
    _read_by.append(read)


def proof(host: str, asked: str) -> str:
    """What only this installation can answer who asks this of it at this host name."""
    key = hashlib.sha256(b"answerback leads here" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{host.lower()} {asked}".encode(), hashlib.sha256).hexdigest()


def run() -> int:
    """Look at every host name whose day it is, and mail what is to be told; returns at how many was looked."""
    now = clock.now()
    looked = look_due(now)
    mailing.send_due(_to_mail, _send)
    return looked


def look_due(now: datetime) -> int:
    """Look at every host name whose day it is; returns how many that were."""
    rows = models.Agency.objects.exclude(domain="").exclude(domain_reached_at=None)
    due = [row for row in rows.order_by("id") if row.domain_looked_at is None or row.domain_looked_at <= now - EVERY]
    if not due or not _reaches_us(ways_in.public()):
        return 0
    return len(one_by_one.each(partial(_look, now=now), due, "host_watch.broken agency=%s", lambda row: row.id))


def _look(row: models.Agency, now: datetime) -> None:
    reaches = _reaches_us(ways_in.at(row.domain))
    mine = models.Agency.objects.filter(id=row.id, domain=row.domain)
    mine.update(domain_looked_at=now)
    if reaches:
        agencies.leads_here(row.id, row.domain)
    elif reaches is not None:
        _failed(row, now)
    agencies.forget()


def _failed(row: models.Agency, now: datetime) -> None:
    """Written only where nobody came in by it meanwhile."""
    same = models.Agency.objects.filter(
        id=row.id, domain=row.domain, domain_failing_since=row.domain_failing_since, domain_lost_at=None
    )
    if row.domain_failing_since is None:
        same.update(domain_failing_since=now)
    elif row.domain_failing_since.date() < now.date() and same.update(domain_lost_at=now):
        log.warning("host_watch.lost agency=%s host=%s", row.id, row.domain)


def _reaches_us(root: str) -> bool | None:
    """Do we answer at this address? None where nobody may ask there."""
    asked, host = secrets.token_urlsafe(16), urlsplit(root).hostname or ""
    try:
        said = _read_by[0](f"{root}{PLACE}{asked}")
    except Refused:
        return None
    except Unavailable as problem:
        log.info("host_watch.failed host=%s problem=%s", host, problem.detail)
        return False
    return hmac.compare_digest(said.strip().encode(), proof(host, asked).encode())


def _to_mail(cursor: Cursor, since: datetime) -> list[Lost]:
    cursor.execute(_TO_MAIL, [since])
    return [
        Lost(agency=agency, host=host, lost_at=at, to=tuple(Recipient(*each) for each in zip(*people, strict=True)))
        for agency, host, at, *people in cursor.fetchall()
    ]


def _send(lost: Lost, now: datetime) -> bool:
    key = f"host-{lost.agency}-{lost.lost_at:%Y%m%d%H%M%S}"
    told = mailing.tell(lost.to, key, lambda: _words(lost), agency=lost.agency)
    if told:
        models.Agency.objects.filter(id=lost.agency, domain_lost_at=lost.lost_at).update(domain_lost_told_at=now)
    return told


def _words(lost: Lost) -> tuple[str, str]:
    root = ways_in.root(agency=lost.agency)
    blanks = {"host": lost.host, "address": urlsplit(root).netloc}
    subject = _("%(host)s does not lead here any more") % blanks
    says = _("On two days now we asked at %(host)s for ourselves, and somebody else answered, or nobody.") % blanks
    meanwhile = _(
        "New mails and links to your customers lead to %(address)s meanwhile. Links that went out with %(host)s open "
        "once it leads here again, or with %(address)s in its place."
    )
    fix = _(
        "What to do: see that the DNS entry of %(host)s points at this server, and that your proxy serves it with a "
        "certificate that is good still. We look every day; sign in by it and it counts at once. If you have given it "
        "up, empty its field here:"
    )
    return subject, f"{says}\n\n{meanwhile % blanks}\n\n{fix % blanks}\n\n{root}/agency/looks\n"


_TO_MAIL = """
SELECT g.id, g.domain, g.domain_lost_at, array_agg(u.email ORDER BY a.id), array_agg(a.name ORDER BY a.id),
    array_agg(COALESCE(NULLIF(u.language, ''),
        (SELECT b.language FROM business b WHERE b.agency_id = g.id ORDER BY b.id LIMIT 1), 'en') ORDER BY a.id)
FROM agency g JOIN agency_admin a ON a.agency_id = g.id JOIN account u ON u.id = a.user_id
WHERE g.domain_lost_at >= %s AND g.domain_lost_told_at IS NULL AND u.is_active AND u.email <> ''
GROUP BY g.id, g.domain, g.domain_lost_at ORDER BY g.id
"""

_read_by: list[Reader] = []
