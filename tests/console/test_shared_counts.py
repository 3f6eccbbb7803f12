"""What is counted at the door counts in every process: one web process after the other gave as many tries anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.cache.backends import locmem
from django.test import Client
from tests.console.test_sealed_steps import STEP, _app_code
from tests.console.test_sealed_steps import codes as codes  # noqa: PLC0414  a fixture
from tests.console.test_second_step import _sign_in

if TYPE_CHECKING:
    from django.http import HttpResponse


def _in_another_process() -> None:
    """What a process keeps for itself is not there."""
    for kept in (*locmem._caches.values(), *locmem._expire_info.values()):
        kept.clear()


def test_a_code_opens_once_in_whichever_process(codes: list[str]) -> None:
    """Somebody who saw it typed had a minute and a half to use it at another one."""
    code, came = _app_code(), []
    for _twice in range(2):
        client = Client()
        _sign_in(client)
        client.post(f"{STEP}/authenticate/", {"code": code})
        came.append(client.get("/").status_code)
        _in_another_process()
    assert came == [200, 302]


def test_wrong_codes_are_counted_across_processes(codes: list[str]) -> None:
    client = Client()
    _sign_in(client)
    said = []
    for _time in range(40):
        answer: HttpResponse = client.post(f"{STEP}/authenticate/", {"code": "000000"})
        said.append(b"tried too often" in answer.content)
        _in_another_process()
    assert (said[0], said[-1]) == (False, True)


def test_links_to_new_passwords_are_counted_across_processes(shop: Any, mailoutbox: list[Any]) -> None:
    for _time in range(40):
        Client().post("/account/password/forgotten", {"email": "alice@example.com"})
        _in_another_process()
    assert 0 < len(mailoutbox) < 20


def test_it_keeps_as_a_cache_does(db: None) -> None:
    assert (cache.add("a", [1.5], 60), cache.add("a", [2], 60), cache.get("a")) == (True, False, [1.5])
    cache.set("a", "new", 60)
    assert (cache.get("a"), cache.touch("a", 60), cache.has_key("a")) == ("new", True, True)
    assert (cache.delete("a"), cache.delete("a"), cache.get("a", "gone")) == (True, False, "gone")
    cache.set("a", 1, -1)
    cache.set("b", True, 0)
    assert (cache.get("a"), cache.get("b"), cache.touch("b", 60), cache.add("a", 2, 60)) == (None, None, False, True)
    cache.set("ever", {"x": None}, None)
    assert cache.get("ever") == {"x": None}
    cache.clear()
    assert cache.get("ever") is None
