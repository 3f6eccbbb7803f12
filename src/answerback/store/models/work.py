"""What people are asked to do: to-dos, and pages that wake the person on call."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business, Line, Member


class Todo(models.Model):
    """Something a person must do: call back, review. Closed by a person, or by what it asked for happening.

    It is `owner`'s, or the whole `team`'s (`desk`, `owner`, `on_call`). `next_at` is when somebody is reminded of it or
    it goes up (`workflow.reminders`), `reminded` how often that was done.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="todos")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="todos")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.CharField(max_length=8, blank=True, db_default="")
    next_at = models.DateTimeField(null=True)
    reminded = models.SmallIntegerField(default=0, db_default=0)
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
            models.Index(fields=["business", "due_at"], condition=Q(closed_at__isnull=True), name="todo_open"),
            models.Index(fields=["next_at"], condition=Q(closed_at__isnull=True), name="todo_due"),
        ]


class Page(models.Model):
    """The person on call is being woken; open until somebody takes it or a person closes it (`taken_at`).

    `ended` says how: `taken`, `reached`, `closed`. Until then `next_at` is when it goes on (`engine.ladder`): `round`
    and `rung` are how far it has come, `round_at` and `rung_at` since when. `line` is the one its texts leave by, where
    it is not the conversation's. A `drill` is about nobody. `unheard_at` is when it had reached nobody by phone, and
    `mailed_at` when owners and the desk had that by e-mail.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="pages")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="pages")
    key = models.CharField(max_length=120)
    reason = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    service = models.CharField(max_length=60, blank=True, db_default="")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="+")
    drill = models.BooleanField(default=False, db_default=False)
    opened_at = models.DateTimeField()
    round = models.SmallIntegerField(default=0, db_default=0)
    round_at = models.DateTimeField(null=True)
    rung = models.SmallIntegerField(default=0, db_default=0)
    rung_at = models.DateTimeField(null=True)
    is_last = models.BooleanField(default=False, db_default=False)
    next_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended = models.CharField(max_length=10, blank=True, db_default="")
    unheard_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "page"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "key"], name="a_page_is_opened_once"),
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(taken_at__isnull=True), name="one_open_page_per_conversation"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False) | Q(next_at__isnull=False), name="an_open_page_never_falls_silent"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["business", "opened_at"], condition=Q(taken_at__isnull=True), name="page_open"),
            models.Index(fields=["next_at"], condition=Q(taken_at__isnull=True), name="page_due"),
        ]
