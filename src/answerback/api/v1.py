"""Version 1 of the API: its parts under one address, with one description."""

import json
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from answerback.api import (
    attachments,
    bookable,
    calendar,
    calendars,
    commands,
    contacts,
    conversations,
    crm,
    described,
    desk,
    drafts,
    exports,
    forwarding,
    imports,
    leads,
    learning,
    lines,
    members,
    on_call,
    own_entries,
    playbooks,
    problems,
    reports,
    settings,
    todos,
    videos,
    webhooks,
)
from answerback.api.parsing import WithoutNul

DESCRIPTION = """\
Everything the console can do, for programs of the business. A token belongs to one business and can do what its
scopes say. Lists come in pages, the newest first. Every failure is `application/problem+json`. Moments are ISO 8601
with a zone, amounts are whole cents, phone numbers E.164."""


class Api(NinjaAPI):
    """Ninja's API, described in our words."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, which is unique here."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **_: Any) -> Any:
        """The whole description as plain JSON."""
        plain = super().get_openapi_schema(path_prefix="api/v1/")
        return described.complete(json.loads(json.dumps(plain)))


api = Api(
    title="answerback",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url="",
    docs_url="",
    urls_namespace="v1",
    parser=WithoutNul(),
)
problems.answer_with_problems(api)

PARTS = (
    leads, contacts, imports, conversations, attachments, desk, todos, on_call, calendar, bookable, own_entries,
    calendars, reports, learning, playbooks, drafts, videos, settings, lines, forwarding, members, crm, webhooks,
    exports, commands,
)  # fmt: skip
"""In the order in which the page shows them."""

for part in PARTS:
    api.add_router("", part.router)
