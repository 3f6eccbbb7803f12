"""What a language model was asked about a text, what it proposed, how long it took and what it cost."""

from typing import ClassVar

from django.db import models

from answerback.store.models.conversations import Conversation, Event
from answerback.store.models.tenancy import Business


class Advice(models.Model):
    """One question to a language model about one incoming text.

    `outcome` is empty while it is out, then `answered`, `refused`, `unavailable` or `late`. `question` is what was open
    when the text came; `proposal` what came back, before it was weighed. `dollars` by the prices of the installation.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="advice")
    model = models.CharField(max_length=80)
    question = models.JSONField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    proposal = models.JSONField(null=True)
    milliseconds = models.IntegerField(null=True)
    tokens_in = models.IntegerField(default=0)
    tokens_out = models.IntegerField(default=0)
    dollars = models.FloatField(default=0)

    class Meta:
        db_table = "advice"
        indexes: ClassVar = [models.Index(fields=["business", "asked_at"], name="advice_of_business")]
