"""In the set-up a provider is told where a line's calls go: by one press, or by an address that a person enters."""

from typing import Any

import pytest
from django.test import Client
from tests.console.test_set_up_faults import nora, shown
from tests.console.test_set_up_keys import _within_the_shop, connect, keys, offered, said

from answerback.store import models
from answerback.store.secrets import unseal

__all__ = ["_within_the_shop", "nora"]

HERE = "https://answers.example.com"


@pytest.fixture(autouse=True)
def _reachable(settings: Any) -> None:
    settings.PUBLIC_URL = HERE


def press(client: Client, **told: object) -> Any:
    return client.post("/set-up/forwarding/save", {"line": models.Line.objects.get().id, **told})


@pytest.mark.parametrize("provider", ["twilio", "signalwire"])
def test_one_press_sends_a_numbers_calls_and_texts_to_us(nora: Client, provider: str) -> None:
    with offered(provider) as far:
        connect(nora, provider, keys(provider, far))
        assert "Send its calls and texts to us" in shown(nora, "forwarding")
        answer = press(nora)
        owned = far.account.numbers["+15125559999"]
    hooks = f"{HERE}/hooks/{provider}/{models.Connection.objects.get().id}"
    assert (answer.status_code, owned["voice_url"], owned["sms_url"]) == (302, f"{hooks}/voice", f"{hooks}/text")
    page = shown(nora, "forwarding")
    assert ("Its calls and texts come to us." in page, "Send its calls and texts to us" in page) == (True, False)


def test_a_provider_that_refuses_is_heard_and_the_step_is_not_told(nora: Client) -> None:
    with offered("twilio") as far:
        connect(nora, "twilio", keys("twilio", far))
        far.account.numbers.clear()
        answer = press(nora)
    assert answer.status_code == 409
    assert "The Twilio account has no number" in answer.content.decode()
    assert "Send its calls and texts to us" in shown(nora, "forwarding")


@pytest.mark.parametrize(("provider", "secret"), [("quo", "webhook_secret"), ("aircall", "webhook_token")])
def test_a_secret_that_comes_with_the_webhook_is_entered_once_the_address_is_known(
    nora: Client, provider: str, secret: str
) -> None:
    with offered(provider) as far:
        answer = connect(nora, provider, keys(provider, far, **{secret: ""}))
    assert [(level, "is taken yet" in words) for level, words in said(answer)] == [("warning", True)]
    row = models.Connection.objects.get()
    page = shown(nora, "forwarding")
    assert (f"{HERE}/hooks/{provider}/{row.id}/event" in page, 'name="secret"' in page) == (True, True)
    assert press(nora, secret=" ").status_code == 409
    assert press(nora, secret="shown-once").status_code == 302
    row.refresh_from_db()
    assert unseal(row.sealed)[secret] == "shown-once"
    page = shown(nora, "forwarding")
    assert ("shown-once" in page, 'name="secret"' in page) == (False, False)


def test_a_strangers_line_is_none(nora: Client) -> None:
    with offered("twilio") as far:
        connect(nora, "twilio", keys("twilio", far))
    assert nora.post("/set-up/forwarding/save", {"line": 10**6}).status_code == 409


def test_without_a_public_address_it_is_said_and_nothing_is_pressed(nora: Client, settings: Any) -> None:
    settings.PUBLIC_URL = ""
    with offered("twilio") as far:
        connect(nora, "twilio", keys("twilio", far))
        assert "No public address is set" in shown(nora, "forwarding")
        assert press(nora).status_code == 409


def test_pretend_phones_have_to_be_told_nothing(nora: Client) -> None:
    nora.post("/set-up/phone/save", {"provider": "simulator", "number": "(512) 555-0142"})
    page = shown(nora, "forwarding")
    assert ("Send its calls" in page, "Nothing to do: pretend phones" in page) == (False, True)


def test_without_a_public_address_the_one_to_enter_is_whole_and_said_to_be_out_of_reach(
    nora: Client, settings: Any
) -> None:
    settings.PUBLIC_URL, settings.LOCAL_URL = "", "http://127.0.0.1:8707"
    with offered("aircall") as far:
        connect(nora, "aircall", keys("aircall", far))
    line = models.Line.objects.get()
    whole = f">http://127.0.0.1:8707/hooks/aircall/{line.connection_id}/event</textarea>"
    for page in (shown(nora, "forwarding"), nora.get(f"/lines/{line.id}").content.decode()):
        assert (page.count(whole), page.count("No public address is set")) == (1, 1)
