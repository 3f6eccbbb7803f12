"""Checks everything that must be well for a missed call to become a text, and says what to do where it is not.

It reads and asks; it changes nothing and texts nobody.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection

from answerback.console.accounts import second_step
from answerback.ports.connection import Finding
from answerback.ports.registry import crm_if_installed, gone, phone_if_installed
from answerback.server import health, setting_up
from answerback.store import models
from answerback.store.secrets import WrongSecret
from answerback.workflow import clock, crms, places, resealing
from answerback.workflow.directory import account
from answerback.workflow.line_health import INSTALL_AGAIN

LEAST_FREE = 1024**3
LONGEST_UNREVIEWED = 180
"""Days."""

WAITS_TOO_LONG = timedelta(minutes=2)


def findings() -> Iterator[Finding]:
    """One finding after the other, as each check ends; a check that fails itself is a finding too.

    What can only be looked up in tables is left out while they are not there: it would find the same fault again.
    """
    stands = True
    for check in (_python, _tables_of_rules, _disk, _database):
        for finding in _tried(check):
            stands &= finding.ok or finding.name not in {"database", "tables"}
            yield finding
    for check in (_address, _businesses, _connections, _crms, _lines, _sealed, _second_steps, _work) if stands else ():
        yield from _tried(check)


def _tried(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except (Error, OSError, WrongSecret) as problem:
        said = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        yield Finding(
            name=check.__name__.strip("_"),
            ok=False,
            says=f"This could not be looked at: {said}",
            fix="Put right what is said above, then run answerback doctor again.",
        )


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        name="python", ok=sys.version_info >= (3, 11), says=f"Python {version}.", fix="Use Python 3.11 to 3.13."
    )


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10000
    yield Finding(
        name="database", ok=15 <= major <= 18, says=f"PostgreSQL {major} answers.", fix="Use PostgreSQL 15 to 18."
    )
    has_room, _said = health.room()
    yield Finding(
        name="room",
        ok=has_room,
        says="The database's disk has room."
        if has_room
        else "The database's disk is full: what providers report cannot be kept, and they are asked to send it again.",
        fix="Free some of the disk the database is on, then look under Calls for what came late.",
    )
    waiting = setting_up.waiting_migrations()
    says = f"{len(waiting)} migrations have not run." if waiting else "The tables are up to date."
    yield Finding(name="tables", ok=not waiting, says=says, fix="Run: answerback migrate")
    with connection.cursor() as cursor:
        cursor.execute("SELECT abs(extract(epoch FROM clock_timestamp() - %s::timestamptz))", [clock.now()])
        apart = float(cursor.fetchone()[0])
    yield Finding(
        name="clock",
        ok=apart < 5,
        says=f"This machine's clock and the database's are {apart:.1f} s apart.",
        fix="Set both machines' clocks by NTP.",
    )


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.VAR if settings.VAR.exists() else "/").free
    yield Finding(
        name="disk",
        ok=free > LEAST_FREE,
        says=f"{free / 1024**3:.1f} GiB are free.",
        fix=f"Free space under {settings.VAR}.",
    )


def _address() -> Iterator[Finding]:
    url = settings.PUBLIC_URL
    real = models.Connection.objects.exclude(provider="simulator").exists()
    if not url:
        yield Finding(
            name="address",
            ok=not real,
            says="No public address is set; providers cannot reach this server and receipts do not come.",
            fix="Set ANSWERBACK_PUBLIC_URL to the address your providers call, for example https://answers.example.com.",
        )
        return
    yield Finding(
        name="address",
        ok=urlsplit(url).scheme == "https" or not real,
        says=f"Providers and customers reach us at {url}.",
        fix="Use https: providers refuse or warn about plain http.",
    )


def _businesses() -> Iterator[Finding]:
    for business in models.Business.objects.order_by("id"):
        yield from _business(business)
    if not models.Business.objects.exists():
        yield Finding(
            name="business",
            ok=False,
            says="There is no business yet.",
            fix="Run: answerback business --help, or to look around: answerback demo",
        )


def _business(business: models.Business) -> Iterator[Finding]:
    name = business.name
    published = business.playbook_id is not None
    says = "A playbook is published." if published else "No playbook is published: its calls are turned away."
    yield Finding(name=name, ok=published, says=says, fix="Publish one under Playbooks.")
    lines = models.Line.objects.filter(business=business).count()
    yield Finding(name=name, ok=lines > 0, says=f"{lines} lines.", fix="Add the number customers call, under Settings.")
    awake = models.Member.objects.filter(business=business).exclude(phone="")
    reachable = awake.filter(on_call=True).count() or awake.filter(role__in=["owner", "manager"]).count()
    yield Finding(
        name=name,
        ok=reachable > 0,
        says=f"{reachable} people are woken for an emergency." if reachable else "An emergency would wake nobody.",
        fix="Give the owner or somebody on call a phone number.",
    )


def _connections() -> Iterator[Finding]:
    for row in models.Connection.objects.order_by("id"):
        ours = account(row.id)
        if ours is None:
            continue
        kind = phone_if_installed(row.provider)
        if kind is None:
            yield Finding(name=row.name, ok=False, says=gone(row.provider), fix=INSTALL_AGAIN)
            continue
        for found in kind.check(ours.connection):
            yield Finding(name=f"{row.name}: {found.name}", ok=found.ok, says=found.says, fix=found.fix)


def _second_steps() -> Iterator[Finding]:
    """What codes of second steps are made from is sealed, and opens: nobody is shut out."""
    people = second_step.kept()
    if not people:
        return
    worst = max(people.values(), key=second_step.WORSE.index)
    count = sum(how == worst for how in people.values())
    whose = "1 person's" if count == 1 else f"{count} people's"
    yield Finding(
        name="second steps",
        ok=worst == "sealed",
        says=f"What {whose} codes are made from {_STEPS[worst]}.",
        fix=_STEPS_FIX.get(worst, ""),
    )


_STEPS = {
    "sealed": "is sealed, and can be opened",
    "old": "is sealed under an old secret",
    "bare": "is not sealed",
    "wrong": "was sealed under another secret",
}
_STEPS_FIX = {
    "old": "Run: answerback reseal",
    "bare": "An older version was running while the tables were brought up to date. Run: answerback reseal",
    "wrong": "Put the old ANSWERBACK_SECRET back, or name it in ANSWERBACK_OLD_SECRETS and run: answerback reseal. If "
    "it is gone for good: answerback password, for each who cannot come in.",
}


def _sealed() -> Iterator[Finding]:
    """Everything that is sealed opens, and by the secret as it is."""
    kinds = resealing.look()
    lost = [f"{len(each.lost)} {each.name}" for each in kinds if each.lost]
    old = [f"{each.old} {each.name}" for each in kinds if each.old]
    says = f"{sum(each.anew for each in kinds)} things are sealed, and can be opened."
    if old:
        says = f"Under an old secret: {', '.join(old)}."
    if lost:
        says = f"Under a secret that is not known: {', '.join(lost)}."
    fix = "Run: answerback reseal"
    gone = (
        "Put the old ANSWERBACK_SECRET back, or name it in ANSWERBACK_OLD_SECRETS and run: answerback reseal. If it is "
        "gone for good, disconnect them and connect them again."
    )
    yield Finding(name="secret", ok=not lost and not old, says=says, fix=gone if lost else fix)


def _crms() -> Iterator[Finding]:
    """Each CRM answers, and keeps what is copied to it."""
    for row in models.OutsideCrm.objects.select_related("business").order_by("id"):
        kind = crm_if_installed(row.provider)
        name = f"{row.business.name}: {kind.title if kind else row.provider}"
        if kind is None:
            fix = "Install its adapter again and restart answerback, or disconnect it. What waits for it is kept."
            yield Finding(name=name, ok=False, says=gone(row.provider), fix=fix)
            continue
        for found in () if row.paused else crms.check(row.id):
            yield Finding(name=name, ok=found.ok, says=found.says, fix=found.fix)
        copies = models.CrmCopy.objects.filter(crm=row)
        dead, which = copies.filter(dead_at__isnull=False).count(), copies.filter(choices__isnull=False).count()
        yield Finding(
            name=name,
            ok=not dead and not which,
            says=f"{dead} copies were refused, {which} contacts wait for a person to choose a record.",
            fix="Look at them in the console under CRM.",
        )


def _tables_of_rules() -> Iterator[Finding]:
    """Hours by law and area codes change: what nobody has looked at for half a year is not to be relied on."""
    days = (clock.now().date() - places.reviewed()).days
    yield Finding(
        name="sending hours",
        ok=days <= LONGEST_UNREVIEWED,
        says=f"The tables of sending hours and area codes were reviewed {days} days ago.",
        fix="Update answerback; have counsel look at docs/sending-rules.md where no newer version exists.",
    )


def _lines() -> Iterator[Finding]:
    """What the worker's last look at each line found, where it is not well."""
    for row in models.LineFinding.objects.exclude(level="green").select_related("line").order_by("line", "id"):
        yield Finding(name=f"{row.line.number}: {row.name}", ok=row.level != "red", says=row.says, fix=row.fix)
    if models.Line.objects.exists() and not models.LineFinding.objects.exclude(level="green").exists():
        yield Finding(name="lines", ok=True, says="Nothing is wrong with any line.")


def _work() -> Iterator[Finding]:
    """Is somebody working? Due rows that wait long say no."""
    late = clock.now() - WAITS_TOO_LONG
    turns = models.Conversation.objects.filter(wake_at__lt=late).count()
    texts = models.Message.objects.filter(status="queued", due_at__lt=late).count()
    yield Finding(
        name="worker",
        ok=not turns and not texts,
        says=f"{turns} conversations and {texts} texts have waited over two minutes."
        if turns or texts
        else "Nothing waits.",
        fix="Start a worker: answerback worker (or answerback up).",
    )
    unclear = models.Message.objects.filter(status="unclear").count()
    yield Finding(
        name="texts",
        ok=not unclear,
        says=f"{unclear} texts are unclear: nobody knows whether they went out." if unclear else "No text is unclear.",
        fix="Look at them in the inbox and call these customers.",
    )
    stuck = models.Conversation.objects.filter(stuck__gt=0).count()
    yield Finding(
        name="conversations",
        ok=not stuck,
        says=f"{stuck} conversations could not take their turn." if stuck else "No conversation is stuck.",
        fix="Look at the log for turn.failed and report it.",
    )
