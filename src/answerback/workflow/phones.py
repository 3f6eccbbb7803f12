"""Confirms the phones of members: a text with a code, whoever answers from the phone, and STOP.

Only a confirmed phone gets alerts and reminders, and pages unless there is none (`engine.ladder`). Source: section 0 of
the sending rules, staff alerts go to verified phones whose owner agreed. Never here: what else a text of theirs does.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from answerback.engine.effects import PRIORITY
from answerback.store import models
from answerback.store.queries import paging, staff_texts, turns
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import Handset, to_staff
from answerback.store.queries.turns import TodoRow
from answerback.workflow import bell, clock, one_by_one, tongues, transaction, tries
from answerback.workflow.actors import NotAllowed

CODE_LIVES = timedelta(days=7)
STALE_AFTER = timedelta(days=1)
MOST_TRIES = 5
"""Codes tried an hour for one member: a million codes are not guessed that way."""

ASK_AGAIN_AFTER = timedelta(minutes=1)


Standing = Literal["", "waits", "confirmed", "stopped"]


def standing(member: models.Member) -> Standing:
    """How this member's phone stands; empty where they have none."""
    if not member.phone:
        return ""
    if member.stopped_at is not None:
        return "stopped"
    return "confirmed" if member.confirmed == member.phone else "waits"


def reachable(member: models.Member) -> str:
    """The phone of this member, where it is confirmed and did not say stop; else nothing."""
    return member.phone if standing(member) == "confirmed" else ""


def why_not(member: int) -> str:
    """Why this member cannot be texted, to them."""
    row = models.Member.objects.get(id=member)
    if not row.phone:
        return _("Your phone number is not known here. The owner can add it under People.")
    if row.stopped_at is not None:
        return _("This phone said STOP. Text START to the business's number to be told again.")
    return _(
        "Your phone is not confirmed yet. Answer the text with the code, or enter the code under Settings, Alerts."
    )


def ask(member: int) -> None:
    """Text this member's phone a code now; raises `NotAllowed` with what to put right."""
    transaction.run(lambda cursor: _ask_by_hand(cursor, member, clock.now()))


def ask_due() -> int:
    """Ask every phone that was never asked, as soon as there is a line to ask by; returns how many."""
    waiting = (
        models.Member.objects.filter(left_at=None, stopped_at=None)
        .exclude(phone="")
        .exclude(Q(confirmed=F("phone")) | Q(asked=F("phone")))
    )
    ids = list(waiting.order_by("id").values_list("id", flat=True)[:100])
    return sum(one_by_one.each(_ask_one, ids, "phone.not_asked member=%s"))


def enter(member: int, code: str) -> None:
    """The code as somebody read it from the phone; raises `NotAllowed` where it is not that."""
    if not tries.spend("phone_code", str(member), limit=MOST_TRIES, window=timedelta(hours=1)):
        raise NotAllowed(_("That were too many tries. Wait an hour, or have the code sent again."), "code")
    if not transaction.run(lambda cursor: _matches(cursor, member, code, clock.now())):
        raise NotAllowed(_("This is not the code of the last text. Look again, or have a new one sent."), "code")


def answered_code(cursor: Cursor, member: int, code: str, now: datetime) -> str | None:
    """They texted a code; what they are told, None where none was waited for."""
    row = models.Member.objects.get(id=member)
    if not row.code:
        return None
    if not _matches(cursor, member, code, now):
        return _("This is not the code of the last text. Look again, or have a new one sent.")
    return _("Thank you. Texts about urgent cases and to-dos reach you here. STOP ends them.")


def confirm(cursor: Cursor, member: int, phone: str, now: datetime) -> None:
    """They have answered from this phone: it is theirs, and they agree to be texted there."""
    cursor.execute(
        """
        UPDATE member SET confirmed = phone, confirmed_at = %s, code = '', stopped_at = NULL
        WHERE id = %s AND phone = %s AND (confirmed <> phone OR stopped_at IS NOT NULL)
        """,
        [now, member, phone],
    )


def stop(cursor: Cursor, member: int, now: datetime) -> list[int]:
    """They said STOP: nothing is texted there any more, and owners are told; returns the pages that must go on."""
    row = models.Member.objects.get(id=member)
    cursor.execute(
        "UPDATE member SET confirmed = '', stopped_at = %s WHERE id = %s AND stopped_at IS NULL", [now, member]
    )
    if cursor.rowcount and (found := own_line(cursor, row.business_id, now)) is not None:
        todo = TodoRow(
            business=row.business_id,
            conversation=found[1].conversation,
            key=f"stopped:{member}",
            kind="review",
            title=f"{row.name} said STOP: no page, reminder or alert is texted to that phone until they text START",
            urgent=False,
            due_at=now,
            opened_at=now,
            team="owner",
            next_at=now,
        )
        turns.write_todos(cursor, [todo])
    return paging.pass_all(cursor, member, now)


def may_be_texted(member: int) -> bool:
    """Has this phone not said STOP?"""
    return models.Member.objects.get(id=member).stopped_at is None


def stopped_words(business: int) -> str:
    """The one confirmation of a stop that no phone company has answered."""
    name = models.Business.objects.get(id=business).name
    told = _("%(business)s: nothing is texted to this phone any more, urgent cases too. Text START to be told again.")
    return told % {"business": name}


def own_line(cursor: Cursor, business: int, now: datetime) -> tuple[models.Line, Handset] | None:
    """The line by which a business texts its own people, and its thread with them; None while it has none."""
    row = models.Business.objects.get(id=business)
    line = models.Line.objects.filter(business=row, texts_by=None).order_by("id").first()
    if line is None or row.playbook_id is None:
        return None
    return line, staff_texts.own_thread(cursor, business, line.id, row.playbook_id, now)


def _ask_one(member: int) -> bool:
    return transaction.run(lambda cursor: _ask(cursor, member, clock.now()))


def _ask_by_hand(cursor: Cursor, member: int, now: datetime) -> None:
    row = models.Member.objects.get(id=member)
    if not row.phone or row.stopped_at is not None or row.confirmed == row.phone:
        raise NotAllowed(_("There is no phone to confirm, or it is confirmed, or it said STOP."), "code")
    if row.asked == row.phone and row.asked_at is not None and now - row.asked_at < ASK_AGAIN_AFTER:
        raise NotAllowed(_("A code was sent a moment ago. Give it a minute to arrive."), "code")
    if not _ask(cursor, member, now):
        raise NotAllowed(_("There is no line to text from yet. Add a line and publish a playbook first."), "code")


def _ask(cursor: Cursor, member: int, now: datetime) -> bool:
    row = models.Member.objects.select_related("business").get(id=member)
    found = own_line(cursor, row.business_id, now)
    if found is None:
        return False
    line, thread = found
    code = f"{secrets.randbelow(1_000_000):06}"
    cursor.execute(
        "UPDATE member SET asked = phone, asked_at = %s, code = %s WHERE id = %s", [now, _digest(member, code), member]
    )
    with tongues.speaking_to(cursor, member):
        body = _(
            "%(business)s: urgent cases and to-dos are to be texted to this phone. Reply %(code)s to agree. "
            "Msg & data rates may apply. Reply STOP to opt out."
        ) % {"business": row.business.name, "code": code}
    text = to_staff(
        business=row.business_id,
        conversation=thread.conversation,
        contact=thread.contact,
        line=line.id,
        to=row.phone,
        key=f"code:{member}:{now:%y%m%d%H%M%S}",
        purpose="code",
        body=body,
        priority=PRIORITY["reply"],
        now=now,
        stale_after=STALE_AFTER,
    )
    turns.write_texts(cursor, [text])
    bell.ring(cursor, bell.TEXT)
    return True


def _matches(cursor: Cursor, member: int, code: str, now: datetime) -> bool:
    digits = "".join(each for each in code if each.isdecimal())
    cursor.execute(
        """
        UPDATE member SET confirmed = phone, confirmed_at = %s, code = ''
        WHERE id = %s AND code = %s AND asked = phone AND asked_at > %s AND stopped_at IS NULL
        """,
        [now, member, _digest(member, digits), now - CODE_LIVES],
    )
    return cursor.rowcount > 0


def _digest(member: int, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"phone\0{member}\0{code}".encode(), hashlib.sha256).hexdigest()
