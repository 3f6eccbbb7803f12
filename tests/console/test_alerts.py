"""One's own ways to be alerted: added, tried, changed, removed, and nobody else's."""

from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.adapters import guard
from answerback.store import models
from answerback.store.queries import alerts
from answerback.store.queries.notices import REMOVED_KEPT
from answerback.store.secrets import unseal
from answerback.workflow import alert_ways, transaction
from answerback.workflow.actors import NotAllowed

QUIET = {"quiet_from": "21:00", "quiet_to": "07:00"}


def _add(client: Client, address: str, **more: Any) -> Any:
    given = {"by": "apprise", "address": address, "hears": ["lead", "todo"], **more}
    return client.post("/account/alerts/add", given)


def test_a_way_is_added_tried_changed_and_removed(alice: Client, http_receiver: Any) -> None:
    with guard.allowing("127.0.0.1"):
        address = f"json://127.0.0.1:{http_receiver.port}/secret-path"
        assert _add(alice, address, **QUIET).status_code == 302
        way = models.AlertWay.objects.get()
        assert (way.name, way.hears, unseal(way.sealed)) == ("JSON", ["lead", "todo"], {"address": address})
        page = alice.post(f"/account/alerts/{way.id}/test", follow=True).content.decode()
        assert ("JSON took it." in page, "secret-path" in page) == (True, False)
        http_receiver.status = 500
        page = alice.post(f"/account/alerts/{way.id}/test", follow=True).content.decode()
        assert "error=500" in page
        assert len(http_receiver.bodies) == 2
    alice.post(f"/account/alerts/{way.id}/change", {"hears": ["reply"]})
    way.refresh_from_db()
    assert (way.hears, way.quiet_from) == (["reply"], None)
    alice.post(f"/account/alerts/{way.id}/remove")
    way.refresh_from_db()
    assert (way.removed_at is None, unseal(way.sealed)) == (False, {"address": address})
    transaction.run(lambda cursor: alerts.forget_removed(cursor, NOW + REMOVED_KEPT))
    way.refresh_from_db()
    assert bytes(way.sealed) == b""


def test_only_its_own_member_gets_a_removed_way_back_and_only_for_an_hour(alice: Client, shop: Any) -> None:
    models.Member.objects.filter(name="Alice").update(phone="+15125550190", confirmed="+15125550190")
    alice.post("/account/alerts/add", {"by": "text", "hears": ["lead"]})
    way = models.AlertWay.objects.get()
    alice.post(f"/account/alerts/{way.id}/remove")
    for member in (models.Member.objects.get(name="Charlie").id, None):
        with pytest.raises(NotAllowed):
            alert_ways.put_back(member, way.id)
    models.AlertWay.objects.update(removed_at=NOW - REMOVED_KEPT)
    with pytest.raises(NotAllowed, match="forgotten by now"):
        alert_ways.put_back(way.member_id, way.id)


def test_bad_input_is_told_and_loses_nothing(alice: Client) -> None:
    answer = _add(alice, "syslog://")
    page = answer.content.decode()
    assert (answer.status_code, 'value="syslog://"' in page, "not among the services" in page) == (409, True, True)
    assert "needs you" not in page
    assert _add(alice, "ntfys://topic", quiet_from="nine").status_code == 409
    assert _add(alice, "ntfys://topic", quiet_from="21:00").status_code == 409
    assert _add(alice, "ntfys://topic", hears=[]).status_code == 409
    assert models.AlertWay.objects.count() == 0


def test_not_even_a_colleague_sees_or_touches_it(alice: Client, bob: Client) -> None:
    _add(bob, "ntfys://bobs-topic")
    way = models.AlertWay.objects.get()
    assert alice.get("/account/alerts").context["ways"] == []
    for act in ("change", "test", "remove"):
        assert alice.post(f"/account/alerts/{way.id}/{act}", {"hears": ["lead"]}).status_code == 404
    way.refresh_from_db()
    assert (way.removed_at, way.hears) == (None, ["lead", "todo"])
