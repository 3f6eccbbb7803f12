"""Brings money that a CRM knows of into the ledger, with where it stands as evidence; a job counts once.

A sale whose amount changed is taken back and entered anew, one that is no longer sold is taken back. Money that a
person entered for the same lead is left alone: the same amount is the same job, another amount asks a person.
"""

import logging
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from answerback.engine.currency import MOST, amount
from answerback.engine.evidence import of_sale
from answerback.ports.crm import Sale, Sales
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.store.queries import crm as rows
from answerback.store.queries import outside
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, crms, desk, revenue, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.crms import SALES_BACK, Opened
from answerback.workflow.revenue import Money

log = logging.getLogger("answerback.crm_sales")

MOST_PAGES = 50


def read(crm: int) -> bool:
    """Read what was sold since the last time; False where the CRM could not be asked."""
    now = clock.now()
    try:
        for _ in range(MOST_PAGES):
            opened, told = crms.ask(crm, _next_page)
            for sale in told.sold:
                _enter(opened, sale, now)
            for undone in told.undone:
                _take_back(opened, undone)
            models.OutsideCrm.objects.filter(id=crm).update(sales_cursor=told.cursor)
            if not told.more:
                break
    except crms.NotThere:
        return False
    except PortError as problem:
        crms.failed(crm, problem, now)
        return False
    return True


def _next_page(opened: Opened) -> tuple[Opened, Sales]:
    amount = opened.table.field("amount")
    if not opened.crm.abilities.sales or amount is None or amount.way != "in":
        return opened, Sales(sold=(), undone=(), cursor=opened.row.sales_cursor)
    begin = opened.row.created_at - SALES_BACK
    return opened, opened.crm.sales(opened.connection, opened.row.sales_cursor, begin)


def _enter(opened: Opened, sale: Sale, now: datetime) -> None:
    """One sale, into the ledger of the lead it belongs to; what belongs to nobody of ours is not our money."""
    lead = transaction.run(lambda cursor: _lead(cursor, opened, sale))
    if lead is None:
        return
    kept_in = lead.business.currency
    if sale.currency not in {"", kept_in}:  # a CRM that names none means its owner's
        _ask(opened, sale, lead, f"is in {sale.currency}; the ledger is kept in {kept_in}. Enter it by hand", now)
        return
    if sale.cents > MOST:
        _ask(opened, sale, lead, f"says {amount(sale.cents, kept_in)}, more than one entry holds. Is that right", now)
        return
    job = _job(opened, sale)
    standing = _standing(lead)
    ours = next((each for each in standing if each.job == job), None)
    if ours is not None and ours.cents == sale.cents:
        return
    others = [each for each in standing if each.job != job]
    if ours is None and any(each.cents == sale.cents for each in others):
        return  # a person entered this job before the CRM told of it
    if ours is None and any(each.member_id is not None for each in others):
        known = f"{others[0].cents / 100:,.2f}"
        _ask(opened, sale, lead, f"says {sale.cents / 100:,.2f}, the ledger has {known} by hand. Which counts", now)
        return
    if ours is not None:
        revenue.take_back(ours.id, _actor(opened), f"The amount was changed in {opened.crm.title}.")
    try:
        instead_of = ours.id if ours is not None else None
        transaction.run(partial(_write, opened=opened, sale=sale, lead=lead, job=job, instead_of=instead_of))
    except NotAllowed as problem:  # under another lead of theirs, or entered at this moment
        log.info("crm.sale_known crm=%s problem=%s", opened.id, type(problem).__name__)


def _write(cursor: Cursor, *, opened: Opened, sale: Sale, lead: models.Lead, job: str, instead_of: int | None) -> None:
    sold = sale.sold_at.astimezone(ZoneInfo(lead.business.zone))
    evidence = f"{of_sale(opened.crm.title, sale.id, sale.title[:120], sold.date())} {sale.url}".strip()
    if lead.status != "won":
        desk.marked_elsewhere(cursor, lead.conversation_id, opened.crm.title, "won")
    money = Money(cents=sale.cents, job=job, evidence=evidence, instead_of=instead_of)
    revenue.enter(cursor, lead.conversation_id, _actor(opened), money, sale.sold_at)
    cursor.execute(
        "UPDATE conversation SET last_at = GREATEST(last_at, %s) WHERE id = %s", [clock.now(), lead.conversation_id]
    )
    log.info("crm.sale_entered crm=%s lead=%s", opened.id, lead.id)


def _take_back(opened: Opened, id: str) -> None:
    """It is no longer sold there."""
    jobs = [f"{opened.crm.name} {id}"[:60]]
    for entry in models.RevenueEntry.objects.filter(
        business_id=opened.business, job__in=jobs, reverses=None, revenueentry=None
    ):
        revenue.take_back(entry.id, _actor(opened), f"It is no longer sold in {opened.crm.title}.")


def _lead(cursor: Cursor, opened: Opened, sale: Sale) -> models.Lead | None:
    """The lead it belongs to: the one its record is of, else the last one of that contact before the sale."""
    if sale.lead:
        for linked in rows.linked(cursor, opened.id, "lead", [sale.lead]):
            return models.Lead.objects.filter(id=linked.local).first()
    contacts = [each.local for each in rows.linked(cursor, opened.id, "contact", sale.people)]
    before = models.Lead.objects.filter(contact_id__in=contacts, created_at__lte=sale.sold_at)
    return before.order_by("-created_at").first()


def _standing(lead: models.Lead) -> list[models.RevenueEntry]:
    """The lead's money that was not taken back."""
    return list(models.RevenueEntry.objects.filter(lead=lead, reverses=None, revenueentry=None).order_by("id"))


def _job(opened: Opened, sale: Sale) -> str:
    return (sale.job or f"{opened.crm.name} {sale.id}")[:60]


def _ask(opened: Opened, sale: Sale, lead: models.Lead, what: str, now: datetime) -> None:
    title = f"{opened.crm.title} {what}? “{sale.title[:60]}”"
    ask = outside.Ask(conversation=lead.conversation_id, key=f"crm-sale-{sale.id}-{sale.cents}", title=title)
    transaction.run(lambda cursor: outside.open_todos(cursor, opened.business, [ask], now))


def _actor(opened: Opened) -> Actor:
    return Actor(member=None, name=opened.crm.title)
