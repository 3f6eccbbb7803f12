"""The typed client that is made from the description talks to the product over real HTTP.

Marked slow: its generator is fetched from the package index when it is not there yet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer
    from tests.api.conftest import Program, Shop


@pytest.fixture
def client_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    from answerback.testing import client

    client.make(tmp_path / "answerback_client")
    monkeypatch.syspath_prepend(tmp_path)
    yield "answerback_client"
    for name in [name for name in sys.modules if name.startswith("answerback_client")]:
        del sys.modules[name]


@pytest.mark.slow
def test_the_client_reads_and_acts(shop: Shop, program: Program, live_server: LiveServer, client_package: str) -> None:
    def part(path: str) -> Any:
        return import_module(f"{client_package}.{path}")

    conversation = shop.conversation(131, name="Maria")
    with part("client").AuthenticatedClient(base_url=live_server.url, token=program.secret) as client:
        leads = part("api.leads.list_leads").sync(client=client, limit=10)
        text = part("models").Text(body="On our way")
        send = part("api.conversations.send_message").sync
        sent = send(client=client, id=conversation.id, body=text, idempotency_key="k1")
        refused = part("api.leads.get_lead").sync_detailed(client=client, id=999)
    assert [(lead.name, lead.number, lead.answers.to_dict()) for lead in leads.items] == [
        ("Maria", "+15125550131", {"service": "toilet"})
    ]
    assert (sent.author, sent.body) == ("staff", "On our way")
    assert (refused.status_code.value, refused.parsed.code) == (404, "not_found")
