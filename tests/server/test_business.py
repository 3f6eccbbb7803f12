"""`answerback business`: a business from the terminal, or clear words."""

import os
import subprocess
import sys

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
