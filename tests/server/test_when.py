"""`answerback when`: lines in, lines out; a bad line is answered in words and loses no other."""

import json
from pathlib import Path

from typer.testing import CliRunner

from answerback.server.commands import app

NOW = {"now": "2026-10-28T10:20:00-05:00", "zone": "America/Chicago"}


def _when(tmp_path: Path, *lines: object) -> tuple[int, list[dict[str, object]]]:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    done = CliRunner().invoke(app, ["when", str(path)])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_answer_of_one_line(tmp_path: Path) -> None:
    asked = {
        "id": "a",
        "text": "friday at 2",
        "lang": "en",
        "allows": ["2026-10-30T14:00", "2026-10-30T19:00:00Z"],
        **NOW,
    }
    assert _when(tmp_path, asked) == (
        0,
        [
            {
                "id": "a",
                "kind": "point",
                "ask": False,
                "asap": False,
                "windows": [{"start": "2026-10-30T14:00:00-05:00", "end": "2026-10-30T14:01:00-05:00"}],
                "allows": [True, True],
            }
        ],
    )


def test_menus_as_times_as_objects_and_as_words(tmp_path: Path) -> None:
    menus: list[object] = [
        ["2026-10-29T10:00", "2026-10-30T14:00"],
        [{"start": "2026-10-29T10:00"}, {"start": "2026-10-30T14:00"}],
        ["Thu 10 AM", "Fri 2 PM"],
        "1) Thu 10 AM 2) Fri 2 PM",
    ]
    _, told = _when(
        tmp_path,
        *(
            {"text": "the second one", "menu": menu, "allows": ["2026-10-30T14:00", "2026-10-29T10:00"], **NOW}
            for menu in menus
        ),
    )
    assert [(each["kind"], each["option"], each["ask"], each["allows"]) for each in told] == [
        ("choice", "2", False, [True, False])
    ] * 4


def test_bad_lines_are_told_and_the_others_answered(tmp_path: Path) -> None:
    code, told = _when(
        tmp_path,
        "no json",
        {"id": 2, "now": NOW["now"]},
        {"id": 3, "text": "friday", "now": "soon"},
        {"id": 4, "text": "friday", "now": NOW["now"], "zone": "Mars/Base"},
        {"id": 5, "text": "friday", "allows": [], **NOW},
    )
    assert code == 1
    assert [each.get("id") for each in told] == [None, 2, 3, 4, 5]
    assert ["error" in each for each in told] == [True, True, True, True, False]
    assert "Line 1 is not JSON" in str(told[0]["error"])
    assert "Mars/Base" in str(told[3]["error"])


def test_missing_file_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["when", str(tmp_path / "none.jsonl")]).exit_code == 2
