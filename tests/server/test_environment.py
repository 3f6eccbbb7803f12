"""The environment: every bad value is refused in words that name the variable and what to write."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from answerback.server.environment import Environment, database, environment, secret


def read(tmp_path: Path, **values: str) -> Environment:
    return environment({"ANSWERBACK_VAR": str(tmp_path), **values})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANSWERBACK_PUBLIC_URL", "answers.example.com"),
        ("ANSWERBACK_PUBLIC_URL", "ftp://answers.example.com"),
        ("ANSWERBACK_PUBLIC_URL", "http://["),
        ("ANSWERBACK_PUBLIC_URL", "https://"),
        ("ANSWERBACK_PUBLIC_URL", "https://a:99999"),
        ("ANSWERBACK_PORT", "http"),
        ("ANSWERBACK_PORT", "0"),
        ("ANSWERBACK_PORT", "70000"),
        ("ANSWERBACK_PORT", "²"),
        ("ANSWERBACK_SECOND_STEP_DAYS", "a week"),
        ("ANSWERBACK_SECOND_STEP_DAYS", "31"),
        ("ANSWERBACK_SECOND_STEP_DAYS", "-1"),
        ("ANSWERBACK_TRUSTED_PROXY", "maybe"),
        ("ANSWERBACK_LOG", "LOUD"),
        ("ANSWERBACK_SECRET_FILE", "/nowhere/secret"),
    ],
)
def test_bad_value_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize(
    "url",
    ["mysql://db/answerback", "postgresql://u:p@db:port/answerback", "postgresql://[::1/answerback", "answerback"],
)
def test_bad_database_url_is_refused_by_name(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(read(tmp_path, DATABASE_URL=url))


def test_database_url_is_read_in_full(tmp_path: Path) -> None:
    found = database(read(tmp_path, DATABASE_URL="postgresql://us%40er:p%2Fw@db.example.com:6432/shop?sslmode=require"))
    wanted = {"NAME": "shop", "USER": "us@er", "PASSWORD": "p/w", "HOST": "db.example.com", "PORT": "6432"}
    assert {name: found[name] for name in wanted} == wanted
    assert found["OPTIONS"]["sslmode"] == "require"
    assert database(read(tmp_path, DATABASE_URL="postgres:///shop?host=/run/pg&port=5433"))["HOST"] == "/run/pg"


def test_several_hosts_of_a_cluster_are_all_tried(tmp_path: Path) -> None:
    url = "postgresql://u:p@10.0.0.21:5432,10.0.0.22:5433/shop?target_session_attrs=read-write"
    found = database(read(tmp_path, DATABASE_URL=url))
    assert (found["HOST"], found["PORT"], found["USER"]) == ("10.0.0.21,10.0.0.22", "5432,5433", "u")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert database(read(tmp_path, DATABASE_URL="postgresql://a,b/shop"))["HOST"] == "a,b"


@pytest.mark.django_db
def test_session_that_stands_still_in_a_transaction_loses_its_locks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("30s",)


@pytest.mark.django_db
def test_a_statement_of_ours_is_neither_compiled_nor_split_among_processes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('max_parallel_workers_per_gather')")
        assert cursor.fetchone() == ("off", "0")


def test_public_address_is_an_allowed_host(tmp_path: Path) -> None:
    found = read(
        tmp_path, ANSWERBACK_PUBLIC_URL="https://answers.example.com/", ANSWERBACK_HOSTS="a.example, b.example"
    )
    assert found.public_url == "https://answers.example.com"
    assert found.hosts == ["a.example", "b.example", "answers.example.com", "127.0.0.1", "localhost", "[::1]"]


def test_secret_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    env = read(tmp_path / "var")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: secret(env), range(32)))
    assert len(found) == 1
    assert len(found.pop()) >= 48
    assert [each.name for each in (tmp_path / "var").iterdir()] == ["secret"]
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_secret_that_was_cut_off_is_told_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(ImproperlyConfigured, match="cut off"):
        secret(read(tmp_path))
    assert (tmp_path / "secret").read_text() == ""


def test_secret_that_cannot_be_kept_or_read_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "var" / "secret").mkdir(parents=True)
    for var, wrong in [(tmp_path / "file", "Not a directory"), (tmp_path / "var", "Is a directory")]:
        with pytest.raises(ImproperlyConfigured) as refused:
            secret(read(var))
        assert str(refused.value) == (
            f"The installation's secret cannot be kept in {var / 'secret'}: {wrong}. Make the folder writable, choose "
            "another one in ANSWERBACK_VAR, or set ANSWERBACK_SECRET."
        )


def test_secret_may_come_from_a_file_and_must_be_long(tmp_path: Path) -> None:
    kept = tmp_path / "given"
    kept.write_text("s" * 40 + "\n")
    assert secret(read(tmp_path, ANSWERBACK_SECRET_FILE=str(kept))) == "s" * 40
    with pytest.raises(ImproperlyConfigured, match="ANSWERBACK_SECRET"):
        secret(read(tmp_path, ANSWERBACK_SECRET="short"))
