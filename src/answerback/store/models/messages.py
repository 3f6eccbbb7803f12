"""Texts and the provider's word on them. A text of ours is its own outbox row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.people import Contact
from answerback.store.models.tenancy import Business, Connection, Line, Member

OUTBOX_STATUSES = ("queued", "sending", "sent", "delivered", "undelivered", "withdrawn", "refused", "unclear")


class Message(models.Model):
    """One text, in or out.

    Out: `queued -> sending -> sent -> delivered | undelivered`, or `withdrawn`, `refused`, `unclear`. `key` is unique
    in its conversation. It may leave from `due_at`, never at or after `stale_at`. `attempt` counts hand-overs.
    `author` is `customer`, `machine`, `staff`, or `page` for a text that wakes the person on call. `reading` is what
    an incoming text was taken to mean (`store.codec`). `trace` as of `Event`.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    author = models.CharField(max_length=8)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    to = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40, blank=True)
    text_class = models.CharField(max_length=24, blank=True)
    body = models.TextField()
    media = models.JSONField(null=True)
    reading = models.JSONField(null=True)
    status = models.CharField(max_length=12)
    epoch = models.IntegerField(default=0)
    priority = models.SmallIntegerField(default=3)
    due_at = models.DateTimeField(null=True)
    stale_at = models.DateTimeField(null=True)
    cooldown_until = models.DateTimeField(null=True)
    attempt = models.SmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    provider_message = models.CharField(max_length=80, null=True)
    failure = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    trace = models.CharField(max_length=55, null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "message"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "key"], name="a_text_is_written_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["line", "priority", "due_at"], condition=Q(status="queued"), name="message_outbox"),
            models.Index(fields=["claimed_at"], condition=Q(status="sending"), name="message_sending"),
            models.Index(
                fields=["connection", "provider_message"],
                condition=Q(provider_message__isnull=False),
                name="message_at_provider",
            ),
            models.Index(
                fields=["conversation", "created_at"], condition=Q(author="customer"), name="message_of_customer"
            ),
            models.Index(fields=["line", "created_at"], condition=~Q(author="customer"), name="message_of_line"),
            models.Index(fields=["business", "id"], condition=Q(author="page"), name="message_to_own_people"),
            models.Index(
                fields=["business", "id"],
                condition=~Q(status__in=["queued", "sending"]),
                name="message_of_business",
            ),
        ]


class Receipt(models.Model):
    """The provider's word on a text; it may come before we have written down that the text was handed over."""

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=200)
    provider_message = models.CharField(max_length=80)
    status = models.CharField(max_length=12)
    failure = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    raw = models.JSONField(null=True)

    class Meta:
        db_table = "receipt"
        constraints: ClassVar = [models.UniqueConstraint(fields=["connection", "key"], name="a_receipt_is_kept_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["connection", "provider_message"],
                condition=Q(applied_at__isnull=True),
                name="receipt_unapplied",
            )
        ]
