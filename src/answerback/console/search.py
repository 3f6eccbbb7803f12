"""The search of the inbox: people by name or number, and what was said by its words, each with the line around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerback.console import inbox, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.store import ids, models
from answerback.store.queries import contacts, search, search_words
from answerback.store.queries.search import KINDS, Place, Said
from answerback.store.queries.search_words import Word

LONGEST = search_words.LONGEST
MOST_PEOPLE = 5
"""People shown above what was said; the others stand among the contacts."""

BEFORE, AFTER, MOST_PIECES, WHOLE = 36, 90, 3, 140
"""So many characters around a word are shown, so many words far apart, and a text this short as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a line, marked where it is what was looked for."""

    words: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that was said, as the list shows it; `by` is empty for the customer's own words."""

    id: str
    href: str
    who: str
    at: Moment
    icon: str
    what: str
    by: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose name or number fits."""

    id: str
    href: str
    who: str
    face: str
    number: str
    at: Moment | None


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """What was found, with the search field; without words to look for, to the inbox."""
    asked = _asked(visit)
    return visit.page("console/inbox.html", context(visit, asked)) if asked else redirect("console:inbox")


@require_safe
@seated
def rows(visit: Visit) -> HttpResponse:
    """The list alone, while somebody types; without words the inbox again."""
    if asked := _asked(visit):
        return render(visit.request, "console/found.html", context(visit, asked) | {"alone": True})
    return render(visit.request, "console/inbox_lists.html", {"seat": visit.seat} | inbox.context(visit))


def context(visit: Visit, asked: str) -> dict[str, Any]:
    """What the list shows of what was asked."""
    business, place = visit.seat.business, _place(visit.request.GET.get("behind", ""))
    looked_for = search_words.asked(asked, models.Business.objects.get(id=business).country)
    found = search.said(business, looked_for, place)
    people = contacts.search(business, asked) if place == Place() else []
    shown = people[:MOST_PEOPLE]
    return {
        "asked": asked,
        "people": [_person(each, visit, asked) for each in shown],
        "more_people": len(people) > MOST_PEOPLE,
        "lines": [_line(row, looked_for, visit, asked) for row in found.rows],
        "too_short": not looked_for and not people,
        "older": urlencode({"q": asked, "behind": _written(found.behind)}) if found.behind else "",
        "since": moment(found.since, visit.now, visit.seat.zone) if found.since else None,
        "looks_further": found.behind is not None and len(found.rows) < search.ROWS,
    }


def _asked(visit: Visit) -> str:
    """What was asked, as it was typed: a space at the end says that the last word is whole."""
    said = visit.request.GET.get("q", "").replace("\0", "")[:LONGEST]
    return said if said.strip() else ""


def _place(written: str) -> Place:
    """The place that an address names: three ids, each of which may be missing."""
    parts = [ids.whole(each, 0, ids.MOST) for each in written.split(".")]
    return Place(**dict(zip(KINDS, parts, strict=True))) if len(parts) == len(KINDS) else Place()


def _written(place: Place) -> str:
    return ".".join("" if each is None else str(each) for each in (place.text, place.event, place.note))


def _person(found: contacts.Found, visit: Visit, asked: str) -> Person:
    number = words.number(found.number)
    name = "console:conversation" if found.conversation else "console:contact"
    beside = f"?{urlencode({'find': asked})}" if found.conversation else ""
    return Person(
        id=f"line-{found.conversation}" if found.conversation else f"person-{found.id}",
        href=reverse(name, args=[found.conversation or found.id]) + beside,
        who=found.name or number,
        face=words.initials(found.name),
        number=number if found.name else "",
        at=moment(found.last_at, visit.now, visit.seat.zone) if found.last_at else None,
    )


def _line(row: Said, looked_for: Sequence[Word], visit: Visit, asked: str) -> Line:
    at = f"{row.kind}-{row.id}"
    icon, what, by = _told(row, visit)
    address = reverse("console:conversation", args=[row.conversation])
    return Line(
        id=at,
        href=f"{address}?{urlencode({'find': asked, 'at': at})}#at-{at}",
        who=words.who(row.name, row.number),
        at=moment(row.at, visit.now, visit.seat.zone),
        icon=icon,
        what=what,
        by=by,
        pieces=around(row.body, looked_for),
    )


def _told(row: Said, visit: Visit) -> tuple[str, str, str]:
    """The icon, what it is, and by whom it was said where it was not the customer."""
    by = _("You") if row.member == visit.seat.member else row.said_by
    match row.author:
        case "VoicemailTranscribed":
            return "voicemail", _("Voicemail"), ""
        case "FormSent":
            return "file-text", _("Form"), ""
        case "note":
            return "sticky-note", _("Note"), by
        case "machine":
            return "reply", _("Text sent"), str(visit.brand)
        case "staff":
            return "reply", _("Text sent"), by or visit.seat.business_name
        case _:
            return "message-square", _("Text"), ""


def around(body: str, looked_for: Sequence[Word]) -> tuple[Piece, ...]:
    """The line around the words, with them marked; where they stand far apart, the line around each."""
    plain = re.sub(r"\s", " ", body)
    places = sorted((*match.span(), at) for at, word in enumerate(looked_for) for match in word.places.finditer(plain))
    spans = sorted({(begin, end) for begin, end, _at in places})
    windows: list[tuple[int, int]] = [(0, len(plain))] if len(plain) <= WHOLE else []
    for begin, end in _closest(places):
        first, last = _to_spaces(plain, begin - BEFORE, end + AFTER)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        elif len(windows) < MOST_PIECES:
            windows.append((first, last))
    pieces: list[Piece] = []
    for first, last in windows or [_to_spaces(plain, 0, BEFORE + AFTER)]:
        pieces += [Piece(words="… ")] if first > 0 else []
        pieces += _marked(plain, first, last, spans)
    if windows and windows[-1][1] < len(plain):
        pieces.append(Piece(words=" …"))
    return tuple(pieces)


def _closest(places: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Where each word stands, all of them where they stand closest together. `places` have the word's number last."""
    last: dict[int, tuple[int, int]] = {}
    closest: list[tuple[int, int]] = []
    for begin, end, at in places:
        last[at] = (begin, end)
        spans = sorted(last.values())
        wider = len(spans) > len(closest)
        if wider or (len(spans) == len(closest) and end - spans[0][0] < closest[-1][1] - closest[0][0]):
            closest = spans
    return closest


def _to_spaces(plain: str, first: int, last: int) -> tuple[int, int]:
    """The same a little wider or narrower, so that no word is cut."""
    first = 0 if first <= 0 else plain.find(" ", first) + 1 or first
    last = len(plain) if last >= len(plain) else max(plain.rfind(" ", first, last), 0) or last
    return first, last


def _marked(plain: str, first: int, last: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = first
    for begin, end in spans:
        if begin < at or end > last:
            continue
        pieces += [Piece(words=plain[at:begin])] if begin > at else []
        pieces.append(Piece(words=plain[begin:end], marked=True))
        at = end
    return [*pieces, Piece(words=plain[at:last])] if at < last else pieces
