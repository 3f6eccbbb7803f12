"""Webhooks: which programs are told what happens, and what they were told.

A webhook must never be a way around scopes: a token has nothing told, and reads nothing that was told, but what its
other scopes let it read.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.store.queries.told.targets import NOTICES, WEBHOOKS, Notice, Webhook
from answerback.workflow import targets
from answerback.workflow.kinds import KINDS, scope_of
from answerback.workflow.tokens import Caller

router = Router(tags=["Webhooks"])

Url = Annotated[str, Field(max_length=500, pattern=r"^https?://[^\s\u0000]+$")]
Kind = Annotated[str, Field(json_schema_extra={"enum": list(KINDS)}, max_length=40)]
Title = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]


class WhichNotices(Paged):
    """Which notices."""

    webhook: RowId | None = None
    status: Literal["waiting", "sending", "sent", "failed", "held"] | None = None
    kind: Word | None = None
    conversation: RowId | None = None


class WebhookWanted(Asked):
    """Where to tell, and what: kinds of notices, empty for everything."""

    name: Title
    url: Url
    kinds: Annotated[list[Kind], Field(max_length=50)] = []


class WebhookMade(Asked):
    """The webhook and the secret that signs its notices, shown this once."""

    webhook: Webhook
    secret: str


class SwitchedOn(Asked):
    """Whether what was held or given up meanwhile is sent too."""

    with_held: bool = True


class Replayed(Asked):
    """How many notices are sent again."""

    notices: int


@reads(router, "/webhooks", "webhooks:read", page_of(Webhook))
def list_webhooks(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """Who is told what happens."""
    return page(WEBHOOKS, request.auth.business, paged)


@reads(router, "/webhooks/{int:id}", "webhooks:read", Webhook)
def get_webhook(request: ApiRequest, id: Id) -> Webhook:
    """One webhook, with how it is doing."""
    return WEBHOOKS.one(request.auth.business, id)


@acts(router, "/webhooks", "webhooks:write", WebhookMade, status=201)
def add_webhook(request: ApiRequest, wanted: WebhookWanted) -> dict[str, object]:
    """Tell a program what happens from now on, by the Standard Webhooks specification.

    A token can have told what its scopes let it read: `leads:read` for leads and revenue, `conversations:read` for
    texts, calls, to-dos and pages, and so on.
    """
    _within_scopes(request.auth, wanted.kinds or KINDS)
    row, secret = targets.add(request.auth.business, _wanted(wanted))
    return {"webhook": WEBHOOKS.one(request.auth.business, row.id), "secret": secret}


@acts(router, "/webhooks/{int:id}", "webhooks:write", Webhook, method="PUT")
def change_webhook(request: ApiRequest, id: Id, wanted: WebhookWanted) -> Webhook:
    """Change where it is and what it hears. The token must be able to read what it hears now, too."""
    row = WEBHOOKS.one(request.auth.business, id)
    _within_scopes(request.auth, targets.hears(row.id).union(wanted.kinds or KINDS))
    targets.change(row.id, _wanted(wanted))
    return WEBHOOKS.one(request.auth.business, id)


@acts(router, "/webhooks/{int:id}", "webhooks:write", None, method="DELETE", status=204)
def remove_webhook(request: ApiRequest, id: Id) -> None:
    """Forget a webhook, and what waits for it."""
    targets.remove(WEBHOOKS.one(request.auth.business, id).id)


@acts(router, "/webhooks/{int:id}/rotate-secret", "webhooks:write", WebhookMade)
def rotate_webhook_secret(request: ApiRequest, id: Id) -> dict[str, object]:
    """Make a new secret. For a day notices carry a signature by the old one too."""
    row = WEBHOOKS.one(request.auth.business, id)
    return {"webhook": row, "secret": targets.rotate(row.id)}


@acts(router, "/webhooks/{int:id}/test", "webhooks:write", Notice, status=201)
def test_webhook(request: ApiRequest, id: Id) -> Notice:
    """Send a test notice. Ask for the notice again to see what came of it."""
    made = targets.try_out(WEBHOOKS.one(request.auth.business, id).id)
    return NOTICES.one(request.auth.business, made.id)


@acts(router, "/webhooks/{int:id}/switch-off", "webhooks:write", Webhook)
def switch_webhook_off(request: ApiRequest, id: Id) -> Webhook:
    """Tell it nothing for a while; what happens is held for 30 days."""
    targets.switch_off(WEBHOOKS.one(request.auth.business, id).id)
    return WEBHOOKS.one(request.auth.business, id)


@acts(router, "/webhooks/{int:id}/switch-on", "webhooks:write", Webhook)
def switch_webhook_on(request: ApiRequest, id: Id, switched: SwitchedOn) -> Webhook:
    """Tell it again."""
    targets.switch_on(WEBHOOKS.one(request.auth.business, id).id, with_held=switched.with_held)
    return WEBHOOKS.one(request.auth.business, id)


@acts(router, "/webhooks/{int:id}/replay-failed", "webhooks:write", Replayed)
def replay_failed_notices(request: ApiRequest, id: Id) -> dict[str, int]:
    """Send everything again that was given up."""
    return {"notices": targets.replay_failed(WEBHOOKS.one(request.auth.business, id).id)}


@reads(router, "/notices", "webhooks:read", page_of(Notice))
def list_notices(request: ApiRequest, which: Query[WhichNotices]) -> dict[str, object]:
    """What webhooks were told in the last 30 days, the newest first; `body` is empty for what the token may not see."""
    only = {
        "webhook": which.webhook,
        "status": which.status,
        "kind": which.kind,
        "conversation": which.conversation,
    }
    found = page(NOTICES, request.auth.business, which, **only)
    return found | {"items": [_readable(request.auth, each) for each in found["items"]]}


@reads(router, "/notices/{int:id}", "webhooks:read", Notice)
def get_notice(request: ApiRequest, id: Id) -> Notice:
    """One notice with every try; `body` is empty where the token may not read it."""
    return _readable(request.auth, NOTICES.one(request.auth.business, id))


@acts(router, "/notices/{int:id}/replay", "webhooks:write", Notice)
def replay_notice(request: ApiRequest, id: Id) -> Notice:
    """Send a notice again as it was, under its own name."""
    targets.replay(NOTICES.one(request.auth.business, id).id)
    return _readable(request.auth, NOTICES.one(request.auth.business, id))


def _wanted(wanted: WebhookWanted) -> targets.Wanted:
    return targets.Wanted(name=wanted.name, url=wanted.url, kinds=wanted.kinds)


def _within_scopes(caller: Caller, kinds: Iterable[str]) -> None:
    lacking = sorted({scope_of(kind) for kind in kinds if not caller.may(scope_of(kind))})
    if lacking:
        said = f"What this webhook hears can be read with {', '.join(lacking)}, which the token has not."
        raise Problem(403, "scope", f"{said} Name fewer kinds, or use a token with more scopes.")


def _readable(caller: Caller, notice: Notice) -> Notice:
    return notice if caller.may(scope_of(notice.kind)) else replace(notice, body="")
