"""The conversation, the ledger of what happened to it, and the lead it is about.

Rows of the hot path point at their business, line and connection without a database constraint: each check would lock
the one row that all callers share, and those rows are never deleted.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.people import Contact
from answerback.store.models.rules import PlaybookVersion
from answerback.store.models.tenancy import Business, Connection, Line, Member


class Conversation(models.Model):
    """All calls and texts between a business and a contact, until it is closed.

    `state` is the engine's (`store.codec`). `wake_at` is the earliest moment an event waits to be handled. `epoch`
    rises with every inbound text, takeover, hand-back, opt-out and human contact; an automatic text of an older epoch
    is withdrawn. Who holds it answers from their own phone where it is `relayed`. `stuck` counts failed turns in a row.

    `assigned_to` is whose it is at the desk, whoever speaks; `snoozed_until` and `done_at` put it aside until the
    customer calls or texts again (`queries.turns`).
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="conversations", db_index=False, db_constraint=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    playbook = models.ForeignKey(
        PlaybookVersion, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    state = models.JSONField(null=True)
    phase = models.CharField(max_length=12, default="quiet")
    epoch = models.IntegerField(default=0)
    wake_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    assigned_to = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    snoozed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    relayed = models.BooleanField(default=False, db_default=False)
    stuck = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "conversation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "contact"],
                condition=Q(ended_at__isnull=True),
                name="one_open_conversation_per_business_and_contact",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="conversation_wake"),
            models.Index(fields=["business", "-last_at"], name="conversation_recent"),
            models.Index(
                fields=["business", "id"], condition=Q(phase="human", ended_at__isnull=True), name="conversation_held"
            ),
            models.Index(fields=["held_by"], condition=Q(held_by__isnull=False), name="conversation_of_holder"),
            models.Index(fields=["assigned_to"], condition=Q(assigned_to__isnull=False), name="conversation_of_member"),
            models.Index(
                fields=["business", "-last_at"],
                condition=Q(ended_at__isnull=False) | Q(done_at__isnull=False),
                name="conversation_done",
            ),
        ]


class Event(models.Model):
    """The ledger: one row per thing that happened, written once. A timer is an event with a future `due_at`.

    `body` is the event (`store.codec`), `raw` the provider's payload as it came. `trace` is what its turn goes on with
    where traces are told (`workflow.traces`).
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    provider_key = models.CharField(max_length=200, null=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    body = models.JSONField()
    raw = models.JSONField(null=True)
    trace = models.CharField(max_length=55, null=True)

    class Meta:
        db_table = "event"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "provider_key"], name="an_event_is_kept_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["conversation", "due_at"], condition=Q(handled_at__isnull=True), name="event_unhandled"
            ),
            models.Index(fields=["conversation", "id"], name="event_of_conversation"),
            models.Index(fields=["business", "-id"], condition=Q(kind="CallEnded"), name="event_of_calls"),
            models.Index(
                fields=["conversation"],
                condition=Q(kind__in=["OutcomeMarked", "SaidByMistake", "AppointmentTakenBack"]),
                name="event_of_marks",
            ),
            models.Index(
                fields=["business", "-id"],
                condition=Q(kind__in=["FormSent", "VoicemailTranscribed"]),
                name="event_of_words",
            ),
        ]


class Lead(models.Model):
    """One chance to sell: the CRM's row for a conversation.

    `next_step` is the engine's, `own_step` a person's, which counts until it is done. `value_cents` is what a person
    expects the job to bring.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="leads", db_index=False, db_constraint=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="leads")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="leads", db_index=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    status = models.CharField(max_length=12, default="new")
    service = models.CharField(max_length=60, blank=True)
    urgency = models.CharField(max_length=12, default="unknown")
    missed_reason = models.CharField(max_length=20, blank=True)
    priority = models.SmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    next_step = models.CharField(max_length=120, blank=True)
    next_step_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    value_cents = models.BigIntegerField(null=True)
    own_step = models.CharField(max_length=120, blank=True, db_default="")
    own_step_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "lead"
        constraints: ClassVar = [models.UniqueConstraint(fields=["conversation"], name="one_lead_per_conversation")]
        indexes: ClassVar = [
            models.Index(fields=["business", "-created_at"], name="lead_recent"),
            models.Index(fields=["business", "status", "-created_at"], name="lead_by_status"),
            models.Index(fields=["business", "service", "-created_at"], name="lead_by_service"),
            models.Index(
                fields=["business", "owner", "-created_at"], condition=Q(owner__isnull=False), name="lead_by_owner"
            ),
        ]


AT_ONCE = "taken back at once"
"""The evidence of an entry that takes back one that was made by mistake: neither counts in any report."""


class RevenueEntry(models.Model):
    """Money a lead brought, with who said so; a mistake is reversed by a second entry, never edited.

    `job` is the business's own number of the job, `round` how often that job was taken back before: a job counts once.
    `instead_of` is an entry that was taken back for this one, which says what is left of it or what is right.
    `currency` is its business's: the foreign key `money_is_in_the_currency_of_its_business` holds that.
    `at` is when the money came; `author` said so at `entered_at`, a member or the name of a program.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="revenue")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="revenue")
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="USD")
    at = models.DateTimeField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=120, default="", db_default="", blank=True)
    entered_at = models.DateTimeField(null=True)
    job = models.CharField(max_length=60, default="", blank=True)
    round = models.SmallIntegerField(default=0)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        db_table = "revenue_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "job", "round"],
                condition=Q(reverses__isnull=True) & ~Q(job=""),
                name="a_job_is_counted_once",
            )
        ]
