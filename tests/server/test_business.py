"""`answerback business`: a business from the terminal, or clear words."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

COMMAND = [
    sys.executable,
    "-m",
    "answerback.server",
    "business",
    "--name",
    "Hill Plumbing",
    "--owner",
    "dana@example.com",
]
KEYS = ["--set", "account_sid=AC1", "--set", "auth_token=secret"]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments], check=False, capture_output=True, text=True, timeout=120, env={**os.environ}
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--phone", "call me", *KEYS], "is no phone number"),
        (["--phone", "+15125550100", "--set", "account_sid=AC1"], "twilio needs auth_token"),
        (["--phone", "+15125550100", "--pack", "bakery", *KEYS], "There is no pack bakery"),
        (["--phone", "+15125550100", "--provider", "carrier"], "There is no carrier"),
        (["--phone", "+15125550100", *KEYS, "--set", "shoe=1"], "twilio knows no shoe"),
    ],
)
def test_what_is_wrong_is_said_in_words(arguments, says):
    done = run(*arguments)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_a_business_is_set_up_and_the_doctor_finds_it(monkeypatch):
    from answerback.server import embedded

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    # Right under the temporary folder: as root the database's own user has to get there.
    folder = Path(tempfile.mkdtemp(prefix="answerback-business-"))
    folder.chmod(0o755)
    monkeypatch.setenv("ANSWERBACK_VAR", str(folder))
    try:
        done = run("--phone", "(512) 555-0100", "--owner-phone", "+15125550101", *KEYS)
        assert done.returncode == 0, done.stderr
        assert "Sign in at http://localhost:8707 as dana@example.com" in done.stdout
        doctor = subprocess.run(
            [sys.executable, "-m", "answerback.server", "doctor", "--json"],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        found = {each["name"]: each["ok"] for each in json.loads(doctor.stdout) if each["name"] == "Hill Plumbing"}
        assert found == {"Hill Plumbing": True}
    finally:
        running = embedded.start(folder / "postgres", durable=False)
        running.stop()
        shutil.rmtree(folder)
