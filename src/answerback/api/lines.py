"""Lines at their providers: what each does with its calls, whether the provider knows our addresses, and a test."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from django.conf import settings as installation
from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.ports.connection import Connection as AtProvider
from answerback.ports.connection import Finding as AtRim
from answerback.ports.registry import phone
from answerback.ports.setup import HasLineSettings, SetsUpNumbers
from answerback.store import models
from answerback.store.queries.told.outside import CONNECTIONS, Connection
from answerback.store.queries.told.setup import LINES, Line
from answerback.workflow import directory, setup

router = Router(tags=["Lines"])

Value = Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")]


@dataclass(frozen=True, slots=True)
class LineSetting:
    """One thing a line can be told. An empty value goes back to `default`."""

    name: str
    label: str
    help: str
    value: str
    default: str


class LineSettings(Asked):
    """What a line does with its calls; it only listens where nothing was ever set."""

    items: list[LineSetting]
    only_listens: bool


class Source(Asked):
    """Where callers find the number: `Google listing`. Leads and reports call it so, those of before too."""

    source: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*$")]


class LineChange(Asked):
    """Settings by name; those that are left out stay."""

    values: Annotated[dict[str, Value], Field(min_length=1, max_length=60)]


class Connecting(Asked):
    """Whether it shall be done, or only shown."""

    do: bool = False


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """One value at the provider that is not as it has to be."""

    what: str
    now: str
    wanted: str


class ProviderChanges(Asked):
    """What was changed at the provider, or would be."""

    done: bool
    changes: list[ProviderChange]


@dataclass(frozen=True, slots=True)
class TestFinding:
    """One thing that was looked at, and what to do where it is not well."""

    name: str
    ok: bool
    says: str
    fix: str


class Findings(Asked):
    """What a test found."""

    items: list[TestFinding]


@reads(router, "/lines", "settings:read", page_of(Line))
def list_lines(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The phone numbers of the business."""
    return page(LINES, request.auth.business, paged)


@reads(router, "/lines/{int:id}", "settings:read", Line)
def get_line(request: ApiRequest, id: Id) -> Line:
    """One line."""
    return LINES.one(request.auth.business, id)


@reads(router, "/lines/{int:id}/settings", "settings:read", LineSettings)
def get_line_settings(request: ApiRequest, id: Id) -> dict[str, object]:
    """What a line does with its calls."""
    line = _line(request, id)
    adapter = phone(line.connection.provider)
    declared = adapter.line_settings if isinstance(adapter, HasLineSettings) else ()
    items = [
        LineSetting(each.name, each.label, each.help, line.settings.get(each.name, each.default), each.default)
        for each in declared
    ]
    return {"items": items, "only_listens": not line.settings}


@acts(router, "/lines/{int:id}", "settings:write", Line, method="PATCH")
def change_line(request: ApiRequest, id: Id, change: Source) -> Line:
    """Say anew where callers find this number."""
    setup.name_source(_line(request, id).id, change.source)
    return LINES.one(request.auth.business, id)


@acts(router, "/lines/{int:id}/settings", "settings:write", LineSettings, method="PATCH")
def change_line_settings(request: ApiRequest, id: Id, change: LineChange) -> dict[str, object]:
    """Change what a line does with its calls. From the first change on it picks up."""
    line = _line(request, id)
    adapter = phone(line.connection.provider)
    known = {each.name for each in adapter.line_settings} if isinstance(adapter, HasLineSettings) else set()
    if unknown := sorted(change.values.keys() - known):
        raise setup.WrongSettings(dict.fromkeys(unknown, f"Lines at {adapter.title} have no such setting."))
    setup.set_line(line.id, {name: value.strip() for name, value in change.values.items()})
    directory.forget()
    return get_line_settings(request, id)


@acts(router, "/lines/{int:id}/connect", "settings:write", ProviderChanges)
def connect_line(request: ApiRequest, id: Id, asked: Connecting) -> dict[str, object]:
    """Show what would change at the provider so that it reports to us, or change it."""
    line = _line(request, id)
    adapter, ours = phone(line.connection.provider), _at_provider(line.connection_id)
    if not isinstance(adapter, SetsUpNumbers) or not installation.PUBLIC_URL:
        raise Problem(409, "not_possible", "This line is connected by hand: see the page of its provider.")
    hooks = f"{installation.PUBLIC_URL}/hooks/{line.connection.provider}/{line.connection_id}"
    act = adapter.set_up if asked.do else adapter.planned
    changes = act(ours, ours.lines[line.number], hooks)
    return {"done": asked.do, "changes": [ProviderChange(each.what, each.now, each.wanted) for each in changes]}


@reads(router, "/connections", "settings:read", page_of(Connection))
def list_connections(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The accounts at phone providers. Their keys are shown to nobody."""
    return page(CONNECTIONS, request.auth.business, paged)


@acts(router, "/connections/{int:id}/test", "settings:read", Findings)
def check_connection(request: ApiRequest, id: Id) -> dict[str, object]:
    """Try an account; nobody is texted and nothing is changed."""
    row = CONNECTIONS.one(request.auth.business, id)
    return found(phone(row.provider).check(_at_provider(row.id)))


def found(findings: Iterable[AtRim]) -> dict[str, object]:
    """What a test found, as it is answered."""
    return {"items": [TestFinding(each.name, each.ok, each.says, each.fix) for each in findings]}


def _line(request: ApiRequest, id: int) -> models.Line:
    there = LINES.one(request.auth.business, id)
    return models.Line.objects.select_related("connection", "business").get(id=there.id)


def _at_provider(connection: int) -> AtProvider:
    ours = directory.account(connection)
    if ours is None:
        raise Problem(409, "not_possible", "This account cannot be read. Enter its settings again.")
    return ours.connection
