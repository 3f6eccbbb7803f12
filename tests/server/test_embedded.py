"""The embedded database under everything that happens to it: kills, strangers, full disks, wrong folders."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from answerback.server import embedded
from answerback.server.embedded import EmbeddedDatabaseError, Running
from answerback.server.embedded_account import find_account

AS_ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not AS_ROOT, reason="needs root, to become another user or to mount a disk")
ROWS = 3


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder, reachable for the database's own user (pytest's tmp_path is not, as root)."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["ANSWERBACK_VAR"]))
    folder.chmod(0o755)
    yield folder
    _kill_everything_in(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    """One durable database for the tests that only look at it or bring it back themselves."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["ANSWERBACK_VAR"]))
    running = embedded.start(folder)
    yield running
    running.stop()
    shutil.rmtree(folder)


def test_start_makes_a_durable_database_in_utc(shared: Running) -> None:
    with psycopg.connect(shared.url) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('fsync'),"
            " current_setting('synchronous_commit'), current_setting('full_page_writes'), current_setting('TimeZone'),"
            " current_setting('server_encoding'), current_setting('listen_addresses'), current_user,"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        ).fetchone()
    assert row == (18, "on", "on", "on", "UTC", "UTF8", "", "answerback", False)


def test_second_start_finds_the_first_server(shared: Running) -> None:
    again = embedded.start(shared.database.folder)
    assert (again.pid, again.url, again.started) == (shared.pid, shared.url, False)
    assert embedded.url_of_running(shared.database.folder) == shared.url


def test_many_processes_starting_together_share_one_server(place: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from answerback.server import embedded;"
        "running = embedded.start(Path(sys.argv[1]), durable=False); print(running.pid, running.started)"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", program, str(place)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [starter.communicate(timeout=60)[0].split() for starter in starters]
    assert len({pid for pid, _ in said}) == 1
    assert sorted(started for _, started in said) == ["False", "False", "False", "True"]
    left_behind = embedded.start(place, durable=False)
    assert (str(left_behind.pid), left_behind.started) == (said[0][0], False)
    left_behind.stop()


def test_start_killed_while_it_makes_the_database_is_made_good(place: Path) -> None:
    program = "import sys, pathlib; from answerback.server import embedded; embedded.start(pathlib.Path(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", program, str(place)]) as starter:
        while not (place / "data.new" / "base").exists():
            time.sleep(0.005)
        starter.kill()
    running = embedded.start(place, durable=False)
    _write_rows(running.url)
    assert sorted(entry.name for entry in place.iterdir()) == ["alive", "data", "lock", "log", "password", "socket"]
    running.stop()


def test_stop_ends_every_process_and_a_later_start_keeps_the_rows(shared: Running) -> None:
    _write_rows(shared.url)
    shared.stop()
    assert _processes_of(shared.database.data) == []
    assert embedded.url_of_running(shared.database.folder) is None
    assert shared.ensure_running() is True
    assert _rows(shared.url) == ROWS


def test_killed_postmaster_is_replaced_and_committed_rows_are_kept(shared: Running) -> None:
    _write_rows(shared.url)
    killed = shared.pid
    busy = psycopg.connect(shared.url, autocommit=True)  # Leaves an orphan that still has the old shared memory.
    _kill(killed)
    assert shared.ensure_running() is True
    busy.close()
    assert shared.pid != killed
    assert _rows(shared.url) == ROWS


def test_orphan_that_does_not_notice_is_ended(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "ORPHAN_PATIENCE_SECONDS", 0.5)
    running = embedded.start(place, durable=False)
    _write_rows(running.url)
    # Stopped processes stand for ones that are stuck: they cannot see that their postmaster is gone.
    children = [process for process in _processes_of(running.database.data) if process.pid != running.pid]
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.suspend()
    killed = running.pid
    _kill(killed)
    assert running.ensure_running() is True
    assert running.pid != killed
    assert [child for child in children if _is_alive(child)] == []
    running.stop()


def test_power_loss_keeps_committed_rows(shared: Running) -> None:
    _write_rows(shared.url)
    _kill_everything_in(shared.database.folder)
    assert shared.ensure_running() is True
    assert _rows(shared.url) == ROWS


def test_stale_process_id_of_a_stranger_does_not_hinder_the_start(shared: Running) -> None:
    shared.stop()
    account_uid = shared.database.data.stat().st_uid
    as_account = {"user": account_uid} if AS_ROOT else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **as_account) as stranger:  # type: ignore[call-overload]
        pid_file = shared.database.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{shared.database.data}\n1\n5432\n\n\n\nready\n")
        pid_file.chmod(0o600)
        shutil.chown(pid_file, account_uid)
        assert shared.ensure_running() is True
        stranger.kill()


def test_killed_backend_is_survived_without_a_new_server(shared: Running) -> None:
    connection = psycopg.connect(shared.url, autocommit=True)
    os.kill(connection.info.backend_pid, signal.SIGKILL)
    connection.close()
    pid = shared.pid
    _connect_again(shared)
    assert shared.ensure_running() is False
    assert shared.pid == pid


def _connect_again(running: Running) -> None:
    """Wait for the server to have recovered; until it notices that one of its processes is gone, it still says yes."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(running.url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_lost_password_is_replaced_at_the_next_start(shared: Running) -> None:
    old = shared.url
    shared.stop()
    (shared.database.folder / "password").unlink()
    shared.ensure_running()
    assert shared.url != old
    psycopg.connect(shared.url).close()


def test_long_path_gets_a_short_private_socket_folder(place: Path) -> None:
    deep = place / ("long-" * 18) / "postgres"
    running = embedded.start(deep, durable=False)
    _write_rows(running.url)
    socket_folder = running.database.socket_folder
    seen = socket_folder.stat()
    assert (stat.S_IMODE(seen.st_mode), seen.st_uid) == (0o700, deep.stat().st_uid)
    assert embedded.start(deep, durable=False).started is False
    running.stop()
    again = embedded.start(deep, durable=False)
    assert again.database.socket_folder == socket_folder
    again.stop()
    shutil.rmtree(socket_folder)


def test_password_is_private_and_needed(shared: Running) -> None:
    folder = shared.database.folder
    private = {
        name: stat.S_IMODE((folder / name).stat().st_mode) for name in (".", "data", "log", "socket", "password")
    }
    assert private == {".": 0o700, "data": 0o700, "log": 0o700, "socket": 0o700, "password": 0o600}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(shared.url.replace(shared.database.password() or "", "guessed"))
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=str(shared.database.socket_folder), user="postgres", dbname="postgres", password="guessed")


@root_only
def test_another_user_of_the_machine_cannot_reach_the_socket(shared: Running) -> None:
    owner = shared.database.data.stat().st_uid
    assert _connect_as(owner, shared.database.socket) == "connected"
    assert _connect_as(65534, shared.database.socket) == "PermissionError"


def test_parents_keep_their_permissions(place: Path) -> None:
    parent = place / 'home, "sweet" home'
    parent.mkdir(mode=0o711)
    shutil.chown(parent, find_account().uid)
    parent.chmod(0o700)
    before = [(path, path.stat().st_mode, path.stat().st_uid) for path in (parent, *parent.parents)]
    running = embedded.start(parent / "postgres", durable=False)
    assert [(path, path.stat().st_mode, path.stat().st_uid) for path in (parent, *parent.parents)] == before
    psycopg.connect(running.url).close()
    running.stop()
    shutil.rmtree(running.database.socket_folder)


@root_only
def test_private_folder_of_root_is_left_closed_and_named(place: Path) -> None:
    place.chmod(0o700)
    with pytest.raises(EmbeddedDatabaseError) as error:
        embedded.start(place / "postgres")
    assert f"cannot enter {place}, so it cannot use {place / 'postgres'}" in str(error.value)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@root_only
def test_programs_in_a_private_home_are_copied_not_opened(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from answerback.server import embedded_account

    home = place / "home"
    shipped = embedded_account._shipped_installation()
    installation = home / shipped.parent.name / shipped.name
    shutil.copytree(shipped, installation, symlinks=True)
    libraries = f"{shipped.parent.name}.libs"
    shutil.copytree(shipped.parent.with_name(libraries), home / libraries)
    home.chmod(0o700)
    place.chmod(0o755)
    monkeypatch.setattr(embedded_account, "_shipped_installation", lambda: installation)
    monkeypatch.setattr(embedded_account, "SYSTEM_FOLDER", place / "system")
    running = embedded.start(place / "data", durable=False)
    program = Path(psutil.Process(running.pid).exe())
    assert program.is_relative_to(place / "system")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    running.stop()


def test_unwritable_place_is_said_plainly(place: Path) -> None:
    target = place / "closed" / "postgres"
    target.parent.mkdir(mode=0o555)
    program = (
        "import sys; from pathlib import Path; from answerback.server import embedded\n"
        "try: embedded.start(Path(sys.argv[1]))\n"
        "except embedded.EmbeddedDatabaseError as error: print(error)"
    )
    if AS_ROOT:
        said = _call_as(65534, place, lambda: str(_error_of(lambda: embedded.start(target))))
    else:
        said = subprocess.run(
            [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=True
        ).stdout
    assert f"may not write to {target.parent}." in said
    assert "ANSWERBACK_VAR" in said


def test_folder_with_other_things_is_refused(place: Path) -> None:
    (place / "taxes.txt").write_text("2025")
    shutil.chown(place, find_account().uid)
    assert "holds other things" in str(_error_of(lambda: embedded.start(place)))


def test_data_of_another_major_version_is_refused_untouched(place: Path) -> None:
    running = embedded.start(place, durable=False)
    running.stop()
    (place / "data" / "PG_VERSION").write_text("16\n")
    assert "was written by PostgreSQL 16" in str(_error_of(lambda: embedded.start(place)))


@root_only
def test_folder_of_a_wrong_owner_is_refused(place: Path) -> None:
    shutil.chown(place, 65534)
    assert "belongs to nobody" in str(_error_of(lambda: embedded.start(place)))


@root_only
def test_full_disk_is_said_before_anything_is_made(place: Path) -> None:
    with _small_disk(place, megabytes=30):
        assert f"The disk of {place} is full: " in str(_error_of(lambda: embedded.start(place)))


@root_only
def test_disk_that_filled_up_is_said_at_the_next_start(place: Path) -> None:
    with _small_disk(place, megabytes=260):
        running = embedded.start(place, durable=False)
        _write_rows(running.url)
        running.stop()
        ballast = place / "ballast"
        _fill_disk(ballast)
        assert f"The disk of {place} is full." in str(_error_of(lambda: embedded.start(place, durable=False)))
        ballast.unlink()
        again = embedded.start(place, durable=False)
        assert _rows(again.url) == ROWS
        again.stop()


def test_prepare_database_makes_it_once(shared: Running) -> None:
    urls = [embedded.prepare_database(shared.url, "second") for _ in range(2)]
    with psycopg.connect(urls[0]) as connection:
        assert connection.info.dbname == "second"
    assert urls[0] == urls[1]


def test_port_of_the_environment_leads_nobody_astray(shared: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "1")
    psycopg.connect(shared.url).close()
    assert embedded.url_of_running(shared.database.folder) == shared.url


def test_default_folder_follows_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANSWERBACK_VAR", str(tmp_path))
    assert embedded.default_folder() == tmp_path / "postgres"
    monkeypatch.delenv("ANSWERBACK_VAR")
    monkeypatch.chdir(tmp_path)
    home = Path("/var/lib/answerback") if AS_ROOT else tmp_path / "var"
    assert embedded.default_folder() == home / "postgres"


def _write_rows(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, %s) AS id", [ROWS])


def _rows(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def _processes_of(data: Path) -> list[psutil.Process]:
    seen = psutil.process_iter(["name", "cwd"])
    return [process for process in seen if (process.info["name"], process.info["cwd"]) == ("postgres", str(data))]


def _kill_everything_in(folder: Path) -> None:
    data_folders = [path.parent for path in folder.rglob("PG_VERSION") if path.parent.name == "data"]
    processes = [process for data in data_folders for process in _processes_of(data)]
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # The server itself ends processes of its own all the time.
            process.kill()
    for process in processes:
        _wait_until_dead(process)


def _kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.kill()
    _wait_until_dead(process)


def _wait_until_dead(process: psutil.Process) -> None:
    """Wait for the end without reaping: that stays with whoever started it."""
    deadline = time.monotonic() + 10
    while _is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.005)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _error_of(action: Callable[[], object]) -> EmbeddedDatabaseError:
    with pytest.raises(EmbeddedDatabaseError) as caught:
        action()
    return caught.value


def _connect_as(uid: int, path: Path) -> str:
    def connect() -> str:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(path))
            except OSError as error:
                return type(error).__name__
        return "connected"

    return _call_as(uid, path.parent, connect)


def _call_as(uid: int, _: Path, action: Callable[[], str]) -> str:
    """The answer of `action` in a child process that became the user `uid`; everything it needs is loaded already."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            answer = action()
        except BaseException as error:  # noqa: BLE001 - The child must never return into pytest.
            answer = f"{type(error).__name__}: {error}"
        os.write(writable, answer.encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return answer


def _fill_disk(ballast: Path) -> None:
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


@contextmanager
def _small_disk(place: Path, *, megabytes: int) -> Iterator[None]:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets not even root mount a disk (a container without privileges)")
    try:
        yield
    finally:
        _kill_everything_in(place)
        subprocess.run(["umount", str(place)], check=True)
