"""Invitations by e-mail: requested, moved and taken back, to a real mail server in a thread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import SettingsWrapper
    from tests.booking.conftest import Moment, Shop
    from tests.services import Mailbox

FRIDAY_9 = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)


def test_invitation_follows_the_appointment(shop: Shop, mailbox: Mailbox, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    customer = _customer(shop)
    bookings.book(customer.token, FRIDAY_9)
    assert invitations.send_due() == 1
    models.Appointment.objects.update(
        during=(FRIDAY_9 + timedelta(hours=2), FRIDAY_9 + timedelta(hours=3)),
        blocked=(FRIDAY_9 + timedelta(hours=2), FRIDAY_9 + timedelta(hours=3)),
        updated_at=moment.now,
    )
    assert invitations.send_due() == 1
    bookings.cancel(customer.token)
    assert invitations.send_due() == 1
    assert invitations.send_due() == 0
    assert [_told(letter) for letter in mailbox.letters] == [
        ("REQUEST", 0, "CONFIRMED", FRIDAY_9),
        ("REQUEST", 1, "CONFIRMED", FRIDAY_9 + timedelta(hours=2)),
        ("CANCEL", 2, "CANCELLED", FRIDAY_9 + timedelta(hours=2)),
    ]
    assert len({_event(letter)["uid"] for letter in mailbox.letters}) == 1
    first = mailbox.letters[0]
    assert first["Subject"].strip() == "Your appointment with Rivera Plumbing: Friday, March 13, 2026, 9:00 AM CDT"
    assert (first["To"], first["From"]) == (
        "Maria <maria@example.com>",
        "Rivera Plumbing <answers@example.com>",
    )
    assert first["Auto-Submitted"] == "auto-generated"
    assert str(_event(first)["attendee"]) == "mailto:maria@example.com"
    assert str(_event(first)["organizer"]) == "mailto:answers@example.com"


def test_customer_who_writes_spanish_reads_spanish(shop: Shop, mailbox: Mailbox, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    customer = _customer(shop)
    state = models.Conversation.objects.get().state | {"language": "es"}
    models.Conversation.objects.update(state=state)
    bookings.book(customer.token, FRIDAY_9)
    invitations.send_due()
    assert (
        mailbox.letters[0]["Subject"].strip() == "Su cita con Rivera Plumbing: viernes 13 de marzo de 2026, 9:00 AM CDT"
    )


def test_a_customer_gets_a_page_that_says_when_and_whom_to_call(shop: Shop, mailbox: Mailbox, moment: Moment) -> None:
    """It was bare text with a number as machines write it: "call +15125550199", and "Hi ," to whoever has no name."""
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    customer = _customer(shop)
    bookings.book(customer.token, FRIDAY_9)
    models.Business.objects.update(phone="+15125550199")
    models.Appointment.objects.update(name="")
    models.Contact.objects.update(name="")
    invitations.send_due()
    (letter,) = mailbox.letters
    kinds = [part.get_content_type() for part in letter.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    plain, page = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.splitlines()[:3] == [
        "Hello,",
        "",
        "your appointment with Rivera Plumbing is on Friday, March 13, 2026, 9:00 AM CDT.",
    ]
    assert ("call (512) 555-0199" in plain, 'href="tel:+15125550199"' in page) == (True, True)
    assert ("Rivera Plumbing" in page, "answerback" in page) == (True, False)


def test_nobody_is_written_to_without_an_address_or_a_server(
    shop: Shop, mailbox: Mailbox, settings: SettingsWrapper, moment: Moment
) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    bookings.book(shop.customer().token, FRIDAY_9)
    assert models.Invitation.objects.count() == 0
    bookings.book(_customer(shop, 132).token, FRIDAY_9 + timedelta(hours=2))
    settings.MAIL = {}
    assert invitations.send_due() == 0
    moment.after(days=3)
    settings.MAIL = {"sender": "a@example.com"}
    assert invitations.send_due() == 0
    assert models.Invitation.objects.get().due_at is None, "what is over is not announced"
    assert mailbox.letters == []


def test_booking_given_up_before_it_was_announced_is_not_announced(
    shop: Shop, mailbox: Mailbox, moment: Moment
) -> None:
    from answerback.workflow import bookings, invitations

    customer = _customer(shop)
    bookings.book(customer.token, FRIDAY_9)
    bookings.cancel(customer.token)
    assert (invitations.send_due(), mailbox.letters) == (0, [])


def test_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not(
    shop: Shop, mailbox: Mailbox, moment: Moment
) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    bookings.book(_customer(shop).token, FRIDAY_9)
    mailbox.says = "451 Try again later"
    assert invitations.send_due() == 0
    assert invitations.send_due() == 0
    moment.after(seconds=31)
    mailbox.says = "250 OK"
    assert invitations.send_due() == 1
    bookings.book(_customer(shop, 132).token, FRIDAY_9 + timedelta(hours=2))
    mailbox.says = "550 No such mailbox"
    assert invitations.send_due() == 0
    refused = models.Invitation.objects.order_by("-id")[0]
    assert (refused.due_at, "550" in refused.problem) == (None, True)
    assert "maria@" not in refused.problem


def test_words_of_a_customer_make_no_header(shop: Shop, mailbox: Mailbox, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, invitations

    customer = _customer(shop)
    models.Contact.objects.update(name="Maria\r\nBcc: all@example.com")
    bookings.book(customer.token, FRIDAY_9)
    invitations.send_due()
    assert mailbox.letters == []
    assert models.Invitation.objects.get().problem == "This is no e-mail address that can be written to."


def _customer(shop: Shop, last: int = 131) -> Any:
    from answerback.store import models

    customer = shop.customer(last)
    models.Contact.objects.filter(id=customer.conversation.contact_id).update(email="maria@example.com")
    return customer


def _event(letter: EmailMessage) -> Any:
    (part,) = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


def _told(letter: EmailMessage) -> tuple[str, int, str, datetime]:
    (part,) = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    event = _event(letter)
    return str(part.get_param("method")), int(event["sequence"]), str(event["status"]), event.start
