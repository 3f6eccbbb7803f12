"""What the events of a switchboard say, transcript by transcript, field for field as Asterisk 18 to 22 sends them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerback.adapters.asterisk.ami import parse
from answerback.adapters.asterisk.numbers import hides, plan
from answerback.adapters.asterisk.tracker import Tracker
from answerback.engine.events import CallAnswered, CalledBack, CallEnded, LegEnded, VoicemailLeft
from answerback.ports.connection import Connection
from answerback.ports.phone import Happened

TRANSCRIPTS = Path(__file__).parent / "transcripts"
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
CONNECTION = Connection(id=7, provider="asterisk", settings={"lines": "+15125550100 +15125550102"})
MARIA = "+15125550131"


def told(name: str) -> list[Happened]:
    """The facts of a transcript; nothing of it stays behind in memory."""
    tracker = Tracker(plan(CONNECTION))
    facts = []
    for event in (TRANSCRIPTS / f"{name}.ami").read_text().strip().split("\n\n"):
        facts += tracker.heard(parse(event.replace("\n", "\r\n").encode()), NOW)
    assert tracker.calls == {}
    assert len({fact.key for fact in facts}) == len(facts)
    return facts


@pytest.mark.parametrize(
    ("name", "caller", "legs", "outcome", "rang", "talked"),
    [
        ("no_answer", MARIA, ["no_answer"], "no_answer", 22, 0),
        ("no_answer_then_voicemail", MARIA, ["no_answer"], "no_answer", 39, 0),
        ("caller_gave_up", MARIA, ["no_answer"], "abandoned", 7, 0),
        ("busy", MARIA, ["busy"], "busy", 2, 0),
        ("shop_phone_away", MARIA, ["failed"], "failed", 2, 0),
        ("menu_left", MARIA, [], "abandoned", 7, 0),
        ("answered", MARIA, ["answered"], "answered_human", 9, 60),
        ("queue_rings_one_phone_twice", MARIA, ["no_answer", "no_answer"], "abandoned", 18, 0),
        ("withheld_that_looks_public", "withheld", ["no_answer"], "no_answer", 22, 0),
        ("anonymous", "withheld", ["no_answer"], "no_answer", 22, 0),
    ],
)
def test_incoming_call(  # noqa: PLR0917  the columns of the table above
    name: str, caller: str, legs: list[str], outcome: str, rang: int, talked: int
) -> None:
    facts = told(name)
    assert {(fact.caller, fact.line) for fact in facts} == {(caller, "+15125550100")}
    assert {fact.event.call for fact in facts} == {"1773154680.10"}  # type: ignore[union-attr]
    assert [fact.event.result for fact in facts if isinstance(fact.event, LegEnded)] == legs
    (ended,) = [fact.event for fact in facts if isinstance(fact.event, CallEnded)]
    assert (ended.outcome, ended.rang_seconds, ended.talked_seconds) == (outcome, rang, talked)
    people = [fact.event for fact in facts if isinstance(fact.event, CallAnswered)]
    assert [(each.by, each.evidence) for each in people] == (
        [("person", "bridge")] if outcome == "answered_human" else []
    )
    boxes = [fact.event for fact in facts if isinstance(fact.event, VoicemailLeft)]
    assert len(boxes) == (1 if "voicemail" in name else 0)


@pytest.mark.parametrize(
    ("name", "talked", "seconds"), [("shop_calls_back_and_talks", None, 39), ("shop_calls_back_in_vain", False, None)]
)
def test_outgoing_call(name: str, talked: bool | None, seconds: int | None) -> None:
    (fact,) = told(name)
    assert isinstance(fact.event, CalledBack)
    assert (fact.caller, fact.line, fact.event.by) == (MARIA, "+15125550100", "101")
    assert (fact.event.talked, fact.event.talked_seconds) == (talked, seconds)


def test_calls_within_the_house_are_nobodys() -> None:
    assert told("one_extension_calls_another") == []


@pytest.mark.parametrize(
    ("presentation", "hidden"),
    [
        ("allowed_not_screened", False),
        ("0 (Presentation Allowed, Not Screened)", False),
        ("prohib_passed_screen", True),
        ("35 (Presentation Prohibited, Network Number)", True),
        ("32", True),
        ("67 (Number Unavailable)", True),
        ("unavailable", True),
        ("", False),
    ],
)
def test_presentation(presentation: str, hidden: bool) -> None:
    assert hides(presentation) is hidden
