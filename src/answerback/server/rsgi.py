"""What Granian serves: a phone's report is taken in by the loop itself, everything else by a thread (ADR 0046).

In a storm, thirty threads that wait for one commit cost more than all they do: each is woken by itself and then waits
for the interpreter. The loop takes the reports in one after the other and is woken once for all that a commit kept.
"""

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections import deque

from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]

from answerback.hooks import at_once
from answerback.server.blocking import Blocking, Wsgi, length_of
from answerback.server.headers import PROGRAMS
from answerback.workflow import intake, meters
from answerback.workflow.intake import Ready


class Gateway:
    """Reports at once, all else by `pages` in at most `threads` threads. Needs `intake.write_apart`."""

    def __init__(self, pages: Wsgi, threads: int) -> None:
        self._threads = Blocking(pages, threads)

    async def __call__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        body = None
        try:
            if scope.method == "POST" and scope.path.startswith(at_once.HOOKS) and length_of(scope) <= at_once.LARGEST:
                body = await protocol()
                ready = at_once.looked_at(scope.path, scope.query_string, scope.headers.items(), body)
                if ready is not None and await _is_kept(ready):
                    _say(protocol, ready)
                    return
            await self._threads.answer(scope, protocol, body)
        except ProtocolClosed:  # whoever asked is gone
            return


async def _is_kept(ready: Ready) -> bool:
    """Is it committed? What was not, a thread tries again, and says what is wrong with it."""
    loop = get_running_loop()
    done: Future[bool] = loop.create_future()
    woken = _Woken.of(loop)
    intake.keep_later(ready, lambda problem: woken.tell(done, problem is None))
    return await done


def _say(protocol: HTTPProtocol, ready: Ready) -> None:
    answer = ready.answer
    meters.HOOKS.labels(ready.provider, answer.status).inc()
    body = answer.body.encode()
    headers = [("content-type", answer.content_type), ("content-length", str(len(body))), *PROGRAMS]
    protocol.response_bytes(answer.status, headers, body)


class _Woken:
    """Tells a loop from another thread what came of its futures: one wake for all that is told before it looks."""

    _one: "_Woken | None" = None

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._told: deque[tuple[Future[bool], bool]] = deque()
        self._is_called = False

    @classmethod
    def of(cls, loop: AbstractEventLoop) -> "_Woken":
        """The one of this loop; a process has one loop."""
        if cls._one is None or cls._one._loop is not loop:  # noqa: SLF001
            cls._one = cls(loop)
        return cls._one

    def tell(self, future: Future[bool], answer: bool) -> None:
        """Have `future` answered."""
        self._told.append((future, answer))  # before the look at the flag: the loop lowers it before it empties
        if not self._is_called:
            self._is_called = True
            self._loop.call_soon_threadsafe(self._answer)

    def _answer(self) -> None:
        self._is_called = False
        while self._told:
            future, answer = self._told.popleft()
            if not future.done():
                future.set_result(answer)
