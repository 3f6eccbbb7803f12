"""A World with a second phone system beside the pretend one, whose texts leave by the pretend one's line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from answerback.ports.phone import MakesHooks, SignedRequest
from answerback.ports.registry import phone
from answerback.testing.world import World

OFFICE = "+15125550177"


@dataclass
class Beside:
    """A phone system beside the pretend one, with one line."""

    world: World
    connection: Any
    line: Any

    def posts(self, signed: SignedRequest) -> int:
        """Its webhook comes in over HTTP; the status of the answer."""
        path = signed.url.partition("localhost")[2]
        kind = signed.headers["Content-Type"]
        headers = {name: value for name, value in signed.headers.items() if name != "Content-Type"}
        answer = self.world.stack.client.generic("POST", path, signed.body, content_type=kind, headers=headers)
        return answer.status_code

    def hooks(self) -> Any:
        """What makes its webhooks."""
        from answerback.workflow import clock, directory

        adapter, ours = phone(self.connection.provider), directory.account(self.connection.id)
        assert isinstance(adapter, MakesHooks)
        assert ours is not None
        if hasattr(adapter, "use_clock"):
            adapter.use_clock(clock.now)
        return adapter.hooks(ours.connection, "http://localhost")


@pytest.fixture
def beside(world: World) -> Callable[..., Beside]:
    """Sets up a phone system beside the pretend one; its texts leave by the pretend one's line."""

    from answerback.store import models
    from answerback.workflow import setup

    def make(provider: str, number: str = OFFICE, *, texts: bool = True, **settings: str) -> Beside:
        own = models.Line.objects.get(connection=world.shop.connection, number=world.shop.lines[0])
        connection = setup.connect(world.shop.business, provider, provider, settings)
        by = own.id if texts else None
        line = setup.add_line(world.shop.business, connection.id, number, "Office", texts_by=by)
        return Beside(world=world, connection=connection, line=line)

    return make
