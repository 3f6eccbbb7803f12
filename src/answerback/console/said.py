"""Says what was done, and offers to take it back: the words of a toast, and a signed undo in it."""

from dataclasses import replace
from typing import get_args
from urllib.parse import urlencode, urlsplit

import msgspec
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from answerback.console.guard import Visit, came_from, seated
from answerback.store.queries.access import NotYours
from answerback.store.queries.inbox import Tab
from answerback.store.queries.search_words import LONGEST
from answerback.workflow import audit, saved, undoing
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Left, Undo

SALT = "answerback.undo"
UNDONE_WITHIN = 3600
"""Seconds. Later the world has moved on, and a person says anew what they want."""

LEFT: dict[Left, Promise] = {
    "told_of_a_call": gettext_lazy(
        "The customer has been told already that they are called. Others are woken to do so."
    ),
    "texted": gettext_lazy(
        "The customer has been texted because of it already, so the lead stays. Write to them or mark the outcome."
    ),
    "told_of_the_time": gettext_lazy("The customer has the confirmation already, so a text tells them that it is off."),
}
"""What is said of what cannot be taken back."""


def done(request: HttpRequest, words: str, undo: Undo | None = None) -> None:
    """Say that something was done; with `undo` the toast has a button that takes it back.

    An undo of a form bears the form's name, by which the audit log knows who saved it since.
    """
    if undo is not None and undo.act in saved.ACTS and (match := request.resolver_match) is not None:
        undo = replace(undo, fields=(match.view_name,))
    signed = signing.dumps(msgspec.json.encode(undo).decode(), salt=SALT) if undo else ""
    messages.success(request, words, extra_tags=signed)


def done_or_so_already(visit: Visit, words: str, undo: Undo | None, already: str) -> None:
    """Say that something was done, with the way back; without one that it was so `already`, which the audit log is not
    told.
    """
    if undo is not None:
        done(visit.request, words, undo)
        return
    visit.trace.is_idle = True
    unchanged = _("Nothing was changed.")
    messages.info(visit.request, f"{already} {unchanged}")


def refused(request: HttpRequest, problem: Exception) -> None:
    """Say why something was not done: a `NotAllowed`, or what was written cannot be read."""
    messages.error(request, str(problem))


def is_ours(address: str) -> bool:
    """Is it an address of a page of ours, which names no host?"""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def back(visit: Visit, otherwise: str) -> HttpResponse:
    """To the page of ours a form names as `back`, else to this address."""
    wanted = visit.request.POST.get("back", "")
    ours = is_ours(wanted)
    return redirect(wanted if ours else otherwise)


def tab(request: HttpRequest) -> str:
    """The tab of the inbox that somebody looks at, by the address of their page, or of the one they act from."""
    return name if (name := _of_the_page(request).get("tab", "")) in get_args(Tab) else ""


def find(request: HttpRequest) -> str:
    """What somebody looks for in the list beside a conversation, likewise."""
    return _of_the_page(request).get("find", "").replace("\0", "")[:LONGEST]


def _of_the_page(request: HttpRequest) -> QueryDict:
    return request.GET if request.method == "GET" else QueryDict(urlsplit(came_from(request)).query)


def talk(request: HttpRequest, conversation: int) -> str:
    """The address of a conversation after an act, with the tab of the inbox they look at, or what they look for."""
    beside = {name: value for name, value in (("tab", tab(request)), ("find", find(request))) if value}
    return reverse("console:conversation", args=[conversation]) + (f"?{urlencode(beside)}" if beside else "")


def go(request: HttpRequest, name: str, **about: object) -> HttpResponse:
    """On to another page: by the page's script where it asked, so that Back leads to a page and never to a form that
    was sent.
    """
    return on(request, reverse(name, kwargs=about))


def on(request: HttpRequest, address: str) -> HttpResponse:
    """Likewise, to this address of ours."""
    by_script = request.headers.get("HX-Request")
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if by_script else redirect(address)


@require_POST
@seated
def undo(visit: Visit) -> HttpResponse:
    """Take back what a toast offers to take back. 404 for what belongs to another business."""
    asked = _read(visit.request.POST.get("undo", ""))
    if asked is None:
        messages.error(visit.request, _("It is too late to take this back. Change it on the page instead."))
        return _where_they_were(visit)
    try:
        there = visit.at(asked.business)
        if (right := undoing.RIGHTS.get(asked.act)) and not there.may(right):
            raise NotYours
        left = undoing.undo(asked, there.actor)
        _trace(visit, asked)
        messages.success(visit.request, _("Taken back."))
        for each in left:
            messages.warning(visit.request, str(LEFT[each]))
        if asked.act in saved.ACTS and (above := _ABOVE.get(saved.made(asked))):
            return redirect(above)
    except NotAllowed as problem:
        refused(visit.request, problem)
    return _where_they_were(visit)


_ABOVE = {"location": "console:settings"}
"""The page above that of a thing, which is gone with it."""


def _trace(visit: Visit, asked: Undo) -> None:
    """What the audit log is told of what was taken back."""
    changed: dict[tuple[str, int], None] = {}
    for each in asked.steps():
        kind, roles = saved.about(each) if each.act in saved.ACTS else (audit.UNDONE.get(each.act, ""), "")
        changed |= dict.fromkeys((kind, id) for id in each.things())
        visit.trace.detail = roles or visit.trace.detail
    visit.trace.changed += changed


def _read(signed: str) -> Undo | None:
    """What a toast wants taken back; None where it is too old, ours no more, or drawn before an upgrade."""
    try:
        asked = msgspec.json.decode(signing.loads(signed, salt=SALT, max_age=UNDONE_WITHIN), type=Undo)
    except (signing.BadSignature, msgspec.DecodeError):
        return None
    return None if undoing.is_outdated(asked) else asked


def _where_they_were(visit: Visit) -> HttpResponse:
    """The page the toast stood on, which the browser names."""
    return redirect(came_from(visit.request) or "console:today")
