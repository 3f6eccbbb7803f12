"""What is learned from: which variant each lead was told and what followed, and how people read what we misread."""

from typing import ClassVar

from django.db import models

from answerback.store.models.conversations import Lead
from answerback.store.models.messages import Message
from answerback.store.models.tenancy import Business, Member


class LeadWording(models.Model):
    """The first time a lead was told a wording that has variants; a projection of the decision receipts.

    `variant` is its digest (`engine.variants`). `replied` within a day; `stopped` and `complained` within three.
    """

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    place = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    variant = models.CharField(max_length=8)
    said_at = models.DateTimeField()
    replied = models.BooleanField()
    stopped = models.BooleanField()
    complained = models.BooleanField()

    class Meta:
        db_table = "lead_wording"
        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "place"], name="a_wording_is_told_first_once")]
        indexes: ClassVar = [models.Index(fields=["business", "place", "said_at"], name="lead_wording_of_place")]


class Correction(models.Model):
    """A person says what a customer's text really meant. The last word about a text and a subject counts; all are kept.

    `about` is `intent` or `urgency`, `said` the right one, `read` what the machine had read, `asked` the question that
    was open (`engine.reading.AskedAbout`).
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="corrections")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="corrections")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    about = models.CharField(max_length=8)
    said = models.CharField(max_length=20)
    read = models.CharField(max_length=20, blank=True)
    asked = models.CharField(max_length=20, default="open", db_default="open")

    class Meta:
        db_table = "correction"
