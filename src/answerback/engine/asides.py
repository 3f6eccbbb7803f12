"""What a customer writes beside the point: a picture alone, a question along with an answer, thanks at the end.

None of these answers a question, so none uses up a try of one. Never here: what a text is for (`reply`).
"""

from dataclasses import dataclass

from answerback.engine.draft import Draft, consent_ended, todo
from answerback.engine.events import TextReceived
from answerback.engine.handoff_words import NO_OFFERS
from answerback.engine.questions import answer
from answerback.engine.reading import Reading
from answerback.engine.route import could_not_say, go_on
from answerback.engine.sending import say, send
from answerback.engine.state import Phase, State

_NOTHING_OPEN: frozenset[Phase] = frozenset({"quiet", "offered", "callback", "booked", "resting", "closed"})

SETTLED: frozenset[Phase] = frozenset({"offered", "callback", "booked"})

VOICE_MEMO = "The customer sent a voice memo: please listen"
"""What the to-do about a picture says once it is known that none came: links do not say what they lead to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One text with its reading; `before` is the state as it was before the text was taken in."""

    event: TextReceived
    reading: Reading
    before: State

    @property
    def intent(self) -> str:
        """What they want, in one word."""
        return self.reading.intent

    @property
    def photo_alone(self) -> bool:
        """Pictures and no words?"""
        return bool(self.event.media) and not self.event.text.strip()

    @property
    def danger(self) -> bool:
        """Is somebody in danger?"""
        return self.reading.danger

    @property
    def urgent(self) -> bool:
        """Must a person be woken?"""
        reading = self.reading
        hazard = bool(reading.hazards) and reading.urgency != "can_wait"
        return self.danger or reading.urgency == "emergency" or hazard


def photo(draft: Draft, heard: Heard) -> bool:
    """A picture without words is for a person's eyes; it answers no question and uses up no try of one."""
    if not heard.photo_alone:
        return False
    todo(draft, "review", "The customer sent a picture: please look", key="picture")
    state = draft.state
    if state.asked is not None or state.phase in SETTLED:
        draft.note(
            "picture",
            "A picture came; a person is asked to look at it.",
            verdict="not_sent",
            would_change="Words beside the picture.",
        )
    else:
        go_on(draft)
    return True


def helped(draft: Draft, heard: Heard) -> bool:
    """Who asks for help is told who we are, by the provider or by us."""
    if heard.urgent or (heard.event.keyword != "help" and heard.intent != "help"):
        return False
    if heard.event.keyword == "help":
        draft.note(
            "help",
            "They asked for help and the provider has answered.",
            verdict="not_sent",
            would_change="A provider that leaves the word HELP to us.",
        )
    else:
        send(draft, "help", say(draft, draft.rules.playbook.say.help), text_class="help_reply")
    return True


def corrected(draft: Draft, heard: Heard) -> bool:
    """Who puts an answer right after the next step was taken gets no text, but a person hears of it."""
    changed_answers = draft.state.answers != heard.before.answers
    if not heard.reading.corrects or not changed_answers or draft.state.phase not in SETTLED:
        return False
    todo(draft, "review", "The customer corrected what they said: please check", key="corrected")
    draft.note(
        "corrected",
        "They put an answer right; it is written down as they say it now.",
        verdict="not_sent",
        would_change="An answer given before the next step was taken.",
    )
    return True


def question(draft: Draft, heard: Heard) -> bool:
    """A question alone is answered from what the owner lets us tell, else by a person; then the talk goes on."""
    if heard.intent != "question":
        return False
    known = answer(draft, heard.reading.service, heard.event.text)
    settled = draft.state.phase in SETTLED
    if settled and not known:
        return False
    if settled:
        refused = send(draft, "fact", known)
        if refused is not None:
            could_not_say(draft, refused)
        return True
    if not known:
        for_a_person(draft)
    go_on(draft, known or say(draft, draft.rules.playbook.say.to_person))
    return True


def asked_too(draft: Draft, heard: Heard) -> str:
    """What may be told to a question along with an answer ("Elgin. Do you take cards?"); else it is a person's."""
    if not heard.reading.asks_too:
        return ""
    known = answer(draft, heard.reading.service, heard.event.text)
    if not known:
        for_a_person(draft)
    return known


def for_a_person(draft: Draft) -> None:
    """A question whose answer is not ours to give."""
    todo(draft, "review", "The customer asked a question: please answer it", key="question")


def thanks(draft: Draft, heard: Heard) -> bool:
    """Thanks when nothing is open need no answer."""
    if heard.intent != "ack" or draft.state.phase not in _NOTHING_OPEN:
        return False
    draft.note("reply", "Nothing is open; no answer is needed.", verdict="not_sent", would_change="An open question.")
    return True


def no_offers(draft: Draft, heard: Heard) -> bool:
    """They end their consent to advertising and keep the rest; what else the text wants is answered as ever."""
    if not heard.reading.no_offers:
        return False
    consent_ended(draft, "revoked_marketing", "text", "A text of theirs said no advertising, and other texts still.")
    draft.note(
        "no_offers",
        "They want no advertising; texts about their own calls and visits may come.",
        would_change="An agreement of theirs in writing.",
    )
    if heard.urgent or draft.state.phase == "human" or heard.intent not in {"ack", "other", "decline"}:
        return False
    send(draft, "no_offers", say(draft, NO_OFFERS))
    return True
