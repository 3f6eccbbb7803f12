"""Missed calls on their way to a line: what the shop dials, whether they arrive, and how the line is otherwise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, Number, RowId
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.engine import forwarding
from answerback.store import models
from answerback.store.queries import line_tests as tests
from answerback.store.queries.told.setup import LINE_FINDINGS, LINES, LineFinding
from answerback.workflow import line_tests, transaction
from answerback.workflow.line_tests import EveryDays

router = Router(tags=["Lines"])

TESTS_TOLD = 20


@dataclass(frozen=True, slots=True)
class ForwardingTest:
    """A test call that is settled: `state` is reached, lost or failed, with why."""

    at: datetime
    number: str
    state: str
    says: str


class Forwarding(Asked):
    """Which number of the shop forwards here, how often that is tried out in days (0: never by itself), what came."""

    shop: str | None
    every_days: int
    tests: list[ForwardingTest]


class ForwardingChange(Asked):
    """The shop's number, null to forget it; and how often it is tried out, in days (0: never by itself)."""

    shop: Number | None
    every_days: EveryDays = 0


class TestPlaced(Asked):
    """Whether the shop rings now. What came of it is told with the forwarding, three minutes later."""

    placed: bool


class WhichCodes(Schema):
    """The network of the shop's phone, and how long it shall ring there."""

    carrier: Literal["att", "t-mobile", "verizon", "us-cellular", "landline-us", "landline-eu"] = "att"
    ring_seconds: Annotated[int, Field(ge=5, le=30)] = 20


@dataclass(frozen=True, slots=True)
class Code:
    """One thing to dial on the shop's phone, and what it does."""

    dial: str
    does: str


class Codes(Asked):
    """What to dial, one after the other, so that missed calls come to the line; and what takes them all off again."""

    items: list[Code]
    cancel: str
    says: str


class WhichFindings(Paged):
    """Of which line, and how bad."""

    line: RowId | None = None
    level: Literal["red", "amber", "green"] | None = None


@reads(router, "/line-findings", "settings:read", page_of(LineFinding))
def list_line_findings(request: ApiRequest, which: Query[WhichFindings]) -> dict[str, object]:
    """How each line is doing, and what to do where it is not well."""
    return page(LINE_FINDINGS, request.auth.business, which, line=which.line, level=which.level)


@reads(router, "/lines/{int:id}/forwarding-codes", "settings:read", Codes)
def get_forwarding_codes(request: ApiRequest, id: Id, which: Query[WhichCodes]) -> dict[str, object]:
    """What the shop dials so that the calls it misses come to this line."""
    carrier = forwarding.carrier(which.carrier)
    steps = forwarding.steps(carrier, LINES.one(request.auth.business, id).number, which.ring_seconds)
    return {"items": [Code(each.dial, each.does) for each in steps], "cancel": carrier.cancel, "says": carrier.says}


@reads(router, "/lines/{int:id}/forwarding", "settings:read", Forwarding)
def get_forwarding(request: ApiRequest, id: Id) -> dict[str, object]:
    """Which number of the shop forwards to this line, and what its test calls showed, the newest first."""
    row = _line(request, id)
    tried = transaction.run(lambda cursor: tests.last(cursor, row.id, TESTS_TOLD))
    told = [ForwardingTest(each.at, each.number, each.state, each.says) for each in tried]
    return {"shop": row.forwards_from or None, "every_days": row.test_every_days, "tests": told}


@acts(router, "/lines/{int:id}/forwarding", "settings:write", Forwarding, method="PUT")
def watch_forwarding(request: ApiRequest, id: Id, change: ForwardingChange) -> dict[str, object]:
    """Say which number of the shop forwards to this line and how often that is tried out. The shop rings for it."""
    line_tests.watch(_line(request, id), change.shop or "", change.every_days)
    return get_forwarding(request, id)


@acts(router, "/lines/{int:id}/forwarding/test", "settings:write", TestPlaced)
def test_forwarding(request: ApiRequest, id: Id) -> dict[str, bool]:
    """Call the shop's number now, to see whether the call comes back to this line. Nobody is texted."""
    due = line_tests.of_line(_line(request, id).id)
    if due is None:
        raise Problem(409, "not_possible", "Say first which number of the shop forwards to this line.")
    return {"placed": line_tests.place(due)}


def _line(request: ApiRequest, id: int) -> models.Line:
    return models.Line.objects.get(id=LINES.one(request.auth.business, id).id)
