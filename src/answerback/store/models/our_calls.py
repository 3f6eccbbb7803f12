"""Calls we place ourselves: to wake or alert somebody, or to join a member and a customer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.on_call import Wake
from answerback.store.models.tenancy import Business, Line, Member


class OurCall(models.Model):
    """One call to a member's phone. `stage` is what they are asked: `page`, `alert`, `offer`, `bridge`, `joining`.

    `queued -> placing -> ringing -> over`, with how it `ended`. `customer` is whom they may be joined with. `alert` is
    the alert it speaks, 0 for a test of that way.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    wake = models.ForeignKey(Wake, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    stage = models.CharField(max_length=8)
    status = models.CharField(max_length=8)
    to = models.CharField(max_length=20)
    customer = models.CharField(max_length=20, blank=True)
    alert = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    provider_call = models.CharField(max_length=80, blank=True)
    ended = models.CharField(max_length=10, blank=True)
    seconds = models.IntegerField(null=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "our_call"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(status__in=("placing", "ringing")), name="nobody_is_rung_twice_at_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=~Q(status="over"), name="our_call_open")]
