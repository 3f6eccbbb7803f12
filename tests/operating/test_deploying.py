"""The files an installation is made from name commands, options, settings and files that exist, as far as that can be
seen without Docker or a machine to install on.
"""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from answerback.server.commands import app

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
VARIABLE = re.compile(r"\b(ANSWERBACK_[A-Z_]+[A-Z]|DATABASE_URL)\b")


def test_every_command_of_the_files_exists_with_its_options() -> None:
    compose = _compose()["services"]
    given = [["answerback", *service["command"]] for service in compose.values() if "command" in service]
    for unit in UNITS:
        text = unit.read_text()
        given += [shlex.split(found) for found in re.findall(r"bin/(answerback [a-z][^'\n]*)", text)]
    assert len(given) >= 6
    for line in given:
        command = get_command(app).get_command(None, line[1])  # type: ignore[attr-defined, arg-type]
        assert command is not None, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in line[2:] if word.startswith("--")} <= known, line


def test_every_setting_of_the_files_is_one_of_ours() -> None:
    ours = set(VARIABLE.findall((ROOT / "docs/settings.md").read_text()))
    files = [ROOT / "compose.yaml", ROOT / "Dockerfile", *(ROOT / "deploy").rglob("*.*"), ROOT / "docs/deployment.md"]
    used = {name for file in files for name in VARIABLE.findall(file.read_text())}
    assert used - ours - {"ANSWERBACK_SECRET_FILE"} == set()


def test_compose_file_waits_for_what_it_needs_and_keeps_what_must_stay() -> None:
    compose = _compose()
    services = compose["services"]
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert services[name]["read_only"] is True
    named = {str(volume).partition(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert {volume for volume in named if not volume.startswith(".")} == set(compose["volumes"])
    assert [name for name in named if name.startswith(".") and not (ROOT / name).exists()] == []
    assert "ports" not in services["database"], "The database is nobody's business outside."


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    offered = set(re.findall(r"(?m)^(\w+)=", (ROOT / "deploy/example.env").read_text()))
    assert asked == offered


def test_dockerfile_copies_what_is_there_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = [name for line in re.findall(r"(?m)^COPY (?!--)(.*) \S+$", text) for name in line.split()]
    let_in = set(re.findall(r"(?m)^!(\S+)$", (ROOT / ".dockerignore").read_text()))
    assert set(copied) == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.findall(r"(?m)^USER (.*)$", text) == re.findall(r"--uid (\d+)", text)
    extras = set(re.findall(r"--extra (\w+)", text))
    assert extras <= set(re.findall(r"(?m)^(\w+) = \[", (ROOT / "pyproject.toml").read_text()))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_is_well_formed(unit: Path) -> None:
    parsed = configparser.ConfigParser(interpolation=None, strict=False)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(unit.read_text())
    assert {"Unit", "Service"} <= set(parsed.sections())
    assert parsed["Service"]["User"] == "answerback"
    for option in ("NoNewPrivileges", "ProtectHome", "PrivateTmp"):
        assert parsed["Service"][option] == "yes"


def test_systemd_itself_has_nothing_against_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here; it comes with the package systemd.")
    for unit in [*UNITS, ROOT / "deploy/systemd/answerback-backup.timer"]:
        # The programs are not where they will be, which is all it may complain about.
        text = unit.read_text().replace("/opt/answerback/.venv/bin/answerback", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())], check=False, capture_output=True, text=True
    )
    complaints = [line for line in said.stderr.splitlines() if str(tmp_path) in line]
    assert complaints == []


def test_workers_have_time_to_finish_before_they_are_killed() -> None:
    """A worker takes up to 25 seconds to write down what it has in hand."""
    assert _compose()["services"]["worker"]["stop_grace_period"] == "40s"
    assert "TimeoutStopSec=40" in (ROOT / "deploy/systemd/answerback-worker.service").read_text()


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded
