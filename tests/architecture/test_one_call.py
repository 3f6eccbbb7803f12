"""docs/one-call.md is the way a call really goes: the functions it names are passed, in the order it names them."""

import importlib
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

import answerback
from answerback.testing.world import World

PAGE = Path(answerback.__file__).parents[2] / "docs" / "one-call.md"
CALLER = "+15125550131"
OTHER_PROVIDER = "answerback.adapters.twilio."
"""The page shows Twilio's adapter, a World has the simulator's: the same port, another directory."""

NOT_IN_A_GOOD_CALL = {"answerback.workflow.reconcile.run"}
"""Looks after what was left lying; a World lets it run now and then, not in the line."""


def test_functions_are_passed_in_the_order_of_the_page(transactional_db: None) -> None:
    named = [name for name in _named() if not name.startswith(OTHER_PROVIDER) and name not in NOT_IN_A_GOOD_CALL]
    with World() as world:
        world.call(CALLER, ring=20, outcome="no-answer")
        world.run(minutes=1)

        def reply() -> None:
            world.text(CALLER, "water heater leaking slowly")
            world.run(minutes=1)

        assert _passed(reply, {_code(name): name for name in named}) == named


def test_every_function_named_exists() -> None:
    assert len({_code(name) for name in _named()}) == len(_named()) > 10


def _named() -> list[str]:
    return re.findall(r"`(answerback\.[\w.]+)`", PAGE.read_text(encoding="utf-8"))


def _code(dotted: str) -> CodeType:
    """The code of a function, or of a class's function, by its dotted name."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        code = inspect.unwrap(found).__code__  # type: ignore[arg-type]  # a function by now, or the test fails here
        assert isinstance(code, CodeType)
        return code
    raise LookupError(dotted)


def _passed(act: Callable[[], None], names: dict[CodeType, str]) -> list[str]:
    """Which of these functions were entered during `act`, each once, in the order of their first time."""
    passed: list[str] = []

    def look(frame: FrameType, happened: str, _: object) -> None:
        if happened == "call" and (name := names.get(frame.f_code)) and name not in passed:
            passed.append(name)

    sys.setprofile(look)
    try:
        act()
    finally:
        sys.setprofile(None)
    return passed
