"""What people keep for each other at the desk: notes, snippets, views of the leads, and who looks at what just now."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.tenancy import Business, Member


class Note(models.Model):
    """Something a person wrote into a conversation for their own people, or did with it; a customer never sees it.

    `kind` is `note` for words, else the act that was done. One that was taken back keeps its row and shows nowhere.
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, default="note")
    body = models.TextField(blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "note"
        indexes: ClassVar = [models.Index(fields=["business", "-id"], name="note_recent")]


class Snippet(models.Model):
    """Words a business sends often, under a short name. `{name}` and the like are filled in at the desk."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="snippets")
    name = models.CharField(max_length=40)
    body = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "snippet"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "name"], condition=Q(removed_at__isnull=True), name="one_snippet_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Looking(models.Model):
    """A member has a conversation open: since when they were last seen, and what they typed and have not sent.

    `drafts` are what each tab of theirs has in its box (pairs of its name and the words), the newest last and in
    `draft` too; `over` says how many texts each sent: what is told of one of those later comes too late.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    draft = models.TextField(blank=True)
    drafts = models.JSONField(default=list, db_default=[])
    over = models.JSONField(default=dict, db_default={})

    class Meta:
        db_table = "looking"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "member"], name="a_member_looks_once_at_a_conversation")
        ]


class SavedView(models.Model):
    """A filter of the leads under a name: `query` is what stands behind `?` in its address."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "saved_view"
        constraints: ClassVar = [models.UniqueConstraint(fields=["business", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name
