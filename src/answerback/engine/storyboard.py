"""What a video is made from: a storyboard of short scenes, how long each stands, and what its captions say.

A template is a storyboard with blanks. It is filled with what the playbook itself says; a line whose blank nobody set
is left out, so a video never promises what the business has not. Never here: pictures, sound or files.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from answerback.engine import lint

VideoKind = Literal["what_next", "overview", "explainer", "faq", "testimonial"]
"""What a video is for: what happens next, an overview, how something is done, an answer to a question, a customer."""

Look = Literal["brand", "light", "dark", "photo"]
"""What stands behind a scene's words: the brand's colour, a light or dark ground, or a photo."""

Icon = Literal[
    "",
    "calendar-check",
    "check",
    "clipboard-list",
    "clock",
    "file-text",
    "heart-handshake",
    "house",
    "key-round",
    "message-circle",
    "phone",
    "scale",
    "shield-check",
    "sparkles",
    "stethoscope",
    "thermometer",
    "truck",
    "user-check",
    "wrench",
]
"""The drawing of a scene, by its name in the icon set; empty for none."""

KINDS: tuple[VideoKind, ...] = get_args(VideoKind)
LOOKS: tuple[Look, ...] = get_args(Look)
ICONS: tuple[Icon, ...] = get_args(Icon)

SHORTEST, LONGEST = 15.0, 45.0
"""Seconds a video lasts. Under 15 nothing is said; after 45 most people have gone."""

MOST_SCENES = 9
MOST_LINES = 3
HEADING_FITS, LINE_FITS, CAPTION_FITS = 56, 72, 160
"""Characters that can be read at a glance on a phone held in one hand."""

READ_PER_SECOND = 15.0
"""Characters a second that people read on a screen without effort (broadcasters' subtitle guides say 15 to 17)."""

SETTLES = 1.3
"""Seconds until everything of a scene has come in and can be read."""

SHORTEST_SCENE, LONGEST_SCENE = 2.5, 10.0

CUE_FITS = 42
"""Characters of one caption line; a cue has at most two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture of the video: a heading, a line or two, and what is said meanwhile (`say`, its caption too).

    `seconds` is how long it stands, 0 for as long as it takes to read. `photo` and `voice` name files of the video.
    """

    heading: str
    lines: tuple[str, ...] = ()
    say: str = ""
    icon: Icon = ""
    look: Look = "brand"
    seconds: float = 0.0
    photo: str = ""
    voice: str = ""
    voice_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyboard:
    """A video as it is written down. `captions` are burnt in, or stand beside it to be switched off.

    `colour` (`#rrggbb`) is the brand's; empty for the product's own.
    """

    title: str
    language: str = "en"
    kind: VideoKind = "what_next"
    service: str = ""
    scenes: tuple[Scene, ...] = ()
    captions: Literal["burnt", "separate"] = "burnt"
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A storyboard to start from, in several languages, with blanks for what only the business knows."""

    id: str
    industry: str
    kind: VideoKind
    name: dict[str, str]
    storyboards: dict[str, Storyboard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a storyboard, where, and what to do. Only one that `stops` keeps it from being made."""

    where: str
    says: str
    fix: str
    stops: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One caption: from when to when (seconds), and its words, at most two lines."""

    start: float
    end: float
    text: str


def filled(storyboard: Storyboard, facts: Mapping[str, str]) -> Storyboard:
    """The template with its blanks filled; a line, or a scene, that speaks of a fact nobody set is left out."""
    scenes = (_filled_scene(scene, facts) for scene in storyboard.scenes)
    title = _put(storyboard.title, facts) or re.sub(r"\s*\{\w+\}", "", storyboard.title)
    return replace(storyboard, title=title, scenes=tuple(scene for scene in scenes if scene is not None))


def lengths(storyboard: Storyboard) -> tuple[float, ...]:
    """Seconds of each scene: as written, as its voice needs, or as long as it takes to read; never too short in all."""
    wanted = [_length(scene) for scene in storyboard.scenes]
    short = SHORTEST - sum(wanted)
    if wanted and short > 0:
        wanted = [each + short / len(wanted) for each in wanted]
    return tuple(round(each, 2) for each in wanted)


def faults(storyboard: Storyboard) -> tuple[Fault, ...]:
    """Everything wrong with this storyboard, in the order of its scenes."""
    return tuple(_faults(storyboard))


def cues(storyboard: Storyboard) -> tuple[Cue, ...]:
    """The captions, each standing as long as its share of what is said in its scene."""
    found: list[Cue] = []
    start = 0.0
    for scene, seconds in zip(storyboard.scenes, lengths(storyboard), strict=True):
        found.extend(
            replace(cue, start=round(start + cue.start, 2), end=round(start + cue.end, 2))
            for cue in spread(scene.say, seconds)
        )
        start += seconds
    return tuple(found)


def spread(said: str, seconds: float) -> tuple[Cue, ...]:
    """Sentences that somebody typed, one a line, as captions over so many seconds: each as long as its share."""
    parts = [piece for line in said.splitlines() for piece in _pieces(line)]
    letters = sum(len(part) for part in parts)
    found: list[Cue] = []
    at = 0.0
    for part in parts:
        until = at + seconds * len(part) / letters
        found.append(Cue(start=round(at, 2), end=round(until, 2), text=_two_lines(part)))
        at = until
    return tuple(found)


def webvtt(captions: tuple[Cue, ...]) -> str:
    """The captions as WebVTT (W3C), which browsers show over a video."""
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{_escaped(cue.text)}\n" for cue in captions]
    return "\n".join(["WEBVTT\n", *blocks])


def _filled_scene(scene: Scene, facts: Mapping[str, str]) -> Scene | None:
    heading = _put(scene.heading, facts)
    if not heading:
        return None
    lines = tuple(line for each in scene.lines if (line := _put(each, facts)))
    if scene.lines and not lines:
        return None
    return replace(scene, heading=heading, lines=lines, say=_put(scene.say, facts))


def _put(text: str, facts: Mapping[str, str]) -> str:
    """The text with its blanks filled, empty where one of them stands for nothing."""
    names = lint.blanks(text)
    if any(not facts.get(name) for name in names):
        return ""
    for name in names:
        text = text.replace(f"{{{name}}}", facts[name])
    return text


def _length(scene: Scene) -> float:
    least = scene.voice_seconds + 0.6 if scene.voice else 0.0
    if scene.seconds:
        return max(scene.seconds, least)
    letters = max(len(scene.heading) + sum(len(line) for line in scene.lines), len(scene.say))
    reading = SETTLES + letters / READ_PER_SECOND
    return max(min(max(reading, SHORTEST_SCENE), LONGEST_SCENE), least)


def _faults(storyboard: Storyboard) -> Iterator[Fault]:
    if not storyboard.title.strip():
        yield Fault(where="title", says="The video has no title.", fix="Say in a few words what it shows.")
    if storyboard.colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", storyboard.colour):
        yield Fault(where="colour", says=f"`{storyboard.colour}` is no colour.", fix="Write six digits, as #0b5cd6.")
    if not storyboard.scenes:
        yield Fault(where="scenes", says="There is no scene yet.", fix="Add one: a heading and a line or two.")
        return
    if len(storyboard.scenes) > MOST_SCENES:
        yield Fault(
            where="scenes",
            says=f"{len(storyboard.scenes)} scenes are more than anybody watches.",
            fix=f"Keep at most {MOST_SCENES}.",
        )
    total = sum(lengths(storyboard))
    if total > LONGEST:
        yield Fault(
            where="scenes",
            says=f"It would last {total:.0f} seconds; most people have gone after {LONGEST:.0f}.",
            fix="Shorten the words, give scenes fewer seconds, or take one out.",
        )
    for number, scene in enumerate(storyboard.scenes, start=1):
        yield from _scene_faults(f"scene {number}", scene)


def _scene_faults(where: str, scene: Scene) -> Iterator[Fault]:
    yield from _too_much(where, scene)
    if scene.look == "photo" and not scene.photo:
        yield Fault(where=where, says="It has no photo yet.", fix="Add a photo, or choose a colour.")
    if scene.icon not in ICONS or scene.look not in LOOKS:
        yield Fault(where=where, says="Its drawing or ground is not one of ours.", fix="Choose one from the list.")
    if scene.seconds and not SHORTEST_SCENE <= scene.seconds <= SHORTEST:
        fix = f"Write {SHORTEST_SCENE} to {SHORTEST:.0f} seconds, or nothing."
        yield Fault(where=where, says=f"{scene.seconds:g} seconds cannot be followed.", fix=fix)
    words = " ".join((scene.heading, *scene.lines, scene.say))
    if left := lint.blanks(words):
        says, fix = f"The blank {{{left[0]}}} was not filled.", "Write it out, or take it out."
        yield Fault(where=where, says=says, fix=fix)
    yield from _promises(where, words)


def _too_much(where: str, scene: Scene) -> Iterator[Fault]:
    if not scene.heading.strip():
        yield Fault(
            where=where, says="It has no heading.", fix="Write three to six words that can be read at a glance."
        )
    if len(scene.lines) > MOST_LINES:
        yield Fault(where=where, says=f"{len(scene.lines)} lines are too many.", fix=f"Keep at most {MOST_LINES}.")
    for says, text, fits in (
        (f"Its heading has {len(scene.heading)} characters and cannot be read in time.", scene.heading, HEADING_FITS),
        *(
            (f"Its line has {len(line)} characters and cannot be read in time.", line, LINE_FITS)
            for line in scene.lines
        ),
        (f"Its spoken text has {len(scene.say)} characters and cannot be read in time.", scene.say, CAPTION_FITS),
    ):
        if len(text) > fits:
            yield Fault(where=where, says=says, fix=f"Say it in {fits}.")


def _promises(where: str, words: str) -> Iterator[Fault]:
    """Words that promise something: the owner may mean them, so they are only pointed out."""
    for found, fix in (
        (lint.offers(words), "Leave it out where it is not true on every day somebody may watch."),
        (lint.amounts(words), "A price in a video cannot be changed later: be sure that it stands."),
        (lint.deadlines(words), "Be sure that you keep it every time."),
        (lint.arrivals(words), "A video knows no appointment: say it without a time."),
    ):
        if found:
            yield Fault(where=where, says=f"`{found[0]}` is a promise to everybody who watches.", fix=fix, stops=False)


def _pieces(text: str) -> list[str]:
    """The text in pieces of at most two caption lines, cut at the ends of words."""
    pieces: list[str] = []
    for word in text.split():
        if pieces and len(pieces[-1]) + 1 + len(word) <= 2 * CUE_FITS - 6:
            pieces[-1] = f"{pieces[-1]} {word}"
        else:
            pieces.append(word)
    if len(pieces) > 1:  # two even pieces read better than a long one and a word
        return _evenly(text.split(), len(pieces))
    return pieces


def _evenly(words: list[str], parts: int) -> list[str]:
    """These words in about this many parts of about the same length; one part more where even ones would not fit."""
    fair = sum(len(word) + 1 for word in words) / parts
    pieces = [""]
    for word in words:
        longer = f"{pieces[-1]} {word}".strip()
        full = len(longer) > fair + 4 or len(longer) > 2 * CUE_FITS - 6
        if pieces[-1] and full:
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def _two_lines(text: str) -> str:
    if len(text) <= CUE_FITS:
        return text
    words = text.split()
    cuts = [(abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))), n) for n in range(1, len(words))]
    cut = min(cuts)[1] if cuts else len(words)
    return "\n".join(filter(None, (" ".join(words[:cut]), " ".join(words[cut:]))))


def _stamp(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
