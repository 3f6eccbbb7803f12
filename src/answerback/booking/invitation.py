"""An appointment as a file any calendar can open (RFC 5545), and as an address that adds it to Google Calendar.

The file is for the customer's own calendar: it invites nobody and names nobody else. Moments are in UTC, so that no
calendar has to know a zone. Never here: invitations by e-mail.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode

from icalendar import Calendar, Event

from answerback.workflow.bookings import Booked, Offer


def as_file(offer: Offer, booked: Booked, now: datetime) -> bytes:
    """The appointment as an `.ics` file; the same appointment keeps its name when it is moved."""
    calendar = Calendar()
    calendar.add("prodid", "-//answerback//booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"appointment-{booked.appointment}@answerback")
    event.add("sequence", booked.version)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", booked.starts_at.astimezone(UTC))
    event.add("dtend", booked.ends_at.astimezone(UTC))
    event.add("summary", _title(offer))
    event.add("description", _details(offer))
    if booked.address:
        event.add("location", booked.address)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def google_address(offer: Offer, booked: Booked) -> str:
    """The address at which Google Calendar shows this appointment, ready to be saved."""
    moments = [moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (booked.starts_at, booked.ends_at)]
    asked = {
        "action": "TEMPLATE",
        "text": _title(offer),
        "dates": "/".join(moments),
        "details": _details(offer),
        "location": booked.address,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode({k: v for k, v in asked.items() if v})}"


def _title(offer: Offer) -> str:
    """What stands in the calendar: a clinic's or a lawyer's name only, never what for."""
    return f"{offer.service}, {offer.business}" if offer.service and not offer.discreet else offer.business


def _details(offer: Offer) -> str:
    return f"{offer.business}, {offer.phone}"
