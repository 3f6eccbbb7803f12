"""A use case's transaction: run again where nothing can have been done, never where its commit may have happened."""

import psycopg
import pytest
from django.db import OperationalError, connection

from answerback.store.queries.rows import Cursor
from answerback.workflow import transaction


def end(backend: int) -> None:
    """The server drops that connection, as it does when it is started again."""
    at = connection.settings_dict
    with psycopg.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"], dbname=at["NAME"], autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def backend() -> int:
    """The server's process that serves this thread."""
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


@pytest.mark.usefixtures("transactional_db")
def test_connection_lost_since_its_last_use_is_made_anew() -> None:
    before = backend()
    end(before)

    def work(cursor: Cursor) -> int:
        cursor.execute("SELECT 1 + 1")
        row = cursor.fetchone()
        assert row is not None
        return int(row[0])

    assert transaction.run(work) == 2
    assert backend() != before


@pytest.mark.usefixtures("transactional_db")
def test_connection_lost_again_is_for_the_caller_to_hear_of() -> None:
    tries = []
    end(backend())

    def work(cursor: Cursor) -> None:
        tries.append(cursor.connection.info.backend_pid)
        if len(tries) > 1:
            end(tries[-1])
        cursor.execute("SELECT 1")

    with pytest.raises(OperationalError):
        transaction.run(work)
    assert len(tries) == 2


@pytest.mark.usefixtures("transactional_db")
def test_connection_lost_in_the_commit_is_never_tried_again() -> None:
    tries = []
    backend()

    def work(cursor: Cursor) -> None:
        tries.append(1)
        cursor.execute("SELECT 1")
        end(cursor.connection.info.backend_pid)

    with pytest.raises(OperationalError):
        transaction.run(work)
    assert len(tries) == 1
