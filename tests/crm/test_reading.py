"""What a CRM says: what it may decide is taken over, echoes are not, money is entered once, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crm.conftest import MARIA, NOW

if TYPE_CHECKING:
    from tests.crm.conftest import Moment, Shop

    from answerback.testing.pretend_hubspot import PretendHubSpot


def test_our_own_echo_changes_nothing(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_changes, crms

    crms.set_mapping(crm, {"status": {"way": "in"}})
    shop.lead()
    copying.copy_due(crm)
    hubspot.catch_up()
    before = models.Event.objects.count()
    for _ in range(2):
        assert crm_changes.read(crm)
    assert models.Event.objects.count() == before
    assert shop.waiting() == []


def test_their_stage_marks_the_lead_where_it_counts(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_changes, crms

    crms.set_mapping(crm, {"status": {"way": "in"}})
    lead = shop.lead()
    copying.copy_due(crm)
    hubspot.edit(hubspot.of("deals")[0].id, dealstage="closedlost")
    for _ in range(2):
        crm_changes.read(crm)
    marked = models.Event.objects.filter(kind="OutcomeMarked", conversation_id=lead.conversation_id)
    assert [(each.body["member"], each.body["status"]) for each in marked] == [("HubSpot", "lost")]


def test_stage_we_have_no_word_for_is_kept_and_shown(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_changes, crm_report, crms

    crms.set_mapping(crm, {"status": {"way": "in"}})
    shop.lead()
    copying.copy_due(crm)
    hubspot.edit(hubspot.of("deals")[0].id, dealstage="decisionmakerboughtin")
    crm_changes.read(crm)
    assert models.CrmCopy.objects.get(kind="lead").theirs["dealstage"] == "decisionmakerboughtin"
    assert not models.Event.objects.filter(kind="OutcomeMarked").exists()
    crm_report.make(crm)
    lines = models.CrmReport.objects.get().lines
    assert [(each["why"], each["theirs"]) for each in lines] == [("unknown_value", "decisionmakerboughtin")]


def test_their_stage_is_not_ours_where_ours_counts(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_changes

    shop.lead()
    copying.copy_due(crm)
    hubspot.edit(hubspot.of("deals")[0].id, dealstage="closedlost")
    crm_changes.read(crm)
    assert not models.Event.objects.filter(kind="OutcomeMarked").exists()


def test_merged_record_is_followed(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_changes

    shop.lead()
    copying.copy_due(crm)
    survivor = hubspot.keep("contacts", firstname="Maria", answerback_phone="+13125550199")
    hubspot.merge(hubspot.of("contacts")[0].id, survivor)
    crm_changes.read(crm)
    assert models.CrmCopy.objects.get(kind="contact").remote == survivor


def test_sale_is_entered_once_with_its_evidence(shop: Shop, hubspot: PretendHubSpot, crm: int, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_sales

    lead = shop.lead()
    copying.copy_due(crm)
    deal = hubspot.of("deals")[0].id
    _sold(hubspot, deal, "1200")
    for _ in range(2):
        assert crm_sales.read(crm)
    (entry,) = models.RevenueEntry.objects.all()
    assert (entry.lead_id, entry.cents, entry.job, entry.member) == (lead.id, 120_000, f"hubspot {deal}", None)
    assert entry.evidence.startswith(f"HubSpot {deal}: “Maria Pena: missed call”, sold 2026-03-11")
    assert models.Event.objects.filter(kind="OutcomeMarked", body__status="won").count() == 1
    _sold(hubspot, deal, "1500")
    crm_sales.read(crm)
    assert _ledger() == [120_000, -120_000, 150_000]
    hubspot.edit(deal, dealstage="contractsent")
    crm_sales.read(crm)
    assert _ledger() == [120_000, -120_000, 150_000, -150_000]


def test_sale_of_a_deal_of_theirs_finds_the_lead_by_its_person(
    shop: Shop, hubspot: PretendHubSpot, crm: int, moment: Moment
) -> None:
    from answerback.workflow import copying, crm_sales

    shop.lead()
    copying.copy_due(crm)
    contact = hubspot.of("contacts")[0].id
    deal = hubspot.keep("deals", belongs_to=contact, dealname="New heater", dealstage="contractsent")
    stranger = hubspot.keep("deals", dealname="Somebody else", dealstage="contractsent")
    for each in (deal, stranger):
        _sold(hubspot, each, "900")
    crm_sales.read(crm)
    assert _ledger() == [90_000]


def test_money_that_a_person_entered_is_not_counted_twice(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_sales, desk

    lead = shop.lead()
    copying.copy_due(crm)
    member = models.Member.objects.get()
    olga = desk.Actor(member=member.id, name=member.name)
    desk.mark_outcome(lead.conversation_id, olga, "won", money=desk.Money(cents=120_000))
    deal = hubspot.of("deals")[0].id
    _sold(hubspot, deal, "1200")
    crm_sales.read(crm)
    assert _ledger() == [120_000]
    _sold(hubspot, deal, "1250")
    crm_sales.read(crm)
    assert _ledger() == [120_000]
    titles = [each.title for each in models.Todo.objects.filter(key__startswith="crm-sale")]
    assert titles == ["HubSpot says 1,250.00, the ledger has 1,200.00 by hand. Which counts? “Maria Pena: missed call”"]


def test_money_is_not_read_where_the_owner_says_so(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.workflow import copying, crm_sales, crms

    crms.set_mapping(crm, {"amount": {"way": "off"}})
    shop.lead()
    copying.copy_due(crm)
    _sold(hubspot, hubspot.of("deals")[0].id, "1200")
    crm_sales.read(crm)
    assert _ledger() == []


def test_report_says_what_differs_and_why(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crm_report

    kept = hubspot.keep("contacts", firstname="M.", lastname="Household", phone="(312) 555-0142")
    shop.lead()
    gone = shop.lead(number="+13125550001", name="Pedro")
    copying.copy_due(crm)
    hubspot.edit(hubspot.of("deals")[0].id, dealstage="contractsent")
    hubspot.drop(models.CrmCopy.objects.get(kind="contact", local=gone.contact_id).remote)
    crm_report.make(crm)
    report = models.CrmReport.objects.get()
    found = [(each["why"], each["who"], each["field"], each["ours"], each["theirs"]) for each in report.lines]
    assert report.compared == 4
    assert found == [
        ("theirs_stays", "Maria Pena", "Name", "Maria Pena", "M. Household"),
        ("theirs_stays", "Maria Pena", "Phone number", MARIA, "(312) 555-0142"),
        ("gone", "Pedro", "", "", ""),
        ("changed_there", "Maria Pena", "Status of the lead", "appointmentscheduled", "contractsent"),
    ]
    assert kept == models.CrmCopy.objects.get(kind="contact", contact__number=MARIA).remote


def test_reading_an_absent_crm_is_tried_again(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import tasks

    hubspot.away = True
    tasks.crm(crm)
    row = models.OutsideCrm.objects.get()
    assert (row.problem, row.rests_until is not None, row.read_at) == (
        "HubSpot has trouble of its own (503).",
        True,
        None,
    )
    hubspot.away = False
    tasks.crm(crm)
    row.refresh_from_db()
    assert (row.problem, row.rests_until, row.read_at) == ("", None, NOW)


def test_task_is_deferred_with_the_turn_and_once(shop: Shop, crm: int) -> None:
    from answerback.workflow import clock, copying, tasks, transaction

    shop.lead()
    for _ in range(2):
        transaction.run(lambda cursor: copying.follow(cursor, [shop.business.id], clock.now()))
    assert _tasks() == [crm]
    tasks.crm(crm)
    shop.lead(number="+13125550001")
    transaction.run(lambda cursor: copying.follow(cursor, [shop.business.id], clock.now()))
    assert _tasks() == [crm, crm]


def test_erasure_takes_what_we_know_of_the_copy(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, erasure

    shop.lead()
    copying.copy_due(crm)
    erasure.erase(shop.business.id, MARIA)
    assert not models.CrmCopy.objects.exists()


def _sold(hubspot: PretendHubSpot, deal: str, amount: str) -> None:
    hubspot.edit(deal, dealstage="closedwon", amount=amount, closedate="2026-03-11T18:00:00Z")


def _ledger() -> list[int]:
    from answerback.store import models

    return list(models.RevenueEntry.objects.order_by("id").values_list("cents", flat=True))


def _tasks() -> list[int]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="answerback.crm").order_by("id")
    return [job.args["crm"] for job in jobs]
