"""Storyboard files: YAML in, a `Storyboard` out, and back again; and the templates that come with the product.

A file that does not fit is refused with what is wrong, where, and what to write. Never here: whether a storyboard can
be watched (`engine.storyboard`), the database, Django.
"""

import functools
from dataclasses import MISSING, fields
from importlib import resources
from typing import Any

import msgspec
import yaml

from answerback.engine.storyboard import Scene, Starter, Storyboard, VideoKind

LONGEST_FILE = 50_000
"""Characters; a storyboard of nine full scenes has six thousand."""

LANGUAGES = ("en", "es")


class BadStoryboard(Exception):
    """The text is no storyboard; the message says where and what to write."""


def load(text: str) -> Storyboard:
    """The storyboard written in this YAML; raises `BadStoryboard`."""
    return _as(Storyboard, _parsed(text))


def dump(storyboard: Storyboard) -> str:
    """The storyboard as YAML that `load` reads back as the same; what is as usual is left out."""
    body: dict[str, Any] = msgspec.to_builtins(storyboard)
    body["scenes"] = [_without_defaults(scene) for scene in body["scenes"]]
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110)


def encode(storyboard: Storyboard) -> str:
    """The storyboard as JSON, as it is stored."""
    return msgspec.json.encode(storyboard).decode()


def decode(body: str) -> Storyboard:
    """The storyboard stored as this JSON."""
    return msgspec.json.decode(body, type=Storyboard)


@functools.cache
def starters() -> tuple[Starter, ...]:
    """Every template that comes with the product, by name."""
    folder = resources.files("answerback.playbooks") / "storyboards"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(_starter(_parsed(file.read_text("utf-8"))) for file in files)


def starters_for(industry: str) -> tuple[Starter, ...]:
    """The templates for this industry first, then those for any."""
    known = _INDUSTRIES.get(industry, industry)
    own = tuple(each for each in starters() if each.industry == known)
    return own + tuple(each for each in starters() if each.industry == "any")


def starter(id: str) -> Starter | None:
    """The template of this name, None where there is none."""
    return next((each for each in starters() if each.id == id), None)


_INDUSTRIES = {"dental_clinic": "clinic", "dental": "clinic", "law_firm": "law", "legal": "law", "salon": "any"}
"""Which templates an industry of the playbooks takes, where it goes by another name."""


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_FILE:
        raise BadStoryboard(f"The text has {len(text)} characters; a storyboard has at most {LONGEST_FILE}.")
    try:
        body = yaml.load(text, Loader=_NoAliases)  # noqa: S506  a safe loader that also refuses aliases
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        what = getattr(problem, "problem", None) or str(problem)
        if mark is None:
            raise BadStoryboard(f"It cannot be read: {what}. Check the indentation and the quotes.") from None
        line = mark.line + 1
        raise BadStoryboard(f"Line {line}: {what}. Check the indentation and the quotes there.") from None
    if not isinstance(body, dict):
        raise BadStoryboard("A storyboard begins with `title:`, then `scenes:` with one `- heading:` for each scene.")
    return body


class _NoAliases(yaml.SafeLoader):
    """Aliases can unfold a short text into gigabytes; a storyboard needs none."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*) are not taken")
        return super().compose_node(parent, index)


def _as(kind: type[Storyboard], body: dict[str, Any]) -> Storyboard:
    for scene in body.get("scenes") or ():
        if isinstance(scene, dict):
            _known_keys(scene, Scene)
    _known_keys(body, kind)
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as problem:
        raise BadStoryboard(f"{problem}. Compare with a template.") from None


def _known_keys(body: dict[str, Any], kind: type[Storyboard | Scene]) -> None:
    known = {each.name for each in fields(kind)}
    for key in body:
        if key in known:
            continue
        if kind is Scene:
            raise BadStoryboard(f"`{key}` is no part of a scene. There are: {', '.join(sorted(known))}.")
        raise BadStoryboard(f"`{key}` is no part of a storyboard. There are: {', '.join(sorted(known))}.")


def _starter(body: dict[str, Any]) -> Starter:
    kind: VideoKind = msgspec.convert(body["kind"], VideoKind)
    return Starter(
        id=body["id"],
        industry=body["industry"],
        kind=kind,
        name=body["name"],
        storyboards={language: _in_language(body, kind, language) for language in LANGUAGES},
    )


def _in_language(body: dict[str, Any], kind: VideoKind, language: str) -> Storyboard:
    scenes = [
        {
            "icon": scene["icon"],
            "look": scene["look"],
            "heading": scene["heading"][language],
            "lines": [line[language] for line in scene["lines"]],
            "say": scene["say"][language],
        }
        for scene in body["scenes"]
    ]
    told = {"title": body["name"][language], "language": language, "kind": kind, "scenes": scenes}
    return msgspec.convert(told, Storyboard)


def _without_defaults(scene: dict[str, Any]) -> dict[str, Any]:
    usual = {each.name: each.default for each in fields(Scene) if each.default is not MISSING}
    return {key: value for key, value in scene.items() if key == "heading" or value not in (usual.get(key), [])}
