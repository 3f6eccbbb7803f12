"""The playbook a business is working on: begun from what is published, changed part by part, published or thrown away.

Nothing here touches conversations: those that run stay with their version, and a draft reaches nobody.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, QuerySet

from answerback.engine.playbook import Playbook
from answerback.store import models
from answerback.store.playbook_file import dump, load
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, publishing, transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo
from answerback.workflow.publishing import Published
from answerback.workflow.refusals import Refusal


class Outdated(Refusal):
    """Somebody else has changed the draft meanwhile; the message says who, and so does `by`."""

    def __init__(self, says: str, by: str) -> None:
        super().__init__(says)
        self.by = by


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is being worked on: the text, the playbook it holds, and its revision (0: nothing was changed yet)."""

    source: str
    playbook: Playbook
    revision: int
    based_on: int | None

    @property
    def is_changed(self) -> bool:
        """Is there anything to publish?"""
        return self.revision > 0


def of(business: int) -> Draft:
    """The draft, or what is published where none was begun."""
    row = _standing(business).select_related("based_on").first()
    if row is not None:
        number = row.based_on.number if row.based_on else None
        return Draft(source=row.source, playbook=_read(row.source, "draft"), revision=row.revision, based_on=number)
    version = models.Business.objects.select_related("playbook").get(id=business).playbook
    if version is None:
        raise LookupError("This business has no playbook yet.")
    playbook = _read(version.source, "playbook")
    return Draft(source=version.source, playbook=playbook, revision=0, based_on=version.number)


@lru_cache(32)
def _read(source: str, name: str) -> Playbook:
    """A page of the playbook is looked at many times for each time that a word of it changes."""
    return load(source, name)


def change(business: int, playbook: Playbook, *, seen: int, member: int) -> Draft:
    """Keep this as the draft if it is still the one that was `seen`; raises `Outdated`, or `BadPlaybook`."""
    source = dump(playbook)
    load(source, "draft")
    transaction.run(lambda cursor: _keep(cursor, business, source, seen, member))
    return of(business)


def discard(business: int) -> Undo | None:
    """Throw the draft away; what brings it back, None where there was none."""
    draft = _standing(business).first()
    if draft is None:
        return None
    _standing(business).filter(revision=draft.revision).update(discarded_at=clock.now())
    return Undo(act="draft", business=business, id=draft.id, words=str(draft.revision))


def undo_of(business: int, draft: Draft) -> Undo:
    """What takes the last change of this draft back."""
    return Undo(act="draft_change", business=business, id=business, words=str(draft.revision))


def take_back(business: int, revision: int) -> None:
    """The draft is as it was before the change that made this revision, or gone where that one began it.

    Raises `NotAllowed` when it was changed again meanwhile.
    """
    changed = _standing(business).filter(revision=revision)
    began = changed.filter(before="").update(discarded_at=clock.now())
    if not began and not changed.update(source=F("before"), before="", revision=revision + 1):
        raise NotAllowed("This draft was changed meanwhile. Change it back on the page instead.")


def bring_back(business: int, revision: int) -> None:
    """The draft that was thrown away at this revision stands again. Raises `NotAllowed` when a new one was begun."""
    thrown = models.PlaybookDraft.objects.filter(business=business, revision=revision, discarded_at__isnull=False)
    if thrown.update(discarded_at=None) == 0:
        raise NotAllowed("A new draft was begun meanwhile, so the one before is gone.")


def publish(business: int, *, member: int) -> Published:
    """Publish the draft; raises `NotPublishable`. Its warnings come back with it."""
    published = publishing.publish(business, of(business).source, member=member, name="draft")
    models.PlaybookDraft.objects.filter(business=business).delete()
    return published


def roll_back(business: int, number: int, *, member: int) -> Published:
    """Publish an older version again, as a new one; raises `LookupError` when there is none of this number."""
    version = models.PlaybookVersion.objects.filter(business=business, number=number).first()
    if version is None:
        raise LookupError(f"There is no version {number}.")
    return publishing.publish(business, version.source, member=member, name=f"version {number}")


def _standing(business: int) -> QuerySet[models.PlaybookDraft]:
    return models.PlaybookDraft.objects.filter(business=business, discarded_at=None)


def _keep(cursor: Cursor, business: int, source: str, seen: int, member: int) -> None:
    now = clock.now()
    cursor.execute(
        """
        INSERT INTO playbook_draft (business_id, source, based_on_id, revision, changed_at, changed_by_id)
        SELECT b.id, %(source)s, b.playbook_id, 1, %(now)s, %(member)s FROM business b
        WHERE b.id = %(business)s AND %(seen)s = 0
        ON CONFLICT (business_id) DO UPDATE
            SET source = EXCLUDED.source, based_on_id = EXCLUDED.based_on_id, discarded_at = NULL,
                before = '', revision = playbook_draft.revision + 1, changed_at = EXCLUDED.changed_at,
                changed_by_id = EXCLUDED.changed_by_id
            WHERE playbook_draft.discarded_at IS NOT NULL
        """,
        {"source": source, "now": now, "member": member, "business": business, "seen": seen},
    )
    if cursor.rowcount == 1:
        return
    cursor.execute(
        """
        UPDATE playbook_draft SET before = source, source = %(source)s, revision = revision + 1, changed_at = %(now)s,
               changed_by_id = %(member)s
        WHERE business_id = %(business)s AND revision = %(seen)s AND %(seen)s > 0 AND discarded_at IS NULL
        """,
        {"source": source, "now": now, "member": member, "business": business, "seen": seen},
    )
    if cursor.rowcount == 0:
        row = models.PlaybookDraft.objects.filter(business=business).select_related("changed_by").first()
        who = row.changed_by.name if row and row.changed_by else "Somebody"
        raise Outdated(
            f"{who} has changed this playbook meanwhile. Look at it again, then make your change once more.", who
        )
