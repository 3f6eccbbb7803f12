"""What people are asked to do: to-dos, and pages that wake the person on call."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business, Member


class Todo(models.Model):
    """Something a person must do: call back, review. Closed by a person, or by what it asked for happening."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="todos")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="todos")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "todo"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "key"], condition=Q(closed_at__isnull=True), name="one_open_todo_per_key"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["business", "due_at"], condition=Q(closed_at__isnull=True), name="todo_open")
        ]


class Page(models.Model):
    """The person on call is being woken; open until somebody takes it."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="pages")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="pages")
    key = models.CharField(max_length=120)
    reason = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "page"
        constraints: ClassVar = [models.UniqueConstraint(fields=["conversation", "key"], name="a_page_is_opened_once")]
        indexes: ClassVar = [
            models.Index(fields=["business", "opened_at"], condition=Q(taken_at__isnull=True), name="page_open")
        ]
