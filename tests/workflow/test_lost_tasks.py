"""A process that dies leaves its tasks under way: what they lock must not stand still for ever."""

import json

import pytest
from django.db import connection

from answerback.workflow import queue, tasks

DIED = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes' WHERE id = %s"


def _one(statement: str, *values: object) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[object, ...] = cursor.fetchone() if cursor.description else ()
        return found


def _process() -> object:
    return _one("SELECT worker_id FROM procrastinate_register_worker_v1()")[0]


def _takes(process: object) -> tuple[object, ...]:
    """What the queue hands this process next."""
    name, given = _one("SELECT task_name, args FROM procrastinate_fetch_job_v2(NULL, %s)", process)
    return (name, json.loads(str(given))) if name else ()


@pytest.mark.usefixtures("database")
def test_a_video_whose_process_died_is_taken_up_by_another_and_the_next_follows() -> None:
    died, lives = _process(), _process()
    queue.defer_video(1)
    assert _takes(died) == ("answerback.video", {"video": 1})
    queue.defer_video(2)
    assert _takes(lives) == ()
    _one(DIED, died)
    tasks.left_behind(0)
    assert _takes(lives) == ("answerback.video", {"video": 1})
    _one("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'doing'")
    assert _takes(lives) == ("answerback.video", {"video": 2})


@pytest.mark.usefixtures("database")
def test_what_a_living_process_works_on_stays_its_own() -> None:
    lives = _process()
    queue.defer_video(1)
    assert _takes(lives) == ("answerback.video", {"video": 1})
    queue.defer_video(2)
    tasks.left_behind(0)
    assert _takes(_process()) == ()


@pytest.mark.usefixtures("database")
def test_a_task_that_ends_each_process_is_given_up_and_the_next_follows() -> None:
    queue.defer_video(1)
    queue.defer_video(2)
    for _ in range(queue.TRIES):
        died = _process()
        assert _takes(died) == ("answerback.video", {"video": 1})
        _one(DIED, died)
        tasks.left_behind(0)
    assert _takes(_process()) == ("answerback.video", {"video": 2})


@pytest.mark.usefixtures("database")
def test_what_comes_by_the_clock_waits_for_its_next_time() -> None:
    died = _process()
    for at in (1, 2):
        tasks.measure.defer(timestamp=at)
        assert _takes(died) == (("answerback.measure", {"timestamp": 1}) if at == 1 else ())
    _one(DIED, died)
    tasks.left_behind(0)
    assert _takes(_process()) == ("answerback.measure", {"timestamp": 2})
