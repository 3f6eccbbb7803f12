"""What the product has written down, read back for a story: leads, conversations, reasons, to-dos, pages, numbers.

Needs Django set up (`testing.databases.ready`). It reads only, but for measures, which are brought up to date.
"""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import connection
from django.db.models import QuerySet

from answerback.store import models
from answerback.workflow import measuring


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts an owner asks for. A lead is captured when somebody called and nobody served them.

    `seconds_to_first_text` is the median from the end of the missed call to the text leaving, None without one.
    """

    captured: int
    texted: int
    replied: int
    qualified: int
    booked: int
    handed_over: int
    stopped: int
    texts_sent: int
    texts_not_sent: int
    pages: int
    open_todos: int
    seconds_to_first_text: float | None


def conversation(number: str) -> models.Conversation | None:
    """The newest conversation with this number."""
    return models.Conversation.objects.filter(contact__number=number).order_by("-id").first()


def lead(number: str) -> models.Lead | None:
    """The newest lead of this number."""
    return models.Lead.objects.filter(contact__number=number).order_by("-id").first()


def leads(number: str | None = None) -> tuple[models.Lead, ...]:
    """All leads, or those of one number, oldest first."""
    found = models.Lead.objects.order_by("id").select_related("contact")
    return tuple(found if number is None else found.filter(contact__number=number))


def receipts(number: str) -> tuple[models.Decision, ...]:
    """Every decision about this number with its reason, in order."""
    return tuple(models.Decision.objects.filter(conversation__contact__number=number).order_by("id"))


def messages(number: str) -> tuple[models.Message, ...]:
    """Every text to and from this number as the product wrote it down, in order."""
    return tuple(models.Message.objects.filter(contact__number=number).exclude(author="page").order_by("id"))


def pages(number: str | None = None) -> tuple[models.Page, ...]:
    """Every time the person on call was woken, oldest first."""
    found = models.Page.objects.order_by("id").select_related("conversation__contact", "taken_by")
    return tuple(found if number is None else found.filter(conversation__contact__number=number))


def woken() -> tuple[str, ...]:
    """Who was woken, in order, once for each time."""
    return tuple(models.Wake.objects.order_by("id").values_list("member__name", flat=True))


def todos(number: str | None = None, *, closed: bool = False) -> tuple[models.Todo, ...]:
    """The to-dos that are open (or closed), oldest first."""
    found: QuerySet[models.Todo] = models.Todo.objects.order_by("id").select_related("conversation__contact")
    found = found.filter(closed_at__isnull=not closed)
    return tuple(found if number is None else found.filter(conversation__contact__number=number))


def appointments(number: str) -> tuple[models.Appointment, ...]:
    """Every appointment of this number, oldest first."""
    return tuple(models.Appointment.objects.filter(contact__number=number).order_by("id"))


def phones() -> dict[str, str]:
    """The phones of the people who work there, by name."""
    return dict(models.Member.objects.exclude(phone="").values_list("name", "phone"))


def measure(business: int, number: str) -> models.LeadMeasure:
    """What the newest lead of this number adds to the reports, measured up to now."""
    measuring.refresh(business)
    return models.LeadMeasure.objects.filter(lead__contact__number=number).latest("lead_id")


def is_suppressed(number: str) -> bool:
    """Did this number say stop, and not start since?"""
    return models.Suppression.objects.filter(number=number, lifted_at=None).exists()


def consent(number: str) -> str:
    """Why this number may be texted."""
    return models.Contact.objects.get(number=number).consent


def set_line(number: str, changes: dict[str, object]) -> None:
    """Change what is known of a line, as its page would."""
    if not models.Line.objects.filter(number=number).update(**changes):
        raise LookupError(f"There is no line {number}.")


def set_member(member: int, changes: dict[str, object]) -> None:
    """Change what is known of somebody who works there."""
    models.Member.objects.filter(id=member).update(**changes)


def report(since: datetime | None = None, until: datetime | None = None) -> Report:
    """The owner's numbers for leads that came in this stretch of time; all there are unless told otherwise."""
    values = {"since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        counts = cursor.fetchone()
        cursor.execute(_DELAYS, values)
        delays = [float(row[0]) for row in cursor.fetchall()]
    return _report(counts, delays)


def _report(counts: tuple[int, ...], delays: list[float]) -> Report:
    names = (
        "captured", "texted", "replied", "qualified", "booked", "handed_over",
        "stopped", "texts_sent", "texts_not_sent", "pages", "open_todos",
    )  # fmt: skip
    numbers = dict(zip(names, counts, strict=True))
    return Report(**numbers, seconds_to_first_text=median(delays) if delays else None)


_IN_TIME = """(%(since)s::timestamptz IS NULL OR {at} >= %(since)s::timestamptz)
    AND (%(until)s::timestamptz IS NULL OR {at} < %(until)s::timestamptz)"""

_COUNTS = f"""
WITH ours AS (SELECT * FROM lead l WHERE {_IN_TIME.format(at="l.created_at")}),
said AS (SELECT m.* FROM message m JOIN ours o ON o.conversation_id = m.conversation_id)
SELECT
    (SELECT count(*) FROM ours WHERE missed_reason <> ''),
    (SELECT count(DISTINCT conversation_id) FROM said WHERE author = 'machine' AND sent_at IS NOT NULL),
    (SELECT count(DISTINCT conversation_id) FROM said WHERE author = 'customer'),
    (SELECT count(*) FROM ours WHERE status IN ('qualified', 'booked', 'won')),
    (SELECT count(*) FROM ours WHERE status = 'booked'),
    (SELECT count(DISTINCT o.id) FROM ours o JOIN conversation c ON c.id = o.conversation_id
     WHERE c.phase IN ('human', 'callback') OR EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = c.id)),
    (SELECT count(*) FROM suppression s WHERE {_IN_TIME.format(at="s.at")}),
    (SELECT count(*) FROM said WHERE author = 'machine' AND sent_at IS NOT NULL),
    (SELECT count(*) FROM said WHERE author = 'machine' AND status IN ('withdrawn', 'refused', 'unclear')),
    (SELECT count(*) FROM page p JOIN ours o ON o.conversation_id = p.conversation_id),
    (SELECT count(*) FROM todo t JOIN ours o ON o.conversation_id = t.conversation_id WHERE t.closed_at IS NULL)
"""  # noqa: S608  our own words only

_DELAYS = f"""
SELECT extract(epoch FROM m.sent_at - ended.at)
FROM message m
JOIN LATERAL (SELECT max(e.at) AS at FROM event e WHERE e.conversation_id = m.conversation_id
              AND e.kind IN ('CallEnded', 'VoicemailLeft') AND e.at <= m.sent_at) ended ON ended.at IS NOT NULL
WHERE m.purpose = 'first_text' AND m.text_class = 'first_reply' AND m.sent_at IS NOT NULL
  AND {_IN_TIME.format(at="m.created_at")}
"""  # noqa: S608  our own words only
