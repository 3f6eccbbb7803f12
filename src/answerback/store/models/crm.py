"""A business's CRM elsewhere, what stands in it of ours, and what a comparison found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.people import Contact
from answerback.store.models.tenancy import Business


class OutsideCrm(models.Model):
    """A business's CRM. `sealed` holds its settings and tokens, encrypted (`store.secrets`).

    `mapping` is what the owner changed of which field goes where, and whose word counts (`workflow.crm_mapping`).
    `asked_at`: a task that will look at it is on its way. After a failure nothing is asked of it before `rests_until`;
    `problem` says why, `sign_in_needed` that only a person can mend it. `cursor` and `sales_cursor` are how far its
    changes and its sales were read.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="crms")
    provider = models.CharField(max_length=40)
    sealed = models.BinaryField()
    mapping = models.JSONField(default=dict)
    prepared = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sign_in_needed = models.BooleanField(default=False)
    cursor = models.TextField(blank=True)
    sales_cursor = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    read_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "outside_crm"
        constraints: ClassVar = [models.UniqueConstraint(fields=["business"], name="one_crm_per_business")]

    def __str__(self) -> str:
        return f"{self.provider} of {self.business_id}"


class CrmCopy(models.Model):
    """One thing of ours as it stands in a CRM: what waits to be copied, and the link between our row and its record.

    `kind` is contact, lead, call, text, note, todo or appointment, `local` our row's id. `due_at` is set while the CRM
    does not show it as it is; `wanted` counts the changes asked for. `remote` is the record's id there, written before
    anything else is asked of the CRM. `written` is what we wrote last by the CRM's field names, `theirs` what it said.
    `unsure`: an answer was lost. `choices` are records a person must choose from; `alone` says they chose none of them.
    `dead_at`: the CRM refuses it. A contact's row is claimed by whoever copies anything of that contact.
    """

    crm = models.ForeignKey(
        OutsideCrm, on_delete=models.CASCADE, related_name="copies", db_index=False, db_constraint=False
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=12)
    local = models.BigIntegerField()
    remote = models.CharField(max_length=120, blank=True, db_default="")
    url = models.CharField(max_length=300, blank=True, db_default="")
    written = models.JSONField(default=dict, db_default={})
    theirs = models.JSONField(default=dict, db_default={})
    wanted = models.IntegerField(default=1, db_default=1)
    due_at = models.DateTimeField(null=True)
    back_fill = models.BooleanField(default=False, db_default=False)
    tries = models.SmallIntegerField(default=0, db_default=0)
    problem = models.CharField(max_length=300, blank=True, db_default="")
    unsure = models.BooleanField(default=False, db_default=False)
    choices = models.JSONField(null=True)
    alone = models.BooleanField(default=False, db_default=False)
    dead_at = models.DateTimeField(null=True)
    copied_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True, db_default="")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "crm_copy"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crm", "kind", "local"], name="a_thing_is_copied_to_one_record")
        ]
        indexes: ClassVar = [
            models.Index(fields=["crm", "due_at"], condition=Q(due_at__isnull=False), name="crm_copy_due"),
            models.Index(fields=["crm", "remote"], condition=~Q(remote=""), name="crm_copy_remote"),
            models.Index(fields=["contact", "crm"], name="crm_copy_of_contact"),
            models.Index(fields=["crm", "dead_at"], condition=Q(dead_at__isnull=False), name="crm_copy_dead"),
        ]


class CrmReport(models.Model):
    """A comparison of ours with a CRM: how much was compared, and what differs and why, one line each."""

    crm = models.OneToOneField(OutsideCrm, on_delete=models.CASCADE, related_name="report")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    compared = models.IntegerField(default=0)
    lines = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "crm_report"
