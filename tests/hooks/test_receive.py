"""What knocks at the door: kept before a 2xx, turned away with the right 4xx, and never more than a security event
stored.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from answerback.adapters.signed_json import signed_headers
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import directory, turn

ANN = "+15125550131"
LINE = "+15125550100"


def fact(world: World, **changed: Any) -> dict[str, Any]:
    """A call that rang out."""
    moment = world.now.isoformat()
    fields = {"id": "f1", "kind": "ended", "at": moment, "call": "c1", "caller": ANN, "line": LINE}
    return {**fields, "outcome": "no_answer", "rang_seconds": 20, **changed}


def knock(world: World, body: bytes, *, what: str = "call", client: Any = None, **how: Any) -> tuple[int, str]:
    """Post this body, signed unless `headers` say otherwise; the status and the words of the answer."""
    path = how.pop("path", f"/hooks/simulator/{world.shop.connection}/{what}")
    signed = signed_headers(secret=world.shop.secret, url=f"http://localhost{path}", body=body, at=world.now)
    headers = how.pop("headers", signed)
    answer = (client or world.stack.client).generic(
        how.pop("method", "POST"), path, body, content_type="application/json", headers=headers, **how
    )
    return answer.status_code, answer.content.decode()


def knock_fact(world: World, **changed: Any) -> int:
    return knock(world, json.dumps(fact(world, **changed)).encode())[0]


def stored() -> tuple[int, int, int]:
    """Events that were reported, contacts and conversations there are."""
    own = {"connection": None}
    return (
        models.Event.objects.exclude(**own).count(),
        models.Contact.objects.count(),
        models.Conversation.objects.count(),
    )


def turned_away() -> list[str]:
    return list(models.SecurityEvent.objects.order_by("id").values_list("kind", flat=True))


def test_what_is_signed_and_whole_is_kept_once_however_often_it_comes(world: World) -> None:
    assert [knock_fact(world) for _ in range(5)] == [204] * 5
    assert stored() == (1, 1, 1)
    assert turned_away() == []


def test_same_event_on_many_threads_is_kept_once(world: World, visitor: Any) -> None:
    body = json.dumps(fact(world)).encode()

    def one(_: int) -> int:
        try:
            return knock(world, body, client=visitor())[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(40))) == {204}
    assert stored() == (1, 1, 1)


def test_many_calls_of_many_people_at_once_make_one_conversation_each(world: World, visitor: Any) -> None:
    def one(each: int) -> int:
        try:
            changed = {"id": f"f{each}", "call": f"c{each}", "caller": f"+1512555{each % 10:04d}"}
            body = json.dumps(fact(world, **changed)).encode()
            return knock(world, body, client=visitor())[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(60))) == {204}
    assert stored() == (60, 10, 10)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b"[1, 2]", 400, "malformed"),
        (b'{"id": "f1"}', 400, "malformed"),
        (b"[" * 60_000, 400, "malformed"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "malformed"),
        (b'{"id": ' + b"9" * 5000 + b"}", 400, "malformed"),
        (b"x" * (64 * 1024 + 1), 413, "oversized"),
        (b'{"id": NaN}', 400, "malformed"),
    ],
    ids=["empty", "not UTF-8", "a list", "too little", "nested", "deep", "a long number", "over the limit", "NaN"],
)
def test_malformed_is_turned_away(world: World, body: bytes, status: int, kind: str) -> None:
    answered, words = knock(world, body)
    assert (answered, turned_away(), stored()) == (status, [kind], (0, 0, 0))
    assert "Traceback" not in words
    assert words.count("\n") == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"caller": "5125550131"},
        {"caller": "+1" + "5" * 40},
        {"line": "Website"},
        {"at": "yesterday"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"id": "x" * 300},
        {"id": ""},
        {"rang_seconds": -1},
        {"rang_seconds": 10**30},
        {"call": None},
    ],
    ids=str,
)
def test_senseless_values_are_turned_away_and_never_asked_for_again(world: World, changed: dict[str, Any]) -> None:
    assert (knock_fact(world, **changed), turned_away(), stored()) == (400, ["malformed"], (0, 0, 0))


@pytest.mark.parametrize(
    "changed",
    [
        {"call": "c\0\0", "note": "\0"},
        {"kind": "text", "text": "half \ud83d of a pair"},
        {"kind": "text", "text": "💧" * 2000},
        {"call": "c" * 200, "kind": "voicemail", "seconds": 20, "caller": None},
        {"note": {"deep": [[[[[1e308, 10**25, -0.0]]]]]}},
        {"": "", "👻": None},
    ],
    ids=["NUL", "half a pair", "emoji", "long call", "numbers", "odd names"],
)
def test_odd_but_storable_is_kept_and_takes_its_turn(world: World, changed: dict[str, Any]) -> None:
    assert (knock_fact(world, **changed), stored()) == (204, (1, 1, 1))
    world.run(minutes=10)
    assert models.Conversation.objects.get().stuck == 0


def test_forged_and_replayed_are_turned_away(world: World) -> None:
    body = json.dumps(fact(world)).encode()
    path = f"/hooks/simulator/{world.shop.connection}/call"
    old = signed_headers(
        secret=world.shop.secret, url=f"http://localhost{path}", body=body, at=world.now - timedelta(minutes=6)
    )
    other_address = signed_headers(secret=world.shop.secret, url=f"https://localhost{path}", body=body, at=world.now)
    of_somebody = signed_headers(secret="guessed", url=f"http://localhost{path}", body=body, at=world.now)
    forged = ({}, old, other_address, of_somebody, {**old, "x-answerback-timestamp": "9" * 400})
    assert [knock(world, body, headers=headers)[0] for headers in forged] == [403] * 5
    assert knock(world, body + b" ", headers={})[0] == 403
    assert (turned_away(), stored()) == (["forged"] * 6, (0, 0, 0))


def test_body_in_chunks_is_read_in_full_and_within_the_limit(world: World) -> None:
    """A proxy that passes requests on as they come says no length."""

    def in_chunks(body: bytes) -> int:
        path = f"/hooks/simulator/{world.shop.connection}/call"
        signed = signed_headers(secret=world.shop.secret, url=f"http://localhost{path}", body=body, at=world.now)
        answer = world.stack.client.generic(
            "POST",
            path,
            b"",
            content_type="application/json",
            headers={**signed, "transfer-encoding": "chunked"},
            **{"wsgi.input": BytesIO(body)},
        )
        return answer.status_code

    assert in_chunks(json.dumps(fact(world)).encode()) == 204
    assert in_chunks(b"x" * 70_000) == 413
    assert (stored(), turned_away()) == ((1, 1, 1), ["oversized"])


def test_length_over_the_limit_is_refused_without_reading(world: World) -> None:
    assert knock(world, b"{}", CONTENT_LENGTH=str(10**10))[0] == 413


def test_other_methods_are_not_allowed(world: World) -> None:
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert knock(world, b"{}", method=method)[0] == 405
    assert knock(world, b"", method="GET")[0] == 400
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/hooks/simulator/999999/call",
        "/hooks/twilio/{connection}/call",
        "/hooks/nobody/{connection}/call",
        f"/hooks/simulator/{10**40}/call",
    ],
)
def test_what_is_not_ours_is_not_found(world: World, path: str) -> None:
    status, _ = knock(world, b"{}", path=path.format(connection=world.shop.connection))
    assert (status, turned_away(), stored()) == (404, ["not_ours"], (0, 0, 0))


def test_oversized_for_an_impossible_connection_is_still_413(world: World) -> None:
    assert knock(world, b"x" * 70_000, path=f"/hooks/simulator/{10**40}/call")[0] == 413


def test_line_that_is_not_ours_and_business_without_playbook_are_told_so(world: World) -> None:
    assert knock_fact(world, line="+15125559999") == 404
    models.Business.objects.update(playbook=None)
    directory.forget()
    assert knock_fact(world) == 404
    assert (turned_away(), stored()) == (["not_ours"] * 2, (0, 0, 0))


def test_unknown_kind_is_kept_aside_with_a_reason_once(world: World) -> None:
    assert [knock_fact(world, kind="fax", id="x" * 200) for _ in range(2)] == [204, 204]
    event = models.Event.objects.get()
    assert (event.kind, event.conversation_id, event.body["kind"]) == ("Ignored", None, "fax")
    assert event.handled_at is not None


@pytest.mark.within
def test_database_away_asks_for_the_request_again_and_keeps_nothing(world: World, away: Any) -> None:
    for warm in (True, False):
        if warm:
            directory.account(world.shop.connection)
        else:
            directory.forget()
        with away():
            assert knock_fact(world) == 503
            assert knock(world, b"{}", headers={})[0] in ({403} if warm else {503})
    assert stored() == (0, 0, 0)
    assert knock_fact(world) == 204


def test_secret_that_was_changed_asks_for_the_request_again(world: World) -> None:
    models.Connection.objects.update(sealed=b"sealed under another secret")
    directory.forget()
    assert knock_fact(world) == 503


def test_value_no_column_takes_is_refused_for_good_and_takes_nobody_with_it(world: World) -> None:
    """A receipt's id is too long for its column: it must not be asked for again and again."""
    receipt = {"id": "r1", "kind": "receipt", "at": world.now.isoformat(), "message": "m" * 150, "status": "delivered"}
    assert knock(world, json.dumps(receipt).encode(), what="receipt")[0] == 400
    assert turned_away() == ["malformed"]
    assert knock_fact(world) == 204


def test_flood_of_forgeries_fills_no_disk(world: World) -> None:
    for _ in range(200):
        assert knock(world, b"{}", headers={})[0] == 403
    assert len(turned_away()) == 60


def test_event_that_arrives_while_its_conversation_ends_is_in_the_next_one(world: World) -> None:
    knock_fact(world)
    while turn.run():
        pass
    models.Conversation.objects.update(ended_at=world.now)
    assert knock_fact(world) == 204
    assert stored() == (1, 1, 1)
    assert knock_fact(world, id="f2", call="c2") == 204
    assert stored() == (2, 1, 2)
    assert models.Conversation.objects.filter(ended_at=None).count() == 1


def test_text_of_staff_on_the_office_phone_takes_the_conversation(world: World) -> None:
    world.text(ANN, "my sink leaks")
    written = {"kind": "staff_text", "text": "On my way to you", "member": "Luis"}
    assert knock_fact(world, id="s1", **written) == 204
    world.settle()
    conversation = world.conversation(ANN)
    assert conversation is not None
    assert conversation.phase == "human"


def test_text_of_ours_reported_back_by_an_office_phone_is_not_taken_for_one_of_staff(world: World) -> None:
    world.text(ANN, "my sink leaks")
    world.run(seconds=5)
    (ours,) = world.texts_to(ANN)
    assert knock_fact(world, id="s1", kind="staff_text", text=ours.body) == 204
    world.settle()
    conversation = world.conversation(ANN)
    assert conversation is not None
    assert conversation.phase != "human"
    assert models.Event.objects.filter(kind="StaffTexted").count() == 0


def test_receipt_that_names_a_landline_is_remembered(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    message = world.messages(ANN)[0]
    told = {"kind": "receipt", "message": message.provider_message, "status": "sent", "line_type": "landline"}
    assert knock_fact(world, id="r1", **told) == 204
    world.settle()
    contact = models.Contact.objects.get(number=ANN)
    assert (contact.line_type, contact.untextable) == ("landline", "landline")
    assert [todo.kind for todo in world.todos(ANN)] == ["callback"]
