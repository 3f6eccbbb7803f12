"""What of a visit goes into the audit log: transcripts seen, data taken out, everything changed, eyes borrowed.

The guard asks this after every view, so no view can forget: each answered POST is an edit, each file that leaves is
an export, and the pages that show a transcript are listed here.
"""

from django.http import HttpRequest, HttpResponse

from answerback.store.queries import access
from answerback.store.queries.access import Seat
from answerback.workflow import audit
from answerback.workflow.audit import Audited, Noted

TRANSCRIPTS = frozenset({"console:conversation"})
"""Addresses whose page shows what a customer said."""

SEEING_AS = frozenset({"console:see_as", "console:see_as_myself"})

NOT_KEPT = frozenset({"console:plain", "console:business", "console:here"})
"""POSTs that change nothing of the business: a count of parts, a look at another of one's businesses, who is here."""


def write(request: HttpRequest, answer: HttpResponse, business: int, seats: tuple[Seat, ...], sees_as: str) -> None:
    """An entry, if this visit is one to be written down."""
    match = request.resolver_match
    if match is None or answer.status_code >= 400:
        return
    act = _act(request, answer, match.view_name)
    seat = next((each for each in seats if each.business == business), None)
    if act is None or seat is None:
        return
    numbers = [value for value in match.kwargs.values() if isinstance(value, int)]
    audit.note(
        Noted(
            business=business,
            member=seat.member,
            name=seat.name,
            act=act,
            what=match.view_name,
            subject=numbers[0] if numbers else None,
            seen_as=_whose(match.view_name, business, numbers) or sees_as,
        )
    )


def ends_seeing_as(request: HttpRequest) -> bool:
    """Is this the way back to one's own eyes, or out?"""
    return request.resolver_match is not None and request.resolver_match.view_name == "console:see_as_myself"


def _act(request: HttpRequest, answer: HttpResponse, name: str) -> Audited | None:
    if name in SEEING_AS:
        return "see_as"
    if request.method == "POST":
        return None if name in NOT_KEPT else "edit"
    if "attachment" in answer.headers.get("Content-Disposition", ""):
        return "export"
    return "view" if name in TRANSCRIPTS and request.method == "GET" else None


def _whose(name: str, business: int, numbers: list[int]) -> str:
    seat = access.seat_of(business, numbers[0]) if name == "console:see_as" and numbers else None
    return seat.name if seat is not None else ""
