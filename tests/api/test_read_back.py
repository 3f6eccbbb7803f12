"""Each area of the API: what a program wrote there is what it reads there."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from answerback.engine.events import CallEnded, CallRang, TimerDue
from answerback.store.queries import ledger
from answerback.workflow import clock, transaction, turn

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop

    from answerback.engine.events import Event
    from answerback.store import models

MONDAY = [{"weekday": 0, "opens": "08:00", "closes": "12:00"}]
DEADLINE = "2026-03-13T15:00:00Z"


def done(answer: Any) -> Any:
    """What was answered; nothing where it is 204."""
    assert answer.status_code in {200, 201, 202, 204}, answer.content
    return None if answer.status_code == 204 else answer.json()


def only(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_places_and_their_hours(shop: Shop, program: Program) -> None:
    done(program.post("/business", {"name": "Rivera and Sons", "language": "es"}, method="PATCH"))
    assert program.get("/business").json()["name"] == "Rivera and Sons"
    place = done(program.post("/locations", {"name": "North"}))["id"]
    changed = {"address": "1 Main St", "zone": "America/Denver", "line_ids": [shop.line.id]}
    done(program.post(f"/locations/{place}", changed, method="PATCH"))
    assert only(program.items("/locations"), "name", "address", "zone", "own_hours") == [
        ("North", "1 Main St", "America/Denver", False)
    ]
    assert program.get(f"/lines/{shop.line.id}").json()["location"] == "North"
    hours = {"shifts": MONDAY, "closed_days": ["2026-12-24"]}
    done(program.post(f"/locations/{place}/hours", hours, method="PUT"))
    assert program.get(f"/locations/{place}/hours").json() == hours
    done(program.post(f"/locations/{place}/rules", {"values": {"texts_per_day": "3"}}, method="PATCH"))
    rules = {each["name"]: each for each in program.get(f"/locations/{place}/rules").json()["items"]}
    assert (rules["texts_per_day"]["value"], rules["texts_per_day"]["level"]) == ("3", "location")
    everywhere = {each["name"]: each["value"] for each in program.get("/rules").json()["items"]}
    assert everywhere["texts_per_day"] != "3"


def test_hours_of_one_line(shop: Shop, other: Shop, program: Program) -> None:
    at = f"/lines/{shop.line.id}/hours"
    assert program.get(at).json() == {"shifts": None}
    assert done(program.post(at, {"shifts": MONDAY}, method="PUT")) == {"shifts": MONDAY}
    assert program.get(at).json() == {"shifts": MONDAY}
    twice = program.post(at, {"shifts": MONDAY * 2}, method="PUT")
    assert (twice.status_code, twice.json()["detail"]) == (409, "Monday: two shifts overlap.")
    done(program.post(at, {"shifts": None}, method="PUT"))
    assert program.get(at).json() == {"shifts": None}
    assert program.post(f"/lines/{other.line.id}/hours", {"shifts": None}, method="PUT").status_code == 404


def test_calls_on_their_way_to_a_line(shop: Shop, program: Program) -> None:
    from answerback.store import models

    at = f"/lines/{shop.line.id}"
    assert only(program.get(f"{at}/forwarding-codes", carrier="verizon").json()["items"], "dial") == [
        ("*715125550100",)
    ]
    assert program.post(f"{at}/forwarding/test").json()["code"] == "not_possible"
    own = program.post(f"{at}/forwarding", {"shop": shop.line.number}, method="PUT")
    assert (own.status_code, own.json()["detail"][:24]) == (409, "That is this line itself")
    assert program.post(f"{at}/forwarding", {"shop": "+15125550177", "every_days": 3}, method="PUT").status_code == 422
    done(program.post(f"{at}/forwarding", {"shop": "(512) 555-0177", "every_days": 7}, method="PUT"))
    assert done(program.post(f"{at}/forwarding/test")) == {"placed": False}, "nobody answers for the pretend phones"
    told = program.get(f"{at}/forwarding").json()
    assert (told["shop"], told["every_days"]) == ("+15125550177", 7)
    assert only(told["tests"], "number", "state") == [("+15125550177", "failed")]
    assert told["tests"][0]["says"] != ""
    models.LineFinding.objects.create(
        business=shop.business,
        line=shop.line,
        name="forwarding",
        level="red",
        says="Lost.",
        fix="Dial it again.",
        since=clock.now(),
        checked_at=clock.now(),
    )
    assert only(program.items("/line-findings", level="red"), "line_id", "says", "fix") == [
        (shop.line.id, "Lost.", "Dial it again.")
    ]


def test_lines_and_their_accounts(shop: Shop, program: Program) -> None:
    (account,) = program.items("/connections")
    assert (account["provider"], "settings" in account) == ("simulator", False)
    assert [each["ok"] for each in done(program.post(f"/connections/{account['id']}/test"))["items"]] == [False]
    at = f"/lines/{shop.line.id}"
    first = program.get(f"{at}/settings").json()
    assert first["only_listens"] is True
    refused = program.post(f"{at}/settings", {"values": {"no such": "1"}}, method="PATCH")
    assert (refused.status_code, [each["field"] for each in refused.json()["errors"]]) == (409, ["no such"])
    assert program.post(f"{at}/connect", {"do": False}).json()["code"] == "not_possible"


def test_where_callers_find_a_line_is_said_anew(shop: Shop, program: Program) -> None:
    at = f"/lines/{shop.line.id}"
    assert done(program.post(at, {"source": "  Yellow   pages "}, method="PATCH"))["source"] == "Yellow pages"
    assert program.get(at).json()["source"] == "Yellow pages"
    assert program.post(at, {"source": ""}, method="PATCH").status_code == 422
    blank = program.post(at, {"source": "   "}, method="PATCH")
    assert (blank.status_code, blank.json()["detail"]) == (409, "Write where callers find this number.")
    assert program.post("/lines/999999", {"source": "Radio"}, method="PATCH").status_code == 404
    assert program.get(at).json()["source"] == "Yellow pages"


def test_who_works_there(shop: Shop, program: Program) -> None:
    mo = done(program.post("/members", {"name": "Mo", "email": "mo@example.com", "role": "desk"}))
    id, link = mo["member"]["id"], mo["link"]
    assert done(program.post(f"/members/{id}/join-link"))["link"] != link
    done(program.post(f"/members/{id}", {"role": "technician", "phone": "5125550190", "on_call": True}, method="PATCH"))
    done(program.post(f"/members/{id}/waking", {"rings": True, "relays": True}, method="PUT"))
    told = program.get(f"/members/{id}").json()
    assert only([told], "role", "phone", "on_call", "rings", "relays") == [
        ("technician", "+15125550190", True, True, True)
    ]
    assert done(program.post(f"/members/{id}/sign-out")) == {"signed_out": False}
    done(program.post(f"/members/{id}", method="DELETE"))
    assert [each["name"] for each in program.items("/members")] == ["Alice"]
    assert "api:let_member_go" in {each["what"] for each in program.items("/audit-entries")}


def test_who_is_on_call(shop: Shop, program: Program) -> None:
    alice = shop.owner.id
    done(program.post(f"/members/{alice}", {"phone": "+15125550191"}, method="PATCH"))
    week = {"member_id": alice, "days": [0, 7], "starts": "17:00", "ends": "08:00", "rung": 2}
    made = done(program.post("/on-call/shifts", week))["items"]
    assert only(program.items("/on-call/shifts", member=alice), "weekday", "starts", "rung") == [
        (7, "17:00:00", 2), (0, "17:00:00", 2),
    ]  # fmt: skip
    done(program.post(f"/on-call/shifts/{made[0]['id']}", method="DELETE"))
    assert only(program.items("/on-call/shifts"), "weekday") == [(0,)]
    once = {"member_id": None, "starts_at": "2026-03-12T00:00:00Z", "ends_at": DEADLINE, "reason": "Fair"}
    override = done(program.post("/on-call/overrides", once))
    assert only(program.items("/on-call/overrides"), "member_id", "reason") == [(None, "Fair")]
    done(program.post(f"/on-call/overrides/{override['id']}", method="DELETE"))
    assert program.items("/on-call/overrides") == []
    code = done(program.post("/on-call/drill"))["code"]
    assert only(program.items("/pages", open=True), "reason") == [("drill",)], code
    done(program.post("/on-call/drill", method="DELETE"))
    assert program.items("/pages", open=True) == []


def test_who_can_be_booked_and_when(shop: Shop, program: Program) -> None:
    alice = shop.owner.id
    days = {"bookable": True, "shifts": MONDAY, "location_id": None}
    done(program.post(f"/members/{alice}/bookable", days, method="PUT"))
    assert program.get(f"/members/{alice}/bookable").json() == days
    off = {"starts_at": "2026-03-16T13:00:00Z", "ends_at": "2026-03-16T17:00:00Z", "why": "Dentist"}
    kept = done(program.post(f"/members/{alice}/time-off", off))
    assert only(program.items("/time-off", member=alice), "starts_at", "why") == [(off["starts_at"], "Dentist")]
    assert [each[:10] for each in openings(program)] == ["2026-03-23"] * len(openings(program)), "the 16th is off"
    obstacles = program.get("/openings/why-not", starts_at="2026-03-16T14:00:00Z").json()["items"]
    assert obstacles != []
    done(program.post(f"/time-off/{kept['time_off']['id']}", method="DELETE"))
    assert openings(program)[0][:10] == "2026-03-16"
    vans = done(program.post("/things", {"kind": "van", "count": 2}))["items"]
    done(program.post(f"/things/{vans[0]['id']}", {"name": "Old van", "active": False}, method="PUT"))
    assert only(program.items("/things", kind="van"), "name", "active")[0] == ("Old van", False)
    way = done(program.post("/ways", {"one": "78704", "other": "78701", "minutes": 25}, method="PUT"))
    assert only(program.items("/ways"), "one", "other", "minutes") == [("78701", "78704", 25)]
    done(program.post(f"/ways/{way['id']}", method="DELETE"))
    assert program.items("/ways") == []


def test_what_stands_in_a_calendar_besides_appointments(shop: Shop, other: Shop, program: Program) -> None:
    alice = shop.owner.id
    done(program.post(f"/members/{alice}/bookable", {"bookable": True, "shifts": MONDAY}, method="PUT"))
    monday = {"title": " School  run ", "starts_at": "2026-03-16T13:00:00Z", "ends_at": "2026-03-16T17:00:00Z"}
    put = done(program.post(f"/members/{alice}/own-entries", monday | {"weeks": 3}))["items"]
    assert only(put, "title", "starts_at", "repeats") == [
        ("School run", f"2026-03-{day}T13:00:00Z", True) for day in (30, 23, 16)
    ]
    assert {each[:10] for each in openings(program)}.isdisjoint({"2026-03-16", "2026-03-23", "2026-03-30"})
    between = {"ends_after": "2026-03-16T17:00:00Z", "starts_before": "2026-03-30T13:00:00Z", "member": alice}
    assert program.items("/own-entries", **between) == [put[1]], "those that touch the moments only are not between"
    page = program.get("/own-entries", limit=2).json()
    assert page["items"] == put[:2]
    assert program.items("/own-entries", limit=2, cursor=page["next"]) == put[2:]
    at = f"/own-entries/{put[1]['id']}"
    later = {"title": "Dentist", "starts_at": "2026-03-23T13:00:00Z", "ends_at": "2026-03-23T14:00:00Z", "free": True}
    changed = done(program.post(at, later | {"version": put[1]["version"]}, method="PUT"))
    assert program.get(at).json() == changed
    assert only([changed], *later) == [tuple(later.values())]
    assert openings(program)[0][:10] == "2026-03-23", "it is only shown now"
    late = program.post(at, later | {"title": "Doctor", "version": put[1]["version"]}, method="PUT")
    assert (late.status_code, late.json()["code"], program.get(at).json()) == (409, "outdated", changed)
    over = program.post(f"/members/{alice}/own-entries", monday | {"ends_at": "2026-03-15T17:00:00Z"})
    assert (over.status_code, over.json()["detail"]) == (409, "It ends before it begins. Write the earlier time first.")
    assert done(program.post(f"{at}?and_later=true", method="DELETE")) == {"count": 2}
    assert program.items("/own-entries") == [put[2] | {"repeats": False}]
    assert done(program.post(f"/own-entries/{put[2]['id']}", method="DELETE")) == {"count": 1}
    assert (program.items("/own-entries"), program.get(at).status_code) == ([], 404)
    assert program.post(f"/members/{other.owner.id}/own-entries", monday).status_code == 404


def openings(program: Program) -> list[str]:
    return [each["starts_at"] for each in program.items("/openings")]


def test_what_can_be_booked_and_what_came_of_it(shop: Shop, program: Program) -> None:
    there = shop.conversation(131, name="Maria")
    done(program.post(f"/members/{shop.owner.id}/bookable", {"bookable": True}, method="PUT"))
    terms = {"minutes": 90, "before": 15, "deposit_cents": 5000}
    done(program.post("/appointment-types/toilet", terms, method="PUT"))
    assert only(program.items("/appointment-types"), "service", "minutes", "before", "deposit_cents") == [
        ("toilet", 90, 15, 5000)
    ]
    first = program.items("/openings", conversation=there.id)[0]["starts_at"]
    booked = done(program.post("/appointments", {"conversation_id": there.id, "starts_at": first}))
    told = program.get(f"/appointments/{booked['id']}").json()
    assert (told["starts_at"], told["status"], told["member"]) == (first, "booked", "Alice")
    with clock.using(lambda: clock_after(first)):
        done(program.post(f"/appointments/{booked['id']}/end", {"kept": True, "cents": 12000}))
    told = program.get(f"/appointments/{booked['id']}").json()
    assert (told["status"], told["cents"]) == ("done", 12000)


def clock_after(moment: str) -> Any:
    return datetime.fromisoformat(moment) + timedelta(hours=3)


def test_contacts_and_who_they_are(shop: Shop, program: Program) -> None:
    maria, again = shop.conversation(131, name="Maria").contact_id, shop.conversation(132, name="Maria").contact_id
    done(program.post(f"/contacts/{maria}", {"email": "m@example.com"}, method="PATCH"))
    ana = done(program.post(f"/contacts/{maria}/people", {"name": "Ana", "note": "Her sister"}))
    assert only(program.items("/people", contact=maria), "name", "note") == [("Ana", "Her sister")]
    done(program.post(f"/people/{ana['id']}", method="DELETE"))
    assert program.items("/people") == []
    done(program.post(f"/contacts/{again}", {"email": "m@example.com"}, method="PATCH"))
    (pair,) = program.items("/contacts/duplicates")
    merge = done(program.post(f"/contacts/{maria}/merge", {"contact_id": again}))
    assert only(program.items("/merges"), "kept_id", "gone_id", "undone_at") == [(maria, again, None)], pair
    done(program.post(f"/merges/{merge['id']}/undo"))
    done(program.post(f"/contacts/{maria}/apart", {"contact_id": again}))
    assert program.items("/contacts/duplicates") == []
    words = {
        "name": "Maria Pena",
        "on": "2026-03-10",
        "way": "paper",
        "words": "Yes, you may text me about my repairs.",
    }
    done(program.post(f"/contacts/{maria}/agreed-in-writing", words))
    turn.run()
    assert program.get(f"/contacts/{maria}").json()["consent"] == "marketing_written"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(program.get(f"/contacts/{maria}/everything").streaming_content)))
    told = [json.loads(line) for line in archive.read("tables/contact.jsonl").splitlines()]
    assert only(told, "number", "email") == [("+15125550131", "m@example.com")]
    whole = zipfile.ZipFile(io.BytesIO(b"".join(program.get("/everything").streaming_content)))
    assert len(whole.read("tables/contact.jsonl").splitlines()) == 2


def test_texts_and_calls_of_a_conversation(shop: Shop, program: Program) -> None:
    from answerback.store import models

    there = shop.conversation(131)
    text = done(program.post(f"/conversations/{there.id}/messages", {"body": "On our way"}))
    assert program.get(f"/messages/{text['id']}").json()["body"] == "On our way"
    assert done(program.post(f"/messages/{text['id']}/hold-back"))["status"] == "withdrawn"
    done(program.post(f"/conversations/{there.id}/called-back", {"talked": True}))
    done(program.post(f"/conversations/{there.id}/number-is", {"number_is": "supplier"}))
    picture = models.Attachment.objects.create(
        business=shop.business,
        conversation=there,
        kind="picture",
        state="kept",
        content=b"a picture",
        content_type="image/jpeg",
        created_at=clock.now(),
    )
    (listed,) = program.items("/attachments", conversation=there.id)
    file = program.get(f"/attachments/{listed['id']}/file")
    assert (file.content, file.headers["Content-Type"]) == (b"a picture", "image/jpeg")
    models.Attachment.objects.filter(id=picture.id).update(state="gone", content=None)
    assert program.get(f"/attachments/{listed['id']}/file").status_code == 404
    done(program.post(f"/conversations/{there.id}/done"))
    assert done(program.post(f"/conversations/{there.id}/open-again"))["done_at"] is None
    done(program.post(f"/conversations/{there.id}/stop"))
    assert only(program.items("/opt-outs", standing=True), "number") == [("+15125550131",)]


def happened(shop: Shop, there: models.Conversation, *events: Event, due: datetime | None = None) -> None:
    """Told to the machine as the phone system would; then the machine takes its turn."""
    own = [ledger.Own(business=shop.business.id, conversation=there.id, event=event, due_at=due) for event in events]
    transaction.run(lambda cursor: ledger.record(cursor, own, clock.now()))
    while turn.run():
        pass


def test_what_became_of_a_call_and_what_is_planned(shop: Shop, program: Program) -> None:
    from answerback.store import models

    there, now, line = shop.conversation(131), clock.now(), shop.line.number
    rang = CallRang(at=now - timedelta(seconds=60), call="a", line=line)
    ended = CallEnded(at=now - timedelta(seconds=40), call="a", line=line, outcome="no_answer", rang_seconds=20)
    happened(shop, there, rang, ended)
    assert only(program.items("/calls", conversation=there.id), "call", "missed") == [("a", True)]
    done(program.post(f"/conversations/{there.id}/calls/a/correction", {"came": "served"}))
    turn.run()
    assert only(program.items("/calls", conversation=there.id), "call", "missed") == [("a", False)]
    assert program.post(f"/conversations/{there.id}/calls/b/correction", {"came": "served"}).status_code == 409
    maria, due = shop.conversation(132), now + timedelta(hours=2)
    models.Conversation.objects.filter(id=maria.id).update(
        state={"phase": "learning", "timers": 7, "timer_at": due.isoformat()}
    )
    happened(shop, maria, TimerDue(at=now, timer="nudge", ref="7"), due=due)
    (planned,) = program.items("/planned-texts", conversation=maria.id)
    assert (planned["kind"], planned["due_at"]) == ("nudge", "2026-03-11T17:00:00Z")
    for act, why in (("hold-back", "held it back."), ("let-go", "let it go after all.")):
        done(program.post(f"/planned-texts/{planned['id']}/{act}"))
        turn.run()
        said = program.items("/receipts", conversation=maria.id)[0]["why"]
        assert said.endswith(why), said
    text = models.Message.objects.create(
        business=shop.business, conversation=maria, contact=maria.contact, line=shop.line, author="machine",
        to=maria.contact.number, key="t1", body="What is your address?", status="queued", created_at=now, due_at=due,
    )  # fmt: skip
    assert done(program.post(f"/messages/{text.id}/hold-back"))["status"] == "withdrawn"
    assert program.get(f"/messages/{text.id}").json()["status"] == "withdrawn"
    done(program.post(f"/messages/{text.id}/let-go"))
    assert program.get(f"/messages/{text.id}").json()["status"] == "queued"


def test_money_that_is_given_back(shop: Shop, program: Program) -> None:
    from answerback.store import models

    shop.conversation(131)
    lead = models.Lead.objects.get().id
    done(program.post(f"/leads/{lead}/outcome", {"status": "won", "cents": 90000, "job": "J-7"}))
    (first,) = program.items("/revenue", lead=lead)
    refund = done(program.post(f"/revenue/{first['id']}/refund", {"cents": 20000, "why": "A part was faulty"}))
    assert (refund["reverses"], refund["cents"]) == (first["id"], -90000)
    left = {each["cents"] for each in program.items("/revenue", lead=lead) if each["counts"]}
    assert (left, program.get(f"/revenue/{first['id']}").json()["counts"]) == ({70000}, False)
    twice = program.post(f"/revenue/{first['id']}/refund", {"cents": 20000})
    assert twice.status_code == 409
    (standing,) = [each for each in program.items("/revenue", lead=lead) if each["counts"]]
    done(program.post(f"/revenue/{standing['id']}/take-back", {"why": "Never paid"}))
    assert [each for each in program.items("/revenue", lead=lead) if each["counts"]] == []


def test_words_that_are_sent_often(shop: Shop, program: Program) -> None:
    kept = done(program.post("/snippets", {"name": "way", "body": "On our way"}, method="PUT"))
    done(program.post("/snippets", {"name": "way", "body": "We are on our way"}, method="PUT"))
    assert only(program.items("/snippets"), "id", "name", "body") == [(kept["id"], "way", "We are on our way")]
    done(program.post(f"/snippets/{kept['id']}", method="DELETE"))
    assert program.items("/snippets") == []
    todo = shop.todo(shop.conversation(131))
    done(program.post(f"/todos/{todo.id}/close", {"outcome": "reached"}))
    assert done(program.post(f"/todos/{todo.id}/open-again"))["closed_at"] is None
