"""Whatever is sent to staff leads to the console at their agency's host name, where somebody has come in by it; else to
ours. Every kind of mail and of text is gone through: one that is added and not told of here turns this red.
"""

from __future__ import annotations

import ast
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

import answerback
from answerback.store import models
from answerback.store.queries import agencies, unheard
from answerback.store.queries.alerts import About
from answerback.store.queries.line_health import Alarm
from answerback.store.queries.recipients import Recipient
from answerback.testing.world import World
from answerback.workflow import (
    alert_words,
    clock,
    line_alarms,
    links,
    measuring,
    monthly,
    pages,
    people,
    targets,
    transaction,
    video_links,
    ways_in,
    weekly,
)
from answerback.workflow import unheard as unheard_mails

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.services import Mailbox

SOURCE = Path(answerback.__file__).parent
ANN, BEN = "+15125550131", "+15125550132"
OURS, THEIRS = "https://answers.example.com", "https://calls.north.example"
LINK = re.compile(r"https?://[^\s\"<>)]+")

HANDED_OVER_BY = re.compile(
    r"(mailing\.tell|registry\.mail|(ports\.mail\.)?Letter|EmailM\w+|mail\.EmailM\w+|(letters\.)?letter|"
    r".*\.(render_mail|send_mail)|send_mail|smtplib\..*)"
)
"""How mails are made or handed over here."""


def _anybody() -> tuple[Recipient, ...]:
    return (Recipient("dana@example.com", "Dana", "en"),)


def _business() -> models.Business:
    return models.Business.objects.get()


def _line_alarm(world: World) -> None:
    alarm = Alarm(
        finding=1, alarmed_at=world.now, business_id=_business().id, business="Rivera", number="+15125550199",
        says="The provider lists this number.", fix="", to=_anybody(),
    )  # fmt: skip
    assert line_alarms._send(alarm, world.now)


def _unheard(world: World) -> None:
    page = unheard.Unheard(1, "Rivera", 7, world.now, _business().id, _anybody())
    assert unheard_mails._send(page, world.now)


def _webhook(world: World) -> None:
    row, _secret = targets.add(_business().id, targets.Wanted(name="n8n", url="https://example.com/hook"))
    targets.give_up(row.id, "It answered 410 Gone: it wants to be told nothing more.")


def _week(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    measuring.refresh(_business().id)
    world.clock.move_to(datetime(2026, 3, 16, 9, tzinfo=ZoneInfo("America/Chicago")))
    assert weekly.run() == 2


def _months(world: World) -> None:
    world.run(until="2026-04-02 09:00")
    monthly.run()


def _none(world: World) -> None:
    """Made by a request (`tests/console/test_letters.py`), or for customers, without a link of ours."""


MAILS: dict[str, Callable[[World], None]] = {
    "workflow/line_alarms.py": _line_alarm,
    "workflow/unheard.py": _unheard,
    "workflow/targets.py": _webhook,
    "workflow/weekly.py": _week,
    "workflow/monthly.py": _months,
    "workflow/host_watch.py": _none,  # about a host name that leads here no more (`tests/console/test_hosts.py`)
    "workflow/mailing.py": _none,  # hands over what the others make
    "workflow/invitations.py": _none,  # to customers, and holds no link
    "console/accounts/letters.py": _none,
    "console/accounts/door.py": _none,
    "console/accounts/people.py": _none,
    "console/accounts/rescue.py": _none,
}
"""Every module that mails, with how it comes to."""

WRITES_ROOTS = {
    "workflow/ways_in.py": "the one place",
    # For providers and programs, who were told this address.
    "server/commands/hook.py": "a provider's hooks",
    "console/phone/exchange.py": "a provider's hooks",
    "console/set_up/test.py": "a provider's hooks",
    "workflow/line_tests.py": "a provider's hooks",
    "workflow/outside_bookings.py": "a provider's hooks",
    "workflow/ringing.py": "a provider's hooks",
    "workflow/picture_links.py": "a picture the provider fetches",
    # For whoever runs the installation, on their screen.
    "server/commands/business.py": "printed",
    "server/commands/connect.py": "printed",
}
"""Every module that begins an address with the public one, and for whom."""


def _calls(source: str) -> set[str]:
    """What is called in it, as it is written."""
    return {ast.unparse(each.func) for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)}


def _modules() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(("testing/", "adapters/")):
            yield name, path.read_text(encoding="utf-8")


def test_every_module_that_mails_is_gone_through() -> None:
    mailing = {name for name, source in _modules() if any(HANDED_OVER_BY.fullmatch(each) for each in _calls(source))}
    assert mailing == MAILS.keys()


def test_nobody_else_begins_an_address_for_staff() -> None:
    found = {name for name, source in _modules() if re.search(r"PUBLIC_URL or (\w+\.)?LOCAL_URL", source)}
    assert found == WRITES_ROOTS.keys()


@pytest.fixture
def northline(world: World, mailbox: Mailbox, settings: Any) -> Iterator[models.Agency]:
    """The business's agency, whose people come in at a host name of its own; Kim is its admin."""
    settings.PUBLIC_URL, settings.LOCAL_URL = "", OURS  # hooks of this World are signed for `localhost`
    agency = models.Agency.objects.create(
        name="North Star", brand="Northline", domain="Calls.north.example", domain_reached_at=clock.now()
    )
    models.Business.objects.update(agency=agency)
    models.Member.objects.filter(role="owner").update(email="dana@example.com")
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim")
    people.add_agency_admin(agency.id, kim.id, "Kim")
    agencies.forget()
    yield agency
    agencies.forget()


def _roots(said: str) -> set[str]:
    return {"/".join(link.split("/")[:3]) for link in LINK.findall(said)} - {"https://example.com"}


def _said(letter: Any) -> str:
    return "\n".join(letter.get_body((kind,)).get_content() for kind in ("plain", "html"))


@pytest.mark.parametrize("kind", sorted(name for name, make in MAILS.items() if make is not _none))
@pytest.mark.parametrize("case", ["theirs", "not reached", "no host name", "no agency"])
def test_a_mail_leads_to_the_agencys_host(
    northline: models.Agency, world: World, mailbox: Mailbox, kind: str, case: str
) -> None:
    """An alarm of an agency's business led to the installation's own address."""
    if case == "no agency" and kind == "workflow/monthly.py":
        pytest.skip("Only an agency's admins get it.")
    _set(northline, case)
    MAILS[kind](world)
    assert mailbox.letters
    assert {root for letter in mailbox.letters for root in _roots(_said(letter))} == {_expected(case)}


def _set(agency: models.Agency, case: str) -> None:
    rows = models.Agency.objects.filter(id=agency.id)
    if case == "not reached":
        rows.update(domain_reached_at=None)
    elif case == "no host name":
        rows.update(domain="")
    elif case == "no agency":
        models.Business.objects.update(agency=None)
    agencies.forget()


def _expected(case: str) -> str:
    return THEIRS if case == "theirs" else OURS


CASES = ["theirs", "not reached", "no agency"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", [*alert_words.PLACES, "test"])
def test_an_alert_leads_there_too(northline: models.Agency, world: World, kind: str, case: str) -> None:
    _set(northline, case)
    about = About(name="Ann", number=ANN, says="Leak", starts_at=world.now)
    business = _business().id
    if kind == "test":
        said = alert_words.test(business)
    else:
        said = alert_words.words(business, kind, 7, "America/Chicago", about)
    assert _roots(said.link) == {_expected(case)}
    if kind == "test":
        assert said.title == ("answerback" if case == "no agency" else "Northline")


@pytest.mark.parametrize("case", CASES)
def test_texts_to_staff_lead_there_too(northline: models.Agency, world: World, case: str) -> None:
    """A page, a to-do that is due, and the page about a line that is down."""
    _set(northline, case)
    world.text(ANN, "pipe burst water everywhere")
    world.run(minutes=1)
    (line,) = models.Line.objects.all()
    conversation = models.Conversation.objects.get()
    transaction.run(lambda cursor: pages.end_of(cursor, conversation.id, None, "closed", clock.now()))
    down = "The line is down."
    transaction.run(
        lambda cursor: pages.line_is_down(cursor, _business().id, line.id, down, key="line:1:x", now=clock.now())
    )
    world.provider.cannot_reach(BEN)
    world.call(BEN)
    world.run(days=1)
    bodies = models.Message.objects.exclude(purpose="").filter(to__in=_staff()).values_list("purpose", "body")
    found = {(purpose, root) for purpose, body in bodies for root in _roots(body)}
    assert found == {("page", _expected(case)), ("todo", _expected(case))}
    assert any("/health" in body for _purpose, body in bodies)


def _staff() -> list[str]:
    return [*models.Member.objects.exclude(phone="").values_list("phone", flat=True)]


@pytest.mark.parametrize("case", CASES)
def test_a_customers_links_lead_there_too(northline: models.Agency, world: World, case: str) -> None:
    """One to book a time led to the installation's own address, which no customer of an agency has heard of."""
    _set(northline, case)
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "my water heater is leaking a little, can someone come tomorrow?")
    world.run(hours=1)
    conversation, now = models.Conversation.objects.get(), clock.now()
    business = _business().id
    assert _roots(links.fill("Book: {link}", conversation.id, business, now)) == {_expected(case)}
    assert _roots(video_links.fill("See {video}", conversation.id, business, 7, now)) == {_expected(case)}
    assert _roots(video_links.file(conversation.id, 7, "poster.jpg", now)) == {OURS}  # a provider fetches it


def test_the_way_in_has_the_public_addresss_scheme_and_port(northline: models.Agency, settings: Any) -> None:
    settings.PUBLIC_URL = "http://answers.example.com:8707"
    assert ways_in.root(agency=northline.id) == "http://calls.north.example:8707"
    assert ways_in.root() == "http://answers.example.com:8707"
