"""Programs that want to be told: their addresses, and each notice until it has arrived."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.tenancy import Business


class Target(models.Model):
    """An address of a program that is told what happens. `kinds` are what it wants to hear, empty for everything.

    `sealed` holds its secrets, encrypted: `secret`, and `old`, which is good until `old_until`. `failing_since` is when
    it last began to fail, `wait_until` until when it asked to be left alone. `disabled_at` is set when it was switched
    off, by a person or because it had failed too long; what happens meanwhile is held. `alarmed_at` is when people
    were told.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="targets")
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    sealed = models.BinaryField()
    old_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_why = models.CharField(max_length=300, blank=True)
    alarmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "target"

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """One thing a target is told: `waiting -> sending -> sent`, or `failed` after the last try, `held` while the target
    is switched off.

    A trigger writes it in the transaction of the change. `subject` is the row it is about, `thread` the conversation:
    notices of one thread arrive in their order. `changed` is what was before. `body` is written at the first try and
    never again, so that every try carries the same. `attempts` tells of each try.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="notices", db_constraint=False)
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    subject = models.BigIntegerField(null=True)
    thread = models.BigIntegerField(null=True)
    changed = models.JSONField(null=True)
    at = models.DateTimeField()
    status = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    attempts = models.JSONField(default=list)
    body = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice"
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(status="waiting"), name="notice_due"),
            models.Index(
                fields=["target", "thread", "id"], condition=Q(status__in=["waiting", "sending"]), name="notice_order"
            ),
            models.Index(fields=["thread"], condition=Q(thread__isnull=False), name="notice_of_conversation"),
        ]
