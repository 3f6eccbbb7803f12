"""Plans one automatic text: the only place in the engine where a `SendText` is made.

Every text asked for here leaves a receipt, whether it is planned or not. A text with a booking link passes the guard
`required_answers` like any other guard, so no link can leave before the answers are known. Never here: what to say.
"""

from datetime import datetime, timedelta

from answerback.engine import wording
from answerback.engine.draft import Draft
from answerback.engine.effects import PRIORITY, SendText, TextClass
from answerback.engine.guards import WOULD_CHANGE, Ask, check, refused_by
from answerback.engine.playbook import Wording
from answerback.engine.receipt import Guard
from answerback.engine.rehearsal import wordings
from answerback.engine.state import changed
from answerback.engine.variants import Chosen, choose, digest

REMEMBERED_TEXTS = 64
"""More than any cap looks back at."""

_INTRODUCED: frozenset[TextClass] = frozenset({"first_reply", "reply", "follow_up", "marketing"})

_PRIORITIES: dict[TextClass, int] = {
    "first_reply": PRIORITY["first_text"],
    "reply": PRIORITY["reply"],
    "follow_up": PRIORITY["nudge"],
    "reminder": PRIORITY["nudge"],
    "marketing": PRIORITY["nudge"],
    "opt_out_confirmation": PRIORITY["urgent"],
    "help_reply": PRIORITY["reply"],
}


def say(draft: Draft, said: Wording | None, **blanks: str) -> str:
    """This wording in the customer's language, with every blank but the link filled."""
    playbook, state = draft.rules.playbook, draft.state
    body = _variant(draft, said)
    if "{" not in body:
        return body
    service = playbook.service(state.service)
    known = {
        "business": draft.rules.business.name,
        "phone": wording.phone(draft.rules.business.phone),
        "service": wording.in_language(service.name, playbook=playbook, language=state.language) if service else "",
    }
    return wording.fill(body, {**known, **blanks})


def when(draft: Draft, at: datetime) -> str:
    """A moment as the customer reads it: the business's clock, and their own where they seem to have another one.

    A number does not tell where somebody is, so nothing is counted by it.
    """
    return wording.moment(at, draft.hours.zone, draft.state.language, draft.case.contact.clock)


def _variant(draft: Draft, said: Wording | None) -> str:
    """The words for this person; where there was a choice, it is kept for the receipt of the text they go into."""
    playbook, person = draft.rules.playbook, draft.case.contact.number
    language, variants = wording.variants_of(said, playbook=playbook, language=draft.state.language)
    if said is None or len(variants) < 2:
        return variants[0] if variants else ""
    number = choose(variants, person, frozenset(draft.rules.settings.paused_wordings))
    place = next((where for where, _, _, each, _ in wordings(playbook) if each is said), "")
    draft.chosen.append(
        Chosen(place=place, language=language, digest=digest(variants[number]), number=number + 1, of=len(variants))
    )
    return variants[number]


def send(
    draft: Draft,
    purpose: str,
    body: str,
    *,
    text_class: TextClass = "reply",
    not_before: datetime | None = None,
    stale_at: datetime | None = None,
    priority: int | None = None,
    safety: bool = False,
    video: int | None = None,
    attached: str = "",
    why: str = "",
) -> Guard | None:
    """Plan this text; returns the guard that refused it, or None when it is planned as `draft.last_key`.

    Without `stale_at` it answers the customer's last text and is worth nothing once that text is no longer fresh.
    `why` is what its receipt says where the purpose alone does not tell.
    """
    leaves = max(not_before or draft.now, draft.now)
    heard_at = draft.state.last_text_at or draft.now
    ask = Ask(
        rules=draft.rules,
        state=draft.state,
        contact=draft.case.contact,
        suppressed=draft.suppressed,
        untextable=draft.untextable,
        consent=draft.consent,
        consent_at=draft.consent_at,
        unsent=draft.case.unsent,
        now=draft.now,
        text_class=text_class,
        body=wording.plain(body),
        not_before=leaves,
        stale_at=stale_at or heard_at + draft.rules.settings.reply_fresh,
        safety=safety,
        greets=purpose == "first_text",
    )
    guards = (*check(ask), *(each.guard for each in draft.chosen))
    draft.chosen.clear()
    refused = refused_by(guards)
    if refused is not None:
        _not_sent(draft, purpose, guards, refused)
        return refused
    urgency = _PRIORITIES[text_class] if priority is None else priority
    _plan(draft, purpose, ask, priority=urgency, video=(video, attached))
    _sent(draft, purpose, guards, why or WHY.get(purpose, "The conversation called for it."))
    return None


def _sent(draft: Draft, purpose: str, guards: tuple[Guard, ...], why: str) -> None:
    would_change = "Any of these checks failing."
    draft.note(purpose, why, verdict="sent", guards=guards, would_change=would_change, text=draft.last_key)


def _not_sent(draft: Draft, purpose: str, guards: tuple[Guard, ...], refused: Guard) -> None:
    draft.note(
        purpose,
        f"No text was sent. {refused.evidence}",
        verdict="not_sent",
        guards=guards,
        would_change=_would_change(guards),
    )


def _would_change(guards: tuple[Guard, ...]) -> str:
    """What every check that refused would have wanted: one of several alone would have changed nothing."""
    wanted = dict.fromkeys(WOULD_CHANGE.get(guard.name, "") for guard in guards if not guard.passed)
    said = [each for each in wanted if each]
    return " ".join(["All of these together.", *said] if len(said) > 1 else said)


def _plan(draft: Draft, purpose: str, ask: Ask, *, priority: int, video: tuple[int | None, str]) -> None:
    state = draft.state
    key = f"{purpose}:{state.texts}"
    body, introduces = _introduced(draft, purpose, ask)
    draft.do(
        SendText(
            key=key,
            purpose=purpose,
            text_class=ask.text_class,
            body=body,
            priority=priority,
            not_before=ask.not_before,
            stale_at=ask.stale_at,
            line=state.line,
            video=video[0],
            attached=video[1],
        )
    )
    draft.last_key = key
    replied = (*state.replied_at, draft.now)[-REMEMBERED_TEXTS:] if ask.text_class == "reply" else state.replied_at
    draft.state = changed(
        state,
        texts=state.texts + 1,
        sent_at=(*state.sent_at, draft.now)[-REMEMBERED_TEXTS:],
        replied_at=replied,
        unanswered=state.unanswered + 1,
        followed_up=state.followed_up + int(ask.text_class == "follow_up"),
        first_text=key if introduces else state.first_text,
        first_text_at=draft.now if introduces else state.first_text_at,
        first_text_until=ask.stale_at if introduces else state.first_text_until,
    )


def _introduced(draft: Draft, purpose: str, ask: Ask) -> tuple[str, bool]:
    """The body as it must be said to somebody who may not know us yet, and whether this text introduces us."""
    name = draft.rules.business.name
    if ask.text_class not in _INTRODUCED:
        return wording.named(ask.body, name), False
    if purpose != "first_text" and is_introduced(draft):
        return ask.body, False
    return wording.introduced(ask.body, name, draft.state.language), True


def is_introduced(draft: Draft) -> bool:
    """Has a text of this conversation told the customer who we are and how to make it stop, lately?"""
    state = draft.state
    if state.first_text is None or state.first_text_at is None:
        return False
    lately = draft.now - state.first_text_at < INTRODUCTION_LASTS
    return lately and state.first_text not in draft.case.unsent


INTRODUCTION_LASTS = timedelta(days=30)
"""CTIA Principles (2023): how to stop belongs on a first text, and again on programmes that go on for a month."""

WHY: dict[str, str] = {
    "first_text": "Somebody called and nobody took the call.",
    "ask": "An answer is needed before the next step.",
    "again": "The answer was not understood, so the question was put once more in other words.",
    "link": "Everything needed is known, so a time can be chosen.",
    "times": "They said when they would like to come, and these times are free.",
    "moved": "An appointment was moved.",
    "reminder": "An appointment is near.",
    "callback": "A person will call them, and a to-do for it stands.",
    "to_person": "A person goes on from here, and a to-do for it stands.",
    "urgent": "It is urgent; a person is being woken.",
    "life_safety": "Somebody may be in danger; a person is being woken.",
    "sensitive": "A person should answer this.",
    "not_served": "The business does not offer this, or not there.",
    "declined": "They do not need us any more.",
    "wrong_number": "They say that it is not their number.",
    "opted_out": "They said stop; this is the one confirmation.",
    "no_offers": "They want no advertising, and other texts still.",
    "started": "They asked to be texted again.",
    "help": "They asked for help.",
    "price": "They asked for a price that the owner lets us tell.",
    "fact": "They asked something the owner lets us answer.",
    "booked": "An appointment stands.",
    "cancelled": "An appointment was given up.",
    "video": "The playbook sends a video at this moment.",
    "nudge": "Our question is still open.",
    "voicemail": "They left a voicemail and nobody has called back.",
}
