"""Appointments and holds; the database refuses to sell a time twice (migration 0002)."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from answerback.store.models.conversations import Conversation
from answerback.store.models.people import Contact
from answerback.store.models.tenancy import Business, Member


class Appointment(models.Model):
    """A booked time of one member. `held` until `hold_until` is a hold; `booked` stands; `cancelled` frees the time."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="appointments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="appointments")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="appointments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="appointments")
    during = DateTimeRangeField()
    service = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10)
    hold_until = models.DateTimeField(null=True)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "appointment"
