"""The rules and guards of the engine as a reason names them to people: by their names as a timeline says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GUARD_WORDS: Mapping[str, Promise] = {
    "after first reply": _("After their first reply"),
    "blocked": _("Block list"),
    "calm": _("Urgent or sensitive"),
    "closed": _("Open conversation"),
    "consent": _("Consent"),
    "content": _("What it says"),
    "cooldown": _("One first text per caller"),
    "country": _("Country"),
    "end": _("How the call ended"),
    "follow ups": _("Follow-ups"),
    "fresh": _("Soon enough"),
    "hold out": _("Comparison group"),
    "hours": _("Hours"),
    "human": _("A person or the machine"),
    "moment": _("The right moment"),
    "once": _("Only once"),
    "overnight": _("Overnight"),
    "own number": _("Our own numbers"),
    "person": _("Picked up"),
    "replies per hour": _("Replies an hour"),
    "required answers": _("Required answers"),
    "sender": _("Our line"),
    "spam": _("Unwanted callers"),
    "staff number": _("Staff"),
    "supplier": _("Suppliers"),
    "suppressed": _("Said stop"),
    "textable": _("Can get texts"),
    "texts per day": _("Texts a day"),
    "unanswered": _("Unanswered texts"),
    "variant": _("Which wording"),
    "voicemail": _("Voicemail"),
    "withheld": _("Hidden number"),
    "wording": _("Wording"),
}
"""What each guard looks at, whether it let a text through or not."""

RULE_WORDS: Mapping[str, Promise] = {
    "missed": _("missed call"),
    "missed.after hours": _("missed call after hours"),
    "missed.short abandon": _("hung up during the greeting"),
    "missed.carrier voicemail": _("the carrier's voicemail took it"),
    "missed.voicemail": _("missed call with a voicemail"),
    "missed.no answer": _("missed call nobody picked up"),
    "missed.busy": _("missed call on a busy line"),
    "missed.abandoned": _("the caller hung up"),
    "missed.repeat": _("called again"),
    "missed.answered by ai": _("an assistant program took it"),
    "missed.failed": _("the call did not go through"),
    "missed.unknown": _("missed call, nobody knows why"),
    "call.missed after all": _("missed after all"),
    "call.served after all": _("answered after all"),
    "call.settled": _("what the call was"),
    "call.ended": _("the call ended"),
    "call.noise": _("hung up at once"),
    "conversation.handed back": _("handed back"),
    "conversation.taken over": _("a person took over"),
    "took over": _("a person took over"),
    "appointment.booked": _("booked"),
    "appointment.cancelled": _("cancelled"),
    "appointment.ended": _("the appointment is over"),
    "appointment.moved": _("moved"),
    "page.opened": _("person on call"),
    "page.taken": _("somebody has it"),
    "page.urgent": _("person on call"),
    "todo.opened": _("to-do"),
    "rest": _("rests"),
    "call.served": _("somebody spoke with the caller"),
    "conversation.ended": _("the conversation ended"),
    "delivery.too late": _("too late to be of use"),
    "delivery.volume cap": _("the line's texts of a day"),
    "todo.reopened": _("to-do open again"),
    "todo.reached": _("to-do: reached them"),
    "todo.closed": _("to-do closed"),
    "time.taken": _("the time was taken"),
    "time.chosen": _("a time was chosen"),
    "first text": _("first text"),
    "ask": _("question"),
    "call": _("hung up at once"),
    "call.corrected": _("a person corrected the call"),
    "conversation": _("the conversation ended"),
    "fact": _("answer to their question"),
    "life safety": _("danger"),
    "link": _("booking link"),
    "page": _("person on call"),
    "time": _("a time was chosen"),
    "video": _("video"),
    "again": _("asked again"),
    "asked": _("question"),
    "reply": _("reply"),
    "times": _("times offered"),
    "openings": _("openings"),
    "price": _("price"),
    "nudge": _("nudge"),
    "given up": _("no answer for days"),
    "reminder": _("reminder"),
    "voicemail": _("voicemail"),
    "to person": _("to a person"),
    "urgent": _("urgent"),
    "sensitive": _("sensitive"),
    "not served": _("not served"),
    "callback": _("callback"),
    "booked": _("booked"),
    "moved": _("moved"),
    "cancelled": _("cancelled"),
    "help": _("help"),
    "opted out": _("opted out"),
    "no offers": _("no advertising"),
    "opted in": _("opted in"),
    "started": _("texts again"),
    "wrong number": _("wrong number"),
    "declined": _("declined"),
    "outcome": _("outcome"),
    "number": _("number"),
    "handed back": _("handed back"),
    "ended": _("ended"),
    "called back": _("called back"),
    "picture": _("picture"),
    "person asked": _("asked for a person"),
    "no show": _("nobody was there"),
    "long ago": _("long ago"),
    "held back": _("held back by a person"),
    "consent": _("consent"),
    "conflict": _("conflict"),
    "corrected": _("corrected"),
    "first text.withdrawn": _("first text taken back"),
    "line type": _("kind of number"),
    "locked": _("stays with people"),
    "mistake": _("entered by mistake"),
    "page.nobody": _("nobody can be woken"),
    "phase.refused": _("stays where it is"),
    "reopened": _("appointment stands again"),
    "restore.withdrawn": _("restored from a copy"),
    "text.failed": _("text did not arrive"),
    "text.unclear": _("nobody knows whether it left"),
    "unsure": _("not sure what they mean"),
    "draft": _("draft"),
}


def guard_words(name: str) -> str:
    """What a guard of this name looks at; a name nobody wrote words for stands as it is."""
    return str(GUARD_WORDS.get(name, name))


def rule_words(name: str) -> str:
    """A rule by its name; one without words of its own says its parts with a comma between them."""
    return str(RULE_WORDS.get(name, name.replace(".", ", ")))


UNTEXTABLE = (_("landline"), _("toll-free number"), _("shared-cost number"), _("pager"))
"""Why no text reaches a number, where it is a word of its own (`engine.guards`): the catalogue gathers it here."""

SAID_SO = _("A person said so; it is remembered for every call to come.")
"""What stands behind whose number it is (`engine.handoff`): by itself, as "%(member)s said %(said)s" fits it too."""

SPACE = _("your SignalWire space")
"""Where SignalWire's errors are put right (`adapters.signalwire`): what stands in a blank is said by itself."""

ENDS = (
    _("abandoned"), _("after hours"), _("answered ai"), _("answered human"), _("busy"), _("machine"), _("unknown"),
)  # fmt: skip
"""How a call ended, as the phone system says it (`engine.missed`)."""
