"""Pictures and recordings: those that came with a text or a voicemail, and pictures staff send."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation, Event
from answerback.store.models.messages import Message
from answerback.store.models.tenancy import Business

ATTACHMENT_STATES = ("waiting", "kept", "failed", "gone")


class Attachment(models.Model):
    """One picture or recording; `event` brought it, or `message` takes it out.

    `waiting -> kept`, or `failed` with the `problem`; `gone` once it was forgotten. `content` is never what a provider
    handed us: a picture is drawn anew, `small` is the same for a list; a recording is encoded anew. `link` is the
    provider's. `tries` counts fetches, `due_at` is when the next may be made.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="attachments")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    n = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=9)
    link = models.TextField(blank=True)
    state = models.CharField(max_length=7)
    problem = models.CharField(max_length=300, blank=True)
    tries = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)
    small = models.BinaryField(null=True)
    content_type = models.CharField(max_length=60, blank=True)
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "attachment"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "n"], name="an_attachment_is_kept_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="attachment_waiting"),
        ]
