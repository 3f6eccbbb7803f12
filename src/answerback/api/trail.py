"""What programs change and take out goes into the audit log, in the name of their token."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from answerback.api.door import let_in
from answerback.api.problems import Problem
from answerback.store import ids
from answerback.store.queries import audited
from answerback.workflow import audit
from answerback.workflow.audit import Audited, Noted
from answerback.workflow.where_from import place_of

View = Callable[..., HttpResponseBase]
Thing = tuple[str, int | None]
"""The kind and the id of what was asked about; without an id there is none."""


def noted(act: Audited, operation: str) -> Callable[[View], View]:
    """The same operation, with an entry in the audit log where it was done; of looks, one an hour at the same thing."""

    def around(run: View) -> View:
        @wraps(run)
        def written(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            thing = _thing(request, kwargs)
            try:
                named = _named(request, *thing) if act == "edit" else ""  # what is removed has no name afterwards
            except Problem as problem:
                return problem.answer()
            answer = run(request, *args, **kwargs)
            if answer.status_code < 300 and request.META["REQUEST_METHOD"] != "HEAD":  # who asks so takes nothing out
                if act == "edit" and thing[1] is None:
                    thing = _made(request, answer)
                named = str(kwargs.get("kind", "")) if act == "export" else named or _named(request, *thing)
                _write(request, act, operation, thing, named)
            return answer

        return written

    return around


def _thing(request: HttpRequest, given: dict[str, Any]) -> Thing:
    """What the address, or what was asked, is about."""
    about, subject = audit.named_in(request.resolver_match.route if request.resolver_match else "", given)
    if subject is None and (asked := ids.read(request.GET.get("conversation"))) is not None:
        return "conversation", asked
    return about, subject


def _made(request: HttpRequest, answer: HttpResponseBase) -> Thing:
    """What was made at an address that names a list, as the answer says: the thing itself, or it beside its secret."""
    about = audit.kind_of(request.path.rpartition("/")[2])
    if not about or not isinstance(answer, HttpResponse) or not answer.content:
        return "", None
    body = json.loads(answer.content)
    told = [body, *body.values()] if isinstance(body, dict) else []
    found = (each["id"] for each in told if isinstance(each, dict) and isinstance(each.get("id"), int))
    id = next(found, None)
    return (about, id) if id is not None else ("", None)


def _named(request: HttpRequest, about: str, subject: int | None) -> str:
    """What the business calls it; nothing for what is a customer's."""
    if subject is None or not 1 <= subject <= ids.MOST:
        return ""
    return audited.names([let_in(request).business], [(about, subject)]).get((about, subject), "")


def _write(request: HttpRequest, act: Audited, operation: str, thing: Thing, named: str) -> None:
    caller = let_in(request)
    entry = Noted(
        business=caller.business,
        member=caller.actor.member,
        name=caller.actor.name,
        act=act,
        what=f"api:{operation}",
        about=thing[0],
        subject=thing[1],
        named=named,
        place=place_of(request),
        detail=getattr(request, audit.DETAIL, ""),
    )
    if act == "view":
        audit.note_look(entry)
    else:
        audit.note(entry)
