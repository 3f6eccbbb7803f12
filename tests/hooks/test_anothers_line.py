"""What a provider says of one business's line, sent to another business's address, lands nowhere."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from answerback.ports.connection import Connection
from answerback.ports.phone import MakesHooks, SignedRequest
from answerback.ports.registry import phone, phones
from answerback.store import models
from answerback.store.secrets import seal
from answerback.testing.pretend_telnyx import PretendTelnyx
from answerback.testing.world import World
from answerback.workflow import clock, directory

ANN, MINE, THEIRS = "+15125550131", "+15125550171", "+15125550172"
ADDRESS = "http://localhost"
TEXTLESS = frozenset({"asterisk"})
"""Those that know calls only."""

TAKEN_ASIDE = {"aircall": 204, "quo": 204}
"""Those whose webhooks tell of every number of an account: what is about another's is no fault, and kept aside."""

TELNYX = {each: PretendTelnyx() for each in ("mine", "theirs")}

SECRETS: dict[str, Callable[[str], dict[str, str]]] = {
    "aircall": lambda who: {"api_id": "a", "api_token": "b", "webhook_token": f"token-of-{who}-1234567890"},
    "asterisk": lambda who: {"lines": f"{MINE} {THEIRS}", "post_token": f"token-of-{who}-1234567890"},
    "quo": lambda who: {"api_key": "k", "webhook_secret": {"mine": "bWluZQ==", "theirs": "dGhlaXJz"}[who]},
    "signalwire": lambda who: {
        "project_id": f"project-{who}", "space": "hill.signalwire.com", "signing_key": f"key-{who}", "api_token": "t",
    },
    "simulator": lambda who: {"world": "", "secret": f"secret-of-{who}-1234567890"},
    "telnyx": lambda who: TELNYX[who].settings(),
    "twilio": lambda who: {"account_sid": f"AC{who}", "auth_token": f"token-{who}"},
    "webhook": lambda who: {"secret": f"secret-of-{who}-1234567890"},
}  # fmt: skip
"""Each provider's settings as far as what comes in is checked by them, for one account or another."""


def test_every_provider_is_gone_through() -> None:
    assert SECRETS.keys() == set(phones())


@pytest.fixture
def connect(world: World) -> Callable[[str, str, str], Connection]:
    """Makes a connection to an account (`mine` or `theirs`) with this line, for a business of its own."""

    def connected(provider: str, account: str, line: str) -> Connection:
        business = models.Business.objects.get(id=world.shop.business)
        business.pk = None
        business.save()
        row = models.Connection.objects.create(
            business=business, provider=provider, sealed=seal(SECRETS[provider](account)), created_at=world.now
        )
        models.Line.objects.create(business=business, connection=row, number=line)
        found = directory.account(row.id)
        assert found is not None
        return found.connection

    return connected


def _telnyx(account: str, connection: Connection, line: str) -> SignedRequest:
    """Telnyx' own hooks cannot be made by its adapter."""
    told = {
        "data": {
            "event_type": "message.received", "id": "e-1", "occurred_at": clock.now().isoformat(),
            "payload": {
                "id": "m-1", "direction": "inbound", "type": "SMS", "text": "my sink leaks", "media": [],
                "from": {"phone_number": ANN}, "to": [{"phone_number": line, "status": "webhook_delivered"}],
                "received_at": clock.now().isoformat(),
            },
            "record_type": "event",
        }
    }  # fmt: skip
    return TELNYX[account].signed_json(f"{ADDRESS}/hooks/telnyx/{connection.id}/text", told)


def _made(account: str, connection: Connection, line: str, now: Any) -> SignedRequest:
    """A text of Ann's to this line (a call where there are no texts), signed for this connection's address."""
    adapter: object = phone(connection.provider)
    if not isinstance(adapter, MakesHooks):
        return _telnyx(account, connection, line)
    hooks = adapter.hooks(connection, ADDRESS)
    if connection.provider in TEXTLESS:
        return hooks.missed(caller=ANN, line=line, now=now)
    return hooks.text(caller=ANN, line=line, body="my sink leaks")


def _post(world: World, request: SignedRequest, *, to: Connection) -> int:
    """The status of the answer to this request at another connection's address."""
    _, _, provider, _, what = urlsplit(request.url).path.split("/")
    headers = {name: value for name, value in request.headers.items() if name.lower() != "content-type"}
    kind = {name.lower(): value for name, value in request.headers.items()}.get("content-type", "application/json")
    path = f"/hooks/{provider}/{to.id}/{what}"
    return int(world.stack.client.generic("POST", path, request.body, content_type=kind, headers=headers).status_code)


def _landed() -> list[tuple[int, str]]:
    """What of it is to be seen anywhere: the business and the number."""
    return [*models.Conversation.objects.values_list("business_id", "contact__number")]


@pytest.mark.parametrize("provider", phones())
def test_what_is_signed_for_another_business_is_refused(world: World, connect: Any, provider: str) -> None:
    mine, theirs = connect(provider, "mine", MINE), connect(provider, "theirs", THEIRS)
    for line in (MINE, THEIRS):
        request = _made("mine", mine, line, world.now)
        assert (_post(world, request, to=theirs), _landed()) == (403, [])
    assert {each.kind for each in models.SecurityEvent.objects.all()} == {"forged"}
    business = models.Line.objects.get(number=MINE).business_id
    assert _post(world, _made("mine", mine, MINE, world.now), to=mine) < 300
    assert _landed() == [(business, ANN)]


@pytest.mark.parametrize("provider", phones())
def test_a_line_of_another_business_on_the_same_account_lands_nowhere(
    world: World, connect: Any, provider: str
) -> None:
    """An agency's one account at the provider, whose webhooks lead to the wrong one of its businesses."""
    connect(provider, "mine", MINE)
    theirs = connect(provider, "mine", THEIRS)
    answered = _post(world, _made("mine", theirs, MINE, world.now), to=theirs)
    assert (answered, _landed()) == (TAKEN_ASIDE.get(provider, 404), [])
    world.run(minutes=5)
    assert (_landed(), models.Contact.objects.count(), models.Message.objects.count()) == ([], 0, 0)
