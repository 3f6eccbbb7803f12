"""Decides when a video goes to a customer: the playbook's `send` rules, each at its moment and behind every guard.

A moment sets a timer; when it is due everything is asked again, because much may have happened since. Never in a first
text, never in an urgent or sensitive case, never twice to one person. Never here: making or showing videos.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from zlib import crc32

from answerback.engine.draft import Draft
from answerback.engine.effects import SetTimer
from answerback.engine.events import TimerDue
from answerback.engine.nudges import duration
from answerback.engine.playbook import Send, VideoMoment
from answerback.engine.quiet import closes, may_text, next_time
from answerback.engine.receipt import Guard
from answerback.engine.rules import OnHand
from answerback.engine.sending import is_introduced, say, send
from answerback.engine.state import Phase, State, changed

AFTER: dict[VideoMoment, str] = {"service_known": "0m", "booked": "1m", "before_visit": "20h", "thinking": "3h"}
"""How long after its moment a video goes out where the rule does not say; for `before_visit`, how long before it."""

PHASES: dict[VideoMoment, frozenset[Phase]] = {
    "service_known": frozenset({"learning", "offered", "callback"}),
    "thinking": frozenset({"offered"}),
    "booked": frozenset({"booked"}),
    "before_visit": frozenset({"booked"}),
}
"""Where a conversation stands while its moment lasts; anywhere else nothing is sent."""

_STANDS: dict[Phase, str] = {
    "quiet": "Nothing has been said yet.",
    "greeting": "They have not answered the first text yet.",
    "learning": "Our questions are being answered.",
    "offered": "A time to choose was offered.",
    "callback": "A person will call them.",
    "booked": "An appointment stands.",
    "human": "A person has the conversation.",
    "resting": "Nothing was heard of them for long.",
    "closed": "The conversation is over.",
}
"""Where a conversation stands, as its reader says it."""

WOULD_CHANGE = {
    "moment": "The conversation still being where this video belongs.",
    "after_first_reply": "A reply of theirs to a text of ours.",
    "calm": "Nothing: an urgent or sensitive case gets no video.",
    "once": "Nothing: a video is sent once.",
    "hold_out": "The setting for the hold-out.",
}
"""What the guards of a video would have wanted."""

LATEST = timedelta(hours=2)
"""A video that waits longer than this has missed its moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    rule: Send
    video: OnHand


def notice(draft: Draft) -> None:
    """Set the timers of every rule whose moment came with this event."""
    rules = draft.rules
    if not rules.playbook.send or not rules.videos:
        return
    for number, rule in enumerate(rules.playbook.send):
        due_at = _due(rule, draft.case.state, draft.state, draft.now)
        if due_at is not None:
            draft.do(SetTimer(timer="video", ref=f"{number}:{_moment_of(rule, draft.state)}", due_at=due_at))


def due(draft: Draft, event: TimerDue) -> None:
    """Send the video of this rule if its moment lasts and nothing speaks against it; say why where something does."""
    rule = rule_of(draft.rules.playbook.send, draft.state, event.ref)
    if rule is None or event.ref in draft.state.held_timers:
        return
    chosen = _on_hand(draft, rule)
    if chosen is None:
        draft.note(
            "video",
            "There is no video for this moment, service and language.",
            verdict="not_sent",
            would_change="A published video of this kind, in their language.",
        )
        return
    guards = _guards(draft, rule, chosen)
    refused = next((guard for guard in guards if not guard.passed), None)
    if refused is not None:
        draft.note(
            "video",
            f"No video was sent. {refused.evidence}",
            verdict="not_sent",
            guards=guards,
            would_change=WOULD_CHANGE[refused.name],
        )
        return
    if not may_text(draft.rules.sending, draft.where, draft.now):
        _later(draft, event, rule)
        return
    _send(draft, _Chosen(rule=rule, video=chosen))


def is_held_back(key: str, rule: Send) -> bool:
    """Is this conversation one of those that get no video, so that the two can be compared? The same answer always."""
    return crc32(f"hold-out {rule.when} {rule.video} {key}".encode()) % 100 < rule.hold_out


def _due(rule: Send, before: State, after: State, now: datetime) -> datetime | None:
    """When this rule's timer is due, None where its moment has not just come."""
    delay, at = duration(rule.after or AFTER[rule.when]), after.appointment_at
    match rule.when:
        case "service_known":
            came = after.service is not None and after.service != before.service and after.last_text_at is not None
            return now + delay if came else None
        case "thinking":
            return now + delay if after.phase == "offered" != before.phase else None
        case "booked":
            return now + delay if at is not None and after.appointment != before.appointment else None
        case "before_visit":
            is_new = at is not None and at != before.appointment_at
            return at - delay if at is not None and is_new and at - delay > now else None
        case _:
            assert_never(rule.when)


def _moment_of(rule: Send, state: State) -> str:
    """What a timer of this rule is about: it means nothing once that has changed."""
    match rule.when:
        case "service_known" | "thinking":
            return state.service or ""
        case "booked":
            return state.appointment or ""
        case "before_visit":
            return f"{state.appointment}@{state.appointment_at.isoformat() if state.appointment_at else ''}"


def rule_of(rules: tuple[Send, ...], state: State, ref: str) -> Send | None:
    """The rule that set this timer, None where the timer means nothing any more."""
    number, _colon, moment = ref.partition(":")
    rule = rules[int(number)] if number.isdigit() and int(number) < len(rules) else None
    return rule if rule is not None and moment == _moment_of(rule, state) else None


def _on_hand(draft: Draft, rule: Send) -> OnHand | None:
    """The newest video of this kind in their language: of their service first, then one of no service."""
    state = draft.state
    if rule.service and rule.service != state.service:
        return None
    fitting = [
        each
        for each in draft.rules.videos
        if each.kind == rule.video
        and each.language == state.language
        and each.service in {"", state.service}
        and (each.lines is None or state.line in each.lines)
    ]
    return max(fitting, key=lambda each: (bool(each.service), each.lines is not None, each.id), default=None)


def _guards(draft: Draft, rule: Send, video: OnHand) -> tuple[Guard, ...]:
    """What is asked of a video beyond what every text is asked (`guards.check`)."""
    state = draft.state
    given = video.id in state.videos or video.id in draft.case.contact.videos
    return (
        Guard(name="moment", passed=state.phase in PHASES[rule.when], evidence=_STANDS[state.phase]),
        Guard(
            name="after_first_reply",
            passed=state.last_text_at is not None and is_introduced(draft),
            evidence="A video is never in the first text, and only follows their reply.",
        ),
        Guard(
            name="calm",
            passed=state.urgency != "emergency" and not state.sensitive and not state.paged,
            evidence="An urgent or sensitive case gets no video.",
        ),
        Guard(
            name="once",
            passed=not given,
            evidence="They got this video before." if given else "They never got this video.",
        ),
        Guard(
            name="hold_out",
            passed=not is_held_back(draft.case.key, rule),
            evidence="One of the conversations that get no video, for comparison."
            if rule.hold_out and is_held_back(draft.case.key, rule)
            else "Not held back for comparison.",
        ),
    )


def _later(draft: Draft, event: TimerDue, rule: Send) -> None:
    """Wait for the hours; before a visit only as long as it still is before it."""
    at = next_time(draft.rules.sending, draft.where, draft.now)
    visit = draft.state.appointment_at if rule.when == "before_visit" else None
    if at is None or (visit is not None and at >= visit - LATEST):
        draft.note(
            "video",
            "No video was sent. The hours for such texts do not come in time.",
            verdict="not_sent",
            would_change="A moment inside the hours before it is too late.",
        )
        return
    draft.do(SetTimer(timer="video", ref=event.ref, due_at=at))


def _send(draft: Draft, chosen: _Chosen) -> None:
    ends = closes(draft.rules.sending, draft.where, draft.now)
    refused = send(
        draft,
        "video",
        say(draft, chosen.rule.say),
        text_class="follow_up",
        stale_at=min(draft.now + LATEST, ends),
        video=chosen.video.id,
        attached=_attached(draft, chosen),
    )
    if refused is None:
        draft.state = changed(draft.state, videos=(*draft.state.videos, chosen.video.id))


def _attached(draft: Draft, chosen: _Chosen) -> str:
    """Which file of the video goes along: the video where it is small, its picture otherwise, nothing by default."""
    if chosen.rule.attach == "nothing" or not draft.rules.line(draft.state.line).media:
        return ""
    return "video.mp4" if chosen.rule.attach == "video" and chosen.video.small else "poster.jpg"
