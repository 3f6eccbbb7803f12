"""The part of the set-up in which a provider is told where to send a line's calls and texts: by us, or by a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings as installation
from django.contrib import messages
from django.utils.translation import gettext as _

from answerback.console import words
from answerback.console.guard import Visit
from answerback.console.lines import by_hand, point, pointed
from answerback.console.set_up.begin import Wrong
from answerback.ports.errors import PortError
from answerback.ports.registry import phone_if_installed
from answerback.ports.setup import SetsUpNumbers, ToldByHand
from answerback.store import ids, models
from answerback.store.secrets import unseal
from answerback.workflow import directory, set_up
from answerback.workflow.actors import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What the provider of one line has to know: our press tells it, or a person enters `address` there.

    `asks` is what the secret is called that it shows then, empty where it is kept or there is none.
    """

    line: int
    number: str
    title: str
    is_done: bool
    address: str = ""
    says: str = ""
    asks: str = ""


def show(row: models.Business, lines: Iterable[models.Line]) -> dict[str, Any]:
    """The providers of these lines that have to know something, and whether they can reach us at all."""
    return {"providers": list(_providers(row, lines)), "reachable": bool(installation.PUBLIC_URL)}


def keep(visit: Visit) -> bool:
    """Tell the provider, or keep the secret it showed, and the step stays; else on. Raises `Wrong`."""
    given = visit.request.POST
    if "line" not in given:
        return False
    wanted = ids.read(given["line"])
    line = next((each for each in set_up.lines(visit.seat.business) if each.id == wanted), None)
    if line is None:
        raise Wrong(_("This line is gone. Choose another one."))
    if "secret" in given:
        _keep_secret(line, given["secret"].strip())
        messages.success(visit.request, _("Saved."))
        return True
    try:
        changes = point(line, does=True)
    except (PortError, NotAllowed) as problem:
        raise Wrong(problem.detail if isinstance(problem, PortError) else str(problem)) from None
    set_up.told(visit.seat.business, line.id)
    messages.success(visit.request, pointed(line, changes))
    return True


def _providers(row: models.Business, lines: Iterable[models.Line]) -> Iterator[Provider]:
    for line in lines:
        adapter: object = phone_if_installed(line.connection.provider)
        who: dict[str, Any] = {
            "line": line.id,
            "number": words.number(line.number),
            "title": getattr(adapter, "title", ""),
        }
        if isinstance(adapter, SetsUpNumbers):
            yield Provider(**who, is_done=line.id in (row.set_up or {}).get("told", ()))
        elif isinstance(adapter, ToldByHand):
            kept = unseal(line.connection.sealed)
            labels = {each.name: each.label for each in adapter.settings if not kept.get(each.name)}
            asks = labels.get(adapter.hook_secret, "")
            done = bool(adapter.hook_secret) and not asks
            yield Provider(**who, is_done=done, address=by_hand(line, adapter), says=adapter.hook_says, asks=asks)


def _keep_secret(line: models.Line, secret: str) -> None:
    adapter: object = phone_if_installed(line.connection.provider)
    if not isinstance(adapter, ToldByHand) or not adapter.hook_secret or not secret:
        raise Wrong(_("Paste what the provider shows for the webhook."), "secret")
    set_up.keep_setting(line, adapter.hook_secret, secret)
    directory.forget()
