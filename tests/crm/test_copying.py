"""Copies to a CRM: complete, in order, once; an outage delays them and nothing else, and makes no duplicate."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.crm.conftest import MARIA

if TYPE_CHECKING:
    from tests.crm.conftest import Moment, Shop

    from answerback.testing.pretend_hubspot import PretendHubSpot


def test_lead_with_all_that_happened_is_copied_in_order(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import clock, copying

    lead = shop.lead(service="water_heater", answers={"area": "78704"})
    shop.text(lead, "Sorry we missed you!", author="machine", status="queued")
    models.Message.objects.filter(author="machine").update(status="sent")
    shop.text(lead, "water heater leaking")
    models.Todo.objects.create(
        business=shop.business,
        conversation=lead.conversation,
        key="callback",
        kind="callback",
        title="Call Maria back",
        due_at=clock.now(),
        opened_at=clock.now(),
    )
    assert copying.copy_due(crm) == 6
    assert shop.waiting() == []
    (contact,) = hubspot.of("contacts")
    (deal,) = hubspot.of("deals")
    assert (contact.properties["firstname"], contact.properties["phone"]) == ("Maria", MARIA)
    assert contact.properties["answerback_phone"] == MARIA
    assert deal.properties["dealname"] == "Maria Pena: water heater"
    assert deal.properties["answerback_answers"] == "area: 78704"
    assert deal.belongs == {("contacts", contact.id)}
    told = [(each.kind, *sorted(kind for kind, _ in each.belongs)) for each in hubspot.records.values()]
    assert told[2:] == [
        ("calls", "contacts", "deals"),
        ("communications", "contacts", "deals"),
        ("communications", "contacts", "deals"),
        ("tasks", "contacts", "deals"),
    ]
    words = [each.properties["hs_communication_body"] for each in hubspot.timeline(contact.id, "communications")]
    assert words == ["answerback wrote: Sorry we missed you!", "They wrote: water heater leaking"]


def test_text_that_was_not_sent_is_not_told(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.workflow import copying

    lead = shop.lead()
    shop.text(lead, "Sorry we missed you!", author="machine", status="withdrawn")
    shop.text(lead, "Page", author="page", status="sent")
    copying.copy_due(crm)
    assert hubspot.of("communications") == []


def test_nothing_is_written_twice(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import clock, copying

    lead = shop.lead()
    shop.text(lead, "hello")
    copying.copy_due(crm)
    before = dict(hubspot.counters)
    models.CrmCopy.objects.update(due_at=clock.now())
    assert copying.copy_due(crm) == 4
    assert dict(hubspot.counters) == before, "what stands there as it shall is not asked about"


def test_only_what_changed_is_written(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying

    lead = shop.lead()
    copying.copy_due(crm)
    deal = hubspot.of("deals")[0].id
    hubspot.edit(deal, dealname="Theirs", amount="900")
    models.Lead.objects.filter(id=lead.id).update(status="qualified")
    copying.copy_due(crm)
    assert hubspot.records[deal].properties["dealstage"] == "qualifiedtobuy"
    assert (hubspot.records[deal].properties["dealname"], hubspot.records[deal].properties["amount"]) == (
        "Theirs",
        "900",
    )
    assert hubspot.of("contacts")[0].properties["hs_lead_status"] == "IN_PROGRESS"


def test_who_was_there_already_is_linked_and_not_overwritten(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.workflow import copying

    theirs = hubspot.keep("contacts", firstname="M.", lastname="Peña Household", phone="(312) 555-0142")
    shop.lead()
    copying.copy_due(crm)
    (contact,) = hubspot.of("contacts")
    assert (contact.id, contact.properties["firstname"]) == (theirs, "M.")
    assert contact.properties["phone"] == "(312) 555-0142"
    assert (contact.properties["answerback_phone"], contact.properties["hs_lead_status"]) == (MARIA, "NEW")


def test_name_learned_later_replaces_ours_and_not_theirs(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying

    lead = shop.lead(name="")
    copying.copy_due(crm)
    (contact,) = hubspot.of("contacts")
    assert contact.properties["lastname"] == MARIA
    hubspot.edit(contact.id, firstname="", lastname="")
    models.Contact.objects.filter(id=lead.contact_id).update(name="Maria Pena")
    copying.copy_due(crm)
    assert contact.properties["firstname"] == "Maria"
    hubspot.edit(contact.id, firstname="Mary")
    models.Contact.objects.filter(id=lead.contact_id).update(name="Maria P. Pena")
    copying.copy_due(crm)
    assert contact.properties["firstname"] == "Mary"


def test_several_with_the_number_ask_a_person(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crms

    ids = [hubspot.keep("contacts", firstname=name, phone=MARIA) for name in ("Maria", "Pedro")]
    lead = shop.lead()
    shop.text(lead, "hello")
    for _ in range(3):
        copying.copy_due(crm)
    row = models.CrmCopy.objects.get(kind="contact")
    assert [each["id"] for each in row.choices] == ids
    assert [todo.title for todo in models.Todo.objects.all()] == [
        "Which record in HubSpot is Maria Pena? Several records there have this number."
    ]
    assert (len(hubspot.of("contacts")), hubspot.of("deals")) == (2, [])
    assert crms.choose(crm, row.id, ids[1])
    copying.copy_due(crm)
    assert models.Todo.objects.filter(closed_at=None).count() == 0
    assert len(hubspot.of("contacts")) == 2
    assert hubspot.records[ids[1]].properties["answerback_phone"] == MARIA
    assert hubspot.of("deals")[0].belongs == {("contacts", ids[1])}


def test_none_of_them_makes_a_new_one(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crms

    other = hubspot.keep("contacts", firstname="Pedro", email="family@example.com")
    lead = shop.lead()
    models.Contact.objects.filter(id=lead.contact_id).update(email="family@example.com")
    copying.copy_due(crm)
    row = models.CrmCopy.objects.get(kind="contact")
    assert [each["id"] for each in row.choices] == [other]
    crms.choose(crm, row.id, "")
    copying.copy_due(crm)
    assert [each.properties.get("email") for each in hubspot.of("contacts")] == ["family@example.com", None]


def test_outage_delays_copies_and_makes_no_duplicate(
    shop: Shop, hubspot: PretendHubSpot, crm: int, moment: Moment
) -> None:
    from answerback.workflow import copying

    shop.lead(number="+13125550001")
    copying.copy_due(crm)
    hubspot.away = True
    lead = shop.lead()
    waits = []
    for n in range(6):
        shop.text(lead, f"text {n}")
        copying.copy_due(crm)
        assert shop.waiting()[0][:2] == ("contact", "HubSpot has trouble of its own (503).")
        waits.append(shop.waiting()[0][2])
        moment.after(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 960]
    hubspot.away = False
    copying.copy_due(crm)
    assert shop.waiting() == []
    assert [len(hubspot.of(kind)) for kind in ("contacts", "deals", "calls", "communications")] == [2, 2, 2, 6]


def test_crm_that_is_away_is_asked_once_and_not_for_everybody(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.workflow import copying

    hubspot.away = True
    for n in range(10):
        shop.lead(number=f"+1312555{n:04}")
    copying.copy_due(crm)
    assert sum(hubspot.counters.values()) == 1


@pytest.mark.parametrize("lost", range(1, 8))
def test_any_lost_answer_makes_no_duplicate(
    shop: Shop, hubspot: PretendHubSpot, crm: int, moment: Moment, lost: int
) -> None:
    from answerback.workflow import copying, crms

    crms.ask(crm, lambda opened: opened.crm.prepare(opened.connection))
    lead = shop.lead()
    shop.text(lead, "hello")
    hubspot.failures = [*["none"] * lost, "lose"]  # type: ignore[list-item]  # the next answer but so many
    for _ in range(10):
        copying.copy_due(crm)
        moment.after(minutes=5)
    assert shop.waiting() == []
    assert [len(hubspot.of(kind)) for kind in ("contacts", "deals", "calls", "communications")] == [1, 1, 1, 1]


def test_six_at_once_make_one(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    """Six tasks for the same caller at the same moment, with a search that lags: what made six in real CRMs."""
    from django.db import connection

    from answerback.store import models
    from answerback.workflow import copying, crms

    crms.ask(crm, lambda opened: opened.crm.prepare(opened.connection))
    models.OutsideCrm.objects.update(prepared=True)
    lead = shop.lead()
    shop.text(lead, "hello")

    def copy(_: int) -> int:
        try:
            return copying.copy_due(crm)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        settled = list(pool.map(copy, range(6)))
    assert sum(settled) == 4, "one had the turn, the others left"
    assert [len(hubspot.of(kind)) for kind in ("contacts", "deals", "calls", "communications")] == [1, 1, 1, 1]
    assert hubspot.counters["POST /crm/objects/2026-03/contacts"] == 1, "not for HubSpot's unique field: asked once"


def test_turn_of_one_that_died_runs_out(shop: Shop, hubspot: PretendHubSpot, crm: int, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import clock, copying

    shop.lead()
    models.CrmCopy.objects.filter(kind="contact").update(claim="dead", claimed_until=clock.now() + timedelta(minutes=2))
    assert copying.copy_due(crm) == 0
    assert hubspot.of("contacts") == []
    moment.after(minutes=3)
    assert copying.copy_due(crm) == 3


def test_what_is_refused_is_seen_and_tried_again(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying, crms

    crms.set_mapping(crm, {"service": {}, "contact_status": {"values": {"new": "NO_SUCH_STATUS"}}})
    shop.lead()
    copying.copy_due(crm)
    row = models.CrmCopy.objects.get(kind="contact")
    assert row.dead_at is not None
    assert row.problem == "HubSpot refuses what we wrote (VALIDATION_ERROR). It is about: hs_lead_status."
    assert hubspot.refused
    hubspot.refused.clear()
    copying.copy_due(crm)
    assert hubspot.refused == [], "it is not tried over and over"
    crms.set_mapping(crm, {})
    assert crms.try_dead_again(crm) == 1
    copying.copy_due(crm)
    assert (shop.waiting(), len(hubspot.of("deals"))) == ([], 1)


def test_ended_permission_keeps_everything_until_somebody_signs_in(
    shop: Shop, hubspot: PretendHubSpot, crm: int
) -> None:
    from answerback.store import models
    from answerback.store.queries import crm as rows
    from answerback.workflow import clock, copying, crms, transaction

    hubspot.end_permission()
    shop.lead()
    copying.copy_due(crm)
    assert models.OutsideCrm.objects.get().sign_in_needed
    assert transaction.run(lambda cursor: rows.due_crms(cursor, clock.now())) == []
    crms.change(crm, {"token": "pat-na1-pretend"})
    hubspot.access.add("pat-na1-pretend")
    copying.copy_due(crm)
    assert (shop.waiting(), len(hubspot.of("contacts"))) == ([], 1)


def test_deleted_contact_is_made_again_when_they_call_again(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import copying

    lead = shop.lead()
    copying.copy_due(crm)
    hubspot.drop(hubspot.of("contacts")[0].id)
    models.Lead.objects.filter(id=lead.id).update(status="qualified")
    copying.copy_due(crm)
    assert len(hubspot.of("contacts")) == 1


def test_stop_is_copied(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store import models
    from answerback.workflow import clock, copying

    shop.lead()
    copying.copy_due(crm)
    assert hubspot.of("contacts")[0].properties["answerback_opted_out"] == "false"
    models.Suppression.objects.create(business=shop.business, number=MARIA, at=clock.now(), evidence="STOP")
    copying.copy_due(crm)
    assert hubspot.of("contacts")[0].properties["answerback_opted_out"] == "true"
    assert [each.properties["hs_note_body"] for each in hubspot.of("notes")] == ["Said stop: no more texts\nSTOP"]


def test_back_fill_copies_what_was_before(shop: Shop, hubspot: PretendHubSpot, moment: Moment) -> None:
    from answerback.workflow import clock, copying, crms

    old = shop.lead(number="+13125550001")
    moment.after(days=30)
    lead = shop.lead(number="+13125550002")
    shop.text(lead, "hello")
    crm = crms.connect(shop.business.id, "hubspot", hubspot.settings())
    _at(crm, hubspot)
    assert copying.copy_due(crm) == 0, "what was before is not copied unasked"
    assert crms.fill_back(crm, clock.now() - timedelta(days=7)) == 1
    shop.lead(number="+13125550003")
    copying.copy_due(crm)
    assert [each.properties["phone"] for each in hubspot.of("contacts")] == ["+13125550003", "+13125550002"]
    assert len(hubspot.of("communications")) == 1
    assert crms.fill_back(crm, old.created_at) == 3
    copying.copy_due(crm)
    assert len(hubspot.of("contacts")) == 3


def test_withheld_caller_is_nobody_in_a_crm(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.workflow import copying

    shop.lead(number="withheld", name="")
    assert copying.copy_due(crm) == 0
    assert shop.waiting() == []


def test_paused_copies_nothing_and_forgets_nothing(shop: Shop, hubspot: PretendHubSpot, crm: int) -> None:
    from answerback.store.queries import crm as rows
    from answerback.workflow import clock, copying, crms, transaction

    crms.set_paused(crm)
    shop.lead()
    assert transaction.run(lambda cursor: rows.due_crms(cursor, clock.now())) == []
    assert crms.try_now(crm) == 3
    copying.copy_due(crm)
    assert len(hubspot.of("contacts")) == 1


def _at(crm: int, hubspot: PretendHubSpot) -> None:
    from answerback.store import models
    from answerback.store.secrets import seal, unseal

    row = models.OutsideCrm.objects.get(id=crm)
    models.OutsideCrm.objects.filter(id=crm).update(sealed=seal(unseal(row.sealed) | {"api_base": hubspot.url}))
