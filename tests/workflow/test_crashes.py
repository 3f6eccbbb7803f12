"""Web, worker and PostgreSQL are killed with SIGKILL in the middle of a storm: every acknowledged call gets exactly
one text.

The product runs in processes of its own, started as an operator starts it, with a pretend Twilio behind it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CALLS = 150


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_killed_in_a_storm_every_acknowledged_call_gets_one_text(own_environment: dict[str, str], seed: int) -> None:
    told = subprocess.run(
        [sys.executable, str(HERE / "storm_with_kills.py"), str(CALLS), str(seed)],
        env=own_environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-4000:]
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["kills"] > 0
    assert (found["callers"], found["lost"], found["doubled"]) == (CALLS, [], [])
    assert found["texts"] == {"sent": CALLS}
