"""A part of a playbook as a form, and the form as that part again: drawn from the classes of `engine.playbook`.

The classes say what there is, `store.playbook_keys` what it means. Whether what was written is wise is the proof's
part (`engine.proof`); what does not fit a field at all raises `DoesNotFit`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from answerback.console import words
from answerback.console.playbooks import plain
from answerback.console.playbooks.places import place
from answerback.engine.playbook import CallSituation
from answerback.store import ids
from answerback.store.playbook_keys import KEYS
from answerback.workflow.refusals import Refusal

Kind = Literal["group", "list", "wording", "terms", "lines", "choice", "tick", "number", "words", "line"]

TERMS = frozenset({"words", "choices"})
"""Lists of short words, written one a line; other wordings are whole texts."""

MENU = tuple("1234567890")
"""The keys of a phone menu, as they lie on a telephone."""

_NEEDED = frozenset(get_args(CallSituation)) - {"form"}
"""Situations that stay in `greet` when they hold no text, so that the proof misses it."""

NEW = "new"
"""Stands in the path of the item that is not there yet."""


class DoesNotFit(Refusal):
    """What was filled in does not fit; the message names the field and says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One field of the form, or a group of them. `path` is the name its fields begin with."""

    kind: Kind
    path: str
    label: str
    help: str = ""
    value: Any = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Each value with its plain words."""
    parts: tuple["Node", ...] = ()
    texts: tuple[tuple[str, str, str], ...] = field(default=())
    """For wordings: (name of the field, language, text), the last of each language empty for one more variant."""
    kept: tuple[tuple[str, str], ...] = ()
    """Words in languages that are not answered in now: (name of the field, text). They go along unseen."""


def draw(hint: Any, value: Any, path: str, label: str, languages: tuple[str, ...], *, helps: str = "") -> Node:
    """The form of a value of this type."""
    kind = _kind(hint, path)
    if kind == "group":
        return Node(kind=kind, path=path, label=label, help=helps, parts=tuple(_group(hint, value, path, languages)))
    if kind == "list":
        return _list(hint, value, path, label, languages, helps=helps)
    if _is_by_language(hint):
        others = tuple(code for code in value or () if code not in languages)
        kept = tuple((name, text) for name, _language, text in _texts(kind, value, path, others) if text)
        texts = _texts(kind, value, path, languages)
        return Node(kind=kind, path=path, label=label, help=helps, texts=texts, kept=kept)
    if kind == "choice":
        return Node(
            kind=kind,
            path=path,
            label=label,
            help=helps,
            value=value or "",
            choices=tuple((each, plain.value(each)) for each in _choices(hint)),
        )
    shown = ", ".join(value) if kind == "words" else value
    return Node(kind=kind, path=path, label=label, help=helps, value=shown)


def take(hint: Any, told: Mapping[str, str], path: str, languages: tuple[str, ...]) -> Any:
    """The value that was filled in under this path; raises `DoesNotFit`."""
    kind, written = _kind(hint, path), told.get(path, "").replace("\r\n", "\n").strip()
    if kind == "group":
        return _taken_group(hint, told, path, languages)
    if kind == "list":
        return _taken_list(hint, told, path, languages)
    if _is_by_language(hint):
        return _taken_texts(kind, told, path, languages)
    if kind == "choice":
        return _one_of(written, _choices(hint), path)
    if kind == "tick":
        return path in told
    if kind == "number":
        return _number(written, path)
    return _split(written) if kind == "words" else written


def as_typed(node: Node, told: Mapping[str, str]) -> Node:
    """The same fields with what was typed into them."""
    texts = tuple((name, language, told.get(name, text)) for name, language, text in node.texts)
    parts = tuple(as_typed(each, told) for each in node.parts)
    value: Any = told.get(node.path, node.value)
    if node.kind == "tick":
        value = node.path in told
    return replace(node, value=value, texts=texts, parts=parts)


@cache
def hints(wanted: type) -> dict[str, Any]:
    """The types of a class's fields, in their order."""
    return get_type_hints(wanted)


def _kind(hint: Any, path: str = "") -> Kind:
    if path.rpartition(".")[2] in TERMS:
        return "terms"
    if is_dataclass(hint):
        return "group"
    origin, inner = get_origin(hint), get_args(hint)
    if origin is dict:
        return {tuple: "wording", str: "lines"}.get(get_origin(inner[1]) or inner[1], "group")  # type: ignore[return-value]
    if origin is tuple:
        return "list" if is_dataclass(inner[0]) else "words"
    if origin is Literal or (origin in {Union, UnionType} and NoneType in inner):
        return "choice"
    return {bool: "tick", int: "number"}.get(hint, "line")  # type: ignore[return-value]


def _is_by_language(hint: Any) -> bool:
    return get_origin(hint) is dict


def _group(hint: Any, value: Any, path: str, languages: tuple[str, ...]) -> Iterator[Node]:
    if get_origin(hint) is dict:  # greet, menu: one wording per situation, or per key of the phone menu
        for key in (*_keys(hint), *(key for key in value if key not in _keys(hint))):
            yield draw(get_args(hint)[1], value.get(key, {}), f"{path}.{key}", plain.label(key), languages)
        return
    about = KEYS.get(hint.__name__, {})
    for name, inner in hints(hint).items():
        held = getattr(value, name) if value is not None else _default(hint, name)
        says = plain.helps(name, about.get(name, ""))
        yield draw(inner, held, f"{path}.{name}", plain.label(name), languages, helps=says)


def _list(hint: Any, value: Any, path: str, label: str, languages: tuple[str, ...], *, helps: str) -> Node:
    inner = get_args(hint)[0]
    items = [draw(inner, each, f"{path}.{at}", _title(each), languages) for at, each in enumerate(value)]
    items.append(draw(inner, None, f"{path}.{NEW}", "", languages))
    return Node(kind="list", path=path, label=label, help=helps, value=len(value), parts=tuple(items))


def _keys(hint: Any) -> tuple[str, ...]:
    """What a wording is written for: every situation of a call, or every key of a phone menu."""
    key = get_args(hint)[0]
    return tuple(get_args(key)) if get_origin(key) is Literal else MENU


def _texts(kind: Kind, value: Any, path: str, languages: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    value = value or {}
    found = []
    for language in languages:
        held = value.get(language, () if kind == "wording" else "")
        variants = [held] if kind == "lines" else ["\n".join(held)] if kind == "terms" else [*held, ""]
        found += [(f"{path}.{language}.{at}", language, text) for at, text in enumerate(variants)]
    return tuple(found)


def _taken_group(hint: Any, told: Mapping[str, str], path: str, languages: tuple[str, ...]) -> Any:
    if get_origin(hint) is dict:
        keys = dict.fromkeys((*_keys(hint), *(name.split(".")[1] for name in told if name.startswith(f"{path}."))))
        said = {each: take(get_args(hint)[1], told, f"{path}.{each}", languages) for each in keys}
        return {each: wording for each, wording in said.items() if each in _NEEDED or any(wording.values())}
    return hint(**{name: take(inner, told, f"{path}.{name}", languages) for name, inner in hints(hint).items()})


def _taken_list(hint: Any, told: Mapping[str, str], path: str, languages: tuple[str, ...]) -> Any:
    inner, count = get_args(hint)[0], ids.whole(told.get(f"{path}.count"), 0, 200) or 0
    found = []
    for at in range(count):
        if f"{path}.{at}.remove" in told:
            continue
        place = _number(told.get(f"{path}.{at}.place", str(at + 1)) or str(at + 1), f"{path}.{at}.place")
        found.append((place, at, take(inner, told, f"{path}.{at}", languages)))
    if _is_begun(inner, told, f"{path}.{NEW}", languages):
        found.append((10_000, count, take(inner, told, f"{path}.{NEW}", languages)))
    return tuple(each for _place, _at, each in sorted(found, key=lambda each: each[:2]))


def _is_begun(inner: Any, told: Mapping[str, str], path: str, languages: tuple[str, ...]) -> bool:
    """Is there one item more: ticked, or with words in it? Raises `DoesNotFit` where it has no name."""
    first = f"{path}.{next(iter(hints(inner)))}"
    names = [*_names_of_words(draw(inner, None, path, "", languages))]
    if f"{path}.add" not in told and not any(told.get(each, "").strip() for each in names):
        return False
    if not told.get(first, "").strip():
        says = _("%(where)s: fill this in, or empty the other fields of it.")
        raise DoesNotFit(says % {"where": _where(first)}, first)
    return True


def _names_of_words(node: Node) -> Iterator[str]:
    """The fields below it in which nothing stands by itself."""
    for each in node.parts:
        yield from _names_of_words(each)
    yield from (name for name, _language, text in node.texts if not text)
    if node.kind in {"line", "words"} and not node.texts and not node.value:
        yield node.path


def _taken_texts(kind: Kind, told: Mapping[str, str], path: str, languages: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    others = (match[1] for name in told if (match := re.fullmatch(rf"{re.escape(path)}\.([a-z]{{2,3}})\.\d+", name)))
    for language in dict.fromkeys((*languages, *others)):
        start = f"{path}.{language}."
        numbered = {name: ids.whole(name.removeprefix(start), 0, 9999) for name in told if name.startswith(start)}
        names = sorted((name for name, at in numbered.items() if at is not None), key=lambda name: numbered[name] or 0)
        texts = tuple(text for name in names if (text := told[name].replace("\r\n", "\n").strip()))
        if texts and kind == "terms":
            found[language] = tuple(word for line in texts[0].split("\n") if (word := line.strip()))
        elif texts:
            found[language] = texts[0] if kind == "lines" else texts
    return found


def _choices(hint: Any) -> tuple[str, ...]:
    inner = [each for each in get_args(hint) if each is not NoneType]
    if get_origin(hint) is Literal:
        return tuple(str(each) for each in inner)
    return ("", *(str(each) for each in get_args(inner[0])))


def _one_of(written: str, choices: tuple[str, ...], path: str) -> str | None:
    if written not in choices:
        raise DoesNotFit(_("%(where)s: choose one of the list.") % {"where": _where(path)}, path)
    return written or None


def _number(written: str, path: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise DoesNotFit(_("%(where)s: write a whole number.") % {"where": _where(path)}, path) from None


def _split(written: str) -> tuple[str, ...]:
    return tuple(word for part in written.replace("\n", ",").split(",") if (word := part.strip()))


def _title(item: Any) -> str:
    """What an item of a list is called: as customers are told of it, where it has such a name."""
    kind: Any = type(item)
    called = getattr(item, "name", None)
    first = words.named(called) if isinstance(called, dict) else ""
    return first or plain.value(str(getattr(item, next(iter(hints(kind))), "")))


def _default(hint: Any, name: str) -> Any:
    for each in fields(hint):
        if each.name == name and each.default is not MISSING:
            return each.default
        if each.name == name and each.default_factory is not MISSING:
            return each.default_factory()
    inner = hints(hint)[name]
    return {"wording": {}, "lines": {}, "words": (), "tick": True, "number": 0}.get(_kind(inner), "")


def _where(path: str) -> str:
    """The field of the form, its items counted from 1; the keys of a phone menu are numbers of their own."""
    keys = [each for each in path.split(".") if each != NEW]
    counted = (str(int(each) + 1) if each.isdecimal() and keys[0] != "menu" else each for each in keys)
    return place(" > ".join(counted))
