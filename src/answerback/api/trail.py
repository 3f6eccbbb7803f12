"""What programs change and take out goes into the audit log, in the name of their token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from answerback.api.door import let_in
from answerback.api.problems import Problem
from answerback.store import ids
from answerback.store.queries import audited
from answerback.workflow import audit
from answerback.workflow.audit import Audited, Noted

View = Callable[..., HttpResponseBase]


def noted(act: Audited, operation: str) -> Callable[[View], View]:
    """The same operation, with an entry in the audit log where it was done; of looks, one an hour at the same thing."""

    def around(run: View) -> View:
        @wraps(run)
        def written(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            called = _called(request, kwargs) if act == "edit" else ""
            answer = run(request, *args, **kwargs)
            if answer.status_code < 300 and request.META["REQUEST_METHOD"] != "HEAD":  # who asks so takes nothing out
                _write(request, act, operation, kwargs, called)
            return answer

        return written

    return around


def _called(request: HttpRequest, given: dict[str, Any]) -> str:
    """What the thing is called before the act, which may remove it."""
    about, subject = _about(request, given)
    if subject is None or not 1 <= subject <= ids.MOST:
        return ""
    try:
        names = audited.names(let_in(request).business, [(about, subject)])
    except Problem:  # the operation says it
        return ""
    return names.get((about, subject), "")


def _about(request: HttpRequest, given: dict[str, Any]) -> tuple[str, int | None]:
    return audit.named_in(request.resolver_match.route if request.resolver_match else "", given)


def _write(request: HttpRequest, act: Audited, operation: str, given: dict[str, Any], called: str) -> None:
    caller = let_in(request)
    about, subject = _about(request, given)
    if subject is None and (asked := ids.read(request.GET.get("conversation"))) is not None:
        about, subject = "conversation", asked
    entry = Noted(
        business=caller.business,
        member=caller.actor.member,
        name=caller.actor.name,
        act=act,
        what=f"api:{operation}",
        about=about,
        subject=subject,
        named=called,
    )
    if act == "view":
        audit.note_look(entry)
    else:
        audit.note(entry)
