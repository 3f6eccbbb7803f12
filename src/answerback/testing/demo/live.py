"""Plays one missed call live, through real HTTP, the running worker and the real database, and reports each step as
it happens.

It does what the customer would do with her phone and looks only at what the product shows; it changes nothing by
itself.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx

from answerback.adapters.simulator import PhoneWorld, open_world
from answerback.adapters.simulator.texts import Text
from answerback.engine.reading import Reading
from answerback.store import codec, models
from answerback.testing.demo.shop import LINE, Shop, caller
from answerback.workflow import clock

Found = TypeVar("Found")

RING_SECONDS = 4
PATIENCE = 90.0
"""Seconds; what takes so long on a machine that does much else is shown with the seconds it took."""
VIDEO_PATIENCE = 8.0
MOST_QUESTIONS = 8

ANSWERS = {
    "open": "Hi, my water heater is leaking slowly",
    "service": "it's the water heater, it leaks a little",
    "area": "78704",
    "urgency": "not an emergency, tomorrow is fine",
    "contact_pref": "just send me the link please",
    "address": "1204 May St",
}

CHOICE = "1"
"""What Maria answers to any other question: they are lists of choices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened: what, how many seconds after what led to it, and the words."""

    name: str
    title: str
    seconds: float | None = None
    words: str = ""


@dataclass(slots=True, kw_only=True)
class Told:
    """What happened so far, and who is told of each step."""

    tell: Callable[[Step], None]
    steps: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """A step happened."""
        self.steps.append(step)
        self.tell(step)


class DidNotHappen(Exception):
    """A step that should have happened did not; the message says which and where to look."""


def play(shop: Shop, address: str, number: str, tell: Callable[[Step], None]) -> list[Step]:
    """Call, be missed, text, answer, book; returns the steps. Raises `DidNotHappen`."""
    told = Told(tell=tell)
    world = open_world(shop.world)
    ended = _miss(world, number, told)
    _first_text(world, shop, number, ended, told)
    link = _converse(world, shop, number, told)
    _book(world, shop, number, link.replace(_root(link), address), told)
    _watch(world, shop, number, told)
    return told.steps


def _miss(world: PhoneWorld, number: str, told: Told) -> datetime:
    began = clock.now()
    world.call(number, LINE, began, ring=RING_SECONDS, outcome="no-answer")
    told.add(
        Step(name="called", title=f"Maria calls {_shown(LINE)}. It rings {RING_SECONDS} seconds; nobody picks up.")
    )
    time.sleep(RING_SECONDS)
    return clock.now()


def _first_text(world: PhoneWorld, shop: Shop, number: str, ended: datetime, told: Told) -> None:
    lead = _until(lambda: _lead(shop, number), "No lead was created for the missed call.")
    title = f"Lead created: missed call ({lead.missed_reason.replace('_', ' ')}), source {lead.line.source}."
    told.add(Step(name="lead", title=title, seconds=(lead.created_at - ended).total_seconds()))
    _until(lambda: len(_said(world, number)) > 0, "No text was sent after the missed call.")
    text = _said(world, number)[-1]
    delay = (text.at - ended).total_seconds()
    told.add(Step(name="first_text", title="Text sent.", seconds=delay, words=text.body))


def _converse(world: PhoneWorld, shop: Shop, number: str, told: Told) -> str:
    """Answer each question as Maria would, until a booking link comes."""
    answers = ANSWERS | {"name": caller(shop, number)}
    for _ in range(MOST_QUESTIONS):
        words = answers.get(_asked(shop, number), CHOICE)
        before = len(_said(world, number))
        at = clock.now()
        world.text(number, LINE, words, at)
        told.add(Step(name="reply", title="Maria texts.", words=words))
        _until(lambda: len(_said(world, number)) > before, f"Nobody answered {words!r}.")  # noqa: B023  used at once
        _report_reading(shop, number, told)
        text = _said(world, number)[-1]
        told.add(Step(name="answer", title="Answered.", seconds=(text.at - at).total_seconds(), words=text.body))
        if found := re.search(r"https?://\S+/b/\S+", text.body):
            return found[0].rstrip(".,")
    raise DidNotHappen(f"After {MOST_QUESTIONS} answers there was still no booking link.")


def _book(world: PhoneWorld, shop: Shop, number: str, link: str, told: Told) -> None:
    """Open the link, take the first opening, press the button: what a thumb does."""
    before = len(_said(world, number))
    with httpx.Client(timeout=20, follow_redirects=True) as browser:
        page = browser.get(link)
        form = _form(page.text)
        if page.status_code != httpx.codes.OK or "start" not in form:
            raise DidNotHappen(f"The booking page answered {page.status_code} and offered no time: {link}")
        form |= {"name": caller(shop, number), "address": "1204 May St, Austin"}
        at = clock.now()
        booked = browser.post(link, data=form, headers={"Referer": link, "Origin": _root(link)})
    if booked.status_code != httpx.codes.OK:
        raise DidNotHappen(f"Booking was answered with {booked.status_code}.")
    appointment = models.Appointment.objects.filter(business_id=shop.business, contact__number=number, status="booked")
    found = _until(appointment.first, "No appointment stands in the calendar.")
    told.add(Step(name="booked", title=f"Maria books {_when(found)} on her phone."))
    _until(lambda: len(_said(world, number)) > before, "The booking was not confirmed by text.")
    text = _said(world, number)[-1]
    told.add(Step(name="confirmed", title="Confirmed.", seconds=(text.at - at).total_seconds(), words=text.body))


def _watch(world: PhoneWorld, shop: Shop, number: str, told: Told) -> None:
    """The videos the playbook sent on the way: after the service was known, and after booking."""
    published = models.Video.objects.filter(business_id=shop.business, published_at__isnull=False).count()
    deadline = time.monotonic() + VIDEO_PATIENCE
    while time.monotonic() < deadline and len(_videos(world, number)) < published:
        time.sleep(0.05)
    for text in _videos(world, number):
        told.add(Step(name="video", title="A video was sent.", words=text.body))


def _said(world: PhoneWorld, number: str) -> list[Text]:
    """The texts Maria got, without those that lead to a video: they come at their own moment."""
    return [text for text in world.texts_to(number) if "/v/" not in text.body]


def _videos(world: PhoneWorld, number: str) -> list[Text]:
    return [text for text in world.texts_to(number) if "/v/" in text.body]


def _report_reading(shop: Shop, number: str, told: Told) -> None:
    message = models.Message.objects.filter(business_id=shop.business, contact__number=number, author="customer").last()
    if message and message.reading:
        told.add(Step(name="read", title=f"Read as: {_in_words(codec.decode_reading(message.reading))}."))


def _in_words(reading: Reading) -> str:
    slots = [
        f"{name} {value}"
        for name in ("city", "zip", "date", "time", "contact_pref", "yes_no", "option", "name", "address")
        if (value := getattr(reading.slots, name))
    ]
    said = [reading.intent, *filter(None, [reading.service]), *slots]
    urgency = [] if reading.urgency == "unknown" else [f"urgency {reading.urgency}"]
    return f"{', '.join([*said, *urgency])} ({reading.confidence:.0%} sure)"


def _lead(shop: Shop, number: str) -> models.Lead | None:
    leads = models.Lead.objects.filter(business_id=shop.business, contact__number=number)
    return leads.select_related("line").order_by("-id").first()


def _asked(shop: Shop, number: str) -> str:
    open_ones = models.Conversation.objects.filter(business_id=shop.business, contact__number=number, ended_at=None)
    conversation = open_ones.first()
    return ((conversation.state or {}).get("asked") if conversation else None) or "open"


def _until(look: Callable[[], Found | None], otherwise: str) -> Found:
    """Look until there is something to see; out of patience it did not happen."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise DidNotHappen(f"{otherwise} Look at: answerback doctor")


def _form(page: str) -> dict[str, str]:
    """The page's hidden fields and its first opening."""
    form: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        values = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if values.get("name") and values.get("type") in {"hidden", "radio"}:
            form.setdefault(values["name"], values.get("value", ""))
    return form


def _root(link: str) -> str:
    return "/".join(link.split("/")[:3])


def _shown(number: str) -> str:
    return f"({number[2:5]}) {number[5:8]}-{number[8:]}"


def _when(appointment: models.Appointment) -> str:
    local = appointment.during.lower.astimezone(ZoneInfo(appointment.business.zone))
    return f"{local:%A} {local.day} {local:%B, %H:%M}"
