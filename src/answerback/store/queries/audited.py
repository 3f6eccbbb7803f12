"""What the entries of the audit log are about, by the names the things have now; what was erased has lost its name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.store import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What an entry is about: a name (empty where only the number is known), and a customer's number.

    `conversation` and `contact` are whose it is, None for what is no customer's. What was `removed` has no page.
    """

    name: str
    number: str = ""
    conversation: int | None = None
    contact: int | None = None
    removed: bool = False


Which = tuple[str, int]
"""A kind and an id."""


def things(business: int, wanted: Iterable[Which]) -> dict[Which, Thing]:
    """Each of these of the business that there still is: one query a kind."""
    by_kind = defaultdict(set)
    for kind, id in wanted:
        by_kind[kind].add(id)
    found: dict[Which, Thing] = {}
    for kind, ids in by_kind.items():
        if kind in _OF_CUSTOMERS:
            found |= _of_customers(business, kind, ids)
        elif kind in _OURS:
            found |= _of_the_businesses({business}, kind, ids)
    return found


def names(businesses: Iterable[int], wanted: Iterable[Which]) -> dict[Which, str]:
    """What those of these are called that are one of the businesses' own, no customer's, to be kept for good."""
    whose, by_kind = set(businesses), defaultdict(set)
    for kind, id in wanted:
        by_kind[kind].add(id)
    return {
        which: thing.name
        for kind in by_kind.keys() & _OURS.keys()
        for which, thing in _of_the_businesses(whose, kind, by_kind[kind], _KEPT_BY.get(kind, "")).items()
    }


def is_known(entry: models.AuditEntry, since: datetime, newest: int, *, wherever: bool = False) -> bool:
    """Does one of so many newest entries of the business say the same, after that moment, from there or `wherever`?"""
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN,
            [
                entry.business_id,
                newest,
                since,
                entry.member_id,
                entry.name,
                entry.act,
                entry.what,
                entry.about,
                entry.subject,
                entry.seen_as,
                entry.detail,
                entry.place,
                wherever,
            ],
        )
        found: bool = cursor.fetchone()[0]
        return found


_KNOWN = """
SELECT EXISTS (
    SELECT FROM (SELECT * FROM audit_entry WHERE business_id = %s ORDER BY id DESC LIMIT %s) e
    WHERE e.at > %s AND e.member_id IS NOT DISTINCT FROM %s AND e.name = %s AND e.act = %s AND e.what = %s
      AND e.about = %s AND e.subject IS NOT DISTINCT FROM %s AND e.seen_as = %s AND e.detail = %s
      AND (e.place = %s OR %s))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form is about: `what` is its address's name, `subject` its row; an entry names that where it `is_named`,
    else the form is the only one of its business.
    """

    what: str
    about: str
    subject: int
    is_named: bool


def is_saved_by_another(business: int, form: Form, since: datetime, member: int | None) -> bool:
    """Has somebody but this member saved this form at or after that moment?"""
    rows = models.AuditEntry.objects.filter(business=business, act="edit", what=form.what, at__gte=since)
    if form.is_named:
        rows = rows.filter(about=form.about, subject=form.subject)
    return rows.exclude(member=member).exists() if member else rows.exists()


def _of_the_businesses(businesses: set[int], kind: str, ids: set[int], named_by: str = "") -> dict[Which, Thing]:
    model, name, of = _OURS[kind]
    columns = ["id", named_by or name, *(["removed_at"] if hasattr(model, "removed_at") else [])]
    rows = model.objects.filter(**{f"{of}__in": businesses, "id__in": ids}).values_list(*columns)
    return {
        (kind, id): Thing(name="" if said is None else str(said), removed=any(removed_at))
        for id, said, *removed_at in rows
    }


def _of_customers(business: int, kind: str, ids: set[int]) -> dict[Which, Thing]:
    model, conversation, contact = _OF_CUSTOMERS[kind]
    to = f"{contact}__" if contact else ""
    columns = ["id", f"{to}name", f"{to}number", f"{to}id", *([conversation] if conversation else [])]
    rows = model.objects.filter(business_id=business, id__in=ids).values_list(*columns)
    return {
        (kind, id): Thing(name=name or "", number=number or "", contact=whose, conversation=rest[0] if rest else None)
        for id, name, number, whose, *rest in rows
    }


_IN = "conversation_id", "conversation__contact"
_OF_CUSTOMERS: dict[str, tuple[Any, str, str]] = {
    "conversation": (models.Conversation, "id", "contact"),
    "contact": (models.Contact, "", ""),
    "attachment": (models.Attachment, *_IN),
    "message": (models.Message, *_IN),
    "note": (models.Note, *_IN),
    "to-do": (models.Todo, *_IN),
    "page": (models.Page, *_IN),
    "appointment": (models.Appointment, *_IN),
    "lead": (models.Lead, *_IN),
    "plan": (models.Event, *_IN),
    "revenue": (models.RevenueEntry, "lead__conversation_id", "lead__contact"),
    "merge": (models.ContactMerge, "", "kept"),
    "person": (models.ContactPerson, "", "contact"),
    "copy": (models.CrmCopy, "", "contact"),
}
"""Things of customers: the table, the way to the conversation (none for a contact's own) and to the contact."""

_OURS: dict[str, tuple[Any, str, str]] = {
    "member": (models.Member, "name", "business"),
    "admin": (models.AgencyAdmin, "name", "agency__business"),
    "invitation": (models.JoinLink, "email", "agency__business"),
    "alert way": (models.AlertWay, "name", "business"),
    "shift": (models.Shift, "member__name", "business"),
    "override": (models.ShiftOverride, "member__name", "business"),
    "time off": (models.Busy, "member__name", "business"),
    "own entry": (models.OwnEntry, "title", "business"),
    "calendar": (models.OutsideCalendar, "member__name", "business"),
    "connection": (models.Connection, "name", "business"),
    "line": (models.Line, "number", "business"),
    "location": (models.Location, "name", "business"),
    "resource": (models.Resource, "name", "business"),
    "snippet": (models.Snippet, "name", "business"),
    "view": (models.SavedView, "name", "business"),
    "token": (models.Token, "name", "business"),
    "webhook": (models.Target, "name", "business"),
    "notice": (models.Notice, "target__name", "business"),
    "upload": (models.Upload, "name", "business"),
    "video": (models.Video, "title", "business"),
    "playbook": (models.PlaybookVersion, "number", "business"),
    "business": (models.Business, "name", "id"),
}
"""Things of the business: the table, where the name stands, and how it is tied to the business."""

_KEPT_BY = {"own entry": "member__name"}
"""Another name where the log keeps one: people write whom they meet, who may be a customer that is erased later."""

KINDS = frozenset({*_OF_CUSTOMERS, *_OURS})
"""The kinds whose things have names."""
