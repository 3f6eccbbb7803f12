"""The phone page: be a pretend customer. Real views, real pretend world, a virtual clock."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import Client
from django.urls import clear_url_caches, include, path
from PIL import Image

from answerback.adapters.simulator import PhoneWorld, close_world, open_world
from answerback.console.brand import BUSINESS
from answerback.console.phone import views
from answerback.console.phone.exchange import Exchange, exchange_for
from answerback.ports.phone import OutgoingText
from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import clock

pytestmark = pytest.mark.django_db  # Every page asks whose host name it was asked under.

WORLD = "memory:phone-page"
LINE = "+15125550100"
MARIA = "+15125550131"
SHOP_CELL = "+15125550190"
PAGE = "/phone/15125550131"
START = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
EXCHANGE = Exchange(
    business_id=1,
    business="Rivera Plumbing",
    connection=7,
    world=WORLD,
    secret="s",
    hooks_url="https://phones.example.com/hooks/simulator/7",
    line=LINE,
    zone="America/Chicago",
    shop_phone=SHOP_CELL,
)

urlpatterns = [path("phone/", include("answerback.console.phone.urls"))]


class Moment:
    """The clock of one test."""

    now = START

    def after(self, seconds: float) -> None:
        self.now = START + timedelta(seconds=seconds)


@pytest.fixture
def moment() -> Iterator[Moment]:
    made = Moment()
    with clock.using(lambda: made.now):
        yield made


@pytest.fixture
def client(settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, moment: Moment) -> Iterator[Client]:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [
        "answerback.server.headers.SecurityHeaders",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    monkeypatch.setattr(views, "exchange_for", lambda _: EXCHANGE)
    clear_url_caches()
    yield Client()
    close_world(WORLD)
    clear_url_caches()


@pytest.fixture
def world(client: Client) -> PhoneWorld:
    return open_world(WORLD)


def act(client: Client, what: str, **fields: str) -> str:
    answer = client.post(f"{PAGE}/{what}", fields, headers={"hx-request": "true"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def phase(page: str) -> str:
    return re.findall(r'data-phase="(.*?)"', page)[0]


def thread(page: str) -> list[tuple[str, str]]:
    """Who wrote what, as it stands on the screen."""
    bubbles = re.findall(
        r'<li class="bubble (\w+)">\s*<p dir="auto">(.*?)</p>|<li class="(note)">(.*?) <time', page, re.DOTALL
    )
    return [(side or note, words or said) for side, words, note, said in bubbles]


def live(client: Client) -> str:
    return str(client.get(f"{PAGE}/live").content.decode())


def test_page_shows_the_person_the_shop_and_nothing_inline(client: Client) -> None:
    answer = client.get(f"{PAGE}/")
    page = answer.content.decode()
    assert (answer.status_code, phase(page), thread(page)) == (200, "idle", [])
    assert "Maria Alvarez" in page
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|hx-on", page) == []
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


def test_first_address_leads_to_a_person(client: Client) -> None:
    answer = client.get("/phone/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}/")


def test_get_changes_nothing(client: Client, world: PhoneWorld) -> None:
    for what in ("", "live", "story"):
        assert client.get(f"{PAGE}/{what}").status_code == 200
    for what in ("call", "hang-up", "answer", "ring-out", "voicemail", "leave-voicemail", "text", "call-back"):
        assert client.get(f"{PAGE}/{what}").status_code == 405
    assert (world.handsets(), world.calls(MARIA), world.texts(MARIA)) == ((), (), ())


def test_post_without_its_token_is_refused(client: Client, world: PhoneWorld) -> None:
    assert Client(enforce_csrf_checks=True).post(f"{PAGE}/call").status_code == 403
    assert world.calls(MARIA) == ()


def test_call_rings_out(client: Client, world: PhoneWorld, moment: Moment) -> None:
    assert phase(act(client, "call")) == "ringing"
    moment.after(19)
    assert phase(live(client)) == "ringing"
    moment.after(20)
    page = live(client)
    assert (phase(page), thread(page)) == ("idle", [("note", "You called: no answer")])
    assert [webhook.what for webhook in world.due(moment.now)] == ["call"] * 3


@pytest.mark.parametrize(
    ("what", "then", "note"),
    [
        ("ring-out", "idle", "You called: no answer"),
        ("hang-up", "idle", "You called and hung up"),
        ("answer", "talking", ""),
        ("voicemail", "voicemail", ""),
    ],
)
def test_ringing_call_can_go_another_way(client: Client, moment: Moment, what: str, then: str, note: str) -> None:
    act(client, "call")
    moment.after(5)
    page = act(client, what)
    assert (phase(page), thread(page)) == (then, [("note", note)] if note else [])


def test_a_picture_is_drawn_anew_and_sent(client: Client, world: PhoneWorld) -> None:
    drawn = io.BytesIO()
    with_words = Image.Exif()
    with_words[0x010E] = "taken at home"
    Image.new("RGB", (900, 700), "#3377aa").save(drawn, "JPEG", exif=with_words)
    drawn.seek(0)
    page = client.post(f"{PAGE}/picture", {"picture": drawn}, headers={"hx-request": "true"}).text
    assert page.count('<input type="file" id="picture"') == 1  # an empty one: the same could not be chosen again
    (link,) = world.pictures_of(MARIA).popitem()[1]
    (shown,) = re.findall(r'<img class="came-with" src="([^"]+)"', page)
    answer = client.get(shown)
    assert (answer["Content-Type"], answer.content == world.taken_picture(link)) == ("image/jpeg", True)
    assert (b"taken at home" in drawn.getvalue(), b"taken at home" in answer.content) == (True, False)
    assert client.get(f"{shown}x").status_code == 404


def test_what_is_no_picture_is_said(client: Client, world: PhoneWorld) -> None:
    page = client.post(
        f"{PAGE}/picture", {"picture": io.BytesIO(b"GIF89a, or not")}, headers={"hx-request": "true"}
    ).text
    assert ("This is no picture that can be read." in page, world.texts(MARIA)) == (True, ())


def test_voicemail_is_left_with_words(client: Client, world: PhoneWorld, moment: Moment) -> None:
    act(client, "call")
    act(client, "voicemail")
    moment.after(9)
    page = act(client, "leave-voicemail", words=" my heater <b>leaks</b> ")
    assert thread(page) == [("note", "You called and left a voicemail: “my heater &lt;b&gt;leaks&lt;/b&gt;”")]
    assert [call.voicemail for call in world.calls(MARIA)] == ["my heater <b>leaks</b>"]


def test_voicemail_without_words_is_a_hang_up(client: Client, world: PhoneWorld, moment: Moment) -> None:
    act(client, "call")
    act(client, "voicemail")
    moment.after(9)
    act(client, "leave-voicemail", words="  ")
    assert [call.outcome for call in world.calls(MARIA)] == ["abandoned"]


def test_second_call_hangs_up_the_first(client: Client, world: PhoneWorld, moment: Moment) -> None:
    act(client, "call")
    moment.after(4)
    act(client, "call")
    assert [call.phase(moment.now) for call in world.calls(MARIA)] == ["over", "ringing"]


def test_texts_of_both_sides_stand_in_the_thread(client: Client, world: PhoneWorld, moment: Moment) -> None:
    page = act(client, "text", words="water heater leaking slowly")
    assert thread(page) == [("mine", "water heater leaking slowly")]
    assert "Sent" in page
    reply = OutgoingText(key="k", sender=LINE, to=MARIA, body="Which city?")
    moment.after(2)
    world.hand_over(reply, connection=7, secret="s", now=moment.now)
    [webhook] = [webhook for webhook in world.due(moment.now) if webhook.what == "text"]
    world.delivered(webhook.id)
    assert thread(live(client)) == [("mine", "water heater leaking slowly")]
    moment.after(3)
    page = live(client)
    assert thread(page) == [("mine", "water heater leaking slowly"), ("theirs", "Which city?")]
    assert "Delivered" in page


def test_chip_is_sent_and_the_draft_stays(client: Client, world: PhoneWorld) -> None:
    assert 'id="draft"' not in act(client, "text", chip="STOP", words="half a")
    assert 'id="draft"' in act(client, "text", words="all of it")
    act(client, "text", words="  ")
    assert [text.body for text in world.texts(MARIA)] == ["STOP", "all of it"]


def test_poll_says_nothing_until_something_changed(client: Client, world: PhoneWorld, moment: Moment) -> None:
    page = act(client, "text", words="hello")
    version = re.findall(r"live\?v=([\w.]+)", page)[0]
    moment.after(30)
    assert client.get(f"{PAGE}/live", {"v": version}).status_code == 204
    world.text(MARIA, LINE, "again", moment.now)
    changed = client.get(f"{PAGE}/live", {"v": version})
    assert (changed.status_code, thread(changed.content.decode())) == (200, [("mine", "hello"), ("mine", "again")])
    assert 'id="draft"' not in changed.content.decode()


def test_landline_is_a_landline(client: Client, world: PhoneWorld, moment: Moment) -> None:
    client.post("/phone/15125550178/call")
    world.hand_over(
        OutgoingText(key="k", sender=LINE, to="+15125550178", body="Hi"), connection=7, secret="s", now=moment.now
    )
    assert [text.failure for text in world.texts_to("+15125550178")] == ["landline"]


def test_a_received_picture_is_shown_and_one_from_elsewhere_is_a_link(
    client: Client, world: PhoneWorld, moment: Moment
) -> None:
    links = ("https://phones.example.com/v/token/poster.jpg", "https://elsewhere.example/a.jpg")
    sent = OutgoingText(key="k", sender=LINE, to=MARIA, body="Look", media=links)
    world.hand_over(sent, connection=7, secret="s", now=moment.now)
    moment.after(2)
    page = live(client)
    assert re.findall(r'<img [^>]*src="(.*?)"', page) == ["/v/token/poster.jpg"]
    assert re.findall(r'<a class="came-with" href="(.*?)"', page) == ["https://elsewhere.example/a.jpg"]


def test_alerts_reach_the_shops_cell(client: Client, world: PhoneWorld, moment: Moment) -> None:
    world.hand_over(
        OutgoingText(key="k", sender=LINE, to=SHOP_CELL, body="URGENT: burst pipe"), connection=7, secret="s", now=START
    )
    moment.after(1)
    assert re.findall(r"<p dir=\"auto\">(URGENT.*?)</p>", live(client)) == ["URGENT: burst pipe"]


@pytest.mark.parametrize(
    ("who", "number", "name"),
    [
        ("Bob Miller (512) 555-0188", "+15125550188", "Bob Miller"),
        ("+44 7700 900123", "+447700900123", "+447700900123"),
        ("Ana", "+15125550180", "Ana"),
        ("", "+15125550180", "(512) 555-0180"),
    ],
)
def test_somebody_else(client: Client, world: PhoneWorld, who: str, number: str, name: str) -> None:
    answer = client.post("/phone/", {"who": who})
    assert answer.headers["Location"] == f"/phone/{number.removeprefix('+')}/"
    assert [(known.number, known.name) for known in world.handsets()] == [(number, name)]
    assert client.get(answer.headers["Location"]).status_code == 200


def test_call_back_and_page_without_scripts(client: Client, world: PhoneWorld) -> None:
    answer = client.post(f"{PAGE}/call-back")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}/")
    assert thread(live(client)) == [("note", "They called you back and you talked")]


def test_story_shows_what_the_timeline_says(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row = SimpleNamespace(at=START, kind="text", title="Text sent", detail="First text in 24 h <1>")
    rows = {(1, MARIA): [row]}
    monkeypatch.setattr(views.timeline, "of_number", lambda business, number: rows.get((business, number), []))
    page = client.get(f"{PAGE}/story").content.decode()
    assert re.findall(r"<strong>(.*?)</strong><p>(.*?)</p>", page) == [("Text sent", "First text in 24 h &lt;1&gt;")]
    assert "10:00:00 AM" in page
    version = re.findall(r"story\?v=([\w.-]+)", page)[0]
    assert client.get(f"{PAGE}/story", {"v": version}).status_code == 204


def test_without_the_simulator_there_is_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "exchange_for", lambda _: None)
    assert {client.get(f"{PAGE}/{what}").status_code for what in ("", "live", "story")} == {404}
    assert client.post(f"{PAGE}/call").status_code == 404


@pytest.mark.parametrize("page", ["/phone/", f"{PAGE}/", f"{PAGE}/live?v=1", f"{PAGE}/story"])
def test_who_is_not_signed_in_yet_is_led_there_and_back(settings: SimpleNamespace, page: str) -> None:
    settings.PHONE_PAGE = True
    client = Client()
    answer = client.get(page)
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/sign-in?next={quote(page, safe='')}")
    polled = client.get(page, headers={"HX-Request": "true"})
    assert (polled.status_code, polled.headers.get("HX-Redirect")) == (200, "/sign-in")
    assert client.post(f"{PAGE}/call").status_code == 404


def test_not_a_number_is_not_a_page(client: Client) -> None:
    assert client.get("/phone/12/").status_code == 404
    assert client.get("/phone/99999999999999999999999999/").status_code == 404


def test_each_person_plays_only_in_the_world_of_their_own_business(settings: SimpleNamespace) -> None:
    settings.PUBLIC_URL = "https://shop.example.com"
    people = {"nobody": AnonymousUser()}
    for name, provider in (("alice", "simulator"), ("charlie", "simulator"), ("dora", "twilio")):
        people[name] = models.User.objects.create_user(f"{name}@example.com")
        _business_of(people[name], name, provider)
    found = {}
    for name, user in people.items():
        request = HttpRequest()
        request.user, request.session = user, cast("SessionBase", {})
        found[name] = exchange_for(request)
    assert [found["nobody"], found["dora"]] == [None, None]
    assert found["alice"] is not None
    assert found["charlie"] is not None
    assert (found["alice"].business, found["alice"].world, found["alice"].shop_phone) == (
        "alice",
        "alice.db",
        SHOP_CELL,
    )
    assert found["charlie"].business == "charlie"
    line = models.Line.objects.get(business_id=found["alice"].business_id)
    assert found["alice"].hooks_url == f"https://shop.example.com/hooks/simulator/{line.connection_id}"


def test_who_works_in_several_calls_the_business_they_look_at(settings: SimpleNamespace) -> None:
    settings.PUBLIC_URL = "https://shop.example.com"
    kim = models.User.objects.create_user("kim@example.com")
    for name, provider in (("alder", "simulator"), ("birch", "simulator"), ("cedar", "twilio")):
        _business_of(kim, name, provider)
    called = {}
    for row in [None, *models.Business.objects.order_by("name")]:
        request = HttpRequest()
        request.user, request.session = kim, cast("SessionBase", {BUSINESS: row.id} if row else {})
        called[row.name if row else ""] = exchange_for(request)
    assert {name: found and found.business for name, found in called.items()} == {
        "": "alder", "alder": "alder", "birch": "birch", "cedar": "alder",
    }  # fmt: skip


def _business_of(user: models.User, name: str, provider: str) -> None:
    business = models.Business.objects.create(name=name, zone="America/Chicago", phone=LINE, created_at=START)
    models.Member.objects.create(business=business, user=user, name=name, role="owner", phone=SHOP_CELL, on_call=True)
    sealed = seal({"world": f"{name}.db", "secret": "s"})
    account = models.Connection.objects.create(
        business=business, provider=provider, name=provider, sealed=sealed, created_at=START
    )
    models.Line.objects.create(business=business, connection=account, number=LINE)
