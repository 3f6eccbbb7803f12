"""Why things were done or not done, and who tried what they may not."""

from typing import ClassVar

from django.db import models

from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business


class Decision(models.Model):
    """A decision receipt: our word on why, about this `text` or this `call` where there is one.

    Kept for ever, never holds a customer's words.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    at = models.DateTimeField()
    rule = models.CharField(max_length=40)
    verdict = models.CharField(max_length=12)
    why = models.CharField(max_length=400)
    guards = models.JSONField(default=list)
    would_change = models.CharField(max_length=400, blank=True)
    text = models.CharField(max_length=120, blank=True)
    call = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        db_table = "decision_receipt"
        indexes: ClassVar = [
            models.Index(fields=["conversation", "id"], name="decision_of_conversation"),
            models.Index(fields=["business", "id"], name="decision_of_business"),
            models.Index(fields=["conversation"], condition=models.Q(rule="video"), name="decision_about_video"),
            models.Index(
                fields=["business", "conversation"], condition=models.Q(rule="call.noise"), name="decision_of_noise"
            ),
        ]


class SecurityEvent(models.Model):
    """A request that was turned away: forged, replayed, oversized or malformed. Holds none of its content."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    connection = models.BigIntegerField(null=True)
    detail = models.CharField(max_length=300)
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "security_event"
        indexes: ClassVar = [models.Index(fields=["-at"], name="security_event_recent")]
