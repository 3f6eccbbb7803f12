"""Takes nothing for granted of who comes back: after days what they want is asked anew, and what a person asked before
they handed back is for that person to act on.

Never here: what is asked (`route`).
"""

from datetime import timedelta

from answerback.engine.asides import Heard
from answerback.engine.draft import Draft, move
from answerback.engine.playbook import SlotKind
from answerback.engine.route import to_person
from answerback.engine.state import Phase, changed

LONG_AGO = timedelta(days=3)
"""Who comes back after so long may want something else: what they wanted then is asked, not assumed."""

STAYS_TRUE: frozenset[SlotKind] = frozenset({"area", "name", "address"})
"""What days do not change."""

_ASKED_ANEW: frozenset[Phase] = frozenset({"quiet", "greeting", "learning", "offered", "resting"})


def long_ago(draft: Draft, heard: Heard) -> bool:
    """Days after the last word nothing is taken for granted: what they want is asked anew."""
    state, before = draft.state, heard.before
    words = (before.last_text_at, *before.sent_at[-1:], before.served_at)
    last = max((at for at in words if at is not None), default=None)
    known = state.service is not None or bool(state.answers)
    if last is None or heard.event.at - last < LONG_AGO or not known or state.phase not in _ASKED_ANEW:
        return False
    kept = {learn.slot for learn in draft.rules.playbook.learn if learn.kind in STAYS_TRUE}
    answers = {slot: answer for slot, answer in state.answers.items() if slot in kept}
    draft.state = changed(
        state, answers=answers, service=None, urgency="unknown", wish=None, tries={}, asked=None, asked_about="open"
    )
    move(draft, "learning")
    draft.note("long_ago", f"The last word was {(heard.event.at - last).days} days ago: what they want is asked anew.")
    return False


def answers_person(draft: Draft, heard: Heard) -> bool:
    """A "yes" or "no" to what a person asked before they handed back says nothing to us: it is theirs to act on."""
    state, before = draft.state, heard.before
    vague = (
        heard.intent in {"other", "ack", "decline", "answer"}
        or (heard.intent == "book" and heard.reading.service in {None, before.service})
        or (heard.intent == "question" and "?" not in heard.event.text)
    )
    learned = (state.answers, state.urgency, state.wish) != (before.answers, before.urgency, before.wish)
    if not before.person_asked or not vague or learned:
        return False
    draft.note("person_asked", "Their text answers what a person asked, so a person goes on.", verdict="handed_over")
    to_person(draft, "They answered what you asked: please go on")
    return True
