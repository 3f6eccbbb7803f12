"""Who is on call when, and whom a page has woken so far."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from answerback.store.models.messages import Message
from answerback.store.models.tenancy import Business, Location, Member
from answerback.store.models.work import Page


class Shift(models.Model):
    """A member is on call every week on this day from `start` to `end` (the next day's where that is no later).

    `weekday` 0 is Monday, 7 a holiday (`engine.rota`). Without a `location` it counts at all of them, without a
    `service` for all. Times are in the clock of the place. Rung 1 is woken first.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="shifts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shifts")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    weekday = models.SmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()
    rung = models.SmallIntegerField(default=1)

    class Meta:
        db_table = "shift"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=7), name="a_shift_is_on_a_day"),
            models.CheckConstraint(condition=Q(rung__gte=1, rung__lte=9), name="a_shift_is_on_a_rung"),
        ]
        indexes: ClassVar = [models.Index(fields=["business", "weekday"], name="shift_of_business")]


class ShiftOverride(models.Model):
    """For once this member has a rung, whatever the week says; without a member nobody has it."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rung = models.SmallIntegerField(default=1)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "shift_override"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_override_takes_time")
        ]
        indexes: ClassVar = [models.Index(fields=["business", "ends_at"], name="override_of_business")]


class Wake(models.Model):
    """One person woken about one page in one round, by a text (alone or in a list) or by a call.

    `state` is `queued`, `asked`, `failed`, `passed`, `took` or `over` (`engine.ladder`). `number` is what they text to
    take it, the next two to pass it and to call later; unique among what is open for them. `call` is the key of our
    call to them, `provider_call` the provider's id of it.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="wakes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="wakes")
    round = models.SmallIntegerField()
    rung = models.SmallIntegerField()
    by = models.CharField(max_length=4)
    number = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=6)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "wake"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "member", "round", "by"], name="nobody_is_woken_twice_a_round"),
            models.UniqueConstraint(
                fields=["member", "number"],
                condition=Q(state__in=("queued", "asked"), number__gt=0),
                name="two_pages_never_share_an_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "at"], name="wake_of_member"),
            models.Index(fields=["at"], condition=Q(state="queued"), name="wake_queued"),
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="wake_by_message"),
        ]
