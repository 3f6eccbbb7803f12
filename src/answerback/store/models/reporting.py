"""What reports leave behind: links that show one to somebody without a sign-in, the weekly letters to owners, and the
monthly ones to agencies.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.accounts import AgencyAdmin
from answerback.store.models.tenancy import Business, Member


class ReportLink(models.Model):
    """Whoever has the link sees the last `days` of a business's report, without names, until it expires or is ended."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="report_links")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    days = models.SmallIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened = models.IntegerField(default=0)

    class Meta:
        db_table = "report_link"


class WeeklyLetter(models.Model):
    """One owner's letter or text about one week, written once and sent at most once.

    `week` is its Monday, on the business's clock; `html` is an e-mail's body as a page.
    `waiting -> sending -> sent | failed | unclear`.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    by = models.CharField(max_length=5)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True, db_default="")
    status = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "weekly_letter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "week", "member", "by"], name="a_week_is_told_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(status__in=("waiting", "sending")), name="weekly_letter_unsent")
        ]


class MonthlyLetter(models.Model):
    """One agency admin's letter about one month, with the month of each of their businesses on paper.

    `month` is its first day. Written once, and sent as `WeeklyLetter` is; the paper is drawn when it leaves.
    """

    admin = models.ForeignKey(AgencyAdmin, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    status = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "monthly_letter"
        constraints: ClassVar = [models.UniqueConstraint(fields=["admin", "month"], name="a_month_is_told_once")]
