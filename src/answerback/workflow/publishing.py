"""Publishes playbooks: read, judged, numbered, and never changed afterwards.

A playbook with errors is refused whole, with every reason; conversations that run stay with the version they began
with.
"""

from dataclasses import dataclass
from functools import lru_cache

from answerback.engine.playbook import Playbook
from answerback.engine.problem import Problem
from answerback.engine.proof import problems
from answerback.store import codec, models
from answerback.store.playbook_file import load
from answerback.workflow import clock, transaction


class NotPublishable(Exception):
    """The playbook has errors; `problems` says which, in the owner's words."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{problem.where}: {problem.what} {problem.fix}" for problem in found))
        self.problems = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version that stands, and what its author should still look at."""

    version: int
    number: int
    warnings: tuple[Problem, ...] = ()


def publish(business: int, source: str, *, member: int | None = None, name: str = "playbook.yaml") -> Published:
    """Publish this YAML for a business; raises `BadPlaybook` (not readable) or `NotPublishable` (not safe)."""
    playbook, found = _judged(source, name)
    if errors := tuple(problem for problem in found if problem.level == "error"):
        raise NotPublishable(errors)
    version = transaction.run(lambda _: _write(business, source, codec.encode_playbook(playbook), member))
    return Published(version=version.id, number=version.number, warnings=found)


def check(source: str, *, name: str = "playbook.yaml") -> tuple[Problem, ...]:
    """What is wrong with this YAML, and what its author should look at; raises `BadPlaybook` (not readable)."""
    return _judged(source, name)[1]


@lru_cache(maxsize=16)
def _judged(source: str, name: str) -> tuple[Playbook, tuple[Problem, ...]]:
    """Reading and judging take a tenth of a second and depend on the text alone; packs are published again and
    again.
    """
    playbook = load(source, name)
    return playbook, problems(playbook)


def _write(business: int, source: str, body: str, member: int | None) -> models.PlaybookVersion:
    owner = models.Business.objects.select_for_update().get(id=business)
    latest = models.PlaybookVersion.objects.filter(business=owner).order_by("-number").first()
    version = models.PlaybookVersion.objects.create(
        business=owner,
        number=latest.number + 1 if latest else 1,
        source=source,
        body=codec.plain(body),
        published_at=clock.now(),
        published_by_id=member,
    )
    models.Business.objects.filter(id=business).update(playbook=version)
    return version
