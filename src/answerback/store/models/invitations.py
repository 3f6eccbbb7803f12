"""Invitations by e-mail: what the customer's own calendar was told of an appointment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.calendar import Appointment
from answerback.store.models.tenancy import Business


class Invitation(models.Model):
    """One appointment's invitation. `due_at` is set while its newest change has not been sent.

    `sequence` counts the letters that were sent, as RFC 5546 wants it: each change is one higher.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="invitation")
    uid = models.CharField(max_length=80, unique=True)
    sequence = models.IntegerField(default=0)
    sent = models.BooleanField(default=False)
    wanted = models.IntegerField(default=1)
    due_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "invitation"
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="invitation_due")]
