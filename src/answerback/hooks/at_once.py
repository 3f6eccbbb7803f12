"""What most reports of a phone need, without a thread of their own: read, verified and sorted where they arrive.

It answers nothing by itself but a report that is kept. What is not quite ordinary (a forged one, a call we placed, a
connection that must be looked up, a provider nobody knows) is left to `hooks.views`, which does all of it anew.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils.encoding import iri_to_uri

from answerback.hooks.views import form_of
from answerback.ports.connection import Request
from answerback.workflow import intake, traces
from answerback.workflow.intake import Ready

HOOKS = "/hooks/"

LARGEST = 32 * 1024
"""Bytes of a body that is read here: nobody else is served meanwhile."""

_ADDRESS = re.compile(r"/hooks/([-a-zA-Z0-9_]+)/([0-9]{1,18})/([-a-zA-Z0-9_]+)")


def looked_at(path: str, query: str, headers: Sequence[tuple[str, str]], body: bytes) -> Ready | None:
    """A POST at a hook's path, as what is to be kept of it; None where `hooks.views` must see it.

    `path` is decoded, `query` as it came, the names of `headers` are in lower case.
    """
    # Where calls are traced a report takes the way that has a step for it.
    address = None if traces.told() or not settings.PUBLIC_URL else _ADDRESS.fullmatch(path)
    if address is None:
        return None
    provider, connection, what = address.groups()
    named = dict(headers)
    if len(named) != len(headers):  # one came twice
        return None
    asked = f"?{iri_to_uri(query)}" if query else ""
    try:
        request = Request(
            method="POST",
            url=f"{settings.PUBLIC_URL}{path}{asked}",
            what=what,
            headers=named,
            body=body,
            query=tuple(parse_qsl(query, keep_blank_values=True)),
            form=form_of(named.get("content-type", ""), body),
        )
        return intake.ready(provider, int(connection), request)
    except Exception:  # noqa: BLE001  refused or broken: a thread meets it again, and says what it is
        return None
