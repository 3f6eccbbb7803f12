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


class Counted(models.Model):
    """What allauth counts tries and codes by (`store.shared_cache`). `key` is a keyed digest, never an address."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField()

    class Meta:
        db_table = "counted"
        indexes: ClassVar = [models.Index(fields=["until"], name="counted_until")]

    def __str__(self) -> str:
        return self.key
