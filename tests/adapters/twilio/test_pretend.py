"""The pretend Twilio itself: a test that leans on it must know that it stands."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import httpx
import pytest

from answerback.adapters.twilio import adapter
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import OutgoingText, ReceiptCame
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow import clock


def text(number: int = 0, **more: str) -> OutgoingText:
    return OutgoingText(
        **{"key": "1", "sender": "+15125550100", "to": f"+1512555{1000 + number}", "body": "hello", **more}
    )


@contextmanager
def product() -> Iterator[tuple[int, list[Request]]]:
    """Something that listens where the product would, and keeps what came."""
    came: list[Request] = []

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            form = tuple(parse_qsl(body.decode(), keep_blank_values=True))
            url = f"https://{self.headers['Host']}{self.path}"
            came.append(Request(method="POST", url=url, what="receipt", headers=headers, body=body, form=form))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeps)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, came
    finally:
        server.shutdown()
        server.server_close()


def test_callbacks_are_signed_for_the_public_address() -> None:
    with (
        product() as (port, came),
        PretendTwilio(callbacks=("sent", "delivered"), callbacks_to=f"127.0.0.1:{port}") as twilio,
    ):
        twilio.outcomes[text(1).to] = ("undelivered", 30006)
        connection = Connection(id=7, provider="twilio", settings=twilio.settings())
        for number in (0, 1):
            handed = adapter.send(
                connection, text(number, receipts_url="https://shop.example.com/hooks/twilio/7/receipt")
            )
            while twilio.counters["callback_204"] < 2 * (number + 1):
                time.sleep(0.01)
            facts: list[object] = []
            for request in came[-2:]:
                adapter.verify(connection, request, clock.now())
                facts += adapter.hear(connection, request, clock.now()).facts
            said = [(fact.message, fact.status, fact.failure) for fact in facts if isinstance(fact, ReceiptCame)]
            last = ("undelivered", "landline") if number else ("delivered", None)
            assert said == [(handed.message, "sent", None), (handed.message, *last)]


def test_share_of_texts_fails_evenly() -> None:
    with PretendTwilio() as twilio:
        twilio.fault("refuse", share=0.25)
        connection = Connection(id=7, provider="twilio", settings=twilio.settings())
        refused = []
        for number in range(12):
            try:
                adapter.send(connection, text(number))
            except Refused:
                refused.append(number)
        assert refused == [3, 7, 11]


def test_fault_for_one_recipient_spares_the_others() -> None:
    """Theirs waits for longer than any test does; the others' come and go meanwhile."""
    with PretendTwilio() as twilio:
        twilio.fault("slow", to=text(1).to, seconds=3600)
        connection = Connection(id=7, provider="twilio", settings=twilio.settings())
        slow = threading.Thread(target=_sends_until_cut_off, args=(connection, text(1)), daemon=True)
        slow.start()
        while twilio.counters["fault_slow"] < 1:
            time.sleep(0.01)
        adapter.send(connection, text(0))
        slow.join(0.5)
        assert slow.is_alive()
    slow.join()


def _sends_until_cut_off(connection: Connection, slowly: OutgoingText) -> None:
    with suppress(Unavailable, Unclear):
        adapter.send(connection, slowly)


def test_form_is_checked_as_by_the_real_one() -> None:
    right = {"To": "+15125550131", "From": "+15125550100", "Body": "hello"}
    wrong = [
        ({"To": ""}, 21604),
        ({"To": "512"}, 21211),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"From": "+15125550131"}, 21266),
        ({"StatusCallback": "shop"}, 21609),
    ]
    day = clock.now().date().isoformat()  # of before: midnight may come on the way
    with PretendTwilio() as twilio:
        url = f"{twilio.url}/2010-04-01/Accounts/{twilio.account_sid}/Messages.json"
        with httpx.Client(auth=(twilio.account_sid, twilio.auth_token), trust_env=False, timeout=60) as client:
            for change, code in wrong:
                answer = client.post(url, data={**right, **change})
                assert (answer.status_code, answer.json()["code"]) == (400, code)
            assert client.post(url, data=right).status_code == 201
            assert client.get(url.replace("/Messages", "/Nothing")).status_code == 404
            for query, number in (({"DateSent>": day}, 1), ({"DateSent<": "2001-01-01"}, 0), ({"From": "+1"}, 0)):
                assert len(client.get(url, params=query).json()["messages"]) == number
        with httpx.Client(auth=("AC1", "wrong"), trust_env=False, timeout=60) as client:
            assert client.post(url, data=right).status_code == 401
        assert len(twilio.texts_to("+15125550131")) == 1


def test_process_tells_its_address_and_its_state() -> None:
    command = [sys.executable, "-m", "answerback.testing.pretend_twilio", "--port", "0", "--delay-ms", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = json.loads(process.stdout.readline())
            connection = Connection(
                id=7, provider="twilio", settings={k: v for k, v in told.items() if isinstance(v, str)}
            )
            before = time.monotonic_ns()
            handed = adapter.send(connection, text())
            with httpx.Client(base_url=told["api_base"], trust_env=False, timeout=60) as client:
                assert client.post("/_faults", json=[{"kind": "refuse", "code": 21610}]).status_code == 204
                state = client.get("/_state").json()
            (kept,) = state["messages"][text().to]
            assert (kept["sid"], kept["body"], state["counters"]["taken"]) == (handed.message, "hello", 1)
            assert before < kept["arrived_ns"] < time.monotonic_ns()
            with pytest.raises(Refused) as raised:
                adapter.send(connection, text())
            assert raised.value.failure == "opted_out"
        finally:
            process.terminate()
