"""The set-up tries a provider's keys before it keeps them: what is wrong is said beside the field."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation
from tests.console.test_set_up_faults import connects, hers, nora, numbers, shown

from answerback.adapters import guard
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.secrets import unseal
from answerback.testing.pretend_aircall import PretendAircall
from answerback.testing.pretend_asterisk import PretendAsterisk
from answerback.testing.pretend_gateway import PretendGateway
from answerback.testing.pretend_quo import PretendQuo
from answerback.testing.pretend_telnyx import PretendTelnyx
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow import clock, set_up

__all__ = ["nora"]

AT_THE_PROVIDER = "(512) 555-9999"
PROVIDERS = {
    "twilio": (PretendTwilio, "auth_token"),
    "signalwire": (PretendTwilio, "api_token"),
    "telnyx": (PretendTelnyx, "api_key"),
    "quo": (PretendQuo, "api_key"),
    "aircall": (PretendAircall, "api_token"),
    "asterisk": (PretendAsterisk, "secret"),
}


def keys(provider: str, far: Any, **other: str) -> dict[str, str]:
    """What is typed into the form so that it reaches this pretend provider."""
    settings = {**far.settings(), "space": "hill.signalwire.com", "project_id": "P1", "signing_key": "K1"}
    if provider == "signalwire":
        settings |= {"project_id": far.account_sid, "api_token": far.auth_token}
    if provider == "asterisk":
        settings |= {"lines": "+15125559999"}
    return {f"s-{name}": value for name, value in {**settings, **other}.items()}


@pytest.fixture(autouse=True)
def _within_the_shop() -> Iterator[None]:
    """Whoever runs the installation allowed their own switchboard."""
    with guard.allowing("127.0.0.1"):
        yield


def offered(provider: str) -> Any:
    """A pretend provider whose account has the number."""
    kind, _secret = PROVIDERS[provider]
    far = kind(prefix="/api/laml/2010-04-01") if provider == "signalwire" else kind()
    if isinstance(far, PretendTwilio):
        far.account.own("+15125559999")
    if isinstance(far, PretendTelnyx):
        far.resources["/v2/phone_numbers"] = [{"id": "1", "phone_number": "+15125559999", "status": "active"}]
    return far


def said(answer: Any) -> list[tuple[str, str]]:
    return [(each.level_tag, str(each)) for each in get_messages(answer.wsgi_request)]


def connect(client: Client, provider: str, told: dict[str, str]) -> Any:
    return client.post("/set-up/phone/save", {"provider": provider, "number": AT_THE_PROVIDER, **told})


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_wrong_secret_is_said_beside_its_field_and_nothing_is_kept(nora: Client, provider: str) -> None:
    secret = PROVIDERS[provider][1]
    with offered(provider) as far:
        answer = connect(nora, provider, keys(provider, far, **{secret: "wrong-one"}))
        page = answer.content.decode()
    assert (answer.status_code, numbers(), models.Connection.objects.count()) == (409, [], 0)
    assert f'data-beside="s-{secret}"' in page
    assert "wrong-one" not in page, "a secret is never sent back"
    with offered(provider) as far:
        answer = connect(nora, provider, keys(provider, far))
    assert (answer.status_code, numbers()) == (302, ["+15125559999"])
    assert [level for level, _words in said(answer)] == ["success"], said(answer)


@pytest.mark.parametrize("provider", ["twilio", "telnyx", "quo", "asterisk"])
def test_a_provider_that_cannot_be_reached_takes_nothing_away_and_says_it_was_not_tried(
    nora: Client, provider: str
) -> None:
    with offered(provider) as far:
        told = keys(provider, far)
    answer = connect(nora, provider, told)
    assert (answer.status_code, numbers()) == (302, ["+15125559999"])
    ((level, words),) = said(answer)
    assert (level, words.startswith("Saved, but not tried: ")) == ("warning", True)
    assert "Test this connection" in words
    assert "data-put-away" in shown(nora, "phone"), "what stays can be put away"


def test_a_switchboard_inside_that_nobody_allowed_is_said_beside_its_host(nora: Client) -> None:
    guard.allow([])
    with offered("asterisk") as far:
        answer = connect(nora, "asterisk", keys("asterisk", far))
    page = answer.content.decode()
    assert (answer.status_code, 'data-beside="s-host"' in page, "ANSWERBACK_PRIVATE_HOSTS" in page) == (409, True, True)


@pytest.mark.parametrize(
    ("wrong", "mend"), [({"s-secret": "other"}, "manager.conf"), ({"s-host": "10.9.8.7"}, "PRIVATE_HOSTS")]
)
def test_a_switchboard_that_keeps_us_out_names_the_mend_once(nora: Client, wrong: dict[str, str], mend: str) -> None:
    with offered("asterisk") as far:
        answer = connect(nora, "asterisk", keys("asterisk", far) | wrong)
    said_at_the_top = re.search(r'id="set-up-problem">(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert said_at_the_top is not None
    assert (said_at_the_top[1].count(mend), said_at_the_top[1].count("Check ")) == (1, int(mend == "manager.conf"))
    assert said_at_the_top[1].count("The page docs/connect/asterisk.md says how.") == 1


def test_keys_typed_anew_are_tried_too_and_the_ones_that_stood_stay(nora: Client) -> None:
    with PretendTwilio() as far:
        connect(nora, "twilio", keys("twilio", far))
        seen = {"seen": set_up.marks(set_up.lines(hers().id))}
        answer = connect(nora, "twilio", keys("twilio", far, auth_token="wrong-one") | seen)
    assert answer.status_code == 409
    assert unseal(models.Connection.objects.get().sealed)["auth_token"] == far.auth_token


def test_what_else_is_not_well_is_said_and_kept(nora: Client) -> None:
    with offered("twilio") as far:
        far.account_status = "suspended"
        answer = connect(nora, "twilio", keys("twilio", far))
    assert (answer.status_code, numbers()) == (302, ["+15125559999"])
    assert [(level, "suspended" in words) for level, words in said(answer)] == [("warning", True)]


@pytest.mark.parametrize("provider", ["twilio", "telnyx"])
def test_a_number_the_account_has_not_is_said(nora: Client, provider: str) -> None:
    with offered(provider) as far:
        if provider == "twilio":
            far.account.numbers.clear()
        else:
            far.resources["/v2/phone_numbers"] = []
        answer = connect(nora, provider, keys(provider, far))
    title = provider.capitalize()
    words = f"The {title} account has no number (512) 555-9999. Buy or port it there, or correct the line."
    assert (answer.status_code, said(answer)) == (302, [("warning", words)])


def test_a_program_that_is_not_written_yet_may_be_connected(nora: Client) -> None:
    phone("webhook").use_clock(clock.now)  # type: ignore[attr-defined]  # as the start of the program does
    with PretendGateway() as far:
        answer = connect(nora, "webhook", keys("webhook", far, secret="another"))
    assert (answer.status_code, numbers()) == (302, ["+15125559999"])
    assert [level for level, _words in said(answer)] == ["warning"]


def test_pretend_phones_need_no_trial(nora: Client) -> None:
    assert connects(nora) == 302


def test_it_is_said_in_spanish(nora: Client) -> None:
    models.User.objects.update(language="es")
    with PretendTwilio() as far, translation.override("es"):
        page = connect(nora, "twilio", keys("twilio", far, auth_token="wrong-one")).content.decode()
    assert "does not let us in" not in page
    with translation.override("es"):
        assert "no nos deja entrar" in page
