"""What each lead adds to the measures: a projection of the ledger that can be thrown away and made anew."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Lead
from answerback.store.models.tenancy import Business, Line, Member


class LeadTurn(models.Model):
    """The lead came to a status. Written by the trigger `a_turn_of_a_lead_is_kept`, never edited."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="turns", db_constraint=False)
    at = models.DateTimeField()
    status = models.CharField(max_length=12)

    class Meta:
        db_table = "lead_turn"


class LeadMeasure(models.Model):
    """One lead measured (`engine.measures`): where it belongs in every breakdown, and what it adds.

    `day` and `hour` (0 to 167 from Monday midnight) are the business's own. `language` is what they write in. `member`
    is who worked on it last, `labelled_by` whose mark alone makes it qualified, booked or sold, `wording` the variant
    of the first text, `arm` the side of the hold-out. Amounts in cents.
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
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    labelled_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
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
    sold_by_label = models.BooleanField(db_default=False)
    relabelled = models.BooleanField(db_default=False)
    lost_reason = models.CharField(max_length=20, blank=True, db_default="")
    wording = models.CharField(max_length=8, blank=True, db_default="")
    arm = models.CharField(max_length=8, blank=True, db_default="")
    recovered = models.BigIntegerField()
    not_ours = models.BigIntegerField()
    taken_back = models.BigIntegerField()

    class Meta:
        db_table = "lead_measure"
        indexes: ClassVar = [
            models.Index(fields=["business", "day"], name="lead_measure_by_day"),
            models.Index(fields=["business", "arm"], condition=~Q(arm=""), name="lead_measure_by_arm"),
        ]


class AddedUp(models.Model):
    """Measured leads of one business, added up for one part of one dimension (`queries.rollup`), from `day` on.

    The dimension `''` holds the totals, `left_out` those that count nowhere. `waits` are the seconds to the first
    response, each once and in order, `waited` how many leads waited so long. Amounts in cents.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    dimension = models.CharField(max_length=12, blank=True)
    part = models.CharField(max_length=80, blank=True)
    leads = models.IntegerField()
    called = models.IntegerField()
    texted = models.IntegerField()
    replied = models.IntegerField()
    qualified = models.IntegerField()
    qualified_by_label = models.IntegerField()
    booked = models.IntegerField()
    booked_by_label = models.IntegerField()
    stands = models.IntegerField()
    attended = models.IntegerField()
    sold = models.IntegerField()
    sold_by_label = models.IntegerField()
    relabelled = models.IntegerField()
    lost = models.IntegerField()
    responded = models.IntegerField()
    silent = models.IntegerField()
    replied_qualified = models.IntegerField(db_default=0)
    calls = models.IntegerField()
    callbacks_owed = models.IntegerField()
    callbacks_made = models.IntegerField()
    recovered = models.BigIntegerField()
    not_ours = models.BigIntegerField()
    taken_back = models.BigIntegerField()
    waits = ArrayField(models.IntegerField())
    waited = ArrayField(models.IntegerField())

    class Meta:
        abstract = True


class DayMeasure(AddedUp):
    """What the measured leads of one day add up to."""

    class Meta:
        db_table = "day_measure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "dimension", "day", "part"], name="a_day_is_added_up_once_for_each_part"
            )
        ]


class MonthMeasure(AddedUp):
    """What the days of one month add up to; `day` is its first."""

    class Meta:
        db_table = "month_measure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "dimension", "day", "part"], name="a_month_is_added_up_once_for_each_part"
            )
        ]


class MeasuredUpTo(models.Model):
    """Up to which moment a business's conversations are measured; its lock lets one process measure at a time."""

    business = models.OneToOneField(Business, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "measured_up_to"
