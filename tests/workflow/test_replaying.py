"""Real conversations run again: by the command, and to know which question a corrected text answered."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from answerback.server.commands import app
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import corrections
from answerback.workflow.actors import Actor

ANN = "+15125550131"


def told(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["replay", *arguments])
    return answer.exit_code, answer.output


def test_replay_says_lead_by_lead_what_differs_and_sends_nothing(world: World, tmp_path: Path) -> None:
    world.call(ANN)
    world.run(minutes=2)
    world.text(ANN, "water heater leaking slowly")
    world.run(minutes=1)
    business = models.Business.objects.get()
    edited = tmp_path / "edited.yaml"
    source = business.playbook.source
    for words in ("our hands were full", "We are sorry we could not pick up just now"):
        source = source.replace(words, "we were under a sink")
    edited.write_text(source)
    texts = [text.body for text in world.texts_to(ANN)], models.Event.objects.count()
    code, said = told(str(edited), "--business", str(business.id), "--days", "7")
    assert code == 0
    assert said.splitlines()[:3] == [
        "1 of 1 conversations would have gone differently.",
        "1 of 1 end in the replay as they really did.",
        "  texts: 1",
    ]
    assert said.count("we were under a sink") == 1
    found = json.loads(told(str(edited), "--business", str(business.id), "--json")[1])
    assert {name: found[name] for name in ("replayed", "different", "by_kind")} == {
        "replayed": 1, "different": 1, "by_kind": {"texts": 1},
    }  # fmt: skip
    assert told("--business", str(business.id), "--counts")[1].startswith("0 of 1 conversations")
    assert ([text.body for text in world.texts_to(ANN)], models.Event.objects.count()) == texts


def test_replay_says_what_is_wrong_with_what_it_is_given(world: World, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("industry: [")
    assert told(str(tmp_path / "none.yaml"), "--business", "1") == (2, f"There is no file {tmp_path / 'none.yaml'}.\n")
    assert told(str(bad), "--business", "1")[0] == 1
    assert "There is no business 99" in told("--business", "99")[1]


def test_correction_knows_which_question_was_open(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    for words in ("i need a new water heater", "it can wait until tomorrow", "78704"):
        world.text(ANN, words)
        world.run(minutes=1)
    dana: Any = models.Member.objects.get(name="Dana")
    for text in models.Message.objects.filter(author="customer").order_by("id"):
        corrections.correct(text.id, text.business_id, Actor(member=dana.id, name="Dana"), "intent", "answer")
    found = list(models.Correction.objects.order_by("id").values_list("message__body", "asked"))
    assert found == [
        ("i need a new water heater", "open"), ("it can wait until tomorrow", "urgent"), ("78704", "location"),
    ]  # fmt: skip
    assert [each["asked"] for each in corrections.labelled(dana.business_id)] == ["open", "urgent", "location"]
