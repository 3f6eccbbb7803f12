"""What happens to a call, step by step: each request about it leaves here with its facts and the next document.

Where a line has no script we only listen (and say the connection's greeting, if it has one). Nothing is remembered
between the steps: what a later step must know stands in the address it is called at, which the provider signs.
"""

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element as Verb

from answerback.adapters.twiml_family import calls, legs, verbs
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.document import DONE, NOTHING, answer
from answerback.adapters.twiml_family.fields import Fields
from answerback.adapters.twiml_family.line_settings import Script, script
from answerback.ports.connection import Connection, Request
from answerback.ports.lines import OurLine
from answerback.ports.phone import WITHHELD, Answer, Heard

STILL_THERE = frozenset({"queued", "initiated", "ringing", "in-progress"})
"""What CallStatus says of a caller who has not hung up."""

QUESTION_SECONDS = 20
"""How long the whisper and the time to press 1 last at most."""

MOST_TURNS = 5
"""How many phones are rung one after the other before a message is taken: nobody listens to ringing for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request about a call, with the line it is about and what that line does."""

    dialect: Dialect
    connection: Connection
    fields: Fields
    now: datetime
    hooks: str
    line: OurLine
    script: Script | None

    @property
    def is_open(self) -> bool:
        """Do the phones ring at this moment?"""
        return self.script is not None and (self.script.ring_closed or self.line.is_open(self.now))

    @property
    def menu_choice(self) -> str | None:
        """The key this caller pressed in an earlier step."""
        key = self.fields.query.get("menu", "")
        return key if key in "0123456789" and len(key) == 1 else None

    def targets(self) -> tuple[str, ...]:
        """The phones to ring now: never the line itself, the phone that sent the call on to us, or the caller's own."""
        if self.script is None or not self.is_open:
            return ()
        circle = {self.line.number, *self.connection.lines, self.fields.get("ForwardedFrom"), self.fields.caller()}
        circle.add(verbs.plus(self.fields.query.get("from", "")))
        return tuple(number for number in self.script.ring if number not in circle)


def step(dialect: Dialect, connection: Connection, request: Request, fields: Fields, now: datetime) -> Step:
    """What this request is about. Requests about a leg name the line in our own address."""
    number = fields.line() or ""
    line = connection.lines.get(number) or OurLine(number=number)
    hooks = request.url.partition("?")[0].rpartition("/")[0]
    return Step(
        dialect=dialect,
        connection=connection,
        fields=fields,
        now=now,
        hooks=hooks,
        line=line,
        script=script(line),
    )


def voice(at: Step) -> Heard:
    """A call comes in, a Dial is over, or a call flow of the owner's own hands an accepted call over."""
    fields, now = at.fields, at.now
    if fields.get("DialCallStatus"):
        return _after_dial(at)
    is_call = not fields.is_leg and not calls.is_outgoing(fields)
    if (
        is_call and fields.get("CallStatus") in STILL_THERE
    ):  # in-progress: a flow of the owner's own picked it up before
        return Heard(facts=calls.rang(fields, now) + _greeted(at), answer=_first(at))
    return Heard(facts=status(at).facts, answer=DONE)


def status(at: Step) -> Heard:
    """The status callback of a number, of one dialled leg, or of the detection of machines."""
    fields, now = at.fields, at.now
    word = fields.get("CallStatus")
    if fields.is_leg:
        return Heard(facts=legs.reported(fields, now), answer=NOTHING)
    if calls.is_outgoing(fields):
        why = "An outgoing call of this account is nobody's missed call."
        return Heard(facts=(fields.ignored("outgoing", why),), answer=NOTHING)
    if word in calls.BEGINNING:
        return Heard(facts=calls.rang(fields, now), answer=NOTHING)
    if fields.get("AnsweredBy") and word in ("", "in-progress"):
        return Heard(facts=legs.listened_to(fields, now), answer=NOTHING)
    if word == "in-progress":
        why = "Something picked up; this does not say whether it was a person."
        return Heard(facts=(fields.ignored("in-progress", why),), answer=NOTHING)
    fields.need("CallStatus")
    return Heard(facts=calls.ended(fields, now, _completed(at)), answer=NOTHING)


def whisper(at: Step) -> Heard:
    """One of the phones was picked up: whoever did is asked to press 1."""
    facts = legs.picked_up(at.fields, at.now)
    if at.script is None or not at.script.whisper:
        return Heard(facts=facts, answer=DONE)
    asks = verbs.gather(at.script.whisper, at.script, action=verbs.same_query(at.hooks, "accept", at.fields.query))
    return Heard(facts=facts, answer=answer(asks, verbs.hang_up()))


def accept(at: Step) -> Heard:
    """A key was pressed at the phone that was picked up: 1 joins it to the caller, any other leaves it."""
    if at.fields.get("Digits") == "1":
        return Heard(facts=legs.pressed_1(at.fields, at.now), answer=DONE)
    declined = at.fields.ignored("declined", "Whoever picked up did not press 1, so the call goes on.")
    return Heard(facts=(declined,), answer=answer(verbs.hang_up()))


def test(at: Step) -> Heard:
    """A test call of ours was picked up, by the shop or by us: nothing is said, and it is over."""
    why = "A test call of ours; whether it came back is seen from the call that comes in."
    return Heard(facts=(at.fields.ignored("test", why),), answer=answer(verbs.pause(), verbs.hang_up()))


def machine(at: Step) -> Heard:
    """The provider has listened to what picked up one of the phones."""
    return Heard(facts=legs.listened_to(at.fields, at.now), answer=NOTHING)


def menu(at: Step) -> Heard:
    """The caller pressed a key of the line's menu."""
    key = at.fields.get("Digits")
    does = at.script.keys.get(key, "ring") if at.script else "ring"
    pressed = at.fields.ignored(f"key-{key}" if key.isalnum() and len(key) == 1 else "key", "A key of the menu.")
    if at.script is None:
        return Heard(facts=(pressed,), answer=DONE)
    if does == "text":
        facts = calls.hung_up(at.fields, at.now, "no_answer", stage="menu", menu_choice=key)
        return Heard(facts=facts, answer=answer(verbs.say(TEXT_COMES, at.script), verbs.hang_up()))
    if does == "message":
        return Heard(facts=(pressed, *_told(at, key)), answer=answer(*_take_message(at, at.script.missed, key)))
    return Heard(facts=(pressed, *_told(at, key)), answer=answer(*_ring(at, 0, key)))


def recording(at: Step) -> Heard:
    """A message was recorded, or its file is ready."""
    facts = calls.recording(at.fields, at.now)
    if at.menu_choice and not at.fields.get("RecordingStatus"):
        facts += calls.hung_up(at.fields, at.now, "voicemail", stage="voicemail", menu_choice=at.menu_choice)
    return Heard(facts=facts, answer=NOTHING if at.fields.get("RecordingStatus") else DONE)


TEXT_COMES = "Thank you. We are texting you right now."


def _first(at: Step) -> Answer:
    """The first document a caller hears."""
    if at.script is None:
        return _greeting(at)
    if not at.is_open:
        return answer(*_take_message(at, at.script.closed, None))
    welcome = [verbs.say(at.script.welcome, at.script)] if at.script.welcome else []
    if at.script.menu:
        welcome = [verbs.gather(at.script.menu, at.script, action=verbs.address(at.hooks, "menu"), seconds=4)]
    return answer(*welcome, *_ring(at, 0, None))


def _greeting(at: Step) -> Answer:
    """The connection's greeting for a caller who is still there and has spoken to nobody."""
    words = at.connection.settings.get("greeting", "")
    if not words or at.fields.get("DialBridged").lower() == "true":
        return DONE
    said = verbs.spoken(words, at.connection.settings.get("greeting_language") or "en-US", "")
    return answer(said, verbs.hang_up())


def _ring(at: Step, turn: int, menu_choice: str | None) -> list[Verb]:
    """Ring the phones, or the one whose turn it is; a message where there is none to ring."""
    assert at.script is not None
    targets = at.targets()
    if at.script.in_turn:
        targets = targets[turn : turn + 1] if turn < MOST_TURNS else ()
    if not targets:
        return _take_message(at, at.script.missed, menu_choice)
    dialled = str(int(at.now.timestamp()))
    carried = {"turn": str(turn), "menu": menu_choice or "", "from": at.fields.get("ForwardedFrom"), "dialled": dialled}
    action = verbs.address(at.hooks, "voice", **carried)
    whose = {"line": at.line.number, "caller": at.fields.caller() or WITHHELD, "call": at.fields.call}
    whose["dialled"] = dialled
    return [verbs.dial(at.script, at.dialect, at.hooks, targets, action=action, whose=whose, line=at.line.number)]


def _take_message(at: Step, words: str, menu_choice: str | None) -> list[Verb]:
    assert at.script is not None
    whose = {"line": at.line.number, "caller": at.fields.caller() or WITHHELD, "menu": menu_choice or ""}
    return verbs.message(at.script, at.dialect, at.hooks, words, whose)


def _after_dial(at: Step) -> Heard:
    """The phones have stopped ringing: the next one, or a message, for a caller who is still there."""
    fields = at.fields
    word = fields.get("DialCallStatus")
    there = fields.get("CallStatus") in STILL_THERE
    refused = _nobody_pressed_1(at)
    talked = word in ("completed", "answered") and not refused
    if at.script is None or not there or talked:
        facts = legs.after_dial(fields, at.now, is_over=True, refused=refused, menu_choice=at.menu_choice)
        document = _greeting(at) if at.script is None and there and not fields.is_leg else DONE
        return Heard(facts=facts, answer=document)
    turn = fields.query.get("turn", "")
    next_turn = int(turn) + 1 if at.script.in_turn and turn.isdecimal() and len(turn) < 3 else MOST_TURNS
    more = at.script.in_turn and next_turn < min(len(at.targets()), MOST_TURNS)
    is_over = not more and not at.script.voicemail
    facts = legs.after_dial(fields, at.now, is_over=is_over, refused=refused, menu_choice=at.menu_choice)
    if more:
        return Heard(facts=facts, answer=answer(*_ring(at, next_turn, at.menu_choice)))
    return Heard(facts=facts, answer=answer(*_take_message(at, at.script.missed, at.menu_choice)))


def _nobody_pressed_1(at: Step) -> bool:
    """Was a phone picked up, and the call not taken? Where nobody says whether the legs were joined, a leg that was no
    longer than the question is taken for that: to take a message too often is the lesser evil.
    """
    bridged = at.fields.get("DialBridged").lower()
    if bridged or at.script is None or not at.script.whisper:
        return bridged == "false"
    lasted = at.fields.seconds("DialCallDuration")
    return lasted is not None and lasted <= QUESTION_SECONDS


def _greeted(at: Step) -> calls.Facts:
    """The end of a call that our first document ends by itself, told at once so that its text need not wait."""
    if at.script is None or at.script.voicemail or at.targets() or (at.is_open and at.script.menu):
        return ()
    return calls.hung_up(at.fields, at.now, "no_answer", stage="greeting")


def _told(at: Step, key: str) -> calls.Facts:
    """Which key it was, where nothing that follows would say so."""
    if at.targets() or (at.script and at.script.voicemail):
        return ()
    return calls.hung_up(at.fields, at.now, "no_answer", stage="menu", menu_choice=key)


def _completed(at: Step) -> calls.Completed:
    """What `completed` means here: we picked up ourselves, so it says no more than where the caller may have left."""
    if at.script is None:
        greets = bool(at.connection.settings.get("greeting", ""))
        return calls.Completed(outcome="abandoned", waited=True) if greets else calls.UNTOLD
    if at.is_open and at.script.menu:
        return calls.Completed(outcome="unknown", stage="menu", waited=True)
    if at.targets() or not at.script.voicemail:
        return calls.Completed(outcome="unknown")  # what the phones said, or our hanging up, was told before
    if at.is_open:
        return calls.Completed(outcome="no_answer")  # sent on to us by the shop: it had rung there in vain
    return calls.Completed(outcome="unknown", stage="greeting", waited=True)
