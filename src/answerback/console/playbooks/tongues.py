"""What a playbook says in each of its languages: taken over from the pack of its trade, of one's own, or missing still.

The pack's words fill only what is empty. Names, prices, choices and answers, which are promises of this business, are
taken over only where its own words in another language are the pack's too. Never here: may a draft be published.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from answerback.console.playbooks import forms
from answerback.console.playbooks.forms import Node
from answerback.console.playbooks.places import LANGUAGES
from answerback.console.words import INDUSTRIES
from answerback.engine.playbook import Fact, Nudge, Playbook, Route, Send
from answerback.store.playbook_file import pack, packs

PROMISES = frozenset({"name", "price", "choices"})
KEYS_OF = {Fact: ("about",), Nudge: ("after",), Route: ("when",), Send: ("when", "video", "service")}
"""What tells two items of a list apart; services have an `id`, questions a `slot`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One wording: the part of the playbook it stands in, what it is called there, and its first text.

    Words that customers use are no text that `is_sent`.
    """

    section: str
    label: str
    text: str = ""
    is_sent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language of a playbook: what is said as the `trade`'s pack says it, how much of one's own, what lacks."""

    code: str
    name: Any
    trade: Any
    from_pack: tuple[Place, ...]
    own: int
    missing: tuple[Place, ...]


def pack_of(playbook: Playbook) -> Playbook | None:
    """The pack of this trade, None where there is none."""
    return pack(playbook.industry) if playbook.industry in packs() else None


def taken_over(playbook: Playbook, code: str) -> Playbook:
    """The playbook with the words of its trade's pack in this language, wherever it has none."""
    theirs = pack_of(playbook)
    filled: Playbook = (
        _filled(playbook, theirs, code, promises=False) if theirs and code in theirs.languages else playbook
    )
    return filled


def tongues(playbook: Playbook, sections: dict[str, Any]) -> list[Tongue]:
    """Every language, in the playbook's order; `sections` are the parts that hold words, with their titles."""
    theirs = pack_of(playbook)
    return [_tongue(playbook, theirs, code, sections) for code in playbook.languages]


def _tongue(playbook: Playbook, theirs: Playbook | None, code: str, sections: dict[str, Any]) -> Tongue:
    there = frozenset(_texts(theirs, code)) if theirs else frozenset()
    said, missing = [], []
    for section, title in sections.items():
        hint = forms.hints(Playbook)[section]
        drawn = forms.draw(hint, getattr(playbook, section), section, str(title), playbook.languages)
        for label, node in _wordings(drawn, ()):
            spoken = {language for _path, language, text in node.texts if text}
            text = next((text for _path, language, text in node.texts if text and language == code), "")
            if text:
                said.append(Place(section=section, label=label, text=text, is_sent=node.kind == "wording"))
            elif spoken:
                missing.append(Place(section=section, label=label))
    from_pack = tuple(each for each in said if each.text in there)
    return Tongue(
        code=code,
        name=LANGUAGES.get(code, code),
        trade=INDUSTRIES.get(playbook.industry, playbook.industry) if theirs else "",
        from_pack=from_pack,
        own=len(said) - len(from_pack),
        missing=tuple(missing),
    )


def _wordings(node: Node, above: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    here = (*above, str(node.label)) if node.label else above
    if node.texts:
        yield ": ".join(dict.fromkeys(here)), node
    for part in node.parts:
        if f".{forms.NEW}" not in part.path:
            yield from _wordings(part, here)


def _texts(value: Any, code: str) -> Iterator[str]:
    """Everything a playbook says in this language."""
    if is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name), code)
    elif isinstance(value, dict):
        if not _is_by_language(value):
            for part in value.values():
                yield from _texts(part, code)
        elif found := value.get(code):
            yield from (found,) if isinstance(found, str) else (*found, "\n".join(found))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, code)


def _filled(ours: Any, theirs: Any, code: str, *, promises: bool) -> Any:
    if theirs is None:
        return ours
    if is_dataclass(ours) and not isinstance(ours, type):
        careful = isinstance(ours, Fact)
        return replace(
            ours,
            **{
                each.name: _filled(
                    getattr(ours, each.name),
                    getattr(theirs, each.name),
                    code,
                    promises=careful or each.name in PROMISES,
                )
                for each in fields(ours)
            },
        )
    if isinstance(ours, tuple):
        there = {_key(each): each for each in reversed(theirs)}
        return tuple(_filled(each, there.get(_key(each)), code, promises=promises) for each in ours)
    if not isinstance(ours, dict):
        return ours
    if not _is_by_language(ours):
        return {key: _filled(value, theirs.get(key), code, promises=promises) for key, value in ours.items()}
    same = any(ours[each] == theirs.get(each) for each in ours)
    wanted = ours and not ours.get(code) and theirs.get(code) and (same or not promises)
    return {**ours, code: theirs[code]} if wanted else ours


def _key(item: Any) -> Any:
    if not is_dataclass(item):
        return item
    names = KEYS_OF.get(type(item)) or tuple(each.name for each in fields(item) if each.name in {"id", "slot"})
    return tuple(getattr(item, name) for name in names)


def _is_by_language(value: dict[str, Any]) -> bool:
    return not any(isinstance(each, dict) for each in value.values())
