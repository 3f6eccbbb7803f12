"""Keeps a file between its choosing and its taking in, compressed, for a day at most."""

from datetime import datetime, timedelta

from answerback.store import models
from answerback.workflow import clock, large_files, transaction
from answerback.workflow.actors import Actor

KEPT = timedelta(days=1)


def keep(business: int, actor: Actor, kind: str, name: str, content: bytes) -> int:
    """Keep this file, and forget those nobody came back to; returns its number."""
    assert actor.member is not None  # A file is taken in from somebody who looks at its preview.
    member, now = actor.member, clock.now()

    def write(_: object) -> int:
        forget(now)
        row = models.Upload.objects.create(
            business_id=business, member_id=member, kind=kind, name=name[:120], content=content, at=now
        )
        return int(row.id)

    return transaction.run(write)


def forget(now: datetime) -> None:
    """Forget the files that nobody came back to, and what came of the rows of others."""
    models.Upload.objects.filter(at__lt=now - KEPT).exclude(state__in=large_files.MOVING).delete()


def drop(upload: int) -> None:
    """It was taken in."""
    transaction.run(lambda _: models.Upload.objects.filter(id=upload).delete())
