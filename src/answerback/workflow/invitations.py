"""Sends invitations by e-mail where a customer's address is known, so that the appointment stands in their own
calendar.

A trigger on appointments says what is due. A moved appointment is the same invitation one sequence higher, a
cancelled one takes it back. A letter that may have gone out is not sent blindly again: the next change carries the
truth anyway.
"""

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from answerback.engine.wording import phone
from answerback.ports import registry
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Unavailable
from answerback.ports.mail import Letter
from answerback.store.queries import invitations
from answerback.store.queries.invitations import Due
from answerback.workflow import calendars, clock, one_by_one, transaction
from answerback.workflow.mail_page import Sheet, drawn

log = logging.getLogger("answerback.invitations")

GIVE_UP_AFTER = 12


def send_due() -> int:
    """Send what is due, where a mail server is set; returns how many letters went out."""
    if not settings.MAIL:
        return 0
    now = clock.now()
    due = transaction.run(lambda cursor: invitations.due(cursor, now))
    return sum(one_by_one.each(send, due, "invitation.broken invitation=%s"))


def send(invitation: int) -> bool:
    """Send one invitation; True when a letter went out."""
    now = clock.now()
    row = transaction.run(lambda cursor: invitations.load(cursor, invitation))
    if row is None:
        return False
    needed = row.email and row.ends_at > now and (row.stands or row.sent)
    if not needed:
        transaction.run(lambda cursor: invitations.is_sent(cursor, row, now, sent=False))
        return False
    try:
        registry.mail("smtp").send(Connection(id=0, provider="smtp", settings=settings.MAIL), _letter(row, now))
    except PortError as problem:
        _failed(row, problem, now)
        return False
    transaction.run(lambda cursor: invitations.is_sent(cursor, row, now, sent=True))
    log.info("invitation.sent invitation=%s", row.id)
    return True


def _failed(row: Due, problem: PortError, now: datetime) -> None:
    may_try = isinstance(problem, Unavailable) and row.tries < GIVE_UP_AFTER
    again = now + calendars.pause(row.tries, problem.retry_after) if isinstance(problem, Unavailable) else None
    transaction.run(lambda cursor: invitations.failed(cursor, row, problem.detail, again if may_try else None))
    log.warning("invitation.not_sent invitation=%s problem=%s", row.id, type(problem).__name__)


def _letter(row: Due, now: datetime) -> Letter:
    when = _when(row)
    subject, body = (_SPANISH if row.spanish else _ENGLISH)["request" if row.stands else "cancel"]
    hello = f"{'Hola' if row.spanish else 'Hi'} {row.name}" if row.name else "Hola" if row.spanish else "Hello"
    blanks = {"business": row.business, "when": when, "phone": phone(row.phone), "hello": hello}
    subject, body = subject.format(**blanks), body.format(**blanks)
    return Letter(
        key=f"{row.uid.partition('@')[0]}-{row.sequence}",
        sender=settings.MAIL["sender"],
        sender_name=row.business,
        to=row.email,
        to_name=row.name,
        subject=subject,
        body=body,
        html=drawn(_sheet(row, subject, body)),
        invitation=_invitation(row, now),
        method="REQUEST" if row.stands else "CANCEL",
    )


def _sheet(row: Due, subject: str, body: str) -> Sheet:
    """In the business's name; customers know no other."""
    language = "es" if row.spanish else "en"
    return Sheet(language=language, brand=row.business, colour="", subject=subject, body=body, call=row.phone)


def _invitation(row: Due, now: datetime) -> bytes:
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//answerback//invitations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if row.stands else "CANCEL")
    event.add("uid", row.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", row.starts_at.astimezone(UTC))
    event.add("dtend", row.ends_at.astimezone(UTC))
    event.add("sequence", row.sequence)
    event.add("status", "CONFIRMED" if row.stands else "CANCELLED")
    event.add("summary", row.business)
    if row.address:
        event.add("location", row.address)
    event.add("organizer", _person(settings.MAIL["sender"], row.business))
    guest = _person(row.email, row.name)
    guest.params["partstat"] = vText("ACCEPTED")  # they booked it themselves
    event.add("attendee", guest, encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _person(email: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["cn"] = vText(name or email)
    return person


def _when(row: Due) -> str:
    """Day, time and zone, as the business's clock shows them."""
    at = row.starts_at.astimezone(ZoneInfo(row.zone))
    clock_time = f"{at.hour % 12 or 12}:{at:%M} {at:%p} {at:%Z}"
    if row.spanish:
        return f"{_DAYS[at.weekday()]} {at.day} de {_MONTHS[at.month - 1]} de {at.year}, {clock_time}"
    return f"{at:%A, %B} {at.day}, {at.year}, {clock_time}"


_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)

_ENGLISH = {
    "request": (
        "Your appointment with {business}: {when}",
        (
            "{hello},\n\nyour appointment with {business} is on {when}.\n\n"
            "To change or cancel it, reply to our text or call {phone}.\n\n{business}\n"
        ),
    ),
    "cancel": (
        "Cancelled: your appointment with {business}",
        (
            "{hello},\n\nyour appointment with {business} on {when} is cancelled.\n\n"
            "For another time, reply to our text or call {phone}.\n\n{business}\n"
        ),
    ),
}
_SPANISH = {
    "request": (
        "Su cita con {business}: {when}",
        (
            "{hello}:\n\nsu cita con {business} es el {when}.\n\n"
            "Para cambiarla o cancelarla, responda a nuestro mensaje o llame al {phone}.\n\n{business}\n"
        ),
    ),
    "cancel": (
        "Cancelada: su cita con {business}",
        (
            "{hello}:\n\nsu cita con {business} del {when} está cancelada.\n\n"
            "Para otra hora, responda a nuestro mensaje o llame al {phone}.\n\n{business}\n"
        ),
    ),
}
