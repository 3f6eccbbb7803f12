"""The calendar: appointments and holds, what else keeps people busy, and what an appointment of each kind needs.

The database refuses to sell a person's or a resource's time twice.
"""

from typing import ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from answerback.store.models.conversations import Conversation
from answerback.store.models.people import Contact
from answerback.store.models.tenancy import Business, Location, Member


class Resource(models.Model):
    """A thing an appointment needs besides a person: a chair, a room, a truck. `kind` is what services ask for."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="resources")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="resources")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "resource"

    def __str__(self) -> str:
        return self.name


class AppointmentType(models.Model):
    """What an appointment for one service of the playbook needs; an empty `service` is the default for all others.

    None means: as the playbook or the business's settings say. `members` lists who may do it, empty for everyone who
    can be booked; `needs` is a kind of resource, empty for none. Minutes before and after are kept free of others.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="appointment_types")
    service = models.CharField(max_length=60, blank=True)
    minutes = models.SmallIntegerField(null=True)
    before = models.SmallIntegerField(default=0)
    after = models.SmallIntegerField(default=0)
    step = models.SmallIntegerField(null=True)
    lead_minutes = models.IntegerField(null=True)
    horizon_days = models.SmallIntegerField(null=True)
    members = models.JSONField(default=list)
    needs = models.CharField(max_length=40, blank=True)
    deposit = models.IntegerField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "appointment_type"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "service"], name="one_appointment_type_per_service")
        ]


class AreaWay(models.Model):
    """How long the way between two areas takes, in minutes. Areas stand in small letters, the first by the alphabet."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="area_ways")
    one = models.CharField(max_length=80)
    other = models.CharField(max_length=80)
    minutes = models.SmallIntegerField()

    class Meta:
        db_table = "area_way"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "one", "other"], name="one_way_between_two_areas")
        ]

    def __str__(self) -> str:
        return f"{self.one} to {self.other}"


class Appointment(models.Model):
    """A booked time of one member, and of one resource where the service needs one.

    `held` until `hold_until` is a hold; `booked` stands; `done` and `no_show` took place or should have; `cancelled`
    frees the time. `during` is what the customer is told, `blocked` that and the minutes kept free around it.
    `version` rises whenever it is moved, cancelled or changed: reminders and outside calendars follow it.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="appointments")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="appointments")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="appointments")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="appointments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="appointments")
    during = DateTimeRangeField()
    blocked = DateTimeRangeField()
    service = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10)
    hold_until = models.DateTimeField(null=True)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=80, blank=True)
    notes = models.CharField(max_length=500, blank=True)
    cents = models.IntegerField(null=True)
    version = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "appointment"
        indexes: ClassVar = [
            GistIndex(fields=["blocked"], name="appointment_blocked"),
            models.Index(fields=["conversation", "status"], name="appointment_of_conversation"),
        ]


class OwnEntry(models.Model):
    """Something in a member's built-in calendar that is no appointment: a supplier's visit, the school run.

    `key` is its name there and never changes; those of a weekly series share all but its last four characters. A `free`
    one is only shown. What blocks is copied into `busy` by the reading every calendar gets.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="own_entries")
    key = models.CharField(max_length=64)
    during = DateTimeRangeField()
    title = models.CharField(max_length=200)
    notes = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    free = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "own_entry"
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "key"], name="an_own_entry_is_written_once")]
        indexes: ClassVar = [GistIndex(fields=["during"], name="own_entry_during")]


class Busy(models.Model):
    """A time at which a member cannot be booked for a reason that is no appointment of ours.

    `source` says who wrote it down: `time_off`, or the outside calendar it came from; `key` names it there, and is
    unique within member and source. Only times that block belong here: never free, cancelled or declined ones.
    `summary` is shown to staff only and may be empty.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="busy")
    during = DateTimeRangeField()
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    summary = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "busy"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "source", "key"], name="a_busy_time_is_written_once")
        ]
        indexes: ClassVar = [GistIndex(fields=["during"], name="busy_during")]
