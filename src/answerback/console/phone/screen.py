"""What a pretend handset shows at one moment, as plain values, and a cheap version number of it.

It looks at the pretend phone world only, like a customer's phone does; what the product knows is not here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zlib import crc32
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from answerback.adapters.simulator import PhoneWorld
from answerback.adapters.simulator.calls import Call
from answerback.adapters.simulator.keepsakes import PICTURES
from answerback.adapters.simulator.texts import Text
from answerback.engine.events import CallOutcome

Side = Literal["theirs", "mine", "note"]

ALERTS_SHOWN = 3
TAKEN = f"{PICTURES}taken/"
"""Where pictures lie that were sent from this page."""
SHOWN = (".jpg", ".jpeg", ".png", ".gif", ".webp")
"""How the address of a picture ends."""

_CALL_NOTES: dict[CallOutcome, Promise] = {
    "answered_human": gettext_lazy("You called and somebody picked up"),
    "answered_ai": gettext_lazy("You called and an assistant picked up"),
    "machine": gettext_lazy("You called and a machine picked up"),
    "voicemail": gettext_lazy("You called and left a voicemail"),
    "no_answer": gettext_lazy("You called: no answer"),
    "busy": gettext_lazy("You called: busy"),
    "abandoned": gettext_lazy("You called and hung up"),
    "after_hours": gettext_lazy("You called: closed"),
    "failed": gettext_lazy("You called: it did not go through"),
    "blocked": gettext_lazy("You called: blocked"),
    "unknown": gettext_lazy("You called"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What came with a text; `path` is where we serve it ourselves, empty for one that lies elsewhere."""

    url: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One entry of the thread. `day` is set on the first of a day, `mark` says what became of a text of mine."""

    at: datetime
    side: Side
    words: str
    time: str
    day: str = ""
    mark: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The handset and the shop's phone at one moment. `clock` is the length of the present phase, as m:ss."""

    phase: str
    clock: str
    bubbles: tuple[Bubble, ...]
    alerts: tuple[Bubble, ...]

    @property
    def version(self) -> str:
        """Changes when anything to be seen changes, and its second part when there is something to announce."""
        return f"{_digest(self)}.{_digest(self.announcement)}"

    @property
    def announcement(self) -> str:
        """What a screen reader says."""
        said = {
            "ringing": gettext("Calling. The shop's phone rings."),
            "talking": gettext("Somebody picked up."),
            "voicemail": gettext("Voicemail: speak after the beep."),
        }
        latest = self.bubbles[-1] if self.bubbles else None
        who = {"theirs": gettext("New text: %(words)s"), "mine": gettext("You wrote: %(words)s"), "note": "%(words)s"}
        return said.get(self.phase) or ("" if latest is None else who[latest.side] % {"words": latest.words})


def screen_of(
    world: PhoneWorld, number: str, *, line: str, shop_phone: str, now: datetime, zone: ZoneInfo, root: str = ""
) -> Screen:
    """What this number's handset shows, and the alerts on the shop's own phone; `root` is our own address."""
    call = world.current_call(number, now)
    seen = _visible(world.texts(number), number, line, now)
    came = world.pictures_of(number)
    entries = [
        replace(_of_text(text, number, zone), pictures=_pictures(came.get(text.message, ()), root)) for text in seen
    ]
    entries += [_of_call(made, zone) for made in world.calls(number) if made.line == line and made.phase(now) == "over"]
    alerts = [_of_text(text, shop_phone, zone) for text in world.texts_to(shop_phone) if text.arrived(now)]
    return Screen(
        phase="idle" if call is None else call.phase(now),
        clock="" if call is None else _clock(call.seconds(now)),
        bubbles=_with_days(sorted(entries, key=lambda bubble: bubble.at), zone),
        alerts=tuple(alerts[-ALERTS_SHOWN:]),
    )


def _visible(texts: tuple[Text, ...], number: str, line: str, now: datetime) -> list[Text]:
    """My own texts at once, theirs when they have arrived; other senders have their own threads."""
    mine = [text for text in texts if text.sender == number and text.to == line and text.at <= now]
    return mine + [text for text in texts if text.to == number and text.sender == line and text.arrived(now)]


def _of_text(text: Text, number: str, zone: ZoneInfo) -> Bubble:
    mine = text.sender == number
    at = text.at if mine else text.arrives_at
    mark = (gettext("Delivered") if text.heard else gettext("Sent")) if mine else ""
    return Bubble(at=at, side="mine" if mine else "theirs", words=text.body, time=_time(at, zone), mark=mark)


def _pictures(links: Iterable[str], root: str) -> tuple[Picture, ...]:
    """A film that came along is a link too: the handset shows pictures."""
    return tuple(Picture(each, _path(each, root)) for each in links)


def _path(link: str, root: str) -> str:
    if link.startswith(TAKEN):
        return reverse("phone:picture", args=[link.removeprefix(TAKEN)])
    is_ours = bool(root) and link.startswith(f"{root}/") and link.endswith(SHOWN)
    return link.removeprefix(root) if is_ours else ""


def _of_call(call: Call, zone: ZoneInfo) -> Bubble:
    at = call.ended_at or call.at
    words = str(_CALL_NOTES[call.outcome]) + (f": “{call.voicemail}”" if call.voicemail else "")
    if call.called:
        words = (
            gettext("They called you back and you talked")
            if call.outcome == "answered_human"
            else gettext("They tried to call you")
        )
    return Bubble(at=at, side="note", words=words, time=_time(at, zone))


def _with_days(bubbles: list[Bubble], zone: ZoneInfo) -> tuple[Bubble, ...]:
    shown, last = [], ""
    for bubble in bubbles:
        day = dateformat.format(bubble.at.astimezone(zone), "l, F j")
        shown.append(replace(bubble, day=day) if day != last else bubble)
        last = day
    return tuple(shown)


def _time(at: datetime, zone: ZoneInfo) -> str:
    return dateformat.format(at.astimezone(zone), "g:i A")


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _digest(shown: object) -> str:
    return f"{crc32(repr(shown).encode()):08x}"
