"""What each lead adds to the measures: a projection of the ledger that can be thrown away and made anew."""

from typing import ClassVar

from django.db import models

from answerback.store.models.conversations import Lead
from answerback.store.models.tenancy import Business, Line


class LeadTurn(models.Model):
    """The lead came to a status. Written by the trigger `a_turn_of_a_lead_is_kept`, never edited."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="turns", db_constraint=False)
    at = models.DateTimeField()
    status = models.CharField(max_length=12)

    class Meta:
        db_table = "lead_turn"


class LeadMeasure(models.Model):
    """One lead measured (`engine.measures`): where it belongs in every breakdown, and what it adds.

    `day` and `hour` (0 to 167 from Monday midnight) are the business's own. `language` is what they write in. Amounts
    in cents.
    """

    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, primary_key=True, related_name="measure")
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    version = models.SmallIntegerField()
    began_at = models.DateTimeField()
    day = models.DateField()
    hour = models.SmallIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    service = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    excluded = models.CharField(max_length=12, blank=True)
    calls = models.SmallIntegerField()
    texted = models.BooleanField()
    response_seconds = models.IntegerField(null=True)
    replied = models.BooleanField()
    qualified = models.BooleanField()
    qualified_by_label = models.BooleanField()
    booked = models.BooleanField()
    booked_by_label = models.BooleanField()
    stands = models.BooleanField()
    attended = models.BooleanField()
    callbacks_owed = models.SmallIntegerField()
    callbacks_made = models.SmallIntegerField()
    sold = models.BooleanField()
    recovered = models.BigIntegerField()
    not_ours = models.BigIntegerField()
    taken_back = models.BigIntegerField()

    class Meta:
        db_table = "lead_measure"
        indexes: ClassVar = [models.Index(fields=["business", "day"], name="lead_measure_by_day")]


class MeasuredUpTo(models.Model):
    """Up to which moment a business's conversations are measured; its lock lets one process measure at a time."""

    business = models.OneToOneField(Business, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "measured_up_to"
