"""What every adapter that places calls must do: one class to subclass, as `phone_conformance` is for texts.

A subclass gives `adapter`, `connection`, and `request`, which makes what its provider would send about a call of ours.
"""

from datetime import UTC, datetime

from answerback.ports.calls import Ask, Bye, CallStep, Join, OurCall, PlacesCalls
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Phone

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
HOOKS = "https://shop.example.com/hooks/x/1"


class CallsConformance:
    """Steps are understood, documents carry what is said and where the next step is asked for."""

    def adapter(self) -> Phone:
        """The adapter under test."""
        raise NotImplementedError

    def connection(self) -> Connection:
        """A connection of it."""
        raise NotImplementedError

    def request(self, step: CallStep, *, call: str, digits: str = "", talked: bool = False) -> Request:
        """The provider's request for this step of this call of ours."""
        raise NotImplementedError

    def test_it_places_calls(self) -> None:
        """The console and the ladder ask this."""
        assert isinstance(self.adapter(), PlacesCalls)

    def test_each_step_is_understood_and_is_no_fact_of_a_customer(self) -> None:
        """A call of ours is nobody's missed call."""
        for step, digits, talked in (("picked_up", "", False), ("key", "1", False), ("joined", "", True)):
            request = self.request(step, call="wake-7", digits=digits, talked=talked)  # type: ignore[arg-type]
            heard = self.adapter().hear(self.connection(), request, NOW)
            assert heard.facts == ()
            assert heard.our_call is not None
            assert (heard.our_call.call, heard.our_call.step, heard.our_call.digits) == ("wake-7", step, digits)
            assert (heard.our_call.end == "talked") is talked

    def test_a_call_that_nobody_takes_is_over(self) -> None:
        """And says so."""
        heard = self.adapter().hear(self.connection(), self.request("over", call="wake-7"), NOW)
        assert heard.our_call is not None
        assert (heard.our_call.step, heard.our_call.end) == ("over", "no_answer")

    def test_documents_say_the_words_and_join_the_customer(self) -> None:
        """What is said is escaped; whom they are joined with is shown the business's number."""
        adapter = self.adapter()
        assert isinstance(adapter, PlacesCalls)
        call = OurCall(call="wake-7", step="picked_up")
        ask = adapter.go_on(self.connection(), call, Ask(words="A & B: press 1"), HOOKS)
        assert ask.status == 200
        assert "A & B: press 1" in ask.body or "A &amp; B: press 1" in ask.body
        join = adapter.go_on(
            self.connection(), call, Join(words="Now", to="+15125550131", sender="+15125550100"), HOOKS
        )
        assert "+15125550131" in join.body
        assert "+15125550100" in join.body
        bye = adapter.go_on(self.connection(), call, Bye(words="Goodbye."), HOOKS)
        assert "Goodbye." in bye.body
