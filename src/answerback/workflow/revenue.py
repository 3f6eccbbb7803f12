"""The revenue ledger: money a lead brought is entered, and taken back by a second entry; no entry is ever edited.

One job counts once, whoever enters it and under however many numbers the person called (`a_job_is_counted_once`), and
all money of a business is in its one currency (`money_is_in_the_currency_of_its_business`): the database holds both.
A job without a number is known by its person, its amount and its days. Every entry says what it rests on
(`engine.evidence`), who entered it and when. Never here: whose doing the money was (`engine.measures`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from answerback.engine.currency import MOST, amount, too_large
from answerback.engine.evidence import corrected, entered, refunded
from answerback.store.models.conversations import AT_ONCE
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

SAME_JOB_WITHIN = timedelta(days=6)
"""The same amount of the same person within so many days is the same job, unless both have a number; somebody who
comes every week pays it every seven.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in cents, the business's own number of the job, its invoice or its receipt (empty where it has none),
    and what else shows it.

    `instead_of` is the entry that was taken back for this one, where it says what is left of it, or what is right.
    """

    cents: int
    job: str = ""
    evidence: str = ""
    instead_of: int | None = None


def enter(cursor: Cursor, conversation: int, actor: Actor, money: Money, at: datetime) -> int:
    """Enter money for this conversation's lead, and say as what. Raises `NotAllowed` for a job entered before, under
    whichever number of that person.
    """
    cursor.execute("SELECT id, business_id FROM lead WHERE conversation_id = %s", [conversation])
    lead = cursor.fetchone()
    if lead is None:
        raise NotAllowed("There is no lead in this conversation that money could belong to.")
    if money.cents > MOST:
        raise NotAllowed(too_large(_currency(cursor, lead[1])), "amount")
    values = {"lead": lead[0], "business": lead[1], "job": money.job, "cents": money.cents, "at": at}
    if money.instead_of is None:
        _refuse_the_same(cursor, values)
    said = {"evidence": money.evidence[:300], "instead_of": money.instead_of}
    cursor.execute(_ENTER, values | said | _by(actor))
    entered = cursor.fetchone()
    if entered is None:
        known = _known(cursor, values)
        raise NotAllowed(f"Job {money.job} is in the ledger already: {known}. Take that entry back first.", "job")
    return int(entered[0])


def taken_back(cursor: Cursor, entry: int, actor: Actor, why: str) -> Undo:
    """Take an entry back, for callers in a transaction of theirs. Raises `NotAllowed` where it was already."""
    by = _by(actor)
    cursor.execute(_TAKE_BACK, {"entry": entry, "evidence": why[:300]} | by)
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This entry was taken back already.")
    cursor.execute("UPDATE conversation SET last_at = GREATEST(last_at, %s) WHERE id = %s", [by["now"], row[0]])
    return Undo(act="money", business=row[1], id=entry)


def keep_in(business: int, currency: str) -> bool:
    """Keep this business's money in this currency (ISO 4217); False where there is money in another one already."""
    return transaction.run(lambda cursor: kept_in(cursor, business, currency))


def take_back(entry: int, actor: Actor, why: str = "") -> Undo:
    """Take an entry back: it counts no more, and both stay in the ledger. Raises `NotAllowed` where it was already."""
    return transaction.run(lambda cursor: taken_back(cursor, entry, actor, why))


def refund(entry: int, actor: Actor, cents: int, why: str = "") -> Undo:
    """Give a part of an entry back: it is taken back whole and what is left entered again, at the time of the first.

    Raises `NotAllowed` for an amount that is no part of it, and where the entry was taken back already.
    """
    return transaction.run(lambda cursor: _refund(cursor, entry, actor, cents, why))


def again(entry: int, actor: Actor) -> None:
    """An entry was taken back by mistake: the same is entered anew, at its time, and all three stay in the ledger.

    Raises `NotAllowed` where it was never taken back, or stands in the ledger again already.
    """
    transaction.run(lambda cursor: _again(cursor, entry, actor, instead_of=entry))


def not_changed(left: int, actor: Actor) -> None:
    """A part was given back, or an entry corrected, by mistake: what was `left` is taken back, and the first entered
    anew. Raises `NotAllowed` where what was left counts no more.
    """
    transaction.run(lambda cursor: _not_changed(cursor, left, actor))


def correct(entry: int, actor: Actor, money: Money, why: str = "") -> Undo:
    """What was entered is wrong: it is taken back, and this is entered in its place, at the time of the first.

    Raises `NotAllowed` where nothing differs, where it was taken back already, and for a job that is in the ledger.
    """
    return transaction.run(lambda cursor: _correct(cursor, entry, actor, money, why))


def _by(actor: Actor) -> dict[str, object]:
    return {"member": actor.member, "author": actor.name[:120], "now": clock.now()}


def kept_in(cursor: Cursor, business: int, currency: str) -> bool:
    """As `keep_in`, for callers in a transaction of theirs."""
    cursor.execute(_KEEP_IN, {"business": business, "currency": currency})
    return cursor.rowcount == 1


def _again(cursor: Cursor, entry: int, actor: Actor, *, instead_of: int) -> None:
    cursor.execute(_LOST, {"entry": entry, "instead_of": instead_of})
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This amount stands in the ledger already. Look at the page again.")
    conversation, at, cents, job, evidence, lead, business = row
    _refuse_the_same(cursor, {"lead": lead, "business": business, "job": job, "cents": cents, "at": at})
    enter(cursor, conversation, actor, Money(cents=cents, job=job, evidence=evidence, instead_of=instead_of), at)


def _not_changed(cursor: Cursor, left: int, actor: Actor) -> None:
    cursor.execute("SELECT instead_of_id FROM revenue_entry WHERE id = %s AND instead_of_id IS NOT NULL", [left])
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This entry stands in the place of no other, so there is nothing to take back.")
    taken_back(cursor, left, actor, AT_ONCE)
    _again(cursor, row[0], actor, instead_of=left)


def _refund(cursor: Cursor, entry: int, actor: Actor, cents: int, why: str) -> Undo:
    cursor.execute(_PAID, [entry])
    row = cursor.fetchone()
    if row is None or not 0 < cents < row[2]:
        raise NotAllowed(
            "A part must be more than nothing and less than the whole amount. Take the whole entry back instead.",
            "amount",
        )
    conversation, at, paid, job, currency, evidence = row
    said = refunded(amount(cents, currency), why)
    undo = taken_back(cursor, entry, actor, said)
    left = Money(cents=paid - cents, job=job, evidence=f"{said} {evidence}".strip(), instead_of=entry)
    return replace(undo, act="refund", id=enter(cursor, conversation, actor, left, at))


def _correct(cursor: Cursor, entry: int, actor: Actor, money: Money, why: str) -> Undo:
    cursor.execute(_PAID, [entry])
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This entry was taken back already.")
    conversation, at, paid, job, currency, evidence = row
    if (money.cents, money.job, money.evidence) == (paid, job, evidence):
        raise NotAllowed("Nothing differs from what stands. Change the amount, the number or the note.", "amount")
    said = corrected(amount(paid, currency), amount(money.cents, currency), why)
    undo = taken_back(cursor, entry, actor, said)
    return replace(undo, act="refund", id=enter(cursor, conversation, actor, replace(money, instead_of=entry), at))


def _refuse_the_same(cursor: Cursor, values: dict[str, object]) -> None:
    """Two people of the business enter one after the other: the second sees what the first entered."""
    cursor.execute(_ONE_AFTER_THE_OTHER, values)
    cursor.execute(_THE_SAME, values | {"within": SAME_JOB_WITHIN})
    row = cursor.fetchone()
    if row is None:
        return
    known, job = entered(amount(row[0], row[1]), row[2], row[3]), row[4]
    if job:
        raise NotAllowed(
            f"This seems to be in the ledger already: {known}, job {job}. Is it another job? Number it.", "job"
        )
    raise NotAllowed(
        f"This seems to be in the ledger already: {known}. Is it another job? "
        "Take that entry back, and enter both with their job numbers.",
        "job",
    )


def _currency(cursor: Cursor, business: int) -> str:
    cursor.execute("SELECT currency FROM business WHERE id = %s", [business])
    return str((cursor.fetchone() or ("",))[0])


def _known(cursor: Cursor, values: dict[str, object]) -> str:
    cursor.execute(_KNOWN, values)
    row = cursor.fetchone()
    return f"{amount(row[0], row[1])} of {row[2]}" if row else "entered at this moment"


_KEEP_IN = """
UPDATE business b SET currency = %(currency)s WHERE b.id = %(business)s AND NOT EXISTS (
    SELECT 1 FROM revenue_entry r WHERE r.business_id = b.id AND r.currency <> %(currency)s)
"""

_TAKEN_BACK = "EXISTS (SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id)"

_KNOWN = f"""
SELECT r.cents, r.currency, COALESCE(NULLIF(k.name, ''), k.number) FROM revenue_entry r
JOIN lead l ON l.id = r.lead_id JOIN contact k ON k.id = l.contact_id
WHERE r.business_id = %(business)s AND r.job = %(job)s AND r.reverses_id IS NULL AND NOT {_TAKEN_BACK}
"""  # noqa: S608  constants of this module

# Whoever enters money for one person waits for whoever does so at this moment. The key is of that person alone.
_ONE_AFTER_THE_OTHER = """
SELECT pg_advisory_xact_lock(870002, (COALESCE(k.merged_into_id, k.id) %% 2147483647)::int)
FROM lead l JOIN contact k ON k.id = l.contact_id WHERE l.id = %(lead)s
"""

_THE_SAME = f"""
SELECT r.cents, r.currency, COALESCE(NULLIF(k.name, ''), k.number), (r.at AT TIME ZONE b.zone)::date, r.job
FROM lead l JOIN contact own ON own.id = l.contact_id
JOIN contact k ON COALESCE(k.merged_into_id, k.id) = COALESCE(own.merged_into_id, own.id)
JOIN lead x ON x.contact_id = k.id JOIN revenue_entry r ON r.lead_id = x.id JOIN business b ON b.id = r.business_id
WHERE l.id = %(lead)s AND r.cents = %(cents)s AND r.reverses_id IS NULL AND NOT {_TAKEN_BACK}
  AND (r.job = '' OR %(job)s::text = '') AND r.at BETWEEN %(at)s::timestamptz - %(within)s::interval
      AND %(at)s::timestamptz + %(within)s::interval
ORDER BY r.id LIMIT 1
"""  # noqa: S608  constants of this module

_PAID = """
SELECT l.conversation_id, r.at, r.cents, r.job, r.currency, r.evidence
FROM revenue_entry r JOIN lead l ON l.id = r.lead_id
WHERE r.id = %s AND r.reverses_id IS NULL FOR UPDATE OF r
"""

# What was taken back and is not in the ledger again in the place of this entry.
_LOST = """
SELECT l.conversation_id, r.at, r.cents, r.job, r.evidence, r.lead_id, r.business_id
FROM revenue_entry r JOIN lead l ON l.id = r.lead_id
WHERE r.id = %(entry)s AND r.reverses_id IS NULL AND EXISTS (SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM revenue_entry x WHERE x.instead_of_id = %(instead_of)s) FOR UPDATE OF r
"""

_ENTER = """
INSERT INTO revenue_entry (business_id, lead_id, cents, currency, at, member_id, author, entered_at, evidence, job,
    round, instead_of_id)
SELECT %(business)s, %(lead)s, %(cents)s, (SELECT currency FROM business WHERE id = %(business)s), %(at)s,
       %(member)s, %(author)s, %(now)s, %(evidence)s, %(job)s::text,
       (SELECT count(*) FROM revenue_entry r
        WHERE r.business_id = %(business)s AND r.job = %(job)s::text AND r.job <> '' AND r.reverses_id IS NOT NULL),
       %(instead_of)s
ON CONFLICT (business_id, job, round) WHERE reverses_id IS NULL AND NOT job = '' DO NOTHING RETURNING id
"""

_TAKE_BACK = """
INSERT INTO revenue_entry (business_id, lead_id, cents, currency, at, member_id, author, entered_at, evidence, job,
    round, reverses_id)
SELECT r.business_id, r.lead_id, -r.cents, r.currency, %(now)s, %(member)s, %(author)s, %(now)s, %(evidence)s, r.job,
    r.round, r.id
FROM revenue_entry r WHERE r.id = %(entry)s AND r.reverses_id IS NULL
ON CONFLICT (reverses_id) DO NOTHING
RETURNING (SELECT l.conversation_id FROM lead l WHERE l.id = lead_id), business_id
"""
