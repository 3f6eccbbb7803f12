"""Agencies as every page needs them, remembered for some seconds, and their businesses with what is wrong in each."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from django.db import DatabaseError

from answerback.store import models
from answerback.store.queries.rows import Cursor

OURS = "answerback"
"""The product's name, where no agency put its own on it."""

REMEMBER_SECONDS = 15.0
SHOWN = "agency_shown"
"""The name under which a request carries the agency whose looks its page wears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """An agency's name and looks; `version` changes with its logo.

    `is_reached`: somebody came in by its `domain`, and it leads here still. `is_doubted`: it did not at the last look.
    """

    id: int
    name: str
    brand: str
    colour: str
    domain: str
    is_reached: bool
    is_doubted: bool
    former: tuple[str, ...]
    has_logo: bool
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a business is doing: what needs somebody."""

    id: int
    name: str
    pages: int
    late_todos: int
    failed: int
    red: int
    amber: int
    leads: int
    set_up: bool

    @property
    def trouble(self) -> tuple[int, ...]:
        """What is wrong, the worst kind first. Ranked kind by kind: no number of late to-dos outranks an emergency."""
        return (self.pages, self.red, self.failed, self.late_todos, self.amber, int(not self.set_up))

    @property
    def has_trouble(self) -> bool:
        """Is something wrong, besides a set-up that is not finished?"""
        return any(self.trouble[:-1])

    @property
    def is_well(self) -> bool:
        """Does nothing need anybody?"""
        return not any(self.trouble)


def by_domain(host: str) -> Looks | None:
    """The agency whose people sign in at this host."""
    return next((each for each in _all() if each.domain and each.domain == host.lower()), None)


def by_id(id: int) -> Looks | None:
    """The agency of this id."""
    return next((each for each in _all() if each.id == id), None)


def of_conversation(id: int) -> int | None:
    """The agency that looks after the business of this conversation."""
    return models.Conversation.objects.filter(id=id).values_list("business__agency_id", flat=True).first()


def name_for(*, business: int | None = None, agency: int | None = None) -> str:
    """What people of this business, or of this agency, know the product as."""
    return brand_for(business=business, agency=agency)[0]


def brand_for(*, business: int | None = None, agency: int | None = None) -> tuple[str, str]:
    """The same, and its colour, empty for ours."""
    row = _looks_of(business, agency)
    return (row.brand or row.name, row.colour) if row is not None else (OURS, "")


def reached_at(*, business: int | None = None, agency: int | None = None) -> str:
    """The host name at which people of this business, or of this agency, come in; empty for the installation's own."""
    if not any(each.is_reached for each in _all()):
        return ""  # asked with every text that holds a link
    row = _looks_of(business, agency)
    return row.domain if row is not None and row.is_reached else ""


def reached(host: str, user: int, now: datetime) -> None:
    """This user has signed in at this host name: what is sent leads there from now on, where it is their agency's."""
    row = by_domain(host)
    if row is None or (row.is_reached and not row.is_doubted):
        return
    is_theirs = (
        models.AgencyAdmin.objects.filter(agency=row.id, user=user).exists()
        or models.Member.objects.filter(business__agency=row.id, user=user, left_at__isnull=True).exists()
    )
    if is_theirs:
        leads_here(row.id, row.domain, domain_reached_at=now)


def leads_here(agency: int, domain: str, **more: datetime) -> int:
    """This host name, if it is the agency's still, leads here: whatever spoke against it is over. Returns 1 or 0."""
    told = {"domain_failing_since": None, "domain_lost_at": None, "domain_lost_told_at": None} | more
    changed = models.Agency.objects.filter(id=agency, domain__iexact=domain).update(**told)
    forget()
    return changed


def domains() -> tuple[str, ...]:
    """Every host name an agency has; those that are remembered while the database does not answer, or may not be asked
    (in a test)."""
    return tuple(each.domain for each in _known() if each.domain)


def former() -> frozenset[str]:
    """Host names that agencies gave up, and that are nobody's now; asked as `domains` are."""
    found = _known()
    return frozenset(name for each in found for name in each.former) - {each.domain for each in found}


def given_up(agency: models.Agency) -> dict[str, object]:
    """What is written when this agency's host name goes: it is remembered if links went out by it."""
    kept = set(agency.former_domains) | ({agency.domain.lower()} if agency.domain_reached_at else set())
    stamps = ("reached_at", "looked_at", "failing_since", "lost_at", "lost_told_at")
    return {"former_domains": sorted(kept), **dict.fromkeys(f"domain_{stamp}" for stamp in stamps)}


def _known() -> tuple[Looks, ...]:
    try:
        return _all()
    except (DatabaseError, RuntimeError):
        return remembered()


def remembered() -> tuple[Looks, ...]:
    """Every agency as it was read last, however long ago; asks the database nothing."""
    held = _held.get("all")
    return held[1] if held is not None else ()


def forget() -> None:
    """Read them again at the next question: something was changed here."""
    _held.clear()


def shapes(cursor: Cursor, agency: int, now: object) -> list[Shape]:
    """The businesses of an agency, those in the worst shape first."""
    cursor.execute(_SHAPES, {"agency": agency, "now": now})
    found = [
        Shape(
            id=row[0], name=row[1], pages=row[2], late_todos=row[3], failed=row[4], red=row[5], amber=row[6],
            leads=row[7], set_up=row[8],
        )
        for row in cursor.fetchall()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (*(-count for count in each.trouble), each.name))


def _looks_of(business: int | None, agency: int | None) -> Looks | None:
    if business is not None:
        agency = models.Business.objects.filter(id=business).values_list("agency_id", flat=True).first()
    return by_id(agency) if agency is not None else None


_held: dict[str, tuple[float, tuple[Looks, ...]]] = {}
_lock = Lock()


def logo(agency: int) -> bytes:
    """Its logo as a PNG made by us; empty where it has none."""
    return bytes(models.Agency.objects.filter(id=agency).values_list("logo", flat=True).first() or b"")


def _all() -> tuple[Looks, ...]:
    held = _held.get("all")
    if held is not None and monotonic() < held[0]:
        return held[1]
    rows = models.Agency.objects.defer("logo").extra(select={"pixels": "coalesce(length(logo), 0)"})
    fresh = tuple(
        Looks(
            id=row.id,
            name=row.name,
            brand=row.brand,
            colour=row.colour,
            domain=row.domain.lower(),
            is_reached=row.domain_reached_at is not None and row.domain_lost_at is None,
            is_doubted=row.domain_failing_since is not None,
            former=tuple(row.former_domains),
            has_logo=row.pixels > 0,
            version=str(row.pixels),
        )
        for row in rows
    )
    with _lock:
        _held["all"] = (monotonic() + REMEMBER_SECONDS, fresh)
    return fresh


# A text that failed moved its conversation, so the few of a day are found by `conversation_recent`: looking through the
# texts took 27 s for a hundred businesses beside two million of them. `OFFSET 0` keeps PostgreSQL from beginning there.
_SHAPES = """
SELECT b.id, b.name,
    (SELECT count(*) FROM page p WHERE p.business_id = b.id AND p.taken_at IS NULL AND NOT p.drill),
    (SELECT count(*) FROM todo t WHERE t.business_id = b.id AND t.closed_at IS NULL AND t.due_at < %(now)s),
    (SELECT count(*) FROM conversation c
        WHERE c.business_id = b.id AND c.last_at > %(now)s::timestamptz - interval '1 day'
        AND EXISTS (SELECT 1 FROM message m
            WHERE m.conversation_id = c.id AND m.status IN ('refused', 'undelivered', 'unclear')
            AND m.created_at > %(now)s::timestamptz - interval '1 day' OFFSET 0)),
    (SELECT count(*) FROM line_finding f WHERE f.business_id = b.id AND f.level = 'red'),
    (SELECT count(*) FROM line_finding f WHERE f.business_id = b.id AND f.level = 'amber'),
    (SELECT count(*) FROM lead l
        WHERE l.business_id = b.id AND l.created_at > %(now)s::timestamptz - interval '7 days'),
    b.set_up IS NULL
FROM business b WHERE b.agency_id = %(agency)s
"""
