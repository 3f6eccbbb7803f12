"""How members hear of what happens when nobody has to be woken: their ways, and each alert until it is sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.tenancy import Business, Member


class AlertWay(models.Model):
    """A way to tell one member. `kind` is `text` or `call` (their own phone, by the business's line), `push` (one
    browser of theirs, the `device`, by the digest of its address) or `apprise`.

    `sealed` holds the address, encrypted; `name` is what the page shows of it. `hears` are the kinds wanted. Between
    `quiet_from` and `quiet_to`, in the member's local time, nothing is sent. `said` is the provider's last answer;
    `last_key` that of the last text or call, whose answer comes later.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="alert_ways")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    hears = models.JSONField(default=list)
    quiet_from = models.TimeField(default=None, null=True)
    quiet_to = models.TimeField(default=None, null=True)
    worked = models.BooleanField(null=True)
    said = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=64, blank=True, db_default="")
    last_key = models.CharField(max_length=120, blank=True, db_default="")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert_way"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "device"],
                condition=Q(removed_at__isnull=True) & ~Q(device=""),
                name="a_browser_is_a_way_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["business"], condition=Q(removed_at__isnull=True), name="alert_way_standing")
        ]

    def __str__(self) -> str:
        return self.name


class PushKeys(models.Model):
    """The one pair of keys by which push services know this installation. `sealed` holds the `private` one."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    public = models.CharField(max_length=120)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "push_keys"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_pair_of_push_keys")]


class Alert(models.Model):
    """One thing a member is told by one way: `waiting -> sending -> sent`, or `failed` after the last try.

    A trigger writes it in the transaction of the change. `subject` is the row it is about, by its `kind`. What it says
    is never kept: it is made when it is sent.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    way = models.ForeignKey(AlertWay, on_delete=models.PROTECT, related_name="alerts", db_index=False)
    kind = models.CharField(max_length=12)
    subject = models.BigIntegerField()
    thread = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=8)
    claimed_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "alert"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["way", "kind", "subject"], name="a_member_is_told_once_by_each_way")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(status="waiting"), name="alert_due"),
        ]
