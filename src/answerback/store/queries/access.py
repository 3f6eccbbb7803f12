"""Guards every read by a person: what a user may see follows from their memberships and from nothing else.

Whoever asks for something of a business they are no member of is told the same as for something that does not exist.
Every page of the console begins with one of these; none of them knows about HTTP.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Model, QuerySet

from answerback.engine import currency
from answerback.ports.numbers import country_by
from answerback.store import models
from answerback.store.queries.busy import TIME_OFF
from answerback.store.queries.outside import BUILT_IN

MANAGES = ("owner", "manager", "agency")
"""The roles that may see and change how a business is set up."""

Row = TypeVar("Row", bound=Model)


class NotYours(Exception):
    """There is no such thing, or none that this person may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's place in a business: which member they are there, and what a page needs to know of the business.

    `language` is the one the console speaks to them, `currency` that of the business's money.
    """

    member: int
    name: str
    role: str
    business: int
    business_name: str
    zone: ZoneInfo
    revision: int
    playbook: int | None
    language: str = "en"
    currency: str = currency.USUAL
    agency: int | None = None
    is_set_up: bool = True
    country: str = "US"
    erased: int = 0
    """The last of its erasures: what was shown before it is shown no more."""

    @property
    def manages(self) -> bool:
        """May this person see and change how the business is set up?"""
        return self.role in MANAGES

    @property
    def sign(self) -> str:
        """What stands before an amount of the business."""
        return currency.sign(self.currency)


def seats(user: int) -> tuple[Seat, ...]:
    """Every business this user is a member of, by name."""
    return _seats("m.user_id = %s", user)


def seat_of(business: int, member: int) -> Seat | None:
    """The seat of another member of the business, None when there is none."""
    return next(iter(_seats("m.business_id = %s AND m.id = %s", business, member)), None)


def conversation_for(user: int, id: int) -> models.Conversation:
    """The conversation with its contact, its line and who holds it; raises `NotYours`."""
    return _only(
        _yours(models.Conversation.objects.select_related("contact", "held_by", "assigned_to", "line"), user), id
    )


def conversations_for(user: int, ids: Iterable[int]) -> dict[int, models.Conversation]:
    """These conversations with their contacts, by id, in one question; raises `NotYours` where one of them is."""
    wanted = set(ids)
    rows = _yours(models.Conversation.objects.select_related("contact"), user).filter(id__in=wanted)
    found = {row.id: row for row in rows}
    if found.keys() != wanted:
        raise NotYours
    return found


def appointment_for(user: int, id: int) -> models.Appointment:
    """The appointment; raises `NotYours`."""
    return _only(_yours(models.Appointment.objects.all(), user), id)


def contact_for(user: int, id: int) -> models.Contact:
    """The contact; raises `NotYours`."""
    return _only(_yours(models.Contact.objects.all(), user), id)


def merge_for(user: int, id: int) -> models.ContactMerge:
    """The merge of two contacts; raises `NotYours`."""
    return _only(_yours(models.ContactMerge.objects.all(), user), id)


def upload_for(user: int, id: int) -> models.Upload:
    """The file somebody is importing; raises `NotYours`."""
    return _only(_yours(models.Upload.objects.all(), user), id)


def todo_for(user: int, id: int) -> models.Todo:
    """The to-do; raises `NotYours`."""
    return _only(_yours(models.Todo.objects.all(), user), id)


def page_for(user: int, id: int) -> models.Page:
    """The page that wakes somebody; raises `NotYours`."""
    return _only(_yours(models.Page.objects.all(), user), id)


def note_for(user: int, id: int) -> models.Note:
    """The note; raises `NotYours`."""
    return _only(_yours(models.Note.objects.all(), user), id)


def message_for(user: int, id: int) -> models.Message:
    """The text; raises `NotYours`."""
    return _only(_yours(models.Message.objects.all(), user), id)


def timer_for(user: int, id: int) -> models.Event:
    """What is planned for later in a conversation; raises `NotYours`."""
    return _only(_yours(models.Event.objects.filter(kind="TimerDue"), user), id)


def attachment_for(user: int, id: int) -> models.Attachment:
    """The picture or recording; raises `NotYours`."""
    return _only(_yours(models.Attachment.objects.all(), user), id)


def snippet_for(user: int, id: int) -> models.Snippet:
    """The snippet; raises `NotYours`."""
    return _only(_yours(models.Snippet.objects.all(), user), id)


def saved_view_for(user: int, id: int) -> models.SavedView:
    """The saved view of the leads; raises `NotYours`."""
    return _only(_yours(models.SavedView.objects.all(), user), id)


def revenue_for(user: int, id: int) -> models.RevenueEntry:
    """The revenue entry with its lead; raises `NotYours`."""
    return _only(_yours(models.RevenueEntry.objects.select_related("lead"), user), id)


def calendar_for(user: int, id: int) -> models.OutsideCalendar:
    """The outside calendar with whose it is; raises `NotYours`."""
    elsewhere = models.OutsideCalendar.objects.exclude(provider=BUILT_IN)
    return _only(_yours(elsewhere.select_related("member", "business"), user), id)


def own_entry_for(user: int, id: int) -> models.OwnEntry:
    """The entry of a built-in calendar with whose it is; raises `NotYours`."""
    return _only(_yours(models.OwnEntry.objects.select_related("member"), user), id)


def member_for(user: int, id: int) -> models.Member:
    """The member; raises `NotYours`."""
    return _only(_yours(models.Member.objects.all(), user), id)


def resource_for(user: int, id: int) -> models.Resource:
    """The resource, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Resource.objects.all(), user), id)


def way_for(user: int, id: int) -> models.AreaWay:
    """The way between two areas, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.AreaWay.objects.all(), user), id)


def time_off_for(user: int, id: int) -> models.Busy:
    """Time off that somebody wrote down here; raises `NotYours`, for what an outside calendar says too."""
    return _only(_yours(models.Busy.objects.filter(source=TIME_OFF), user), id)


def location_for(user: int, id: int) -> models.Location:
    """The location with its business, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Location.objects.select_related("business__agency"), user), id)


def shift_for(user: int, id: int) -> models.Shift:
    """The shift, for those who may change the rota; raises `NotYours`."""
    return _only(_managed(models.Shift.objects.all(), user), id)


def override_for(user: int, id: int) -> models.ShiftOverride:
    """The override of the rota, for those who may change it; raises `NotYours`."""
    return _only(_managed(models.ShiftOverride.objects.all(), user), id)


def finding_for(user: int, id: int) -> models.LineFinding:
    """What was found of a line, with the line; raises `NotYours`."""
    return _only(_yours(models.LineFinding.objects.select_related("line"), user), id)


def line_for(user: int, id: int) -> models.Line:
    """The line with its connection, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Line.objects.select_related("connection", "business"), user), id)


def video_for(user: int, id: int) -> models.Video:
    """The video, for those who may change it (owner, manager); raises `NotYours`. A removed one is there no more."""
    return _only(_managed(models.Video.objects.filter(removed_at=None), user), id)


def shown_video_for(user: int, id: int) -> models.Video:
    """The video, for everybody of its business, who see it in the library; raises `NotYours`."""
    return _only(_yours(models.Video.objects.filter(removed_at=None), user), id)


def connection_for(user: int, id: int) -> models.Connection:
    """The connection, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Connection.objects.all(), user), id)


def crm_copy_for(user: int, id: int) -> models.CrmCopy:
    """What stands, or waits to stand, in a CRM, for those who set the business up; raises `NotYours`."""
    return _only(_managed(models.CrmCopy.objects.all(), user), id)


def token_for(user: int, id: int) -> models.Token:
    """The token of a program, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Token.objects.all(), user), id)


def target_for(user: int, id: int) -> models.Target:
    """The address of a program that is told, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Target.objects.filter(removed_at=None), user), id)


def notice_for(user: int, id: int) -> models.Notice:
    """The notice with its target, for those who may change it (owner, manager); raises `NotYours`."""
    return _only(_managed(models.Notice.objects.select_related("target"), user), id)


def seat_in(chairs: tuple[Seat, ...], business: int) -> Seat:
    """The seat in this business; raises `NotYours`."""
    for seat in chairs:
        if seat.business == business:
            return seat
    raise NotYours


def _yours(rows: QuerySet[Row], user: int) -> QuerySet[Row]:
    return rows.filter(business__members__user_id=user)


def _managed(rows: QuerySet[Row], user: int) -> QuerySet[Row]:
    return rows.filter(business__members__user_id=user, business__members__role__in=MANAGES)


def _only(rows: QuerySet[Row], id: int) -> Row:
    found = rows.filter(id=id).first()
    if found is None:
        raise NotYours
    return found


# A person may have two hundred seats, and each page reads them all: as rows of models they took a sixth of a page.
_SEATS = """
SELECT m.id, m.name, m.role, b.id, b.name, b.zone, b.revision, b.playbook_id,
       COALESCE(NULLIF(u.language, ''), b.language), b.currency, b.agency_id, b.set_up IS NULL,
       b.holiday_country, b.phone, COALESCE((SELECT max(e.id) FROM erasure e WHERE e.business_id = b.id), 0)
FROM member m JOIN business b ON b.id = m.business_id LEFT JOIN account u ON u.id = m.user_id
WHERE {whose} ORDER BY b.name, m.id
"""


def _seats(whose: str, *values: int) -> tuple[Seat, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SEATS.format(whose=whose), values)
        return tuple(_seat(*row) for row in cursor.fetchall())


def _seat(  # noqa: PLR0917  the columns
    member: int,
    name: str,
    role: str,
    business: int,
    business_name: str,
    zone: str,
    revision: int,
    playbook: int | None,
    language: str,
    currency: str,
    agency: int | None,
    is_set_up: bool,
    country: str,
    phone: str,
    erased: int,
) -> Seat:
    return Seat(
        member=member,
        name=name,
        role=role,
        business=business,
        business_name=business_name,
        zone=ZoneInfo(zone),
        revision=revision,
        playbook=playbook,
        language=language,
        currency=currency,
        agency=agency,
        is_set_up=is_set_up,
        country=country_by(country, phone),
        erased=erased,
    )
