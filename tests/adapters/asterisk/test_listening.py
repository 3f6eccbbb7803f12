"""Listening over real TCP: events in pieces, lines that break in the middle of one, and no call lost."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.adapters import guard
from answerback.adapters.asterisk.phone import AsteriskPhone
from answerback.engine.events import CallEnded
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.listening import Listens
from answerback.ports.phone import Happened, ReceiptCame
from answerback.testing.pretend_asterisk import PretendAsterisk

TRANSCRIPTS = Path(__file__).parent / "transcripts"
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
RECORD = "call=1773154680.10&from=5125550131&pres=allowed&did=5125550100&dial=NOANSWER&began=1773154680&at=1773154703"


@pytest.fixture(autouse=True)
def _this_machine_may_be_reached() -> Iterator[None]:
    with guard.allowing("127.0.0.1"):
        yield


@dataclass
class Heard:
    """Our side: keeps facts, may fail to, is connected so often."""

    facts: list[Happened | ReceiptCame] = field(default_factory=list)
    times: int = 0
    stopping: bool = False
    fail: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def keep(self, facts: Sequence[Happened | ReceiptCame]) -> None:
        if self.fail:
            self.fail -= 1
            raise OSError("the database is away")
        with self.changed:
            self.facts += facts
            self.changed.notify_all()

    def now(self) -> datetime:
        return NOW

    def connected(self) -> None:
        self.times += 1

    @property
    def keys(self) -> list[str]:
        return [fact.key for fact in self.facts]

    def await_end(self, call: str = "1773154680.10") -> str:
        def ended() -> CallEnded | None:
            ends = [fact.event for fact in self.facts if isinstance(fact, Happened)]
            return next((each for each in ends if isinstance(each, CallEnded) and each.call == call), None)

        with self.changed:
            assert self.changed.wait_for(lambda: ended() is not None, timeout=60), self.facts
        end = ended()
        assert end is not None
        return end.outcome


@contextmanager
def listening(far: PretendAsterisk, heard: Heard, adapter: AsteriskPhone | None = None) -> Iterator[AsteriskPhone]:
    """A listener as `answerback listen` runs it: called again after each break."""
    phone = adapter or AsteriskPhone()
    connection = Connection(id=7, provider="asterisk", settings=far.settings())

    def run() -> None:
        while not heard.stopping:
            with suppress(Unavailable, OSError):
                phone.listen(connection, heard)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield phone
    finally:
        heard.stopping = True
        far.break_off()
        thread.join(5)


def transcript(name: str) -> str:
    return (TRANSCRIPTS / f"{name}.ami").read_text()


def test_a_call_is_told_as_it_happens() -> None:
    heard = Heard()
    with PretendAsterisk() as far, listening(far, heard) as phone:
        assert isinstance(phone, Listens)
        far.await_sign_ins(1)
        far.play(transcript("no_answer"))
        assert heard.await_end() == "no_answer"
    assert [key.partition(":")[2] for key in heard.keys] == ["rang", "leg:1773154682.11:no_answer", "ended:no_answer"]
    assert "Login" in far.actions


def test_the_hangup_handlers_record_is_kept_then_forgotten_by_asterisk() -> None:
    heard, far = Heard(), PretendAsterisk(database={"1773154680.10": RECORD})
    with far, listening(far, heard):
        assert heard.await_end() == "no_answer"
        far._await(lambda: far.database == {})
        far.database["1773154999.20"] = RECORD.replace("1773154680.10", "1773154999.20")
        event = (
            f"Event: UserEvent\nUserEvent: Answerback\nUniqueid: 1773154999.20\nRecord: {far.database['1773154999.20']}"
        )
        far.play(event)
        assert heard.await_end("1773154999.20") == "no_answer"
        far._await(lambda: far.database == {})


def test_what_cannot_be_kept_stays_in_asterisk_and_is_kept_later() -> None:
    heard, far = Heard(fail=2), PretendAsterisk(database={"1773154680.10": RECORD})
    with far, listening(far, heard):
        assert heard.await_end() == "no_answer"
    assert heard.keys == ["1773154680.10:rang", "1773154680.10:record:ended"]


def test_what_was_heard_and_could_not_be_kept_is_kept_later() -> None:
    heard = Heard()
    with PretendAsterisk() as far, listening(far, heard):
        far.await_sign_ins(1)
        heard.fail = 1
        far.play(transcript("no_answer"))
        far.await_sign_ins(2)
        assert heard.await_end() in {"no_answer", "unknown"}
    assert heard.keys[0] == "1773154680.10:rang"


def test_a_call_that_ended_while_we_were_away_ends_as_unknown_without_a_handler() -> None:
    heard = Heard()
    with PretendAsterisk() as far, listening(far, heard):
        far.await_sign_ins(1)
        far.play("\n\n".join(transcript("no_answer").strip().split("\n\n")[:2]))
        with heard.changed:
            assert heard.changed.wait_for(lambda: bool(heard.facts), timeout=60)
        far.break_off()
        assert heard.await_end() == "unknown"


def test_a_call_still_there_after_the_break_is_followed_on() -> None:
    heard = Heard()
    caller = {"Channel": "PJSIP/trunk-00000010", "Context": "from-trunk", "Exten": "5125550100"}
    caller |= {"CallerIDNum": "5125550131", "Uniqueid": "1773154680.10", "Linkedid": "1773154680.10", "BridgeId": "b1"}
    shop = {"Uniqueid": "1773154682.11", "Linkedid": "1773154680.10", "BridgeId": "b1", "Exten": "101"}
    far = PretendAsterisk(channels=[caller, shop])
    with far, listening(far, heard):
        far.await_sign_ins(1)
        far.play(transcript("answered").strip().rpartition("\n\n")[2])
        assert heard.await_end() == "answered_human"


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(share=st.floats(0.0, 1.0), name=st.sampled_from(["no_answer", "answered", "caller_gave_up"]))
def test_wherever_the_line_breaks_no_call_is_lost(share: float, name: str) -> None:
    """The handler's record is in Asterisk's database at the end of the call, whether we were there or not."""
    heard, dial = Heard(), {"no_answer": "NOANSWER", "answered": "ANSWER", "caller_gave_up": "CANCEL"}[name]
    outcome = {"no_answer": "no_answer", "answered": "answered_human", "caller_gave_up": "abandoned"}[name]
    with PretendAsterisk() as far, listening(far, heard):
        far.await_sign_ins(1)
        far.database["1773154680.10"] = RECORD.replace("NOANSWER", dial)
        far.play_part(transcript(name), share)
        far._await(lambda: far.database == {})
    ends = [
        each.event.outcome for each in heard.facts if isinstance(each, Happened) and isinstance(each.event, CallEnded)
    ]
    assert outcome in ends
    assert set(ends) <= {outcome, "unknown"}


@pytest.mark.parametrize("wrong", ["user", "secret"])
def test_wrong_credentials_are_refused_in_words_that_help(wrong: str) -> None:
    with PretendAsterisk() as far:
        connection = Connection(id=7, provider="asterisk", settings=far.settings(**{wrong: "other"}))
        with pytest.raises(Refused, match=r"manager\.conf"):
            AsteriskPhone().listen(connection, Heard())
        assert [finding.ok for finding in AsteriskPhone().check(connection)] == [False]


def test_check_says_what_the_manager_user_may_not() -> None:
    with PretendAsterisk() as far:
        connection = Connection(id=7, provider="asterisk", settings=far.settings())
        assert [finding.ok for finding in AsteriskPhone().check(connection)] == [True, True]
        far.refuses = frozenset({"DBGetTree"})
        (_, denied) = AsteriskPhone().check(connection)
        assert (denied.ok, "system" in denied.fix) == (False, True)
    assert [finding.ok for finding in AsteriskPhone().check(connection)] == [False]


def test_what_is_no_manager_interface_is_unavailable() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            wire, _ = server.accept()
            wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" + b"x" * 500_000)
            wire.close()

        threading.Thread(target=answer, daemon=True).start()
        far = PretendAsterisk(port=server.getsockname()[1])
        connection = Connection(id=7, provider="asterisk", settings=far.settings())
        with pytest.raises(Unavailable, match="no Asterisk manager interface"):
            AsteriskPhone().listen(connection, Heard())


def test_switchboard_inside_the_network_has_to_be_allowed() -> None:
    with PretendAsterisk() as far, guard.allowing():
        guard.allow([])
        connection = Connection(id=7, provider="asterisk", settings=far.settings())
        with pytest.raises(Refused, match="ANSWERBACK_PRIVATE_HOSTS"):
            AsteriskPhone().listen(connection, Heard())
        assert far.actions == []
