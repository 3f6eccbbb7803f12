"""`answerback line`: what a line does, changed and connected from the terminal, or clear words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from answerback.server.commands import app
from answerback.store import models
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.testing.world import World
from answerback.workflow import directory

LINE, SHOP = "+15125550188", "+15125550177"


@pytest.fixture
def twilio(
    world: World, beside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[PretendTwilio]:
    """A Twilio line that only listens; the command finds the database there is."""
    monkeypatch.setenv("DATABASE_URL", "the one that is open already")
    settings.PUBLIC_URL = "https://shop.example.com"
    with PretendTwilio() as running:
        running.account.own(LINE)
        beside("twilio", LINE, texts=False, **running.settings())
        yield running


def line(*arguments: str) -> tuple[int, str]:
    """The exit code of `answerback line ...` and what it says."""
    directory.forget()
    done = CliRunner().invoke(app, ["line", *arguments], env={"COLUMNS": "400", "TERM": "dumb"})
    return done.exit_code, " ".join(done.output.replace("│", " ").split())


def test_lines_are_listed_shown_and_changed(twilio: PretendTwilio, world: World) -> None:
    code, listed = line("list")
    assert (code, f"{world.shop.lines[0]} Rivera Plumbing simulator" in listed) == (0, True)
    assert f"{LINE} Rivera Plumbing twilio" in listed
    assert "only listens" in listed
    code, shown = line("show", LINE)
    assert (code, "ring_seconds = 18 (default)" in shown) == (0, True)

    assert line("set", LINE, f"ring={SHOP}", "ring_seconds=12")[0] == 0
    assert models.Line.objects.get(number=LINE).settings == {"ring": SHOP, "ring_seconds": "12"}
    assert "ring_seconds = 12" in line("show", LINE)[1]
    code, document = line("fallback", LINE)
    assert (code, SHOP in document) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["set", LINE, "ring_seconds=900"], 1, "ring_seconds"),
        (["set", LINE, "ring=call me"], 1, "ring"),
        (["set", LINE, "ring"], 2, "is not name=value"),
        (["set", "+15125559999", "ring=x"], 2, "There is no line +15125559999"),
        (["show", "+15125559999"], 2, "There is no line +15125559999"),
        (["fallback", LINE], 1, "rings no phones itself"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    twilio: PretendTwilio, arguments: list[str], code: int, says: str
) -> None:
    came, said = line(*arguments)
    assert (came, says in said) == (code, True), said
    assert models.Line.objects.get(number=LINE).settings == {}


def test_number_is_pointed_at_us_only_when_told_to(twilio: PretendTwilio, settings: Any) -> None:
    line("set", LINE, f"ring={SHOP}")
    code, said = line("connect", LINE)
    assert (code, "Nothing was changed yet" in said, twilio.account.changes) == (0, True, [])
    code, said = line("connect", LINE, "--do")
    hooks = f"https://shop.example.com/hooks/twilio/{models.Line.objects.get(number=LINE).connection_id}"
    assert (code, twilio.account.numbers[LINE]["voice_url"]) == (0, f"{hooks}/voice")
    assert "Nothing to change" in line("connect", LINE)[1]
    settings.PUBLIC_URL = ""
    assert line("connect", LINE)[0] == 1
