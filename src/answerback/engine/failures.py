"""What follows when a text of ours did not arrive, or when nobody can say whether it did.

A text that failed is never sent again by the engine: a person is asked instead. Never here: retries (delivery's).
"""

from answerback.engine.draft import Draft, move, said_stop, todo, withdraw
from answerback.engine.effects import MarkUntextable, PauseSender
from answerback.engine.events import Failure, LineTypeLearned, TextFailed, TextUnclear
from answerback.engine.guards import CANNOT_TEXT
from answerback.engine.nudges import forget_timers
from answerback.engine.state import Phase

_UNTEXTABLE: dict[Failure, str] = {
    "landline": "landline",
    "invalid_number": "not a valid number",
    "country_barred": "a country we may not text",
}
"""Failures that say the number will never get a text."""

_WHY: dict[Failure, str] = {
    "opted_out": "the provider says that they opted out",
    "landline": "it is a landline",
    "unreachable": "the phone could not be reached",
    "invalid_number": "the number is not valid",
    "filtered": "the carrier filtered it as unwanted",
    "sender_unregistered": "our number is not registered for texting",
    "volume_cap": "our number has reached its limit",
    "country_barred": "texts to that country are barred",
    "too_late": "it could not leave in time",
    "retries_spent": "it was tried several times without success",
    "loop": "the provider believes that two machines answer each other",
    "media_refused": "the picture with it could not be sent",
    "unknown": "the provider does not say why",
}

_SPEAKING: frozenset[Phase] = frozenset({"quiet", "greeting", "learning", "offered", "resting"})


def failed(draft: Draft, event: TextFailed) -> None:
    """A text did not arrive: remember what that says about the number, and ask a person to call."""
    why = _WHY[event.failure]
    if event.failure == "opted_out" and draft.suppressed:
        # The confirmation of a stop that the provider had confirmed already, or one that left a moment before the stop.
        said_stop(draft, "provider", "The provider refused a text because they opted out.")
        draft.note("text.failed", "A text was refused because they said stop, which is known.", text=event.text)
        return
    if event.failure == "opted_out":
        withdraw(draft, "The provider says that they opted out")
        said_stop(draft, "provider", "The provider refused a text because they opted out.")
        draft.note("opted_out", "The provider says that they opted out; nothing more is sent.", verdict="opted_out")
    elif event.failure in _UNTEXTABLE:
        withdraw(draft, f"Texts do not arrive: {why}")
        draft.do(MarkUntextable(reason=_UNTEXTABLE[event.failure]))
        draft.untextable = _UNTEXTABLE[event.failure]
    if event.failure == "sender_unregistered" and draft.state.line is not None:
        until = draft.now + draft.rules.settings.sender_pause
        draft.do(PauseSender(line=draft.state.line, reason=_WHY[event.failure], until=until))
    todo(draft, "failed_text", f"Our text did not arrive ({why}): call them")
    draft.note(
        "text.failed",
        f"A text did not arrive: {why}. A person is asked to call.",
        would_change="Nothing by itself: a failed text is not sent again.",
        text=event.text,
    )
    if draft.state.phase in _SPEAKING:
        forget_timers(draft)
        move(draft, "callback")


def line_type_learned(draft: Draft, event: LineTypeLearned) -> None:
    """We know now what kind of number theirs is; one that cannot get texts is never texted again."""
    reason = CANNOT_TEXT.get(event.line_type)
    if reason is None or draft.untextable is not None:
        return
    withdraw(draft, f"Their number is a {reason}")
    draft.do(MarkUntextable(reason=reason))
    draft.untextable = reason
    if draft.state.phase in _SPEAKING and draft.state.texts:
        todo(draft, "callback", f"Their number cannot get texts ({reason}): call them")
        forget_timers(draft)
        move(draft, "callback")
    draft.note(
        "line_type",
        f"{'A look-up says that their' if event.looked_up else 'Their'} number is a {reason}"
        f"{f' ({event.carrier})' if event.carrier else ''}, so nobody is texted there.",
        would_change="Another number that can get texts.",
    )


def unclear(draft: Draft, event: TextUnclear) -> None:
    """Nobody knows whether a text went out: a person looks, nothing is sent again."""
    todo(draft, "review", "Nobody can say whether a text of ours went out: please look", key=f"unclear:{event.text}")
    draft.note(
        "text.unclear",
        "The provider's answer was lost, so nobody can say whether this text went out. It is not sent again.",
        would_change="The provider being able to say.",
        text=event.text,
    )
