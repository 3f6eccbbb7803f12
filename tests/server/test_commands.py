"""The command line: what a person can mend ends in plain words and exit code 1, wrong usage in 2."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database in which nothing has been made yet."""
    server = os.environ["DATABASE_URL"]
    name = f"empty_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def answering(reply: str) -> Iterator[tuple[str, list[str]]]:
    """A server that answers every POST with this, and what it was sent."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["content-length"])).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


NOWHERE = "postgresql://nobody:x@127.0.0.1:1/answerback"


def run(tmp_path: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and error of one command on a var folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSWERBACK_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-m", "answerback.server", *arguments],
        env={**kept, "ANSWERBACK_VAR": str(tmp_path), "DATABASE_URL": NOWHERE, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", ["migrate", "worker", "web"])
def test_database_that_does_not_answer_is_told_in_words(tmp_path: Path, command: str) -> None:
    code, _, said = run(tmp_path, command)
    assert code == 1
    assert "The database does not answer" in said
    assert "Traceback" not in said


def test_bad_setting_is_told_by_name(tmp_path: Path) -> None:
    code, _, said = run(tmp_path, "migrate", DATABASE_URL="mysql://db/answerback")
    assert code == 1
    assert said.startswith("DATABASE_URL begins with 'mysql'")
    assert "Traceback" not in said


def test_wrong_usage_is_exit_code_two(tmp_path: Path) -> None:
    assert [run(tmp_path, *words)[0] for words in (["fly"], ["hook", "twilio", "sing"])] == [2, 2]


def test_version_is_printed(tmp_path: Path) -> None:
    from answerback import __version__

    assert run(tmp_path, "--version") == (0, f"{__version__}\n", "")


def test_playbook_check_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    from answerback.store.playbook_file import pack_text

    good, bad, latin = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "latin.yaml"
    good.write_text(pack_text("plumbing"))
    bad.write_text("greet: [")
    latin.write_bytes("name: Müller".encode("latin-1"))
    found = [run(tmp_path, "playbook", "check", str(file)) for file in (good, bad, latin, tmp_path / "none.yaml")]
    assert [code for code, _, _ in found] == [0, 1, 1, 2]
    assert not any("Traceback" in said for _, _, said in found)


def test_doctor_without_tables_says_one_thing_to_do(tmp_path: Path, empty_database: str) -> None:
    code, said, _ = run(tmp_path, "doctor", "--json", DATABASE_URL=empty_database)
    assert code == 1
    wrong = [finding for finding in json.loads(said) if not finding["ok"]]
    assert [(finding["name"], finding["fix"]) for finding in wrong] == [("tables", "Run: answerback migrate")]


def test_doctor_without_a_database_says_so_once(tmp_path: Path) -> None:
    code, said, _ = run(tmp_path, "doctor", "--json")
    assert code == 1
    assert [finding["name"] for finding in json.loads(said) if not finding["ok"]] == ["database"]


def test_read_writes_what_the_scorer_reads(tmp_path: Path) -> None:
    texts, industries = tmp_path / "texts.jsonl", tmp_path / "industries.json"
    industries.write_text('{"plumbing": {"services": [{"id": "drain", "name": "Drain cleaning"}]}}')
    texts.write_text(
        '{"id": "a", "text": "my drain is clogged", "industry": "plumbing", "context_id": "open"}\n\n'
        '{"id": "b", "text": "STOP", "industry": "plumbing", "context_id": "followup"}\n'
    )
    code, written, said = run(tmp_path, "read", str(texts), "--industries", str(industries))
    first, second = (json.loads(line) for line in written.splitlines())
    assert (code, said) == (0, "")
    assert (first["id"], first["intent"], first["service"], first["opt_out"]) == ("a", "book", "drain", False)
    assert (second["id"], second["intent"], second["opt_out"], second["escalate"]) == ("b", "opt_out", True, False)
    assert 0 < first["ms"] < 1000


def test_read_names_the_line_it_cannot_read(tmp_path: Path) -> None:
    texts, industries = tmp_path / "texts.jsonl", tmp_path / "industries.json"
    industries.write_text('{"plumbing": {"services": []}}')
    texts.write_text('{"text": "hi", "industry": "plumbing"}\n{"text": "hi", "industry": "circus"}\n')
    code, written, said = run(tmp_path, "read", str(texts), "--industries", str(industries))
    assert code == 2
    assert len(written.splitlines()) == 1
    assert said == f"{texts}, line 2: \"industry\" is 'circus'; the file of industries has plumbing.\n"


def test_read_asks_the_model_about_doubtful_texts_and_says_what_it_came_to(tmp_path: Path) -> None:
    texts, industries = tmp_path / "texts.jsonl", tmp_path / "industries.json"
    industries.write_text('{"plumbing": {"services": [{"id": "drain", "name": "Drain cleaning"}]}}')
    texts.write_text(
        '{"id": "a", "text": "kaputt blorp again zorf", "industry": "plumbing", "context_id": "open"}\n'
        '{"id": "b", "text": "STOP", "industry": "plumbing", "context_id": "followup"}\n'
    )
    proposal = {
        "intent": "book",
        "urgency": "unknown",
        "sensitive": [],
        "hazards": [],
        "opt_out": False,
        "service": "drain",
        "slots": dict.fromkeys(("name", "city", "zip", "address", "phone")) | {"time": ""},
        "draft": "",
    }
    message = {"role": "assistant", "content": json.dumps(proposal)}
    reply = {"choices": [{"message": message}], "usage": {"prompt_tokens": 400, "completion_tokens": 60}}
    with answering(json.dumps(reply)) as (url, asked):
        code, written, said = run(
            tmp_path,
            "read",
            str(texts),
            "--industries",
            str(industries),
            "--model",
            ANSWERBACK_MODEL_URL=f"{url}/v1",
            ANSWERBACK_MODEL="small",
        )
    first, second = (json.loads(line) for line in written.splitlines())
    assert (code, said) == (0, "small was asked about 1 texts, 0 failed, $0.0000.\n")
    assert (first["intent"], first["service"], second["intent"]) == ("book", "drain", "opt_out")
    assert ["kaputt" in body for body in asked] == [True]


def test_read_without_a_model_to_ask_says_what_to_set(tmp_path: Path) -> None:
    industries = tmp_path / "industries.json"
    industries.write_text("{}")
    code, _, said = run(tmp_path, "read", "-", "--industries", str(industries), "--model")
    wanted = "There is no language model. Set ANSWERBACK_MODEL_URL and ANSWERBACK_MODEL: docs/language-model.md.\n"
    assert (code, said) == (2, wanted)
