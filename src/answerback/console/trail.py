"""What of a visit goes into the audit log: transcripts seen, data taken out, everything changed, eyes borrowed.

The guard asks this after every view, so no view can forget: each POST that was not refused is an edit, each file that
leaves is an export, and the addresses that show what customers said are listed here. A refused act is none; what its
answer shows is seen all the same.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.contrib.messages import ERROR
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse

from answerback.store.queries import access, audited
from answerback.store.queries.access import Seat
from answerback.workflow import audit
from answerback.workflow.audit import Audited, Noted
from answerback.workflow.where_from import place_of

OPENED = {"console:conversation": ""} | dict.fromkeys(
    ("console:reply", "console:plain", "console:mark", "console:plan", "console:correct_money"), "console:conversation"
)
"""Addresses whose page is a transcript, or everything a customer sent, and under which name that is written down."""

LOOKED_THROUGH = {
    "console:conversation_live": "console:conversation",
    "console:media_small": "console:conversation",
    "console:media": "",
    "console:inbox": "",
    "console:inbox_live": "console:inbox",
    "console:everybody": "console:inbox",
    "console:search": "",
    "console:search_rows": "console:search",
    "console:today": "console:inbox",
    "console:today_live": "console:inbox",
    "console:todos": "console:inbox",
    "console:todos_live": "console:inbox",
    "console:on_call": "console:inbox",
    "console:add_shift": "console:inbox",
    "console:add_override": "console:inbox",
    "console:reports:texts": "",
    "console:reports:correct": "console:reports:texts",
    "console:crm_fields": "",
    "console:book": "console:conversation",
    "console:book_hold": "console:conversation",
    "console:book_let_go": "console:conversation",
}
"""Addresses that show words of customers and are asked again and again: by a page that polls, by a player that reads
on, by whoever goes through a list. The same look within `audit.AGAIN` is one."""

_OF_A_CONVERSATION = frozenset({"console:media_small", "console:correct_money"})
"""Those that are about a thing of a conversation, and show of that."""

WHILE_IT_IS_OPEN = timedelta(minutes=10)
"""What comes in on a page that is open is one look for so long."""

SEEING_AS = frozenset({"console:see_as", "console:see_as_myself"})

SIGNING_IN = frozenset({"console:sign_person_out", "console:take_step", "console:take_admins_step"})
"""Acts that change how somebody else comes in, or end that they are in; of one's own, `accounts.mine` writes it."""

NOT_KEPT = frozenset({"console:plain", "console:business", "console:here"})
"""POSTs that change nothing of the business: a count of parts, a look at another of one's businesses, who is here."""

REFUSED = "was_refused"
"""The attribute of a request to which it was said that what it asked for was not done."""


class Told(FallbackStorage):
    """Django's messages; an error among them says that the act of this request was refused."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        """Keep it for the page."""
        if level >= ERROR:
            setattr(self.request, REFUSED, True)
        super().add(level, message, extra_tags)


@dataclass(slots=True)
class Trace:
    """What the audit log has to know and only the view finds out: of which business the thing is, and what an act has
    changed whose address names nothing, as kinds and ids (`store.queries.audited`).

    `is_idle` says that nothing was done, where no error says so: what was sent is no choice, or it was so already.
    `named` is what the thing was called before the act, which may have removed it; `detail` what else is to be told.
    """

    business: int
    changed: list[tuple[str, int]] = field(default_factory=list)
    is_idle: bool = False
    detail: str = ""
    named: dict[tuple[str, int], str] = field(default_factory=dict)


def look(request: HttpRequest, trace: Trace, seats: tuple[Seat, ...]) -> None:
    """Before an act: what is the thing called that it is about? It may be of any business that one belongs to."""
    match = request.resolver_match
    if match is None or request.method != "POST" or match.view_name in NOT_KEPT:
        return
    about, subject = audit.named_in(match.route, match.kwargs)
    if subject is not None:
        trace.named = audited.names((seat.business for seat in seats), [(about, subject)])


def write(request: HttpRequest, answer: HttpResponse, trace: Trace, seats: tuple[Seat, ...], sees_as: str) -> None:
    """The entries of this visit, if it is one to be written down."""
    match = request.resolver_match
    seat = next((each for each in seats if each.business == trace.business), None)
    if match is None or seat is None:
        return
    about, subject = audit.named_in(match.route, match.kwargs)
    noted = Noted(
        business=trace.business,
        member=seat.member,
        name=seat.name,
        act="view",
        what=match.view_name,
        about=about,
        subject=subject,
        seen_as=_whose(match.view_name, trace.business, subject) or sees_as,
        place=place_of(request),
        detail=trace.detail,
    )
    if trace.changed:
        named = audited.names([trace.business], trace.changed)
        audit.note(
            *(
                replace(noted, act="edit", about=kind, subject=id, named=named.get((kind, id), ""))
                for kind, id in trace.changed
            )
        )
    elif not trace.is_idle and (act := _act(request, answer, match.view_name)) is not None:
        audit.note(replace(noted, act=act, named=_called(replace(noted, act=act), trace, match.kwargs)))
    else:
        _write_look(request, answer, noted)


def ends_seeing_as(request: HttpRequest) -> bool:
    """Is this the way back to one's own eyes, or out?"""
    return request.resolver_match is not None and request.resolver_match.view_name == "console:see_as_myself"


def _act(request: HttpRequest, answer: HttpResponse, name: str) -> Audited | None:
    if answer.status_code >= 400 or getattr(request, REFUSED, False):
        return None
    if name in SEEING_AS:
        return "see_as"
    if name in SIGNING_IN:
        return "sign_in"
    if request.method == "POST":
        return None if name in NOT_KEPT else "edit"
    return "export" if "attachment" in answer.headers.get("Content-Disposition", "") else None


def _called(noted: Noted, trace: Trace, told: dict[str, object]) -> str:
    """What the thing is called; of a file that was taken out, which table it holds."""
    if noted.act == "export":
        return str(told.get("kind", ""))
    return trace.named.get((noted.about, noted.subject or 0), "")


def _write_look(request: HttpRequest, answer: HttpResponse, noted: Noted) -> None:
    """Whatever was asked, was an answer given that shows what a customer said?"""
    if request.method == "HEAD" or answer.status_code not in {200, 206, 409}:
        return
    if noted.what == "console:search_rows" and not request.GET.get("q", "").strip():
        noted = replace(noted, what="console:inbox")  # which it shows again; nothing was looked for
    if noted.what in _OF_A_CONVERSATION:
        noted = audit.in_its_conversation(noted)
    if noted.what in OPENED:
        audit.note(replace(noted, what=OPENED[noted.what] or noted.what))
    elif noted.what in LOOKED_THROUGH:
        seen = replace(noted, what=LOOKED_THROUGH[noted.what] or noted.what)
        if noted.what != "console:conversation_live":
            audit.note_look(seen)
        elif request.GET.get("v"):
            audit.note_look(seen, WHILE_IT_IS_OPEN)
        else:
            audit.note(seen)


def _whose(name: str, business: int, subject: int | None) -> str:
    seat = access.seat_of(business, subject) if name == "console:see_as" and subject else None
    return seat.name if seat is not None else ""
