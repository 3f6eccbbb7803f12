"""The people who call and text, and the numbers that said stop."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.tenancy import Business


class Contact(models.Model):
    """A person, once per business and number. `number` is E.164, or `withheld` for all callers without one."""

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="contacts", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True, db_default="")
    untextable = models.CharField(max_length=60, null=True)
    first_text_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "contact"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="one_contact_per_business_and_number")
        ]

    def __str__(self) -> str:
        return self.name or self.number


class Suppression(models.Model):
    """This number said stop to this business. Permanent until START; lifted rows are kept as evidence."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="suppressions")
    number = models.CharField(max_length=20)
    at = models.DateTimeField()
    evidence = models.CharField(max_length=300)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "suppression"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "number"],
                condition=Q(lifted_at__isnull=True),
                name="one_standing_suppression_per_business_and_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} said stop"
