"""How each connection and line is doing: when we last heard from it, how far its lists were read, what is wrong."""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import Business, Connection, Line


class Watch(models.Model):
    """One connection under our eyes.

    `beat_at` is when somebody of ours last looked after it: a gap is an outage of ours. `swept_until` is the moment up
    to which the provider's lists were read. `connected_at` is since when a listener is connected, None while it is not;
    `trouble` says why, or why the lists could not be read.
    """

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="watch")
    beat_at = models.DateTimeField()
    swept_until = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    trouble_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch"


class LineFinding(models.Model):
    """What the last check of a line said, one row for each thing looked at. `since` is when it became so.

    `level` is green, amber or red. `alarmed_at` is when people were told of a red one, `mailed_at` when by e-mail.
    """

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="findings")
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=5, choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red")])
    says = models.CharField(max_length=500)
    fix = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    checked_at = models.DateTimeField()
    alarmed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "line_finding"
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "name"], name="one_finding_per_line_and_name")]
