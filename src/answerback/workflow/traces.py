"""The way of one call through the product, for whoever traces it: its steps, how long each took, and what came of it.

A step names kinds and ids, never a number, a name or a word. What the next step needs to go on with the same trace
travels with the rows (`event.trace`, `message.trace`: W3C Trace Context, Level 1), so that it crosses processes and
waits. Without a tracer (`server.traces` puts one in where it is set) nothing is made, and the rows carry nothing.
"""

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Literal, Protocol

Role = Literal["server", "consumer", "producer", "client", "internal"]
"""What a step is to its neighbours: it answers a request, takes up what waited, hands on, asks somebody else."""


class Span(Protocol):
    """One step that has begun."""

    @property
    def context(self) -> str | None:
        """What the next step must know to be of the same trace; None where nothing is traced."""

    def note(self, **attributes: str | int) -> None:
        """Say more of this step: kinds and ids."""

    def failed(self, kind: str) -> None:
        """It did not work; `kind` is the kind of the problem, never its message."""

    def end(self) -> None:
        """It is over. What never ends is never told."""


class Tracer(Protocol):
    """Makes spans."""

    def begin(self, name: str, role: Role, parent: str | None, attributes: dict[str, str | int]) -> Span:
        """A step that begins now, of the trace that `parent` names, else of a new one."""


class _Nothing:
    """A step nobody traces."""

    context: str | None = None

    def note(self, **attributes: str | int) -> None: ...

    def failed(self, kind: str) -> None: ...

    def end(self) -> None: ...


NOTHING: Span = _Nothing()


def use(tracer: Tracer | None) -> None:
    """Trace with this from now on; None for nothing."""
    global _tracer  # noqa: PLW0603  one process has one
    _tracer = tracer


def told() -> bool:
    """Are steps told to anybody?"""
    return _tracer is not None


def current() -> str | None:
    """What a row that is written here must carry, None where nothing is traced."""
    return _current.get()


def begin(name: str, role: Role, parent: str | None, **attributes: str | int) -> Span:
    """A step that begins now and must be ended by hand: several go on at the same time."""
    return NOTHING if _tracer is None else _tracer.begin(name, role, parent, attributes)


class step:  # noqa: N801  used as a verb: `with traces.step(...)`
    """A step that lasts as long as the block; steps within it are its children. An exception makes it a failed one."""

    __slots__ = ("_attributes", "_name", "_parent", "_role", "_span", "_token")

    def __init__(self, name: str, role: Role = "internal", parent: str | None = None, **attributes: str | int) -> None:
        self._name, self._role, self._parent, self._attributes = name, role, parent, attributes
        self._span = NOTHING
        self._token: Token[str | None] | None = None

    def __enter__(self) -> Span:
        if _tracer is not None:
            self._span = _tracer.begin(self._name, self._role, self._parent or _current.get(), self._attributes)
            self._token = _current.set(self._span.context)
        return self._span

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._token is None:
            return
        _current.reset(self._token)
        if kind is not None:
            self._span.failed(kind.__name__)
        self._span.end()


_tracer: Tracer | None = None
_current: ContextVar[str | None] = ContextVar("trace", default=None)
