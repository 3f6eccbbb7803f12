"""Lets people answer customers from their own phones, through the business's number: both numbers stay private, and the
thread holds it all.

What a person texts goes out as their text; what the customer answers goes to the phone of whoever has the conversation.
Never here: taking a page (`answers`).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from answerback.engine import wording
from answerback.engine.events import CalledBack, StaffTexted
from answerback.engine.staff_texts import Ordered, Wrote
from answerback.store.queries import relays, staff_texts
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import Held, Member
from answerback.workflow import clock, ringing
from answerback.workflow.acting import act, hand_back
from answerback.workflow.acting import write as write_text
from answerback.workflow.actors import Actor, NotAllowed


def write(cursor: Cursor, member: Member, actor: Actor, said: Wrote, media: Sequence[str]) -> str | None:
    """Text the customer in this member's name; returns what they are told, None where they have no conversation."""
    held = staff_texts.held(cursor, member.id)
    if not held and said.tag is None:
        return None
    if media:
        raise NotAllowed(_("Pictures cannot be passed on from here. Send them from the conversation's page."))
    if not said.words:
        raise NotAllowed(_("The text is empty, so nothing was sent."))
    conversation = _which(cursor, held, said.tag)
    texted = StaffTexted(at=clock.now(), member=actor.name, asks="?" in said.words)
    place = act(cursor, conversation.conversation, actor, texted)
    write_text(cursor, place, actor, said.words)
    return ""


def order(cursor: Cursor, member: Member, actor: Actor, ordered: Ordered, now: datetime) -> str | None:
    """Do what a member orders about a conversation they have; returns what they are told."""
    held = staff_texts.held(cursor, member.id)
    if ordered.command == "call":
        have = {each.conversation for each in held}
        told = staff_texts.callbacks(cursor, member.id, ordered.tag)
        held += [each for each in told if each.conversation not in have]
    if ordered.command == "help" or (not held and ordered.tag is None):
        return None
    ours = _which(cursor, held, ordered.tag)
    match ordered.command:
        case "done":
            cursor.execute("SELECT l.number FROM conversation c JOIN line l ON l.id = c.line_id WHERE c.id = %s",
                           [ours.conversation])  # fmt: skip
            line = (cursor.fetchone() or ("",))[0]
            talked = CalledBack(at=now, call=f"desk:{now:%Y%m%d%H%M%S%f}", line=line, talked=True, by=actor.name)
            act(cursor, ours.conversation, actor, talked, holds=None)
            return _("Case %(case)d: written down that you reached them.") % {"case": ours.conversation}
        case "back":
            hand_back(cursor, ours.conversation, actor)
            return _("Case %(case)d: handed back. The customer's next text is answered by itself.") % {
                "case": ours.conversation
            }
        case _:
            ringing.connect(cursor, ours.conversation, actor)
            return _("Case %(case)d: your phone rings in a moment. Press 1 to be connected.") % {
                "case": ours.conversation
            }


def yours(cursor: Cursor, conversation: int, *, later: bool) -> str:
    """What somebody is told who has just taken a case."""
    case = relays.case(cursor, conversation)
    private = case.privacy == "clinic"
    who = "" if private else wording.joined(case.name, wording.phone(case.number))
    yours = _("Case %(case)d is yours") % {"case": conversation}
    then = _("Call them in %(minutes)d min") % {"minutes": case.later} if later else _("Call them now")
    told = _("they were told so") if case.told else _("they could not be texted")
    return wording.joined(
        f"{yours}: {who}." if who else f"{yours}.",
        f"{then}; {told}.",
        _("Write here to text them, CALL to be connected, DONE when you have spoken, BACK to hand it back."),
    )


def forward(cursor: Cursor, conversations: Sequence[int], keys: Sequence[str], now: datetime) -> int:
    """Pass these new texts of customers on to the phones of whoever has the conversation; returns how many."""
    return relays.forward(cursor, conversations, keys, _words(), now)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    """What stands in a text that is passed on, by the language of who reads it."""
    found: dict[str, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = {
                "customer": gettext("Customer"),
                "picture": gettext("a picture. Open the inbox to see it."),
                "clinic": gettext("a new message. Open the inbox to read it."),
            }
    return found


def _named(cursor: Cursor, one: Held) -> str:
    """A case by its number, and by the customer's name where that reveals no patient."""
    private = relays.case(cursor, one.conversation).privacy == "clinic"
    return f"#{one.conversation} {'' if private else one.name}".strip()


def _which(cursor: Cursor, held: Sequence[Held], tag: int | None) -> Held:
    """The conversation that is meant; raises `NotAllowed` where that is not clear."""
    if tag is not None:
        found = next((each for each in held if each.conversation == tag), None)
        if found is None:
            refused = _("You do not have case %(case)d, so nothing was done. Take it in the inbox first.")
            raise NotAllowed(refused % {"case": tag})
        return found
    if len(held) > 1:
        named = ", ".join(_named(cursor, each) for each in held[:5])
        several = _(
            "You have %(number)d cases: %(named)s. Begin with the number, such as #%(first)d, or write CALL %(first)d."
        )
        raise NotAllowed(several % {"number": len(held), "named": named, "first": held[0].conversation})
    return held[0]
