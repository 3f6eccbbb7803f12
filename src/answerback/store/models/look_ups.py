"""What providers were asked about numbers, for money."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business, Connection


class LookUp(models.Model):
    """One number that a provider was asked about, once a business, until the answer is old.

    `settled_at` is when the answer or a refusal came; `line_type` is empty where it did not say. `price` is what the
    business says one costs, noted when it was asked.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    line_type = models.CharField(max_length=12, blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    price = models.FloatField(default=0)

    class Meta:
        db_table = "look_up"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="a_number_is_looked_up_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(settled_at__isnull=True), name="look_up_waiting"),
        ]
