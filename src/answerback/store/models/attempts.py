"""How often somebody tried something that can be guessed or hammered: sign-ins, bookings."""

from typing import ClassVar

from django.db import models


class Attempt(models.Model):
    """Tries of one kind by one party since a window of time began. `who` is a keyed digest, never an address."""

    kind = models.CharField(max_length=24)
    who = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "attempt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "who", "since"], name="tries_are_counted_in_one_row")
        ]
        indexes: ClassVar = [models.Index(fields=["since"], name="attempt_since")]
