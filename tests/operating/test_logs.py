"""Logs hold events and ids, and nothing of any customer: not when all goes well, and not when everything fails."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from answerback.server.logs import Json, Text
from answerback.store import models
from answerback.testing.world import World

ANN, BEN = "+15125550131", "+15125550132"
SECRET_WORDS = "my grandmother's ring fell into the drain"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything any logger says, at its most talkative, as the product writes it."""
    stream = io.StringIO()
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    for handler, formatter in zip(handlers, (Json(), Text()), strict=True):
        handler.setFormatter(formatter)
        logging.getLogger().addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in ("", "answerback", "httpx", "django.request")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_no_log_of_a_busy_day_holds_a_number_or_a_word(world: World, written: io.StringIO) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, SECRET_WORDS)
    world.run(minutes=1)
    world.provider.lose_answer()
    world.call(BEN)
    world.run(minutes=3)
    world.provider.refuse(failure="landline")
    world.text(BEN, SECRET_WORDS)
    world.run(minutes=5)
    world.staff("Dana").reply(ANN, SECRET_WORDS)
    world.run(minutes=1)
    log = written.getvalue()
    assert len(log.splitlines()) > 5
    assert _found_in(log) == []


def test_log_of_a_turn_that_the_database_refuses_does_not_quote_its_rows(world: World, written: io.StringIO) -> None:
    world.call(ANN)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lead ADD CONSTRAINT nobody_may CHECK (status <> 'new') NOT VALID")
    try:
        world.run(minutes=1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE lead DROP CONSTRAINT nobody_may")
    log = written.getvalue()
    assert "constraint=nobody_may" in log
    assert "Failing row" not in log
    assert _found_in(log) == []


def test_exception_shows_kinds_places_and_causes_only(world: World, written: io.StringIO) -> None:
    log = logging.getLogger("answerback.test")
    try:
        with transaction.atomic():
            models.Contact.objects.create(business_id=1, number=ANN, created_at=world.now)
            models.Contact.objects.create(business_id=1, number=ANN, created_at=world.now)
    except Exception:
        log.exception("test.failed message=%s", 7)
    line = next(json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{"))
    assert {key: line[key] for key in ("level", "logger", "event", "message")} == {
        "level": "ERROR",
        "logger": "answerback.test",
        "event": "test.failed",
        "message": "7",
    }
    assert [fault["kind"] for fault in line["faults"]] == [
        "django.db.utils.IntegrityError",
        "psycopg.errors.UniqueViolation",
    ]
    assert line["faults"][1]["constraint"] == "one_contact_per_business_and_number"
    assert line["faults"][1]["at"][-1].partition(":")[0] == "site-packages/psycopg/cursor.py"
    assert _found_in(written.getvalue()) == []


@pytest.mark.parametrize(
    ("logger", "message", "arguments", "said"),
    [
        ("answerback.x", "text.sent message=%s", (7,), "text.sent message=7"),
        ("answerback.x", "said %s", ("call (512) 555-0131 now",), "said call (number) now"),
        ("answerback.x", "said %s", ("a\nb c@d.example",), "said a b (address)"),
        ("django.request", "Not Found: %s", ("/b/secret-link",), "Not Found: %s"),
    ],
)
def test_what_others_say_is_masked(logger: str, message: str, arguments: tuple[object, ...], said: str) -> None:
    record = logging.LogRecord(logger, logging.INFO, "x.py", 1, message, arguments, None)
    assert Text().format(record).split(" ", 3)[3] == said


def _found_in(log: str) -> list[str]:
    digits = "".join(character for character in log if character.isdigit() or character == "\n")
    words = [word for word in (SECRET_WORDS, "grandmother", "Rivera", "Dana", ANN, BEN) if word in log]
    return words + [number for number in ("5125550131", "5125550132") if number in digits]
