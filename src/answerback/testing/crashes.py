"""Lets the pretend process die at a chosen point: before, within or after any step, before or after its commit.

Nothing in the product knows of it: the World calls each step through `Crashes.step`, and `Crashes.installed` wraps
`workflow.transaction.run`. What dies is thrown as a `BaseException`, so that no `except Exception` survives it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, ParamSpec, TypeVar

from answerback.workflow import transaction

Step = Literal["intake", "turn", "claim", "hand-over", "write", "reconcile", "page", "desk", "booking"]
When = Literal["before", "before commit", "after commit", "after"]

STEPS: tuple[Step, ...] = ("intake", "turn", "claim", "hand-over", "write", "reconcile", "page", "desk", "booking")

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Crashed(BaseException):
    """The process died here; whoever stands outside it goes on with a new one."""


class Crashes:
    """Where the process dies next, and how often it did."""

    def __init__(self) -> None:
        self.count = 0
        self._armed: list[tuple[When, Step]] = []
        self._step: Step | None = None

    def arm(self, when: When, step: Step) -> None:
        """Die once when this point is reached, in the order of arming; raises `ValueError` for an unknown step."""
        if step not in STEPS:
            raise ValueError(f"There is no step {step!r}. Steps: {', '.join(STEPS)}.")
        self._armed.append((when, step))

    def disarm(self) -> None:
        """Live on."""
        self._armed.clear()

    def step(
        self, step: Step, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """Do this step of the product, or die on the way."""
        outer, self._step = self._step, step
        try:
            self._reach("before")
            result = work(*args, **kwargs)
            self._reach("after")
            return result
        finally:
            self._step = outer

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Reach the points around every commit inside the block."""
        real = transaction.run
        transaction.run = self._around(real)  # replaced for the block only
        try:
            yield
        finally:
            transaction.run = real

    def _around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(work: Callable[[Any], Any], *, again: tuple[type[Exception], ...] = ()) -> Any:
            def to_the_commit(cursor: Any) -> Any:
                result = work(cursor)
                self._reach("before commit")
                return result

            result = real(to_the_commit, again=again)
            self._reach("after commit")
            return result

        return run

    def _reach(self, when: When) -> None:
        if self._armed and self._armed[0] == (when, self._step):
            self._armed.pop(0)
            self.count += 1
            raise Crashed
