"""Bookings that customers make on a page elsewhere: leads them there, and closes the loop on our lead when they are
back.

A booking there is a fact. It becomes an appointment of ours where the time can be taken; where somebody has it
already it is kept all the same, and a person is asked. An older word on a booking never undoes a newer one.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from answerback.engine.choosing import SOLD_ELSEWHERE
from answerback.engine.events import AppointmentBooked, AppointmentCancelled, Event
from answerback.ports import registry
from answerback.ports.booking_page import BookedThere, BookingPage, CancelledThere, Guest
from answerback.ports.connection import Connection, Finding, Request
from answerback.ports.errors import Refused
from answerback.ports.registry import NotInstalled
from answerback.store import models
from answerback.store.queries import booked_elsewhere, calendar, diary, ledger, outside, turns
from answerback.store.queries.booked_elsewhere import Ended, Place, TimeThere
from answerback.store.queries.outside import Ask
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import seal, unseal
from answerback.workflow import bell, clock, links, transaction
from answerback.workflow.bookings import Offer

log = logging.getLogger("answerback.booking_pages")


class NoSuchPage(Exception):
    """There is no such booking page (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A business's booking page elsewhere."""

    id: int
    business: int
    page: BookingPage
    connection: Connection


def of_business(business: int) -> Elsewhere | None:
    """The page this business's customers are led to, None where they book on ours: also while its adapter is gone."""
    row = models.BookingPage.objects.filter(business=business).first()
    return _opened(row) if row and registry.booking_page_if_installed(row.provider) else None


def use(business: int, provider: str, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """Lead customers there from now on; a secret that is left empty stays, or is made up. Returns what is not well."""
    page = registry.booking_page(provider)
    standing = models.BookingPage.objects.filter(business=business, provider=provider).first()
    kept: dict[str, str] = unseal(standing.sealed) if standing else {}
    for each in page.settings:
        value = given.get(each.name, "").strip()
        kept[each.name] = value or (kept.get(each.name) or secrets.token_urlsafe(32) if each.secret else "")
    models.BookingPage.objects.update_or_create(
        business_id=business,
        defaults={"provider": provider, "sealed": seal(kept)},
        create_defaults={
            "business_id": business,
            "provider": provider,
            "sealed": seal(kept),
            "created_at": clock.now(),
        },
    )
    return page.check(Connection(id=0, provider=provider, settings=kept))


def stop_using(business: int) -> None:
    """Let customers book on our own page again; what was booked there stays."""
    models.BookingPage.objects.filter(business=business).delete()


def hook_address(page: int) -> str:
    """Where the page's provider reports to."""
    return f"{settings.PUBLIC_URL or settings.LOCAL_URL}/hooks/bookings/{page}"


def address(offer: Offer) -> str | None:
    """Where to send the customer of this offer instead of showing them our page; None to show it."""
    row = models.BookingPage.objects.filter(business__conversations=offer.conversation).first()
    if row is None or offer.booked:
        return None
    contact = models.Contact.objects.get(conversations=offer.conversation)
    guest = Guest(
        reference=links.reference(offer.conversation),
        name=offer.name,
        email=contact.email,
        number=contact.number if contact.number.startswith("+") else "",
        service=offer.service,
    )
    try:
        opened = _opened(row)
        return opened.page.link(opened.connection, guest)
    except (Refused, NotInstalled):  # not set up to its end, or its adapter is gone: ours works
        return None


def accept(page: int, request: Request) -> None:
    """Keep what a page elsewhere reports. Raises `NoSuchPage`, `Forged` and `Malformed`; database errors go up."""
    row = models.BookingPage.objects.filter(id=page).first()
    if row is None:
        raise NoSuchPage(f"There is no booking page {page}.")
    now, opened = clock.now(), _opened(row)
    opened.page.verify(opened.connection, request, now)
    said = opened.page.hear(opened.connection, request)
    models.BookingPage.objects.filter(id=page).update(heard_at=now)
    match said:
        case BookedThere():
            transaction.run(lambda cursor: _booked(cursor, opened, said, now))
        case CancelledThere():
            transaction.run(lambda cursor: _cancelled(cursor, opened, said, now))
        case _:
            log.info("booking_page.passing page=%s", page)


def _booked(cursor: Cursor, opened: Elsewhere, said: BookedThere, now: datetime) -> None:
    place = _place(cursor, opened, said)
    if place is None:
        log.warning("booking_page.nobody page=%s", opened.id)
        return
    if not booked_elsewhere.keep_booking(cursor, opened.id, place, _time(said)):
        return  # known already, or older than what is known
    if said.instead_of:
        _give_up(cursor, booked_elsewhere.end_booking(cursor, opened.id, said.instead_of, said.at), now)
    taken = _take(cursor, opened, place, said, now)
    named = str(taken) if taken else f"{SOLD_ELSEWHERE}{booked_elsewhere.booking(cursor, opened.id, said.uid)}"
    event = AppointmentBooked(at=now, appointment=named, starts_at=said.starts_at, service=place.service, by="outside")
    _record(cursor, place, event, "The customer booked a time.", now)
    if taken is None:
        page = opened.page.title
        ask = Ask(
            conversation=place.conversation,
            key=f"twice:{opened.id}:{said.uid}",
            title=f"Booked twice: a {page} booking stands where another appointment does. Call one of the two.",
        )
        outside.open_todos(cursor, opened.business, [ask], now)


def _take(cursor: Cursor, opened: Elsewhere, place: Place, said: BookedThere, now: datetime) -> int | None:
    """An appointment for the host of the booking, else for whoever can be booked; None where nobody is free."""
    host = booked_elsewhere.member_by_email(cursor, opened.business, said.host_email)
    for member in [host] if host else [person.id for person in diary.people(cursor, [opened.business])]:
        taken = booked_elsewhere.take(cursor, opened.id, place, member, _time(said), now=now)
        if taken is not None:
            return taken
    return None


def _cancelled(cursor: Cursor, opened: Elsewhere, said: CancelledThere, now: datetime) -> None:
    ended = booked_elsewhere.end_booking(cursor, opened.id, said.uid, said.at)
    if ended is None:
        return
    _give_up(cursor, ended, now)
    place = booked_elsewhere.place(cursor, ended.conversation)
    if place is not None:
        named = str(ended.appointment) if ended.appointment else f"{SOLD_ELSEWHERE}{ended.id}"
        event = AppointmentCancelled(at=now, appointment=named, by="outside")
        _record(cursor, place, event, "The customer gave the appointment up.", now)


def _give_up(cursor: Cursor, ended: Ended | None, now: datetime) -> None:
    if ended is not None and ended.appointment:
        calendar.give_up(cursor, ended.appointment, now)


def _record(cursor: Cursor, place: Place, event: Event, why: str, now: datetime) -> None:
    turns.withdraw(cursor, {place.conversation: why})
    own = ledger.Own(business=place.business, conversation=place.conversation, event=event, bump=1)
    ledger.record(cursor, [own], now)
    bell.ring(cursor, bell.TURN)


def _place(cursor: Cursor, opened: Elsewhere, said: BookedThere) -> Place | None:
    """Whose booking it is: by our reference, by the booking it was moved from, else by the phone number."""
    found: Place | None = None
    try:
        found = booked_elsewhere.place(cursor, links.referred(said.reference))
    except links.BadLink:
        if said.instead_of:
            found = booked_elsewhere.place_of_booking(cursor, opened.id, said.instead_of)
        if found is None and said.number:
            found = booked_elsewhere.place_by_number(cursor, opened.business, said.number)
    return found if found is not None and found.business == opened.business else None


def _time(said: BookedThere) -> TimeThere:
    return TimeThere(
        uid=said.uid,
        at=said.at,
        starts_at=said.starts_at,
        ends_at=max(said.starts_at, said.ends_at),
        name=said.name,
        email=said.email,
    )


def _opened(row: models.BookingPage) -> Elsewhere:
    connection = Connection(id=row.id, provider=row.provider, settings=unseal(row.sealed))
    page = registry.booking_page(row.provider)
    return Elsewhere(id=row.id, business=row.business_id, page=page, connection=connection)
