"""What forms of settings saved, and who was taken out, is taken back by the toast, unless somebody changed it since."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.console.conftest import signed_in

from answerback.store import models
from answerback.workflow import clock

BUSINESS = "SELECT name, phone, zone, language, currency, hours, closed_days, open_holidays, settings FROM business"
LINE = "SELECT source, hours, location_id FROM line ORDER BY id"
LOCATION = "SELECT name, address, zone, hours, closed_days, settings FROM location"
MEMBER = "SELECT name, role, phone, on_call, bookable, user_id, left_at FROM member ORDER BY id"
TYPES = "SELECT service, minutes, before, members FROM appointment_type ORDER BY id"
LINKS = "SELECT days, ended_at IS NULL FROM report_link ORDER BY id"
SINCE = "Somebody has changed this since, so it stays as it is. Look at the page again."
NAMED = {"phone": "(512) 555-0100", "zone": "America/Chicago", "language": "en", "currency": "USD"}
FORMS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/settings/business", NAMED | {"name": "Rivera & Sons"}, BUSINESS),
    ("/settings/business", NAMED | {"name": "Rivera Plumbing", "currency": "CAD"}, BUSINESS),
    (
        "/settings/hours/save",
        {"from-0-0": "07:00", "to-0-0": "11:00", "closed": "2026-12-24", "country": "US"},
        BUSINESS,
    ),
    ("/settings/rules/save", {"texts_per_day": "5", "first_text_cooldown": "48"}, BUSINESS),
    ("/settings/locations/{place}/change", {"name": "North", "zone": "", "address": "1 Elm", "lines": "{line}"}, LINE),
    ("/settings/locations/{place}/change", {"name": "South", "zone": "", "address": "1 Elm"}, LOCATION),
    ("/settings/locations/{place}/hours/save", {"from-0-0": "07:00", "to-0-0": "11:00"}, LOCATION),
    ("/settings/locations/{place}/rules/save", {"texts_per_day": "5"}, LOCATION),
    ("/settings/lines/{line}/hours/save", {"from-0-0": "07:00", "to-0-0": "11:00"}, LINE),
    ("/lines/{line}/source", {"source": "Truck"}, LINE),
    ("/people/{bob}/change", {"role": "manager", "phone": "+15125550191", "on_call": "yes"}, MEMBER),
    ("/people/{bob}/let-go", {}, MEMBER),
    ("/diary/types/save", {"service": "", "minutes": "45", "active": "yes"}, TYPES),
    ("/reports/trials/hold-out", {"share": "10"}, BUSINESS),
    ("/reports/links/new", {"days": "28", "lives": "30"}, LINKS),
)


@pytest.mark.parametrize(("address", "given", "query"), FORMS)
def test_what_was_saved_is_taken_back(shop: Any, alice: Client, address: str, given: Any, query: str) -> None:
    ids = _ids(shop)
    before = _rows(query)
    sent = {name: value.format(**ids) for name, value in given.items()}
    page = alice.post(address.format(**ids), sent, follow=True)
    saved = _rows(query)
    assert saved != before
    _undo(alice, page, "Taken back.")
    after = _rows(query)
    assert after == ([(28, False)] if query == LINKS else before)


def _ids(shop: Any) -> dict[str, Any]:
    place, _ = models.Location.objects.get_or_create(business=shop.business, name="Shop")
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    return {"place": place.id, "line": shop.line.id, "bob": bob.id}


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(cursor.fetchall(), key=repr)


def _undo(client: Client, page: Any, says: str) -> None:
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    assert toast
    done = client.post("/undo", {"undo": toast}, follow=True)
    assert [str(each) for each in done.context["messages"]] == [says]


def test_what_somebody_changed_since_stays(shop: Any, alice: Client) -> None:
    page = alice.post("/settings/business", NAMED | {"name": "Rivera & Sons"}, follow=True)
    models.Business.objects.filter(id=shop.business.id).update(name="Rivera Group")
    _undo(alice, page, SINCE)
    assert models.Business.objects.get(id=shop.business.id).name == "Rivera Group"


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/settings/business", NAMED | {"name": "Rivera & Sons"}),
        ("/settings/rules/save", {"texts_per_day": "5"}),
        ("/settings/locations/{place}/change", {"name": "South", "zone": "", "address": "1 Elm"}),
        ("/people/{rosa}/change", {"role": "desk", "phone": "+15125550191"}),
    ],
)
def test_what_a_colleague_has_saved_just_the_same_since_stays(
    shop: Any, alice: Client, bob: Client, address: str, given: Any
) -> None:
    """Their save was taken back with it, as nothing showed that there had been one."""
    models.Member.objects.filter(name="Bob").update(role="owner")
    ids = _ids(shop) | {"rosa": models.Member.objects.create(business=shop.business, name="Rosa", role="technician").id}
    other = models.Location.objects.create(business=shop.business, name="Elsewhere").id
    page = alice.post(address.format(**ids), given, follow=True)
    bob.post(f"/settings/locations/{other}/change", {"name": "North", "zone": "", "address": ""})
    stands = _standing(shop)
    assert bob.post(address.format(**ids), given, follow=True).status_code == 200
    assert _standing(shop) == stands
    _undo(alice, page, SINCE)
    assert _standing(shop) == stands


def _standing(shop: Any) -> tuple[Any, ...]:
    """Every row a form could have changed; `revision` counts what was written, the same too."""
    rows = [each for kind in (models.Business, models.Location, models.Member) for each in kind.objects.values()]
    return tuple(sorted(repr({**each, "revision": 0}) for each in rows))


def test_what_a_colleague_has_saved_of_another_thing_keeps_no_undo_from_being_done(
    shop: Any, alice: Client, bob: Client
) -> None:
    models.Member.objects.filter(name="Bob").update(role="owner")
    page = alice.post("/settings/rules/save", {"texts_per_day": "5"}, follow=True)
    alice.post("/settings/rules/save", {"texts_per_day": "5"}, follow=True)  # one's own word may be taken back
    _undo(alice, page, "Taken back.")
    page = alice.post("/settings/rules/save", {"texts_per_day": "5"}, follow=True)
    bob.post("/settings/rules/save", {"unanswered_per_day": "2"})
    _undo(alice, page, "Taken back.")
    assert models.Business.objects.get(id=shop.business.id).settings == {"unanswered_per_day": 2}
    ids = _ids(shop)
    other = models.Location.objects.create(business=shop.business, name="Elsewhere").id
    same = {"name": "South", "zone": "", "address": "1 Elm"}
    page = alice.post(f"/settings/locations/{ids['place']}/change", same, follow=True)
    bob.post(f"/settings/locations/{other}/change", same | {"name": "North"})
    _undo(alice, page, "Taken back.")


def test_other_settings_stay_as_they_are_by_then(shop: Any, alice: Client) -> None:
    page = alice.post("/settings/rules/save", {"texts_per_day": "5"}, follow=True)
    settings = models.Business.objects.get(id=shop.business.id).settings
    models.Business.objects.filter(id=shop.business.id).update(settings=settings | {"hold_out_share": 10})
    _undo(alice, page, "Taken back.")
    assert models.Business.objects.get(id=shop.business.id).settings == {"hold_out_share": 10}


def test_who_was_taken_out_by_mistake_has_again_what_nobody_took_since(
    shop: Any, alice: Client, bob: Client, now: Any
) -> None:
    member = models.Member.objects.get(business=shop.business, name="Bob")
    mine, taken = shop.conversation(131, phase="human"), shop.conversation(132, phase="human")
    models.Conversation.objects.filter(business=shop.business).update(held_by=member, assigned_to=member)
    models.Lead.objects.filter(business=shop.business).update(owner=member)
    page = alice.post(f"/people/{member.id}/let-go", follow=True)
    assert bob.get("/inbox").status_code != 200
    assert models.Todo.objects.filter(closed_at=None).count() == 2
    models.Lead.objects.filter(conversation=taken).update(owner=models.Member.objects.get(name="Alice"))
    _undo(alice, page, "Taken back.")
    assert bob.get("/inbox").status_code == 200
    held = models.Conversation.objects.filter(held_by=member, assigned_to=member).order_by("id")
    assert [each.id for each in held] == [mine.id, taken.id]
    owners = models.Lead.objects.order_by("id").values_list("owner__name", flat=True)
    assert list(owners) == ["Bob", "Alice"]
    assert models.Todo.objects.filter(closed_at=None).count() == 0


def test_only_the_todos_that_their_going_opened_are_done(shop: Any, alice: Client) -> None:
    """Those of a namesake who really left were dismissed with them, and no entry of the ledger said so."""
    member = models.Member.objects.get(business=shop.business, name="Bob")
    other = shop.todo(shop.conversation(133))
    models.Todo.objects.filter(id=other.id).update(key="left", title="Bob has left: go on with this customer")
    mine = shop.conversation(131, phase="human")
    models.Conversation.objects.filter(id=mine.id).update(held_by=member)
    page = alice.post(f"/people/{member.id}/let-go", follow=True)
    models.Member.objects.filter(id=member.id).update(name="Robert")
    _undo(alice, page, "Taken back.")
    assert [each.id for each in models.Todo.objects.filter(closed_at=None)] == [other.id]
    closed = models.Todo.objects.get(conversation=mine)
    assert (closed.outcome, closed.closed_by and closed.closed_by.name) == ("dismissed", "Alice")
    events = models.Event.objects.filter(kind="TodoClosed").values_list("conversation", "body__todo", "body__outcome")
    assert list(events) == [(mine.id, "left", "dismissed")]


def test_nobody_is_woken_any_more_for_who_was_taken_out_by_mistake(shop: Any, alice: Client, now: Any) -> None:
    """The page their going opened went on; what they answered from their own phone, and times held, stayed lost."""
    member = models.Member.objects.get(business=shop.business, name="Bob")
    mine = shop.conversation(131, phase="human")
    shop.todo(mine, urgent=True)
    models.Conversation.objects.filter(id=mine.id).update(held_by=member, relayed=True)
    until, span = now + timedelta(hours=1), (now + timedelta(days=1), now + timedelta(days=1, hours=1))
    models.Appointment.objects.create(
        business=shop.business, member=member, conversation=mine, contact=mine.contact, during=span, blocked=span,
        status="held", hold_until=until, created_at=now, updated_at=now,
    )  # fmt: skip
    stands = "SELECT held_by_id, relayed, hold_until FROM conversation c JOIN appointment a ON a.conversation_id = c.id"
    before, is_open = _rows(stands), models.Page.objects.filter(taken_at=None)
    page = alice.post(f"/people/{member.id}/let-go", follow=True)
    assert is_open.count() == 1
    assert _rows(stands) == [(None, False, now)]
    _undo(alice, page, "Taken back.")
    assert is_open.count() == 0
    assert _rows(stands) == before
    with clock.using(lambda: now + timedelta(minutes=5)):
        alice.post(f"/people/{member.id}/let-go", follow=True)
    assert is_open.count() == 1


def test_a_page_goes_on_where_they_do_not_have_the_case_again(shop: Any, alice: Client) -> None:
    member = models.Member.objects.get(business=shop.business, name="Bob")
    mine = shop.conversation(131, phase="human")
    shop.todo(mine, urgent=True)
    models.Conversation.objects.filter(id=mine.id).update(held_by=member)
    page = alice.post(f"/people/{member.id}/let-go", follow=True)
    models.Conversation.objects.filter(id=mine.id).update(phase="learning")
    _undo(alice, page, "Taken back.")
    assert models.Page.objects.filter(taken_at=None).count() == 1


def test_a_member_is_as_before_wholly_or_not_at_all(shop: Any, alice: Client) -> None:
    """Phone and turns were as before, and then the only owner had to stay owner."""
    member = models.Member.objects.get(business=shop.business, name="Bob")
    given = {"role": "owner", "phone": "+15125550191", "on_call": "yes"}
    page = alice.post(f"/people/{member.id}/change", given, follow=True)
    models.Member.objects.filter(business=shop.business, name="Alice").update(role="agency")
    saved = _rows(MEMBER)
    _undo(alice, page, "Bob is the only owner. Make somebody else owner first.")
    assert _rows(MEMBER) == saved


def test_a_location_and_its_lines_are_as_before_together_or_not_at_all(shop: Any, alice: Client) -> None:
    ids = _ids(shop)
    given = {"name": "North", "zone": "", "address": "1 Elm", "lines": ids["line"]}
    page = alice.post(f"/settings/locations/{ids['place']}/change", given, follow=True)
    models.Location.objects.filter(id=ids["place"]).update(name="South")
    _undo(alice, page, "Somebody has changed this since, so it stays as it is. Look at the page again.")
    assert models.Line.objects.get(id=ids["line"]).location_id == ids["place"]


def test_who_has_left_since_stays_as_they_left(shop: Any, alice: Client, now: Any) -> None:
    member = models.Member.objects.get(business=shop.business, name="Bob")
    page = alice.post(f"/people/{member.id}/change", {"role": "manager"}, follow=True)
    alice.post(f"/people/{member.id}/let-go", follow=True)
    gone = _rows(MEMBER)
    _undo(alice, page, "Somebody has changed this since, so it stays as it is. Look at the page again.")
    assert _rows(MEMBER) == gone


def test_nobody_is_woken_at_what_is_a_line_by_now(shop: Any, alice: Client) -> None:
    member = models.Member.objects.get(business=shop.business, name="Bob")
    models.Member.objects.filter(id=member.id).update(phone="+15125550191")
    page = alice.post(f"/people/{member.id}/change", {"role": "desk", "phone": ""}, follow=True)
    models.Line.objects.filter(id=shop.line.id).update(number="+15125550191")
    _undo(
        alice,
        page,
        "+15125550191 is a line of this business, so nobody would be woken there. Write the phone somebody carries.",
    )
    assert models.Member.objects.get(id=member.id).phone == ""


def test_only_who_may_save_takes_back(shop: Any, alice: Client, bob: Client) -> None:
    page = alice.post("/settings/business", NAMED | {"name": "Rivera & Sons"}, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    assert bob.post("/undo", {"undo": toast}).status_code == 404


def test_a_share_link_that_was_ended_by_mistake_opens_again(shop: Any, alice: Client) -> None:
    alice.post("/reports/links/new", {"days": "28", "lives": "30"}, follow=True)
    link = models.ReportLink.objects.get()
    page = alice.post(f"/reports/links/{link.id}/end", follow=True)
    assert models.ReportLink.objects.get().ended_at is not None
    _undo(alice, page, "Taken back.")
    assert models.ReportLink.objects.get().ended_at is None


def test_a_share_link_that_somebody_has_ended_since_stays_ended(shop: Any, alice: Client, now: Any) -> None:
    """The same toast stood in a second tab, and opened again what another owner had ended for good."""
    alice.post("/reports/links/new", {"days": "28", "lives": "30"}, follow=True)
    link = models.ReportLink.objects.get()
    page = alice.post(f"/reports/links/{link.id}/end", follow=True)
    models.ReportLink.objects.update(ended_at=now + timedelta(hours=1))
    _undo(alice, page, SINCE)
    assert models.ReportLink.objects.get().ended_at == now + timedelta(hours=1)


@pytest.mark.parametrize(("does", "state"), [("unpublish", "ready"), ("publish", "ready"), ("stop", "waiting")])
def test_what_was_done_with_a_video_is_taken_back(shop: Any, alice: Client, now: Any, does: str, state: str) -> None:
    row = models.Video.objects.create(
        business=shop.business, title="Us", kind="explainer", made_by="studio", state=state, created_at=now,
        published_at=now - timedelta(days=1) if does == "unpublish" else None,
    )  # fmt: skip
    stood = "SELECT state, published_at, problem FROM video"
    before = _rows(stood)
    page = alice.post(f"/videos/{row.id}/act", {"do": does}, follow=True)
    assert _rows(stood) != before
    _undo(alice, page, "Taken back.")
    assert _rows(stood) == before


def test_a_stop_that_somebody_else_pressed_since_stays(shop: Any, alice: Client, now: Any) -> None:
    """Alice stopped it, Bob tried again and stopped it: the undo of Alice's stop let it run on."""
    row = models.Video.objects.create(
        business=shop.business, title="Us", kind="explainer", made_by="studio", state="working", created_at=now,
    )  # fmt: skip
    models.Member.objects.filter(business=shop.business, name="Bob").update(role="manager")
    manager = signed_in("bob@example.com")
    page = alice.post(f"/videos/{row.id}/act", {"do": "stop"}, follow=True)
    for minutes, does in ((1, "again"), (2, "stop")):
        with clock.using(lambda minutes=minutes: now + timedelta(minutes=minutes)):
            manager.post(f"/videos/{row.id}/act", {"do": does}, follow=True)
    _undo(alice, page, SINCE)
    assert models.Video.objects.get().state == "stopped"


def test_an_undo_of_a_stop_pressed_twice_stops_at_once(shop: Any, alice: Client, now: Any) -> None:
    """It would have tried again what has failed since."""
    row = models.Video.objects.create(
        business=shop.business, title="Us", kind="explainer", made_by="studio", state="working", created_at=now,
    )  # fmt: skip
    page = alice.post(f"/videos/{row.id}/act", {"do": "stop"}, follow=True)
    _undo(alice, page, "Taken back.")
    models.Video.objects.update(state="failed", problem="It is dark.")
    _undo(alice, page, SINCE)
    assert models.Video.objects.get().state == "failed"


@pytest.mark.parametrize("since", ["withdrawn", "drawn", "published"])
def test_a_video_stays_as_somebody_left_it_since(shop: Any, alice: Client, now: Any, since: str) -> None:
    row = models.Video.objects.create(
        business=shop.business, title="Us", kind="explainer", made_by="studio", state="ready", created_at=now,
        published_at=now - timedelta(days=1),
    )  # fmt: skip
    release = models.Release.objects.create(video=row, person="Maria", signed_on=now.date(), scope="Everything", at=now)
    page = alice.post(f"/videos/{row.id}/act", {"do": "unpublish"}, follow=True)
    if since == "withdrawn":
        alice.post(f"/videos/{row.id}/act", {"do": "withdraw"}, follow=True)
        assert models.Release.objects.get(id=release.id).withdrawn_at is not None
    else:
        changes = {"beat_at": now} if since == "drawn" else {"published_at": now + timedelta(hours=1)}
        models.Video.objects.update(**changes)
    before = _rows("SELECT state, published_at, beat_at FROM video")
    _undo(alice, page, SINCE)
    assert _rows("SELECT state, published_at, beat_at FROM video") == before


@pytest.mark.parametrize(
    ("stood", "says"),
    [
        (("publish", "ready", True), "It is so already. Nothing was changed."),
        (("unpublish", "ready", False), "It is so already. Nothing was changed."),
        (("stop", "ready", False), "It is so already. Nothing was changed."),
        (("stop", "arriving", False), "Stopped."),
    ],
)
def test_what_nothing_takes_back_offers_no_undo(
    shop: Any, alice: Client, now: Any, stood: tuple[str, str, bool], says: str
) -> None:
    does, state, published = stood
    video = models.Video.objects.create(
        business=shop.business, title="Us", kind="explainer", made_by="upload", state=state, created_at=now,
        published_at=now if published else None,
    )  # fmt: skip
    page = alice.post(f"/videos/{video.id}/act", {"do": does}, follow=True)
    assert [(str(each), each.extra_tags) for each in page.context["messages"]] == [(says, "")]
