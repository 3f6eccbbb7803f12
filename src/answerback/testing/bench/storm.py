"""The storm: many missed calls at once, each to become one text, and then a reply each, to become the next question."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from answerback.adapters.twilio import adapter
from answerback.adapters.twiml_family.hooks import FormHooks
from answerback.ports.connection import Connection
from answerback.ports.phone import SignedRequest
from answerback.store.playbook_file import pack_text
from answerback.testing.bench.generator import Hit, Shot, fire
from answerback.testing.bench.product import LINE, Product, Use
from answerback.workflow import clock, setup

CONNECTIONS = 32
REPEAT = 0.10
REDELIVERED = 0.02
PATIENCE = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What one half of the storm came to; times in milliseconds, CPU per text."""

    accepted_per_second: float
    texted_per_second: float
    p50: float
    p95: float
    p99: float
    ours_ms: float
    postgres_ms: float
    ours_mb: float
    refused: int
    lost: int
    doubled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What arrived at the pretend Twilio (recipient -> times), and how many texts each person should have by now."""

    arrived: Mapping[str, Sequence[int]]
    expected: int

    def of(self, person: str) -> Sequence[int]:
        """When this person's texts arrived; nothing if the expected ones are not all there."""
        times = self.arrived.get(person, ())
        return times if len(times) >= self.expected else ()


def open_shop(product: Product, source: str | None = None) -> None:
    """A business with one fast line at the pretend Twilio, whose playbook holds no text back."""
    playbook = (source or pack_text("plumbing")).replace("hold_seconds: 15", "hold_seconds: 0")
    business = setup.open_business(
        setup.NewBusiness(
            name="Rivera Plumbing", zone="America/Chicago", phone="+15125550100", playbook=playbook, hours=ALWAYS
        )
    )
    account = {
        "account_sid": product.twilio_account,
        "auth_token": product.twilio_token,
        "api_base": product.twilio,
    }
    connection = setup.connect(business.id, "twilio", "Twilio", account)
    setup.add_line(business.id, connection.id, LINE, "Website", per_second=20_000, per_day=10_000_000)
    setup.add_member(business.id, "Dana", "owner", phone="+15125550101", on_call=True, confirmed=True)
    product.business, product.connection = business.id, connection.id


ALWAYS = tuple((day, "00:00", "23:59") for day in range(7))


class Target(Protocol):
    """What a storm is played at: the product, or its peer."""

    @property
    def port(self) -> int:
        """Where it listens."""

    def use(self) -> Use:
        """What it has used so far."""

    def arrived(self) -> dict[str, list[int]]:
        """When each text arrived at the provider."""

    def taken(self) -> int:
        """How many texts arrived there in all."""


def calls(
    product: Product, count: int, *, first: int = 0, again: bool = False, at: Target | None = None
) -> tuple[Phase, list[Hit]]:
    """`count` people call and nobody answers: one text each, whatever is repeated or redelivered."""
    hooks = _hooks(product)
    people = [_number(first + each) for each in range(count)]
    shots = [Shot(person, _http(hooks.missed(caller=person, line=LINE, now=clock.now()))) for person in people]
    chance = random.Random(7)
    more = [
        Shot("repeat", _http(hooks.missed(caller=person, line=LINE, now=clock.now())))
        for person in chance.sample(people, int(count * REPEAT))
    ]
    more += chance.sample(shots, int(count * REDELIVERED))
    for shot in more:
        shots.insert(chance.randrange(len(shots) // 4, len(shots) + 1), shot)
    return _measure(at or product, shots, people, expected=1, again=again)


def replies(product: Product, count: int, *, first: int = 0) -> tuple[Phase, list[Hit]]:
    """Everybody replies with what they need, and is asked the next question."""
    hooks = _hooks(product)
    people = [_number(first + each) for each in range(count)]
    shots = [
        Shot(person, _http(hooks.text(caller=person, line=LINE, body="my water heater is leaking slowly")))
        for person in people
    ]
    return _measure(product, shots, people, expected=2, again=False)


def _measure(
    target: Target, shots: Sequence[Shot], people: Sequence[str], *, expected: int, again: bool
) -> tuple[Phase, list[Hit]]:
    before, taken = target.use(), target.taken()
    hits = fire(target.port, shots, CONNECTIONS, again=again)
    arrived = _await(target, people, expected, taken)
    used = target.use().since(before)
    return _phase(hits, people, Texts(arrived=arrived, expected=expected), used), hits


def _phase(hits: Sequence[Hit], people: Sequence[str], texts: Texts, used: Use) -> Phase:
    sent: dict[str, int] = {}
    for hit in sorted(hits, key=lambda each: each.sent):
        sent.setdefault(hit.name, hit.sent)
    came = {person: times[texts.expected - 1] for person in people if (times := texts.of(person))}
    waits = sorted((came[person] - sent[person]) / 1e6 for person in came)
    began, answered = min(hit.sent for hit in hits), max(hit.answered for hit in hits)
    return Phase(
        accepted_per_second=len(hits) / ((answered - began) / 1e9),
        texted_per_second=len(waits) / max((max(came.values(), default=began) - began) / 1e9, 1e-9),
        p50=_at(waits, 0.50),
        p95=_at(waits, 0.95),
        p99=_at(waits, 0.99),
        ours_ms=used.ours * 1000 / max(len(waits), 1),
        postgres_ms=used.postgres * 1000 / max(len(waits), 1),
        ours_mb=used.ours_mb,
        refused=sum(not 200 <= hit.status < 300 for hit in hits),
        lost=len(people) - len(came),
        doubled=sum(max(0, len(texts.arrived.get(person, ())) - texts.expected) for person in people),
    )


def _at(waits: Sequence[float], share: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * share))] if waits else float("nan")


def _await(target: Target, people: Sequence[str], expected: int, taken: int) -> dict[str, list[int]]:
    """Wait until everybody has their text, or nothing new has come for a while. `taken` is what there was before."""
    until, best = time.monotonic() + PATIENCE, -1
    while True:
        have = target.taken()
        if have - taken >= len(people):
            arrived = target.arrived()
            if all(len(arrived.get(person, ())) >= expected for person in people):
                time.sleep(1.0)  # a second text would come now
                return target.arrived()
        if have > best:
            best, until = have, time.monotonic() + PATIENCE
        if time.monotonic() > until:
            return target.arrived()
        time.sleep(0.25)


def _hooks(product: Product) -> FormHooks:
    connection = Connection(
        id=product.connection,
        provider="twilio",
        settings={"account_sid": product.twilio_account, "auth_token": product.twilio_token},
    )
    return adapter.hooks(connection, f"http://127.0.0.1:{product.port}")


def _http(request: SignedRequest) -> bytes:
    parts = urlsplit(request.url)
    head = [f"POST {parts.path} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(request.body)}"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + request.body


def _number(each: int) -> str:
    return f"+1512{2_000_000 + each}"
