"""Everything of one kind in one answer: a line of JSON for each row, however many there are.

Rows are read some at a time while they are sent, so that a large export needs little memory.
"""

from collections.abc import Iterator
from typing import Any, Literal, get_args

import msgspec
from django.http import StreamingHttpResponse
from ninja import Router
from ninja.decorators import decorate_view

from answerback.api.door import ApiRequest, Token
from answerback.api.trail import noted
from answerback.store.queries.told.leads import LEADS, REVENUE
from answerback.store.queries.told.listing import Listing
from answerback.store.queries.told.people import CONTACTS, OPT_OUTS
from answerback.store.queries.told.talk import CALLS, CONVERSATIONS, MESSAGES, RECEIPTS
from answerback.store.queries.told.work import APPOINTMENTS, TODOS

router = Router(tags=["Exports"])

Kind = Literal[
    "leads", "revenue", "contacts", "opt-outs", "conversations", "messages", "calls", "receipts", "todos",
    "appointments",
]  # fmt: skip

LISTINGS: dict[str, Listing[Any]] = {
    "leads": LEADS,
    "revenue": REVENUE,
    "contacts": CONTACTS,
    "opt-outs": OPT_OUTS,
    "conversations": CONVERSATIONS,
    "messages": MESSAGES,
    "calls": CALLS,
    "receipts": RECEIPTS,
    "todos": TODOS,
    "appointments": APPOINTMENTS,
}
assert set(LISTINGS) == set(get_args(Kind))

AT_A_TIME = 1000
CONTENT_TYPE = "application/x-ndjson"

_encode = msgspec.json.Encoder().encode

_ANSWER = {"200": {"description": "OK", "content": {CONTENT_TYPE: {"schema": {"type": "string"}}}}}


@router.get(
    "/exports/{kind}",
    auth=Token("export:read"),
    openapi_extra={"x-scope": "export:read", "responses": _ANSWER},
)
@decorate_view(noted("export", "export_rows"))
def export_rows(request: ApiRequest, kind: Kind) -> StreamingHttpResponse:
    """All rows of one kind, the newest first, as JSON Lines: the same shapes as in the lists."""
    lines = _lines(LISTINGS[kind], request.auth.business)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.ndjson"'}
    return StreamingHttpResponse(lines, content_type=CONTENT_TYPE, headers=headers)


def _lines(listing: Listing[Any], business: int) -> Iterator[bytes]:
    before: int | None = None
    while rows := listing.page(business, {}, before=before, rows=AT_A_TIME):
        yield b"".join(_encode(row) + b"\n" for row in rows)
        before = rows[-1].id
