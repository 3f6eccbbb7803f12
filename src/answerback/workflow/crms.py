"""Connects a business's CRM: set up, signed in to, tried, paused, taken away; and opens it for whoever copies or reads.

Tokens and secrets are sealed before they are written. No network inside a transaction. Taking a CRM away forgets what
stands in it; what was copied stays there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from answerback.ports import registry
from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.crm import Choice, Crm
from answerback.ports.errors import PortError, SignInNeeded
from answerback.ports.registry import NotInstalled
from answerback.ports.sign_in import SignInAsked, SignsIn
from answerback.store import models
from answerback.store.queries import crm as rows
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import seal, unseal
from answerback.workflow import clock, connecting, crm_mapping, queue, transaction
from answerback.workflow.calendars import pause
from answerback.workflow.crm_mapping import Table

Result = TypeVar("Result")

SALES_BACK = timedelta(days=90)
"""How far back sales are read when a CRM is connected: as long as a sale may still be a missed call's doing."""


class NotThere(Exception):
    """There is no such CRM (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A CRM ready to be asked: its adapter, the connection with fresh tokens, the business's table of fields."""

    id: int
    business: int
    crm: Crm
    connection: Connection
    table: Table
    row: models.OutsideCrm


def kinds() -> tuple[Crm, ...]:
    """Every kind of CRM that is installed."""
    return tuple(registry.crm(name) for name in registry.crms())


def of_business(business: int) -> models.OutsideCrm | None:
    """The business's CRM, None where it has none."""
    return models.OutsideCrm.objects.filter(business=business).first()


def connect(business: int, provider: str, given: Mapping[str, str]) -> int:
    """Connect a CRM: what happens from this commit on is copied. Returns its id."""
    crm = registry.crm(provider)
    kept = connecting.entered(crm.settings, given)
    now = clock.now()
    created = models.OutsideCrm.objects.create(
        business_id=business,
        provider=provider,
        sealed=seal(kept),
        sign_in_needed=_must_sign_in(crm, kept),
        created_at=now,
        read_due_at=now,
    )
    return created.id


def change(crm: int, given: Mapping[str, str]) -> None:
    """New settings; those left out, and a secret left empty, stay as they were."""
    transaction.run(lambda cursor: changed(cursor, crm, given))


def changed(cursor: Cursor, crm: int, given: Mapping[str, str]) -> None:
    """As `change`, for callers in a transaction of theirs."""
    row = _row(crm)
    _keep(cursor, row, connecting.changed(registry.crm(row.provider).settings, unseal(row.sealed), given))


def as_before(cursor: Cursor, crm: int, was: Mapping[str, Sequence[str]]) -> None:
    """These settings hold again what they held, by name: nothing, or the one value."""
    row = _row(crm)
    _keep(cursor, row, connecting.as_before(unseal(row.sealed), was))


def _keep(cursor: Cursor, row: models.OutsideCrm, kept: Mapping[str, str]) -> None:
    must = _must_sign_in(registry.crm(row.provider), kept)
    models.OutsideCrm.objects.filter(id=row.id).update(
        sealed=seal(kept), problem="", prepared=False, sign_in_needed=must
    )
    go_on(cursor, row.id)


def set_mapping(crm: int, wanted: Mapping[str, Mapping[str, object]]) -> None:
    """Keep the owner's table of fields; what stands there already is compared with it the next time it changes."""
    row = _row(crm)
    kept = crm_mapping.to_keep(registry.crm(row.provider), wanted)
    models.OutsideCrm.objects.filter(id=crm).update(mapping=kept)


def ask_to_sign_in(crm: int, returns_to: str) -> tuple[str, SignInAsked]:
    """Where to send the person, and what must be kept in their session until they are back."""
    row = _row(crm)
    adapter = registry.crm(row.provider)
    assert isinstance(adapter, SignsIn)
    asked = connecting.new_sign_in(returns_to)
    return adapter.sign_in_address(_connection(row), asked), asked


def signed_in(crm: int, asked: SignInAsked, code: str) -> None:
    """The person is back with a code: trade it for tokens and go on. Raises what the port raises."""
    row = _row(crm)
    adapter = registry.crm(row.provider)
    assert isinstance(adapter, SignsIn)
    tokens = adapter.signed_in(_connection(row), asked, code, clock.now())
    models.OutsideCrm.objects.filter(id=crm).update(
        sealed=seal({**unseal(row.sealed), **tokens}), sign_in_needed=False, problem=""
    )
    try_now(crm)


def check(crm: int) -> tuple[Finding, ...]:
    """Try it without leaving a trace."""
    try:
        opened = ready(crm)
    except NotInstalled:  # signing in again does not help: a page says what does
        raise
    except PortError as problem:
        return (Finding(name="sign-in", ok=False, says=problem.detail, fix="Sign in again."),)
    return opened.crm.check(opened.connection)


def choices(crm: int) -> Mapping[str, tuple[Choice, ...]]:
    """What the fields with a table of values can be there. Raises what the port raises."""
    return ask(crm, lambda opened: opened.crm.choices(opened.connection))


def try_now(crm: int) -> int:
    """Read it, and copy what waits for it, now; returns how much waits. Lets it out of a pause."""
    return transaction.run(lambda cursor: go_on(cursor, crm))


def go_on(cursor: Cursor, crm: int) -> int:
    """As `try_now`, for callers in a transaction of theirs."""
    now = clock.now()
    waiting = rows.wake(cursor, crm, now)
    models.OutsideCrm.objects.filter(id=crm).update(paused=False, asked_at=now)
    queue.defer_crm(crm)
    return waiting


def set_paused(crm: int) -> None:
    """Copy and read nothing until somebody says so; what happens meanwhile waits."""
    models.OutsideCrm.objects.filter(id=crm).update(paused=True)


def fill_back(crm: int, since: datetime) -> int:
    """Copy every lead opened since then, with what happened; today's go first. Returns how many leads."""
    now = clock.now()

    def write(cursor: Cursor) -> int:
        leads = rows.fill_back(cursor, crm, since, now)
        queue.defer_crm(crm)
        return leads

    return transaction.run(write)


def try_dead_again(crm: int, row: int | None = None) -> int:
    """Try what the CRM refused again, all of it or one; returns how many."""
    now = clock.now()

    def write(cursor: Cursor) -> int:
        again = rows.try_again(cursor, crm, now, row)
        queue.defer_crm(crm)
        return again

    return transaction.run(write)


def choose(crm: int, row: int, remote: str) -> bool:
    """A person said which record a contact is, or that none of them is (empty); False where it was said already."""
    now = clock.now()

    def write(cursor: Cursor) -> bool:
        said = rows.chosen(cursor, row, remote, now)
        cursor.execute(_CLOSE_ASK, [now, row])
        queue.defer_crm(crm)
        return said

    return transaction.run(write)


def disconnect(crm: int) -> None:
    """Take it away, with what we know of what stands in it; what was copied stays there."""
    models.CrmCopy.objects.filter(crm_id=crm).delete()
    models.OutsideCrm.objects.filter(id=crm).delete()


def ask(crm: int, work: Callable[[Opened], Result]) -> Result:
    """Ask this CRM; a token that was ended before its time is renewed once. Raises what the port raises."""
    opened = ready(crm)
    try:
        return work(opened)
    except SignInNeeded:
        if not isinstance(opened.crm, SignsIn) or opened.connection.settings.get("token"):
            raise
    return work(ready(crm, anew=True))


def ready(crm: int, *, anew: bool = False) -> Opened:
    """This CRM with tokens that last, renewed and kept where they run out or `anew`. Raises what the port raises."""
    row, now = _row(crm), clock.now()
    adapter = registry.crm(row.provider)
    settings = _settings(row) | ({"access_until": ""} if anew else {})
    if isinstance(adapter, SignsIn):
        tokens = adapter.renewed(Connection(id=row.id, provider=row.provider, settings=settings), now)
        if tokens is not None:
            models.OutsideCrm.objects.filter(id=crm).update(sealed=seal({**unseal(row.sealed), **tokens}))
            settings = {**settings, **tokens}
    return Opened(
        id=row.id,
        business=row.business_id,
        crm=adapter,
        connection=Connection(id=row.id, provider=row.provider, settings=settings),
        table=crm_mapping.mapping(adapter, row.mapping),
        row=row,
    )


def prepare(opened: Opened) -> None:
    """Make there what our copies need, once. Raises what the port raises."""
    if not opened.row.prepared:
        opened.crm.prepare(opened.connection)
        models.OutsideCrm.objects.filter(id=opened.id).update(prepared=True)


def failed(crm: int, problem: PortError, now: datetime) -> None:
    """Write down what keeps it from working, and let it rest as long as it says; an ended permission asks a person."""
    tries = models.OutsideCrm.objects.values_list("tries", flat=True).filter(id=crm).first() or 0
    asked = getattr(problem, "retry_after", None)
    models.OutsideCrm.objects.filter(id=crm).update(
        problem=problem.detail[:300],
        sign_in_needed=isinstance(problem, SignInNeeded),
        tries=min(tries + 1, 1000),
        rests_until=now + (pause(tries, None) if asked is None else timedelta(seconds=asked)),
    )


def works(crm: int) -> None:
    """It did what it was asked: nothing keeps it from working."""
    models.OutsideCrm.objects.filter(id=crm).exclude(tries=0, problem="").update(
        problem="", tries=0, rests_until=None, sign_in_needed=False
    )


def shown(row: models.OutsideCrm) -> dict[str, str]:
    """Settings as a form may show them: no secret and no token."""
    return connecting.shown(registry.crm(row.provider).settings, unseal(row.sealed))


def marks(row: models.OutsideCrm) -> dict[str, str]:
    """By which a form knows the secrets of this CRM that stand."""
    return connecting.marks(registry.crm(row.provider).settings, unseal(row.sealed), f"crm {row.id}")


def safe(url: str) -> str:
    """An address a CRM gave, if a page may lead there; empty where it is none of the web."""
    return url if url.startswith("https://") else ""


def app_settings(crm: Crm) -> tuple[Setting, ...]:
    """What must be known of our registration at a provider; nothing where nobody signs in."""
    return crm.app_settings if isinstance(crm, SignsIn) else ()


def _must_sign_in(crm: Crm, settings: Mapping[str, str]) -> bool:
    return isinstance(crm, SignsIn) and not settings.get("token") and not settings.get("refresh_token")


def _row(crm: int) -> models.OutsideCrm:
    row = models.OutsideCrm.objects.select_related("business").filter(id=crm).first()
    if row is None:
        raise NotThere(f"There is no CRM {crm}.")
    return row


def _connection(row: models.OutsideCrm) -> Connection:
    return Connection(id=row.id, provider=row.provider, settings=_settings(row))


def _settings(row: models.OutsideCrm) -> dict[str, str]:
    return {**connecting.app(row.business_id, row.provider), **unseal(row.sealed), "zone": row.business.zone}


_CLOSE_ASK = """
UPDATE todo SET closed_at = %s, outcome = 'done'
WHERE closed_at IS NULL AND key = (SELECT 'crm-' || id FROM crm_copy WHERE id = %s)
"""
