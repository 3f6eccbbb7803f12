"""A use case's transaction: run again where nothing can have been done, never where its commit may have happened."""

from concurrent.futures import ThreadPoolExecutor

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


@pytest.mark.usefixtures("transactional_db")
def test_thread_that_plans_once_does_so_on_every_connection_it_is_given() -> None:
    def mode(cursor: Cursor) -> str:
        cursor.execute("SHOW plan_cache_mode")
        row = cursor.fetchone()
        assert row is not None
        return str(row[0])

    def works() -> list[str]:
        found = [transaction.run(mode)]
        transaction.plan_once()
        found.append(transaction.run(mode))
        end(backend())
        found.append(transaction.run(mode))
        connection.close()
        return found

    with ThreadPoolExecutor(1) as own:
        assert own.submit(works).result() == ["auto", "force_generic_plan", "force_generic_plan"]
    assert transaction.run(mode) == "auto"


@pytest.mark.usefixtures("transactional_db")
def test_plans_of_a_thread_that_plans_once_are_made_anew_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(cursor: Cursor) -> str:
        cursor.execute("SELECT * FROM filling WHERE n > %s", [1], prepare=True)
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT * FROM filling%'")
        name = cursor.fetchall()[0][0]
        cursor.execute(f"EXPLAIN EXECUTE {name} (1)")
        return str(cursor.fetchall()[0][0])

    def works() -> list[str]:
        transaction.plan_once()
        transaction.run(lambda cursor: cursor.execute("CREATE TEMPORARY TABLE filling (n bigint)"))
        found = [transaction.run(plan)]
        transaction.run(lambda cursor: cursor.execute("INSERT INTO filling SELECT generate_series(1, 100000)"))
        found.append(transaction.run(plan))
        monkeypatch.setattr(transaction, "PLANS_KEPT", 0.0)
        found.append(transaction.run(plan))
        connection.close()
        return found

    with ThreadPoolExecutor(1) as own:
        empty, kept, anew = own.submit(works).result()
    assert kept == empty
    assert anew != empty
