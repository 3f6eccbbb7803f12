"""An agency's host name over real HTTP: customers' links by it and by ours, and how its loss is noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.console.conftest import NOW, signed_in

from answerback.adapters import guard
from answerback.server.hosts import Hosts
from answerback.server.wiring import wire
from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import clock, host_watch, links, people, sharing, video_links, ways_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from tests.services import Mailbox

OURS, THEIRS, ELSEWHERE = "localhost", "127.0.0.1", "127.0.0.2"
"""Written as numbers: no other name leads to this machine everywhere. Nobody listens at the third."""


@pytest.fixture
def northline(shop: Any, live_server: Any, settings: Any) -> Iterator[models.Agency]:
    """Alice's business has an agency whose people come in at a host name of its own; Kim is its admin."""
    wire()
    settings.PUBLIC_URL = f"http://{OURS}:{urlsplit(live_server.url).port}"
    settings.OWN_HOSTS, settings.ALLOWED_HOSTS = [OURS, "testserver"], Hosts([OURS, "testserver"])
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim", language="es")
    agency = models.Agency.objects.create(name="North", brand="Northline", domain=THEIRS, domain_reached_at=clock.now())
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    people.add_agency_admin(agency.id, kim.id, "Kim")
    agencies.forget()
    with guard.allowing(OURS, THEIRS, ELSEWHERE):
        yield agency
    agencies.forget()


def _get(url: str, **more: Any) -> httpx.Response:
    return httpx.get(url, trust_env=False, timeout=60, **more)


def _set(agency: models.Agency, **fields: Any) -> None:
    models.Agency.objects.filter(id=agency.id).update(**fields)
    agencies.forget()


def _customers(shop: Any, make: bool = True) -> dict[str, str]:
    """Every kind of link that goes to people without a seat, with a secret in it."""
    business, conversation = shop.business.id, models.Conversation.objects.first() or shop.conversation(1)
    member = models.Member.objects.get(name="Alice")
    sharing.share(business, sharing.Actor(member=member.id, name="Alice"), days=7, lives=timedelta(days=7))
    return {
        "book": links.address(conversation.id, business, clock.now()),
        "watch": video_links.address(conversation.id, business, 1, clock.now()),
        "report": sharing.standing(business)[0].address,
        "feed": signed_in("alice@example.com").post(f"/calendars/members/{member.id}/feed").context["made"]["address"],
    }


def test_customers_links_lead_to_the_agencys_host(northline: models.Agency, shop: Any) -> None:
    """They kept the public address, which is not the name customers know the agency's product by."""
    roots = {name: url.rpartition("/" + url.split("/")[3])[0] for name, url in _customers(shop).items()}
    port = urlsplit(ways_in.public()).port
    assert {name: urlsplit(url).netloc for name, url in roots.items()} == dict.fromkeys(roots, f"{THEIRS}:{port}")
    _set(northline, domain_reached_at=None)
    assert {urlsplit(url).netloc for url in _customers(shop).values()} == {f"{OURS}:{port}"}


def test_a_link_opens_by_both_names_and_by_one_the_agency_gave_up(northline: models.Agency, shop: Any) -> None:
    sent = _customers(shop)
    expected = {"book": 410, "watch": 404, "report": 200, "feed": 200}  # nothing is open to them, and no such video
    assert "Rivera Plumbing" in _get(sent["book"]).text
    ours = {name: url.replace(THEIRS, OURS, 1) for name, url in sent.items()}
    assert {name: _get(url).status_code for name, url in sent.items()} == expected
    assert {name: _get(url).status_code for name, url in ours.items()} == expected
    kim = models.User.objects.get(email="kim@example.com")
    _save_host(kim, "")
    led = {name: _get(url) for name, url in sent.items()}
    assert {name: (each.status_code, each.headers["Location"]) for name, each in led.items()} == {
        name: (307, url) for name, url in ours.items()
    }
    assert {name: _get(each.headers["Location"]).status_code for name, each in led.items()} == expected


def test_a_name_that_was_given_up_opens_no_door_and_stands_in_no_mail(
    northline: models.Agency, shop: Any, settings: Any
) -> None:
    """Whoever has that name by now must get no link to a new password, and no sign-in, by it."""
    _save_host(models.User.objects.get(email="kim@example.com"), "calls.new.example")
    port = urlsplit(ways_in.public()).port
    asked = _get(f"http://{THEIRS}:{port}/account/password/forgotten")
    assert (asked.status_code, asked.headers["Location"]) == (307, f"http://{OURS}:{port}/account/password/forgotten")
    assert ways_in.root(agency=northline.id) == f"http://{OURS}:{port}"  # nobody has come in by the new one
    never = httpx.get(f"http://{THEIRS}:{port}/sign-in", headers={"Host": "never.example"}, trust_env=False, timeout=60)
    assert never.status_code == 400


def test_one_that_nobody_ever_came_in_by_is_not_kept(northline: models.Agency, shop: Any) -> None:
    _set(northline, domain_reached_at=None)
    _save_host(models.User.objects.get(email="kim@example.com"), "")
    assert agencies.former() == frozenset()


def test_another_agencys_name_is_theirs_whoever_had_it_before(northline: models.Agency, shop: Any) -> None:
    _save_host(models.User.objects.get(email="kim@example.com"), "")
    assert agencies.former() == {THEIRS}
    models.Agency.objects.create(name="South", domain=THEIRS)
    agencies.forget()
    assert agencies.former() == frozenset()
    assert _get(f"http://{THEIRS}:{urlsplit(ways_in.public()).port}/sign-in").status_code == 200


def test_a_name_that_leads_elsewhere_is_given_up_on_the_second_day(
    northline: models.Agency, shop: Any, mailbox: Mailbox
) -> None:
    ours, theirs = ways_in.public(), ways_in.root(agency=northline.id)
    assert theirs != ours
    assert host_watch.run() == 1  # it leads here
    assert host_watch.run() == 0  # and is looked at once a day
    _points_away(northline)
    away = ways_in.root(agency=northline.id)
    for days, leads_to in ((1, away), (1.1, away), (2.1, ours), (3.2, ours)):
        with clock.using(lambda days=days: NOW + timedelta(days=days)):  # type: ignore[misc]
            host_watch.run()
            host_watch.run()
        assert ways_in.root(agency=northline.id) == leads_to, days
    (letter,) = mailbox.letters
    assert letter["To"] == "Kim <kim@example.com>"
    body = letter.get_body(("plain",)).get_content()
    assert ELSEWHERE in letter["Subject"]
    assert f"{ours}/agency/looks" in body
    assert {urlsplit(url).netloc for url in _customers(shop).values()} == {urlsplit(ours).netloc}


def test_the_agencys_page_says_so_until_it_leads_here_again(
    northline: models.Agency, shop: Any, mailbox: Mailbox, as_person: Any
) -> None:
    kim, says = as_person("kim@example.com"), 'id="host-lost"'
    _lost(northline)
    assert [kim.get(each).content.decode().count(says) for each in ("/agency", "/agency/looks")] == [1, 1]
    _set(northline, domain=THEIRS)
    with clock.using(lambda: NOW + timedelta(days=5)):
        assert host_watch.run() == 1
        assert host_watch.run() == 0
    assert ways_in.root(agency=northline.id) != ways_in.public()
    assert [kim.get(each).content.decode().count(says) for each in ("/agency", "/agency/looks")] == [0, 0]
    assert len(mailbox.letters) == 1


def test_signing_in_by_it_shows_at_once_that_it_leads_here(northline: models.Agency, shop: Any) -> None:
    _lost(northline)
    agencies.reached(ELSEWHERE, models.User.objects.get(email="kim@example.com").id, clock.now())
    assert urlsplit(ways_in.root(agency=northline.id)).hostname == ELSEWHERE
    assert models.Agency.objects.get(id=northline.id).domain_failing_since is None


def test_one_bad_day_tells_nobody(northline: models.Agency, shop: Any, mailbox: Mailbox) -> None:
    _points_away(northline)
    host_watch.run()
    _set(northline, domain=THEIRS)
    with clock.using(lambda: NOW + timedelta(days=1)):
        host_watch.run()
    _points_away(northline)
    with clock.using(lambda: NOW + timedelta(days=2)):
        host_watch.run()
    assert mailbox.letters == []
    assert models.Agency.objects.get(id=northline.id).domain_lost_at is None


def test_nothing_is_said_of_it_while_we_do_not_reach_ourselves(northline: models.Agency, settings: Any) -> None:
    """The network here is away, or names of this place are known outside only."""
    settings.PUBLIC_URL = "http://localhost:1"
    for days in range(3):
        with clock.using(lambda days=days: NOW + timedelta(days=days)):  # type: ignore[misc]
            assert host_watch.run() == 0
    assert models.Agency.objects.get(id=northline.id).domain_failing_since is None


def test_nothing_is_said_of_one_inside_a_private_network(northline: models.Agency) -> None:
    """The guard asks nobody there; whoever signs in by it shows that it leads here."""
    guard.allow([OURS])
    for days in range(3):
        with clock.using(lambda days=days: NOW + timedelta(days=days)):  # type: ignore[misc]
            host_watch.run()
    assert models.Agency.objects.get(id=northline.id).domain_lost_at is None


def test_what_it_answers_is_worth_nothing_elsewhere(northline: models.Agency) -> None:
    """A page that stands at another name cannot answer in our place with what we answered at ours."""
    port = urlsplit(ways_in.public()).port
    ours, theirs = (_get(f"http://{host}:{port}/here/abcdef").text for host in (OURS, THEIRS))
    assert (len(ours), len(theirs), ours != theirs) == (65, 65, True)
    assert _get(f"http://{OURS}:{port}/here/abcdeg").text != ours
    assert "answerback" not in ours.lower()


def _points_away(agency: models.Agency) -> None:
    """As if its name led to another machine from now on."""
    _set(agency, domain=ELSEWHERE)


def _lost(agency: models.Agency) -> None:
    _points_away(agency)
    for days in (0, 1):
        with clock.using(lambda days=days: NOW + timedelta(days=days)):  # type: ignore[misc]
            host_watch.run()
    assert models.Agency.objects.get(id=agency.id).domain_lost_at is not None


def _save_host(kim: models.User, host: str) -> None:
    """As it is done on the page."""
    from django.test import Client

    client: Client = Client(SERVER_NAME=OURS)
    client.force_login(kim)
    assert client.post("/agency/looks/save", {"name": "North", "brand": "Northline", "domain": host}).status_code == 302
    agencies.forget()
