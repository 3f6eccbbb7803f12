"""Playbooks: the versions that were published, checking a new one, publishing it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.engine import problem
from answerback.store.playbook_file import BadPlaybook
from answerback.store.queries.told.setup import PLAYBOOK_TEXTS, PLAYBOOKS, PlaybookText, PlaybookVersion
from answerback.workflow import publishing
from answerback.workflow.publishing import NotPublishable

router = Router(tags=["Playbooks"])


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a playbook: an error keeps it from being published. `where` is the place in the file."""

    level: Literal["error", "warning"]
    where: str
    what: str
    fix: str


class Checked(Asked):
    """What a check of a playbook found."""

    publishable: bool
    findings: list[Finding]


class Published(Asked):
    """The version that stands now, and what its author should still look at; null where it could not be published."""

    version: PlaybookVersion | None
    findings: list[Finding]


Source = Annotated[str, Field(min_length=1, max_length=200_000, pattern=r"^[^\u0000]*$")]


class PlaybookYaml(Asked):
    """A playbook as YAML."""

    source: Source


@reads(router, "/playbooks", "playbooks:read", page_of(PlaybookVersion))
def list_playbooks(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """Every version that was published, the newest first."""
    return page(PLAYBOOKS, request.auth.business, paged)


@reads(router, "/playbooks/{int:id}", "playbooks:read", PlaybookText)
def get_playbook(request: ApiRequest, id: Id) -> PlaybookText:
    """One version with its YAML."""
    return PLAYBOOK_TEXTS.one(request.auth.business, id)


@acts(router, "/playbooks/check", "playbooks:read", Checked)
def check_playbook(request: ApiRequest, playbook: PlaybookYaml) -> dict[str, object]:  # noqa: ARG001
    """What is wrong with a playbook, in the owner's words. Nothing is published."""
    found = findings(playbook.source)
    return {"publishable": not any(each.level == "error" for each in found), "findings": found}


@acts(router, "/playbooks", "playbooks:write", Published)
def publish_playbook(request: ApiRequest, playbook: PlaybookYaml) -> dict[str, object]:
    """Publish a playbook. One with errors is not published: `version` is null and `findings` says why.

    Conversations that run stay with the version they began with.
    """
    caller = request.auth
    try:
        done = publishing.publish(caller.business, playbook.source, member=caller.actor.member)
    except (BadPlaybook, NotPublishable):
        return {"version": None, "findings": findings(playbook.source)}
    return published(caller.business, done)


def published(business: int, done: publishing.Published) -> dict[str, object]:
    """What was published, as it is answered."""
    warnings = [_finding(each) for each in done.warnings]
    return {"version": PLAYBOOKS.one(business, done.version), "findings": warnings}


def findings(source: str) -> list[Finding]:
    """What a check of this playbook finds."""
    try:
        return [_finding(each) for each in publishing.check(source)]
    except BadPlaybook as bad:
        return [Finding("error", each.where or f"line {each.line}", each.what, each.fix) for each in bad.faults]


def _finding(found: problem.Problem) -> Finding:
    return Finding(level=found.level, where=found.where, what=found.what, fix=found.fix)
