"""Asks the served WSGI application for pages as somebody who is signed in, and looks at the plans behind them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.crypto import get_random_string

from answerback.console.brand import BUSINESS
from answerback.store import models
from answerback.workflow.set_up import STEPS


class Browser:
    """One person's browser, without a network between it and the application; they look at the first business."""

    def __init__(self, email: str) -> None:
        from answerback.server.wsgi import application  # noqa: PLC0415  importing it starts what is served

        client = Client(SERVER_NAME="localhost")
        client.force_login(models.User.objects.get(email=email))
        session = client.session
        self.business = models.Business.objects.order_by("id")[0].id
        session[BUSINESS] = self.business
        session.save()
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        token = get_random_string(32)
        self._http = httpx.Client(
            transport=httpx.WSGITransport(app=application),
            base_url="http://localhost",
            cookies={settings.SESSION_COOKIE_NAME: cookie, settings.CSRF_COOKIE_NAME: token},
            headers={"X-CSRFToken": token},
        )

    def get(self, address: str) -> httpx.Response:
        """What the application answers."""
        return self._http.get(address)

    def post(self, address: str, fields: dict[str, Any]) -> httpx.Response:
        """What the application answers to a form."""
        return self._http.post(address, data=fields)

    def watched(self, wrapper: Any) -> AbstractContextManager[None]:
        """While this lasts, `wrapper` sees each statement."""
        watching: AbstractContextManager[None] = connection.execute_wrapper(wrapper)
        return watching

    def scans(self, asked: Iterable[tuple[str, Any, float]], big: int) -> set[str]:
        """Tables of more than `big` rows that a plan of these statements reads row after row."""
        found: set[str] = set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [big])
            tables = {row[0] for row in cursor.fetchall()}
            for sql, params, _ in asked:
                if sql.lstrip().upper().startswith(("SELECT", "WITH")):
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                    plan = cursor.fetchone()[0]
                    found |= {
                        node["Relation Name"]
                        for node in _nodes(plan[0]["Plan"])
                        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables
                    }
        return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def addresses(business: int | None = None) -> list[tuple[str, str]]:
    """Every address of the console by its name, about rows of this business, the newest one where none is said, and
    what the daily pages are asked.
    """
    of = business or models.Business.objects.order_by("-id")[0].id
    found = [(name, _filled(name, pattern, of)) for name, pattern in named()]
    return sorted((name, address) for name, address in [*found, *_ASKED] if name.startswith("console:"))


def named() -> list[tuple[str, str]]:
    """Every address by its name, as it is written down: `c/<int:id>`."""
    return list(_walk(get_resolver().url_patterns, "", ""))


_ASKED = [
    *[(f"console:set_up_step {step}", f"/set-up/{step}") for step in STEPS if step != "hours"],
    *[(f"console:inbox {tab}", f"/inbox?tab={tab}") for tab in ("needs", "mine", "all", "done")],
    *[
        (f"console:inbox {number} this week", f"/inbox?number={number}&span=week")
        for number in ("captured", "replied", "sold")
    ],
    ("console:inbox all, a year ago", "/inbox?tab=all&before=2025-11-01T00:00:00%2B00:00"),
    ("console:inbox done, a year ago", "/inbox?tab=done&before=2025-11-01T00:00:00%2B00:00"),
    ("console:leads list", "/leads?as=list"),
    ("console:leads list, a year ago", "/leads?as=list&before=2025-11-01T00:00:00%2B00:00"),
    ("console:leads, due", "/leads?late=1"),
    ("console:leads list, due", "/leads?as=list&late=1"),
    ("console:leads, of nobody", "/leads?owner=nobody"),
    ("console:leads, rare", "/leads?service=nothing&as=list"),
    ("console:leads, emergencies", "/leads?urgency=emergency&service=drain"),
    ("console:leads list, lost, rare", "/leads?as=list&status=lost&service=nothing"),
    ("console:calls missed", "/calls?verdict=missed"),
    ("console:calls answered", "/calls?verdict=answered"),
    ("console:contacts maria", "/contacts?q=maria"),
    ("console:contacts maria garcia", "/contacts?q=maria+garcia"),
    ("console:contacts a number", "/contacts?q=915+0000123"),
    ("console:contacts four digits", "/contacts?q=0123"),
    ("console:reports:show a year", "/reports/?days=365&by=service"),
]


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", here
        elif isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, here, space + (f"{each.namespace}:" if each.namespace else ""))


_TABLES: dict[str, Any] = {
    "c/": models.Conversation,
    "contacts/": models.Contact,
    "lines/": models.Line,
    "playbooks/versions/": models.PlaybookVersion,
}
"""Of these the newest row of the business is asked for, of others the one that `seed.one_each` made."""


def _filled(name: str, pattern: str, business: int) -> str:
    """The address about a row of this business, of the table it means."""
    table = next((table for start, table in _TABLES.items() if pattern.startswith(start)), None)
    row = table.objects.filter(business=business).order_by("-id").first() if table else None
    words = {"console:edit_playbook": "greet", "console:set_up_step": "hours"}
    pattern = re.sub(r"<int:\w+>", str(row.pk if row else 0 if table else business), pattern)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", words.get(name, "x"), pattern)
