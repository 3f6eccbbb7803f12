"""Test calls: does a call that the shop does not take really reach us?"""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import Business, Line

LINE_TEST_STATES = ("waiting", "reached", "lost", "failed")


class LineTest(models.Model):
    """One test call from a line to the shop's own number: it is `waiting`, `reached` us, was `lost`, or `failed`.

    `call` is the provider's id of it, `says` why it could not be placed.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tests", db_index=False)
    number = models.CharField(max_length=20)
    at = models.DateTimeField()
    call = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=7)
    says = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "line_test"
        indexes: ClassVar = [models.Index(fields=["line", "-at"], name="line_test_of_line")]
