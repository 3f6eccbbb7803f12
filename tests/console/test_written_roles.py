"""What docs/roles.md says of who may do what is true: every cell of its table is tried over HTTP, phrase by phrase.

The table is read from the page as people read it, not from the code. Where it says yes, whoever has that role signs in
with a password and does it; where it says nothing they are answered 404 or 403, and no row of any table changes. Each
phrase of the table's words has a try here, so none can be written that nobody tried.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.console.conftest import NOW, PASSWORD, snapshot
from tests.console.test_second_step import _set_up, _sign_in

from answerback.store import models
from answerback.workflow import people

PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


@dataclass
class Place:
    """The business in which everything is tried, with fresh things to try it on."""

    shop: Any
    agency: models.Agency
    last: int = 130

    def talk(self, **more: Any) -> Any:
        self.last += 1
        return self.shop.conversation(self.last, name=f"Ann {self.last}", **more)

    def contact(self) -> Any:
        return self.talk().contact

    def visit(self) -> Any:
        talk = self.talk()
        hour = (NOW + timedelta(hours=self.last), NOW + timedelta(hours=self.last + 1))
        return models.Appointment.objects.create(
            business=self.shop.business, member=self.shop.business.members.get(name="Owner"), conversation=talk,
            contact=talk.contact, during=hour, blocked=hour, status="booked", created_at=NOW, updated_at=NOW,
        )  # fmt: skip

    def money(self) -> Any:
        kept = {"business": self.shop.business, "lead": self.talk().leads.get()}
        return models.RevenueEntry.objects.create(cents=100, at=NOW, **kept)

    def colleague(self) -> Any:
        self.last += 1
        member = self.shop.member(f"Lee{self.last}", "desk")
        client: Any = _client()
        _sign_in(client, f"lee{self.last}@example.com")
        _set_up(client)
        return member

    def admin(self) -> Any:
        self.last += 1
        user = models.User.objects.create_user(f"pat{self.last}@north.example", PASSWORD)
        people.add_agency_admin(self.agency.id, user.id, f"Pat {self.last}")
        return models.AgencyAdmin.objects.get(user=user)


Asked = tuple[str, str, dict[str, Any]]
Try = Callable[[Place], Asked]


def _client() -> Any:
    from django.test import Client

    return Client()


def _look(address: str) -> Try:
    return lambda _place: ("GET", address, {})


def _at(address: str, thing: Callable[[Place], Any], **told: Any) -> Try:
    """A POST about a fresh thing."""
    return lambda place: ("POST", address.format(thing(place).id), told)


def _act(address: str, **told: Any) -> Try:
    return lambda _place: ("POST", address, told)


TRIES: dict[str, dict[str, list[Try]]] = {
    "work": {
        "see conversations": [_look("/inbox"), lambda place: ("GET", f"/c/{place.talk().id}", {})],
        "calls": [_look("/calls")],
        "leads": [_look("/leads")],
        "contacts": [_look("/contacts"), lambda place: ("GET", f"/contacts/{place.contact().id}", {})],
        "videos": [_look("/videos")],
        "to-dos": [_look("/todos")],
        "who is on call": [_look("/on-call")],
        "how the lines are": [_look("/health")],
        "reply": [_at("/c/{}/reply", Place.talk, body="On my way")],
        "take over": [_at("/c/{}/take-over", Place.talk)],
        "hand back": [_at("/c/{}/hand-back", Place.talk)],
        "note": [_at("/c/{}/note", Place.talk, body="Gate code 4711")],
        "keep snippets": [_act("/snippets/save", name="eta", body="On the way")],
        "snooze": [_at("/c/{}/snooze", Place.talk, until="tomorrow")],
        "end": [_at("/c/{}/done", Place.talk)],
        "name and merge contacts": [
            _at("/contacts/{}/name", Place.contact, name="Ann"),
            lambda place: ("POST", f"/contacts/{place.contact().id}/merge", {"other": place.contact().id}),
        ],
    },
    "book": {
        "make": [_at("/c/{}/book", Place.talk), lambda place: ("GET", f"/c/{place.talk().id}/openings", {})],
        "move and cancel appointments": [
            _at("/diary/{}/move", Place.visit, start="2026-03-12T10:00"),
            _at("/diary/{}/end", Place.visit, status="cancelled"),
        ],
        "connect one's own calendar": [_look("/calendars/"), _look("/calendars/new?provider=caldav")],
    },
    "reports": {"see the reports": [_look("/reports/"), _look("/reports/money"), _look("/reports/review")]},
    "export": {
        "take lists and reports out as files": [
            _look("/contacts/export"), _look("/contacts/export/leads"), _look("/reports/table.csv"),
            _look("/reports/leads.csv"), lambda place: ("GET", f"/contacts/{place.contact().id}/everything", {}),
        ],
        "hand out links to a report": [_look("/reports/links"), _act("/reports/links/new", name="For Jo")],
    },
    "import": {"bring contacts in from a file": [_look("/contacts/import"), _act("/contacts/import", kind="contacts")]},
    "money": {
        "mark a job sold and its amount": [_at("/c/{}/mark", Place.talk, status="won", amount="250")],
        "take an amount back": [_at("/money/{}/take-back", Place.money), _at("/reports/money/{}/refund", Place.money)],
    },
    "playbook": {
        "change the playbook and publish it": [_look("/playbooks"), _act("/playbooks/publish")],
        "compare wordings": [_act("/reports/trials/add", place="greeting"), _look("/reports/replay")],
    },
    "videos": {
        "make": [_look("/videos/new")],
        "upload": [_act("/videos/upload")],
        "publish and remove videos": [
            lambda place: ("POST", f"/videos/{_video(place).id}/act", {"do": "publish"}),
            lambda place: ("POST", f"/videos/{_video(place).id}/act", {"do": "remove"}),
        ],
    },
    "settings": {
        "change hours": [_look("/settings/hours"), _act("/settings/hours/save")],
        "locations": [_look("/settings"), _act("/settings/locations/add", name="North")],
        "sending rules": [_look("/settings/rules"), _act("/settings/rules/save")],
        "appointment types": [
            _act("/diary/types/save", minutes="60"),
            lambda place: ("POST", f"/diary/people/{place.shop.business.members.get(name='Desk').id}/save", {}),
        ],
        "who is on call": [_act("/on-call/shifts/add"), _act("/on-call/drill")],
        "integrations": [_look("/crm/"), _look("/webhooks/"), _act("/webhooks/add", url="https://example.com/in")],
        "let programs in": [_look("/api-tokens"), _act("/api-tokens/make", name="n8n", scope="leads:read")],
        "go through the set-up": [_look("/set-up"), _act("/set-up/hours/save")],
    },
    "lines": {
        "set up lines and connections": [
            _look("/lines"),
            lambda place: ("POST", f"/lines/{place.shop.line.id}/source", {"source": "Van"}),
            lambda place: ("POST", f"/connections/{place.shop.line.connection_id}/test", {}),
        ],
    },
    "people": {
        "invite people": [
            _look("/people"),
            lambda place: ("POST", "/people/invite", {"name": "Luis", "email": f"l{place.last}@x.com", "role": "desk"}),
        ],
        "change their roles": [_at("/people/{}/change", Place.colleague, role="technician")],
        "end their sessions": [_at("/people/{}/sign-out", Place.colleague)],
        "take away a second step that is lost": [_at("/people/{}/second-step", Place.colleague)],
        "take them out": [_at("/people/{}/let-go", Place.colleague)],
    },
    "see_as": {
        "see the console as another member does without being able to act as them": [
            _at("/people/{}/see-as", Place.colleague)
        ],
    },
    "audit": {"read the audit log": [_look("/history"), _look("/history?act=export")]},
    "erase": {
        "erase a contact for good": [
            lambda place: (
                "POST",
                f"/contacts/{(made := place.contact()).id}/erase",
                {"digits": made.number[-4:]},
            )
        ],
    },
    "agency": {
        "see all businesses of the agency side by side": [_look("/agency")],
        "add one": [_look("/set-up/new")],
        "set its rules": [_look("/agency/rules"), _act("/agency/rules/save")],
        "name and looks": [_look("/agency/looks"), _act("/agency/looks/save", name="North Star")],
        "invite and take out its admins": [
            _act("/agency/invite", email="sam@north.example"),
            _at("/agency/admins/{}/remove", Place.admin),
            _at("/agency/admins/{}/second-step", Place.admin),
        ],
    },
}  # fmt: skip
"""By act and phrase of the written table: what is asked for to do it."""


def _video(place: Place) -> Any:
    place.last += 1
    return models.Video.objects.create(business=place.shop.business, title=f"How we work {place.last}", created_at=NOW)


def _written() -> tuple[list[str], dict[str, tuple[list[str], dict[str, bool]]]]:
    """The roles of the table's head, and by act the phrases of its words and which roles have a yes."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in _lines("| Act | What |")]
    roles = rows[0][2:]
    table = {}
    for act, what, *cells in rows[2:]:
        assert set(cells) <= {"yes", ""}, act
        said = dict(zip(roles, [cell == "yes" for cell in cells], strict=True))
        table[act.strip("`")] = re.split(r"[,;] ", what), said
    return roles, table


def _lines(head: str) -> Iterator[str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(head))
    for line in lines[start:]:
        if not line.startswith("|"):
            return
        yield line


ROLES, TABLE = _written()


@pytest.fixture
def place(shop: Any) -> Place:
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    for role in ROLES:
        if role != "agency":
            shop.member(role.title(), role)
    user = models.User.objects.create_user("agency@example.com", PASSWORD)
    people.add_agency_admin(agency.id, user.id, "Agency")
    shop.business.refresh_from_db()
    return Place(shop, agency)


def _browser(address: str, role: str) -> httpx.Client:
    """Signed in with a password, over HTTP, as a browser does."""
    browser = httpx.Client(base_url=address, headers={"Referer": f"{address}/"}, timeout=60)
    page = browser.get("/sign-in").text
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    told = {"email": f"{role}@example.com", "password": PASSWORD, "csrfmiddlewaretoken": found[1]}
    assert browser.post("/sign-in", data=told).headers["Location"] == "/"
    return browser


def _ask(browser: httpx.Client, asked: Asked) -> int:
    method, address, told = asked
    token = browser.cookies.get("csrftoken") or ""
    if method == "GET":
        return browser.get(address).status_code
    return browser.post(address, data=told, headers={"X-CSRFToken": token}).status_code


def _as_them(browser: httpx.Client, place: Place, status: int) -> int:
    """What was answered, if nothing can be done in another's name meanwhile; then oneself again."""
    acted = _ask(browser, _at("/c/{}/note", Place.talk, body="Hello")(place))
    assert not models.Note.objects.filter(body="Hello").exists()
    _ask(browser, ("POST", "/see-as-myself", {}))
    return status if acted == 403 else acted


def test_every_phrase_of_the_table_is_tried() -> None:
    assert {act: said for act, (said, _cells) in TABLE.items()} == {act: list(tries) for act, tries in TRIES.items()}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_written_of_a_role_is_so(place: Place, live_server: Any, role: str) -> None:
    wrong = []
    with contextlib.closing(_browser(live_server.url, role)) as browser:
        for act, (phrases, cells) in TABLE.items():
            for phrase in phrases:
                for each in TRIES[act][phrase]:
                    asked = each(place)
                    before = {} if cells[role] else snapshot()
                    status = _ask(browser, asked)
                    if act == "see_as" and cells[role]:
                        status = _as_them(browser, place, status)
                    is_let = status not in {403, 404} and status < 500
                    if is_let != cells[role] or (not is_let and snapshot() != before):
                        wrong.append((act, phrase, *asked[:2], status))
    assert wrong == []
