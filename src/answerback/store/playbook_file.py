"""Playbook files: YAML in, a `Playbook` out, and back again; and the JSON Schema that editors use.

A file that does not fit is refused with every fault at once, each with its line, its key and what to do.
Never here: whether what a playbook says is wise (`engine.proof`), the database, Django.
"""

import difflib
import functools
import inspect
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import yaml

from answerback.engine.playbook import CallSituation, Playbook
from answerback.store import quick_yaml
from answerback.store.playbook_keys import KEYS

LONGEST_FILE = 500_000
"""Characters. The longest real playbook is a twentieth of this; more is a mistake or an attack."""

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing in a file that does not fit: where, what, and what to do. `where` reads like `learn > area > ask`."""

    source: str
    line: int
    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.source}, line {self.line}: {place}{self.what} {self.fix}".rstrip()


class BadPlaybook(Exception):
    """The file is not a playbook; `faults` says why, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def load(text: str, source: str) -> Playbook:
    """The playbook written in this YAML text; `source` is the file's name for messages. Raises `BadPlaybook`."""
    playbook, reading = _read(text, source)
    if reading.faults or playbook is None:
        raise BadPlaybook(tuple(sorted(reading.faults, key=lambda fault: fault.line)))
    return playbook


def lines(text: str) -> dict[str, int]:
    """The line of each key of a playbook file, by the `where` that `Fault` and `engine.proof.Problem` use."""
    return _read(text, "")[1].lines


def dump(playbook: Playbook) -> str:
    """The playbook as a YAML file that `load` reads back as the same playbook."""
    body = {key: value for key, value in _plain(playbook).items() if value is not None}
    ordered = {key: body[key] for key in KEYS["Playbook"] if key in body}
    written = quick_yaml.dumped(ordered)
    return f"{SCHEMA_LINE}\n{written}"


def packs() -> tuple[str, ...]:
    """The names of the industry packs that come with the product, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml")))


@functools.cache
def pack(name: str) -> Playbook:
    """The industry pack of this name. Raises `BadPlaybook` with the list of packs when there is none."""
    return load(pack_text(name), f"{name}.yaml")


def pack_text(name: str, first: str = "") -> str:
    """The file of the industry pack of this name, as text; its usual language is `first`, where it has words in it."""
    if name not in packs():
        fault = Fault(
            source=name,
            line=0,
            where="",
            what="There is no pack of this name.",
            fix=f"There are: {', '.join(packs())}.",
        )
        raise BadPlaybook((fault,))
    text = str((_folder() / f"{name}.yaml").read_text("utf-8"))
    spoken = pack(name).languages if first else ()
    if first not in spoken:
        return text
    said = ", ".join(sorted(spoken, key=lambda language: language != first))
    return re.sub(r"^languages: \[.*\]$", f"languages: [{said}]", text, count=1, flags=re.MULTILINE)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a playbook file, drawn from the classes of `engine.playbook`."""
    drawn = msgspec.json.schema(Playbook)
    for name, definition in drawn["$defs"].items():
        _describe(definition, KEYS[name])
    properties = drawn["$defs"]["Playbook"]["properties"]
    properties["greet"]["propertyNames"] = {"enum": list(get_args(CallSituation))}
    properties["languages"]["minItems"] = 1
    zips = drawn["$defs"]["Area"]["properties"]["zips"]
    zips["items"] = {"type": ["string", "integer"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "answerback playbook",
        "description": "The rules by which a business answers its missed calls.",
        **_one_or_many(drawn),
    }


def schema_text() -> str:
    """The JSON Schema as it is published beside the packs."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _folder() -> Any:
    return resources.files("answerback") / "playbooks"


def _read(text: str, source: str) -> "tuple[Playbook | None, _Reading]":
    reading = _Reading(source=source)
    node = _syntax(text, reading)
    if node is None:
        return None, reading
    playbook = reading.value(node, Playbook, "")
    return (playbook if isinstance(playbook, Playbook) else None), reading


def _syntax(text: str, reading: "_Reading") -> yaml.Node | None:
    if len(text) > LONGEST_FILE:
        reading.fault(1, "", f"The file has {len(text):,} characters.", f"At most {LONGEST_FILE:,} are read.")
        return None
    try:
        node = quick_yaml.composed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        reading.fault(
            mark.line + 1 if mark else 1,
            "",
            f"This is not YAML: {said}.",
            "Look at this line and the one above: a missing quote, colon or indent. "
            "A text that begins with { or holds a colon needs quotes.",
        )
        return None
    except RecursionError:
        reading.fault(1, "", "Lists or keys are nested far too deep.", "Start from a pack: copy one and change it.")
        return None
    if node is None or node.value == "":
        reading.fault(1, "", "The file is empty.", "Start from a pack: copy one and change it.")
        return None
    return node


_hints = functools.cache(get_type_hints)


class _Reading:
    """Turns YAML nodes into the classes they are meant for, collecting faults and the line of each key.

    Scalars are read by the type that is wanted, not by YAML's guess: `zips: 02134` stays a ZIP code and `No` a word.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def fault(self, line: int, where: str, what: str, fix: str) -> None:
        self.faults.append(Fault(source=self.source, line=line, where=where, what=what, fix=fix))

    def value(self, node: yaml.Node, wanted: Any, where: str) -> Any:
        """What this node holds as the wanted type; None (with a fault noted) when it does not fit."""
        self.lines.setdefault(where, node.start_mark.line + 1)
        origin = get_origin(wanted)
        if origin is UnionType:
            return self.value(node, next(part for part in get_args(wanted) if part is not NoneType), where)
        if is_dataclass(wanted):
            return self._object(node, wanted, where)
        if origin is dict:
            key_type, value_type = get_args(wanted)
            return self._dict(node, key_type, value_type, where)
        if origin is tuple:
            return self._list(node, get_args(wanted)[0], where)
        return self._scalar(node, wanted, where)

    def _object(self, node: yaml.Node, wanted: Any, where: str) -> Any:
        pairs = self._pairs(node, where)
        if pairs is None:
            return None
        known: dict[str, Field[Any]] = {field.name: field for field in fields(wanted)}
        for key, (key_node, _) in pairs.items():
            if key not in known:
                self._unknown(key_node, where, key, tuple(known))
        for name, field in known.items():
            if name not in pairs and field.default is MISSING and field.default_factory is MISSING:
                meaning = KEYS[wanted.__name__][name]
                self._wrong(node, where, f"The key `{name}` is missing.", f"Add it. {meaning}")
        hints = _hints(wanted)
        before = len(self.faults)
        values = {
            key: self.value(value, hints[key], _within(where, key)) for key, (_, value) in pairs.items() if key in known
        }
        complete = all(value is not None for value in values.values()) and len(self.faults) == before
        required = {name for name, f in known.items() if f.default is MISSING and f.default_factory is MISSING}
        return wanted(**values) if complete and required <= set(values) else None

    def _dict(self, node: yaml.Node, key_type: Any, value_type: Any, where: str) -> Any:
        pairs = self._pairs(node, where)
        if pairs is None:
            return None
        allowed = get_args(key_type) if get_origin(key_type) is Literal else None
        values: dict[str, Any] = {}
        for key, (key_node, value) in pairs.items():
            if allowed and key not in allowed:
                self._unknown(key_node, where, key, allowed)
            else:
                values[key] = self.value(value, value_type, _within(where, key))
        return values

    def _list(self, node: yaml.Node, item_type: Any, where: str) -> Any:
        if item_type is str and isinstance(node, yaml.ScalarNode):
            alone = self._scalar(node, str, where)
            return None if alone is None else (alone,)
        if not isinstance(node, yaml.SequenceNode):
            return self._wrong(node, where, "This must be a list.", "Begin each item on its own line with `- `.")
        items = []
        seen: dict[str, int] = {}
        for number, item in enumerate(node.value, start=1):
            label = _label(item) or str(number)
            if not isinstance(item, yaml.ScalarNode) and label in seen and where != "routes":
                self._wrong(item, _within(where, label), *_twice(where, label, seen[label]))
            seen.setdefault(label, item.start_mark.line + 1)
            items.append(self.value(item, item_type, _within(where, label)))
        return tuple(items)

    def _scalar(self, node: yaml.Node, wanted: Any, where: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(node, where, "This must be a single value.", "Take away the list or the keys below it.")
        text = str(node.value)
        if node.tag == "tag:yaml.org,2002:null" and text in {"", "~"}:
            return self._wrong(node, where, "Nothing is written here.", "Fill it in, or take the key out.")
        if get_origin(wanted) is Literal:
            return self._one_of(node, text, get_args(wanted), where)
        if wanted is bool:
            return self._yes_no(node, text, where)
        if wanted is int:
            try:
                return int(text)
            except ValueError:
                return self._wrong(node, where, f"`{text}` is not a whole number.", "Write digits only, such as 15.")
        return text

    def _one_of(self, node: yaml.Node, text: str, allowed: tuple[Any, ...], where: str) -> Any:
        for choice in allowed:
            if str(choice) == text:
                return choice
        guess = _guess(text, [str(choice) for choice in allowed])
        return self._wrong(node, where, f"`{text}` is not one of {_listed(allowed)}.", guess)

    def _yes_no(self, node: yaml.Node, text: str, where: str) -> bool | None:
        meanings = {"true": True, "yes": True, "false": False, "no": False}
        if text.lower() in meanings:
            return meanings[text.lower()]
        self._wrong(node, where, f"`{text}` is neither true nor false.", "Write true or false.")
        return None

    def _pairs(self, node: yaml.Node, where: str) -> dict[str, tuple[yaml.Node, yaml.Node]] | None:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, where, "Keys are expected here, such as `en: ...`.", "Indent them below this line.")
            return None
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, value in _merged(node):
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(key_node, where, "A key must be one word.", "Take the brackets away.")
                continue
            key = str(key_node.value)
            if key in pairs and key_node.start_mark.line != pairs[key][0].start_mark.line:
                first = pairs[key][0].start_mark.line + 1
                self._wrong(key_node, _within(where, key), f"This key was already used on line {first}.", "Keep one.")
                continue
            pairs[key] = (key_node, value)
        return pairs

    def _unknown(self, node: yaml.Node, where: str, key: str, known: tuple[str, ...]) -> None:
        self._wrong(
            node, where, f"There is no key `{key}` here.", _guess(key, known) or f"Known keys: {_listed(known)}."
        )

    def _wrong(self, node: yaml.Node, where: str, what: str, fix: str) -> None:
        self.fault(node.start_mark.line + 1, where, what, fix)


def _merged(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The pairs of a mapping, with `<<: *anchor` filled in where the mapping does not say otherwise."""
    own = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    for key, value in node.value:
        if key.tag != "tag:yaml.org,2002:merge":
            yield key, value
            continue
        sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for source in sources:
            if isinstance(source, yaml.MappingNode) and source is not node:
                yield from ((k, v) for k, v in source.value if str(k.value) not in own)


def _label(node: yaml.Node) -> str | None:
    """What an item of a list calls itself: its id, slot or case."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            scalars = isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
            if scalars and key.value in {"id", "slot", "when"}:
                return str(value.value)
    return None


def _twice(where: str, label: str, line: int) -> tuple[str, str]:
    """What is wrong and what to do where two items of a list are called the same; a video goes by its moment."""
    if where == "send":
        return "Another video has the same moment.", "Choose another moment for one, or take one out."
    return f"`{label}` was already used on line {line}.", "Rename one."


def _within(where: str, key: str) -> str:
    return f"{where} > {key}" if where else key


def _guess(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else ""


def _listed(words: tuple[Any, ...]) -> str:
    return ", ".join(str(word) for word in words)


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as YAML would hold it: defaults left out, lists of one written as one."""
    plain: dict[str, Any] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.default is not MISSING and held == field.default:
            continue
        if field.default_factory is not MISSING and held == field.default_factory():
            continue
        plain[field.name] = _plain_value(held)
    return plain


def _plain_value(value: Any) -> Any:
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, dict):
        return {key: _plain_value(held) for key, held in value.items()}
    if isinstance(value, tuple):
        items = [_plain_value(item) for item in value]
        return items[0] if len(items) == 1 and isinstance(items[0], str) else items
    return value


def _describe(definition: dict[str, Any], keys: dict[str, str]) -> None:
    definition["description"] = inspect.cleandoc(definition["description"]).split("\n")[0]
    definition["additionalProperties"] = False
    for name, held in definition["properties"].items():
        held["description"] = keys[name]


def _one_or_many(node: Any) -> Any:
    """The schema with every list of words also allowed as one word, as `load` reads it."""
    if isinstance(node, list):
        return [_one_or_many(item) for item in node]
    if not isinstance(node, dict):
        return node
    held = {key: _one_or_many(value) for key, value in node.items()}
    if held.get("type") != "array" or "string" not in held["items"].get("type", ()):
        return held
    listed = {key: held.pop(key) for key in ("type", "items", "minItems") if key in held}
    return {**held, "anyOf": [listed["items"], {"minItems": 1, **listed}]}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
