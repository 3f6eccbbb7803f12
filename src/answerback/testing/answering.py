"""A business whose number answers at us: the real product behind a real socket, on a virtual clock, called by a pretend
provider of the TwiML family. Needs Django set up; like a World it empties every table.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.testing.pretend_calls import Callee, Caller, PretendCall, Sign, Story
from answerback.testing.stack import VirtualClock, empty
from answerback.workflow import clock, delivery, directory, setup, turn

LINE = "+15125550100"
SHOP = "+15125550177"
CALLER = "+15125550131"
PUBLIC = "https://shop.example.com"
TUESDAY_10 = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class AnsweringShop:
    """The business and its provider. `server` is where the product listens, `sign` how the provider signs a form."""

    provider: str
    server: str
    time: VirtualClock
    sign: Sign
    account: str
    connection: int
    line: int
    bridged_is_told: bool = True
    fallback: str = ""
    stories: list[Story] = field(default_factory=list)

    @property
    def hooks(self) -> str:
        """The public address above this connection's hooks."""
        return f"{PUBLIC}/hooks/{self.provider}/{self.connection}"

    def set(self, **settings: str) -> None:
        """Change settings of the line."""
        setup.set_line(self.line, settings)
        directory.forget()

    def call(self, caller: Caller | None = None, *, shop: Callee | None = None) -> Story:
        """A call, from the first ring to the end; then the product goes on for a minute and a half."""
        story = self.ring(caller or Caller(number=CALLER), {SHOP: shop} if shop else {})
        self.settle(seconds=90)
        return story

    def ring(self, caller: Caller, callees: Mapping[str, Callee], *, sid: str = "") -> Story:
        """Only the call."""
        call = PretendCall(
            caller,
            LINE,
            callees,
            sign=self.sign,
            sid=sid or f"CA{len(self.stories) + 1:032x}",
            account=self.account,
            voice_url=f"{self.hooks}/voice",
            status_url=f"{self.hooks}/status",
            fallback=self.fallback,
            reach=self.server,
            elapse=self.pass_time,
            bridged_is_told=self.bridged_is_told,
        )
        self.stories.append(call.run())
        return self.stories[-1]

    def pass_time(self, seconds: float) -> None:
        """Let the clock go on; nothing is done meanwhile."""
        self.time.move_to(self.time.moment + timedelta(seconds=seconds))

    def settle(self, *, seconds: int, step: int = 1) -> None:
        """Let so much time pass, `step` seconds at a time, with the product at work."""
        for _ in range(0, seconds, step):
            self.pass_time(step)
            while turn.run():
                pass
            delivery.write([delivery.hand_over(text) for text in delivery.claim()])

    def kinds(self) -> list[str]:
        """What was kept, in order."""
        return list(models.Event.objects.order_by("id").values_list("kind", flat=True))

    def rules(self) -> list[str]:
        """Which rules gave their reasons, in order."""
        return list(models.Decision.objects.order_by("id").values_list("rule", flat=True))


@contextmanager
def answering_shop(
    provider: str,
    settings: Mapping[str, str],
    server: str,
    sign: Sign,
    *,
    account: str,
    bridged_is_told: bool = True,
) -> Iterator[AnsweringShop]:
    """A plumber's number at this provider, on a Tuesday at 10:00 in Chicago, on emptied tables."""
    empty()
    time = VirtualClock(TUESDAY_10)
    with clock.using(time):
        new = setup.NewBusiness(
            name="Hill Plumbing", zone="America/Chicago", phone=SHOP, playbook=pack_text("plumbing")
        )
        business = setup.open_business(new)
        connection = setup.connect(business.id, provider, provider.title(), settings)
        line = setup.add_line(business.id, connection.id, LINE, "Website", per_second=100)
        directory.forget()
        yield AnsweringShop(
            provider=provider,
            server=server,
            time=time,
            sign=sign,
            account=account,
            connection=connection.id,
            line=line.id,
            bridged_is_told=bridged_is_told,
        )
    directory.forget()
