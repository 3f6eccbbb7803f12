"""Greets somebody whose call was missed, or who filled in a form: which words for which situation, when they leave, and
what if they may not.

Never here: whether a call was missed (`missed`), or whether a text may be sent (`guards`).
"""

from datetime import datetime, timedelta

from answerback.engine.draft import Draft, move, todo, withdraw
from answerback.engine.effects import PRIORITY, TextClass, TodoKind
from answerback.engine.guards import first_text_stands
from answerback.engine.handoff_words import EMERGENCY_KEY, VOICEMAIL_HEARD, Words
from answerback.engine.hours import day_kind, next_opening
from answerback.engine.learning import missing
from answerback.engine.missed import Verdict
from answerback.engine.nudges import await_reply
from answerback.engine.playbook import CallSituation, Learn, Playbook, Wording
from answerback.engine.quiet import may_text, next_time
from answerback.engine.reach import truly
from answerback.engine.receipt import Guard
from answerback.engine.route import asked, question, route_for, urgent_for_people
from answerback.engine.sending import say, send
from answerback.engine.state import MOVES, changed
from answerback.engine.variants import held_out
from answerback.engine.wording import joined

_TODO_FOR: dict[str, tuple[TodoKind, str]] = {
    "fresh": ("call_now", "Missed call heard of too late to text: call them"),
    "suppressed": ("opted_out_caller", "Missed call from somebody who gets no texts: call them"),
    "human": ("call_now", "They called while you have the conversation: call them"),
    "spam": ("review", "Missed call that may be spam: look before you call"),
    "sender": ("call_now", "Missed call, and this line may not text yet: call them"),
    "consent": ("callback", "Missed call from somebody who may not be texted: call them"),
    "country": ("callback", "Missed call from a number we may not text: call them"),
    "textable": ("callback", "Missed call from a number that cannot get texts: call them"),
    "texts_per_day": ("callback", "Missed call, and enough was texted today: call them"),
    "unanswered": ("callback", "Missed call, and our texts were not answered: call them"),
    "overnight": ("callback", "Missed call in the night: call them"),
    "hours": ("callback", "Voicemail not answered yet: call them"),
    "follow_ups": ("callback", "Missed call, and nothing more is texted unasked: call them"),
    "content": ("callback", "Missed call, and our text for it may not leave as it is: call them"),
    "wording": ("callback", "Missed call without a wording for it: call them"),
}
"""What a person is asked to do where the first text was refused. Within the cooldown nothing: they were texted."""


def greet(draft: Draft, call: Verdict, *, repeats: int, text_class: TextClass = "first_reply") -> bool:
    """Plan the first text for this missed call; returns whether it was planned."""
    rules = draft.rules
    leaves, stale_at = _first_text_leaves(draft, call)
    if text_class == "follow_up":
        stale_at = leaves + rules.settings.first_text_fresh
    elif rules.settings.overnight_first_text == "defer" and draft.now < stale_at:
        leaves, stale_at, text_class = _deferred(draft, leaves, stale_at)
    if text_class == "first_reply" and repeats == 0 and not call.voicemail:
        leaves, stale_at, text_class = _held_out(draft, leaves, stale_at)
    asks = _still_to_ask(draft, call)
    body = _asking_on(draft, asks) if asks else _usual(draft, call, repeats)
    refused = send(draft, "first_text", body, text_class=text_class, not_before=leaves, stale_at=stale_at)
    if refused is not None:
        _ask_person(draft, refused)
        return False
    _greeted(draft, leaves)
    if asks and move(draft, "learning"):
        asked(draft, asks)
    return True


def _first_text_leaves(draft: Draft, call: Verdict) -> tuple[datetime, datetime]:
    """When the first text for this call leaves, and from when on it is too late for it."""
    hold = timedelta(seconds=draft.rules.playbook.triggers.hold_seconds)
    return max(call.last_at + hold, draft.now), call.at + draft.rules.settings.first_text_fresh


HEARD: dict[str, Words] = {"voicemail": VOICEMAIL_HEARD, "urgent_key": EMERGENCY_KEY}
"""What we say that we heard, by the reason of the page."""


def alerted(draft: Draft, call: Verdict, reason: str) -> None:
    """Tell whoever left an urgent voicemail or pressed the key for an emergency what is done about it; from here on a
    person has the conversation. `reason` is the page's.

    Who was texted already is told so in a reply. It says what happens now, so it does not wait for the morning.
    """
    rules = draft.rules
    withdraw(draft, "Their call is urgent")
    leaves, stale_at = _first_text_leaves(draft, call)
    route = route_for(rules.playbook, "urgent")
    body = joined(say(draft, HEARD[reason]), truly(draft, reason, say(draft, route.say)))
    if draft.state.phase == "closed":
        move(draft, "greeting")
    known = _texted_lately(draft) or first_text_stands(draft.state, draft.case.unsent, draft.now)
    refused = send(
        draft,
        "urgent" if known else "first_text",
        body,
        text_class="reply" if known or rules.settings.overnight_first_text == "defer" else "first_reply",
        not_before=leaves,
        stale_at=stale_at,
        priority=PRIORITY["urgent"],
        safety=True,
    )
    if refused is not None:
        _ask_person(draft, refused)
    urgent_for_people(draft, route)


def greet_form(draft: Draft, at: datetime) -> bool:
    """Plan the first text for somebody who filled in a form and agreed in writing; returns whether it was planned.

    Where the playbook has no greeting for forms, nobody is texted because of one.
    """
    if "form" not in draft.rules.playbook.greet:
        draft.note(
            "first_text",
            "No text was sent. The playbook has no greeting for forms.",
            verdict="not_sent",
            would_change="A greeting for forms in the playbook.",
        )
        return False
    settings, leaves, stale_at = draft.rules.settings, draft.now, at + draft.rules.settings.first_text_fresh
    text_class: TextClass = "first_reply"
    if settings.overnight_first_text == "defer" and draft.now < stale_at:
        leaves, stale_at, text_class = _deferred(draft, leaves, stale_at)
    body = say(draft, draft.rules.playbook.greet["form"])
    if send(draft, "first_text", body, text_class=text_class, not_before=leaves, stale_at=stale_at) is not None:
        return False
    _greeted(draft, leaves)
    return True


def _greeted(draft: Draft, leaves: datetime) -> None:
    """The first text is planned: their answer is waited for."""
    if "greeting" in MOVES[draft.state.phase]:
        move(draft, "greeting")
        draft.state = changed(draft.state, asked=None, asked_about="open", nudges=0)
    elif draft.state.phase == "booked":
        move(draft, "learning")
    await_reply(draft, leaves)


def _usual(draft: Draft, call: Verdict, repeats: int) -> str:
    return say(draft, _wording(draft.rules.playbook, _situation(draft, call, repeats), call.menu_choice))


def _still_to_ask(draft: Draft, call: Verdict) -> Learn | None:
    """The next question to somebody whose voicemail said what they need; None where the usual first text fits.

    A law firm's own words stay: they ask for no details, whatever was said.
    """
    playbook, state = draft.rules.playbook, draft.state
    if not call.voicemail or state.service is None or state.last_text_at is not None:
        return None
    return None if playbook.privacy == "law" else missing(playbook, state)


def _asking_on(draft: Draft, learn: Learn) -> str:
    return joined(say(draft, VOICEMAIL_HEARD), question(draft, learn))


def _situation(draft: Draft, call: Verdict, repeats: int) -> CallSituation:
    if repeats or _texted_lately(draft):
        return "repeat"
    return "voicemail" if call.voicemail else day_kind(draft.hours, call.at)


def _texted_lately(draft: Draft) -> bool:
    texted = draft.case.contact.first_text_at
    return texted is not None and draft.now - texted < draft.rules.settings.first_text_cooldown


def _wording(playbook: Playbook, situation: CallSituation, menu_choice: str | None) -> Wording | None:
    if menu_choice is not None and menu_choice in playbook.menu and situation == "open":
        return playbook.menu[menu_choice]
    return playbook.greet.get(situation) or playbook.greet.get("open")


def _deferred(draft: Draft, leaves: datetime, stale_at: datetime) -> tuple[datetime, datetime, TextClass]:
    """By the owner's setting a text that would leave in the night waits for the morning, as a follow-up."""
    sending, where = draft.rules.sending, draft.where
    if may_text(sending, where, leaves):
        return leaves, stale_at, "first_reply"
    morning = next_time(sending, where, leaves) or leaves
    return morning, morning + draft.rules.settings.first_text_fresh, "follow_up"


def _held_out(draft: Draft, leaves: datetime, stale_at: datetime) -> tuple[datetime, datetime, TextClass]:
    """By the owner's wish a few in a hundred are texted late, drawn by their number: the rest shows what it brings."""
    settings = draft.rules.settings
    if not settings.hold_out_share:
        return leaves, stale_at, "first_reply"
    late = held_out(draft.case.contact.number, settings.hold_out_share)
    draft.note(
        "hold_out.late" if late else "hold_out.at_once",
        f"{settings.hold_out_share} in 100 callers are texted late, drawn by their number, to measure what the text "
        f"brings; this one is {'among them' if late else 'not among them'}.",
        would_change="The setting for the hold-out.",
    )
    if not late:
        return leaves, stale_at, "first_reply"
    return leaves + settings.hold_out_delay, stale_at + settings.hold_out_delay, "follow_up"


def _ask_person(draft: Draft, refused: Guard) -> None:
    if refused.name not in _TODO_FOR:
        return
    kind, title = _TODO_FOR[refused.name]
    due_at = draft.now
    if kind == "callback":
        due_at = next_opening(draft.hours, draft.now) or draft.now
    todo(draft, kind, title, due_at=due_at)
