"""Members' calendars elsewhere, feeds of their appointments, and a booking page elsewhere.

Signing in at Google or Microsoft is a person's act in a browser and stays in the console; everything else is here.
"""

from typing import Annotated

from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, RowId
from answerback.api.lines import Findings, found
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import NOT_FOUND, Problem
from answerback.ports import registry
from answerback.ports.calendar import Calendar
from answerback.ports.connection import Setting
from answerback.ports.sign_in import SignsIn
from answerback.store.queries.told.outside import OUTSIDE_CALENDARS, OutsideCalendar
from answerback.store.queries.told.setup import MEMBERS
from answerback.workflow import calendars, connecting, feeds, outside_bookings, ways_in

router = Router(tags=["Calendars elsewhere"])

Value = Annotated[str, Field(max_length=1000, pattern=r"^[^\u0000]*$")]
Values = Annotated[dict[str, Value], Field(max_length=30)]
Provider = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+$")]


class WhichCalendars(Paged):
    """Which calendars."""

    member: RowId | None = None


class NewCalendar(Asked):
    """Whose calendar, at which provider, and the settings it asks for."""

    member_id: RowId
    provider: Annotated[str, Field(min_length=1, max_length=40)]
    settings: Values = {}


class NewSettings(Asked):
    """Settings by name; those left out, and a secret left empty, stay as they are."""

    settings: Values


class WaitingCopies(Asked):
    """How many things are on their way."""

    waiting: int


class FeedAddress(Asked):
    """A secret address of a member's appointments as iCalendar, shown this once."""

    url: str


class BookingPage(Asked):
    """Where customers book: `provider` null is our own page. Its webhooks go to `hook`."""

    provider: str | None
    hook: str


@reads(router, "/calendars", "calendar:read", page_of(OutsideCalendar))
def list_calendars(request: ApiRequest, which: Query[WhichCalendars]) -> dict[str, object]:
    """Members' calendars elsewhere, and how they are doing."""
    return page(OUTSIDE_CALENDARS, request.auth.business, which, member=which.member)


@acts(router, "/calendars", "calendar:write", OutsideCalendar, status=201)
def connect_calendar(request: ApiRequest, new: NewCalendar) -> OutsideCalendar:
    """Connect a calendar. One that is signed in to waits until a person has done so in the console."""
    member = MEMBERS.one(request.auth.business, new.member_id)
    kind = _kind(new.provider)
    if isinstance(kind, SignsIn) and not connecting.app(request.auth.business, kind.name):
        raise Problem(409, "not_possible", f"First enter the registration of answerback at {kind.title}.")
    complete(kind.settings, new.settings)
    made = calendars.connect(member.id, kind.name, new.settings)
    return OUTSIDE_CALENDARS.one(request.auth.business, made)


@acts(router, "/calendars/{int:id}", "calendar:write", OutsideCalendar, method="PATCH")
def change_calendar(request: ApiRequest, id: Id, change: NewSettings) -> OutsideCalendar:
    """Give a calendar other settings."""
    row = OUTSIDE_CALENDARS.one(request.auth.business, id)
    open_ones = [each for each in _kind(row.provider).settings if not each.secret]
    complete(tuple(each for each in open_ones if each.name in change.settings), change.settings)
    calendars.change(row.id, change.settings)
    return OUTSIDE_CALENDARS.one(request.auth.business, id)


@acts(router, "/calendars/{int:id}/test", "calendar:write", Findings)
def check_calendar(request: ApiRequest, id: Id) -> dict[str, object]:
    """Try a calendar without leaving a trace."""
    return found(calendars.check(OUTSIDE_CALENDARS.one(request.auth.business, id).id))


@acts(router, "/calendars/{int:id}/try-now", "calendar:write", WaitingCopies)
def try_calendar(request: ApiRequest, id: Id) -> dict[str, int]:
    """Read a calendar now, and write what waits for it."""
    return {"waiting": calendars.try_now(OUTSIDE_CALENDARS.one(request.auth.business, id).id)}


@acts(router, "/calendars/{int:id}", "calendar:write", None, method="DELETE", status=204)
def disconnect_calendar(request: ApiRequest, id: Id) -> None:
    """Take a calendar away. What we wrote into it stays there."""
    calendars.disconnect(OUTSIDE_CALENDARS.one(request.auth.business, id).id)


@acts(router, "/calendar-apps/{provider}", "settings:write", None, method="PUT", status=204)
def set_calendar_app(request: ApiRequest, provider: Provider, given: NewSettings) -> None:
    """Enter the business's registration at a provider whose calendars are signed in to."""
    kind = _kind(provider)
    if not isinstance(kind, SignsIn):
        raise NOT_FOUND
    standing = connecting.app(request.auth.business, kind.name)
    complete(tuple(e for e in kind.app_settings if not (e.secret and standing.get(e.name))), given.settings)
    connecting.set_app(request.auth.business, kind.name, kind.app_settings, given.settings)


@acts(router, "/members/{int:id}/feed", "calendar:write", FeedAddress, status=201)
def make_feed(request: ApiRequest, id: Id) -> dict[str, str]:
    """Make an address from which any calendar program reads a member's appointments; an older one ends."""
    token = feeds.make(MEMBERS.one(request.auth.business, id).id)
    return {"url": f"{ways_in.root(business=request.auth.business)}{reverse('console:feed', args=[token])}"}


@acts(router, "/members/{int:id}/feed", "calendar:write", None, method="DELETE", status=204)
def end_feed(request: ApiRequest, id: Id) -> None:
    """End that address."""
    feeds.revoke(MEMBERS.one(request.auth.business, id).id)


@reads(router, "/booking-page", "settings:read", BookingPage)
def get_booking_page(request: ApiRequest) -> dict[str, object]:
    """Where customers book."""
    there = outside_bookings.of_business(request.auth.business)
    if there is None:
        return {"provider": None, "hook": ""}
    return {"provider": there.page.name, "hook": outside_bookings.hook_address(there.id)}


@acts(router, "/booking-page/{provider}", "settings:write", Findings, method="PUT")
def use_booking_page(request: ApiRequest, provider: Provider, given: NewSettings) -> dict[str, object]:
    """Let customers book on a page elsewhere; it is tried at once."""
    try:
        kind = registry.booking_page(provider)
    except LookupError:
        raise NOT_FOUND from None
    wanted = {each.name: given.settings.get(each.name, "") for each in kind.settings}
    return found(outside_bookings.use(request.auth.business, kind.name, wanted))


@acts(router, "/booking-page", "settings:write", None, method="DELETE", status=204)
def use_own_booking_page(request: ApiRequest) -> None:
    """Let customers book on our own page again."""
    outside_bookings.stop_using(request.auth.business)


def _kind(provider: str) -> Calendar:
    kinds = {kind.name: kind for kind in calendars.kinds()}
    if provider not in kinds:
        raise Problem(409, "not_possible", f"There is no kind of calendar {provider!r} here.")
    return kinds[provider]


def complete(wanted: tuple[Setting, ...], given: Values) -> None:
    """Refuse settings in which something required is not given."""
    if missing := connecting.missing(wanted, given):
        raise Problem(409, "not_possible", f"Fill in: {', '.join(each.name for each in missing)}.")
