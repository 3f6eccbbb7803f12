"""Writes down who looked at, took out or changed what. An entry is never edited; the database sees to that."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from answerback.store import models
from answerback.store.queries import audited
from answerback.workflow import clock

Audited = Literal["view", "export", "edit", "see_as", "sign_in"]
"""Saw a transcript, took data out, changed something, began or ended to see the console as somebody else, signed in or
out or changed how somebody does."""

DETAIL = "audit_detail"
"""The attribute of a program's request for what its entry says more (`Noted.detail`)."""

AGAIN = timedelta(hours=1)
"""Within so long, what looks by itself again and again (a list that polls, a program) is one look."""

LATELY = 200
"""So many of the newest entries are looked through for the same look; past them it is written down once more."""


OF_AN_HOUR = 20_000
"""More entries than a business has in an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing somebody did: `what` is the name of the address, `about` and `subject` the row it was about, `named`
    what that was called, where it is no customer's, `place` the network address it came from, `detail` what else is to
    be told (`store.models.AuditEntry`)."""

    business: int
    member: int | None
    name: str
    act: Audited
    what: str
    about: str = ""
    subject: int | None = None
    seen_as: str = ""
    named: str = ""
    place: str = ""
    detail: str = ""


def note(*noted: Noted) -> None:
    """Keep it, or all of them at once."""
    rows = [_row(each) for each in noted]
    if len(rows) == 1:
        rows[0].save(force_insert=True)  # one statement, where many are one and a transaction around it
    else:
        models.AuditEntry.objects.bulk_create(rows)


def _row(noted: Noted) -> models.AuditEntry:
    return models.AuditEntry(
        business_id=noted.business,
        member_id=noted.member,
        name=noted.name[:120],
        at=clock.now(),
        act=noted.act,
        what=noted.what[:60],
        about=noted.about,
        subject=noted.subject,
        seen_as=noted.seen_as[:120],
        named=noted.named[:120],
        place=noted.place,
        detail=noted.detail[:120],
    )


def note_person(
    user: int,
    what: str,
    place: str,
    *,
    detail: str = "",
    named: str = "",
    once: bool = False,
    only: int | None = None,
) -> None:
    """Keep what somebody did, or others tried, with their sign-in, in each business they belong to, or in one `only`;
    `once` an hour."""
    here = models.Member.objects.filter(user=user, left_at__isnull=True, **{} if only is None else {"business": only})
    seats = here.values_list("business_id", "id", "name")
    noted = [
        Noted(
            business=business,
            member=member,
            name=name,
            act="sign_in",
            what=what,
            place=place,
            detail=detail,
            named=named,
        )
        for business, member, name in seats
    ]
    if once:
        for each in noted:
            note_look(each)
    elif noted:
        note(*noted)


def note_end_of_seeing(noted: Noted, since: datetime) -> None:
    """Keep that somebody stopped seeing as another, unless that is known of what they began then."""
    if not audited.is_known(_row(noted), since, OF_AN_HOUR, wherever=True):
        note(noted)


def note_look(noted: Noted, within: timedelta = AGAIN) -> None:
    """Keep it, unless the same person (or program) looked at the same from there within so long."""
    row = _row(noted)
    if not audited.is_known(row, clock.now() - within, LATELY):
        row.save(force_insert=True)


def named_in(route: str, numbers: dict[str, object]) -> tuple[str, int | None]:
    """The kind and the id of the thing that an address is about, by the word before its id: `c/<int:id>/reply`."""
    found = re.search(r"([a-z-]+)/<int:(\w+)>", route)
    number = numbers.get(found[2]) if found else None
    if found is None or not isinstance(number, int):
        return "", None
    words = _OF_PROGRAMS if route.startswith("api/") else {}
    return words.get(found[1]) or _THINGS.get(found[1], ""), number


def kind_of(listed: str) -> str:
    """The kind of the things of a list, by its word in an address of the API: `webhooks`; empty where it is none."""
    return _OF_PROGRAMS.get(listed) or _THINGS.get(listed, "")


def in_its_conversation(noted: Noted) -> Noted:
    """The same about the conversation that the thing belongs to, where it belongs to one."""
    thing = audited.things(noted.business, {(noted.about, noted.subject or 0)}).get((noted.about, noted.subject or 0))
    if thing is None or thing.conversation is None:
        return noted
    return replace(noted, about="conversation", subject=thing.conversation)


_THINGS = {
    "admins": "admin", "alerts": "alert way", "api-tokens": "token", "appointments": "appointment",
    "attachments": "attachment",
    "bookings": "booking page", "brand": "agency", "c": "conversation", "calendars": "calendar",
    "connections": "connection", "contacts": "contact", "conversations": "conversation", "copies": "copy",
    "diary": "appointment", "everywhere": "business", "import": "upload",
    "invitations": "invitation", "leads": "lead", "lines": "line",
    "links": "link", "locations": "location", "media": "attachment", "members": "member", "merges": "merge",
    "messages": "message", "money": "revenue", "notes": "note", "notices": "notice", "off": "time off",
    "overrides": "override", "own": "own entry", "own-entries": "own entry", "pages": "page", "people": "member",
    "planned-texts": "plan", "plans": "plan", "playbooks": "playbook", "report-links": "link", "revenue": "revenue",
    "shifts": "shift", "sign-ins": "sign-in", "snippets": "snippet", "texts": "message", "things": "resource",
    "time-off": "time off", "todos": "to-do", "uploads": "video", "versions": "playbook number", "videos": "video",
    "views": "view", "ways": "way", "webhooks": "webhook",
}  # fmt: skip
_OF_PROGRAMS = {"people": "person"}

_DESK = (
    "take_over", "hand_back", "assign", "snooze", "open_again", "done", "call", "called", "number", "outcome", "plan",
    "given",
)  # fmt: skip

UNDONE: dict[str, str] = dict.fromkeys(_DESK, "conversation") | {
    "todo": "to-do", "text": "message", "queue": "message", "note": "note", "keep_note": "note", "timer": "plan",
    "reopen": "appointment", "booked": "appointment", "held": "appointment", "let_go": "appointment",
    "stop": "conversation", "page": "page", "told": "message", "money": "revenue",
    "refund": "revenue", "wrong_number": "conversation", "again": "conversation", "merge": "merge", "apart": "contact",
    "person": "contact", "no_person": "contact", "introduced": "contact", "let_go_of": "member", "video": "video",
    "entered": "revenue", "learned": "line", "webhook": "webhook", "alert_way": "alert way", "off": "member",
    "no_off": "member", "own": "member", "no_own": "member",
}  # fmt: skip
"""What the `id` of an undo is the id of, by its act, in the words of the audit log; what a form saved says so
itself (`workflow.saved.about`), and the rest are no customer's."""
