"""The people who call and text, and the numbers that said stop."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.tenancy import Business, Member


class Contact(models.Model):
    """A person, once per business and number. `number` is E.164, or `withheld` for all callers without one.

    `merged_into` is the contact this one is shown as, where somebody said that two numbers are one person's.
    `line_type` is what kind of number it is, once a look-up, a receipt or a failure has told us. `consent` is the state
    of `engine.consent`, since `consent_at`.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="contacts", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True, db_default="")
    untextable = models.CharField(max_length=60, null=True)
    line_type = models.CharField(max_length=12, null=True)
    first_text_at = models.DateTimeField(null=True)
    consent = models.CharField(max_length=24, default="none", db_default="none")
    consent_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "contact"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="one_contact_per_business_and_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["number"], name="contact_elsewhere"),
            models.Index(fields=["business", "-id"], name="contact_newest"),
        ]

    def __str__(self) -> str:
        return self.name or self.number


class ContactPerson(models.Model):
    """Somebody else who calls from a contact's number: a shared phone holds several people."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "contact_person"

    def __str__(self) -> str:
        return self.name


class ContactMerge(models.Model):
    """Somebody said that `gone` is the same person as `kept`, or (`undone_at`) that it is not after all.

    Nothing is moved by it: each number keeps its rows. `filled` are the fields of `kept` that were empty and got a
    value, `stopped` the numbers that were stopped because the other one was, `gone_name` is what `gone` was called.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    filled = models.JSONField(default=list)
    stopped = models.JSONField(default=list)
    gone_name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        db_table = "contact_merge"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="a_contact_is_merged_into_one"
            )
        ]


class ContactApart(models.Model):
    """Somebody said that these two are not the same person; `first` has the lower number."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "contact_apart"
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="two_people_are_told_once")]


class Upload(models.Model):
    """A file somebody wants to import, kept from the choosing to the taking in, for a day at most.

    A large one is looked through (`looks`) and taken in by a worker: `state` is empty until that was asked for, then
    waiting, working, looked, done or failed; the counts and `share` (of a hundred) say how far it is, `beat_at` when
    that was said, `tries` whose work counts, `says` and `problems` (each with row, column, says) what is wrong.
    `mapping` and `by` are what was asked. Of a file that was looked through `contacts` holds the numbers of its `rows`:
    of the `new`, the `updated` and those with other `people`; of one that was taken in they are `UploadRow`s.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, blank=True, default="", db_default="")
    mapping = models.JSONField(null=True)
    by = models.CharField(max_length=120, blank=True, default="", db_default="")
    rows = models.IntegerField(default=0, db_default=0)
    added = models.IntegerField(default=0, db_default=0)
    known = models.IntegerField(default=0, db_default=0)
    updated = models.IntegerField(default=0, db_default=0)
    people = models.IntegerField(default=0, db_default=0)
    refused = models.IntegerField(default=0, db_default=0)
    share = models.SmallIntegerField(default=0, db_default=0)
    tries = models.SmallIntegerField(default=0, db_default=0)
    says = models.CharField(max_length=300, blank=True, default="", db_default="")
    problems = models.JSONField(null=True)
    more_problems = models.IntegerField(default=0, db_default=0)
    looks = models.BooleanField(default=False, db_default=False)
    contacts = models.JSONField(null=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "upload"


class UploadRow(models.Model):
    """What came of a row of a large file that was taken in, for as long as its `Upload` is kept; it holds no words.

    `fate` is new, updated, known, repeat (the same stands further up) or, beside that, people (somebody else at a
    shared phone). `subject` is the contact it is about, of a file of stops the suppression.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="taken_rows", db_index=False)
    row = models.IntegerField()
    fate = models.CharField(max_length=8)
    subject = models.BigIntegerField(null=True)

    class Meta:
        db_table = "upload_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "fate", "row"], name="a_row_of_a_file_is_told_once")
        ]


OF_ANOTHER_NUMBER = "The same person said stop from another number."
"""The evidence of a stop that stands under a number because the person it is shown as said it under another one."""


class Suppression(models.Model):
    """This number said stop to this business. Permanent until START; lifted rows are kept as evidence.

    `member` is who entered it, and may take that back at once; None where the customer said so themselves.

    After an erasure `number` is the keyed digest of the number; when the same person calls again it is the number once
    more (`queries.arrivals`), so a stop outlives every record of who said it.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="suppressions")
    number = models.CharField(max_length=80)
    at = models.DateTimeField()
    evidence = models.CharField(max_length=300)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "suppression"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "number"],
                condition=Q(lifted_at__isnull=True),
                name="one_standing_suppression_per_business_and_number",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["business", "number"], condition=Q(number__startswith="hmac:"), name="suppression_of_erased"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} said stop"


class Consent(models.Model):
    """Why we may text a number, or may no longer: one row for each change, never edited, kept when the contact goes.

    `number` is E.164, after an erasure its keyed digest (`store.secrets.digest`). `state` is one of `engine.consent`,
    `source` what brought it about (`call`, `text`, `booking`, `staff`, `provider`, `form`), `evidence` in one sentence
    what was seen, `disclosure` what the caller heard or read about texts before.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="consents", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.CharField(max_length=24)
    source = models.CharField(max_length=12)
    evidence = models.CharField(max_length=300)
    disclosure = models.TextField(blank=True)

    class Meta:
        db_table = "consent"
        indexes: ClassVar = [models.Index(fields=["business", "number", "id"], name="consent_of_number")]


class KnownNumber(models.Model):
    """A person said whose number this is (`engine.events.NumberIs`): remembered for every call to come."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="known_numbers")
    number = models.CharField(max_length=20)
    number_is = models.CharField(max_length=10)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "known_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="a_number_is_known_as_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.number} is {self.number_is}"
