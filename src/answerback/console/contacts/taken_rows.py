"""The rows of a large file that was taken in: whom each is about, as they are known by now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from answerback.console import words
from answerback.store import models
from answerback.store.queries.line_behind import ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom a row is about; nobody where they were erased since. `href` is empty where there is no contact."""

    who: str = ""
    number: str = ""
    href: str = ""


def portion(upload: models.Upload, which: str, *, after: int) -> tuple[list[tuple[int, Known]], int]:
    """Those of this fate behind that row, and the row that the next ones are behind; 0 for the last ones."""
    fates = ("new", "updated", "known", "repeat") if which == "all" else (which,)
    told = models.UploadRow.objects.filter(upload=upload, row__gt=after)
    some = [each for fate in fates for each in told.filter(fate=fate).order_by("row")[: ROWS + 1]]
    rows = sorted((each.row, each.subject or 0) for each in some)
    shown = rows[:ROWS]
    known = (_stops if upload.kind == "stops" else _contacts)(upload.business_id, {subject for _, subject in shown})
    return [(row, known.get(subject, Known())) for row, subject in shown], shown[-1][0] if len(rows) > ROWS else 0


def _contacts(business: int, wanted: set[int]) -> Mapping[int, Known]:
    rows = models.Contact.objects.filter(business=business, id__in=wanted, number__startswith="+")
    return {each.id: _known(each.number, each) for each in rows}


def _stops(business: int, wanted: set[int]) -> Mapping[int, Known]:
    rows = models.Suppression.objects.filter(business=business, id__in=wanted, number__startswith="+")
    numbers = {each.id: each.number for each in rows}
    contacts = models.Contact.objects.filter(business=business, number__in=set(numbers.values()))
    people = {each.number: each for each in contacts}
    return {id: _known(number, people.get(number)) for id, number in numbers.items()}


def _known(number: str, contact: models.Contact | None) -> Known:
    written = words.number(number)
    if contact is None:
        return Known(who=written, number=written)
    return Known(who=contact.name or written, number=written, href=reverse("console:contact", args=[contact.id]))
