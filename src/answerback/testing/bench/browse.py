"""Asks the served WSGI application for pages: as somebody who is signed in, as a program, as who was given a link."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.conf import settings
from django.db.models import Count
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.crypto import get_random_string

from answerback.console.brand import BUSINESS
from answerback.store import models
from answerback.workflow import clock, feeds, people, sharing, tokens, video_links
from answerback.workflow import links as booking_links
from answerback.workflow.actors import Actor
from answerback.workflow.set_up import STEPS

TOO_MANY = 429


def served() -> Any:
    """The application of a web process: importing it starts what runs beside the pages, for good."""
    from answerback.server.wsgi import application  # noqa: PLC0415  see above

    return application


class Visitor:
    """Who is not signed in, with these headers and cookies, and without a network between them and the application."""

    def __init__(self, headers: dict[str, str] | None = None, cookies: dict[str, str] | None = None) -> None:
        transport = httpx.WSGITransport(app=served())
        self._http = httpx.Client(transport=transport, base_url="http://localhost", cookies=cookies, headers=headers)

    def get(self, address: str) -> httpx.Response:
        """What the application answers."""
        return self._http.get(address)

    def post(self, address: str, fields: dict[str, Any]) -> httpx.Response:
        """What the application answers to a form."""
        return self._http.post(address, data=fields)


class Browser(Visitor):
    """One signed-in person's browser; they look at the first business."""

    def __init__(self, email: str) -> None:
        client = Client(SERVER_NAME="localhost")
        client.force_login(models.User.objects.get(email=email))
        session = client.session
        self.business = models.Business.objects.order_by("id")[0].id
        session[BUSINESS] = self.business
        session.save()
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        token = get_random_string(32)
        cookies = {settings.SESSION_COOKIE_NAME: cookie, settings.CSRF_COOKIE_NAME: token}
        super().__init__({"X-CSRFToken": token}, cookies)


class Program(Visitor):
    """A program of this business, with another token whenever one has asked as often as it may."""

    def __init__(self, business: int) -> None:
        self._business = business
        super().__init__()
        self._http.headers["Authorization"] = f"Bearer {token_of(business)}"

    def get(self, address: str) -> httpx.Response:
        """What the application answers."""
        answer = super().get(address)
        if answer.status_code == TOO_MANY:
            self._http.headers["Authorization"] = f"Bearer {token_of(self._business)}"
            answer = super().get(address)
        return answer


def token_of(business: int) -> str:
    """A new token of this business that may do everything."""
    owner = models.Member.objects.filter(business=business, role="owner", left_at=None).order_by("id")[0]
    _row, secret = tokens.make(business, owner.id, "Bench", list(tokens.SCOPES))
    return secret


def addresses(business: int | None = None) -> list[tuple[str, str]]:
    """Every address of the console by its name, about rows of this business, the newest one where none is said, and
    what the daily pages are asked.
    """
    of = business or models.Business.objects.order_by("-id")[0].id
    found = [(name, _filled(name, pattern, of)) for name, pattern in named()]
    asked = [*found, *_ASKED, *_whose(of)]
    return sorted((name, address) for name, address in asked if name.startswith("console:"))


def others(business: int) -> list[tuple[str, str]]:
    """Every other page of who is signed in, by its name: their account, their second step."""
    found = [(name, _filled(name, pattern, business)) for name, pattern in named()]
    return sorted((name, address) for name, address in found if name.startswith(("account_", "mfa_", "social")))


def links(business: int) -> list[tuple[str, str]]:
    """What people open who are not signed in, by its name: made for them, as the product makes it."""
    now = clock.now()
    talks = models.Conversation.objects.filter(business=business, ended_at=None).order_by("-id")
    talk = talks.filter(phase__in=("learning", "offered"), appointments=None)[0].id
    visits = models.Appointment.objects.filter(business=business, status="booked", conversation__ended_at=None)
    booked = visits.order_by("-id").values_list("conversation", flat=True)[0]
    staff = models.Member.objects.filter(business=business, user=None, left_at=None).order_by("id")[0]
    staff.email = staff.email or "new@example.com"
    video = models.Video.objects.filter(business=business).order_by("id")[0].id
    shared = sharing.share(business, Actor(member=staff.id, name=staff.name), days=28, lives=timedelta(days=1))
    report = next(each for each in sharing.standing(business) if each.id == shared).address
    watch = video_links.token(talk, video, now + timedelta(days=1))
    return [
        ("booking:choose", f"/b/{booking_links.token(talk, now)}"),
        ("booking:choose booked", f"/b/{booking_links.token(booked, now)}"),
        ("booking:choose another time", f"/b/{booking_links.token(booked, now)}?move=1"),
        ("booking:calendar_file", f"/b/{booking_links.token(booked, now)}/appointment.ics"),
        ("console:feed", f"/calendars/feeds/{feeds.make(staff.id)}.ics"),
        ("console:join", f"/join/{people.make_link(staff)}"),
        ("console:sign_in", "/sign-in"),
        ("shared_report", urlsplit(report).path),
        ("watch:captions", f"/v/{watch}/captions.vtt"),
        ("watch:show", f"/v/{watch}"),
        *[(name, f"/{pattern}") for name, pattern in named() if name.startswith("account_") and "(" not in pattern],
    ]


def operations(business: int) -> list[tuple[str, str]]:
    """What a program may read, by its name, about rows of this business: each list as it is, and by each filter."""
    from answerback.api.v1 import api  # noqa: PLC0415  it reads every part of the API

    reading = {
        each["get"]["operationId"]: [one for one in each["get"].get("parameters", ()) if one["in"] == "query"]
        for each in api.get_openapi_schema()["paths"].values()
        if "get" in each
    }
    found = []
    for name, pattern in named():
        if name.startswith("api:") and name[4:] in reading:
            address = _filled(name, pattern, business)
            found += [(name + said, address + query) for said, query in _queries(reading[name[4:]], business)]
    return sorted(found)


def _queries(parameters: list[Any], business: int) -> Iterator[tuple[str, str]]:
    """What an operation is asked: what it must be, then by each filter."""
    must = [f"{each['name']}={_answer(each, business)[-1]}" for each in parameters if each.get("required")]
    yield "", "?" + "&".join(must) if must else ""
    for each in parameters:
        if each["name"] != "cursor" and not each.get("required"):
            for value in _answer(each, business):
                said = f"{each['name']}={value}"
                yield f" {said}", "?" + "&".join([*must, said])


def _answer(parameter: dict[str, Any], business: int) -> list[Any]:
    """Values of a filter: each there is to choose from, or what the newest rows hold."""
    name, plain = parameter["name"], parameter["schema"]
    plain = next((each for each in plain.get("anyOf", ()) if each.get("type") != "null"), plain)
    if "enum" in plain:
        return list(plain["enum"])
    if plain.get("type") == "boolean":
        return ["true", "false"]
    talk = models.Conversation.objects.filter(business=business).select_related("contact").order_by("-id")[0]
    day = timedelta(days=1)
    known: dict[str, list[Any]] = {
        "limit": [200],
        "conversation": [talk.id],
        "contact": [talk.contact_id],
        "number": [quote(talk.contact.number)],
        "lead": [talk.leads.values_list("id", flat=True)[0]],
        "email": ["customer7@example.com"],
        "ring_seconds": [20],
    }
    if plain.get("format") == "date":
        return [(talk.last_at + (day if name == "until" else -28 * day)).date()]
    if plain.get("format") == "date-time":
        return [quote((talk.last_at - days * day).isoformat()) for days in (1, 365)]
    if name in known:
        return known[name]
    if plain.get("type") == "integer":
        return [1]
    return ["x"]


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
    ("console:search, in every eighth text", "/find?q=heater"),
    ("console:search, in no text", "/find?q=zanzibar"),
    ("console:search, two words in no text together", "/find?q=heater+mill"),
    ("console:search, while somebody types", "/find/rows?q=he"),
    ("console:search, a number", "/find?q=915+0000123"),
    ("console:search, older", "/find?q=heater&behind=1000000.0.0"),
    ("console:search, further back", "/find?q=zanzibar&behind=1000000.0.0"),
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
    ("console:calls noise", "/calls?verdict=noise"),
    ("console:contacts maria", "/contacts?q=maria"),
    ("console:contacts maria garcia", "/contacts?q=maria+garcia"),
    ("console:contacts a number", "/contacts?q=915+0000123"),
    ("console:contacts four digits", "/contacts?q=0123"),
    ("console:reports:show a year", "/reports/?days=365&by=service"),
]


def _whose(business: int) -> Iterator[tuple[str, str]]:
    """The leads of the member who has most of them and of the one who has least, by each other filter too."""
    owned = dict(models.Lead.objects.filter(business=business).values_list("owner").annotate(Count("id")))
    members = models.Member.objects.filter(business=business, left_at=None).order_by("id").values_list("id", flat=True)
    by_leads = sorted(members, key=lambda member: owned.get(member, 0))
    line = models.Line.objects.filter(business=business).order_by("id").values_list("id", flat=True)[0]
    for who, member in (("most", by_leads[-1]), ("least", by_leads[0])):
        for said, query in _WITH_AN_OWNER.items():
            yield f"console:leads of who has {who}{said}", f"/leads?owner={member}{query.format(line=line)}"


_WITH_AN_OWNER = {
    "": "",
    ", due": "&late=1",
    ", emergencies": "&urgency=emergency",
    ", busy": "&reason=busy",
    ", of one line": "&line={line}",
    ", list": "&as=list",
    ", list, due": "&as=list&late=1",
    ", list, due and nobody's to-do": "&as=list&late=alone",
    ", list, lost": "&as=list&status=lost",
    ", list, new": "&as=list&status=new",
    ", list, rare": "&as=list&service=nothing",
    ", list, a year ago": "&as=list&before=2025-11-01T00:00:00%2B00:00",
}


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", here
        elif isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, here, space + (f"{each.namespace}:" if each.namespace else ""))


_TABLES: dict[str, Any] = {
    "c/": models.Conversation,
    "contacts/import/": models.Upload,
    "contacts/merges/": models.ContactMerge,
    "contacts/": models.Contact,
    "lines/": models.Line,
    "playbooks/versions/": models.PlaybookVersion,
    "api/v1/conversations/": models.Conversation,
    "api/v1/contacts/": models.Contact,
    "api/v1/leads/": models.Lead,
    "api/v1/messages/": models.Message,
}
"""Of these the newest row of the business is asked for, of others the one that `seed.one_each` made."""

_WORDS = {
    "console:edit_playbook": "greet",
    "console:set_up_step": "hours",
    "console:booking_page": "calcom",
    "console:calendar_app": "google_calendar",
    "console:import_taken_in": "new",
    "console:import_read": "all",
    "console:months": "2026-01",
    "console:icon": "192",
    "api:export_rows": "contacts",
}


def _filled(name: str, pattern: str, business: int) -> str:
    """The address about a row of this business, of the table it means."""
    table = next((table for start, table in _TABLES.items() if pattern.startswith(start)), None)
    rows = table.objects.filter(business=business).order_by("-id") if table else None
    if name in _OF_A_FILE_TO_COME and rows is not None:
        rows = rows.filter(state="")
    row = rows.first() if rows is not None else None
    pattern = re.sub(r"<int:\w+>", str(row.pk if row else 0 if table else business), pattern)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", _WORDS.get(name, "x"), pattern) + _QUERIES.get(name, "")


_QUERIES = {"console:new_calendar": "?provider=caldav", "console:videos_compared_leads": "?got=none"}
"""What these pages have to be asked."""


_OF_A_FILE_TO_COME = {"console:check_import", "console:import_refused", "console:import_read"}
"""These are about a table that is not taken in yet, others of the kind about one that is."""
