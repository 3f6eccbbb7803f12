"""Takes in what people of the business text to its own numbers, in the transaction that keeps it.

A text from a member's phone is never a customer's: it answers a page, orders something, or is meant for the customer
whose conversation they have. Each is answered with the truth. Never here: reading the words (`engine.staff_texts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.engine.effects import PRIORITY
from answerback.engine.staff_texts import LATER, MINE, Automatic, Chose, Code, Ordered, Texting, Wrote, meaning, read
from answerback.store.queries import paging, staff_texts, turns
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import Handset, Member, to_staff
from answerback.store.queries.turns import TextRow
from answerback.understanding import is_reaction, stop_words
from answerback.workflow import answers, bell, pages, phones, relay, tongues
from answerback.workflow.actors import Actor, NotAllowed

ANSWER_STALE_AFTER = timedelta(minutes=15)
STOP_TOLD_WITHIN = timedelta(minutes=5)
"""A confirmation of a stop is sent at once or never: 47 CFR 64.1200(a)(12)."""

HELP_AT_MOST_EVERY = timedelta(hours=1)
"""A phone that answers by itself ("I am driving") is not talked with for ever."""

HELP = gettext_lazy(
    "Nothing waits for an answer from you. Texts about a case begin with what to reply. "
    "For a customer's conversation you have: write to them here, #12 and words for case 12, CALL, DONE or BACK."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One text from a member's phone. `key` is the same for every delivery of it."""

    business: int
    connection: int
    line: int
    playbook: int
    member: int
    phone: str
    key: str
    text: str
    media: tuple[str, ...]
    keyword: str | None
    at: datetime
    body: msgspec.Raw
    raw: msgspec.Raw


def take_in(cursor: Cursor, came: Sequence[Came], now: datetime) -> int:
    """Keep these texts, each once, and do what they say; returns how many were new."""
    new = [text for text in came if staff_texts.keep(cursor, text, now)]
    for text in new:
        _answer(cursor, text, now)
    return len(new)


def _answer(cursor: Cursor, came: Came, now: datetime) -> None:
    member = staff_texts.member(cursor, came.member)
    with tongues.speaking_to(cursor, member.id):
        try:
            says = _do(cursor, came, member, now)
        except NotAllowed as refused:
            says = str(refused)
        if says is None:
            says = str(HELP) if staff_texts.was_helped(cursor, member.id, now - HELP_AT_MOST_EVERY) is None else ""
        if says:
            _say(cursor, came, says, now)


def _do(cursor: Cursor, came: Came, member: Member, now: datetime) -> str | None:
    """Do what they say; returns what they are told, None where it means nothing here."""
    actor = Actor(member=member.id, name=member.name)
    if is_reaction(came.text):
        return ""
    said = read(came.text, came.keyword)
    match said:
        case Automatic():
            return ""
        case Texting():
            return _texting(cursor, came, said, now)
        case Code():
            told = phones.answered_code(cursor, member.id, said.digits, now)
            return told if told is not None else relay.write(cursor, member, actor, _words(came), came.media)
        case Chose():
            told = _choose(cursor, actor, said, now)
            if told is not None:
                phones.confirm(cursor, member.id, came.phone, now)
            if told is not None or said.alone:
                return told
            return relay.write(cursor, member, actor, _words(came), came.media)
        case Ordered():
            phones.confirm(cursor, member.id, came.phone, now)
            return relay.order(cursor, member, actor, said, now)
        case Wrote():
            return _wrote(cursor, came, member, said, now)
        case _:
            assert_never(said)


def _words(came: Came) -> Wrote:
    return Wrote(words=came.text.strip())


def _wrote(cursor: Cursor, came: Came, member: Member, said: Wrote, now: datetime) -> str | None:
    if said.tag is None and _wants_no_texts(cursor, member, said.words):
        return _texting(cursor, came, Texting(wanted=False), now)
    return relay.write(cursor, member, Actor(member=member.id, name=member.name), said, came.media)


def _texting(cursor: Cursor, came: Came, said: Texting, now: datetime) -> str:
    """Texts again, or no more to this phone: one confirmation, unless the provider has answered the word itself."""
    if said.wanted:
        phones.confirm(cursor, came.member, came.phone, now)
        return ""
    first = phones.may_be_texted(came.member)
    for page in phones.stop(cursor, came.member, now):
        pages.go_on(cursor, page, now)
    if first and came.keyword != "stop":
        _say(cursor, came, phones.stopped_words(came.business), now, stale_after=STOP_TOLD_WITHIN)
    return ""


def _wants_no_texts(cursor: Cursor, member: Member, words: str) -> bool:
    """Do they ask to be texted no more? Any words a reasonable person reads so count (47 CFR 64.1200(a)(10)).

    What may be meant for the customer whose conversation they have is neither done nor passed on: they are asked.
    """
    stop = stop_words(words)
    if stop is None:
        return False
    if not stop[1] and staff_texts.held(cursor, member.id):
        asked = _(
            "Nothing was done. Text STOP to get no more texts from us, or begin with the number of the case, "
            "such as #12, to send these words to the customer."
        )
        raise NotAllowed(asked)
    return True


def _choose(cursor: Cursor, actor: Actor, said: Chose, now: datetime) -> str | None:
    """What an answer to a page does, and what they are told; None where no page asked for it."""
    if said.number is None:
        waiting = paging.waiting(cursor, actor.member)
        if len(waiting) > 1:
            several = _("Several cases wait for you. Reply with the number of one of them: %(numbers)s.")
            raise NotAllowed(several % {"numbers": ", ".join(map(str, waiting))})
        first, choice = (waiting[0] if waiting else 0), said.choice
    else:
        first, choice = meaning(said.number)
    wake = paging.answerable(cursor, actor.member, first, now) if first else None
    if wake is None:
        return None
    case = (
        _("Fire drill %(code)d") % {"code": wake.page}
        if wake.drill
        else _("Case %(case)d") % {"case": wake.conversation}
    )
    if wake.taken:
        return _late(case, wake.taken_by, wake.ended, mine=wake.taken_by == actor.name)
    if choice in {MINE, LATER}:
        if not answers.take(cursor, wake.page, actor, now, later=choice == LATER, by_phone=True):
            return _("%(case)s: somebody was faster. Nothing is needed from you.") % {"case": case}
        if wake.drill:
            return _("%(case)s: thank you, your answer has arrived. Nothing else is needed.") % {"case": case}
        return relay.yours(cursor, wake.conversation, later=choice == LATER)
    answers.pass_on(cursor, wake.page, actor, now)
    return _("%(case)s: passed. Somebody else is woken.") % {"case": case}


def _late(case: str, taken_by: str, ended: str, *, mine: bool) -> str:
    if mine:
        return _("%(case)s is yours already.") % {"case": case}
    if taken_by:
        return _("%(case)s: %(name)s has it. Nothing is needed from you.") % {"case": case, "name": taken_by}
    if ended == "reached":
        return _("%(case)s: a person has reached the customer. Nothing is needed from you.") % {"case": case}
    return _("%(case)s: it was closed. Nothing is needed from you.") % {"case": case}


def _say(cursor: Cursor, came: Came, body: str, now: datetime, *, stale_after: timedelta = ANSWER_STALE_AFTER) -> None:
    """Text the member back, over the line they wrote to."""
    thread: Handset = staff_texts.own_thread(cursor, came.business, came.line, came.playbook, now)
    key = f"staff:{came.member}:{came.key}"[:120]
    turns.write_texts(cursor, [_row(came, thread, key, body, now, stale_after=stale_after)])
    bell.ring(cursor, bell.TEXT)


def _row(came: Came, thread: Handset, key: str, body: str, now: datetime, *, stale_after: timedelta) -> TextRow:
    return to_staff(
        business=came.business,
        conversation=thread.conversation,
        contact=thread.contact,
        line=came.line,
        to=came.phone,
        key=key,
        purpose="help" if body == str(HELP) else "answer",
        body=body,
        priority=PRIORITY["urgent"],
        now=now,
        stale_after=stale_after,
    )
