"""Together: every item is written once or its caller hears why not; nobody waits for ever."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from answerback.workflow.together import NotWritten, Together


class Bad(Exception):
    """One item that cannot be written."""


class Away(Exception):
    """What is written to is away."""


def together(items: Sequence[int], write: "Together[int]") -> dict[int, str]:
    """What each item's caller heard, all of them at once."""

    def do(item: int) -> tuple[int, str]:
        try:
            write.do(item)
        except BaseException as problem:  # noqa: BLE001  the test looks at all of them
            return item, type(problem).__name__
        return item, "written"

    with ThreadPoolExecutor(len(items)) as pool:
        return dict(pool.map(do, items))


def test_everybody_is_written_once_in_groups_within_the_limit() -> None:
    written: list[list[int]] = []
    gate = threading.Event()

    def write(items: Sequence[int]) -> None:
        gate.wait(5)
        written.append(list(items))

    group: Together[int] = Together(write, limit=7)
    threading.Timer(0.2, gate.set).start()
    assert together(range(40), group) == dict.fromkeys(range(40), "written")
    assert sorted(item for items in written for item in items) == list(range(40))
    assert max(len(items) for items in written) <= 7


def test_bad_item_takes_nobody_with_it() -> None:
    gate = threading.Event()

    def write(items: Sequence[int]) -> None:
        gate.wait(5)
        if 3 in items:
            raise Bad

    threading.Timer(0.2, gate.set).start()
    heard = together(range(8), Together(write))
    assert heard == {**dict.fromkeys(range(8), "written"), 3: "Bad"}


def test_trouble_of_all_is_met_once_and_told_to_all() -> None:
    gate = threading.Event()
    writes: list[int] = []

    def write(items: Sequence[int]) -> None:
        gate.wait(5)
        writes.append(len(items))
        raise Away

    group: Together[int] = Together(write, is_shared=lambda problem: isinstance(problem, Away))
    threading.Timer(0.2, gate.set).start()
    assert together(range(16), group) == dict.fromkeys(range(16), "Away")
    assert sum(writes) == 16


def test_writer_that_is_ended_leaves_nobody_waiting() -> None:
    gate = threading.Event()

    def write(items: Sequence[int]) -> None:
        gate.wait(5)
        if not done.is_set():
            done.set()
            raise SystemExit

    done = threading.Event()
    threading.Timer(0.2, gate.set).start()
    heard = together(range(6), Together(write))
    assert set(heard.values()) <= {"SystemExit", NotWritten.__name__, "written"}
    assert sorted(heard) == list(range(6))


def test_next_item_is_written_after_a_failure() -> None:
    fails = [True]

    def write(items: Sequence[int]) -> None:
        if fails.pop() if fails else False:
            raise Bad

    group: Together[int] = Together(write)
    with pytest.raises(Bad):
        group.do(1)
    group.do(2)


def test_one_thread_writes_for_all() -> None:
    writers: list[str] = []
    begun: list[str] = []
    written: list[int] = []

    def write(items: Sequence[int]) -> None:
        writers.append(threading.current_thread().name)
        written.extend(items)

    group: Together[int] = Together(write, linger=lambda last: 0.001 * last)
    group.write_apart(lambda: begun.append(threading.current_thread().name))
    assert together(range(40), group) == dict.fromkeys(range(40), "written")
    assert sorted(written) == list(range(40))
    assert (set(writers), begun) == ({"write-together"}, ["write-together"])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # it is what ends the thread here
def test_thread_that_writes_and_is_ended_leaves_nobody_waiting() -> None:
    ended: list[threading.Thread] = []

    def write(items: Sequence[int]) -> None:
        if not ended:
            ended.append(threading.current_thread())
            raise SystemExit

    group: Together[int] = Together(write)
    group.write_apart(lambda: None)
    heard = together(range(6), group)
    ended[0].join(10)  # its last words are heard here, not in the test after this one
    assert set(heard.values()) <= {NotWritten.__name__, "written"}
    assert sorted(heard) == list(range(6))
    group.do(7)


def test_bad_item_takes_nobody_with_it_where_one_thread_writes() -> None:
    gate = threading.Event()

    def write(items: Sequence[int]) -> None:
        gate.wait(5)
        if 3 in items:
            raise Bad

    group: Together[int] = Together(write)
    group.write_apart(lambda: None)
    threading.Timer(0.2, gate.set).start()
    assert together(range(8), group) == {**dict.fromkeys(range(8), "written"), 3: "Bad"}


def test_what_is_kept_later_is_told_from_the_thread_that_writes() -> None:
    told: list[tuple[int, str, str]] = []
    both = threading.Event()

    def write(items: Sequence[int]) -> None:
        if 2 in items:
            raise ValueError("two")

    def tell(item: int, problem: Exception | None) -> None:
        told.append((item, str(problem or ""), threading.current_thread().name))
        if len(told) == 2:
            both.set()

    group: Together[int] = Together(write)
    group.write_apart(lambda: None)
    for item in (1, 2):
        group.later(item, lambda problem, item=item: tell(item, problem))  # type: ignore[misc]
    assert both.wait(10)
    assert told == [(1, "", "write-together"), (2, "two", "write-together")]
