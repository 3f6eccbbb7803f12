"""A link that a command prints leads where the web process listens, and one folder has one demo."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from tests.server.test_commands import empty_database  # noqa: F401  a database in which nothing was made

from answerback.server import listening_at

PROGRAM = (
    "import sys; from pathlib import Path; from answerback.server import listening_at;"
    "print(listening_at.say(Path(sys.argv[1]), sys.argv[2], sys.argv[3]), flush=True); sys.stdin.read()"
)


class Other:
    """A process that says where it listens until the test is over."""

    def __init__(self, var: Path, name: str, address: str) -> None:
        asked = [sys.executable, "-c", PROGRAM, str(var), name, address]
        self.process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.was_first = self.process.stdout.readline().strip() == "True"

    def __enter__(self) -> "Other":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def invite(var: Path, database: str, *more: str, **own: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "ANSWERBACK_PORT"}
    environment |= {"ANSWERBACK_VAR": str(var), "DATABASE_URL": database, **own}
    asked = [sys.executable, "-m", "answerback.server", "invite", "ann@example.com", *more]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_what_listens_is_known_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    assert listening_at.address(tmp_path, "shop") == ""
    with Other(tmp_path, "shop", "http://127.0.0.1:8742") as first:
        assert (first.was_first, listening_at.address(tmp_path, "shop")) == (True, "http://127.0.0.1:8742")
        with Other(tmp_path, "shop", "http://127.0.0.1:8743") as second:
            assert (second.was_first, listening_at.address(tmp_path, "shop")) == (False, "http://127.0.0.1:8742")
    assert listening_at.address(tmp_path, "shop") == ""  # though it was killed
    with Other(tmp_path, "shop", "http://127.0.0.1:9") as third:
        assert (third.was_first, listening_at.address(tmp_path, "shop")) == (True, "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8707"),
        ("0.0.0.0", "http://127.0.0.1:8707"),
        ("192.0.2.7", "http://192.0.2.7:8707"),
        ("::1", "http://[::1]:8707"),
    ],
)
def test_here_is_an_address_that_a_browser_of_this_machine_opens(host: str, address: str) -> None:
    assert listening_at.here(host, 8707) == address


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("http://127.0.0.1:8707", "http://localhost:8707"),
        ("http://192.0.2.7:8707", "http://192.0.2.7:8707"),
        ("https://answers.example.com", "https://answers.example.com"),
        ("", ""),
    ],
)
def test_people_are_told_the_name_of_this_machine(address: str, named: str) -> None:
    """A passkey is made for a name, and `make demo` printed a number."""
    assert listening_at.by_name(address) == named


def test_a_printed_link_leads_to_the_port_of_the_web_process_that_runs(tmp_path: Path, empty_database: str) -> None:  # noqa: F811
    """After `up --port 8742` the link of `invite` named port 8707, where nothing listens."""
    name = urlsplit(empty_database).path.lstrip("/")
    with Other(tmp_path, name, "http://127.0.0.1:8742"), Other(tmp_path, "demo", "http://127.0.0.1:8707"):
        ran = invite(tmp_path, empty_database)
        first, link = ran.stdout.splitlines()
        told = invite(tmp_path, empty_database, ANSWERBACK_PORT="8800").stdout.splitlines()[1]
    assert (ran.returncode, first, ran.stderr) == (0, "For ann@example.com, once, within seven days:", "")
    assert link.rpartition("/join/")[0] == "http://localhost:8742"
    assert told.rpartition("/join/")[0] == "http://localhost:8800"


def test_a_link_that_the_running_demo_does_not_know_says_so(tmp_path: Path, empty_database: str) -> None:  # noqa: F811
    with Other(tmp_path, "demo", "http://127.0.0.1:8742"):
        ran = invite(tmp_path, empty_database)
    assert ran.stdout.splitlines()[2:] == [
        (
            "The demo at http://127.0.0.1:8742 does not know this link: it has a database of its own. Stop the demo "
            "and start answerback up, or invite into the demo: answerback invite --demo ann@example.com"
        )
    ]


def test_somebody_is_invited_into_the_demo_that_runs(tmp_path: Path, empty_database: str) -> None:  # noqa: F811
    server = urlunsplit(urlsplit(empty_database)._replace(path="/somewhere_else"))
    name = f"demo_{os.getpid()}"
    program = (
        "from answerback.server import setting_up, commands;"
        f"setting_up.DEMO_DATABASE = {urlsplit(empty_database).path.lstrip('/')!r};"
        "commands.app()"
    )
    asked = [sys.executable, "-c", program, "invite", "--demo", f"{name}@example.com"]
    environment = os.environ | {"ANSWERBACK_VAR": str(tmp_path), "DATABASE_URL": server}
    environment.pop("ANSWERBACK_PORT", None)
    listens = Other(tmp_path, urlsplit(empty_database).path.lstrip("/"), "http://127.0.0.1:8742")
    with Other(tmp_path, "demo", "http://127.0.0.1:8742"), listens:
        ran = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=120, check=False)
    link = ran.stdout.splitlines()[1]
    assert (ran.returncode, link.rpartition("/join/")[0]) == (0, "http://localhost:8742")
    with psycopg.connect(empty_database) as connection:
        kept = connection.execute("SELECT email FROM join_link").fetchall()
    assert kept == [(f"{name}@example.com",)]


def test_nobody_is_invited_into_a_demo_that_does_not_run(tmp_path: Path, empty_database: str) -> None:  # noqa: F811
    ran = invite(tmp_path, empty_database, "--demo")
    assert (ran.returncode, ran.stdout.strip()) == (
        1,
        (
            f"No demo runs in the folder {tmp_path}. Start it in another terminal: answerback demo. Where it runs in "
            "another folder, name that in ANSWERBACK_VAR."
        ),
    )


def test_a_second_demo_in_one_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    own = {"ANSWERBACK_VAR": str(tmp_path), "DATABASE_URL": ""}
    asked = [sys.executable, "-m", "answerback.server", "demo", "--port", "8799"]
    with Other(tmp_path, "demo", "http://127.0.0.1:8742"):
        ran = subprocess.run(asked, env=os.environ | own, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout, [each.name for each in tmp_path.iterdir()]) == (1, "", ["listening-demo"])
    assert ran.stderr.strip() == (
        f"A demo runs in the folder {tmp_path} already: http://localhost:8742. Nothing was started. Use that one or "
        "stop it, or start this one in a folder of its own: "
        "ANSWERBACK_VAR=/another/folder answerback demo --port 8799"
    )
    assert stat.S_IMODE((tmp_path / "listening-demo").stat().st_mode) == 0o600
