"""What the state machine draws of the five trigger rules and of the place, and what must hold whatever was drawn.

Its own, simpler idea of the rules, compared with each decision. Never here: what happens next (`machine`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from answerback.engine.decision import Decision
from answerback.engine.effects import OpenTodo, PageStaff, SendText
from answerback.engine.events import CallAnswered, CalledBack, CallEnded, CallFact, Event, TimerDue
from answerback.engine.playbook import Repeat, Triggers, Voicemail
from answerback.engine.quiet import SendingHours, StateHours, Window, may_text
from answerback.engine.rules import Hours, Line, Rules, Span
from answerback.engine.state import Contact, Miss, State
from answerback.testing.factories import CHICAGO, LINE

NIGHT_LINE = "+15125550109"
"""The business's second number: somebody is there from 18 to 2 o'clock, over midnight, on every day."""

NIGHT_HOURS = Hours(
    zone=CHICAGO,
    spans=tuple(
        Span(weekday=day, start=start, end=end)
        for day in range(7)
        for start, end in ((time(0), time(2)), (time(18), time.max))
    ),
)

_UNTIL_EIGHT = Window(start=time(8), end=time(20))

STRICT = SendingHours(
    states={"FL": StateHours(weekdays=_UNTIL_EIGHT, saturday=_UNTIL_EIGHT, sunday=None, holidays=False)}
)
"""The table of a state that is stricter than the federal hours."""

places = st.sampled_from((((), ()), ((), ()), ((ZoneInfo("Pacific/Honolulu"),), ()), ((CHICAGO,), ("FL",))))
"""Zones and states somebody may be in, besides the business's own."""

actions = st.sampled_from((*("text",) * 5, "todo", "ignore"))

triggers = st.builds(
    Triggers,
    hold_seconds=st.sampled_from((0, 15, 45)),
    no_answer=actions,
    busy=actions,
    after_hours=actions,
    abandoned=actions,
    short_abandon=actions,
    carrier_voicemail=actions,
    answered_by_ai=actions,
    failed=actions,
    unknown=actions,
    voicemail=st.builds(
        Voicemail, action=st.sampled_from(("call_back", "text_at_once")), minutes=st.sampled_from((5, 15, 90))
    ),
    repeat=st.builds(Repeat, call_now=st.sampled_from((0, 2, 2)), page=st.sampled_from((0, 3, 3))),
)
"""The five rules, as owners set them."""


def line(number: str, sender: str, voicemail_after: int | None) -> Line:
    """What is known of one of the two lines."""
    hours = NIGHT_HOURS if number == NIGHT_LINE else None
    return Line(number=number, hours=hours, sender=sender, voicemail_after=voicemail_after)  # type: ignore[arg-type]


def follows_its_trigger(rules: Rules, before: State, decision: Decision) -> None:
    """Each of the five rules does what is set for it, whichever line the call came in on."""
    if not decision.state.misses or decision.state.misses[-1:] == before.misses[-1:]:
        return
    miss = decision.state.misses[-1]
    texts = [each for each in decision.effects if isinstance(each, SendText) and each.purpose == "first_text"]
    todos = {each.kind for each in decision.effects if isinstance(each, OpenTodo)}
    assert not (texts and "callback" in todos), "A callback was promised to a person, and a text was sent as well."
    if not texts or any(isinstance(each, PageStaff) for each in decision.effects):
        return  # an urgent voicemail is answered whatever the rule says
    assert _wanted(rules.playbook.triggers, miss) == "text", f"A text, and the rule for {miss.reason} wants none."


def _wanted(triggers: Triggers, miss: Miss) -> str:
    if miss.reason == "voicemail":
        return "text" if triggers.voicemail.action == "text_at_once" else "todo"
    action: str = getattr(triggers, miss.reason)
    return action


def clock_is_right(rules: Rules, event: Event, facts: Iterable[CallFact], decision: Decision) -> None:
    """A voicemail's clock texts only where nobody has spoken with them since, and never before its minutes are over."""
    if not isinstance(event, TimerDue) or event.timer != "voicemail_clock":
        return
    texts = [each for each in decision.effects if isinstance(each, SendText)]
    miss = next((each for each in decision.state.misses if each.call == event.ref), None)
    if not texts or miss is None:
        return
    minutes = rules.playbook.triggers.voicemail.minutes
    assert (event_time := texts[0].not_before) >= miss.at, "A text for a voicemail that is still to come."
    assert (event_time - miss.at).total_seconds() >= minutes * 60, "The voicemail's clock was not over."
    assert not any(_spoke(fact) and fact.at > miss.at for fact in facts), "Somebody had called back, and a text left."


def _spoke(fact: CallFact) -> bool:
    match fact:
        case CalledBack(talked=True) | CallAnswered(by="person", evidence=None) | CallEnded(outcome="answered_human"):
            return True
    return False


def keeps_quiet_hours(rules: Rules, contact: Contact, text: SendText, now: datetime) -> None:
    """No text nobody asked for leaves in quiet hours, and no first text where the owner wants none overnight."""
    where = rules.whereabouts(contact)
    if text.text_class == "follow_up":
        assert may_text(rules.sending, where, now), "A text nobody asked for, in quiet hours."
    elif text.purpose == "first_text" and rules.settings.overnight_first_text != "send":
        assert may_text(rules.sending, where, text.not_before), "A first text overnight, and the owner wants none."


def keeps_a_clinics_caps(rules: Rules, unasked: Sequence[datetime], text: SendText, now: datetime) -> None:
    """A clinic tells a patient unasked at most one thing a day and three a week (47 CFR 64.1200(a)(9)(iv)).

    `unasked` is when such texts were planned that left and were not answered.
    """
    zone = rules.business.hours.zone
    day = max(now, text.not_before).astimezone(zone).date()
    assert day not in {at.astimezone(zone).date() for at in unasked}, "Two texts of a clinic in a day."
    week = [at for at in unasked if at > now - timedelta(days=7)]
    assert len(week) < rules.settings.clinic_per_week, "More than three texts of a clinic in a week."


def line_of(call: int) -> str:
    """On which of the two lines the caller's so manieth call comes in."""
    return NIGHT_LINE if call % 3 == 2 else LINE
