"""The addresses of programs that are told what happens: added, changed, tried, switched off and on, removed.

A secret is shown once, when it is made. After a rotation both secrets sign for a day, so that nothing is lost while a
receiver changes over. Never here: sending (`notices`).
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from answerback.ports import registry
from answerback.store import models
from answerback.store.queries import notices
from answerback.store.queries.recipients import Recipient
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import mark, seal, unseal
from answerback.workflow import bell, clock, mailing, transaction, ways_in
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo
from answerback.workflow.kinds import KINDS, TEST
from answerback.workflow.retelling import retold

log = logging.getLogger("answerback.notices")

OLD_IS_GOOD = timedelta(hours=24)
MOST_TARGETS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where a program wants to be told, and what: kinds of `workflow.kinds`, empty for everything."""

    name: str
    url: str
    kinds: Sequence[str] = ()


def add(business: int, wanted: Wanted) -> tuple[models.Target, str]:
    """A new target and its secret, which is shown this once. Raises `NotAllowed` with what to put right."""
    _check(wanted)
    if models.Target.objects.filter(business=business, removed_at=None).count() >= MOST_TARGETS:
        raise NotAllowed(f"There are {MOST_TARGETS} webhooks already. Remove one that is no longer used.")
    secret = registry.programs("webhook").new_secret()
    row = models.Target.objects.create(
        business_id=business,
        name=wanted.name.strip()[:60],
        url=wanted.url.strip(),
        kinds=sorted(set(wanted.kinds)),
        sealed=seal({"secret": secret}),
        created_at=clock.now(),
    )
    return row, secret


def change(target: int, wanted: Wanted) -> None:
    """Change where it is and what it wants to hear. Raises `NotAllowed`."""
    _check(wanted)
    models.Target.objects.filter(id=target).update(
        name=wanted.name.strip()[:60], url=wanted.url.strip(), kinds=sorted(set(wanted.kinds)), wait_until=None
    )


def hears(target: int) -> frozenset[str]:
    """Every kind that whoever takes this target's place would hear: what it asked for, and what is kept for it."""
    row = models.Target.objects.get(id=target)
    kept = transaction.run(lambda cursor: notices.kinds_kept(cursor, target))
    return frozenset(row.kinds or KINDS) | frozenset(kept)


def rotate(target: int, seen: str | None = None) -> str:
    """A new secret, shown this once; for a day notices carry a signature by the old one too.

    `seen` is the mark of the one that stood for whoever asks. Raises `NotAllowed` where another stands by now: it
    would be the old one then, and end tomorrow.
    """
    secret, now = registry.programs("webhook").new_secret(), clock.now()

    def write(cursor: Cursor) -> None:  # noqa: ARG001  the transaction is what matters
        row = models.Target.objects.select_for_update().get(id=target)
        if seen not in {None, mark_of(row)}:
            raise NotAllowed("Somebody has made a new secret meanwhile. Nothing was changed: ask them for it.")
        sealed = seal({"secret": secret, "old": unseal(row.sealed)["secret"]})
        models.Target.objects.filter(id=target).update(sealed=sealed, old_until=now + OLD_IS_GOOD)

    transaction.run(write)
    return secret


def mark_of(row: models.Target) -> str:
    """By which a page knows the secret that stands."""
    return mark(unseal(row.sealed)["secret"], f"webhook {row.id}")


def secrets_of(kept: Mapping[str, str], old_until: datetime | None, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now, the new one first."""
    both = old_until is not None and now < old_until and "old" in kept
    return (kept["secret"], kept["old"]) if both else (kept["secret"],)


def try_out(target: int) -> models.Notice:
    """Send a test notice, whatever the target wants to hear."""
    row, now = models.Target.objects.get(id=target), clock.now()
    if row.disabled_at is not None:
        raise NotAllowed("It is switched off. Switch it on first.")

    def write(cursor: Cursor) -> models.Notice:
        made = models.Notice.objects.create(
            business_id=row.business_id,
            target=row,
            key=uuid.uuid4(),
            kind=TEST,
            at=now,
            status="waiting",
            due_at=now,
        )
        models.Target.objects.filter(id=target).update(wait_until=None)
        bell.ring(cursor, bell.NOTICE)
        return made

    return transaction.run(write)


def replay(notice: int) -> None:
    """Send a notice again as it was. Raises `NotAllowed` while it waits."""

    def write(cursor: Cursor) -> bool:
        bell.ring(cursor, bell.NOTICE)
        return notices.replay(cursor, notice, clock.now())

    if not transaction.run(write):
        raise NotAllowed("This one waits to be sent already.")


def replay_failed(target: int) -> int:
    """Send everything again that was given up; returns how many."""

    def write(cursor: Cursor) -> int:
        bell.ring(cursor, bell.NOTICE)
        return notices.again(cursor, target, ("failed",), clock.now())

    return transaction.run(write)


def switch_off(target: int) -> None:
    """Tell it nothing until it is switched on; what happens meanwhile is held."""
    transaction.run(lambda cursor: notices.switch_off(cursor, target, "Switched off by hand.", clock.now()))


def switch_on(target: int, *, with_held: bool) -> None:
    """Tell it again, with what was held or given up meanwhile where wanted."""

    def write(cursor: Cursor) -> None:
        notices.switch_on(cursor, target, clock.now(), with_held=with_held)
        bell.ring(cursor, bell.NOTICE)

    transaction.run(write)


def remove(target: int) -> Undo:
    """Tell it nothing any more. For an hour it can be had back, then its secret is forgotten."""
    row = models.Target.objects.get(id=target)
    transaction.run(lambda cursor: notices.remove(cursor, target, clock.now()))
    return Undo(act="webhook", business=row.business_id, id=target)


def put_back(target: int) -> None:
    """One that was removed is told again, and what waited for it then. Raises `NotAllowed` once it is forgotten."""
    if not transaction.run(lambda cursor: notices.put_back(cursor, target, clock.now())):
        raise NotAllowed("It is there already, or forgotten by now. Add it again as a new one.")


def give_up(target: int, why: str) -> None:
    """Switch off a target that fails for good, and tell the owner and the managers."""
    if not transaction.run(lambda cursor: notices.switch_off(cursor, target, why, clock.now())):
        return
    log.warning("target.switched_off target=%s", target)
    row = models.Target.objects.select_related("business").get(id=target)
    now = clock.now()
    if settings.MAIL:
        key = f"target-{row.id}-{now:%Y%m%d%H%M%S}"
        mailing.tell(_in_charge(row), key, lambda: _words(row, why), business=row.business_id)
    models.Target.objects.filter(id=target).update(alarmed_at=now)


def _in_charge(row: models.Target) -> list[Recipient]:
    """Its owners and managers."""
    people = models.Member.objects.filter(business=row.business, role__in=("owner", "manager"), left_at=None)
    return [
        Recipient(each.email, each.name, (each.user.language if each.user else "") or row.business.language)
        for each in people.exclude(email="").select_related("user").order_by("id")
    ]


def _words(row: models.Target, why: str) -> tuple[str, str]:
    """Of its address nothing behind a question mark: a secret may stand there."""
    blanks = {"business": row.business.name, "name": row.name, "address": row.url.partition("?")[0]}
    subject = _("%(business)s: the webhook %(name)s was switched off") % blanks
    told = _("%(name)s (%(address)s) gets no news of %(business)s any more.") % blanks
    held = _("What happens meanwhile is held for 30 days. Put the address right and switch it on again under Webhooks.")
    address = f"{ways_in.root(business=row.business_id)}/webhooks/{row.id}\n"
    return subject, "\n\n".join((told, retold(why), held, address))


def _check(wanted: Wanted) -> None:
    if not wanted.name.strip():
        raise NotAllowed("Give it a name, so that you know later who is told.", "name")
    if problem := registry.programs("webhook").problem(wanted.url.strip()):
        raise NotAllowed(problem, "url")
    if unknown := sorted(set(wanted.kinds) - KINDS.keys()):
        raise NotAllowed(f"There is nothing called {', '.join(unknown)}. There are: {', '.join(KINDS)}.", "kind")
