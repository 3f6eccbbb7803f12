"""Real conversations again, by other rules: what happened from outside happens again, what followed follows anew."""

from dataclasses import replace
from datetime import timedelta

from answerback.engine.events import CallEnded, CallRang, Event, TextReceived, TimerDue
from answerback.engine.playbook import Playbook
from answerback.engine.reading import Reading
from answerback.engine.replay import Ending, differences, replay
from answerback.engine.state import Contact, State
from answerback.testing.factories import CALLER, LINE, MORNING, playbook, rules, wording


def happened(*texts: tuple[str, str]) -> list[Event]:
    """A missed call, then these texts (what they are read as) a minute apart, with a timer that fires anew."""
    ended = MORNING + timedelta(seconds=20)
    events: list[Event] = [
        CallRang(at=MORNING, call="a", line=LINE),
        CallEnded(at=ended, call="a", line=LINE, outcome="no_answer", rang_seconds=20),
        TimerDue(at=ended, timer="verdict", ref="a"),
    ]
    return events + [
        TextReceived(at=MORNING + timedelta(minutes=2 + at), line=LINE, text=words)
        for at, (words, _service) in enumerate(texts)
    ]


def go(book: Playbook, *texts: tuple[str, str]) -> Ending:
    services = dict(texts)

    def read(event: Event, _state: State) -> Event:
        if not isinstance(event, TextReceived):
            return event
        reading = Reading(intent="book", service=services[event.text] or None, confidence=0.9, language="en")
        return replace(event, reading=reading)

    return replay(rules(book=book), "c1", Contact(number=CALLER, region="US"), happened(*texts), read)


def test_the_same_rules_give_the_same_ending() -> None:
    first, again = go(playbook(), ("my drain", "drain")), go(playbook(), ("my drain", "drain"))
    assert (differences(first, again), first.service, first.status) == ((), "drain", "contacted")
    assert [text.purpose for text in first.texts][:2] == ["first_text", "ask"]
    assert [text.purpose for text in first.texts][2:] == ["nudge", "nudge"]


def test_other_words_and_another_route_show() -> None:
    book = playbook()
    other = replace(book, greet={**book.greet, "open": wording("What can we do for you?")})
    assert differences(go(book, ("my drain", "drain")), go(other, ("my drain", "drain"))) == ("texts",)
    declined = replace(
        book, services=tuple(replace(each, next="decline") if each.id == "drain" else each for each in book.services)
    )
    found = differences(go(book, ("my drain", "drain")), go(declined, ("my drain", "drain")))
    assert {"texts", "status", "phase"} <= set(found)


def test_silence_is_nudged_and_put_to_rest_on_the_virtual_clock() -> None:
    ending = go(playbook())
    assert [text.purpose for text in ending.texts] == ["first_text", "nudge", "nudge"]
    assert ending.texts[1].at - ending.texts[0].at >= timedelta(hours=1)
    assert ending.phase == "resting"
