"""The engine's values as JSON and back. The only place, with the adapters, where JSON is known.

Unknown keys are ignored and missing ones take their default, so that a newer version reads what an older one wrote.
"""

from dataclasses import MISSING, field, fields, make_dataclass
from functools import cache
from typing import Any, cast, get_type_hints

import msgspec

from answerback.engine.events import EVENT_TYPES, CallFact, Event
from answerback.engine.playbook import Playbook
from answerback.engine.reading import Reading
from answerback.engine.receipt import DecisionReceipt
from answerback.engine.state import State

_EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in EVENT_TYPES}
_STATE_DEFAULTS = {
    each.name: each.default if each.default is not MISSING else cast("Any", each.default_factory)()
    for each in fields(State)
}
_FACTS = ("facts", "told")
"""The parts of a state that hold facts about calls, of several kinds."""
_encode = msgspec.json.Encoder().encode


def event_kind(event: Event) -> str:
    """The name an event is stored under."""
    return type(event).__name__


def encode_event(event: Event) -> str:
    """An event as JSON text; its kind is stored beside it."""
    return _encode(event).decode()


def decode_event(kind: str, body: str) -> Event:
    """The event stored under `kind`; raises `KeyError` for a kind this version does not know."""
    return cast("Event", _event_decoder(kind).decode(body))


def encode_state(state: State) -> str:
    """A state as JSON text, without what is still as at the beginning."""
    shown: dict[str, Any] = {
        name: value for name, default in _STATE_DEFAULTS.items() if (value := getattr(state, name)) != default
    }
    for name in _FACTS:
        if name in shown:
            shown[name] = [(event_kind(fact), fact) for fact in shown[name]]
    return _encode(shown).decode()


def decode_state(body: str | None) -> State:
    """The state written by `encode_state`; None is the state of a conversation that has only just begun."""
    if body is None:
        return State()
    stored = _state_decoder().decode(body)
    known = {name: getattr(stored, name) for name in _STATE_DEFAULTS}
    return State(**known | {name: tuple(_fact(kind, raw) for kind, raw in known[name]) for name in _FACTS})


def encode_guards(receipt: DecisionReceipt) -> str:
    """The guards of a decision receipt as JSON text."""
    return _encode(receipt.guards).decode()


def decode_reading(stored: dict[str, Any]) -> Reading:
    """The reading stored beside an incoming text."""
    return msgspec.convert(stored, Reading)


def encode_playbook(playbook: Playbook) -> str:
    """A playbook as JSON text."""
    return _encode(playbook).decode()


def decode_playbook(body: str | bytes) -> Playbook:
    """The playbook written by `encode_playbook`; raises `msgspec.ValidationError` when it is none."""
    return msgspec.json.decode(body, type=Playbook)


def plain(text: str) -> Any:
    """JSON text as lists and dictionaries, for Django's JSON fields."""
    return msgspec.json.decode(text)


def encode(value: object) -> str:
    """Any plain value (answers, payloads) as JSON text; what JSON has no form for becomes a string."""
    return msgspec.json.encode(value, enc_hook=str).decode()


@cache
def _event_decoder(kind: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_EVENTS[kind])


def _fact(kind: str, raw: msgspec.Raw) -> CallFact:
    return cast("CallFact", _event_decoder(kind).decode(raw))


@cache
def _state_decoder() -> msgspec.json.Decoder[Any]:
    # msgspec cannot tell several dataclasses of one union apart, so facts are read by the kind written beside them.
    hints = get_type_hints(State)
    hints |= dict.fromkeys(_FACTS, tuple[tuple[str, msgspec.Raw], ...])
    stored = make_dataclass(
        "StoredState",
        [(name, hints[name], _field(default)) for name, default in _STATE_DEFAULTS.items()],
        frozen=True,
        slots=True,
        kw_only=True,
    )
    return msgspec.json.Decoder(stored)


def _field(default: Any) -> Any:
    return field(default_factory=dict) if isinstance(default, dict) else field(default=default)
