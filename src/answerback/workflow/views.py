"""Keeps filters of the leads under names. Nothing here reads or changes a lead."""

from answerback.store import models
from answerback.workflow import clock, saved
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

LONGEST_NAME = 40
LONGEST_QUERY = 500


def keep(business: int, actor: Actor, name: str, query: str) -> Undo | None:
    """Keep this query under this name, instead of the one that was there; None where it was.

    Where it is kept under another name already, that view has the new name: one query never stands there twice. Raises
    `NotAllowed` without a name.
    """
    name = name.strip()
    if not name:
        raise NotAllowed("Give the view a short name.")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise NotAllowed(f"A name has room for {LONGEST_NAME} characters. Make it shorter.")
    held = models.SavedView.objects.filter(business=business)
    other = held.filter(query=query).order_by("id").first()
    if other is not None and not held.filter(name=name).exists():
        return saved.saving(other, lambda _: held.filter(id=other.id).update(name=name), "mine")
    return saved.putting(
        models.SavedView,
        {"business_id": business, "name": name},
        {"query": query, "member_id": actor.member},
        made={"created_at": clock.now()},
        act="mine",
    )


def remove(view: models.SavedView) -> Undo:
    """Take this view away."""
    return saved.removing(view, "mine")
