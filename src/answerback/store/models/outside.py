"""Calendars of members elsewhere, our appointments in them, and who may look at ours from there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.calendar import Appointment
from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business, Member


class OutsideCalendar(models.Model):
    """One calendar of a member at a provider; the built-in one has the provider `built_in`.

    `sealed` holds its settings and tokens, encrypted (`store.secrets`). `cursor` is where the next reading goes on,
    within the window it was begun with; `read_due_at` is when that shall be. `problem` says what keeps it from working,
    `sign_in_needed` that only a person can mend it. A subscription is the provider's promise to tell us of changes.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="calendars")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="calendars")
    provider = models.CharField(max_length=40)
    sealed = models.BinaryField()
    writes = models.BooleanField(default=True)
    cursor = models.TextField(blank=True)
    window_from = models.DateTimeField(null=True)
    window_to = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_due_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sign_in_needed = models.BooleanField(default=False)
    subscription = models.CharField(max_length=200, blank=True)
    subscription_resource = models.CharField(max_length=300, blank=True)
    subscribed_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "outside_calendar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(writes=True), name="one_calendar_is_written_per_member"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(provider="built_in"), name="one_built_in_calendar_per_member"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["read_due_at"], name="outside_calendar_due")]

    def __str__(self) -> str:
        return f"{self.provider} of {self.member_id}"


class SignInApp(models.Model):
    """A business's registration at a provider whose calendars are signed in to: client ID and secret, encrypted."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=40)
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_app"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "provider"], name="one_sign_in_app_per_provider")
        ]


class Entry(models.Model):
    """An appointment in a member's calendar. `due_at` is set while the calendar does not show it as it is.

    `key` is our name for it there, `remote` the calendar's, `seen` the version we saw last. `wanted` counts the changes
    asked for, so that one which comes while another is written is not forgotten.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="entries")
    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, unique=True)
    remote = models.CharField(max_length=600, blank=True)
    seen = models.CharField(max_length=300, blank=True)
    wanted = models.IntegerField(default=1)
    due_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendar_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "calendar"], name="one_entry_per_appointment_and_calendar")
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="entry_due")]


class Feed(models.Model):
    """A secret address at which a member's appointments are read as iCalendar; `digest` is SHA-256 of its token."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="feeds")
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feed"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(revoked_at__isnull=True), name="one_standing_feed_per_member"
            )
        ]


class BookingPage(models.Model):
    """A page elsewhere (Cal.com, Calendly) where customers book instead of on ours; its settings encrypted."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="booking_pages")
    provider = models.CharField(max_length=40)
    sealed = models.BinaryField()
    heard_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "booking_page"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business"], name="one_booking_page_elsewhere_per_business")
        ]


class OutsideBooking(models.Model):
    """What such a page says of one booking. `told_at` is the provider's time of its newest word: older ones change
    nothing.

    `appointment` is ours for it, where the time could be taken: somebody may have had it already.
    """

    page = models.ForeignKey(BookingPage, on_delete=models.CASCADE, related_name="bookings")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    uid = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10)
    told_at = models.DateTimeField()

    class Meta:
        db_table = "outside_booking"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "uid"], name="an_outside_booking_is_kept_once")
        ]
